"""Where every document stands, kept up to date record by record.

The ledger is folded once; afterwards only the pages that new records are about are looked at again, so what
a look at the queue costs does not grow with what was decided before. A look at all documents counts for a few
seconds at most and says how many pages are left; the next one goes on.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic

from ledger.event import Event
from ledger.events.required import Required
from ledger.events.source_registered import SourceRegistered
from ledger.history import read_page_history
from model.errors import BadInput
from model.state import Outcome, Stage
from model.thai import compose_sara_am
from reports.letters import without_white_space
from review.state import PageSummary, page_summary
from review.summary_store import kept_pages
from workspace.codec import decode_findings, decode_page
from workspace.workspace import Workspace

_AROUND = 24  # code points shown on each side of what was searched for


@dataclass(slots=True)
class QueueEntry:
    """A document in the queue; `uncounted` pages are not among `pages` yet."""

    id: str
    name: str
    path: str
    pages: dict[int, PageSummary]
    uncounted: int = 0

    def stages(self) -> dict[Stage, int]:
        """How many pages have come how far."""
        found = [page.stage for page in self.pages.values()]
        return {stage: found.count(stage) for stage in Stage if stage in found}

    def expected(self) -> float | None:
        """How many letters of its readings are thought to be wrong; None where no page tells."""
        known = [page.expected.errors for page in self.pages.values() if page.expected is not None]
        return sum(known) if known else None


@dataclass(frozen=True, slots=True)
class Near:
    """What lies around a page: the pages before and behind it, the next one with something open for who
    looks, going round, and how many findings of the document wait for them."""

    previous: int | None
    next: int | None
    open: int | None
    waiting: int


@dataclass(slots=True)
class _Tally:
    """A document's numbers, carried along page by page: after a decision, only its page is counted anew.

    `waiting` are the pages on which anybody has something to do, in order; `open` how many findings that
    are; `second_by` how many of those wait for another than this account.
    """

    numbers: list[int] = field(default_factory=list)
    waiting: list[int] = field(default_factory=list)
    open: int = 0
    second_by: Counter[str] = field(default_factory=Counter)

    def replace(self, old: PageSummary | None, new: PageSummary) -> None:
        """Count a page that has changed."""
        number = new.number
        if old is None:
            insort(self.numbers, number)
        else:
            self.open -= _waiting(old)
            self.second_by.subtract(old.second_by)
        self.open += _waiting(new)
        self.second_by.update(new.second_by)
        at = bisect_left(self.waiting, number)
        there = at < len(self.waiting) and self.waiting[at] == number
        if there and not _waiting(new):
            del self.waiting[at]
        elif not there and _waiting(new):
            self.waiting.insert(at, number)


@dataclass(frozen=True, slots=True)
class Hit:
    """A page in which something was found; `before`, `found` and `after` are the text around it."""

    page: int
    before: str
    found: str
    after: str


def waits_for(page: PageSummary, account: str) -> int:
    """How many findings of a page this account can bring forward."""
    return _waiting(page) - page.second_by.get(account, 0)


def _waiting(page: PageSummary) -> int:
    counts = page.outcomes
    return sum(counts.get(one, 0) for one in (Outcome.OPEN, Outcome.SECOND, Outcome.CONFLICT))


class Overview:
    """The queue of a workspace. Safe to use from several threads."""

    def __init__(self, ws: Workspace, seconds: float = 2.0) -> None:
        """`seconds`: how long a look at all documents may count."""
        self._ws = ws
        self._seconds = seconds
        self._uncounted: dict[str, dict[int, None]] = {}
        self._lock = Lock()
        self._seq = 0
        self._entries: dict[str, QueueEntry] = {}
        self._tallies: dict[str, _Tally] = {}
        self._texts: dict[str, str] = {}

    def documents(self) -> tuple[QueueEntry, ...]:
        """Every document as it stands now, in the order in which they came."""
        with self._lock:
            self._follow()
            until = monotonic() + self._seconds
            for document in list(self._uncounted):
                self._count(document, until)
            return tuple(map(self._copy, self._entries.values()))

    def document(self, identity: str) -> QueueEntry:
        """One document as it stands now.

        Raises:
            BadInput: there is none with this id.
        """
        with self._lock:
            self._follow()
            found = self._entries.get(identity)
            if found is None:
                raise BadInput("The workspace has no such document.")
            self._count(identity)
            return self._copy(found)

    def near(self, identity: str, number: int, account: str) -> Near:
        """What lies around a page of a document; costs the same in a short and in a long one.

        Raises:
            BadInput: there is no document with this id.
        """
        with self._lock:
            self._follow()
            found = self._entries.get(identity)
            if found is None:
                raise BadInput("The workspace has no such document.")
            self._count(identity)
            tally = self._tallies.get(identity, _Tally())
            numbers, waiting = tally.numbers, tally.waiting
            at, first = bisect_left(numbers, number), bisect_left(waiting, number + 1)
            round_about = (waiting[(first + step) % len(waiting)] for step in range(len(waiting)))
            return Near(
                previous=numbers[at - 1] if at else None,
                next=numbers[at + 1] if at + 1 < len(numbers) else None,
                open=next(
                    (n for n in round_about if n != number and waits_for(found.pages[n], account) > 0), None
                ),
                waiting=tally.open - tally.second_by[account],
            )

    def search(self, entry: QueueEntry, words: str) -> Iterator[Hit]:
        """Pages whose text as read, or what is proposed for it, holds these words.

        Spaces count for nothing, for a reader puts them where none are, and sara am is found however it
        was read.
        """
        wanted = _searchable(words)
        if not wanted:
            return
        for number in entry.pages:
            text = self._text(entry.id, number)
            at = text.find(wanted)
            if at >= 0:
                end = at + len(wanted)
                start = max(0, at - _AROUND)
                yield Hit(number, text[start:at], text[at:end], text[end : end + _AROUND])

    def _copy(self, entry: QueueEntry) -> QueueEntry:
        left = len(self._uncounted.get(entry.id, ()))
        return QueueEntry(entry.id, entry.name, entry.path, dict(entry.pages), left)

    def _recall(self) -> None:
        """Begin with what was kept when all documents were looked at last."""
        seq, kept = kept_pages(self._ws)
        for one in self._ws.ledger.events(SourceRegistered, upto=seq):
            event = one.event
            self._entries[event.document] = QueueEntry(
                event.document, event.name, event.path, kept.get(event.document, {})
            )
            if event.document not in kept:
                self._uncounted.setdefault(event.document, {}).update(dict.fromkeys(event.requested))
        for document, pages in kept.items():
            tally = self._tallies.setdefault(document, _Tally())
            for page in pages.values():
                tally.replace(None, page)
        self._seq = seq

    def _follow(self) -> None:
        """Note the pages that new events touch, whatever their kind."""
        if not self._seq:
            self._recall()
        for one in self._ws.ledger.events(Event, after=self._seq):
            event, touched = one.event, one.event.touches()
            if isinstance(event, SourceRegistered):
                known = self._entries.get(event.document)
                pages = known.pages if known else {}
                self._entries[event.document] = QueueEntry(event.document, event.name, event.path, pages)
            if isinstance(event, Required):
                for entry in self._entries.values():
                    if event.document in ("", entry.id):
                        self._uncounted.setdefault(entry.id, {}).update(dict.fromkeys(entry.pages))
            if touched.pages:
                self._uncounted.setdefault(touched.document, {}).update(dict.fromkeys(touched.pages))
            self._seq = one.seq

    def _count(self, document: str, until: float | None = None) -> None:
        """Look at the pages of a document that were not looked at since they changed, at most until then."""
        entry = self._entries.get(document)
        left = self._uncounted.get(document, {})
        if entry is None:
            return
        tally = self._tallies.setdefault(document, _Tally())
        grown = False
        while left and (until is None or monotonic() < until):
            number = next(iter(left))
            page = page_summary(self._ws.store, read_page_history(self._ws.ledger, document, number))
            grown = grown or number not in entry.pages
            tally.replace(entry.pages.get(number), page)
            entry.pages[number] = page
            del left[number]
        if grown:
            entry.pages = dict(sorted(entry.pages.items()))
        if not left:
            self._uncounted.pop(document, None)

    def _text(self, document: str, number: int) -> str:
        past = read_page_history(self._ws.ledger, document, number)
        if past.page is None:
            return ""
        blob = past.page.event.blob
        found = past.current_findings
        key = blob if found is None else f"{blob}:{found.event.blob}"
        text = self._texts.get(key)
        if text is None:
            store = self._ws.store
            parts = [decode_page(store.get(blob)).reading.text]
            if found is not None:
                parts += [p.edit.after for p in decode_findings(store.get(found.event.blob)).proposals]
            text = "\n".join(_searchable(part) for part in parts)
            self._texts[key] = text
        return text


def _searchable(text: str) -> str:
    return without_white_space(compose_sara_am(text)).casefold()
