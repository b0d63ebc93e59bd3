"""A page's image made ready to be read, the right way up.

Which way up a page lies its marks tell, and dots and arrows of a form are taken for marks. So a page is turned only
with the consent of those who read it: its text layer, where it has one, else the line reader, which reads a few
lines either way."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from dictionaries.code_identity import code_identity
from model.errors import PageError
from ocr.image.png import dpi_of
from ocr.image.prepare import Prepared, prepare_pixels
from ocr.layout.chains import NoPrint
from ocr.letters import text_of
from ocr.line_reader.reader import LineReader, find_lines
from ocr.source.rasterise import Raster, Source
from ocr.text_layer.contest import Likelihood, likelihood
from ocr.text_layer.placing import direction

FEWEST, CLEARLY = 30, 0.9
"""So many glyphs of a text layer tell which way up a page lies, if such a share of them runs the same way."""

LINES = 12
"""Lines that are read either way."""

FEW_LETTERS = 20
"""With fewer letters in them a reader has no say."""

HALF = 2
"""Quarter turns."""


def made_ready(source: Source, number: int, raster: Raster) -> Prepared:
    """Page `number` of `source`, of which `raster` is the image, made ready to be read.

    Raises:
        MissingProgram: a page seems to be turned, and the line reader's model is missing.
    """
    pixels, dpi = raster.pixels, dpi_of(raster.png)
    prepared = prepare_pixels(pixels, dpi)
    turns = prepared.preparation.quarter_turns
    if not turns:
        return prepared
    told = _told_by_text(source, number)
    if told is not None:
        return prepared if told == turns else prepare_pixels(pixels, dpi, turns=told)
    other = prepare_pixels(pixels, dpi, turns=(turns + HALF) % 4)
    # As it lies it stays, unless it reads better turned; of two ways to turn the marks' one is taken.
    first, second = (other, prepared) if turns == HALF else (prepared, other)
    return second if _reads(second).mean > _reads(first).mean else first


def preparation_code() -> str:
    """The identity of the code that makes page images and makes them ready."""
    return code_identity("ocr.source.rasterise", __name__)


def _told_by_text(source: Source, number: int) -> int | None:
    """By how many quarter turns clockwise the page must be turned for its text to run to the right; None where it
    has too little of it or too many ways."""
    try:
        page = source.glyphs(number)
    except PageError:
        return None
    if page is None:
        return None
    drawn = [one for one in page.glyphs if one.shown > 0] or list(page.glyphs)
    if len(drawn) < FEWEST:
        return None
    ((degrees, count),) = Counter(direction(one) for one in drawn).most_common(1)
    if degrees % 90 or count < CLEARLY * len(drawn):
        return None
    return -round(degrees / 90) % 4


def _reads(prepared: Prepared) -> Likelihood:
    """How likely it is as language what the line reader reads in some lines of the page; without letters not at all."""
    try:
        lines = find_lines(prepared)
    except NoPrint:
        return Likelihood(-float("inf"), 0)
    chosen = lines.rows[:: max(1, len(lines.rows) // LINES)][:LINES]
    rows = LineReader().letters(prepared, replace(lines, rows=chosen))
    found = likelihood("\n".join(text_of(row) for row in rows), thai=False)
    return found if found.letters >= FEW_LETTERS else Likelihood(-float("inf"), found.letters)
