"""Marks of punctuation whose ink says another one than was read: by width, height, slope and weight.

A reader tells a hyphen from a dash by what it has seen beside them, and straight quotation marks from curly ones by
what is usual. Their ink tells them apart. Measured on the fonts of the TLWG and on real pages, in heights of น: a
hyphen is 0.33 to 0.60 wide, an en dash 0.72 to 1.21, an em dash 1.03 to 2.5; where all characters are as wide, both are
alike. A straight quotation mark is upright, and of its ink there is hardly more above the middle than below; a curly
one is broader, has its ball on one side, or leans. What lies between is not decided.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from model.account import SignPlace
from model.edit import Span
from model.page import Reading
from ocr.accounting.coverage import Letters
from ocr.image.prepare import Prepared
from ocr.layout.baseline import middle_of
from ocr.layout.ink import Floats

HYPHEN, EN, EM = "-", "–", "—"
DASHES = (HYPHEN, EN, EM)
QUOTES = {'"': ('"', "“", "”"), "“": ('"', "“", "”"), "”": ('"', "“", "”"),
          "'": ("'", "‘", "’"), "‘": ("'", "‘", "’"), "’": ("'", "‘", "’")}  # fmt: skip
"""The straight, the opening and the closing form of each quotation mark."""
POINTS = (":", ";", ",")

LEAST_LETTER = 14.0
"""Pixels that letters are high: of smaller ones the marks are a few pixels."""
LARGEST_LETTER = 4.0
"""In letter heights of the page: the box of a mark alone in its line, by which its size is taken, may be a rule's."""
FINER = 4
"""So many times finer the marks are measured than their pixels."""
CONTRAST = 50
"""Grey levels between a mark's ink and its paper, at least."""

WIDTHS = ((HYPHEN, 0.0, 0.72), (EN, 0.6, 1.35), (EM, 1.0, 9.0))
"""In letter heights: from where to where each dash may be wide."""
LEVEL = 0.3
"""In letter heights: a dash is no higher."""
PITCH, TELLING = 0.2, 8
"""Share of the mean way from letter to letter, by which it varies where all are as wide; so many letters tell."""

BALL, SURE_BALL, SLIGHT = 0.2, 0.3, 0.06
"""How much more of a quotation mark's ink is on one side of its middle, as a share of all: below, and above, as no
straight mark has it; of a leaning one."""
NARROW, BROAD, LEANING, BROADEST = 0.43, 0.45, 0.55, 0.85
"""Width by height of a straight mark at most; of a curly one at least, of a leaning one at least, for slanted print
leans, too, and of any at most: a ball alone has lost its tail."""
UPRIGHT, LEAN = 0.05, 0.1
"""By what share of its height a mark's head is beside its foot: upright, leaning."""
BESIDE = 0.3
"""In letter heights: how far from the middle of its box a mark's ink has its own. A reader's boxes are no better."""
DOT, TAIL = 1.2, 1.6
"""Height of the lower point by that of the upper one: of a colon at most, of a semicolon at least."""
STAR = (5, 8)
"""How many arms an asterisk has."""

Mask = NDArray[np.uint8]


class _MarkInk(NamedTuple):
    """A piece of ink, `FINER` times finer than the image; its box in letter heights, up from the line's foot."""

    ink: Mask
    left: float
    right: float
    bottom: float
    top: float

    @property
    def wide(self) -> float:
        return self.right - self.left

    @property
    def high(self) -> float:
        return self.top - self.bottom

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def signs(prepared: Prepared, reading: Reading, letters: Letters) -> tuple[SignPlace, ...]:
    """The marks of punctuation of a reading whose ink surely is another's, in order of place."""
    found = []
    even: dict[int, bool] = {}
    for number in _marks(reading, letters):
        at, line = int(letters.at[number]), int(letters.line[number])
        read = reading.text[at]
        if line not in even:
            even[line] = _is_even(letters, line)
        if read in DASHES and even[line]:
            continue
        shown = _decide(read, list(_pieces(prepared, letters, number)))
        if shown is not None and shown != read:
            found.append(SignPlace(Span(at, at + 1), shown))
    return tuple(found)


def _marks(reading: Reading, letters: Letters) -> Iterator[int]:
    for number, at in enumerate(letters.at.tolist()):
        known = reading.text[at] in DASHES or reading.text[at] in QUOTES or reading.text[at] in POINTS
        if known and letters.sharing[number] == 1:
            yield number


def _decide(read: str, pieces: Sequence[_MarkInk]) -> str | None:
    """What the ink shows: empty where that is surely not what was read, and not known; None where it does not say."""
    if read in DASHES:
        return _dash(read, [one for one in pieces if one.high <= LEVEL and 0.1 <= one.middle <= 0.9])
    if read in POINTS:
        shown = _point([one for one in pieces if one.wide <= 0.45])
        return shown if read != "," or shown == ";" else None
    high = [one for one in pieces if one.middle >= 0.6 and 0.28 <= one.high <= 0.8]
    straight, opening, closing = QUOTES[read]
    wanted = 2 if straight == '"' else 1
    if (
        len(high) == 1
        and 0.8 <= high[0].wide / high[0].high <= 1.25
        and STAR[0] <= _arms(high[0].ink) <= STAR[1]
    ):
        return "*"
    if len(high) != wanted:
        return None
    forms = {_form(one) for one in high}
    if len(forms) != 1:
        return None
    return {"straight": straight, "opening": opening, "closing": closing}.get(forms.pop())


def _dash(read: str, pieces: Sequence[_MarkInk]) -> str | None:
    if len(pieces) != 1 or pieces[0].ink.mean() < 0.7:
        return None
    possible = [dash for dash, least, most in WIDTHS if least <= pieces[0].wide <= most]
    if read in possible:
        return None
    return possible[0] if len(possible) == 1 else ""


def _point(pieces: Sequence[_MarkInk]) -> str | None:
    if len(pieces) != 2:
        return None
    lower, upper = sorted(pieces, key=lambda one: one.middle)
    if (
        upper.bottom <= lower.top
        or not 0.5 <= upper.wide / upper.high <= 1.6
        or abs(lower.left - upper.left) > 0.25
    ):
        return None
    if lower.high >= TAIL * upper.high and lower.bottom < -0.05:
        return ";"
    return ":" if lower.high <= DOT * upper.high else None


def _form(piece: _MarkInk) -> str:
    """Whether a quotation mark is straight, opening or closing; empty where its ink does not say."""
    half = len(piece.ink) // 2
    head, foot = piece.ink[:half], piece.ink[-half:]
    total = float(piece.ink.sum())
    weight = (float(head.sum()) - float(foot.sum())) / total
    lean = (_column(head) - _column(foot)) / len(piece.ink)
    breadth = piece.wide / piece.high
    curly = BROAD <= breadth <= BROADEST
    leaning = abs(lean) >= LEAN and breadth >= LEANING
    if curly and abs(weight) >= (BALL if weight < 0 else SURE_BALL):
        return "opening" if weight < 0 else "closing"
    if curly and leaning and (lean < 0 or abs(weight) >= SLIGHT):
        return "opening" if lean < 0 or weight < 0 else "closing"
    if breadth <= NARROW and abs(lean) <= UPRIGHT and -SLIGHT <= weight <= BALL:
        return "straight"
    return ""


def _column(ink: Mask) -> float:
    return float((ink * np.arange(ink.shape[1])).sum()) / max(float(ink.sum()), 1.0)


def _arms(ink: Mask) -> int:
    """How many arms a figure has: stretches of ink on a circle around its middle."""
    high, wide = ink.shape
    angles = np.linspace(0, 2 * np.pi, 72, endpoint=False)
    rows = (high / 2 + 0.37 * high * np.sin(angles)).astype(int).clip(0, high - 1)
    columns = (wide / 2 + 0.37 * wide * np.cos(angles)).astype(int).clip(0, wide - 1)
    ring = ink[rows, columns].astype(int)
    return int((np.diff(ring, append=ring[:1]) == 1).sum()) if ink[high // 2, wide // 2] else 0


def _pieces(prepared: Prepared, letters: Letters, number: int) -> Iterator[_MarkInk]:
    """The pieces of ink that stand in a character's place and end within it."""
    image = prepared.image
    size, foot = _line(letters, number)
    left, right = letters.boxes[number, [0, 2]].tolist()
    if not LEAST_LETTER <= size <= LARGEST_LETTER * prepared.ink.letter:
        return
    x0, x1 = max(0, int(left - size)), min(image.shape[1], int(right + size) + 1)
    y0, y1 = max(0, int(foot - 1.7 * size)), min(image.shape[0], int(foot + 0.5 * size) + 1)
    crop = image[y0:y1, x0:x1]
    if crop.size == 0:
        return
    dark, paper = np.percentile(crop, (1, 90)).tolist()
    if paper - dark < CONTRAST:
        return
    fine = cv2.resize(crop, None, fx=FINER, fy=FINER, interpolation=cv2.INTER_CUBIC)
    mask = (fine < (dark + paper) / 2).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    unit = FINER * size
    for piece, (x, y, wide, high, area) in enumerate(stats.tolist()):
        middle = x0 + (x + wide / 2) / FINER
        inside = abs(middle - (left + right) / 2) <= max(BESIDE * size, (right - left) / 2)
        cut = x == 0 or y == 0 or x + wide == mask.shape[1] or y + high == mask.shape[0]
        if piece == 0 or not inside or cut or area < (0.05 * unit) ** 2:
            continue
        own = np.asarray(labels[y : y + high, x : x + wide] == piece, np.uint8)
        up = (foot - y0) * FINER
        yield _MarkInk(own, x / unit, (x + wide) / unit, (up - y - high) / unit, (up - y) / unit)


def _line(letters: Letters, number: int) -> tuple[float, float]:
    """How high the letters of a mark's line are, and the row under them. Its own box says neither where it stands
    alone between white."""
    own = np.flatnonzero(letters.line == letters.line[number])
    by_ink = own[letters.of_line[own]]
    if len(by_ink):
        nearest = by_ink[int(np.argmin(np.abs(by_ink - number)))]
        return float(letters.size[nearest]), float(letters.foot[nearest])
    return float(letters.size[number]), middle_of(letters.boxes[own, 3])


def _is_even(letters: Letters, line: int) -> bool:
    """Whether the letters of a line are all as wide, as those of a typewriter; also where too few tell."""
    own = np.flatnonzero((letters.line == line) & letters.standing & (letters.sharing == 1))
    middles: Floats = (letters.boxes[own, 0] + letters.boxes[own, 2]) / 2
    ways = np.diff(middles)[np.diff(letters.at[own]) <= 2]
    if len(ways) < TELLING:
        return True
    return bool(ways.std() < PITCH * ways.mean())
