"""The readers of a page and how one is chosen."""

from __future__ import annotations

import math
from typing import Protocol

from model.errors import PageError, UsageError
from model.page import Box, Line, Reader, Reading
from ocr.align import printed_rows
from ocr.limits import DEFAULT_LIMITS, Limits
from ocr.prepare import Prepared
from ocr.rasterise import Source, TextLayer

NAMES = ("auto", "tesseract", "text-layer")

_POINTS_PER_INCH = 72.0


class PageReader(Protocol):
    """Anything that can read a page."""

    @property
    def reader(self) -> Reader:
        """The program, its version and every setting that changes what it reads, whatever the page."""

    def read(self, source: Source, number: int, prepared: Prepared, dpi: float) -> tuple[Reading, ...]:
        """The readings of page `number`, counted from 1, boxes in pixels of the page image.

        The first is the base reading, whose text is the raw text; the others are witnesses: what another
        reader made of the same page, kept as evidence. `prepared` is the page image made ready and `dpi`
        the page image's resolution.

        Raises:
            PageError: this page cannot be read this way; the message says what to do.
        """


class TextLayerReader:
    """Takes the characters that a PDF carries, with whatever damage they have there.

    Its text is pdfium's, code point by code point, with CR LF made LF and U+FFFD for what is no character.
    It gives no confidences. A gap is the distance between the boxes of neighbouring letters.
    """

    def __init__(self) -> None:
        import pypdfium2.version as versions

        settings = (("pypdfium2", str(versions.PYPDFIUM_INFO)),)
        self._reader = Reader("text-layer", f"pdfium {versions.PDFIUM_INFO}", settings)

    @property
    def reader(self) -> Reader:
        """pdfium and its version."""
        return self._reader

    def read(self, source: Source, number: int, prepared: Prepared, dpi: float) -> tuple[Reading, ...]:
        """The page's text layer alone; an empty reading when the page is blank.

        Raises:
            PageError: the page has no text layer.
        """
        layer = source.text_layer(number)
        if layer is None and prepared.quality.blank:
            return (Reading(number, self._reader, "", (), (), (), ()),)
        if layer is None:
            raise PageError(
                f"{source.name}, page {number}: it has no text layer.",
                remedy="Read it with --reader tesseract.",
            )
        width, height = prepared.width, prepared.height
        return (layer_reading(number, self._reader, layer, dpi=dpi, width=width, height=height),)


def layer_reading(
    number: int, reader: Reader, layer: TextLayer, *, dpi: float, width: int, height: int
) -> Reading:
    """A text layer as a reading, its boxes in pixels of a page image of that resolution and size."""
    scale = dpi / _POINTS_PER_INCH
    boxes = [None if box is None else _pixels(box, scale, width, height) for box in layer.boxes]
    gaps: list[float | None] = [None] * len(layer.text)
    lines: list[Line] = []
    for row in printed_rows(layer.text):
        around: Box | None = None
        previous: int | None = None
        for at in range(row.start, row.end):
            box, here = boxes[at], layer.boxes[at]
            if box is None or here is None:
                # White space has no box; a letter without one leaves the distance across it unknown.
                previous = previous if layer.text[at].isspace() else None
                continue
            around = box if around is None else around.union(box)
            before = None if previous is None else layer.boxes[previous]
            if previous is not None and before is not None:
                gaps[previous] = round(max(0.0, here[0] - before[2]) * scale, 1)
            previous = at
        lines.append(Line(row, around))
    nothing = (None,) * len(layer.text)
    return Reading(number, reader, layer.text, tuple(lines), tuple(boxes), nothing, tuple(gaps))


def select_reader(name: str, limits: Limits = DEFAULT_LIMITS) -> PageReader:
    """The reader of that name: 'auto', 'tesseract' or 'text-layer'.

    'auto' is Tesseract: a text layer would first have to be judged, as many are damaged. Its settings say
    that it was chosen by 'auto'.

    Raises:
        UsageError: there is no such reader.
        MissingProgram: it needs a program that is not installed.
    """
    if name == "text-layer":
        return TextLayerReader()
    if name in ("auto", "tesseract"):
        from ocr.recognise import TesseractReader

        return TesseractReader(limits, chosen_by=name)
    raise UsageError(f"There is no reader {name!r}.", remedy=f"Choose one of {', '.join(NAMES)}.")


def _pixels(box: tuple[float, float, float, float], scale: float, width: int, height: int) -> Box:
    left, top, right, bottom = (value * scale for value in box)
    x = min(max(math.floor(left), 0), width)
    y = min(max(math.floor(top), 0), height)
    return Box(x, y, min(max(math.ceil(right), x), width), min(max(math.ceil(bottom), y), height))
