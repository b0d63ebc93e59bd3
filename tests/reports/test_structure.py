"""Running heads, page numbers, footnotes and paragraphs of pages laid out by hand."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from model.box import Box
from model.edit import Span
from model.page import Line, Page, Quality, Reader, Reading
from model.region import Region, RegionKind, TableCellRole
from model.structure import LineRole, PageStructure
from ocr.layout.structure import structure
from reports.paragraphs import joined_lines, paragraphs_text

SIZE, PITCH, LEFT = 30, 70, 300
FULL = "องค์การบริหารส่วนตำบลห้วยสักได้จัดทำแผนพัฒนาท้องถิ่นโดยให้ประชาชน"
WORD = 26  # pixels a letter
QUALITY = Quality(30, 0.9, 0.01, 0.7, 0.05, blank=False)


def laid(number: int, *lines: tuple[str, int, int] | tuple[str, int, int, int]) -> Page:
    """A page of lines (text, left, top[, letter height])."""
    boxes: list[Box | None] = []
    nouns: list[Line] = []
    text = ""
    for content, left, top, *more in lines:
        size = more[0] if more else SIZE
        nouns.append(Line(Span(len(text), len(text) + len(content)), None))
        for at, letter in enumerate(content):
            x = left + at * WORD
            boxes.append(None if letter.isspace() else Box(x, top, x + WORD - 2, top + size))
        boxes.append(None)
        text += content + "\n"
    nothing = (None,) * len(text)
    reading = Reading(number, Reader("hand", "1"), text, tuple(nouns), tuple(boxes), nothing, nothing)
    return Page("0" * 64, number, "", 2480, 3508, 300.0, QUALITY, (reading,))


def body(top: int = 500, lines: int = 3, indent: int = 0) -> list[tuple[str, int, int]]:
    return [(FULL, LEFT + (0 if at else indent), top + at * PITCH) for at in range(lines)]


def roles(found: PageStructure) -> list[LineRole]:
    return [paragraph.role for paragraph in found.paragraphs for _ in paragraph.lines]


def groups(found: PageStructure) -> list[tuple[int, ...]]:
    return [paragraph.lines for paragraph in found.paragraphs]


def test_a_line_that_recurs_up_to_digits_and_misread_letters_is_a_running_head() -> None:
    heads = (
        "แผนพัฒนาท้องถิ่น เทศบาลตำบลป่าบง\t12",
        "แผนพัฒนาท้องถิน เทศบาลตำบลป่าบง\t13",
        "แผนพัฒนาท้องถิ่น เทศบาลตําบลป่าบง\t๑๔",
    )
    pages = [laid(at, (head, LEFT, 200), *body()) for at, head in enumerate(heads, 1)]
    assert [roles(found)[0] for found in structure(pages)] == [LineRole.RUNNING_HEAD] * 3
    assert all(set(roles(found)[1:]) == {LineRole.BODY} for found in structure(pages))


def test_what_recurs_on_one_other_page_or_at_another_height_is_body() -> None:
    head = "แผนพัฒนาท้องถิ่น เทศบาลตำบลป่าบง"
    two = [laid(at, (head, LEFT, 200), *body()) for at in (1, 2)]
    moved = laid(3, (head, LEFT, 380), *body())
    for pages in (two, [*two, moved]):
        assert all(set(roles(found)) == {LineRole.BODY} for found in structure(pages))


def test_a_text_that_goes_on_at_the_usual_distance_has_no_running_head() -> None:
    pages = [laid(at, ("อำเภอเมือง จังหวัดเชียงราย 1 แห่ง", LEFT, 200), *body(200 + PITCH)) for at in (1, 2, 3)]
    assert all(set(roles(found)) == {LineRole.BODY} for found in structure(pages))


def test_a_tables_head_that_recurs_belongs_to_the_table() -> None:
    pages = [laid(at, ("ที่\tโครงการ\tงบประมาณ", LEFT, 200), *body()) for at in (1, 2, 3)]
    assert all(roles(found)[0] is LineRole.BODY for found in structure(pages))


def test_a_number_alone_at_the_top_or_the_foot_is_the_page_number() -> None:
    for text in ("12", "- ๑๒ -", "(12)", "หน้า ๑๒"):
        top, foot = structure([laid(1, (text, 1200, 180), *body()), laid(2, *body(), (text, 1200, 3300))])
        assert roles(top)[0] is LineRole.PAGE_NUMBER
        assert roles(foot)[3] is LineRole.PAGE_NUMBER


def test_a_number_within_the_text_or_beside_a_line_or_of_a_sum_is_body() -> None:
    within = laid(1, *body(), ("12", 1200, 1000), *body(1200))
    beside = laid(2, ("12", 200, 180), ("เทศบาลตำบลป่าบง", 600, 185), *body())
    amount = laid(3, *body(), ("12,500", 1200, 3300))
    assert all(set(roles(found)) == {LineRole.BODY} for found in structure([within, beside, amount]))


def test_smaller_type_at_the_foot_with_a_gap_or_a_number_is_a_footnote() -> None:
    text = body(1800, 8)
    marked = laid(1, *text, ("1 สำนักบริหารการทะเบียน กรมการปกครอง", LEFT, 2360, 22))
    gap = laid(2, *text, ("ที่มา สำนักบริหารการทะเบียน", LEFT, 2700, 22))
    neither = laid(3, *text, ("ที่มา สำนักบริหารการทะเบียน", LEFT, 2360, 22))
    large = laid(4, *text, ("1 สำนักบริหารการทะเบียน กรมการปกครอง", LEFT, 2700))
    found = [roles(one)[8] for one in structure([marked, gap, neither, large])]
    assert found == [LineRole.FOOTNOTE, LineRole.FOOTNOTE, LineRole.BODY, LineRole.BODY]


def test_an_indent_begins_a_paragraph_and_a_short_line_ends_one() -> None:
    first = body(500, 3, indent=140)
    short = ("ในพื้นที่", LEFT, 500 + 3 * PITCH)
    then = body(500 + 4 * PITCH, 2)
    last = body(500 + 6 * PITCH, 2, indent=140)
    (found,) = structure([laid(1, *first, short, *then, *last)])
    assert groups(found) == [(0, 1, 2, 3), (4, 5), (6, 7), (8,)]
    assert [paragraph.indent for paragraph in found.paragraphs] == [140, 0, 140, 0]


def test_a_gap_an_item_and_a_table_row_are_not_run_together() -> None:
    rows = [FULL, "1) " + FULL, "1.\t" + FULL, FULL]
    (found,) = structure([laid(1, *((row, LEFT, 500 + at * PITCH) for at, row in enumerate(rows)))])
    assert groups(found) == [(0,), (1,), (2,), (3,), (4,)]
    (parted,) = structure([laid(1, *body(500, 3), *body(1000, 3))])
    assert groups(parted) == [(0, 1, 2), (3, 4, 5), (6,)]


def test_lines_of_two_cells_or_of_a_frame_and_the_text_around_it_are_not_run_together() -> None:
    page = laid(1, *body(lines=5))
    assert groups(structure([page])[0]) == [(0, 1, 2, 3, 4), (5,)]
    cells = [Box(200, 480, 2400, 630), Box(200, 630, 2400, 770)]
    parts = tuple(Region(RegionKind.CELL, box, cell=TableCellRole(at, 0)) for at, box in enumerate(cells))
    table = Region(RegionKind.TABLE, cells[0].union(cells[1]), parts=parts)
    ruled = replace(page, regions=(table,))
    assert groups(structure([ruled])[0]) == [(0, 1), (2, 3), (4,), (5,)]


def test_a_text_without_boxes_has_a_paragraph_for_each_line() -> None:
    reading = Reading.of_text("ตำบลป่าบง\nอำเภอสารภี\n", Reader("text", "1"))
    (found,) = structure([Page("0" * 64, 1, "", 0, 0, 0.0, QUALITY, (reading,))])
    assert groups(found) == [(0,), (1,), (2,)]


def test_thai_words_are_whole_again_and_latin_words_stay_apart() -> None:
    assert joined_lines(["องค์การบริหาร", "ส่วนตำบลห้วยสัก "]) == "องค์การบริหารส่วนตำบลห้วยสัก"
    assert joined_lines(["ปี 2568", "เทศบาล"]) == "ปี 2568 เทศบาล"
    assert joined_lines(["Smart", "City"]) == "Smart City"
    assert joined_lines(["co-", "operation"]) == "co-operation"
    assert joined_lines(["ต่าง ๆ", "ที่"]) == "ต่าง ๆ ที่"


def test_the_text_in_paragraphs_leaves_out_heads_and_puts_footnotes_last() -> None:
    page = laid(
        1, ("12", 1200, 180), *body(1800, 8), ("* ที่มา กรมการปกครอง", LEFT, 2400, 22), ("(ร่าง)", 1200, 3000)
    )
    note_before = laid(1, ("12", 1200, 180), ("* ที่มา กรมการปกครอง", LEFT, 2400, 22), *body(1800, 8))
    for one, tail in ((note_before, "* ที่มา กรมการปกครอง\n"), (page, "(ร่าง)\n")):
        (found,) = structure([one])
        shown = paragraphs_text(one.reading.text, one.reading.text, found)
        assert shown is not None
        assert shown.startswith(FULL * 8 + "\n")
        assert shown.endswith(tail)
        assert "12" not in shown


def test_a_layer_with_other_line_ends_is_not_put_into_paragraphs() -> None:
    page = laid(1, *body())
    (found,) = structure([page])
    assert paragraphs_text(page.reading.text.replace("\n", "", 1), page.reading.text, found) is None
    changed = page.reading.text.replace("ห้วยสัก", "ศรีค้ำ")
    assert paragraphs_text(changed, page.reading.text, found) == FULL.replace("ห้วยสัก", "ศรีค้ำ") * 3 + "\n"


LINES = st.lists(
    st.tuples(
        st.sampled_from(["", " ", "12", "* ก", "1) " + FULL, FULL, "ก\tข", "Plan 2568"]),
        st.integers(0, 1200),
        st.integers(0, 3400),
        st.integers(1, 60),
    ),
    max_size=12,
)


@given(st.lists(LINES, max_size=4))
def test_every_line_is_in_exactly_one_paragraph_in_order(
    pages: list[list[tuple[str, int, int, int]]],
) -> None:
    made = [laid(number, *lines) for number, lines in enumerate(pages, 1)]
    for page, found in zip(made, structure(made), strict=True):
        lines = [line for paragraph in found.paragraphs for line in paragraph.lines]
        assert lines == list(range(page.reading.text.count("\n") + 1))
