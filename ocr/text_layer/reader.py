"""The reader of text layers: glyphs to a reading, with what speaks for and against it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version

from dictionaries.code_identity import code_identity
from model.box import Box, box_around
from model.errors import PageError
from model.mark import Mark, MarkKind
from model.page import Line, Reader, Reading
from ocr.engine import EngineOptions
from ocr.image.prepare import Prepared
from ocr.source.rasterise import Source
from ocr.tesseract.align import printed_rows
from ocr.text_layer.drawing import PageDrawing, page_drawing
from ocr.text_layer.glyphs import GlyphPage
from ocr.text_layer.hidden import hidden_places
from ocr.text_layer.ink import InkCoverage, ink_coverage
from ocr.text_layer.judge import LayerVerdict, judge
from ocr.text_layer.lay_out import LaidOutText
from ocr.text_layer.mapping import Meaning, Votes, identify
from ocr.text_layer.marks import place_mark, text_marks
from ocr.text_layer.parting import Parts, joined, laid_out_alone, parts_of
from ocr.text_layer.placing import pixel_boxes
from ocr.text_layer.shapes import Distances, reference_distances

VERSION = "2"
"""A label for people; the code itself is among the reader's settings."""

GLYPHS = 8192
"""Glyphs whose distances to the reference shapes a reader keeps."""


@dataclass(frozen=True, slots=True)
class TextLayer:
    """A page's text layer as it is read: its glyphs and which of them are its text, that text in reading order, the
    verdict on it, and how it accounts for the page's ink where there is an image."""

    page: GlyphPage
    parts: Parts
    laid_out: LaidOutText
    verdict: LayerVerdict
    coverage: InkCoverage | None = None


class TextLayerReader:
    """Reads what a PDF's glyphs draw, repaired where its character map is wrong about them.

    The reading has what is drawn, sara am composed and marks in their usual order; spaces and column gaps where the
    gaps are. It has no confidences. A gap is the distance between the ink of neighbouring letters.
    """

    def __init__(self) -> None:
        settings = {
            ("code", code_identity(__name__)),
            ("fonttools", version("fonttools")),
            ("pdfminer.six", version("pdfminer.six")),
            ("repair", "glyphs"),
        }
        self._reader = Reader("text-layer", VERSION, tuple(sorted(settings)))
        # The pages of a document share their fonts.
        self._distances: Distances = lru_cache(maxsize=GLYPHS)(reference_distances)

    @property
    def reader(self) -> Reader:
        """This reader's version, and those of the libraries that take the file apart."""
        return self._reader

    def read(self, source: Source, number: int, prepared: Prepared, dpi: float) -> tuple[Reading, ...]:
        """The page's text layer alone; an empty reading when the page is blank.

        Raises:
            PageError: the page has no text layer, or it cannot be made out.
        """
        del dpi  # boxes are scaled from the page's size in points to the image's in pixels
        layer = self.analyse(source.glyphs(number), prepared)
        if layer is not None:
            return (self.reading(number, layer, prepared, chosen_by="text-layer"),)
        if prepared.quality.blank:
            return (Reading(number, self._reader, "", (), (), (), ()),)
        raise PageError(
            f"{source.name}, page {number}: it has no text layer.", remedy="Read it with --reader tesseract."
        )

    def analyse(
        self, page: GlyphPage | None, prepared: Prepared | None, votes: Votes | None = None
    ) -> TextLayer | None:
        """The layer that the page's glyphs make, judged with the page image if there is one; None where no text is
        drawn. Where nothing is drawn visibly it is the invisible text."""
        if page is None:
            return None
        meanings = identify(page.fonts, votes, self._distances)
        parts = parts_of(page, meanings)
        drawing = PageDrawing() if prepared is None else page_drawing(page, prepared)
        laid_out = _laid_out(page, meanings, parts, drawing)
        if not laid_out.text.strip():
            return None
        visible = [
            page.glyphs[number] for number in {*parts.body, *(n for piece in parts.apart for n in piece)}
        ]
        drawn = [meanings[glyph.font][glyph.code] for glyph in visible]
        if prepared is None:
            return TextLayer(page, parts, laid_out, judge(drawn, laid_out.text, None))
        boxes = pixel_boxes(page, laid_out.boxes, prepared.width, prepared.height)
        letters = [box for box in boxes if box is not None]
        coverage = ink_coverage(prepared, letters, pictures(page, prepared))
        return TextLayer(page, parts, laid_out, judge(drawn, laid_out.text, coverage), coverage)

    def reading(
        self, number: int, layer: TextLayer, prepared: Prepared, *, chosen_by: str, why: str = ""
    ) -> Reading:
        """The layer as a reading of page `number`; `why` it is the base reading or is not."""
        laid_out = layer.laid_out
        boxes = pixel_boxes(layer.page, laid_out.boxes, prepared.width, prepared.height)
        scale = prepared.width / layer.page.width
        lines = []
        for row in printed_rows(laid_out.text):
            lines.append(Line(row, box_around(boxes[row.start : row.end])))
        said = {("chosen", chosen_by), ("score", f"{layer.verdict.score:.4f}")}
        said |= {("because", why)} if why else set()
        said |= {("repaired", "; ".join(layer.verdict.remarks))} if layer.verdict.remarks else set()
        reader = Reader(
            self._reader.name, self._reader.version, tuple(sorted({*self._reader.settings, *said}))
        )
        gaps = tuple(None if gap is None else round(gap * scale, 1) for gap in laid_out.gaps)
        nothing = (None,) * len(laid_out.text)
        marks = _marks(layer, boxes, prepared)
        return Reading(number, reader, laid_out.text, tuple(lines), tuple(boxes), nothing, gaps, marks)


def engine(options: EngineOptions) -> TextLayerReader:
    """The entry point `text-layer`. There is nothing to choose."""
    del options
    return TextLayerReader()


def _laid_out(
    page: GlyphPage, meanings: Sequence[dict[int, Meaning]], parts: Parts, drawing: PageDrawing
) -> LaidOutText:
    """What is to be seen: the body, then what lies apart, piece by piece. Where nothing is, what a scanner's
    program laid under letters that are."""
    if not parts.body and not parts.apart:
        under = [n for n in parts.unseen if page.glyphs[n].hidden and page.glyphs[n].inked]
        return laid_out_alone(page, meanings, under, drawing)
    pieces = [laid_out_alone(page, meanings, piece) for piece in parts.apart]
    return joined([laid_out_alone(page, meanings, parts.body, drawing), *pieces])


def _marks(layer: TextLayer, boxes: Sequence[Box | None], prepared: Prepared) -> tuple[Mark, ...]:
    page, parts, text = layer.page, layer.parts, layer.laid_out
    watermarks = {number for at in parts.watermarks for number in parts.apart[at]}
    marks = text_marks(page, text, boxes, watermarks)
    if layer.coverage is not None:
        hidden = hidden_places(page, parts, prepared)
        marks += [place_mark(MarkKind.HIDDEN, box, text.text, boxes) for box in hidden]
    if parts.body and layer.coverage is not None:
        lettered = layer.coverage.lettered
        marks += [place_mark(MarkKind.PICTURE, box, text.text, boxes) for box in lettered]
    return tuple(sorted(marks, key=lambda mark: (mark.span, mark.kind)))


def pictures(page: GlyphPage, prepared: Prepared) -> list[Box]:
    """The boxes of the page's pictures in pixels of the page image."""
    found = pixel_boxes(page, page.images, prepared.width, prepared.height)
    return [box for box in found if box is not None]
