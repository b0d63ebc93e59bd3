"""Lines that somebody has passed as right, each under its image: recorded, and told again while they still read so."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from ledger.batch import Batch
from ledger.events.lines_seen import LinesSeen, SeenLine
from ledger.history import DocumentHistory
from ledger.people import allowed, users_at
from model.decision import Who
from model.edit import text_sha256
from model.errors import BadInput, UsageError
from model.page import Reading
from model.state import PageState
from model.user import Role
from reports.lines import Row
from review.own_text import current_rows, reads_as_shown, row_text
from review.shown_tag import is_tag, tag_for
from review.state import page_state_of
from review.transact import with_history
from workspace.workspace import Workspace

LONGEST = 3_600_000
"""Milliseconds; whoever left the line lit for longer was not looking at it all the time."""


@dataclass(frozen=True, slots=True)
class PassedLine:
    """A line as it was shown when somebody passed it: where it begins in the raw text, its text, how long it was lit,
    and the tag that came with it, which proves that it was shown."""

    start: int
    text: str
    milliseconds: int
    tag: str


def record_seen(
    ws: Workspace, document: str, number: int, lines: Sequence[PassedLine], who: Who, *, how: str
) -> tuple[int, ...]:
    """Record that somebody passed these lines; returns the numbers of those that still read as they were shown.

    The others are not recorded: another text stands there by now, and nobody has looked at that; or no server of this
    workspace has ever shown them to this account.

    Raises:
        BadInput: there is no such document or page.
        UsageError: the page has no text.
        NotAllowed: the workspace has users, and `who` is none who reviews.
    """
    shown = lines_shown(ws, document, number, lines, who)

    def prepare(past: DocumentHistory) -> Callable[[Batch], tuple[int, ...]]:
        state, reading = looked_at(ws, past, number, who)
        rows = numbered(state)
        found = [
            (*rows[one.start], one)
            for one in shown
            if one.start in rows and reads_as_shown(rows[one.start][1], one.text)
        ]
        event = LinesSeen(
            document, number, reading.sha256,
            tuple(_seen_line(row, min(one.milliseconds, LONGEST)) for _, row, one in found), who, how,
        )  # fmt: skip

        def write(batch: Batch) -> tuple[int, ...]:
            if found:
                batch.append(event)
            return tuple(line for line, _, _ in found)

        return write

    return with_history(ws.ledger, document, prepare, number)


def looked_at(ws: Workspace, past: DocumentHistory, number: int, who: Who) -> tuple[PageState, Reading]:
    """A page that somebody who reviews has looked at, as it stands, and its reading.

    Raises:
        BadInput: there is no such page.
        UsageError: the page has no text.
        NotAllowed: the workspace has users, and `who` is none who reviews.
    """
    allowed(users_at(ws.ledger), who, {Role.REVIEWER, Role.SECOND_REVIEWER})
    history = past.pages.get(number)
    if history is None:
        raise BadInput(f"{past.name} has no page {number} that was asked for.")
    state = page_state_of(ws.store, history)
    if state.page is None:
        raise UsageError(f"Page {number} of {past.name} has no text to look at.", remedy="Read it again.")
    return state, state.page.reading


def lines_shown(
    ws: Workspace, document: str, number: int, lines: Sequence[PassedLine], who: Who
) -> tuple[PassedLine, ...]:
    """Those of the lines that were shown to this account as they say."""
    tag = tag_for(ws, document, number, who.account)
    return tuple(one for one in lines if is_tag(one.tag, tag(one.start, one.text)))


def numbered(state: PageState) -> dict[int, tuple[int, Row]]:
    """The rows of a page with their numbers, by where they begin in the raw text."""
    return {row.span.start: (index, row) for index, row in enumerate(current_rows(state))}


def lines_seen_by(state: PageState, seen: Iterable[LinesSeen], account: str | None = None) -> Collection[int]:
    """Numbers of the rows of a page that were passed as they read now, by this account or (None) by anybody."""
    if state.page is None:
        return frozenset()
    reading = state.page.reading.sha256
    passed = {
        (line.start, line.end, line.text_sha256)
        for one in seen
        if one.reading_sha256 == reading and account in (None, one.who.account)
        for line in one.lines
    }
    if not passed:
        return frozenset()
    return frozenset(index for index, row in enumerate(current_rows(state)) if _place(row) in passed)


def _place(row: Row) -> tuple[int, int, str]:
    return row.span.start, row.span.end, text_sha256(row_text(row))


def _seen_line(row: Row, milliseconds: int) -> SeenLine:
    return SeenLine(*_place(row), milliseconds)
