"""A sheet of paper in a photograph: found, and how it is made flat.

The camera sees a table around the sheet, the sheet from one side, and paper that curls. The sheet is what encloses the
text and stands out from what lies around it; its four edges say how it lies. Between them the paper is taken to bend as
its edges do (a Coons patch), in perspective.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.polynomial import polynomial
from numpy.typing import NDArray

from model.page import Rectification
from ocr.image.orientation import Pieces
from ocr.image.quality import Survey
from ocr.image.rectify import scale_for

REDUCED = 400
"""Pixels, long side of the picture on which a sheet is looked for."""

SMALL_INK = 9
"""Pixels of it: letters are less broad. Where one is, the paper's grey level is that beside it."""

RING = 4
"""Pixels of it along the edges of the picture: what differs from paper there is the table."""

STANDS_OUT = 0.12
"""Natural logarithm: by how much a table is darker or lighter than the paper."""

LEAST_TABLE = 0.05
"""Share of the ring from which there is a table at all."""

LEAST_SHEET = 0.08
"""Share of the picture that a sheet takes at least."""

FOUR_CORNERED = 0.93
"""Share of its four-cornered outline that a sheet fills at least; a corner may be bent."""

CLEAR_EDGE = 0.7
"""Share of a sheet's outline along which it must stand out."""

LETTERS_ON_IT = 0.95
"""Share of the letters that must lie on it."""

FEWEST_LETTERS = 40

CELLS = 24
"""Cells along the long side of the grid on which letters are counted."""

DENSE = 0.3
"""Share of the most letters in one cell from which a cell belongs to the text."""

INSET = 0.006
"""Share of a sheet's sides that is left out along its edges, where the shadow is."""

NODES = 13
"""Nodes along each side of the grid by which a sheet is rectified."""

BEND = 4
"""Degree of the curve along an edge."""

TORN = 0.004
"""Share of a side: what lies further from the curve along an edge has little say in it."""

LEVEL_SHEET = 0.012
"""Share of a side: a sheet whose corners and edges are nowhere further from a level rectangle lay on a scanner."""


@dataclass(frozen=True, slots=True)
class _SheetView:
    """The reduced picture without its letters, logarithm of grey, its scale, and where letters of its text are."""

    level: NDArray[np.float32]
    scale: float
    text: NDArray[np.bool_]


def sheet(seen: Survey, width: int, height: int) -> Rectification | None:
    """How the sheet that a photograph of `width` by `height` pixels shows is rectified; None where it shows none.

    None too for a sheet that lies straight on a scanner's dark ground: nothing would be gained.
    """
    letters = seen.pieces.letters()
    if len(letters) < FEWEST_LETTERS:
        return None
    view = _view(seen, letters)
    inside = _inside(view)
    if inside is None:
        return None
    outlines, _ = cv2.findContours(inside, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    outline = np.asarray(max(outlines, key=cv2.contourArea), np.int32)
    corners = _corners(outline)
    if corners is None or not _is_clear(view, inside, outline):
        return None
    points = outline.reshape(-1, 2).astype(np.float64) + 0.5
    if _letters_in(corners, seen.pieces, letters, view.scale / seen.scale) < LETTERS_ON_IT:
        return None
    edges = _edges(points, corners)
    if edges is None:
        return None
    nodes = _nodes(corners, edges) / view.scale
    if _is_level(nodes, width, height):
        return None
    return _rectification(nodes, scale_for(seen.quality.x_height))


def _view(seen: Survey, letters: NDArray[np.float64]) -> _SheetView:
    high, wide = seen.small.shape
    scale = min(1.0, REDUCED / max(high, wide))
    small = cv2.resize(seen.small, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    paper = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((SMALL_INK, SMALL_INK), np.uint8))
    level = np.log(np.maximum(cv2.GaussianBlur(paper, (3, 3), 0), 1)).astype(np.float32)
    cell = max(small.shape) / CELLS
    middles = (letters[:, :2] + letters[:, 2:]) / 2 * scale / cell
    counts = np.zeros((int(small.shape[0] / cell) + 1, int(small.shape[1] / cell) + 1), np.float32)
    np.add.at(counts, (middles[:, 1].astype(np.intp), middles[:, 0].astype(np.intp)), 1)
    counts = np.asarray(cv2.blur(counts, (3, 3), borderType=cv2.BORDER_CONSTANT), np.float32)
    dense = (counts >= DENSE * counts.max()).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(dense, connectivity=4)
    largest = labels == 1 + int(np.argmax(stats[1:, cv2.CC_STAT_AREA]))
    x, y = middles.astype(np.intp).T
    in_text = largest[y, x]
    text = np.zeros(small.shape, np.bool_)
    x, y = (middles[in_text] * cell).astype(np.intp).T
    text[y, x] = True
    return _SheetView(level, scale * seen.scale, text)


def _inside(view: _SheetView) -> NDArray[np.uint8] | None:
    """Where the sheet is, by a watershed between the text and what is no paper along the edges of the picture."""
    level, high, wide = view.level, *view.level.shape
    ys, xs = np.nonzero(view.text)
    terms = np.stack([np.ones(len(xs)), xs / wide, ys / high], axis=1)
    light, *_ = np.linalg.lstsq(terms, level[ys, xs], rcond=None)
    rows, columns = np.mgrid[0:high, 0:wide]
    paper = light[0] + light[1] * columns / wide + light[2] * rows / high
    foreign = np.abs(level - paper) > STANDS_OUT
    ring = np.ones((high, wide), np.bool_)
    ring[RING:-RING, RING:-RING] = False
    if np.count_nonzero(foreign & ring) < LEAST_TABLE * np.count_nonzero(ring):
        return None
    markers = np.zeros((high, wide), np.int32)
    markers[ring] = np.where(foreign[ring], 1, 2)
    markers[view.text & ~foreign] = 2
    grey = np.exp(level).round().astype(np.uint8)
    cv2.watershed(cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR), markers)
    inside = (markers == 2).astype(np.uint8)
    inside[0], inside[-1], inside[:, 0], inside[:, -1] = inside[1], inside[-2], inside[:, 1], inside[:, -2]
    return inside if LEAST_SHEET * inside.size <= np.count_nonzero(inside) else None


def _corners(outline: NDArray[np.int32]) -> NDArray[np.float64] | None:
    """Four corners of an outline, clockwise from the top left; None where it is not four-cornered."""
    hull = cv2.convexHull(outline)
    around = cv2.arcLength(hull, closed=True)
    for share in np.arange(0.005, 0.08, 0.0025):
        corners = cv2.approxPolyDP(hull, float(share * around), closed=True)
        if len(corners) <= 4:
            break
    if len(corners) != 4 or cv2.contourArea(outline) < FOUR_CORNERED * cv2.contourArea(corners):
        return None
    points = corners.reshape(4, 2).astype(np.float64) + 0.5
    middle = points.mean(axis=0)
    turned = points[np.argsort(np.arctan2(points[:, 1] - middle[1], points[:, 0] - middle[0]))]
    return np.roll(turned, -int(np.argmin(turned.sum(axis=1))), axis=0)


def _is_clear(view: _SheetView, inside: NDArray[np.uint8], outline: NDArray[np.int32]) -> bool:
    """True when the sheet stands out along most of that part of its outline that is not the picture's edge."""
    high, wide = inside.shape
    within = cv2.boxFilter(inside.astype(np.float32), -1, (9, 9), normalize=False)
    beyond = cv2.boxFilter(1 - inside.astype(np.float32), -1, (9, 9), normalize=False)
    lit = cv2.boxFilter(view.level * inside, -1, (9, 9), normalize=False) / np.maximum(within, 1)
    dark = cv2.boxFilter(view.level * (1 - inside), -1, (9, 9), normalize=False) / np.maximum(beyond, 1)
    x, y = outline.reshape(-1, 2).T
    free = (x > RING) & (y > RING) & (x < wide - 1 - RING) & (y < high - 1 - RING)
    if not free.any():
        return False
    steps = np.abs(lit - dark)[y[free], x[free]]
    return float(np.mean(steps > STANDS_OUT)) >= CLEAR_EDGE


def _letters_in(
    corners: NDArray[np.float64], pieces: Pieces, letters: NDArray[np.float64], scale: float
) -> float:
    """Share of the letters of the text's own size that lie within the corners."""
    size = letters[:, 3] - letters[:, 1]
    own = letters[np.abs(np.log(size / pieces.letter_height)) < 0.4]
    shape = corners.astype(np.float32).reshape(-1, 1, 2)
    middles = (own[:, :2] + own[:, 2:]) / 2 * scale
    within = [cv2.pointPolygonTest(shape, (float(x), float(y)), measureDist=False) >= 0 for x, y in middles]
    return float(np.mean(within)) if within else 0.0


def _square_to(corners: NDArray[np.float64]) -> NDArray[np.float64]:
    """The projective map of the unit square to four corners."""
    square = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], np.float32)
    return np.asarray(cv2.getPerspectiveTransform(square, corners.astype(np.float32)), np.float64)


def _mapped(matrix: NDArray[np.float64], points: NDArray[np.float64]) -> NDArray[np.float64]:
    mapped = np.concatenate([points, np.ones((*points.shape[:-1], 1))], axis=-1) @ matrix.T
    return np.asarray(mapped[..., :2] / mapped[..., 2:], np.float64)


def _edges(points: NDArray[np.float64], corners: NDArray[np.float64]) -> list[NDArray[np.float64]] | None:
    """How the top, bottom, left and right edge bend: polynomials of the distance from the side of the unit square."""
    flat = _mapped(np.asarray(np.linalg.inv(_square_to(corners)), np.float64), points)
    x, y = flat.T
    nearest = np.argmin(np.abs(np.stack([y, 1 - y, x, 1 - x])), axis=0)
    edges: list[NDArray[np.float64]] = []
    for number, (along, off) in enumerate(((x, y), (x, y - 1), (y, x), (y, x - 1))):
        chosen = (nearest == number) & (along > -0.02) & (along < 1.02)
        if np.count_nonzero(chosen) < 3 * BEND:
            return None
        places, distances = along[chosen], off[chosen]
        weights = np.ones(len(places))
        for _ in range(5):
            curve = polynomial.polyfit(places, distances, BEND, w=weights)
            weights = 1 / (1 + ((distances - polynomial.polyval(places, curve)) / TORN) ** 2)
        edges.append(np.asarray(curve, np.float64))
    return edges


def _nodes(corners: NDArray[np.float64], edges: list[NDArray[np.float64]]) -> NDArray[np.float64]:
    """The nodes of the grid over a sheet, rows by columns by x and y, where the corners are."""
    top, bottom, left, right = edges
    places = np.linspace(INSET, 1 - INSET, NODES)
    u, v = np.meshgrid(places, places)
    across = u + (1 - u) * polynomial.polyval(v, left) + u * polynomial.polyval(v, right)
    down = v + (1 - v) * polynomial.polyval(u, top) + v * polynomial.polyval(u, bottom)
    return _mapped(_square_to(corners), np.stack([across, down], axis=-1))


def _is_level(nodes: NDArray[np.float64], width: int, height: int) -> bool:
    """True when the edges of a sheet are straight and as good as parallel to those of the picture."""
    sides = (nodes[0, :, 1], nodes[-1, :, 1], nodes[:, 0, 0], nodes[:, -1, 0])
    return max(float(np.ptp(side)) for side in sides) <= LEVEL_SHEET * max(width, height)


def _rectification(nodes: NDArray[np.float64], scale: float) -> Rectification:
    lengths = [np.linalg.norm(np.diff(nodes, axis=axis), axis=-1).sum(axis=axis).mean() for axis in (1, 0)]
    width, height = (max(1, round(float(length) * scale)) for length in lengths)
    rows = tuple(tuple((round(float(x), 2), round(float(y), 2)) for x, y in row) for row in nodes)
    return Rectification(width, height, rows)
