"""Lines that somebody has passed as right, each under its image: recorded, and told again while they still read so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
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

LEAST = 250
"""Milliseconds in which nobody has looked at a line: the eye takes as long to come to rest on it once."""

READABLE = 50
"""Letters a second that nobody reads: about twice what people read silently (Brysbaert 2019)."""


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
    workspace has ever shown them to this account; or that was for less than `LEAST`.

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
    """Those of the lines that were shown to this account as they say, for as long as it takes to look at one."""
    tag = tag_for(ws, document, number, who.account)
    return tuple(
        one for one in lines if one.milliseconds >= LEAST and is_tag(one.tag, tag(one.start, one.text))
    )


def numbered(state: PageState) -> dict[int, tuple[int, Row]]:
    """The rows of a page with their numbers, by where they begin in the raw text."""
    return {row.span.start: (index, row) for index, row in enumerate(current_rows(state))}


def lines_seen_by(state: PageState, seen: Iterable[LinesSeen], account: str | None = None) -> Collection[int]:
    """Numbers of the rows of a page that were passed as they read now, by this account or (None) by anybody."""
    return frozenset(_looked_at(state, seen, account))


def lines_hurried_by(state: PageState, seen: Iterable[LinesSeen], account: str) -> Collection[int]:
    """Those of the rows that this account has passed which it had before it, all times together, for less than it takes
    to read them (`READABLE`)."""
    rows = current_rows(state)
    return frozenset(
        index
        for index, milliseconds in _looked_at(state, seen, account).items()
        if milliseconds * READABLE < 1000 * sum(not letter.isspace() for letter in row_text(rows[index]))
    )


def _looked_at(state: PageState, seen: Iterable[LinesSeen], account: str | None) -> Mapping[int, int]:
    """For how many milliseconds rows were lit that were passed as they read now, by number."""
    if state.page is None:
        return {}
    reading = state.page.reading.sha256
    passed: Counter[tuple[int, int, str]] = Counter()
    for one in seen:
        if one.reading_sha256 == reading and account in (None, one.who.account):
            for line in one.lines:
                passed[line.start, line.end, line.text_sha256] += line.milliseconds
    if not passed:
        return {}
    places = ((index, _place(row)) for index, row in enumerate(current_rows(state)))
    return {index: passed[place] for index, place in places if place in passed}


def _place(row: Row) -> tuple[int, int, str]:
    return row.span.start, row.span.end, text_sha256(row_text(row))


def _seen_line(row: Row, milliseconds: int) -> SeenLine:
    return SeenLine(*_place(row), milliseconds)
