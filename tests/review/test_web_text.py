"""A page's lines as runs that a browser can draw and that belong to findings."""

from hypothesis import given
from hypothesis import strategies as st

from model.edit import Edit, Span
from model.thai import is_mark
from reports.lines import rows
from review.web.text_lines import MarkedRun, runs, surroundings
from tests.workspace.samples import thai


def lines(text, edits=(), places=()):
    by_edit = dict(edits)
    return [runs(row, by_edit, places) for row in rows(text, list(by_edit))]


def test_plain_text_is_one_run():
    assert lines("กระทู้\nละงู") == [(MarkedRun("กระทู้"),), (MarkedRun("ละงู"),)]


def test_a_change_is_a_run_of_whole_letters():
    text = "ก ้า ตําบล"
    edits = [(Edit(Span(1, 2), " ", ""), "gap"), (Edit(Span(6, 8), "ํา", "ำ"), "am")]
    assert lines(text, edits) == [
        (MarkedRun("ก้", "gap"), MarkedRun("า "), MarkedRun("ตำ", "am"), MarkedRun("บล"))
    ]


def test_what_was_taken_away_between_letters_keeps_its_place():
    assert lines("กข", [(Edit(Span(0, 1), "ก", ""), "x")]) == [(MarkedRun("", "x"), MarkedRun("ข"))]


def test_a_place_that_is_not_changed_is_marked_too_and_the_first_one_wins():
    places = [(Span(1, 3), "flag"), (Span(2, 4), "rejected"), (Span(9, 12), "elsewhere")]
    assert lines("กขคง", (), places) == [
        (MarkedRun("ก"), MarkedRun("ขค", "flag"), MarkedRun("ง", "rejected"))
    ]


@given(thai, st.data())
def test_runs_hold_the_line_and_never_begin_with_a_mark_unless_the_line_does(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    found = lines(text, (), [(span, "one")])
    assert "\n".join("".join(run.text for run in line) for line in found) == text.removesuffix("\n")
    for line in found:
        assert not any(is_mark(run.text[0]) for run in line[1:])


@given(thai, st.text(st.sampled_from("กขำ้า"), max_size=3), st.data())
def test_what_stands_around_a_change_is_whole_letters(text, after, data):
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    around = surroundings(text, span, after)
    assert not around.tail[:1] or not is_mark(around.tail[0])
    assert "\n" not in around.head + around.tail
