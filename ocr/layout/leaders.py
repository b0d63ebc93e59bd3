"""Leaders and blanks of forms: rows of equal dots, and thin rules beside text, where something is to be written.

Readers take dots for letters and lose the words between them. Found on the page image, dots are painted over before
it is read, and each free stretch is a region, written as one token in the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from model.box import Box
from model.region import Region, RegionKind
from ocr.image.straight import level_strokes
from ocr.layout.dot_grounds import DotGround, dot_grounds

TOKEN = "……"
"""What stands in a text for a leader, however long."""

FEWEST_DOTS = 4
"""Three dots are an ellipsis."""

LARGEST_DOT = 0.4
"""In letter heights: the longest side of a leader's dot, and the thickest rule."""

FARTHEST_DOT = 0.9
"""In letter heights: from one dot to the next."""

SMALLEST_AREA = 4
FILLED = 0.5
"""Pixels of a dot, and the share of its box that it fills."""

HOLLOW = 6
"""Pixels: a piece as large as this with paper within it is no dot. The digits of small print, ๐๐๑, have rings."""

SLANT = 0.025
"""By how much a rule may fall along the line, as a share of its length: what of skew is left as it is."""

WRITTEN = 20.0
"""In letter heights: what is written on a row of dots, from where its dots end to where they begin again."""

PHASE = 0.25
"""By how much the distance of two dots under writing may differ from the step of their row, as a share of it."""

LEVEL = 0.12
"""In letter heights: by how much one dot may stand higher than the one before it."""

ALIKE = 0.4
"""By how much a dot's sides and its distance may differ from the usual of its row, as a share of it."""

MOSTLY = 0.75
"""Share of a row's dots that must be alike and evenly set."""

BROKEN = 2.0
"""In letter heights: white within a leader."""

LONG = 10.0
"""In letter heights: a dotted rule down the page is so long at least."""

SHORTEST_BLANK = 1.6
"""In letter heights: a rule beside text from this length on is a blank; shorter ones are dashes."""

ABOVE = (0.15, 0.75)
"""In letter heights above a leader: where letters stand that are written on it."""

BESIDE = 4.0
"""In letter heights: how near to a rule its words stand if it is a blank. Rules further away part or adorn."""

FOOT = 0.35
"""In letter heights: how far the feet of words beside a blank may be from it."""

UNDER = 0.6
HANGING = 0.35
"""In letter heights under a blank, and the share of its length along which there may be ink: marks of the line below.
What hangs on a rule is a root or a segment."""

LEAST_HOLE = 4
"""Corners of the outline of paper within a piece of ink, less one: a pixel that noise has left is none."""

Grey = NDArray[np.uint8]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Leaders:
    """`regions`: the stretches with nothing written on them, in pixels of the image, from the top. `ink`: the boxes of
    all dots and short rules, those under words too, to be painted over."""

    regions: tuple[Region, ...]
    ink: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class _DotRow:
    """Dots in a row, or one rule: edges in pixels of the image (columns left, top, right, bottom), from the left."""

    edges: NDArray[np.int64]
    dotted: bool


def find_leaders(image: Grey, mask: Grey, letter_height: float, scale: float) -> Leaders:
    """The leaders and blanks of an upright page image.

    `mask` is the ink of its thumbnail without the rules of tables and frames, `letter_height` in the thumbnail's
    pixels, `scale` the thumbnail's pixels per image pixel.
    """
    if letter_height <= 0:
        return Leaders((), ())
    found = _found_rows(image, mask, letter_height, scale, least=1.0)
    dotted = [row for row in found if row.dotted]
    grounds = dot_grounds([row.edges for row in dotted], letter_height / scale)
    under_print = [_dots_of(image, ground, letter_height / scale) for ground in grounds]
    of_grounds = [dotted[number].edges for ground in grounds for number in ground.rows]
    found = [row for row in found if not any(row.edges is edges for edges in of_grounds)]
    written_on = _dots_between(image, [row.edges for row in found if row.dotted], letter_height / scale)
    # Dotted rules down the page are nothing to write on, but no letters either.
    upright = [
        row.edges[:, [1, 0, 3, 2]]
        for row in _found_rows(image.T, np.ascontiguousarray(mask.T), letter_height, scale, least=LONG)
        if row.dotted
    ]
    letters = mask.copy()
    for edges in (*(row.edges for row in found), *upright, *of_grounds):
        for left, top, right, bottom in (edges * scale).astype(int).tolist():
            letters[max(0, top - 1) : bottom + 2, max(0, left - 1) : right + 2] = 0
    free: list[Box] = []
    ink = [
        Box(*edges) for edges in np.concatenate([written_on, *upright, *of_grounds, *under_print]).tolist()
    ]
    for row in found:
        stretches = _free_stretches(row, letters, letter_height, scale)
        if row.dotted or (stretches and _is_blank(row, mask, letter_height, scale)):
            ink += [Box(*edges) for edges in row.edges.tolist()]
            free += stretches
    boxes = _joined(free, letters, letter_height, scale)
    return Leaders(tuple(Region(RegionKind.LEADER, box) for box in boxes), tuple(ink))


def _dots_of(image: Grey, ground: DotGround, size: float) -> Ints:
    """The edges of the dots of a ground that lie between letters, where no row of them was found."""
    left, top, right, bottom = (max(0, edge) for edge in ground.box)
    dots, _ = _low_pieces(image[top:bottom, left:right], (left, top), size)
    return dots[ground.has(dots)]


def _dots_between(image: Grey, rows: Sequence[NDArray[np.int64]], size: float) -> NDArray[np.int64]:
    """The dots of rows that go on under what is written on them: edges, one dot a line.

    `rows` are those found beside that, `size` is the height of a letter in pixels of the image. A dot has another one
    beside it, a step away: what ends an abbreviation has none.
    """
    found = [np.zeros((0, 4), np.int64)]
    for row in rows:
        end = row[-1]
        behind = [
            other[0]
            for other in rows
            if 0 < (away := other[0, 0] - end[2]) <= WRITTEN * size
            and abs(other[0, 3] - end[3]) <= LEVEL * size + SLANT * away
        ]
        if not behind:
            continue
        begin = min(behind, key=lambda dot: int(dot[0]))
        left, top = int(end[2]) + 1, max(0, int(min(end[1], begin[1]) - size))
        crop = image[top : int(max(end[3], begin[3]) + size), left : int(begin[0])]
        dots, _ = _low_pieces(crop, (left, top), size)
        level = np.interp(dots[:, 0], (end[0], begin[0]), (end[3], begin[3]))
        usual = np.median(row[:, 2:] - row[:, :2], axis=0)
        alike = (np.abs(dots[:, 2:] - dots[:, :2] - usual) <= np.maximum(2, ALIKE * usual)).all(axis=1)
        dots = dots[alike & (np.abs(dots[:, 3] - level) <= max(2.0, LEVEL * size))]
        step = float(np.median(np.diff(row[:, 0])))
        apart = np.abs(dots[:, :1] - np.concatenate((dots[:, 0], [end[0], begin[0]])))
        found.append(dots[(np.abs(apart - step) <= max(1.5, PHASE * step)).any(axis=1)])
    return np.concatenate(found)


def _joined(stretches: Sequence[Box], letters: Grey, letter_height: float, scale: float) -> list[Box]:
    """The stretches from the top, those on one level with nothing but white between them as one."""
    size = letter_height / scale
    high = int(ABOVE[1] * letter_height)
    found: list[Box] = []
    for box in sorted(stretches, key=lambda box: box.left):
        for at, before in enumerate(found):
            level = abs(before.bottom - box.bottom) <= LEVEL * size + SLANT * (box.right - before.left)
            if not level or not 0 <= box.left - before.right <= BROKEN * size:
                continue
            bottom = int(box.bottom * scale)
            between = slice(int(before.right * scale), int(box.left * scale) + 1)
            if not letters[max(0, bottom - high) : bottom + 1, between].any():
                found[at] = before.union(box)
                break
        else:
            found.append(box)
    return sorted(found, key=lambda box: (box.top, box.left))


def _found_rows(image: Grey, mask: Grey, letter_height: float, scale: float, least: float) -> list[_DotRow]:
    """The rows across; `least` is the length in letter heights from which a place is looked at."""
    return [
        row
        for place in _flat_places(mask, letter_height, least)
        for row in _rows(image, place, letter_height, scale)
    ]


def _flat_places(mask: Grey, letter_height: float, least: float) -> list[tuple[int, int, int, int]]:
    """Left, top, right, bottom in the thumbnail of what is long and low: rows of dots, rules, rows of marks."""
    joined = cv2.morphologyEx(
        mask, cv2.MORPH_CLOSE, np.ones((1, int(FARTHEST_DOT * letter_height) | 1), np.uint8)
    )
    high = cv2.morphologyEx(
        joined, cv2.MORPH_OPEN, np.ones((int(LARGEST_DOT * letter_height) + 2, 1), np.uint8)
    )
    low = cv2.bitwise_and(joined, cv2.bitwise_not(high))
    flat = level_strokes(np.asarray(low, np.uint8), max(3, int(least * letter_height)))
    contours, _ = cv2.findContours(flat, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    rectangles = [cv2.boundingRect(contour) for contour in contours]
    return [(x, y, x + wide, y + high_) for x, y, wide, high_ in rectangles]


def _rows(image: Grey, place: tuple[int, int, int, int], letter_height: float, scale: float) -> list[_DotRow]:
    """The rows of dots and the rules in a place of the thumbnail, looked at in the image itself."""
    size = letter_height / scale
    margin = int(size / 3)
    left, top = max(0, int(place[0] / scale) - margin), max(0, int(place[1] / scale) - margin)
    right, bottom = int(place[2] / scale) + margin, int(place[3] / scale) + margin
    dots, rules = _low_pieces(image[top:bottom, left:right], (left, top), size)
    return [_DotRow(row, dotted=True) for row in _dotted(dots, size)] + [
        _DotRow(rule[None], dotted=False) for rule in rules
    ]


def _low_pieces(crop: Grey, at: tuple[int, int], size: float) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """What may be dots and what may be rules in a part of the image, whose left and top are `at`: their edges."""
    if not crop.size:  # OpenCV's components of nothing end the process
        nothing = np.zeros((0, 4), np.int64)
        return nothing, nothing
    _, ink = cv2.threshold(np.ascontiguousarray(crop), 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8, ltype=cv2.CV_32S)
    stats = stats[1:]
    # What the crop's edge cuts off is part of something larger.
    inside = (stats[:, 1] > 0) & (stats[:, 1] + stats[:, 3] < ink.shape[0])
    low = stats[:, 3] <= LARGEST_DOT * size + SLANT * stats[:, 2]
    x, y, wide, high, area = stats[inside & low & (stats[:, 4] >= SMALLEST_AREA)].astype(np.int64).T
    left, top = at
    edges = np.stack([x + left, y + top, x + wide + left, y + high + top], axis=1)
    compact = (np.maximum(wide, high) <= LARGEST_DOT * size) & (area >= FILLED * wide * high)
    compact &= ~_hollow(np.asarray(ink, np.uint8), x, y, wide, high)
    rule = (wide >= SHORTEST_BLANK * size) & (area <= LARGEST_DOT / 2 * size * wide)
    return edges[compact], edges[rule]


def _hollow(ink: Grey, x: Ints, y: Ints, wide: Ints, high: Ints) -> NDArray[np.bool_]:
    """Which pieces of ink have paper within them; their boxes are in pixels of `ink`."""
    found = np.zeros(len(x), np.bool_)
    if not (np.minimum(wide, high) >= HOLLOW).any():
        return found
    contours, hierarchy = cv2.findContours(ink, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    for contour, (_, _, _, around) in zip(contours, hierarchy[0].tolist(), strict=True):
        if around >= 0 and len(contour) > LEAST_HOLE:
            left, top = contour.min(axis=(0, 1)).tolist()
            found |= (x < left) & (left < x + wide) & (y < top) & (top < y + high)
    return found & (np.minimum(wide, high) >= HOLLOW)


def _dotted(edges: NDArray[np.int64], size: float) -> list[NDArray[np.int64]]:
    """Rows of at least four dots of one size, each as high as the one before it and at the usual distance from it."""
    if len(edges) < FEWEST_DOTS:
        return []
    rows: list[list[list[int]]] = []
    for dot in edges[np.argsort(edges[:, 0], kind="stable")].tolist():
        for row in rows:
            level = abs(dot[3] - row[-1][3]) <= max(2, LEVEL * size)
            if level and 0 <= dot[0] - row[-1][2] <= FARTHEST_DOT * size:
                row.append(dot)
                break
        else:
            rows.append([dot])
    arrays = [np.array(row, np.int64) for row in rows if len(row) > 1]
    sure = [_even_stretches(row) if len(row) >= FEWEST_DOTS else [] for row in arrays]
    whole = [stretch for stretches in sure for stretch in stretches]
    # What writing has left of a row goes on where the row ends.
    rest = [row for row, stretches in zip(arrays, sure, strict=True) if not stretches]
    return whole + [row for row in rest if any(_goes_on(row, stretch, size) for stretch in whole)]


def _goes_on(fragment: NDArray[np.int64], stretch: NDArray[np.int64], size: float) -> bool:
    """True when a few dots are as large as those of a row and stand on its line."""
    usual = np.median(stretch[:, 2:] - stretch[:, :2], axis=0)
    alike = np.abs(np.median(fragment[:, 2:] - fragment[:, :2], axis=0) - usual) <= np.maximum(
        2, ALIKE * usual
    )
    gaps = np.abs(stretch[:, 0] - fragment[0, 0])
    nearest = stretch[int(np.argmin(gaps))]
    level = abs(int(nearest[3]) - int(fragment[0, 3])) <= max(2.0, LEVEL * size + SLANT * float(gaps.min()))
    return bool(alike.all()) and level


def _even_stretches(dots: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    """The stretches of a row in which the dots follow each other at the usual distance, if they are alike."""
    sides = np.stack([dots[:, 2] - dots[:, 0], dots[:, 3] - dots[:, 1]], axis=1)
    usual = np.median(sides, axis=0)
    alike = (np.abs(sides - usual) <= np.maximum(2, ALIKE * usual)).all(axis=1)
    steps = np.diff(dots[:, 0])
    step = float(np.median(steps))
    if alike.mean() < MOSTLY or (np.abs(steps - step) <= max(2, ALIKE * step)).mean() < MOSTLY:
        return []
    stretches = np.split(dots, np.flatnonzero(steps > (1 + ALIKE) * step + 2) + 1)
    return [stretch for stretch in stretches if len(stretch) >= 2]


def _free_stretches(row: _DotRow, letters: Grey, letter_height: float, scale: float) -> list[Box]:
    """The stretches of a row over which nothing stands."""
    high, low = (int(share * letter_height) for share in reversed(ABOVE))
    size = letter_height / scale
    places = row.edges
    if not row.dotted:
        left, top, right, bottom = row.edges[0]
        xs = np.arange(left, right, max(1, int(size / 4)))
        ends = np.minimum(xs + int(size / 4) + 1, right)
        places = np.stack([xs, np.full_like(xs, top), ends, np.full_like(xs, bottom)], axis=1)
    xs, ys = (places[:, 0] * scale).astype(int), (places[:, 1] * scale).astype(int)
    covered = np.array(
        [
            letters[max(0, y - high) : max(0, y - low), max(0, x - 1) : x + 2].any()
            for x, y in zip(xs, ys, strict=True)
        ]
    )
    runs = np.split(places, np.flatnonzero(covered[1:] != covered[:-1]) + 1)
    free = runs[int(covered[0]) :: 2]
    least = FEWEST_DOTS if row.dotted else 1
    boxes = [
        Box(int(run[0, 0]), int(run[:, 1].min()), int(run[-1, 2]), int(run[:, 3].max()))
        for run in free
        if len(run) >= least
    ]
    return [box for box in boxes if row.dotted or box.width >= SHORTEST_BLANK * size]


def _is_blank(row: _DotRow, mask: Grey, letter_height: float, scale: float) -> bool:
    """True when a rule lies on a line's baseline: letters or other blanks stand beside it, and nothing hangs on it."""
    left, top, right, bottom = (row.edges[0] * scale).astype(int).tolist()
    near, gap, foot = int(BESIDE * letter_height), 2, int(FOOT * letter_height)
    under = mask[bottom + 2 : bottom + 2 + int(UNDER * letter_height), left + 1 : right]
    if under.size and under.any(axis=0).mean() > HANGING:
        return False
    line = slice(max(0, top - foot), bottom + foot)
    before = mask[line, max(0, left - near) : max(0, left - gap)]
    behind = mask[line, right + gap : right + near]
    # The feet of letters end at the rule's level; a rule over letters has their heads beside it.
    below = slice(bottom + foot, bottom + int(letter_height))
    hanging = (
        mask[below, max(0, left - near) : max(0, left - gap)].any(axis=0).mean()
        + mask[below, right + gap : right + near].any(axis=0).mean()
    )
    return bool(before.any() or behind.any()) and hanging < HANGING
