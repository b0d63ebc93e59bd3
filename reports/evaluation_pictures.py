"""Pictures of the printed lines from which a document's text was read, to stand beside the text that is measured."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from model.decision import PAGE_BREAK
from model.edit import Span
from model.page import Page
from reports.crops import Crop, PageImage
from reports.lines import rows
from reports.text_layers import LayerPage

PicturesOf: TypeAlias = Callable[[Span], tuple[Crop, ...]]
"""The pictures behind a span of the whole candidate, in code points."""


def no_pictures(_span: Span) -> tuple[Crop, ...]:
    """Of a text of which nothing is known but its letters."""
    return ()


@dataclass(frozen=True, slots=True)
class _PrintedRow:
    """Where a row stands in the document's text, and the raw lines that it was read from."""

    place: Span
    page: Page
    lines: tuple[Span, ...]


class LinePictures:
    """The lines of a document in a layer, whose text has `PAGE_BREAK` between pages.

    `image` gives the PNG for the SHA-256 of a page image. One page's image is held at a time.

    Raises, when called:
        DamagedBlob: a page image is not a picture.
    """

    def __init__(self, pages: Sequence[LayerPage], image: Callable[[str], bytes]) -> None:
        self._image = image
        self._rows = tuple(_printed_rows(pages))
        self._open: tuple[Page, PageImage] | None = None

    def __call__(self, span: Span) -> tuple[Crop, ...]:
        """The pictures of the lines of which some letter stands in the span, in the order of the text."""
        first = bisect_right(self._rows, span.start, key=lambda row: row.place.end)
        behind = bisect_left(self._rows, span.end, key=lambda row: row.place.start)
        return tuple(crop for row in self._rows[first:behind] for crop in self._crops(row))

    def _crops(self, row: _PrintedRow) -> Iterator[Crop]:
        if self._open is None or self._open[0] is not row.page:
            self._open = (row.page, PageImage(self._image(row.page.image_sha256), row.page))
        picture = self._open[1]
        for line in row.lines:
            box = picture.line_box(line)
            if box is not None and picture.shows(box):
                yield picture.crop(box)


def _printed_rows(pages: Sequence[LayerPage]) -> Iterator[_PrintedRow]:
    start = 0
    for one in pages:
        at = start
        if one.page is not None:
            for row in rows(one.page.reading.text, [applied.edit for applied in one.edits]):
                end = at + len(row.corrected)
                yield _PrintedRow(Span(at, end), one.page, row.lines)
                at = end
        start += len(one.text) + len(PAGE_BREAK)
