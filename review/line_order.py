"""Lines that a person joins or puts in another order: said as a text of their own, so that it replays like any other.

Lines come by the number of the first and the texts that were shown, as in `own_text`.
"""

from __future__ import annotations

from collections.abc import Sequence

from model.edit import Span
from model.errors import UsageError
from model.state import PageState
from reports.lines import Piece
from reports.words import WAITING
from review.own_text import Draft, drafts_of, place_of, rows_as_shown

SEVERAL = 2
"""Lines that are joined or put in order, at least."""


def joined_lines(state: PageState, first: int, was: Sequence[str], text: str) -> tuple[Draft, ...]:
    """What makes of several lines, from the line `first` on, what somebody wrote; each change of its own.

    Raises:
        Outdated: the lines do not read so any more.
        UsageError: nothing is changed, or a line cannot be edited as a whole.
    """
    found = rows_as_shown(state, first, was, SEVERAL)
    pieces: list[Piece] = [piece for row in found for piece in row.pieces]
    return drafts_of(state, pieces, "\n".join(was), text)


def ordered_lines(state: PageState, first: int, was: Sequence[str], text: str) -> Draft:
    """The same lines in another order, as one text in the place of all: a printed line then no longer stands under its
    own image, but all of them under that of all.

    Raises:
        Outdated: the lines do not read so any more.
        UsageError: these are other lines, or something is open on one of them.
    """
    found = rows_as_shown(state, first, was, SEVERAL)
    if state.page is None:
        raise UsageError(f"Page {state.number} was not read.", remedy="Write its whole text.")
    before = "\n".join(was)
    if text == before:
        raise UsageError("Nothing is changed.", remedy="Move a line first.")
    if sorted(text.split("\n")) != sorted(before.split("\n")):
        raise UsageError("These are not the same lines.", remedy="Nothing was recorded; look at them again.")
    raw = state.page.reading.text
    span = Span(found[0].span.start, found[-1].span.end - raw[: found[-1].span.end].endswith("\n"))
    waiting = [one for one in state.all_findings if state.outcomes.get(one.id) in WAITING]
    if any(one.span.overlaps(span) or span.start < one.span.start < span.end for one in waiting):
        raise UsageError(
            "Something is open on one of these lines.",
            remedy="Decide about it first, then put them in order.",
        )
    return Draft(span, raw[span.start : span.end], text, place_of(state.page, span), instead=True, moves=True)
