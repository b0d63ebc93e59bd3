"""A page of a source file to its reading: rasterised, cleaned, read, kept under all that it depends on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from model.counted import counted
from model.edit import Expectation
from model.errors import DamagedBlob, PageError
from model.page import Page, Reader
from ocr.accounting.account import account, accounting_code
from ocr.engine import PageReader
from ocr.page_image import made_ready, preparation_code
from ocr.source.rasterise import Source
from ocr.text_layer.hidden import hidden_code, with_hidden
from pipeline.readable import must_be_readable
from pipeline.source_pool import SourcePool
from workspace.codec import decode_page
from workspace.store import BlobStore, recipe_key
from workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class PageReading:
    """What reading a page needs: who reads, the source files that are open, and which share of a page's letters may be
    wrong in expectation."""

    reader: PageReader
    sources: SourcePool
    unreadable: float = 1.0


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page, the hash of its blob, whether it had been read before with the same settings, and what is expected of it
    where that was asked already."""

    page: Page
    blob: str
    kept: bool
    expected: Expectation | None = None


def read_page(workspace: Workspace, reading: PageReading, document: str, name: str, number: int) -> ReadPage:
    """Read page `number` of `document`, or take it as it was read before; errors call the file `name`.

    Raises:
        PageError: the page cannot be rasterised or read, or has print and nothing, or next to nothing, of it was
            read; the error says whether another try may help.
        ChamraError: what has nothing to do with this page, such as a full disk or a missing program.
    """
    key = reading_key(reading, document, number)
    kept = _kept_page(workspace.store, key)
    if kept is not None:
        return ReadPage(kept, workspace.record_page(kept, key), kept=True)
    with reading.sources.borrow(workspace.store.path(document), name) as source:
        page = page_from(source, document, number, reading.reader, workspace.store.put)
    if not page.reading.text.strip() and page.account is not None and page.account.missing:
        raise PageError(
            f"{name}, page {number}: nothing was read on it, and there is ink like letters in "
            f"{counted(len(page.account.missing), 'place')}.",
            remedy="Read it with another reader, transcribe it, or leave it out with a reason.",
        )
    expected = must_be_readable(page, name, reading.unreadable)
    blob = workspace.record_page(page, key)
    return ReadPage(decode_page(workspace.store.get(blob)), blob, kept=False, expected=expected)


def page_from(
    source: Source, document: str, number: int, reader: PageReader, keep: Callable[[bytes], str]
) -> Page:
    """Page `number` of a source as a reader reads it, with its account of ink; `keep` takes the page image and gives
    its SHA-256.

    Raises:
        PageError: it cannot be rasterised or read.
    """
    raster = source.page(number)
    image = keep(raster.png)
    prepared = made_ready(source, number, raster)
    base, *witnesses = reader.read(source, number, prepared, raster.dpi)
    base = with_hidden(base, source, number, prepared)
    return Page(
        document=document,
        number=number,
        image_sha256=image,
        width=raster.width,
        height=raster.height,
        dpi=raster.dpi,
        quality=prepared.quality,
        readings=(base, *witnesses),
        preparation=prepared.preparation,
        regions=prepared.regions,
        account=account(prepared, base),
    )


def reading_key(reading: PageReading, document: str, number: int) -> str:
    """The key of all that the reading of a page depends on."""
    return recipe_key(
        step="read",
        document=document,
        page=number,
        preparation=preparation_code(),
        accounting=accounting_code(),
        hidden=hidden_code(),
        reader=_identity(reading.reader.reader),
    )


def _kept_page(store: BlobStore, key: str) -> Page | None:
    """The page that was read with this recipe; None also where its image is gone, to be made again."""
    blob = store.recall(key)
    if blob is None:
        return None
    page = decode_page(store.get(blob))
    try:
        store.get(page.image_sha256)
    except DamagedBlob:
        return None
    return page


def _identity(reader: Reader) -> dict[str, object]:
    return {"name": reader.name, "version": reader.version, "settings": dict(reader.settings)}
