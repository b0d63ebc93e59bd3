"""Where every document stands, kept up to date record by record.

The ledger is folded once; afterwards only the pages that new records are about are looked at again, so what
a look at the queue costs does not grow with what was decided before. Which pages a record is about says its event
(`Event.touches`), the same that folds the page's history: no kind of event is named here, so none can be forgotten.
A look at all documents counts for a moment at most and says how many pages are left; the next one goes on.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from threading import Lock
from time import monotonic

from ledger.event import Entry, Event
from ledger.events.required import Required
from ledger.events.source_registered import SourceRegistered
from ledger.history import read_page_history
from model.errors import BadInput, DamagedBlob
from model.state import Stage
from review.pace import Pace, minutes_for
from review.state import PageSummary, page_summary, summarise
from review.summary_store import kept_documents, kept_pages
from review.todo import Viewer
from review.web.queue_entry import QueueEntry
from workspace.workspace import Workspace

_AT_LEAST = 20
"""Pages that a look counts even where its time is over."""

_DOCUMENTS_AT_LEAST = 200
"""Documents that a look takes note of however little time there is."""


@dataclass(frozen=True, slots=True)
class Near:
    """What lies around a page for who looks: the pages before and behind it; the next one, going round, with a finding
    that waits for them (`open`), and the next one that asks anything of them, clean pages to sign too (`needs`); and
    how many findings of the document wait for them."""

    previous: int | None
    next: int | None
    open: int | None
    needs: int | None
    waiting: int


class Overview:
    """The queue of a workspace. Safe to use from several threads."""

    def __init__(self, ws: Workspace, seconds: float = 0.15) -> None:
        """`seconds`: how long a look at all documents may count; some pages it counts however slow the machine is."""
        self._ws = ws
        self._seconds = seconds
        self._uncounted: dict[str, dict[int, None]] = {}
        self._lock = Lock()
        self._seq = 0
        self._at_least = 0
        self._entries: dict[str, QueueEntry] = {}
        self.began_with_nothing = False
        self._coming: Iterator[Entry[SourceRegistered]] = iter(())
        self._pace = Pace(ws.ledger)

    @property
    def pace(self) -> Pace:
        """How long people have taken of late."""
        return self._pace

    def documents(self, seconds: float | None = None) -> tuple[QueueEntry, ...]:
        """Every document as it stands now, in the order in which they came; counts for so many seconds at most."""
        asked = self._seconds if seconds is None else seconds
        until = monotonic() + asked
        with self._lock:
            self._at_least = _AT_LEAST if asked else 0
            self._follow(until)
            for document in list(self._uncounted):
                self._count(document, until)
                if self._at_least <= 0 and monotonic() >= until:
                    break
            return tuple(self._entries.values())

    @property
    def by_id(self) -> dict[str, QueueEntry]:
        """The documents that are known, by their ids, in the order in which they came; counts nothing."""
        return self._entries.copy()  # others add some

    @property
    def uncounted(self) -> int:
        """How many pages are not looked at yet, of the documents that are known."""
        left = self._uncounted.copy()  # others go on counting
        return sum(len(pages) for document, pages in left.items() if document in self._entries)

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
            return found

    def near(self, identity: str, number: int, viewer: Viewer) -> Near:
        """What lies around a page of a document.

        Raises:
            BadInput: there is no document with this id.
        """
        entry = self.document(identity)
        numbers, asking = list(entry.pages), entry.asking
        at, first = bisect_left(numbers, number), bisect_left(asking, number + 1)
        round_about = [n for n in (*asking[first:], *asking[:first]) if n != number]
        return Near(
            previous=numbers[at - 1] if at else None,
            next=numbers[at + 1] if at + 1 < len(numbers) else None,
            open=next((n for n, one in entry.todo(viewer, round_about) if one.decide), None),
            needs=next((n for n, _ in entry.todo(viewer, round_about)), None),
            waiting=entry.waiting(viewer),
        )

    def pace_on(self, identity: str, number: int, viewer: Viewer) -> dict[str, float]:
        """By the ledger's own times: `minutes` that a page will keep this viewer, `line` seconds for a line.

        Raises:
            BadInput: there is no document with this id.
        """
        page = self.document(identity).pages.get(number)
        minutes = 0.0 if page is None else minutes_for(page, viewer, self._pace.seconds())
        return {"minutes": round(minutes, 1), "line": round(self._pace.line_seconds(), 1)}

    def next_needing(self, viewer: Viewer, document: str = "", after: int = 0) -> tuple[str, int] | None:
        """The next page that asks anything of this viewer: behind this page of this document, going round it, then in
        the documents that come after it; None where nothing asks for them."""
        if document:
            needs = self.near(document, after, viewer).needs
            if needs is not None:
                return document, needs
        entries = self.documents()
        at = next((index for index, one in enumerate(entries) if one.id == document), -1) + 1
        for entry in (*entries[at:], *entries[:at]):
            first = next((n for n, _ in entry.todo(viewer) if (entry.id, n) != (document, after)), None)
            if first is not None:
                return entry.id, first
        return None

    def warm_up(self, documents: int) -> bool:
        """Take up what was kept of the pages of so many documents more; False where there was none: nothing is left, or
        what was kept is lost, and is looked at when somebody asks for it."""
        entries = self._entries.copy()
        left = list(islice((one for one in entries.values() if not one.is_taken_up), documents))
        self.take_up(left)
        return any(one.is_taken_up for one in left)

    def begin_again(self) -> None:
        """Start with what is kept by now (`review.summary_store`)."""
        with self._lock:
            self._seq = 0
            self._entries.clear()
            self._uncounted.clear()
            self._coming = iter(())

    def take_up(self, entries: Iterable[QueueEntry] | None = None) -> None:
        """Take up what was kept of the pages of these documents, or of all, at once: much sooner than one by one."""
        wanted = tuple(self._entries.values()) if entries is None else tuple(entries)
        left = [one for one in wanted if not one.is_taken_up]
        if left:
            kept = kept_pages(self._ws, None if entries is None else [one.id for one in left])
            for one in left:
                if one.id in kept:
                    one.take_up(kept[one.id])

    def _kept(self, document: str) -> Iterable[PageSummary]:
        found = kept_pages(self._ws, [document])
        # Lost since: then they are looked at.
        return found[document] if document in found else summarise(self._ws, document).pages

    def _recall(self) -> None:
        """Begin with what was kept when all documents were looked at last; where nothing was, every page is yet to be
        counted, and what befell it is asked for then."""
        self._seq, kept = kept_documents(self._ws)
        self.began_with_nothing = not self._seq
        self._seq = self._seq or self._ws.ledger.head().seq
        for identity, name, path, counted in kept:
            self._entries[identity] = QueueEntry(identity, name, path, self._kept if counted else None)
            if not counted:
                newest = self._ws.ledger.newest(SourceRegistered, document=identity)
                self._leave(identity, () if newest is None else newest.event.requested)
        if self.began_with_nothing:
            self._coming = self._ws.ledger.events(SourceRegistered, upto=self._seq)

    def _note(self, event: SourceRegistered) -> None:
        entry = self._entries.setdefault(event.document, QueueEntry(event.document, event.name, event.place))
        entry.name, entry.path = event.name, event.place

    def _follow(self, until: float | None = None) -> None:
        """Note the documents that came before, until then or all; and the pages that new events touch, whatever their
        kind."""
        if not self._seq:
            self._recall()
        for came in self._coming:
            self._note(came.event)
            self._leave(came.event.document, came.event.requested)
            if until is not None and len(self._entries) % _DOCUMENTS_AT_LEAST == 0 and monotonic() >= until:
                break
        for one in self._ws.ledger.events(Event, after=self._seq):
            event, touched = one.event, one.event.touches()
            if isinstance(event, SourceRegistered):
                self._note(event)
            if isinstance(event, Required):
                for one_entry in self._entries.values():
                    if event.document in ("", one_entry.id):
                        self._leave(one_entry.id, one_entry.pages)
            if touched.pages:
                self._leave(touched.document, touched.pages)
            self._seq = one.seq

    def _leave(self, document: str, numbers: Iterable[int]) -> None:
        left = self._uncounted.setdefault(document, {})
        left.update(dict.fromkeys(numbers))

    def _count(self, document: str, until: float | None = None) -> None:
        """Look at the pages of a document that were not looked at since they changed, at most until then."""
        entry = self._entries.get(document)
        left = self._uncounted.get(document, {})
        if entry is None or not left:
            return
        fresh = []
        while left and (until is None or self._at_least > 0 or monotonic() < until):
            self._at_least -= 1
            number = next(iter(left))
            fresh.append(self._look_at(document, number))
            del left[number]
        entry.recount(fresh)
        if not left:
            self._uncounted.pop(document, None)

    def _look_at(self, document: str, number: int) -> PageSummary:
        """A page as it stands now; one of which something is damaged keeps no other from being shown."""
        try:
            return page_summary(self._ws.store, read_page_history(self._ws.ledger, document, number))
        except DamagedBlob as error:
            return PageSummary(number, Stage.FAILED, {}, str(error))
