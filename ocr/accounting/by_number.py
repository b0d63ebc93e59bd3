"""Ink against the letters of a reading that knows no places: too few letters for so much ink, or too many.

Measured on 57 pages, scans, print, forms, photographs: letters that stand on the line, marks and white space left out,
are 0.9 to 1.7 for each letter height of ink; of the pages with less than 1.05 all but one are half handwriting or dirt.
"""

from __future__ import annotations

import unicodedata

import numpy as np

from model.account import InkKind, UnseenKind, UnseenPlace
from model.edit import Span
from model.page import Reading
from ocr.accounting.pieces import InkPieces
from ocr.accounting.places import HIGH, LOW, InkGroup, group_of

FEWEST, MOST = 0.85, 1.9
"""Letters for each letter height that the pieces of ink of letter size are wide, all taken together."""

SCANTY = 10.0
"""In letter heights: with less ink than this nothing can be told."""


def by_number(
    reading: Reading, pieces: InkPieces, letter: float
) -> tuple[tuple[InkGroup, ...], tuple[UnseenPlace, ...]]:
    """All ink of letter size as one place where the letters are too few for it, all letters as one where the ink is."""
    bodies = pieces.chosen(np.flatnonzero((pieces.high >= LOW * letter) & (pieces.high <= HIGH * letter)))
    at = [
        index
        for index, character in enumerate(reading.text)
        if not character.isspace() and unicodedata.category(character) != "Mn"
    ]
    width = float(bodies.wide.sum()) / letter
    if not at or width < SCANTY:
        return (), ()
    if len(at) < FEWEST * width:
        return (group_of(InkKind.TEXT, bodies),), ()
    if len(at) > MOST * width:
        return (), (UnseenPlace(UnseenKind.CROWDED, Span(at[0], at[-1] + 1), None),)
    return (), ()
