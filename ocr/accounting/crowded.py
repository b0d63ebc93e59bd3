"""Letters of a reading that are more than the page has room or ink for: they stand closer together than print can."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.page import Reading
from ocr.accounting.coverage import FEW, HIGHEST, LOWEST, Letters, usual_of
from ocr.layout.baseline import middle_of
from ocr.layout.ink import Floats, PageInk

ROOM, LEAST_ROOM = 0.77, 0.35
"""Of what it usually is from a character to the next: what is less is short of room, and none counts as shorter than
the least, for a box alone may stand anywhere."""

SHORT_OF_ROOM = 0.6
"""In letters: so much room, all in all, letters that follow each other are short of where more are read than printed.
On 62 pages of all kinds it is less wherever what was read is print."""

DOUBLED, EACH = 1.5, 1.35
"""So many times as wide as pieces of ink in a row, all in all and each, are usually the letters whose middles lie in
them where more are read than printed. Print has one for each, or as many as have run together, and with its white a
letter is 1.3 times as wide as its ink at most."""

IN_A_ROW = 2
"""So many pieces of ink have too many letters: a reader that is a little beside its letters gives one piece two and the
next one none, which is counted with it."""

LEVEL, DOWN, UP, BACK = range(4)
"""Ways that a line runs: from left to right, down or up the page, from right to left where the page is upside down."""

FEET = 0.4
"""In heights of its line's letters: how far from the line a piece of ink stands at most."""


def crowded(reading: Reading, letters: Letters, ink: PageInk, shared: Collection[int] = ()) -> list[int]:
    """The code points of letters that stand closer together than print: by their places, or by their ink.

    `shared`: the code points of letters that are known to stand on the ink of others.
    """
    turned = _ways(letters)
    others = letters.without(np.isin(letters.at, np.array(sorted(shared), np.intp)) | (turned != LEVEL))
    lines = list(_lines_on_ink(others, ink))
    apart = {at for line in lines for at in line.alone()}
    found = {at for line in lines for at in line.doubled()}
    for run in _short_of_room(reading, _level(letters, turned)):
        if not apart.issuperset(run):  # print may be set closer in one line than in those around it
            found.update(run)
    return sorted(found)


def _ways(letters: Letters) -> NDArray[np.intp]:
    """Which way the line of each letter runs."""
    found = np.full(len(letters.at), LEVEL, np.intp)
    middles = (letters.boxes[:, :2] + letters.boxes[:, 2:]) / 2
    for members in np.split(np.arange(len(letters.at)), np.flatnonzero(np.diff(letters.line)) + 1):
        if len(members) >= FEW:
            across, down = map(middle_of, np.diff(middles[members], axis=0).T)
            if abs(down) > abs(across):
                found[members] = DOWN if down > 0 else UP
            elif across < 0:
                found[members] = BACK
    return found


def _level(letters: Letters, ways: NDArray[np.intp]) -> Letters:
    """The letters with the boxes of lines that run another way as if these were level."""
    left, top, right, bottom = letters.boxes.T
    as_level = {
        DOWN: (top, -right, bottom, -left),
        UP: (-bottom, left, -top, right),
        BACK: (-right, -bottom, -left, -top),
    }
    boxes = letters.boxes
    for way, sides in as_level.items():
        boxes = np.where((ways == way)[:, None], np.stack(sides, axis=1), boxes)
    upright = (ways == DOWN) | (ways == UP)
    return replace(letters, boxes=boxes, size=np.where(upright, right - left, letters.size))


def _short_of_room(reading: Reading, letters: Letters) -> list[list[int]]:
    """Runs of letters that follow each other with much less room, all in all, than they usually have."""
    alone = np.flatnonzero(letters.standing & (letters.sharing == 1))
    if len(alone) < 2:
        return []
    at, line = letters.at[alone], letters.line[alone]
    white = np.cumsum([character.isspace() for character in reading.text])[at]
    # Of the last letter of a word its box tells: white counts neither way, nor does the way to the next line.
    within = np.append((line[1:] == line[:-1]) & (white[1:] == white[:-1]), False)
    room = np.where(within, np.append(np.diff(letters.boxes[alone, 0]), 0), letters.widths[alone])
    usual = usual_of([reading.text[one] for one in at.tolist()], room, letters.size[alone], line)
    short = ROOM - np.clip(room / np.maximum(usual, 1), LEAST_ROOM, 1.5)
    return [at[first : last + 1].tolist() for first, last in _shortest(short.tolist(), line.tolist())]


def _shortest(short: Sequence[float], line: Sequence[int]) -> list[tuple[int, int]]:
    """The first and the last of those letters of a line that are short of `SHORT_OF_ROOM` letters or more together."""
    found: list[tuple[int, int]] = []
    total, most, first, last = 0.0, 0.0, 0, 0
    for at, lack in enumerate(short):
        if total + lack <= 0 or (at and line[at] != line[at - 1]):
            if most >= SHORT_OF_ROOM:
                found.append((first, last))
            total, most, first = 0.0, 0.0, at
        total = max(total + lack, 0.0)
        if not total:
            first = at + 1
        if total > most:
            most, last = total, at
    if most >= SHORT_OF_ROOM:
        found.append((first, last))
    return found


class _LineOnInk(NamedTuple):
    """The letters of a line, and the pieces of ink on which they stand: the code points, from where to where each is
    and how wide it usually is, the piece in which its middle lies or that ends before it, whether it lies in it, and
    from where to where the pieces are."""

    at: NDArray[np.intp]
    sides: Floats
    usual: Floats
    piece: NDArray[np.intp]
    on: NDArray[np.bool_]
    begins: Floats
    ends: Floats

    def _counts(self) -> NDArray[np.intp]:
        return np.bincount(self.piece[self.on], minlength=len(self.begins))

    def alone(self) -> list[int]:
        """Letters that stand on a piece of ink each. Of a letter in two parts the middle may lie between them."""
        counts = self._counts()
        middles = ((self.begins + self.ends) / 2)[counts == 0]
        free = ((self.sides[:, :1] <= middles) & (middles <= self.sides[:, 1:])).any(axis=1)
        found: list[int] = self.at[np.where(self.on, counts[self.piece] == 1, free)].tolist()
        return found

    def doubled(self) -> list[int]:
        """Letters of which several each time share a piece of ink that is as wide as one."""
        counts, wide = self._counts(), self.ends - self.begins
        wanted = np.bincount(self.piece[self.on], weights=self.usual[self.on], minlength=len(wide))
        full = (counts >= 2) & (wanted >= EACH * wide)
        chosen = np.zeros(len(wide), np.bool_)
        of_run = full | (counts == 0)
        for run in np.split(np.arange(len(wide)), np.flatnonzero(np.diff(of_run)) + 1):
            if full[run].sum() >= IN_A_ROW and wanted[run].sum() >= DOUBLED * wide[run].sum():
                chosen[run] = full[run]
        found: list[int] = self.at[self.on & chosen[self.piece]].tolist()
        return found


def _lines_on_ink(letters: Letters, ink: PageInk) -> Iterator[_LineOnInk]:
    """The lines of some letters that have any ink."""
    bodies = np.flatnonzero((ink.high >= LOWEST * ink.letter) & (ink.high <= HIGHEST * ink.letter))
    bodies = bodies[bodies > 0]
    bodies = bodies[np.argsort(ink.left[bodies], kind="stable")]
    left, right, foot = ink.left[bodies], (ink.left + ink.wide)[bodies], ink.foot[bodies]
    alone = np.flatnonzero(letters.standing & (letters.sharing == 1))
    for members in np.split(alone, np.flatnonzero(np.diff(letters.line[alone])) + 1):
        if len(members) < 2 * IN_A_ROW:
            continue
        middle = (letters.boxes[members, 0] + letters.boxes[members, 2]) / 2
        stands, size = middle_of(letters.foot[members]), middle_of(letters.size[members])
        own = np.flatnonzero(
            (np.abs(foot - stands) <= FEET * size) & (right >= middle.min()) & (left <= middle.max())
        )
        if len(own):
            begins, ends = _whole(left[own], right[own], 0.5 / ink.across)
            piece = np.searchsorted(begins, middle, side="right") - 1
            on = (piece >= 0) & (middle <= ends[piece])
            sides = letters.boxes[members][:, [0, 2]]
            yield _LineOnInk(letters.at[members], sides, letters.usual[members], piece, on, begins, ends)


def _whole(left: Floats, right: Floats, apart: float) -> tuple[Floats, Floats]:
    """Pieces of ink from left to right, with the parts of letters that have run together as one."""
    reach = np.maximum.accumulate(right)
    first = np.flatnonzero(np.concatenate(([True], left[1:] > reach[:-1] + apart)))
    return left[first], np.maximum.reduceat(right, first)
