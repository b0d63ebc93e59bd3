"""Which ink of a page the letters of a reading cover: the letters' places held against the pieces of ink."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from model import geometry
from model.box import Box
from model.page import Reading
from ocr.image.prepare import Prepared
from ocr.layout.baseline import measure, middle_of
from ocr.layout.ink import Floats, PageInk

BESIDE = 0.05
"""In letter heights: how far to the side of its box a letter's ink may lie."""

WIDEST = 2.2
"""In letter heights: no letter is wider."""

WIDER = 1.1
"""A box that is so many times wider than those of the same character usually are, in letters as large, covers no more
than that: a reader that passes over a word may give its ink to the letters beside it."""

LEAST = 0.4
"""Of the middle width: no character's is taken to be less, for all of its boxes may be wrong alike."""

NARROW = frozenset("ijlrftI1.,:;!'|()[]{}/-“”‘’\"เโใไาะๅ๑")
"""Characters that are half as wide as others."""

NARROWEST, BROADEST = 0.85, 1.25
"""Of the size that a line has by the height of its letters: they are taken to be neither narrower nor broader all along
it. A reader that passes over words makes all boxes of a short line too broad."""

FEW = 4
"""So many boxes of a character, or of a line, tell how wide its boxes usually are; so many pieces of ink where a line's
letters stand."""

MUCH_MORE = 1.5
"""Of what is usual: no rare character is taken to be broader, for its one box may be wrong."""

TALLER = 75
"""Per cent of a line's letters that are lower than what is taken for their size: small Latin letters are lower than
Thai ones of the same type."""

OTHER_TYPE = 1.5
"""So many times higher than those of the cell before them the letters of a cell are of another type."""

SMALL_PRINT = 0.7
"""In letter heights of a page with small print: lines of lower letters are of it, and measured by themselves."""

LOWEST, HIGHEST = 0.5, 3.5
"""In letter heights: pieces of ink that may be letters are between as high."""

ABOVE, BELOW = 0.6, 0.35
"""In heights of its box: how far above and below a letter alone its marks may lie."""

LINE_BAND = 1.8
"""In letter heights: a box that is higher takes in the marks, or the whole line."""

AROUND_BAND = 0.2
"""In letter heights: how far above and below such a box ink of its own may lie."""

OVER, UNDER = 1.2, 0.6
"""In letter heights: how far over the heads and under the feet of a line's letters its marks lie. The box of a whole
line may take in much of the lines above and below it."""


@dataclass(frozen=True, slots=True)
class Letters:
    """The places of a reading's letters, in pixels of the prepared image.

    `at`: the code points that have a place. `boxes`: one row each: left, top, right, bottom. `standing`: which of them
    stand on the line, as marks do not. `sharing`: by how many standing letters, one after the other, a box is shared,
    as by those of a word whose box is all that is known; `word`: the number of the box, `line` that of the line.
    `usual`: how wide a box of the character usually is, among letters as large as those of its line. `foot` and
    `size`: the row under the letters of the line and how high they are, by the ink where boxes have the rows of the
    whole line (`of_line`), else the row under the box and the height of the larger letters of its line.
    """

    at: NDArray[np.intp]
    boxes: Floats
    standing: NDArray[np.bool_]
    sharing: NDArray[np.intp]
    word: NDArray[np.intp]
    line: NDArray[np.intp]
    usual: Floats
    foot: Floats
    size: Floats
    of_line: NDArray[np.bool_]

    @property
    def heights(self) -> Floats:
        """Of the boxes, in pixels."""
        return self.boxes[:, 3] - self.boxes[:, 1]

    @property
    def widths(self) -> Floats:
        """Of the boxes, in pixels."""
        return self.boxes[:, 2] - self.boxes[:, 0]

    def without(self, which: NDArray[np.bool_]) -> Letters:
        """The others."""
        return Letters(*(getattr(self, one.name)[~which] for one in fields(self)))


def letters_of(prepared: Prepared, reading: Reading, ink: PageInk) -> Letters:
    """The letters of a reading that have a place; `ink` is the prepared page's."""
    at = [index for index, box in enumerate(reading.boxes) if box is not None]
    how = prepared.preparation
    turned = how.quarter_turns or how.skew or how.rectification is not None
    known: dict[Box, Box] = {}
    rows: list[tuple[int, int, int, int]] = []
    runs: list[int] = []
    before: Box | None = None
    for index in at:
        box = reading.boxes[index]
        assert box is not None
        runs.append(runs[-1] if runs and box == before else len(rows))
        before = box
        if turned:
            upright = known.get(box)
            if upright is None:
                upright = geometry.to_upright(box, prepared.preparation, prepared.width, prepared.height)
                known[box] = upright
            box = upright
        rows.append((box.left, box.top, box.right, box.bottom))
    standing = np.array([unicodedata.category(reading.text[index]) != "Mn" for index in at], np.bool_)
    numbers = np.array(runs, np.intp)
    counts = np.bincount(numbers, weights=standing, minlength=len(at)) if at else np.zeros(0)
    sharing = np.maximum(counts.astype(np.intp)[numbers], 1) if at else np.zeros(0, np.intp)
    boxes = np.array(rows, np.float64).reshape(-1, 4)
    breaks = np.cumsum([character == "\n" for character in reading.text], dtype=np.intp)
    line = breaks[np.array(at, np.intp)] if at else numbers
    letter = np.array([reading.text[index].isalnum() for index in at], np.bool_) & standing
    cells = np.cumsum([character in "\n\t" for character in reading.text], dtype=np.intp)
    typed = (
        _of_one_type(line, cells[np.array(at, np.intp)], boxes[:, 3] - boxes[:, 1], letter) if at else line
    )
    foot, size, of_line = _sizes(boxes, typed, letter, ink)
    usual = np.zeros(len(at))
    small = size < SMALL_PRINT * ink.letter if ink.small else np.zeros(len(at), np.bool_)
    for own in (np.flatnonzero(small), np.flatnonzero(~small)):
        widths = boxes[own, 2] - boxes[own, 0]
        usual[own] = usual_of([reading.text[at[one]] for one in own], widths, size[own], typed[own])
    return Letters(np.array(at, np.intp), boxes, standing, sharing, numbers, line, usual, foot, size, of_line)


def _of_one_type(
    line: NDArray[np.intp], cell: NDArray[np.intp], heights: Floats, letter: NDArray[np.bool_]
) -> NDArray[np.intp]:
    """For each box the number of what is of one type: its line, or the cells of a line as high as each other."""
    found, number, before = np.zeros(len(line), np.intp), 0, 0.0
    for members in np.split(np.arange(len(line)), np.flatnonzero(np.diff(cell)) + 1):
        new_line = members[0] == 0 or line[members[0]] != line[members[0] - 1]
        if new_line:
            before = 0.0
        own = heights[members[letter[members]]]
        size = _percentile(own, TALLER) if len(own) >= FEW else before
        if new_line or (before and max(size, before) > OTHER_TYPE * min(size, before)):
            number += 1
        before = size
        found[members] = number
    return found


def _sizes(
    boxes: Floats, line: NDArray[np.intp], letter: NDArray[np.bool_], ink: PageInk
) -> tuple[Floats, Floats, NDArray[np.bool_]]:
    """For each box the row under the letters of its line and how high they are, and whether that is by the ink.

    `letter`: which of the boxes are of letters and digits.
    """
    foot, size = boxes[:, 3].copy(), boxes[:, 3] - boxes[:, 1]
    of_line = np.zeros(len(boxes), np.bool_)
    if not len(boxes):
        return foot, size, of_line
    for members in np.split(np.arange(len(boxes)), np.flatnonzero(np.diff(line)) + 1):
        own = members[letter[members]]
        # Between leaders there may be strokes alone, and leaders are lower than any letter.
        size[members] = _percentile(size[own], TALLER) if len(own) else size[members].max()
    bodies = np.flatnonzero(
        (ink.high >= LOWEST * (ink.small or ink.letter)) & (ink.high <= HIGHEST * ink.letter)
    )
    bodies = bodies[bodies > 0]
    middle, under = ink.middle[bodies], ink.foot[bodies]
    keys = np.stack([line, boxes[:, 1], boxes[:, 3]], axis=1)
    for members in np.split(np.arange(len(boxes)), np.flatnonzero((keys[1:] != keys[:-1]).any(axis=1)) + 1):
        if len(members) < FEW:
            continue
        left, right = boxes[members, 0].min(), boxes[members, 2].max()
        top, bottom = boxes[members[0], [1, 3]]
        own = bodies[(middle >= left) & (middle <= right) & (under > top) & (under <= bottom)]
        if len(own) < FEW:
            continue
        stand = measure(_of_type(ink, own), own)
        foot[members] = stand.at((boxes[members, 0] + boxes[members, 2]) / 2)
        size[members], of_line[members] = stand.letter, True
    return foot, size, of_line


def _percentile(values: Floats, per_cent: float) -> float:
    """As NumPy's, many times as fast where the values are few."""
    ordered = np.sort(values).tolist()
    place = (len(ordered) - 1) * per_cent / 100
    low = ordered[int(place)]
    return float(low + (ordered[min(int(place) + 1, len(ordered) - 1)] - low) * (place % 1))


def _of_type(ink: PageInk, own: NDArray[np.intp]) -> PageInk:
    """The ink, with the letter height of small print where some of its pieces are nearer to that."""
    small = ink.small and middle_of(ink.high[own]) < SMALL_PRINT * ink.letter
    return replace(ink, letter=ink.small) if small else ink


def usual_of(characters: Sequence[str], widths: Floats, sizes: Floats, line: NDArray[np.intp]) -> Floats:
    """How wide each of some characters usually is, among those of lines as large as its own; never next to nothing.

    The `sizes` of the letters keep a line that is too narrow throughout from being its own measure.
    """
    if not len(widths):
        return widths
    _, which = np.unique(np.array(characters), return_inverse=True)
    middle = float(np.median(widths))
    narrow = np.array([character in NARROW for character in characters])
    rare = np.where(narrow, middle * LEAST, middle)
    typical = np.maximum(_medians(widths, which, rare), LEAST * middle)
    size = _medians(sizes, line, sizes) / max(float(np.median(sizes)), 1.0)
    scale = _medians(widths / np.maximum(typical, 1), line, np.ones(len(widths)))
    scale = np.clip(scale, NARROWEST * size, BROADEST * size)
    return np.asarray(typical * scale, np.float64)


def _medians(values: Floats, groups: NDArray[np.intp], otherwise: Floats) -> Floats:
    """For each value the median of its group; where the group is small neither less than what it is `otherwise` nor
    much more."""
    order = np.argsort(groups, kind="stable")
    found = np.empty(len(values), np.float64)
    for members in np.split(order, np.flatnonzero(np.diff(groups[order])) + 1):
        middle, usual = middle_of(values[members]), otherwise[members]
        found[members] = middle if len(members) >= FEW else np.clip(middle, usual, MUCH_MORE * usual)
    return found


def cover(letters: Letters, ink: PageInk) -> NDArray[np.uint8]:
    """1 where the ink's sketch of the page has room for the letters' ink."""
    covered = np.zeros(ink.labels.shape, np.uint8)
    if not len(letters.at):
        return covered
    letter = ink.letter
    top, bottom = letters.boxes[:, 1], letters.boxes[:, 3]
    left, right = _sides(letters, letter)
    of_line = letters.of_line | (letters.heights >= LINE_BAND * letter)
    size = np.maximum(letters.size, 0.5 * letter)
    first = np.maximum(top - AROUND_BAND * letter, letters.foot - (1 + OVER) * size)
    last = np.minimum(bottom + AROUND_BAND * letter, letters.foot + UNDER * size)
    across, down = ink.across, ink.down
    edges = np.stack([
        (left - BESIDE * letter) * across,
        np.where(of_line, first, top - ABOVE * size) * down,
        (right + BESIDE * letter) * across,
        np.where(of_line, last, bottom + BELOW * size) * down,
    ], axis=1)  # fmt: skip
    for x0, y0, x1, y1 in np.maximum(edges.round(), 0).astype(int).tolist():
        covered[y0:y1, x0:x1] = 1
    return covered


def _sides(letters: Letters, letter: float) -> tuple[Floats, Floats]:
    """Between which columns each letter's ink lies: its box, or as much of it as is usual.

    Of two neighbours whose boxes are both too wide each has its ink on the side away from the other.
    """
    left, right = letters.boxes[:, 0], letters.boxes[:, 2]
    most = np.where(letters.sharing > 1, WIDEST * letter * letters.sharing, WIDER * letters.usual)
    spare = np.maximum(right - left - np.minimum(most, WIDEST * letter * letters.sharing), 0)
    wide = spare > 0
    before, after = np.concatenate(([False], wide[:-1])), np.concatenate((wide[1:], [False]))
    from_left = np.where(before & ~after, 1.0, np.where(after & ~before, 0.0, 0.5))
    return left + from_left * spare, right - (1 - from_left) * spare
