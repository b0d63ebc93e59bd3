"""How much white lies between neighbouring letters of Tesseract's lines, measured on the ink."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from model.edit import Span
from ocr.layout.baseline import Baseline
from ocr.layout.white import COLUMN_GAP, WhiteRuns, white_runs
from ocr.tesseract.align import Alignment
from ocr.tesseract.hocr import SymbolLine


def ink_gaps(
    image: NDArray[np.uint8], text: str, lines: Sequence[SymbolLine], alignment: Alignment
) -> tuple[float | None, ...]:
    """For each code point of `text` the white distance to the next letter of its line, in pixels.

    None for white space, at the end of a line and where either letter's place is not known. 0 before a mark
    that stands on its letter. Measured in the band between the baseline and the x-height, in columns of
    the line's own black and white, so that uneven light does not matter; from the boxes where Tesseract gives
    no x-height.
    """
    gaps: list[float | None] = [None] * len(text)
    columns: dict[int, WhiteRuns] = {}
    for row in alignment.rows:
        pairs = _pairs(text, row, alignment)
        for at, _, after in pairs:
            if after is None:
                gaps[at] = 0.0
        measured = [(at, before, after) for at, before, after in pairs if after is not None]
        by_line: dict[int, list[tuple[int, int, int]]] = {}
        for at, before, after in measured:
            if before[0] == after[0]:
                by_line.setdefault(before[0], []).append((at, before[1], after[1]))
        for number, found in by_line.items():
            line = lines[number]
            if number not in columns:
                columns[number] = white_runs(image, _baseline(line), line.box.left, line.box.right)
            ends = [line.symbols[a].box.right for _, a, _ in found]
            begins = [line.symbols[b].box.left for _, _, b in found]
            widths = columns[number].widest(ends, begins, line.x_height)
            for (at, _, _), width in zip(found, widths, strict=True):
                gaps[at] = width
    return tuple(gaps)


def _baseline(line: SymbolLine) -> Baseline:
    return Baseline(line.base - line.slope * line.box.left, line.slope, line.x_height)


_Place = tuple[int, int]


def _pairs(text: str, row: Span, alignment: Alignment) -> list[tuple[int, _Place, _Place | None]]:
    """Code points of a row that have a next letter: (offset, symbol before, symbol after or None for a mark).

    The symbol before a gap is the letter that a mark stands on: marks have no width of their own.
    """
    pairs: list[tuple[int, _Place, _Place | None]] = []
    base: _Place | None = None
    previous: int | None = None
    for at in range(row.start, row.end):
        character = text[at]
        if character.isspace():
            continue
        place = alignment.symbols[at]
        mark = unicodedata.category(character) == "Mn"
        if previous is not None and base is not None and place is not None:
            same = place == alignment.symbols[previous]
            pairs.append((previous, base, None if mark or same else place))
        if not mark or place is None:
            base = place
        previous = at
    return pairs


def with_column_gaps(
    text: str, lines: Sequence[SymbolLine], alignment: Alignment, gaps: Sequence[float | None]
) -> str:
    """The text with a TAB for each space that is as wide as the gap between two columns; nothing else changes."""
    found = list(text)
    for row in alignment.rows:
        for at in range(row.start + 1, row.end - 1):
            place, gap = alignment.symbols[at - 1], gaps[at - 1]
            if text[at] != " " or place is None or gap is None or text[at - 1].isspace():
                continue
            x_height = lines[place[0]].x_height
            if x_height > 0 and gap >= COLUMN_GAP * x_height:
                found[at] = "\t"
    return "".join(found)
