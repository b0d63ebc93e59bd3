"""The audit's second look: page images, readings and findings made anew from the source file, and compared.

The audit itself imports no reader and no rule; here both are at hand. What was made by the code that is at hand must
come out the same. What another version made is made anew all the same, and a difference is then a warning: it cannot
be told whether the version or somebody's hand made it.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from enum import StrEnum

import cv2
import numpy as np

from audit.conclusions import reader_kind
from audit.page_image import page_image
from audit.report import About, AuditReport, Severity
from dictionaries.user import user_dictionary_files
from ledger.catalogue import entry_as, entry_of
from ledger.event import Entry
from ledger.events.findings_recorded import FindingsRecorded
from ledger.events.page_read import PageRead
from ledger.events.signed_off import SignedOff
from ledger.events.source_registered import SourceRegistered
from model.counted import counted
from model.edit import Finding, Findings
from model.errors import ChamraError, DamagedBlob, LedgerError
from model.page import Page
from model.page_numbers import ranges
from pipeline.compared import OTHER_CODE, compare_pages
from pipeline.examine import findings_key
from pipeline.knowledge import Knowledge, knowledge
from pipeline.made_anew import Anew, PageOnRecord
from pipeline.settings import Settings
from workspace.codec import decode_findings, decode_page
from workspace.files import sha256_of
from workspace.workspace import Workspace

DRAWN = 20
"""Pages that are read again where not every page is."""

_CLEARLY = 64  # of 255 shades: two renderings of one page differ by less
_FEW = 0.005  # share of the pixels that may differ so much where another version drew the page
_NAMED = 3

_Said = tuple[Severity, About, str, PageOnRecord]


class Reread(StrEnum):
    """Which pages are read again."""

    NONE = "none"
    DRAWN = "drawn"
    ALL = "all"


def look_again(
    ws: Workspace,
    report: AuditReport,
    documents: Collection[str] | None = None,
    *,
    reread: Reread = Reread.NONE,
    settings: Settings | None = None,
    anew: Anew | None = None,
    drawn: Collection[tuple[str, int, str]] = (),
) -> None:
    """Compare every page image of these documents (None: all) with its source, and the readings and findings of pages
    that are drawn, or of all, with what the readers and rules make of them; note what is not so.

    `anew` makes them, if not as usual. `drawn` are images that were found to be what their sources show, by document,
    page and hash.
    """
    settings = settings or Settings()
    maker = anew or Anew(settings)
    look = _SecondLook(ws, report, maker, settings, drawn)
    _page_counts(ws, report, maker, documents)
    _own_words(ws, report)
    pages = list(pages_on_record(ws, documents))
    report.again.pages = len(pages)
    some = pages if reread is Reread.ALL else random.SystemRandom().sample(pages, min(DRAWN, len(pages)))
    chosen = set() if reread is Reread.NONE else {id(one) for one in some}
    try:
        with ThreadPoolExecutor(max_workers=settings.jobs) as pool:
            told = list(pool.map(lambda one: list(look.at(one, again=id(one) in chosen)), pages))
    finally:
        if anew is None:
            maker.close()
    _note(told, report)


def _note(told: Iterable[list[_Said]], report: AuditReport) -> None:
    """Put what was said into a report: what cannot be told, of all pages of a document at once."""
    untold: dict[tuple[str, About, str], list[int]] = {}
    for page_said in told:
        report.again.untold += any(severity is Severity.NOTE for severity, *_ in page_said)
        for severity, about, message, page in page_said:
            if severity is Severity.NOTE:
                untold.setdefault((page.document, about, message), []).append(page.number)
            else:
                report.add(severity, about, message, document=page.document, page=page.number)
    for (document, about, message), numbers in untold.items():
        which = f"page {ranges(numbers)}" if len(numbers) == 1 else f"pages {ranges(numbers)}"
        report.add(Severity.NOTE, about, f"{which}: {message}", document=document)


def pages_on_record(ws: Workspace, documents: Collection[str] | None) -> Iterator[PageOnRecord]:
    """The newest reading of every page, and the one that was newest when the page was last signed."""
    names: dict[str, str] = {}
    reads: dict[tuple[str, int], list[Entry[PageRead]]] = {}
    found: dict[str, Entry[FindingsRecorded]] = {}
    signed: dict[tuple[str, int], int] = {}
    kinds = (SourceRegistered, PageRead, FindingsRecorded, SignedOff)
    for record in ws.ledger.records(kind=[one.KIND for one in kinds], lenient=True):
        try:
            entry = entry_of(record)
        except LedgerError:
            continue  # the audit has said so
        event = entry.event
        if isinstance(event, SourceRegistered):
            names[event.document] = event.name
        elif isinstance(event, PageRead):
            reads.setdefault((event.document, event.page), []).append(
                Entry(event, entry.seq, entry.when, entry.sha256)
            )
        elif isinstance(event, FindingsRecorded):
            found[event.page_blob] = Entry(event, entry.seq, entry.when, entry.sha256)
        elif isinstance(event, SignedOff):
            signed[event.document, event.page] = entry.seq
    for (document, number), entries in sorted(reads.items()):
        if documents is not None and document not in documents:
            continue
        before = [one for one in entries if one.seq < signed.get((document, number), 0)]
        for one in {chosen.seq: chosen for chosen in (*before[-1:], entries[-1])}.values():
            yield PageOnRecord(document, names.get(document, document[:16]), one, found.get(one.event.blob))


class _SecondLook:
    """One audit's second look, page by page, by several threads."""

    def __init__(
        self,
        ws: Workspace,
        report: AuditReport,
        anew: Anew,
        settings: Settings,
        drawn: Collection[tuple[str, int, str]],
    ) -> None:
        self._ws = ws
        self._drawn = drawn
        self._again = report.again
        self._anew = anew
        self._settings = settings
        self._known: Knowledge | None = None

    def at(self, page: PageOnRecord, *, again: bool) -> Iterator[_Said]:
        """What is wrong with a page, or cannot be told of it."""
        try:
            other = self._other_image(page)
        except ChamraError as error:
            yield Severity.NOTE, About.IMAGE, f"its image cannot be made anew: {error}", page
            return
        if not again and other is None:
            return  # most pages: neither reading nor reader is asked for
        try:
            read = decode_page(self._ws.store.get(page.read.event.blob))
            reader, same = self._anew.reader_of(page, read.reading)
            if other is not None:
                yield self._differing(page, other, same=same)
        except ChamraError as error:
            yield Severity.NOTE, About.PAGE, f"cannot be made anew: {error}", page
            return
        if not again:
            return
        try:
            if read.reading.reader.imported:
                message = f"nobody here can read it again: {reader_kind(read.reading.reader)}"
                yield Severity.NOTE, About.PAGE, message, page
            else:
                made = self._anew.page(self._ws, page, reader)
                self._again.readings += 1
                yield from ((*said, page) for said in compare_pages(read, made, same=same))
            yield from self._findings(page, read)
        except ChamraError as error:
            yield Severity.NOTE, About.PAGE, f"cannot be read again: {error}", page

    def _other_image(self, page: PageOnRecord) -> bytes | None:
        """The image that the source gives of a page, a PNG file, where it is another than the one on record."""
        on_record = page.read.event.image
        if not on_record:
            return None
        if (page.document, page.number, on_record) in self._drawn:
            self._again.images += 1
            return None
        image = self._anew.image(self._ws, page.document, page.name, page.number)
        self._again.images += 1
        with suppress(DamagedBlob):  # the audit has said so, and the hash on record tells all the same
            kept = page_image(self._ws.store.get(on_record))
            if kept is not None and image.shows(kept.pixels, kept.per_metre):
                return None
        return None if sha256_of((image.png,)) == on_record else image.png

    def _differing(self, page: PageOnRecord, png: bytes, *, same: bool) -> _Said:
        """What is to be said of a page whose source gives another image."""
        share, words = _differs(self._ws.store.get(page.read.event.image), png)
        if same:
            message = f"the image on record is not what the source shows there: {words}"
            return Severity.ERROR, About.IMAGE, message, page
        if share < _FEW:
            message = (
                f"its image looks like the source's, and bit by bit it cannot be told: it was {OTHER_CODE}"
            )
            return Severity.NOTE, About.IMAGE, message, page
        message = f"the image on record is not what the source shows there ({OTHER_CODE}): {words}"
        return Severity.WARNING, About.IMAGE, message, page

    def _findings(self, page: PageOnRecord, read: Page) -> Iterator[_Said]:
        if page.found is None:
            return
        event = page.found.event
        if self._known is None:
            files = user_dictionary_files(self._ws.path / "dictionaries")
            self._known = knowledge(files, self._settings.rules)
        known = self._known
        if (event.ruleset, event.dictionaries) != (known.ruleset, known.dictionaries):
            message = f"whether its findings follow from its reading cannot be told: they were {OTHER_CODE}"
            yield Severity.NOTE, About.FINDINGS, message + self._left_out(event, read), page
            return
        recorded = decode_findings(self._ws.store.get(event.blob))
        if event.key != findings_key(known, read, page.read.event.blob, recorded.under):
            message = (
                "its findings stand under another recipe than the code that they name makes of its reading"
            )
            yield Severity.ERROR, About.FINDINGS, message, page
        made = known.find(read.reading, read.readings[1:], read.account, recorded.under)
        self._again.findings += 1
        for message in _other_findings(recorded, made):
            yield Severity.ERROR, About.FINDINGS, message, page

    def _left_out(self, event: FindingsRecorded, read: Page) -> str:
        """What the rules at hand find on a page that is not on record, in words; rules may have been switched off."""
        assert self._known is not None
        recorded = decode_findings(self._ws.store.get(event.blob))
        made = self._known.find(read.reading, read.readings[1:], read.account, recorded.under)
        old, now = ({(one.rule, one.span) for one in found.all} for found in (recorded, made))
        more = sorted({rule for rule, _ in now - old})
        if not more:
            return "; the rules at hand find nothing more"
        return f"; the rules at hand find what is not on record, by {', '.join(more)}"


def _differs(on_record: bytes, made: bytes) -> tuple[float, str]:
    """Which share of the pixels of two page images clearly differ, and that in words."""
    one, other = (
        cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_GRAYSCALE) for data in (on_record, made)
    )
    if one is None or other is None:
        return 1.0, "it is no picture"
    if one.shape != other.shape:
        sizes = [f"{image.shape[1]} x {image.shape[0]}" for image in (one, other)]
        return 1.0, f"it has {sizes[0]} pixels, the source's {sizes[1]}"
    share = float(np.mean(cv2.absdiff(one, other) > _CLEARLY))
    return share, f"{share:.2%} of its pixels are clearly others"


def _own_words(ws: Workspace, report: AuditReport) -> None:
    """Name the words and places of one's own by which findings are made: no record says who put them there."""
    files = user_dictionary_files(ws.path / "dictionaries")
    if files:
        named = ", ".join(f"{one.name} ({sha256_of((one.read_bytes(),))[:16]})" for one in files)
        message = f"findings are made with words of one's own, too: {named}"
        report.add(Severity.NOTE, About.FINDINGS, message)


def _page_counts(ws: Workspace, report: AuditReport, anew: Anew, documents: Collection[str] | None) -> None:
    """Note every source that has another number of pages than its record says: pages could be hidden so."""
    newest: dict[str, Entry[SourceRegistered]] = {}
    for record in ws.ledger.records(kind=SourceRegistered.KIND, lenient=True):
        with suppress(LedgerError):  # the audit has said so
            entry = entry_as(record, SourceRegistered)
            newest[entry.event.document] = entry
    for document, entry in newest.items():
        if documents is not None and document not in documents:
            continue
        try:
            count = anew.page_count(ws, document, entry.event.name)
        except ChamraError:
            continue  # what cannot be opened is told of its pages
        if count != entry.event.page_count:
            message = f"{entry.event.name} has {counted(count, 'page')}, and its record says {entry.event.page_count}"
            report.add(Severity.ERROR, About.SOURCE, message, document=document, record=entry.seq)


def _other_findings(recorded: Findings, made: Findings) -> Iterator[str]:
    """Findings that the rules do not find, and those that they find and that are not on record; and whether the page
    hands on what is on record."""
    if recorded.hands_on != made.hands_on:
        yield "what is on record as handed on to the next page is not what the rules hand on"
    before, after = _by_content(recorded.all), _by_content(made.all)
    for words, one, other in (
        ("is on record, and the rules find no such thing", before, after),
        ("is not on record, and the rules find it", after, before),
    ):
        alone = [finding for key, finding in one.items() if key not in other]
        if alone:
            shown = "; ".join(_shown(finding) for finding in alone[:_NAMED])
            more = f" and {len(alone) - _NAMED} more" if len(alone) > _NAMED else ""
            yield f"what {words}: {shown}{more}"


def _by_content(findings: Iterable[Finding]) -> dict[tuple[object, ...], Finding]:
    return {(one.id, one.rule, one.safety, one.people): one for one in findings}


def _shown(finding: Finding) -> str:
    what = "" if finding.after is None else f" to {finding.after!r}"
    level = finding.safety.name
    return f"{finding.rule} ({level}) at {finding.span.start}..{finding.span.end}{what}"
