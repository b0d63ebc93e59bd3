import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.edit import Edit, Span, apply_edits
from reports.lines import row_at, rows


def edit(text: str, start: int, end: int, after: str) -> Edit:
    return Edit(Span(start, end), text[start:end], after)


@st.composite
def edited_texts(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    text = draw(st.text(alphabet="กขำ้ \n", max_size=40))
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    edits = []
    for start, end in zip(cuts[::2], cuts[1::2], strict=False):
        after = draw(st.text(alphabet="งจ\n ", max_size=5))
        if after != text[start:end]:
            edits.append(edit(text, start, end, after))
    return text, edits


@given(edited_texts())
def test_the_rows_are_the_whole_raw_text_and_the_whole_corrected_text(case: tuple[str, list[Edit]]) -> None:
    text, edits = case
    found = rows(text, edits)
    assert "".join(row.raw for row in found) == text
    assert "".join(row.corrected for row in found) == apply_edits(text, edits)


@given(edited_texts())
def test_every_row_but_the_last_ends_a_corrected_line_so_that_no_line_is_split_over_two_rows(
    case: tuple[str, list[Edit]],
) -> None:
    text, edits = case
    for row in rows(text, edits)[:-1]:
        assert row.raw.endswith("\n")
        assert row.corrected.endswith("\n")


def test_a_row_is_one_printed_line() -> None:
    text = "ตําบล\nอําเภอ\n"
    found = rows(text, [edit(text, 1, 3, "ำ")])
    assert [(row.raw, row.corrected) for row in found] == [("ตําบล\n", "ตำบล\n"), ("อําเภอ\n", "อําเภอ\n")]
    assert [row.changed for row in found] == [True, False]


def test_an_edit_over_a_line_end_joins_the_lines_it_touches() -> None:
    text = "เทศบาล\nตําบล\nสภา"
    found = rows(text, [edit(text, 0, 12, "เทศบาลตำบล")])
    assert [row.corrected for row in found] == ["เทศบาลตำบล\n", "สภา"]
    assert found[0].lines == (Span(0, 6), Span(7, 12))


def test_taking_away_a_line_end_joins_two_lines() -> None:
    text = "ก\nข\nค"
    found = rows(text, [edit(text, 1, 2, "")])
    assert [row.raw for row in found] == ["ก\nข\n", "ค"]
    assert found[0].corrected == "กข\n"


def test_a_line_that_grows_new_lines_stays_one_row() -> None:
    text = "ก\nข"
    found = rows(text, [edit(text, 0, 1, "กก\nกก")])
    assert [row.corrected for row in found] == ["กก\nกก\n", "ข"]


def test_what_a_person_inserts_at_the_end_belongs_to_the_last_row() -> None:
    text = "ก\nข"
    found = rows(text, [edit(text, 3, 3, "ค")])
    assert found[-1].corrected == "ขค"
    assert rows("", [Edit(Span(0, 0), "", "ทั้งหน้า")])[0].corrected == "ทั้งหน้า"
    assert rows("", []) == ()


def test_edits_that_overlap_or_belong_to_another_text_are_refused() -> None:
    text = "กขค"
    with pytest.raises(ValueError, match="overlap"):
        rows(text, [edit(text, 0, 2, "ง"), edit(text, 1, 3, "จ")])
    with pytest.raises(ValueError, match="does not have"):
        rows(text, [Edit(Span(0, 1), "ฮ", "ก")])


def test_a_finding_belongs_to_the_row_in_which_it_begins() -> None:
    found = rows("กข\nคง\n", [])
    assert row_at(found, Span(0, 1)) == 0
    assert row_at(found, Span(3, 4)) == 1
    assert row_at(found, Span(6, 6)) == 1
    assert row_at((), Span(0, 1)) is None
