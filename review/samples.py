"""Lines that a person looks at before signing: some that a policy changes, some that nobody has touched.

Which ones follows from the record of the page's reading and from where the lines stand in it: that is written before
anybody reviews, so no decision, note or wording steers it, and anybody can draw them again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ledger.events.spot_checked import SpotChecked
from model.decision import Who
from model.edit import text_sha256
from model.errors import GateError, Outdated
from model.state import TO_SIGN, Outcome, PageState
from reports.lines import Row
from review.own_text import current_rows

OF_EACH = 2
"""Lines of each sort."""


@dataclass(frozen=True, slots=True)
class Sampled:
    """A line to look at: its number among the rows of the page, and whether a policy changes it."""

    line: int
    row: Row
    automatic: bool


def sampled(state: PageState) -> tuple[Sampled, ...]:
    """The lines of a page that can be signed, in order; none where nothing can be signed."""
    if state.stage not in TO_SIGN or state.page is None or state.findings is None:
        return ()
    by_edit = {one.edit: one.finding for one in state.shown}
    automatic: list[Sampled] = []
    untouched: list[Sampled] = []
    for index, row in enumerate(current_rows(state)):
        findings = [by_edit[piece.edit] for piece in row.pieces if piece.edit is not None]
        if any(state.outcomes.get(one) is Outcome.POLICY for one in findings):
            automatic.append(Sampled(index, row, True))
        elif not findings and row.raw.strip():
            untouched.append(Sampled(index, row, False))
    chosen = [*_drawn(automatic, state.drawn_by), *_drawn(untouched, state.drawn_by)]
    return tuple(sorted(chosen, key=lambda one: one.line))


def _drawn(lines: Sequence[Sampled], seed: str) -> list[Sampled]:
    def lot(one: Sampled) -> str:
        return hashlib.sha256(f"{seed}:{one.row.span.start}".encode("ascii")).hexdigest()

    return sorted(lines, key=lot)[:OF_EACH]


def spot_check(
    state: PageState, document: str, lines: Collection[int], who: Who, how: str, *, seen: Collection[int]
) -> SpotChecked | None:
    """The record that somebody has looked at the sampled lines of a page before they sign it; None where no line
    is drawn. `seen` are the lines of which it stands in the ledger that they passed them as they read now.

    Raises:
        Outdated: these are not the lines that are drawn from the page as it stands now.
        GateError: they have not passed them all.
    """
    drawn = [one.line for one in sampled(state)]
    if sorted(lines) != drawn and state.stage in TO_SIGN:
        raise Outdated(
            f"Page {state.number} has changed since its lines were drawn.",
            remedy="Nothing was signed; look at it again.",
        )
    if not drawn:
        return None
    left = len(set(drawn) - set(seen))
    if left:
        raise GateError(
            f"Of the lines drawn by lot on page {state.number}, {left} were not passed.",
            remedy="Pass them with Enter, each under its image, then sign.",
        )
    return SpotChecked(document, state.number, text_sha256(state.final_text), tuple(drawn), who, how)
