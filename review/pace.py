"""How long people take: told from the ledger's own times, robustly, so that one coffee break counts for nothing."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from threading import Lock

from ledger.catalogue import CATALOGUE
from ledger.event import Entry, Event, Made
from ledger.events.added import Added
from ledger.events.decided import Decided
from ledger.events.lines_seen import LinesSeen
from ledger.events.signed_off import SignedOff
from ledger.ledger import Ledger
from model.decision import POLICY_WAY
from review.state import PageSummary
from review.todo import Viewer, todo

LOOKED_AT = 20_000
"""Records that are gone through at first: the newest ones."""
KEPT = 500
"""Times of each sort that count: the newest ones."""
FEWEST = 20
"""Times of a sort from which on they are believed; before, the usual ones are."""
PAUSE = 300.0
"""Seconds between two records from which on somebody was away."""
AT_ONCE = 0.2
"""Seconds below which two records were made by one key."""
USUAL = (8.0, 60.0)
"""Seconds for a decision, and for all else on a page until it is signed, where nothing is known yet."""

USUAL_LINE = 6.0
"""Seconds for a line, where nothing is known yet."""

_MADE = tuple(one for one in CATALOGUE.values() if {"who", "page"} <= one.__dataclass_fields__.keys())


@dataclass(slots=True)
class _OnPage:
    """What somebody has spent on a page since it was signed last: seconds, and decisions."""

    seconds: float = 0.0
    decisions: int = 0


class Pace:
    """How long a decision takes, a line and a page, in seconds, as medians of what is on record.

    The time for a record is that since the same person's record before it, unless they were away. The time for a page
    is all that its signer has spent on it, less a median decision for each decision. The time for a line is how long it
    was lit until it was passed. Safe to use from several threads.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._seq: int | None = None
        self._lock = Lock()
        self._last: dict[str, tuple[str, int, datetime]] = {}
        self._spent: dict[tuple[str, str, int], _OnPage] = {}
        self._decisions: deque[float] = deque(maxlen=KEPT)
        self._pages: deque[tuple[float, int]] = deque(maxlen=KEPT)
        self._lines: deque[float] = deque(maxlen=KEPT)

    def seconds(self) -> tuple[float, float]:
        """For a decision, and for all else on a page."""
        with self._lock:
            self._follow()
            decision = median(self._decisions) if len(self._decisions) >= FEWEST else USUAL[0]
            rest = [max(0.0, seconds - count * decision) for seconds, count in self._pages]
            return decision, median(rest) if len(rest) >= FEWEST else USUAL[1]

    def line_seconds(self) -> float:
        """For a line on which nothing is open."""
        with self._lock:
            self._follow()
            return median(self._lines) if len(self._lines) >= FEWEST else USUAL_LINE

    def _follow(self) -> None:
        if self._seq is None:
            self._seq = max(0, self._ledger.head().seq - LOOKED_AT)
        head = self._ledger.head().seq
        for entry in self._ledger.events(_MADE, after=self._seq, upto=head):
            pages = entry.event.touches().pages
            if isinstance(entry.event, Made) and len(pages) == 1:
                self._note(entry, entry.event.who.account, pages[0])
        self._seq = head

    def _note(self, entry: Entry[Event], account: str, page: int) -> None:
        event, document = entry.event, entry.event.touches().document
        if isinstance(event, Decided) and event.how.startswith(POLICY_WAY):
            return
        if isinstance(event, LinesSeen):
            self._lines += (
                one.milliseconds / 1000 for one in event.lines if one.milliseconds <= 1000 * PAUSE
            )
        now = datetime.fromisoformat(entry.when)
        before = self._last.get(account)
        self._last[account] = (document, page, now)
        gap = None if before is None else (now - before[2]).total_seconds()
        spent = self._spent.setdefault((account, document, page), _OnPage())
        if gap is not None and AT_ONCE <= gap <= PAUSE:
            spent.seconds += gap
            if isinstance(event, Decided | Added) and before is not None and before[:2] == (document, page):
                self._decisions.append(gap)
        if isinstance(event, Decided | Added):
            spent.decisions += 1
        if isinstance(event, SignedOff):
            self._pages.append((spent.seconds, spent.decisions))
            del self._spent[account, document, page]


def minutes_for(page: PageSummary, viewer: Viewer, seconds: tuple[float, float]) -> float:
    """How long a page will keep this viewer, in minutes; 0 where it asks nothing of them."""
    found = todo(page, viewer)
    decision, rest = seconds
    return (found.decide * decision + rest) / 60 if found.anything else 0.0
