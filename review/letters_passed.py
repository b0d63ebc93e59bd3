"""Letters that somebody has passed on a sheet of like ones: recorded, and counted as right while the reading stands."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from ledger.batch import Batch
from ledger.events.letters_seen import LettersSeen
from ledger.history import DocumentHistory
from model.decision import Who
from model.edit import Span
from model.state import PageState
from review.seen import looked_at
from review.shown_tag import is_tag, tag_for
from review.transact import with_history
from workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class PassedLetter:
    """A letter that somebody left as it was read: where it stands in the raw text, and the tag that came with it."""

    span: Span
    tag: str


def record_letters(
    ws: Workspace, document: str, number: int, letters: Sequence[PassedLetter], who: Who, *, how: str
) -> int:
    """Record that somebody passed these letters of a page as rightly read; returns how many.

    Those that were not shown to them, or that a text of somebody's has replaced since, are not recorded.

    Raises:
        BadInput: there is no such document or page.
        UsageError: the page has no text.
        NotAllowed: the workspace has users, and `who` is none who reviews.
    """
    tag = tag_for(ws, document, number, who.account)

    def prepare(past: DocumentHistory) -> Callable[[Batch], int]:
        state, reading = looked_at(ws, past, number, who)
        raw = reading.text
        changed = [one.edit.span for one in state.shown]
        spans = tuple(
            (one.span.start, one.span.end)
            for one in letters
            if is_tag(one.tag, tag(one.span.start, raw[one.span.start : one.span.end]))
            and not any(one.span.overlaps(span) for span in changed)
        )
        event = LettersSeen(document, number, reading.sha256, spans, who, how)

        def write(batch: Batch) -> int:
            if spans:
                batch.append(event)
            return len(spans)

        return write

    return with_history(ws.ledger, document, prepare, number)


def letters_seen_by(state: PageState, seen: Iterable[LettersSeen]) -> Collection[Span]:
    """Places of the raw text at which somebody has passed a letter of the reading as it is now."""
    if state.page is None:
        return ()
    reading = state.page.reading.sha256
    return frozenset(
        Span(start, end) for one in seen if one.reading_sha256 == reading for start, end in one.spans
    )
