"""The lines of text on a page, found without reading a letter.

Letters of a line stand side by side on one baseline, so pieces of ink of letter size are chained from left to right
with the neighbour that they share most of their height with. Marks above and below come to the line whose letters they
stand over. Wide white ends a stretch: the cells of a table are stretches of one row. Each piece of ink belongs to one
line at most, so that a line is later read from its own ink and from nobody else's.

Measured with the line reader alone on what it found, against Tesseract's own lines: 18 pages of prose at 150 to 300 dpi
0.22, 0.65, 0.70 -> 0.16, 0.23, 0.36 % CER, 28 pages of forms, letters, tables, photographs 15.0 -> 9.3 %.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from model.box import Box
from ocr.layout.baseline import measure, middle_of, slope_of
from ocr.layout.chains import letter_chains
from ocr.layout.ink import PageInk
from ocr.layout.line_stretch import LineStretch, Row
from ocr.layout.lined_up import with_cells
from ocr.layout.mark_lines import lines_of_marks
from ocr.layout.print_rows import STANDING, neighbours_on_baseline
from ocr.layout.row_order import RowPlace, StretchPlace, reading_order
from ocr.layout.type_size import of_one_size
from ocr.layout.walls import Gutters, KnownDrawing, Walls

_USUAL = 0.7
"""In letter heights: lines of lower pieces may be small print, and are looked for again by its own height."""

_APART = 0.8
"""In letter heights: white as wide parts usual print from small print beside it."""

_SPECK = 0.1  # letter heights: smaller ink is no mark
_TALLEST_MARK = 2.3  # letter heights: vowel and tone mark grown together, and more
_RAISED_DIGITS = 3  # raised beside a letter, at most
_RAISED_FOOT, _RAISED_HEIGHT = (
    0.2,
    0.55,
)  # letter heights: of raised digits over the baseline, and their own, at least
_RAISED_WHITE = 0.3  # letter heights behind them
_AS_HIGH, _OVER_MARKS = 0.8, 1.4
"""Of the height of the letters of a line of as few letters, and in letter heights over its baseline: what is so high
and stands so far over them is no mark."""
_SAME_ROW = 0.45  # letter heights: how far the baselines of two stretches of a row may be apart
_ROWS_BACK = 12
_FARTHER = 0.02  # what a pixel of white counts beside one that baselines are apart
_FOOTED = 4  # letters that tell where their baseline is


def find_rows(
    ink: PageInk,
    slant: float = 0.0,
    gutters: Sequence[Box] = (),
    *,
    drawn: KnownDrawing | None = None,
) -> tuple[Row, ...]:
    """The lines of a page in reading order.

    `slant`: by how many degrees clockwise the page must be turned for its lines to be level. `gutters`: the white
    between columns of running text, which are read one after the other, on the page turned level. `drawn`: what else
    is known of the page.

    Raises:
        NoPrint: it has more pieces of ink than any page of print.
    """
    slope = slope_of(slant)
    known = drawn or KnownDrawing()
    between = Gutters(tuple(gutters), slope)
    found = _stretches(ink, slope, Walls(known, between, ink.letter))
    if ink.small:
        found = _with_small_print(ink, slope, found, Walls(known, between, ink.small))
    stretches = _without_chains_of_marks(ink, found)
    rows = with_cells(ink, _rows(_with_marks(ink, stretches), ink.letter, between))
    order = reading_order([row_place(row, ink) for row in rows], gutters, slope)
    return tuple(rows[at] for at in order)


def owners(ink: PageInk, rows: Iterable[Row]) -> NDArray[np.int32]:
    """For each piece of ink the number of the stretch that it belongs to, counted from 1 in reading order, else 0."""
    found = np.zeros(len(ink.left), np.int32)
    stretches = (stretch for row in rows for stretch in row)
    for number, stretch in enumerate(stretches, 1):
        found[stretch.pieces] = number
    return found


def _stretches(
    ink: PageInk, slope: float, walls: Walls, free: NDArray[np.bool_] | None = None
) -> list[LineStretch]:
    chains = letter_chains(ink, slope, walls, free)
    return [_stretch(ink, part, slope) for chain in chains for part in of_one_size(ink, chain, slope)]


def _with_small_print(
    ink: PageInk, slope: float, found: Sequence[LineStretch], walls: Walls
) -> list[LineStretch]:
    """The stretches of usual print among those that were found, and those of small print: what is low throughout, and
    what the tall letters of small print were chained to, is looked for again by the small height."""
    edges = np.stack([ink.left, ink.top, ink.left + ink.wide, ink.foot], axis=1)
    standing = neighbours_on_baseline(edges, ink.image.shape, ink.letter) >= STANDING
    usual = [one for one in found if middle_of(ink.high[one.letters]) >= _USUAL * ink.letter]
    sure = [
        _without_low_ends(ink, one, slope)
        for one in usual
        if 2 * standing[one.letters].sum() >= len(one.letters)
    ]
    small = _stretches(replace(ink, letter=ink.small), slope, walls, _not_of(ink, sure))
    taken = np.zeros(len(ink.left), np.bool_)
    for stretch in sure + small:
        taken[stretch.letters] = True
    return sure + small + [one for one in usual if not taken[one.letters].any()]


def _without_low_ends(ink: PageInk, stretch: LineStretch, slope: float) -> LineStretch:
    """A stretch of usual print without the tall letters of small print in front of it and behind it."""
    at = stretch.letters
    low = ink.high[at] < _USUAL * ink.letter
    ends = np.maximum.accumulate((ink.left + ink.wide)[at])
    words = np.concatenate(
        ([0], 1 + np.flatnonzero(ink.left[at][1:] - ends[:-1] >= _APART * ink.letter), [len(at)])
    )
    first, last = 0, len(words) - 1
    while last - first > 1 and low[words[first] : words[first + 1]].all():
        first += 1
    while last - first > 1 and low[words[last - 1] : words[last]].all():
        last -= 1
    kept = at[words[first] : words[last]]
    return stretch if len(kept) == len(at) else _stretch(ink, kept, slope)


def _not_of(ink: PageInk, stretches: Sequence[LineStretch]) -> NDArray[np.bool_]:
    """Which pieces of ink are neither letters nor marks of those stretches; what is beside them are no marks."""
    free = np.ones(len(ink.left), np.bool_)
    for stretch in _with_marks(ink, stretches):
        free[stretch.letters] = False
        x, near = ink.middle[stretch.marks], _APART * stretch.baseline.letter
        free[stretch.marks[(x > stretch.left - near) & (x < stretch.right + near)]] = False
    return free


def _stretch(ink: PageInk, at: NDArray[np.intp], slope: float) -> LineStretch:
    left, right = float(ink.left[at].min()), float((ink.left + ink.wide)[at].max())
    return LineStretch(at, np.zeros(0, np.intp), measure(ink, at, slope), left, right)


def _without_chains_of_marks(ink: PageInk, stretches: Sequence[LineStretch]) -> list[LineStretch]:
    """The stretches without those that are the marks of others: vowels and tone marks stand in rows, too."""
    kept: list[LineStretch] = []
    for stretch in sorted(stretches, key=lambda one: (-len(one.letters), -one.baseline.base)):
        if not any(_is_of(ink, stretch, host) for host in kept):
            kept.append(stretch)
    return kept


def _is_of(ink: PageInk, stretch: LineStretch, host: LineStretch) -> bool:
    """Whether a chain of pieces is nothing but marks, or specks, of the line `host`."""
    count, of_host = len(stretch.letters), len(host.letters)
    if of_host < 1.2 * count and not (count <= 4 and of_host >= count):
        return False
    letter = host.baseline.letter
    if stretch.right < host.left - 0.3 * letter or stretch.left > host.right + 0.3 * letter:
        return False
    x = (stretch.left + stretch.right) / 2
    if abs(host.baseline.at(x) - stretch.baseline.at(x)) > 3 * letter:
        return False
    at = stretch.letters
    base = host.baseline.base + host.baseline.slope * ink.middle[at]
    foot, top = (middle_of((base - edge[at]) / letter) for edge in (ink.foot, ink.top))
    as_high = middle_of(ink.high[at]) >= _AS_HIGH * middle_of(ink.high[host.letters])
    if of_host <= count and as_high and foot > _OVER_MARKS:
        return False  # the numbers of a list, one under the other
    if count >= 8 and stretch.baseline.letter < 0.6 * letter and foot > 1.2:
        return False  # small print above a heading
    if count <= _RAISED_DIGITS and foot > _RAISED_FOOT and _stands_free(ink, stretch, host):
        return False  # a note's number or an exponent
    above = 0.7 < foot < 1.75 and top < 2.6
    below = top < 0.25 and foot > -0.8
    within = stretch.right < host.right + letter and stretch.left > host.left - letter
    return above or below or (within and foot > -0.4 and top < 1.5)


def _stands_free(ink: PageInk, stretch: LineStretch, host: LineStretch) -> bool:
    """Whether pieces as high as raised digits stand over no letter of the line `host`, and white is behind them: a mark
    has a letter under it, what has broken off a letter has the rest beside it."""
    at, letter = stretch.letters, host.baseline.letter
    if ink.high[at].min() < _RAISED_HEIGHT * letter or ink.wide[at].max() > letter:
        return False
    base = host.baseline.at((stretch.left + stretch.right) / 2)
    ends = ink.left + ink.wide
    under = (
        (ink.left < stretch.right)
        & (ends > stretch.left)
        & (ink.top < base)
        & (ink.foot > base - 0.1 * letter)
    )
    under[0] = False
    begins = ink.left[host.letters]
    near = (begins >= stretch.right - 0.25 * letter) & (begins < stretch.right + _RAISED_WHITE * letter)
    return not under.any() and not near.any()


def _with_marks(ink: PageInk, stretches: Sequence[LineStretch]) -> list[LineStretch]:
    """The stretches with the small pieces that stand over, under and between their letters."""
    taken = np.zeros(len(ink.left), bool)
    taken[0] = True
    for stretch in stretches:
        taken[stretch.letters] = True
    size = ink.letter
    low = (ink.high <= _TALLEST_MARK * size) & (ink.wide <= 8 * size)
    small = np.flatnonzero(~taken & low & (np.maximum(ink.high, ink.wide) >= _SPECK * (ink.small or size)))
    if not len(stretches) or not len(small):
        return list(stretches)
    lines = np.array(
        [(s.baseline.base, s.baseline.slope, s.baseline.letter, s.left, s.right) for s in stretches]
    )
    own = lines_of_marks(ink, small, lines)
    return [replace(stretch, marks=small[own == number]) for number, stretch in enumerate(stretches)]


def _rows(stretches: Sequence[LineStretch], size: float, gutters: Gutters) -> list[Row]:
    """The stretches in rows. Of a few letters a baseline is unsure: they come to the rows that the others make."""
    rows: list[list[LineStretch]] = []
    by_foot = sorted(stretches, key=lambda one: one.foot)
    for stretch in (one for one in by_foot if len(one.letters) >= _FOOTED):
        _put_in_row(stretch, rows[-_ROWS_BACK:], rows, size, gutters)
    for stretch in (one for one in by_foot if len(one.letters) < _FOOTED):
        _put_in_row(stretch, rows, rows, size, gutters)
    return [tuple(sorted(row, key=lambda one: one.left)) for row in rows]


def _put_in_row(
    stretch: LineStretch,
    possible: Sequence[list[LineStretch]],
    rows: list[list[LineStretch]],
    size: float,
    gutters: Gutters,
) -> None:
    fitting = [(apart, row) for row in possible if (apart := _apart(stretch, row, size, gutters)) is not None]
    if fitting:
        min(fitting, key=lambda found: found[0])[1].append(stretch)
    else:
        rows.append([stretch])


def _apart(stretch: LineStretch, row: Sequence[LineStretch], size: float, gutters: Gutters) -> float | None:
    """How far the baselines are apart where a stretch and a row meet, and a little for the white between them; None
    where it does not belong to the row."""
    if any(min(stretch.right, one.right) - max(stretch.left, one.left) > 0.5 * size for one in row):
        return None
    near = min(row, key=lambda one: max(one.left - stretch.right, stretch.left - one.right))
    middle = stretch.foot - stretch.baseline.letter / 2
    if gutters.part(min(near.right, stretch.right), max(near.left, stretch.left), middle, size):
        return None
    x = (max(near.left, stretch.left) + min(near.right, stretch.right)) / 2
    apart = abs(near.baseline.at(x) - stretch.baseline.at(x))
    smaller, larger = sorted((near.baseline.letter, stretch.baseline.letter))
    letter = max(smaller, min(larger, size), 0.6 * size)
    white = max(0.0, near.left - stretch.right, stretch.left - near.right)
    return apart + _FARTHER * white if apart < _SAME_ROW * letter else None


def row_place(row: Row, ink: PageInk) -> RowPlace:
    """Where a line stands."""
    foot = float(np.mean([stretch.foot for stretch in row]))
    return RowPlace(foot, _place(row[0], ink), _place(row[-1], ink))


def _place(stretch: LineStretch, ink: PageInk) -> StretchPlace:
    at = stretch.pieces
    top, bottom = int(ink.top[at].min()), math.ceil(ink.foot[at].max())
    return StretchPlace(Box(int(stretch.left), top, math.ceil(stretch.right), bottom), stretch.baseline.slope)
