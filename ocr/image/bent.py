"""Lines of print that bend or slant on a page, and how the page is made flat by them.

A book's page bends towards its back, a photograph taken from one side has lines that run together, and where no edge of
the sheet is seen only the lines say so. Letters that follow each other in a line say how it runs where they stand; a
smooth slope is laid through what they say all over the page, and the page is shown along it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.polynomial import legendre, polynomial
from numpy.typing import NDArray

from model.page import Rectification
from ocr.image.orientation import LINE_RATIO, Pieces, line_up

Floats = NDArray[np.float64]

FEWEST_LETTERS = 150
"""With fewer there is too little to go by."""

REACH = 6
"""Letters of a line from whose first to whose last its slope is taken."""

LINKS = 100
"""Slopes that are needed at least."""

STEEPEST = 0.25
"""Pixels down per pixel across: what runs steeper is another line's letter."""

NEXT = 1.3
"""Letter heights of white in which the next letter of a line stands."""

SAME_FOOT = 0.3
"""Letter heights by which the feet of two letters that follow each other differ at most beyond their slope."""

DEGREES = (6, 2)
"""Degree of the slope across and down the page."""

CALM = 0.005
"""Weight of the slope's own size beside what letters say, for where there are few."""

LOOSE = 0.02
"""Pixels down per pixel across: what a pair says that is further from the slope around has little say."""

ON_LINE, OF_ONE_MIND = 0.06, 0.75
"""Letter heights by which a line's last letter stands off the slope found, and the share of lines that must stand so
near it. Photographs of print have 0.85 to 0.97, letters full of handwriting 0.52 to 0.56."""

LEAST_BEND = 0.15
"""Letter heights by which one letter in fifty must stand off the straight line that its line keeps to best."""

STEEP = 4.75
"""Degrees from level: where lines slant more they are followed however straight they are, since a page is not turned by
so much (`orientation.MAX_SKEW`)."""

SHARPER = 1.15
"""So many times more sharply than at the best angle of the page as it lies must letters stand in rows. Scans of flat
pages have 0.7 to 1.0, book pages that bend at one side only 1.2 to 1.5, sheets that bend as a whole 1.4 to 2.2."""

NODES = 25
"""Nodes along each side of the grid by which a page is made flat."""

_ANGLES = np.deg2rad(np.arange(-5.0, 5.1, 0.25)).tolist()

_STEPS = 4
"""Steps between two nodes in which a line is followed."""


@dataclass(frozen=True, slots=True)
class _Slopes:
    """Pixels down per pixel across, a Legendre series of the place from -1 to 1 across and down the page."""

    terms: Floats
    width: int
    height: int

    def at(self, x: Floats, y: Floats) -> Floats:
        """The slope at places of the page, in pixels."""
        across, down = 2 * x / self.width - 1, 2 * y / self.height - 1
        return np.asarray(legendre.legval2d(across, down, self.terms), np.float64)

    def lines(self, x: Floats, y: Floats) -> Floats:
        """How far below its place in the middle of the page a line runs at `x`, rows by columns: its places in the
        middle are `y`."""
        middle = self.width / 2
        found = np.empty((len(y), len(x)))
        for chosen in (np.flatnonzero(x >= middle), np.flatnonzero(x < middle)[::-1]):
            at, now = middle, y.astype(np.float64)
            for column in chosen:
                step = (float(x[column]) - at) / _STEPS
                for _ in range(_STEPS):
                    half = now + step / 2 * self.at(np.full_like(now, at), now)
                    now = now + step * self.at(np.full_like(now, at + step / 2), half)
                    at += step
                found[:, column] = now
        return found - y[:, None]


def bent_lines(found: Pieces) -> Floats | None:
    """How a page whose lines bend is made flat, be they level or upright on it; None where they are straight, or do not
    say how they run.

    Returns:
        Places of the page in pixels of the pieces' frame, rows by columns by x and y: where the nodes of a grid over
        the flat page lie, the outermost on its edges.
    """
    if len(found.letters()) < FEWEST_LETTERS:
        return None
    slopes = _slopes(found)
    if slopes is not None:
        return _flat_nodes(found, slopes)
    turned = found.turned(1)
    slopes = _slopes(turned)
    nodes = None if slopes is None else _flat_nodes(turned, slopes)
    if nodes is None or line_up(turned) < LINE_RATIO * line_up(found):
        return None
    back = nodes[:, ::-1].transpose(1, 0, 2)
    return np.stack([back[..., 1], found.height - back[..., 0]], axis=-1)


def _flat_nodes(found: Pieces, slopes: _Slopes) -> Floats | None:
    """The nodes for pieces whose lines are more or less level; None where they are straight."""
    letters, size = found.letters(), found.letter_height
    sunk = _sunk(letters, slopes)
    feet, middles = letters[:, 3], (letters[:, 0] + letters[:, 2]) / 2
    straight = polynomial.polyfit(middles, sunk, 1)
    is_steep = abs(straight[1]) > math.tan(math.radians(STEEP))
    bend = np.percentile(np.abs(sunk - polynomial.polyval(middles, straight)), 98)
    if bend < LEAST_BEND * size and not is_steep:
        return None
    before = max(_in_rows(feet - middles * math.tan(angle)) for angle in ([0.0] if is_steep else _ANGLES))
    if _in_rows(feet - sunk) < SHARPER * before:
        return None
    across = np.linspace(0, found.width, NODES)
    # What lies above the page in its middle may be seen at its sides.
    first, last = slopes.lines(across, np.array([0.0, float(found.height)]))
    down = np.linspace(-max(0.0, float(first.max())), found.height - min(0.0, float(last.min())), NODES)
    x, y = np.meshgrid(across, down)
    return np.stack([x, y + slopes.lines(across, down)], axis=-1)


def flat_by(nodes: Floats, known: Rectification, scale: float) -> Rectification:
    """A rectification after another: `nodes` are places of `known`'s image, reduced by `scale`."""
    sides = np.ptp(nodes[len(nodes) // 2, :, 0]), np.ptp(nodes[:, nodes.shape[1] // 2, 1])
    width, height = (max(1, round(float(side) / scale)) for side in sides)
    grid = np.array(known.nodes, np.float64)
    places = nodes / scale / np.array([known.width, known.height]) * (np.array(grid.shape[1::-1]) - 1)
    cell = np.clip(np.floor(places).astype(np.intp), 0, np.array(grid.shape[1::-1]) - 2)
    part = places - cell
    column, row = cell[..., 0], cell[..., 1]
    right, below = part[..., :1], part[..., 1:]
    on_page = (
        grid[row, column] * (1 - right) * (1 - below)
        + grid[row, column + 1] * right * (1 - below)
        + grid[row + 1, column] * (1 - right) * below
        + grid[row + 1, column + 1] * right * below
    )
    rows = tuple(tuple((round(float(x), 2), round(float(y), 2)) for x, y in line) for line in on_page)
    return Rectification(width, height, rows)


def _slopes(found: Pieces) -> _Slopes | None:
    """The slope of the lines all over a page, by its letters; None where they are of many minds."""
    x, y, slope, wide = _said(found.letters(), found.letter_height)
    if len(x) < LINKS:
        return None
    across, down = 2 * x / found.width - 1, 2 * y / found.height - 1
    shape = (DEGREES[0] + 1, DEGREES[1] + 1)
    terms = legendre.legvander2d(across, down, DEGREES)
    powers = np.add.outer(np.arange(shape[0]), np.arange(shape[1])).ravel()
    calm = np.diag(np.where(powers > 0, CALM * len(x) * powers / sum(DEGREES), 0.0))
    weights = np.ones(len(x))
    value = np.zeros(terms.shape[1])
    for _ in range(8):
        weighted = terms * weights[:, None]
        value = np.linalg.solve(weighted.T @ terms + calm * weights.mean(), weighted.T @ slope)
        weights = 1 / (1 + ((slope - terms @ value) / LOOSE) ** 2)
    off = np.abs(slope - terms @ value) * wide
    if np.mean(off <= max(1.0, ON_LINE * found.letter_height)) < OF_ONE_MIND:
        return None
    return _Slopes(value.reshape(shape), found.width, found.height)


def _said(letters: Floats, size: float) -> tuple[Floats, Floats, Floats, Floats]:
    """Where chains of letters of a line are, and how they slope: x, y, pixels down per pixel across, and length."""
    order = letters[np.argsort(letters[:, 0], kind="stable")]
    following = _following(order, size)
    last = np.arange(len(order))
    steps = np.zeros(len(order), np.intp)
    for _ in range(REACH):
        going = following[last] >= 0
        last = np.where(going, following[last], last)
        steps += going
    first = np.flatnonzero(steps == REACH)
    last = last[first]
    start, end = (order[index, 0] + order[index, 2] for index in (first, last))
    wide = (end - start) / 2
    slope = (order[last, 3] - order[first, 3]) / np.maximum(wide, 1)
    kept = (np.abs(slope) <= STEEPEST) & (wide > 2 * size)
    x = (start + end)[kept] / 4
    y = (order[first, 3] + order[last, 3])[kept] / 2
    return x, y, slope[kept], wide[kept]


def _following(order: Floats, size: float) -> NDArray[np.intp]:
    """For each letter, sorted by their left edges, the next of its line; -1 where there is none."""
    count = len(order)
    best = np.full(count, np.inf)
    following = np.full(count, -1, np.intp)
    for step in range(1, count):
        one, other = order[:-step], order[step:]
        gap = other[:, 0] - one[:, 2]
        if gap.min() > NEXT * size:
            break
        apart = (other[:, 0] + other[:, 2] - one[:, 0] - one[:, 2]) / 2
        foot = np.abs(other[:, 3] - one[:, 3])
        fits = (gap > -0.3 * size) & (gap <= NEXT * size) & (foot <= SAME_FOOT * size + STEEPEST / 2 * apart)
        far = np.where(fits, apart + 2 * foot, np.inf)
        nearer = far < best[: count - step]
        best[: count - step][nearer] = far[nearer]
        following[: count - step][nearer] = np.flatnonzero(nearer) + step
    return following


def _sunk(letters: Floats, slopes: _Slopes) -> Floats:
    """By how much each letter's foot lies below where its line has it in the middle of the page."""
    across = np.linspace(0, slopes.width, NODES)
    down = np.linspace(-0.3 * slopes.height, 1.3 * slopes.height, 2 * NODES)
    reach = slopes.lines(across, down)
    places = down[:, None] + reach
    x = (letters[:, 0] + letters[:, 2]) / 2
    column = np.clip((x / slopes.width * (NODES - 1)), 0, NODES - 1.001)
    left = column.astype(np.intp)
    part = column - left
    sunk = np.empty(len(letters))
    for index in range(NODES - 1):
        chosen = np.flatnonzero(left == index)
        if len(chosen):
            share, foot = part[chosen], letters[chosen, 3]
            ends = [foot - np.interp(foot, places[:, at], down) for at in (index, index + 1)]
            sunk[chosen] = ends[0] * (1 - share) + ends[1] * share
    return sunk


def _in_rows(feet: Floats) -> float:
    """How sharply letters with such feet stand in rows."""
    bins = np.bincount((feet - feet.min()).astype(np.intp))
    smooth = np.convolve(bins, [1, 2, 3, 2, 1])
    return float(np.dot(smooth, smooth)) / len(feet)
