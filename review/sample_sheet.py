"""The sheet of a sample for the auditor: every character beside its crop, in one file that needs nothing else."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from audit.sampling.draw import Sample, Stratum, Unit
from ledger.history import read_history
from model.box import Box
from model.edit import Span
from reports.crops import Crop, CropMark, PageImage, mark
from reports.letters import safe_text, visible
from reports.rendering import environment, style
from review.trace import Trace, trace
from workspace.codec import decode_page
from workspace.store import BlobStore
from workspace.workspace import Workspace

_AROUND = 9
"""Letters of the same line that a crop shows on each side."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One unit as the sheet shows it."""

    number: int
    unit: Unit
    name: str
    shown: str
    before: str
    after: str
    edited_from: str
    crop: Crop | None
    mark: CropMark | None


def render_sheet(ws: Workspace, sample: Sample) -> str:
    """The sheet as HTML. Nothing in it is fetched, and nothing of a document is markup.

    Raises:
        DamagedBlob, LedgerError: something that was kept is damaged.
    """
    template = environment().get_template("sample.html.j2")
    return template.render(sample=sample, rows=_rows(ws, sample), css=style("base.css", "audit.css"))


def _rows(ws: Workspace, sample: Sample) -> Iterator[SheetRow]:
    numbered = enumerate(sample.units, start=1)
    for (document, page), group in itertools.groupby(
        numbered, key=lambda pair: (pair[1].document, pair[1].page)
    ):
        name = read_history(ws.ledger, document, page=page).name
        image: PageImage | None = None
        for number, unit in group:
            found = trace(ws, document, page, unit.offset)
            if image is None:
                image = _image(ws.store, found)
            last = trace(ws, document, page, unit.offset + len(unit.character) - 1)
            yield _row(
                number, unit, name, found, image, Span(found.raw.start, max(found.raw.end, last.raw.end))
            )


def _image(store: BlobStore, found: Trace) -> PageImage | None:
    page = decode_page(store.get(found.page_blob))
    return PageImage(store.get(page.image_sha256), page) if page.image_sha256 else None


def _row(number: int, unit: Unit, name: str, found: Trace, image: PageImage | None, raw: Span) -> SheetRow:
    place = None if image is None else image.place(raw)
    crop = None
    if image is not None and place is not None and image.shows(place):
        crop = image.crop(_widened(image, raw, place))
    start = found.offset - found.line_start
    return SheetRow(
        number,
        unit,
        safe_text(name),
        safe_text(unit.character) if unit.stratum is Stratum.LINE else visible(unit.character),
        safe_text(found.line[:start]),
        safe_text(found.line[start + len(unit.character) :]),
        "" if found.edit is None else visible(found.edit.before),
        crop,
        None if crop is None or place is None else mark(place, crop),
    )


def _widened(image: PageImage, raw: Span, place: Box) -> Box:
    """The place with some letters on each side of its line, so that a person can read the word."""
    around = image.place(Span(max(0, raw.start - _AROUND), raw.end + _AROUND))
    if around is None:
        return place
    reach = 8 * place.height
    left = max(min(around.left, place.left), place.left - reach)
    return Box(left, place.top, min(max(around.right, place.right), place.right + reach), place.bottom)
