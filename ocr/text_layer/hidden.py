"""What a PDF page's text layer holds that nobody can see: its place is told on the page's reading, whoever read it.

Its letters go no further than this: a place is all that is said of them.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from dictionaries.code_identity import code_identity
from model.box import Box
from model.errors import PageError
from model.mark import MarkKind
from model.page import Reading
from ocr.image.prepare import Prepared
from ocr.source.rasterise import Source
from ocr.text_layer.glyphs import GlyphPage
from ocr.text_layer.mapping import identify
from ocr.text_layer.marks import place_mark, unseen_places
from ocr.text_layer.parting import HALF, Parts, parts_of
from ocr.text_layer.placing import pixel_boxes
from ocr.text_layer.shapes import Distances, reference_distances

UNDER_PRINT = 0.5
"""Share of the glyphs of a layer that nobody can see from which on it lies under the print of a scan."""

FEWEST_BESIDE = 4
"""Glyphs in a row with no print over them that are a place in such a layer: it has letters for specks, too."""

_KEPT = 8192  # glyphs whose distances to the reference shapes are kept

_distances: Distances = lru_cache(maxsize=_KEPT)(reference_distances)


def with_hidden(reading: Reading, source: Source, number: int, prepared: Prepared) -> Reading:
    """A reading with a mark for each place of page `number` of `source` where its file has text that nobody can see.

    What was read from the text layer has these marks already. Of a layer that cannot be made out nothing is known.
    """
    if source.kind != "pdf" or any(mark.kind is MarkKind.HIDDEN for mark in reading.marks):
        return reading
    try:
        page = source.glyphs(number)
    except PageError:
        return reading
    if page is None or all(drawn.shown >= HALF and not drawn.hidden for drawn in page.glyphs):
        return reading
    places = hidden_places(page, parts_of(page, identify(page.fonts, None, _distances)), prepared)
    marks = [place_mark(MarkKind.HIDDEN, box, reading.text, reading.boxes) for box in places]
    return replace(
        reading, marks=tuple(sorted((*reading.marks, *marks), key=lambda one: (one.span, one.kind)))
    )


def hidden_places(page: GlyphPage, parts: Parts, prepared: Prepared) -> list[Box | None]:
    """Where glyphs of a page are that nobody can see, in pixels of the page image; None for all outside of it."""
    under = [page.glyphs[number] for number in parts.unseen if page.glyphs[number].hidden]
    is_under_print = sum(drawn.inked for drawn in under) >= UNDER_PRINT * max(1, len(parts.unseen))
    fewest = FEWEST_BESIDE if is_under_print and not parts.body else 1
    places = unseen_places(page, parts.unseen, parts.body, fewest)
    return pixel_boxes(page, places, prepared.width, prepared.height)


def hidden_code() -> str:
    """The identity of the code that looks for what nobody can see."""
    return code_identity(__name__)
