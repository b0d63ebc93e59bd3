"""A text line by line, each character at its place: nothing of it is lost, whatever was changed."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from model.box import Box
from model.decision import AppliedEdit
from model.edit import Edit, Span, apply_edits
from model.publication import PublishedPage
from reports.laid_out import LaidOutPage, laid_out
from tests.reports.made_pages import corrected, edition, page

LETTERS = st.text(alphabet="กขำ่ ้\t\nAb1.", max_size=30)


def laid(text: str, *changes: tuple[str, str]) -> LaidOutPage:
    (found,) = laid_out(edition(b"", "pdf", [corrected(page(text), *changes)]))
    return found


@st.composite
def changed_texts(draw):
    text = draw(LETTERS)
    edits, at = [], 0
    while at < len(text) and draw(st.booleans()):
        start = draw(st.integers(at, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        after = draw(LETTERS)
        if after != text[start:end]:
            edits.append(Edit(Span(start, end), text[start:end], after))
        at = end + 1
    return text, edits


@given(changed_texts())
def test_the_lines_put_together_are_the_text(made) -> None:
    text, edits = made
    found = edition(b"", "pdf", [corrected(page(text))])
    one = found.published[1]
    final = apply_edits(text, edits)
    published = replace(one.published, text=final, edits=tuple(AppliedEdit(edit, "x") for edit in edits))
    (result,) = laid_out(replace(found, published={1: PublishedPage(one.state, published)}))
    assert "\n".join(line.text for line in result.lines) == final
    assert "".join(word.text for line in result.lines for word in line.words) == final.replace("\n", "")
    assert sorted(at for lines in result.groups for at in lines) == list(range(len(result.lines)))


def test_a_character_that_stands_as_it_was_read_keeps_its_box_and_confidence() -> None:
    found = laid("ตำบลหวยสัก", ("หวย", "ห้วย"))
    assert found.source.page
    read = found.source.page.reading
    (line,) = found.lines
    assert line.text == "ตำบลห้วยสัก"
    assert [one.box for one in line.characters if one.character != "้"] == list(read.boxes)
    mark = line.characters[line.text.index("้")]
    assert mark.confidence is None
    assert mark.box == read.boxes[read.text.index("ห")]


def test_a_line_that_was_made_from_two_lies_on_the_first() -> None:
    found = laid("เทศบาล\nตำบล\nป่าบง", ("เทศบาล\nตำบล", "เทศบาลตำบล"))
    first, second = found.lines
    assert first.text == "เทศบาลตำบล"
    assert first.box
    assert second.box
    assert first.box.bottom < second.box.top
    assert first.box.height < 40


def test_several_lines_that_were_written_for_one_share_its_place() -> None:
    found = laid("กขคง\nจ", ("กขคง", "ก\nข\nค"))
    assert [line.text for line in found.lines] == ["ก", "ข", "ค", "จ"]
    assert all(isinstance(line.box, Box) for line in found.lines)


def test_words_are_parted_by_spaces_and_tabs_and_by_nothing_else() -> None:
    (line,) = laid("ที่  ๑\u00a0๒\t\tก").lines
    assert [word.text for word in line.words] == ["ที่", "  ", "๑\u00a0๒", "\t\t", "ก"]
    assert [word.start for word in line.words] == [0, 3, 5, 8, 10]
    assert [word.is_space for word in line.words] == [False, True, False, True, False]
