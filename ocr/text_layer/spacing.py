"""Where the spaces and the column gaps of a page's lines are: by the white between letters, by what stands above and
below it, and by ruling lines."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from model.thai import THAI_DIGITS
from ocr.text_layer.clusters import Cluster
from ocr.text_layer.drawing import CellPlace, RuledTable, cell_at
from ocr.text_layer.gaps import WhiteGap, gap_between
from ocr.text_layer.touching_cells import with_touching_cells

SPACE = 0.15
"""In ems: a gap between two letters is a space from here, over the usual gap between the letters around it. On 60 pages
in nine fonts gaps within words are 0.11 at most, spaces 0.20 at least."""

COLUMN = 0.8
"""In ems: a gap may be a column gap from here. On the same pages spaces reach 0.89, column gaps start at 0.75."""

SURE = 3.0
"""In ems: a gap is a column gap from here whatever stands above and below it, in justified text from twice as much."""

USUAL = 0.35
"""The gap between letters that is usual at a place: so many of the gaps around it are narrower. In letter-spaced words
all are wide, in condensed ones all are less than nothing."""

AROUND = 8
FEW_GAPS = 4
"""Gaps to each side of a gap among which the usual one is sought, and how many it takes to know it."""

ROWS = 4
"""Lines above and below a gap in which others may line up with it."""

ALIGNED = 0.2
"""In ems: how far the edges of a column may be from each other."""

FILLS = 0.3
"""In ems: how far a line's ends may be from those of the lines around it in a block of justified text."""


def separators(rows: Sequence[list[Cluster]], tables: Sequence[RuledTable]) -> list[list[str]]:
    """For each row what stands behind each letter but the last: nothing, a space or a TAB."""
    gaps = [[gap_between(before, after) for before, after in pairwise(row)] for row in rows]
    usual = [_usual([gap.white for gap in row]) for row in gaps]
    wide = [
        [gap for gap, at_rest in zip(row, rest, strict=True) if gap.white >= COLUMN + max(0.0, at_rest)]
        for row, rest in zip(gaps, usual, strict=True)
    ]
    found = []
    ruled = []
    for number, row in enumerate(rows):
        cells = _cells(row, tables)
        ruled.append(any(cells))
        near = [at for at in range(number - ROWS, number + ROWS + 1) if at != number and 0 <= at < len(rows)]
        justified = _fills([rows[at] for at in near], row)
        behind = []
        for at, (gap, at_rest) in enumerate(zip(gaps[number], usual[number], strict=True)):
            before, after = cells[at], cells[at + 1]
            if before != after:
                behind.append("\t")
            elif _is_parted(row[at], row[at + 1]):
                behind.append(" ")
            elif gap.white < SPACE + at_rest:
                behind.append("")
            elif gap.white < COLUMN + max(0.0, at_rest):
                behind.append(" ")
            else:
                sure = gap.white >= (2 * SURE if justified else SURE)
                doubted = before is not None and before.one_of_many
                lined_up = not doubted and _lined_up(gap, [wide[other] for other in near]) > int(justified)
                behind.append("\t" if sure or lined_up else " ")
        found.append(behind)
    closer = with_touching_cells(rows, gaps, usual, found)
    return [own if drawn else near for own, near, drawn in zip(found, closer, ruled, strict=True)]


def _is_parted(before: Cluster, after: Cluster) -> bool:
    """True before a raised number in Thai digits, which have no raised forms, and the parenthesis around it."""
    return after.raised and not before.raised and after.letter.text in THAI_DIGITS + "("


def _usual(white: Sequence[float]) -> list[float]:
    """The usual gap between letters at the place of each gap, ems."""
    found = []
    for at in range(len(white)):
        around = [gap for gap in white[max(0, at - AROUND) : at + AROUND + 1] if gap < COLUMN]
        found.append(float(np.quantile(around, USUAL, method="lower")) if len(around) >= FEW_GAPS else 0.0)
    return found


def _cells(row: Sequence[Cluster], tables: Sequence[RuledTable]) -> list[CellPlace | None]:
    if not tables:
        return [None] * len(row)
    return [
        cell_at(
            tables,
            (cluster.letter.left + cluster.letter.right) / 2,
            cluster.letter.base - cluster.letter.size / 4,
        )
        for cluster in row
    ]


def _fills(near: Sequence[list[Cluster]], row: Sequence[Cluster]) -> bool:
    """True when the row begins and ends where two rows around it do, as in justified text."""
    if not row:
        return False
    slack = FILLS * row[0].letter.size
    left, right = row[0].letter.left, row[-1].letter.right
    begins = sum(abs(other[0].letter.left - left) <= slack for other in near if other)
    ends = sum(abs(other[-1].letter.right - right) <= slack for other in near if other)
    return ends >= 2 or (ends >= 1 and begins >= 2)


def _lined_up(gap: WhiteGap, rows: Sequence[Sequence[WhiteGap]]) -> int:
    """In how many rows a wide gap begins or ends where this one does, or lies around the same place."""
    slack = ALIGNED * gap.em
    edges = sum(
        any(abs(other.end - gap.end) <= slack or abs(other.start - gap.start) <= slack for other in row)
        for row in rows
    )
    around = sum(
        any(other.start <= gap.middle <= other.end and gap.start <= other.middle <= gap.end for other in row)
        for row in rows
    )
    return max(edges, around - 1)
