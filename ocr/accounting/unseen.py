"""Letters of a reading that cannot be seen on its page: on bare paper, under solid ink, on the ink of other letters."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from model.account import UnseenKind, UnseenPlace
from model.box import box_around
from model.edit import Span
from model.mark import MarkKind
from model.page import Reading
from ocr.accounting.coverage import Letters, usual_of
from ocr.accounting.pieces import InkPieces
from ocr.layout.ink import PageInk

LEAST_INK, LEAST_SHARE = 1.5, 0.025
"""Pixels of the ink's sketch, and share of a letter's place, which may take in marks of its neighbours: the thinnest
letter has more."""

DIRT = 0.2
"""In letter heights: pieces of ink that are smaller make no letter, however many lie in its place."""

FILLED, BLACK = 0.7, 0.5
"""Share of a letter's box that is ink where it is painted over, and of the paper's grey level that little in and beside
it reaches: a letter of whatever weight has white in it, or, as a bar or a dash, beside it."""

BROAD = 0.45
"""In letter heights: what is narrower or lower, such as a bar or a dash, may be solid by itself."""

BORDER = 0.2
"""Share of a letter's width on either side that may hold its neighbours' ink."""

ROOM, LEAST_ROOM = 0.77, 0.35
"""Of what it usually is from a character to the next: what is less is short of room, and none counts as shorter than
the least, for a box alone may stand anywhere."""

SHORT_OF_ROOM = 0.6
"""In letters: so much room, all in all, letters that follow each other are short of where more are read than printed.
On 62 pages of all kinds it is less wherever what was read is print."""

CORE = 0.5
"""Share of a letter's box, around its middle, in which no other letter has its own middle."""

NEIGHBOURS = 1
"""Letters so near in the text may overlap."""


_TOLD = (MarkKind.STRUCK_OUT, MarkKind.WATERMARK)


def unseen(
    reading: Reading, letters: Letters, ink: PageInk, light: InkPieces, struck: Sequence[int]
) -> tuple[UnseenPlace, ...]:
    """The letters that cannot be seen, those of one kind that follow each other in a line as one place.

    `light` are the light pieces on dark grounds, which are as good as ink; `struck` the code points of letters that are
    struck through.
    """
    kinds = dict.fromkeys(_without_place(reading, letters), UnseenKind.NO_PLACE)
    if len(letters.at):
        kinds |= dict.fromkeys(struck, UnseenKind.STRUCK)
        kinds |= dict.fromkeys(_crowded(reading, letters), UnseenKind.CROWDED)
        kinds |= dict.fromkeys(_sharing(letters, ink), UnseenKind.SHARED)
        empty, solid = _without_ink(letters, ink, light)
        kinds |= dict.fromkeys(letters.at[solid].tolist(), UnseenKind.COVERED)
        kinds |= dict.fromkeys(letters.at[empty].tolist(), UnseenKind.NO_INK)
    # A reading may say by itself that letters are struck out or lie across others: that is a finding already.
    for mark in reading.marks:
        for at in range(mark.span.start, mark.span.end) if mark.kind in _TOLD else ():
            if kinds.get(at) in (UnseenKind.STRUCK, UnseenKind.SHARED):
                del kinds[at]
    return tuple(_places(reading, kinds))


def _without_place(reading: Reading, letters: Letters) -> list[int]:
    if not len(letters.at):
        return []
    return [
        at
        for at, (character, box) in enumerate(zip(reading.text, reading.boxes, strict=True))
        if box is None and not character.isspace()
    ]


def _without_ink(
    letters: Letters, ink: PageInk, light: InkPieces
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which letters stand on bare paper, and which under solid ink."""
    sums = cv2.integral((ink.labels > 0).astype(np.uint8))
    strokes = np.maximum(ink.wide, ink.high) >= DIRT * ink.letter
    strokes[0] = False
    of_strokes = cv2.integral(strokes[ink.labels].astype(np.uint8))
    scale = np.array([ink.across, ink.down, ink.across, ink.down])
    # What lies at the edges of a box may be its neighbours'; around a small one there is room for a sketch's rounding.
    wide = letters.widths >= BROAD * ink.letter
    aside = np.where(wide, BORDER * letters.widths, 0)
    edges = (letters.boxes + np.stack([aside, 0 * aside, -aside, 0 * aside], axis=1)) * scale
    limit = np.array([sums.shape[1] - 1, sums.shape[0] - 1])
    around = np.stack([~wide, ~wide], axis=1).astype(int)
    first = np.clip(np.floor(edges[:, :2]).astype(int) - around, 0, limit)
    last = np.clip(np.ceil(edges[:, 2:]).astype(int) + around, 0, limit)
    (x0, y0), (x1, y1) = first.T, last.T
    count, in_strokes = (one[y1, x1] - one[y0, x1] - one[y1, x0] + one[y0, x0] for one in (sums, of_strokes))
    seen = np.where(wide & (letters.heights >= BROAD * ink.letter), in_strokes, count)
    empty = letters.standing & (seen < np.maximum(LEAST_INK, LEAST_SHARE * (x1 - x0) * (y1 - y0)))
    filled = letters.standing & (letters.heights >= BROAD * ink.letter)
    filled &= count >= FILLED * (x1 - x0) * (y1 - y0)
    solid = np.zeros(len(empty), np.bool_)
    beyond = round(BORDER * ink.letter)
    for at in np.flatnonzero(filled):
        left, top, right, bottom = letters.boxes[at].astype(int).tolist()
        shades = ink.image[top:bottom, max(0, left - beyond) : right + beyond]
        solid[at] = shades.size > 0 and float(np.percentile(shades, 70)) < BLACK * ink.image.max()
    for at in np.flatnonzero(empty | solid) if len(light.left) else ():
        left, top, right, bottom = letters.boxes[at]
        on_light = (
            (light.left < right)
            & (light.left + light.wide > left)
            & (light.top < bottom)
            & (light.top + light.high > top)
        )
        if on_light.any():
            empty[at] = solid[at] = False
    return empty, solid


def _crowded(reading: Reading, letters: Letters) -> list[int]:
    """Letters that follow each other with much less room, all in all, than they usually have."""
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
    found: set[int] = set()
    for first, last in _shortest(short.tolist(), line.tolist()):
        found.update(at[first : last + 1].tolist())
    return sorted(found)


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


def _sharing(letters: Letters, ink: PageInk) -> list[int]:
    """Letters whose middle lies within the core of a letter that stands elsewhere in the text."""
    shape = ink.labels.shape
    owner = np.full(shape, -1, np.int32)
    left, top, right, bottom = (letters.boxes * np.array([ink.across, ink.down, ink.across, ink.down])).T
    x, y = (left + right) / 2, (top + bottom) / 2
    aside, over = CORE * (right - left) / 2, CORE * (bottom - top) / 2
    edges = np.stack([x - aside, y - over, x + aside, y + over], axis=1).round().astype(int).clip(0)
    standing = np.flatnonzero(letters.standing)
    for at, (x0, y0, x1, y1) in zip(standing.tolist(), edges[standing].tolist(), strict=True):
        owner[y0 : y1 + 1, x0 : x1 + 1] = at
    columns = x[standing].round().astype(int).clip(0, shape[1] - 1)
    rows = y[standing].round().astype(int).clip(0, shape[0] - 1)
    by = owner[rows, columns]
    other = by != standing
    far = (np.abs(by - standing) > NEIGHBOURS) & (letters.word[by] != letters.word[standing])
    sharing: list[int] = letters.at[by[other & far]].tolist()
    return sharing


def _places(reading: Reading, kinds: dict[int, UnseenKind]) -> list[UnseenPlace]:
    """Letters of one kind that follow each other in a line, white space aside."""
    found: list[UnseenPlace] = []
    run: list[int] = []

    def close() -> None:
        if run and _counts(reading, run, kinds[run[0]]):
            span = Span(run[0], run[-1] + 1)
            found.append(UnseenPlace(kinds[run[0]], span, box_around(reading.boxes[run[0] : run[-1] + 1])))
        run.clear()

    for at in sorted(kinds):
        if run and (kinds[at] is not kinds[run[0]] or not _follows(reading, run[-1], at)):
            close()
        run.append(at)
    close()
    return found


def _follows(reading: Reading, before: int, at: int) -> bool:
    between = reading.text[before + 1 : at]
    return "\n" not in between and all(c.isspace() or unicodedata.category(c) == "Mn" for c in between)


def _counts(reading: Reading, run: list[int], kind: UnseenKind) -> bool:
    """Whether letters are enough to be a place: one of a word may stand a little beside where the reader says."""
    letters = sum(reading.text[at].isalnum() for at in run)
    if letters != 1 or kind in (UnseenKind.SHARED, UnseenKind.CROWDED, UnseenKind.STRUCK):
        return letters >= 2
    around = reading.text[max(0, run[0] - 1) : run[0]] + reading.text[run[-1] + 1 : run[-1] + 2]
    return not around.strip()
