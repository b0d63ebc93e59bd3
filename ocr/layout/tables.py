"""Tables, frames and separators of a page, from its ruling lines.

Rules that hang together make a grid. Where no rule stands between two of its fields they are one cell, so a spanning
cell is one, and a rule that a scan has broken in places still parts what it was drawn to part. Sides that a table
leaves open (many have no rule at the left and right) are closed at the ends of its rules.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from model.box import Box
from model.region import Region, RegionKind, TableCellRole
from ocr.image.scale import in_image, on_thumbnail
from ocr.layout.ruling import Ruling

SHORT_RULE = 1.8
"""In letter heights: strokes from this length on are rules of a table where both their ends meet rules of the other
direction. Taller than nearly all letters, shorter than a row."""

MEET = 3
"""Thumbnail pixels by which rules may miss each other."""

SMALLEST_FIELD = 0.8
"""In letter heights. What is lower or narrower is the gap of a double line."""

BESIDE, FRINGE = 5, 1
MOST_INK = 0.3
"""Thumbnail pixels beside a rule, without those along it where its own ink may be ragged, and the share of its length
along which there may be ink on both its sides."""

EDGE = 4
"""Thumbnail pixels along the sides of a cell that may be its rules."""

DASH = (0.2, 1.6, 0.35)
"""In letter heights: the least and the largest width of a dash, and its largest height."""

WALL = 0.5
"""Share of the side between two fields that a rule must cover to part them."""

FEWEST_RULES = 3
"""Rules that make a table or frame, those across and down together. Two are a cross, a corner or an arrow."""

SIDES = 2
CLOSED = 0.75
"""How many sides of a table are drawn at least, and the share of all sides between its cells that are."""

LEAST_SHEAR = 1.5
"""Thumbnail pixels by which a table's rules may slant from end to end before its grid is laid straight."""

Lines = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class RuledRegions:
    """What ruling lines make of a page, in pixels of the image.

    `tables`: tables with two cells or more, cells row by row. `frames`: rules around a single field. `across` and
    `down`: the single rules that belong to neither, and those within tables and frames. `dashes`: the dashes that
    stand alone in cells.
    """

    tables: tuple[Region, ...]
    frames: tuple[Region, ...]
    across: tuple[Box, ...]
    down: tuple[Box, ...]
    dashes: tuple[Box, ...] = ()

    @property
    def cells(self) -> tuple[Region, ...]:
        """The cells of all tables."""
        return tuple(cell for table in self.tables for cell in table.parts)


def ruled_regions(mask: Lines, rules: Ruling, letter_height: float, scale: float) -> RuledRegions:
    """The tables and frames that ruling lines make.

    `mask` is the ink of a page's thumbnail, `rules` its ruling lines, `letter_height` in the thumbnail's pixels,
    `scale` the thumbnail's pixels per image pixel.
    """
    if not rules.any():
        return RuledRegions((), (), (), ())
    flat, steep = _straight_strokes(mask, letter_height)
    across, down = _with_short_rules(
        _through_paper(mask, rules.across, upright=False),
        _through_paper(mask, rules.down, upright=True),
        (_through_paper(mask, flat, upright=False), _through_paper(mask, steep, upright=True)),
        letter_height,
    )
    tables: list[Region] = []
    frames: list[Region] = []
    for left, top, right, bottom, own in _hanging_together(across, down, SHORT_RULE * letter_height):
        part = (slice(top, bottom), slice(left, right))
        own_across, own_down = np.minimum(across[part], own), np.minimum(down[part], own)
        cells = _Grid(own_across, own_down, flat[part], steep[part], letter_height).cells()
        box = in_image((left, top, right, bottom), scale)
        if len(cells) == 1:
            frames.append(Region(RegionKind.FRAME, box))
        elif cells:
            parts = tuple(
                Region(
                    RegionKind.CELL,
                    in_image((x0 + left, y0 + top, x1 + left, y1 + top), scale),
                    at,
                    cell=role,
                )
                for at, ((x0, y0, x1, y1), role) in enumerate(cells)
            )
            tables.append(Region(RegionKind.TABLE, box, parts=parts))
    dashes = [
        dash
        for table in tables
        for cell in table.parts
        if (dash := _dash(mask, cell.box, letter_height, scale)) is not None
    ]
    return RuledRegions(
        _in_order(tables), _in_order(frames), _boxes(across, scale), _boxes(down, scale), tuple(dashes)
    )


def _dash(mask: Lines, cell: Box, letter_height: float, scale: float) -> Box | None:
    """The dash in a cell that holds nothing else: it means nothing or none, and is no letter by its height."""
    left, top, right, bottom = on_thumbnail(cell, scale)
    left, top = left + EDGE, top + EDGE
    inside = np.ascontiguousarray(mask[top : bottom - EDGE, left : right - EDGE])
    if not inside.size or np.count_nonzero(inside) > DASH[1] * DASH[2] * letter_height**2:
        return None
    contours, _ = cv2.findContours(inside, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    pieces = [piece for piece in map(cv2.boundingRect, contours) if not _is_edge(piece, inside.shape)]
    if len(pieces) != 1:
        return None
    x, y, wide, high = pieces[0]
    flat = DASH[0] * letter_height <= wide <= DASH[1] * letter_height and high <= DASH[2] * letter_height
    amid = abs(y + high / 2 - inside.shape[0] / 2) <= inside.shape[0] / 3
    if not flat or not amid or wide < 1.5 * high:
        return None
    return in_image((left + x, top + y, left + x + wide, top + y + high), scale)


def _is_edge(piece: Sequence[int], shape: tuple[int, ...]) -> bool:
    """Whether a piece in a cell is what is left of a rule beside it: flat, along the side."""
    x, y, wide, high = piece
    along = high <= MEET and (y == 0 or y + high == shape[0])
    return along or (wide <= MEET and (x == 0 or x + wide == shape[1]))


def _straight_strokes(mask: Lines, letter_height: float) -> tuple[Lines, Lines]:
    """Straight strokes across and down that are longer than nearly all of letters."""
    short = max(3, int(SHORT_RULE * letter_height))
    flat = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((1, short), np.uint8))
    steep = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((short, 1), np.uint8))
    return np.asarray(flat, np.uint8), np.asarray(steep, np.uint8)


def _through_paper(mask: Lines, rules: Lines, *, upright: bool) -> Lines:
    """The rules that run through paper: a streak of the copier, and a stroke through words, has ink on both sides."""
    contours, _ = cv2.findContours(rules, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    kept = []
    for contour in contours:
        left, top, width, height = cv2.boundingRect(contour)
        if upright:
            before = mask[top : top + height, max(0, left - BESIDE) : max(0, left - FRINGE)].any(axis=1)
            behind = mask[top : top + height, left + width + FRINGE : left + width + BESIDE].any(axis=1)
        else:
            before = mask[max(0, top - BESIDE) : max(0, top - FRINGE), left : left + width].any(axis=0)
            behind = mask[top + height + FRINGE : top + height + BESIDE, left : left + width].any(axis=0)
        if (before & behind).mean() < MOST_INK:
            kept.append(contour)
    found = np.zeros_like(rules)
    cv2.drawContours(found, kept, -1, 255, cv2.FILLED)
    return found


def _with_short_rules(
    across: Lines, down: Lines, strokes: tuple[Lines, Lines], letter_height: float
) -> tuple[Lines, Lines]:
    """The rules across and down, with strokes that run from rule to rule, small breaks closed."""
    gap = max(3, int(letter_height / 2) | 1)
    flat, steep = strokes
    down = np.asarray(cv2.bitwise_or(down, _meeting(steep, across, upright=True)), np.uint8)
    across = np.asarray(cv2.bitwise_or(across, _meeting(flat, down, upright=False)), np.uint8)
    return (
        np.asarray(cv2.morphologyEx(across, cv2.MORPH_CLOSE, np.ones((1, gap), np.uint8)), np.uint8),
        np.asarray(cv2.morphologyEx(down, cv2.MORPH_CLOSE, np.ones((gap, 1), np.uint8)), np.uint8),
    )


def _meeting(strokes: Lines, rules: Lines, *, upright: bool) -> Lines:
    """The strokes of which both ends meet a rule."""
    near = cv2.dilate(rules, np.ones((2 * MEET + 1, 2 * MEET + 1), np.uint8))
    contours, _ = cv2.findContours(strokes, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    kept = []
    for contour in contours:
        left, top, width, height = cv2.boundingRect(contour)
        right, bottom = left + width - 1, top + height - 1
        ends = (
            (near[top, left : right + 1], near[bottom, left : right + 1])
            if upright
            else (near[top : bottom + 1, left], near[top : bottom + 1, right])
        )
        if all(end.any() for end in ends):
            kept.append(contour)
    found = np.zeros_like(strokes)
    cv2.drawContours(found, kept, -1, 255, cv2.FILLED)
    return found


def _hanging_together(across: Lines, down: Lines, least: float) -> list[tuple[int, int, int, int, Lines]]:
    """Rules that touch each other: left, top, right and bottom of their place, and the mask of them in it."""
    both = cv2.dilate(cv2.bitwise_or(across, down), np.ones((MEET, MEET), np.uint8))
    contours, hierarchy = cv2.findContours(both, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    found = []
    for number, contour in enumerate(contours):
        left, top, width, height = cv2.boundingRect(contour)
        if hierarchy[0][number][3] >= 0 or min(width, height) < least:  # the edge of a hole, or a single rule
            continue
        own = np.zeros((height, width), np.uint8)
        cv2.drawContours(
            own, contours, number, 255, cv2.FILLED, hierarchy=hierarchy, maxLevel=1, offset=(-left, -top)
        )
        found.append((left, top, left + width, top + height, own))
    return found


class _Grid:
    """The grid of rules that hang together, cut out of the thumbnail.

    `flat` and `steep` are all straight strokes there: in the place of a rule they are what is left of a broken one.
    """

    def __init__(self, across: Lines, down: Lines, flat: Lines, steep: Lines, letter_height: float) -> None:
        self._least = SMALLEST_FIELD * letter_height
        self._slope = _slope(across)
        self._shape = across.shape
        if abs(self._slope) * across.shape[1] > LEAST_SHEAR:
            across, down, flat, steep = map(self._straight, (across, down, flat, steep))
        self._across = cv2.dilate(cv2.bitwise_or(across, flat), np.ones((2 * MEET + 1, 1), np.uint8)) > 0
        self._down = cv2.dilate(cv2.bitwise_or(down, steep), np.ones((1, 2 * MEET + 1), np.uint8)) > 0
        rows, columns = _levels(across, self._least, upright=False), _levels(down, self._least, upright=True)
        self._drawn = len(rows) + len(columns) if rows and columns else 0
        left, top, wide, high = cv2.boundingRect(cv2.bitwise_or(across, down))
        self._rows = _closed(rows, top, top + high - 1, self._least)
        self._columns = _closed(columns, left, left + wide - 1, self._least)

    def _straight(self, lines: Lines) -> Lines:
        matrix = np.array([[1.0, self._slope, 0.0], [-self._slope, 1.0, 0.0]])
        size = (lines.shape[1], lines.shape[0])
        return np.asarray(cv2.warpAffine(lines, matrix, size, flags=cv2.INTER_NEAREST), np.uint8)

    def cells(self) -> list[tuple[tuple[int, int, int, int], TableCellRole]]:
        """Edges (left, top, right, bottom in the cut-out) and place of each cell, row by row."""
        rows, columns = len(self._rows) - 1, len(self._columns) - 1
        if min(rows, columns) < 1 or self._drawn < FEWEST_RULES:
            return []
        taken = np.zeros((rows, columns), bool)
        found = []
        for row in range(rows):
            for column in range(columns):
                if not taken[row, column]:
                    role = self._cell(row, column, taken)
                    taken[row : row + role.row_span, column : column + role.column_span] = True
                    found.append((self._edges(role), role))
        return found if self._is_closed([role for _, role in found]) else []

    def _is_closed(self, roles: Sequence[TableCellRole]) -> bool:
        """True when rules stand between the cells and along two sides of the grid: the lines of a drawing do not."""
        top, bottom, left, right = self._rows[0], self._rows[-1], self._columns[0], self._columns[-1]
        outer = (
            self._across[top, left:right], self._across[bottom, left:right],
            self._down[top:bottom, left], self._down[top:bottom, right],
        )  # fmt: skip
        if sum(bool(side.mean() >= WALL) for side in outer) < SIDES:
            return False
        inner: list[NDArray[np.bool_]] = []
        for role in roles:
            x, y = self._columns[role.column + role.column_span], self._rows[role.row + role.row_span]
            if x != right:
                inner.append(self._down[self._rows[role.row] : y, x])
            if y != bottom:
                inner.append(self._across[y, self._columns[role.column] : x])
        return not inner or float(np.concatenate(inner).mean()) >= CLOSED

    def _cell(self, row: int, column: int, taken: NDArray[np.bool_]) -> TableCellRole:
        """The largest cell without a rule in it that begins at a field, taken fields left out."""
        wide = 1
        while (
            column + wide < taken.shape[1]
            and not taken[row, column + wide]
            and not self._wall_right(row, column + wide - 1)
        ):
            wide += 1
        high = 1
        while row + high < taken.shape[0] and self._goes_down(row + high, column, wide, taken):
            high += 1
        return TableCellRole(row, column, high, wide)

    def _goes_down(self, row: int, column: int, wide: int, taken: NDArray[np.bool_]) -> bool:
        """True when the fields of this row belong to the cell of so many columns above it."""
        fields = range(column, column + wide)
        return (
            not taken[row, column : column + wide].any()
            and not any(self._wall_below(row - 1, field) for field in fields)
            and not any(self._wall_right(row, field) for field in fields[:-1])
        )

    def _wall_right(self, row: int, column: int) -> bool:
        top, bottom = self._rows[row], self._rows[row + 1]
        return bool(self._down[top:bottom, self._columns[column + 1]].mean() >= WALL)

    def _wall_below(self, row: int, column: int) -> bool:
        left, right = self._columns[column], self._columns[column + 1]
        return bool(self._across[self._rows[row + 1], left:right].mean() >= WALL)

    def _edges(self, role: TableCellRole) -> tuple[int, int, int, int]:
        left, right = self._columns[role.column], self._columns[role.column + role.column_span]
        top, bottom = self._rows[role.row], self._rows[role.row + role.row_span]
        middle = ((left + right) / 2, (top + bottom) / 2)
        # Back to where the slanting rules are: the cell's middle is turned back, its size kept.
        aside, below = -self._slope * middle[1], self._slope * middle[0]
        high, wide = self._shape
        return (
            int(np.clip(left + aside, 0, wide)), int(np.clip(top + below, 0, high)),
            int(np.clip(right + aside, 0, wide)), int(np.clip(bottom + below, 0, high)),
        )  # fmt: skip


def _slope(across: Lines) -> float:
    """How much the longest rule across falls from left to right, pixels per pixel."""
    contours, _ = cv2.findContours(across, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    points = max(contours, key=lambda contour: int(np.ptp(contour[:, 0, 0])), default=None)
    if points is None or np.ptp(points[:, 0, 0]) < 2 * MEET:
        return 0.0
    return float(np.polyfit(points[:, 0, 0], points[:, 0, 1], 1)[0])


def _levels(lines: Lines, apart: float, *, upright: bool) -> list[int]:
    """Where rules stand; such as are nearer than `apart` are one."""
    contours, _ = cv2.findContours(lines, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    places = []
    for contour in contours:
        left, top, width, height = cv2.boundingRect(contour)
        places.append((left + width / 2, height) if upright else (top + height / 2, width))
    groups: list[list[tuple[float, int]]] = []
    for at, weight in sorted(places):
        if groups and at - groups[-1][-1][0] < apart:
            groups[-1].append((at, weight))
        else:
            groups.append([(at, weight)])
    last = lines.shape[1 if upright else 0] - 1  # the middle of a rule of one pixel is half a pixel behind it
    return [min(last, round(sum(at * w for at, w in group) / sum(w for _, w in group))) for group in groups]


def _closed(levels: Sequence[int], first: int, last: int, apart: float) -> list[int]:
    """The levels, with the ends of the rules that cross them where no rule closes the grid there."""
    before = [first] if not levels or levels[0] - first >= apart else []
    behind = [last] if not levels or last - levels[-1] >= apart else []
    return [*before, *levels, *behind]


def _boxes(lines: Lines, scale: float) -> tuple[Box, ...]:
    contours, _ = cv2.findContours(lines, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    rectangles = [cv2.boundingRect(contour) for contour in contours]
    return tuple(sorted(in_image((x, y, x + wide, y + high), scale) for x, y, wide, high in rectangles))


def _in_order(regions: Sequence[Region]) -> tuple[Region, ...]:
    return tuple(sorted(regions, key=lambda region: (region.box.top, region.box.left)))
