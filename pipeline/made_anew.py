"""Page images and readings made anew from a source that is kept, by the reader that has made them before."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import get_args

from ledger.event import Entry
from ledger.events.findings_recorded import FindingsRecorded
from ledger.events.page_read import PageRead
from model import extensions
from model.errors import ChamraError
from model.page import Page, Reading
from ocr.engine import PageReader, ReadingQuality, SecondReader
from ocr.select import select_reader
from ocr.source.rasterise import Raster
from pipeline.read_page import PageReading, page_from, reading_key
from pipeline.settings import Settings
from pipeline.source_pool import SourcePool
from workspace.files import sha256_of
from workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class PageOnRecord:
    """A reading that stands, or stood when the page was signed, and what was found in it last; `name` is the file's."""

    document: str
    name: str
    read: Entry[PageRead]
    found: Entry[FindingsRecorded] | None

    @property
    def number(self) -> int:
        """The page's number."""
        return self.read.event.page


class Anew:
    """Makes page images and readings anew. Close it when it is done."""

    def __init__(self, settings: Settings, password: str | None = None) -> None:
        self._settings = settings
        self._readers: dict[tuple[str, ReadingQuality, SecondReader], PageReader] = {}
        self._sources = SourcePool(settings.limits(), keep=settings.jobs, password=password)

    def close(self) -> None:
        """End the child processes."""
        self._sources.close()

    def image(self, ws: Workspace, document: str, name: str, number: int) -> Raster:
        """The image of a document's page; `name` is the file's."""
        with self._sources.borrow(ws.store.path(document), name) as source:
            return source.page(number)

    def page(self, ws: Workspace, page: PageOnRecord, reader: PageReader) -> Page:
        """The page as a reader reads it."""
        with self._sources.borrow(ws.store.path(page.document), page.name) as source:
            return page_from(source, page.document, page.number, reader, lambda png: sha256_of((png,)))

    def page_count(self, ws: Workspace, document: str, name: str) -> int:
        """How many pages a source has."""
        with self._sources.borrow(ws.store.path(document), name) as source:
            return source.page_count

    def reader_of(self, page: PageOnRecord, reading: Reading) -> tuple[PageReader, bool]:
        """The reader by whose recipe a reading was made, and True; where none at hand has that recipe, the one of its
        name with the settings of today, and False.

        Raises:
            ChamraError: no reader can be had.
        """
        chosen = reading.reader.says("chosen") or "auto"
        others = [one for one in extensions.names(extensions.ENGINES) if one != chosen]
        ways = product((chosen, *others), get_args(ReadingQuality), get_args(SecondReader))
        for name, quality, second in ways:
            try:
                reader = self._reader(name, quality, second)
            except ChamraError:
                continue
            made = PageReading(reader, self._sources)
            if reading_key(made, page.document, page.number) == page.read.event.key:
                return reader, True
        return self._reader(chosen, self._settings.quality, self._settings.second_reader), False

    def _reader(self, name: str, quality: ReadingQuality, second: SecondReader) -> PageReader:
        key = (name, quality, second)
        if key not in self._readers:
            self._readers[key] = select_reader(name, self._settings.limits(), quality, second)
        return self._readers[key]
