from model.edit import Edit, Span
from reports.letters import safe_text, visible
from reports.lines import Row, rows
from reports.segments import Kind, corrected_segments, raw_segments


def row_of(text: str, before: str, after: str) -> Row:
    start = text.index(before)
    return rows(text, [Edit(Span(start, start + len(before)), before, after)])[0]


def shown(row: Row, corrected: bool = True) -> list[tuple[Kind, str]]:
    segments = corrected_segments(row) if corrected else raw_segments(row)
    return [(segment.kind, segment.text) for segment in segments]


def test_a_mark_that_goes_and_comes_is_seen_on_a_dotted_circle_in_the_raw_line() -> None:
    row = row_of("จํ ากัด\n", "ํ า", "ำ")
    assert shown(row, corrected=False) == [(Kind.KEPT, "จ"), (Kind.DELETED, "◌ํ␣า"), (Kind.KEPT, "กัด")]


def test_the_corrected_line_marks_the_letter_together_with_its_new_mark() -> None:
    row = row_of("จํ ากัด\n", "ํ า", "ำ")
    assert shown(row) == [(Kind.TOUCHED, "จำ"), (Kind.KEPT, "กัด")]
    assert corrected_segments(row)[0].note == "◌ํ␣า → ◌ำ"


def test_where_a_space_was_taken_away_a_place_is_marked() -> None:
    row = row_of("การ ประชุม", " ", "")
    assert shown(row) == [(Kind.KEPT, "การ"), (Kind.GONE, ""), (Kind.KEPT, "ประชุม")]
    assert shown(row, corrected=False)[1] == (Kind.DELETED, "␣")


def test_a_mark_taken_from_inside_a_cluster_marks_the_whole_letter() -> None:
    row = row_of("กุ้ง", "ุ", "")
    assert shown(row) == [(Kind.TOUCHED, "ก้"), (Kind.KEPT, "ง")]
    assert shown(row, corrected=False) == [(Kind.KEPT, "ก"), (Kind.DELETED, "◌ุ"), (Kind.KEPT, "◌้ง")]


def test_a_space_that_comes_in_is_seen() -> None:
    row = row_of("ก.ข", ".", " ")
    assert shown(row) == [(Kind.KEPT, "ก"), (Kind.INSERTED, "␣"), (Kind.KEPT, "ข")]


def test_flags_are_marked_in_the_raw_line_and_cut_at_their_borders() -> None:
    row = rows("วันที่ ๒๕ มิถุนายน", [])[0]
    segments = raw_segments(row, [Span(7, 9)])
    assert [(s.kind, s.text) for s in segments] == [
        (Kind.KEPT, "วันที่ "),
        (Kind.FLAGGED, "๒๕"),
        (Kind.KEPT, " มิถุนายน"),
    ]


def test_hidden_and_reordering_characters_are_made_visible() -> None:
    assert visible("\u200bก\u202e") == "[ZWSP]ก[U+202E]"
    assert safe_text("ก\u202eข\x00ค ง") == "ก[U+202E]ข[U+0000]ค ง"
    assert visible("\uf70a") == "[U+F70A]"
    assert visible("่ก่ำ") == "◌่ก่ำ"
