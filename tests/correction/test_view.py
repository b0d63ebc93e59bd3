"""A view reads as the edited text and leads back to the raw text exactly."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from correction.view import NoChange, View
from model.edit import Edit, Span, apply_edits

LETTERS = st.text(alphabet="กขคาีํ้ \n", max_size=30)


def edit(raw: str, start: int, end: int, after: str) -> Edit:
    return Edit(Span(start, end), raw[start:end], after)


@st.composite
def edited_text(draw, raw=None):
    """A raw text with disjoint edits, deletions and growth among them, often side by side."""
    raw = draw(LETTERS) if raw is None else raw
    cuts = sorted(draw(st.sets(st.integers(0, len(raw)), max_size=10)))
    edits = []
    for start, end in pairwise(cuts):
        if draw(st.booleans()):
            after = draw(st.text(alphabet="กขคาี้๑", max_size=3))
            if after != raw[start:end]:
                edits.append(edit(raw, start, end, after))
    return raw, tuple(edits)


@st.composite
def edit_in_a_view(draw):
    raw, edits = draw(edited_text().filter(lambda pair: View(*pair).text != ""))
    view = View(raw, edits)
    start = draw(st.integers(0, len(view.text) - 1))
    end = draw(st.integers(start + 1, len(view.text)))
    after = draw(st.text(alphabet="กขคาี้๑", max_size=4))
    return view, start, end, after


@given(edited_text())
def test_a_view_reads_as_the_text_with_its_edits_applied(pair):
    raw, edits = pair
    assert View(raw, edits).text == apply_edits(raw, edits)


@given(edit_in_a_view())
def test_a_lifted_edit_does_to_the_raw_text_what_the_edit_did_to_the_view(case):
    view, start, end, after = case
    wanted = view.text[:start] + after + view.text[end:]
    try:
        lifted, absorbed = view.lift(start, end, after)
    except NoChange as back:
        kept = tuple(e for e in view.edits if e not in back.absorbed)
        assert apply_edits(view.raw, kept) == wanted
    else:
        kept = tuple(e for e in view.edits if e not in absorbed)
        assert apply_edits(view.raw, (*kept, lifted)) == wanted


@given(edited_text(), st.data())
def test_several_lifted_edits_of_one_view_apply_together(pair, data):
    raw, edits = pair
    view = View(raw, edits)
    text = view.text
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=6)))
    changes = [
        (start, end, data.draw(st.text(alphabet="กาี้", max_size=2)))
        for start, end in zip(cuts[::2], cuts[1::2], strict=False)
    ]
    standing, wanted, at = dict.fromkeys(view.edits), [], 0
    lifted_spans: list[Span] = []
    for start, end, after in changes:
        try:
            lifted, absorbed = view.lift(start, end, after)
        except NoChange as back:
            lifted, absorbed = None, back.absorbed
        span = view.raw_span(start, end)
        if any(span.overlaps(other) for other in lifted_spans):
            continue  # both touch one edit of the view: rivals, which resolution parts
        lifted_spans.append(span)
        for e in absorbed:
            del standing[e]
        if lifted is not None:
            standing[lifted] = None
        wanted += [text[at:start], after]
        at = end
    wanted.append(text[at:])
    assert View(raw, tuple(standing)).text == "".join(wanted)


@given(edited_text(), st.data())
def test_edits_lifted_from_stage_after_stage_build_on_each_other(pair, data):
    raw, edits = pair
    view = View(raw, edits)
    for _ in range(4):
        if not view.text:
            return
        start = data.draw(st.integers(0, len(view.text) - 1))
        end = data.draw(st.integers(start + 1, min(len(view.text), start + 4)))
        after = data.draw(st.text(alphabet="กาี้", max_size=3))
        wanted = view.text[:start] + after + view.text[end:]
        try:
            lifted, absorbed = view.lift(start, end, after)
        except NoChange as back:
            lifted, absorbed = None, back.absorbed
        kept = [e for e in view.edits if e not in absorbed]
        view = View(raw, kept if lifted is None else [*kept, lifted])
        assert view.text == wanted


@given(edited_text())
def test_every_character_of_a_view_is_raw_or_written_by_an_edit(pair):
    raw, edits = pair
    view = View(raw, edits)
    origins = [view.origin(at) for at in range(len(view.text))]
    known = [o for o in origins if o is not None]
    untouched = [i for i in range(len(raw)) if not any(e.span.start <= i < e.span.end for e in edits)]
    assert known == untouched
    assert all(o is None or raw[o] == view.text[at] for at, o in enumerate(origins))


@given(edit_in_a_view())
def test_a_lifted_edit_covers_what_it_absorbs(case):
    view, start, end, _ = case
    span = view.raw_span(start, end)
    written = [view.origin(at) for at in range(start, end)]
    assert all(span.start <= o < span.end for o in written if o is not None)


@given(edited_text(), st.data())
def test_a_raw_span_is_shown_where_its_characters_stand(pair, data):
    raw, edits = pair
    view = View(raw, edits)
    start = data.draw(st.integers(0, len(raw)))
    end = data.draw(st.integers(start, len(raw)))
    first, last = view.shown(Span(start, end))
    kept = {at: view.origin(at) for at in range(len(view.text))}
    inside = {at for at, origin in kept.items() if origin is not None and start <= origin < end}
    outside = {at for at, origin in kept.items() if origin is not None and not start <= origin < end}
    assert inside <= set(range(first, last))
    assert outside.isdisjoint(range(first, last))


def test_a_raw_span_within_an_edit_is_shown_as_the_whole_of_what_it_wrote():
    view = View("กขคง", [edit("กขคง", 1, 3, "ำำำ")])
    assert view.shown(Span(1, 2)) == (1, 4)
    assert view.shown(Span(3, 4)) == (4, 5)


def test_a_deletion_beside_the_range_is_left_alone():
    raw = "เช ียงไหม่"
    view = View(raw, [edit(raw, 2, 3, "")])
    assert view.lift(0, 2, "X") == (edit(raw, 0, 2, "X"), ())
    assert view.lift(2, 5, "Y") == (edit(raw, 3, 6, "Y"), ())


def test_a_deletion_inside_the_range_is_absorbed():
    raw = "เช ียงไหม่"
    deletion = edit(raw, 2, 3, "")
    view = View(raw, [deletion])
    assert view.text == "เชียงไหม่"
    assert view.lift(0, 9, "เชียงใหม่") == (edit(raw, 0, 10, "เชียงใหม่"), (deletion,))


def test_what_an_absorbed_edit_wrote_outside_the_range_is_kept():
    raw = "กขค"
    change = edit(raw, 1, 2, "๑๒๓")
    view = View(raw, [change])
    assert view.text == "ก๑๒๓ค"
    assert view.lift(2, 3, "X") == (edit(raw, 1, 2, "๑X๓"), (change,))


def test_going_back_to_the_raw_text_is_no_edit():
    raw = "กขค"
    change = edit(raw, 1, 2, "ง")
    view = View(raw, [change])
    with pytest.raises(NoChange) as caught:
        view.lift(0, 2, "กข")
    assert caught.value.span == Span(0, 2)
    assert caught.value.absorbed == (change,)


@pytest.mark.parametrize(("start", "end"), [(0, 0), (2, 1), (-1, 1), (0, 4), (4, 5)])
def test_a_range_must_hold_a_character_of_the_view(start, end):
    with pytest.raises(ValueError, match="not a range"):
        View("กขค").lift(start, end, "X")


@pytest.mark.parametrize("at", [-1, 3])
def test_there_is_no_origin_outside_the_view(at):
    with pytest.raises(IndexError):
        View("กขค").origin(at)


@pytest.mark.parametrize(
    ("edits", "reason"),
    [
        ([Edit(Span(0, 2), "กข", "X"), Edit(Span(1, 2), "ข", "Y")], "overlap"),
        ([Edit(Span(0, 1), "ข", "X")], "expected"),
        ([Edit(Span(1, 1), "", "X")], "insertion"),
    ],
)
def test_a_view_refuses_edits_that_do_not_fit_the_text(edits, reason):
    with pytest.raises(ValueError, match=reason):
        View("กขค", edits)


def test_an_empty_text_has_an_empty_view():
    assert View("").text == ""
