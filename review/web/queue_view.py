"""What the queue shows: documents, pages, what waits where, how long it takes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice
from typing import Any

from model.state import TO_SIGN, Outcome, Stage
from review.inbox_view import inbox_scans
from review.pace import minutes_for
from review.refused import refused_files
from review.search_index import Hit
from review.shown_search import ShownSearch
from review.state import PageSummary
from review.todo import Todo, Viewer, todo
from review.web.overview import Overview
from review.web.permissions import may_read
from review.web.queue_entry import Asks, QueueEntry
from workspace.workspace import Workspace

MOST = 50
"""Documents shown at once; others are on the next sheets."""
COUNTED = 1000
"""Documents behind the sheet that are counted where words are searched for: nobody looks at more, and a word that
stands everywhere would be counted in every text."""
MOST_ROWS = 10
"""Pages of a document that are shown among all documents."""
MOST_PAGES = 200
"""Pages of a document that are listed at once."""
MOST_HITS = (3, 200)
"""Hits of a page that are shown: among all documents, and in the list of one."""

_THROUGH = (*TO_SIGN, Stage.SIGNED, Stage.PUBLISHED, Stage.WAIVED)


class Wait(StrEnum):
    """What pages can be asked for besides their stage."""

    MINE = "mine"  # whatever asks something of who looks
    SECOND = "second"  # a finding, or the signature, waits for a second person
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class ListRequest:
    """What somebody asks a list for: words in texts or names, pages of a stage or that wait, an order, and which sheet
    of the list, counted from 1."""

    words: str = ""
    show: Stage | Wait | None = None
    order: str = ""
    sheet: int = 1

    @property
    def anything(self) -> bool:
        """True when not everything is asked for."""
        return bool(self.words.strip()) or self.show is not None

    def takes(self, page: PageSummary, viewer: Viewer) -> bool:
        """True for a page whose state is asked for."""
        if self.show is Wait.MINE:
            return todo(page, viewer).anything
        if self.show is Wait.SECOND:
            return page.outcomes.get(Outcome.SECOND, 0) > 0 or page.stage is Stage.COUNTERSIGN
        if self.show is Wait.RETURNED:
            return page.returned > 0
        return self.show is None or page.stage is self.show


def asked_of(given: Mapping[str, str]) -> ListRequest:
    """What the parameters of an address ask for; what is not understood asks for nothing."""
    known: dict[str, Stage | Wait] = {str(one): one for one in (*Stage, *Wait)}
    sheet = given.get("sheet", "")
    number = int(sheet) if sheet.isascii() and sheet.isdecimal() and len(sheet) < 7 else 1
    return ListRequest(
        given.get("q", "")[:200], known.get(given.get("show", "")), given.get("order", ""), max(1, number)
    )


@dataclass(frozen=True, slots=True)
class PageRow:
    """A page in the queue: what it asks of who looks, for how many minutes, and where something was found in it."""

    page: PageSummary
    todo: Todo
    minutes: float
    hits: Sequence[Hit] = ()
    more_hits: int = 0

    @property
    def second(self) -> int:
        """How many findings wait for a second person, whoever that is."""
        return self.page.outcomes.get(Outcome.SECOND, 0)

    @property
    def gain(self) -> float:
        """How many errors are removed in a minute."""
        return self.page.expected.errors / self.minutes if self.minutes and self.page.expected else 0.0


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document in the queue, what it asks of who looks and for how long; `rows` are the first of its
    pages that were asked for, and so many more there are."""

    entry: QueueEntry
    asks: Asks
    minutes: float
    rows: tuple[PageRow, ...] = ()
    more_rows: int = 0

    @property
    def stages(self) -> dict[Stage, int]:
        """How many pages have come how far."""
        return {stage: count for stage in Stage if (count := self.entry.stages.get(stage, 0))}


ORDERS = ("came", "gain", "open", "stuck", "errors")
"""In which order documents are shown: as they came; most errors removed in a minute, most to decide, most pages stuck,
most letters expected to be misread first."""

PAGE_ORDERS = ("came", "gain", "errors")
"""In which order a document's pages are shown."""

_BY: Mapping[str, Callable[[QueueEntry, Viewer, tuple[float, float]], float]] = {
    "open": lambda entry, viewer, _: -entry.asks(viewer).open,
    "gain": lambda entry, viewer, pace: -entry.asks(viewer).gain(pace),
    "stuck": lambda entry, *_: -entry.stages.get(Stage.FAILED, 0) - entry.stages.get(Stage.MISSING, 0),
    "errors": lambda entry, *_: -(entry.expected or 0),
}


@dataclass(frozen=True, slots=True)
class Lists:
    """The lists of a workspace: where its documents stand, and where words are found in them."""

    overview: Overview
    search: ShownSearch
    seconds: float = 0.1

    def queue(self, asked: ListRequest, viewer: Viewer) -> dict[str, Any]:
        """A sheet of all documents; where something is asked for, only those with such pages, and the pages."""
        entries = self.overview.documents()
        pace = self.overview.pace.seconds()
        if asked.show is not None or asked.order in _BY:
            self.overview.take_up()
        most = (
            asked.sheet * MOST + COUNTED if asked.words.strip() and asked.order not in _BY else len(entries)
        )
        behind, found = self._search(asked, viewer, self.overview.by_id, most + 1)
        wanted = list(islice(_wanted(entries, asked, viewer, found), most + 1))
        more = len(wanted) > most
        del wanted[most:]
        sheet = min(asked.sheet, max(1, -(-len(wanted) // MOST)))
        part = slice((sheet - 1) * MOST, sheet * MOST)
        if asked.order in _BY:
            by = _BY[asked.order]
            wanted = sorted(wanted, key=lambda entry: by(entry, viewer, pace))
        else:
            self.overview.take_up(wanted[part])
        shown = [_row(entry, viewer, pace) for entry in wanted[part]]
        if asked.anything:
            shown = [self._with_pages(row, asked, viewer, found.get(row.entry.id, ()), pace) for row in shown]
        return _asked(asked, sheet) | {
            "documents": shown, "found": len(wanted), "more": more, "sheets": -(-len(wanted) // MOST),
            "any": bool(entries), "uncounted": self.overview.uncounted, "unsearched": behind, "orders": ORDERS,
        }  # fmt: skip

    def document(self, entry: QueueEntry, asked: ListRequest, viewer: Viewer) -> dict[str, Any]:
        """The pages of one document, and what keeps it from being signed."""
        behind, found = self._search(asked, viewer, {entry.id: entry}, 1)
        pace = self.overview.pace.seconds()
        here = found.get(entry.id, ())
        rows = _page_rows(entry, asked, viewer, here, pace)
        pages = entry.pages
        blocking = [number for number, page in pages.items() if page.stage not in _THROUGH]
        decided = sum(entry.stages.get(one, 0) for one in TO_SIGN)
        sheet = min(asked.sheet, max(1, -(-len(rows) // MOST_PAGES)))
        part = rows[(sheet - 1) * MOST_PAGES : sheet * MOST_PAGES]
        return _asked(asked, sheet) | {
            "row": _row(entry, viewer, pace),
            "rows": self._with_hits(entry, part, asked, viewer, here, MOST_HITS[1]),
            "found": len(rows),
            "sheets": -(-len(rows) // MOST_PAGES),
            "strip": [(number, pages[number].stage, pages[number].returned > 0) for number in pages],
            "blocking": blocking,
            "can_sign": not blocking and decided > 0,
            "to_sign": decided,
            "by_policy": entry.outcomes.get(Outcome.POLICY, 0),
            "unsearched": behind,
            "orders": PAGE_ORDERS,
        }

    def _search(
        self, asked: ListRequest, viewer: Viewer, documents: Mapping[str, QueueEntry], most: int
    ) -> tuple[int, Mapping[str, Sequence[int]]]:
        """Pages that are asked for in whose text the words stand, of so many documents at most; none for who may not
        read them: that a word stands there tells, too."""
        if not asked.words.strip() or not may_read(viewer.roles):
            return 0, {}

        def takes(document: str, number: int) -> bool:
            page = documents[document].pages.get(number)
            return page is not None and asked.takes(page, viewer)

        if asked.show is None:
            return self.search.pages(asked.words, self.seconds, viewer.shown_to, documents, most=most)
        return self.search.pages(asked.words, self.seconds, viewer.shown_to, documents, takes, most)

    def _with_pages(
        self,
        row: DocumentRow,
        asked: ListRequest,
        viewer: Viewer,
        here: Sequence[int],
        pace: tuple[float, float],
    ) -> DocumentRow:
        rows = _page_rows(row.entry, asked, viewer, here, pace)
        shown = self._with_hits(row.entry, rows[:MOST_ROWS], asked, viewer, here, MOST_HITS[0])
        return replace(row, rows=shown, more_rows=max(0, len(rows) - MOST_ROWS))

    def _with_hits(
        self,
        entry: QueueEntry,
        rows: Sequence[PageRow],
        asked: ListRequest,
        viewer: Viewer,
        here: Sequence[int],
        most: int,
    ) -> tuple[PageRow, ...]:
        """The same rows, each with so many places at most where the words stand."""
        made = []
        on = set(here)
        for row in rows:
            number = row.page.number
            hits = self.search.hits(entry.id, number, asked.words, viewer.shown_to) if number in on else []
            made.append(replace(row, hits=hits[:most], more_hits=max(0, len(hits) - most)))
        return tuple(made)


def _page_rows(
    entry: QueueEntry, asked: ListRequest, viewer: Viewer, here: Sequence[int], pace: tuple[float, float]
) -> list[PageRow]:
    """The pages of a document that are asked for, in the order that is asked for; `here` stand the words."""
    pages = entry.pages
    numbers = pages if not asked.words.strip() or _is_named(entry, asked.words) else here
    rows = [
        PageRow(page, todo(page, viewer), minutes_for(page, viewer, pace))
        for page in map(pages.get, numbers)
        if page is not None and asked.takes(page, viewer)
    ]
    if asked.order == "errors":
        rows.sort(key=lambda one: -one.page.expected.errors if one.page.expected else 0)
    elif asked.order == "gain":
        rows.sort(key=lambda one: -one.gain)
    return rows


@dataclass(frozen=True, slots=True)
class NotTaken:
    """What could not be taken, and why; with the SHA-256 of its content where it was refused, and is on record."""

    name: str
    reason: str
    content: str = ""


def not_taken(ws: Workspace) -> list[NotTaken]:
    """What in an inbox cannot be read, and the files that were refused, the newest first."""
    refused = [NotTaken(one.name, one.reason, one.content) for one in reversed(refused_files(ws.ledger))]
    return [NotTaken(*trouble) for scan in inbox_scans(ws.path) for trouble in scan.troubles] + refused


def _asked(asked: ListRequest, sheet: int) -> dict[str, Any]:
    return {
        "q": asked.words, "show": asked.show, "shows": [*Wait, *Stage], "order": asked.order, "sheet": sheet,
        "asked": asked.anything,
    }  # fmt: skip


def _wanted(
    entries: Iterable[QueueEntry], asked: ListRequest, viewer: Viewer, found: Mapping[str, Sequence[int]]
) -> Iterator[QueueEntry]:
    """The documents that are asked for: with the words in their name or in the text of pages, and with such pages."""
    words = asked.words.strip().casefold()
    for entry in entries:
        if words and words not in entry.called:
            if entry.id in found:
                yield entry
        elif asked.show is None or _has(entry, asked, viewer):
            yield entry


def _has(entry: QueueEntry, asked: ListRequest, viewer: Viewer) -> bool:
    """True for a document with a page whose state is asked for."""
    if isinstance(asked.show, Stage):
        return entry.stages.get(asked.show, 0) > 0
    if asked.show is Wait.MINE:
        return entry.asks(viewer).pages > 0
    return any(asked.takes(page, viewer) for page in entry.pages.values())


def _is_named(entry: QueueEntry, words: str) -> bool:
    return words.strip().casefold() in entry.called


def _row(entry: QueueEntry, viewer: Viewer, pace: tuple[float, float]) -> DocumentRow:
    asks = entry.asks(viewer)
    return DocumentRow(entry, asks, asks.minutes(pace))
