"""Single lines read by Tesseract, all of a page in one run: what it makes of lines that somebody else found."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from model.box import Box
from model.errors import EngineFailed
from ocr.image.prepare import TesseractSettings
from ocr.letters import LetterRow, ReadLetter
from ocr.sandbox.limits import DEFAULT_LIMITS, Limits
from ocr.tesseract.align import align
from ocr.tesseract.hocr import parse_hocr
from ocr.tesseract.recognise import AGAIN, run_tesseract

ONE_LINE = TesseractSettings(segmentation=7, thresholding=0, line_size=2.5)
"""The image as a single line of text."""

MARGIN = 10
"""Pixels of paper around a strip: Tesseract loses letters that touch the edge of an image."""

_SEPARATOR = "␞"  # no model of Tesseract has this sign


def read_strips(
    strips: Sequence[tuple[NDArray[np.uint8], Box]], dpi: float, where: str, limits: Limits = DEFAULT_LIMITS
) -> list[LetterRow]:
    """What Tesseract reads in each strip, boxes in the frame that the strips' own boxes are in.

    `where` names file and page in errors.

    Raises:
        EngineFailed: Tesseract failed, took too long or wrote nonsense.
        MissingProgram: it is not installed.
        NoSpace: the temporary folder is full.
    """
    if not strips:
        return []
    framed = [_framed(image) for image, _ in strips]
    text, hocr = run_tesseract(framed, dpi, ONE_LINE, limits, where, separator=_SEPARATOR)
    pages = hocr.split("<div class='ocr_page'")
    if not len(pages) - 1 == text.count(_SEPARATOR) + 1 == len(strips):
        raise EngineFailed(f"{where}: Tesseract read {len(pages) - 1} of {len(strips)} lines.", remedy=AGAIN)
    found: list[LetterRow] = []
    for page, part, (_, box) in zip(pages[1:], text.split(_SEPARATOR), strips, strict=False):
        try:
            found.append(_letters(page, part, box))
        except ValueError as error:
            raise EngineFailed(
                f"{where}: Tesseract wrote no usable character boxes: {error}.", remedy=AGAIN
            ) from error
    return found


def _framed(image: NDArray[np.uint8]) -> NDArray[np.uint8]:
    paper = int(np.percentile(image, 80))
    return np.pad(image, MARGIN, constant_values=paper)


def _letters(page: str, text: str, place: Box) -> LetterRow:
    """The letters of one strip that lies at `place`."""
    lines = parse_hocr(f"<div class='ocr_page'{page}")
    text = " ".join(text.split())
    symbols = [symbol for line in lines for symbol in line.symbols]
    alignment = align(text, [[symbol.text for symbol in symbols]])
    letters: LetterRow = []
    for character, owner in zip(text, alignment.symbols, strict=True):
        if owner is None:
            letters.append(ReadLetter(character))
            continue
        symbol = symbols[owner[1]]
        left, top = place.left - MARGIN, place.top - MARGIN
        box = Box(
            max(0, symbol.box.left + left),
            max(0, symbol.box.top + top),
            max(0, symbol.box.right + left),
            max(0, symbol.box.bottom + top),
        )
        letters.append(ReadLetter(character, box, round(symbol.confidence, 4)))
    return letters
