"""A document in the queue with its numbers. What was kept of its pages is taken up when somebody asks for it.

A queue of a hundred thousand documents shows fifty.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from threading import Lock

from model.state import Outcome, Stage
from reports.letters import safe_text
from review.state import PageSummary
from review.todo import Todo, Viewer, asks_anybody, todo, waiting_for

_taking_up = Lock()
_VIEWERS = 4  # for whom is kept what a document asks of them


@dataclass(slots=True)
class _QueueCounts:
    """The pages of a document with their numbers, carried along page by page: after a decision, only its page is
    counted anew. What holds pages is replaced and never changed, so that others may go through it meanwhile."""

    pages: dict[int, PageSummary] = field(default_factory=dict)
    asking: tuple[int, ...] = ()
    stages: Counter[Stage] = field(default_factory=Counter)
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    second_by: Counter[str] = field(default_factory=Counter)
    conflict_by: Counter[str] = field(default_factory=Counter)
    errors: float = 0.0
    telling: int = 0

    def recount(self, fresh: Iterable[PageSummary]) -> None:
        """Take note of pages as they stand now."""
        pages, asking = dict(self.pages), set(self.asking)
        grown = False
        for page in fresh:
            old = pages.get(page.number)
            grown = grown or old is None
            pages[page.number] = page
            if old is not None:
                self._add(old, -1)
            self._add(page, 1)
            (asking.add if asks_anybody(page) else asking.discard)(page.number)
        self.pages = dict(sorted(pages.items())) if grown else pages
        self.asking = tuple(sorted(asking))

    def _add(self, page: PageSummary, times: int) -> None:
        self.stages[page.stage] += times
        for outcome, count in page.outcomes.items():
            self.outcomes[outcome] += times * count
        for total, counts in ((self.second_by, page.second_by), (self.conflict_by, page.conflict_by)):
            for account, count in counts.items():
                total[account] += times * count
        if page.expected is not None:
            self.errors += times * page.expected.errors
            self.telling += times


@dataclass(frozen=True, slots=True)
class Asks:
    """What a document asks of one viewer: `open` findings to decide about, and how many pages were returned, are to be
    signed, could not be read, and ask anything, with the number of the first; `errors` are those expected on pages that
    ask something of anybody."""

    open: int
    returned: int
    to_sign: int
    unread: int
    pages: int
    first: int | None
    errors: float

    def minutes(self, pace: tuple[float, float]) -> float:
        """How long that will keep them, at so many seconds for a decision and for the rest of a page."""
        decision, rest = pace
        return (self.open * decision + self.pages * rest) / 60

    def gain(self, pace: tuple[float, float]) -> float:
        """How many errors are removed in a minute."""
        minutes = self.minutes(pace)
        return self.errors / minutes if minutes else 0.0


class QueueEntry:
    """A document in the queue. Pages that are not counted yet (`Overview.uncounted`) are not among `pages`."""

    __slots__ = ("_asks", "_called", "_counts", "_kept", "id", "name", "path")

    def __init__(
        self,
        identity: str,
        name: str,
        path: str,
        kept: Callable[[str], Iterable[PageSummary]] | None = None,
    ) -> None:
        """`kept` gives what was kept of the pages of a document, when that is asked for first."""
        self.id, self.name, self.path = identity, name, path
        self._called = ("", "")
        self._asks: dict[Viewer, tuple[dict[int, PageSummary], Asks]] = {}
        self._kept = kept
        self._counts = _QueueCounts() if kept is None else None

    @property
    def called(self) -> str:
        """Its name as words are looked for in it; worked out once for each name."""
        if self._called[0] != self.name:
            self._called = (self.name, safe_text(self.name).casefold())
        return self._called[1]

    @property
    def is_taken_up(self) -> bool:
        """False while what was kept of its pages has not been asked for."""
        return self._counts is not None

    @property
    def pages(self) -> dict[int, PageSummary]:
        """The pages, by number."""
        return self._now().pages

    @property
    def asking(self) -> tuple[int, ...]:
        """Numbers of the pages that ask something of somebody, in order."""
        return self._now().asking

    @property
    def stages(self) -> Counter[Stage]:
        """How many pages have come how far."""
        return self._now().stages

    @property
    def outcomes(self) -> Counter[Outcome]:
        """How many findings stand how."""
        return self._now().outcomes

    @property
    def expected(self) -> float | None:
        """How many letters of its readings are thought to be wrong; None where no page tells."""
        return self._now().errors if self._now().telling else None

    def todo(self, viewer: Viewer, numbers: Iterable[int] | None = None) -> Iterator[tuple[int, Todo]]:
        """What its pages ask of this viewer: those that ask something, in order or in that of `numbers`."""
        pages = self.pages
        for number in self.asking if numbers is None else numbers:
            found = todo(pages[number], viewer)
            if found.anything:
                yield number, found

    def asks(self, viewer: Viewer) -> Asks:
        """The same in figures, worked out once for as long as the pages stay as they are."""
        pages = self.pages
        known = self._asks.get(viewer)
        if known is None or known[0] is not pages:
            found = list(self.todo(viewer))
            told = [expected for number in self.asking if (expected := pages[number].expected) is not None]
            known = (
                pages,
                Asks(
                    sum(one.decide for _, one in found),
                    sum(one.answer for _, one in found),
                    sum(one.sign for _, one in found),
                    sum(one.unread for _, one in found),
                    len(found),
                    found[0][0] if found else None,
                    sum(expected.errors for expected in told),
                ),
            )
            # Of a few who look; another dictionary, for others may be looking something up in this one.
            kept = self._asks if len(self._asks) < _VIEWERS else {}
            self._asks = kept | {viewer: known}
        return known[1]

    def waiting(self, viewer: Viewer) -> int:
        """How many findings wait for this viewer."""
        now = self._now()
        return waiting_for(viewer, now.outcomes, now.second_by, now.conflict_by)[0]

    def recount(self, fresh: Iterable[PageSummary]) -> None:
        """Take note of pages as they stand now."""
        self._now().recount(fresh)

    def take_up(self, pages: Iterable[PageSummary]) -> None:
        """Take up what was kept of its pages, unless that has been done."""
        with _taking_up:
            if self._counts is None:
                counts = _QueueCounts()
                counts.recount(pages)
                self._counts = counts

    def _now(self) -> _QueueCounts:
        if self._counts is None and self._kept is not None:
            self.take_up(self._kept(self.id))
        return self._counts or _QueueCounts()
