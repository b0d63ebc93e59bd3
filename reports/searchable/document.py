"""A document as a PDF that can be searched: its own pages with the text of a layer laid invisibly over them.

The source may be anybody's, so qpdf opens it in the confined process alone (`ocr.sandbox`), bounded in memory and time.
"""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from typing import IO

from model.errors import BadInput, ChamraError
from model.mark import MarkKind
from model.page import Page, Reading
from model.publication import Edition
from model.state import PageState
from ocr.sandbox.limits import DEFAULT_LIMITS, Limits
from ocr.sandbox.process import Worker, WorkerDied, WorkerRefused
from reports.laid_out import LaidOutPage, laid_out
from reports.searchable import worker
from reports.searchable.archival import Archival
from reports.searchable.writing import PdfJob
from reports.text_layers import LayerPage
from reports.words import attested

_CHUNK = 1 << 20
_MOST = (1 << 32) - 1
"""Bytes of an answer: as many as its length can say."""
_COPIES = 6
"""How often a source lies in the worker's memory at once, at most."""
_PAGE_SECONDS = 5.0
_OTHER_FORM = "Export it as another format."


class SearchablePdf:
    """The PDF of an edition in pieces, written once, when it is first asked for."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition

    def __iter__(self) -> Iterator[bytes]:
        """The pieces.

        Raises:
            GateError, BadInput: as `_written` does.
        """
        pdf, _ = self._written
        for start in range(0, len(pdf), _CHUNK):
            yield bytes(pdf[start : start + _CHUNK])

    @property
    def archival(self) -> Archival:
        """Which PDF for archives it claims to be, or why it cannot; raises as the pieces do."""
        return self._written[1]

    @cached_property
    def _written(self) -> tuple[bytearray, Archival]:
        return _written(self._edition)


def _written(edition: Edition) -> tuple[bytearray, Archival]:
    """The PDF, and what it claims to be.

    Raises:
        GateError: the published layer is asked for and a page is neither published nor left out.
        BadInput: the source is encrypted and its password was not given, or it is no sound PDF, or takes too much.
    """
    source = edition.kept.blob(edition.state.id)
    is_pdf = edition.state.kind == "pdf"
    pages: list[LaidOutPage] = []
    images: dict[int, bytes] = {}
    for one in laid_out(edition):
        pages.append(_light(one))
        read = one.source.page
        if read is not None and (not is_pdf or _holds_more(read)):
            images[one.number] = edition.kept.blob(read.image_sha256)
    job = PdfJob(
        edition.state.name,
        is_pdf,
        tuple(pages),
        edition.replaces_text,
        edition.package_sha256,
        _signers(edition),
        images,
    )
    packed = pickle.dumps(job)
    size = len(source) + len(packed)
    limits = replace(
        DEFAULT_LIMITS,
        memory_mb=DEFAULT_LIMITS.memory_mb + _COPIES * (size >> 20),
        seconds=DEFAULT_LIMITS.seconds + _PAGE_SECONDS * len(pages),
    )
    with tempfile.TemporaryFile() as file:
        for part in (len(packed).to_bytes(worker.LENGTH, "big"), packed, source):
            file.write(part)
        file.flush()
        said, pdf = _asked(file, edition, limits)
    reasons = said.get("hindrances")
    return pdf, Archival(
        str(said.get("claims", "")), tuple(map(str, reasons)) if isinstance(reasons, list) else ()
    )


def _holds_more(page: Page) -> bool:
    """Whether the file has text on the page that nobody can see: it must not be passed on."""
    return any(mark.kind is MarkKind.HIDDEN for mark in page.reading.marks)


def _signers(edition: Edition) -> str:
    """Who signed the published pages, and how that is known; empty for another text."""
    if edition.layer != "published":
        return ""
    signoffs = (page.state.signoff for _, page in sorted(edition.published.items()))
    return "; ".join(
        dict.fromkeys(f"{one.who.name} ({attested(one)})" for one in signoffs if one is not None)
    )


def _asked(file: IO[bytes], edition: Edition, limits: Limits) -> tuple[Mapping[str, object], bytearray]:
    name = edition.state.name
    writer = Worker(worker.__name__, name, limits, file.fileno())
    try:
        asked = {
            "do": "write", "path": f"/dev/fd/{file.fileno()}", "password": edition.kept.password or "",
        }  # fmt: skip
        return writer.request(asked, most=_MOST)
    except WorkerRefused as refused:
        raise _refusal(name, refused) from refused
    except WorkerDied as lost:
        raise BadInput(
            f"{name} cannot be written as a PDF: the process that opens it {lost}.", remedy=_OTHER_FORM
        ) from lost
    finally:
        writer.close()


def _refusal(name: str, refused: WorkerRefused) -> ChamraError:
    if refused.code == "encrypted":
        return BadInput(f"{name} is encrypted.", remedy="Give its password in CHAMRA_PDF_PASSWORD.")
    why = "it needs too much memory" if refused.code == "memory" else str(refused.facts.get("why", "damaged"))
    return BadInput(f"{name} cannot be written as a PDF: {why}.", remedy=_OTHER_FORM)


def packages_in(pdf: IO[bytes], name: str) -> tuple[str, ...]:
    """The SHA-256 of each evidence package that a PDF of anybody's names; none where it cannot be read."""
    reader = Worker(worker.__name__, name, DEFAULT_LIMITS, pdf.fileno())
    try:
        found = reader.request({"do": "packages", "path": f"/dev/fd/{pdf.fileno()}"})[0].get("packages")
    except (WorkerRefused, WorkerDied):
        return ()
    finally:
        reader.close()
    return tuple(map(str, found)) if isinstance(found, list) else ()


def _light(page: LaidOutPage) -> LaidOutPage:
    """A page without what the writer has no use for: readings, findings, decisions."""
    read = page.source.page
    state = PageState(page.number, page.source.state.stage, page=None if read is None else _bare(read))
    return replace(page, source=LayerPage(state, ""))


def _bare(page: Page) -> Page:
    reading = page.reading
    return replace(
        page, readings=(Reading.of_text("", reader=reading.reader, page=reading.page),), account=None
    )
