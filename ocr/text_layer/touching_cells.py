"""Cells of tables without rules that are as near to each other as words, or touch.

One full cell leaves no white behind it, and says nothing by itself; the lines around it do, in which cells end or begin
at the same place though their words are of other lengths.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from ocr.text_layer.clusters import Cluster
from ocr.text_layer.gaps import WhiteGap

SEAM = 0.05
"""In ems: letters with so much more white between them than is usual were placed apart, not written in one go."""

ALIGNED = 0.06
"""In ems: how far the edges of cells of one column may be from each other."""

VARIES = 0.3
"""In ems: by how much the beginnings of what ends at one place, or the white beside it, vary from line to line. That
behind the numbers of a list, or between words that each line repeats, does not."""

ROWS = 4
"""Lines above and below one in which cells may have the same edges."""

OTHERS, MOST = 3, 0.6
"""Lines with other cells in which there must be such an edge, and the share of them where by chance spaces between
words might be above each other."""


@dataclass(frozen=True, slots=True)
class _Seam:
    """White between what was written in one go, which begins at `begins`, and what was placed apart behind it, which
    ends at `ends`; `words`: what stands before it and behind it; `at`: the number of the letter before it in its
    line."""

    at: int
    begins: float
    gap: WhiteGap
    ends: float
    words: str


def with_touching_cells(
    rows: Sequence[Sequence[Cluster]],
    gaps: Sequence[Sequence[WhiteGap]],
    usual: Sequence[Sequence[float]],
    behind: Sequence[Sequence[str]],
) -> list[list[str]]:
    """What stands behind each letter but the last of each line, with TABs before cells that touch.

    `gaps`: between the letters of each line; `usual`: what is usual at their places, ems; `behind`: what stands behind
    each letter by its own gap and the wide ones around. Lines far from any with a TAB stay as they are.
    """
    if not any("\t" in own for own in behind):
        return list(map(list, behind))
    seams = [
        _seams(row, own, at_rest) if row else [] for row, own, at_rest in zip(rows, gaps, usual, strict=True)
    ]
    columns = [
        [seam for seam in own if signs[seam.at] == "\t"] for own, signs in zip(seams, behind, strict=True)
    ]
    parted: list[list[_Seam]] = []
    for number in range(len(rows)):
        near = [at for at in _near(number, len(rows)) if columns[at]]
        tabs = columns[number]
        edges: list[_Seam] = []
        if len(near) >= OTHERS:
            edges = [seam for seam in seams[number] if _parts_cells(seam, [seams[at] for at in near])]
        # One edge alone is chance in a line that has no cells otherwise, but for one in the midst of others.
        amid = number - 1 in near and number + 1 in near
        parted.append([*tabs, *edges] if tabs or amid or len(edges) > 1 else tabs)
    found = []
    for number, own in enumerate(behind):
        others = [parted[at] for at in _near(number, len(rows))]
        first = {seam.at for seam in _before_cells(parted[number], seams[number], others)}
        new = first | {seam.at for seam in parted[number]}
        found.append(["\t" if at in new else sign for at, sign in enumerate(own)])
    return found


def _near(number: int, count: int) -> list[int]:
    return [at for at in range(max(0, number - ROWS), min(count, number + ROWS + 1)) if at != number]


def _seams(row: Sequence[Cluster], gaps: Sequence[WhiteGap], usual: Sequence[float]) -> list[_Seam]:
    """The seams of a line, and where a number touches a word without any white between them."""
    placed = [
        gap.white >= SEAM + at_rest or _changes(row[at].letter.text, row[at + 1].letter.text)
        for at, (gap, at_rest) in enumerate(zip(gaps, usual, strict=True))
    ]
    edges = [0, *(at + 1 for at, apart in enumerate(placed) if apart), len(row)]
    return [
        _Seam(
            edge - 1,
            row[first].letter.at,
            gaps[edge - 1],
            row[last - 1].letter.end,
            "".join(cluster.letter.text for cluster in row[first:last]),
        )
        for first, edge, last in zip(edges, edges[1:], edges[2:], strict=False)
    ]


def _changes(before: str, after: str) -> bool:
    """Whether a number ends where a word begins, or the other way."""
    return before.isalnum() and after.isalnum() and before.isdecimal() != after.isdecimal()


def _parts_cells(seam: _Seam, rows: Sequence[Sequence[_Seam]]) -> bool:
    """Whether in most lines something ends where this white begins, or begins where it ends, and is of other lengths:
    the white is of various widths; or what ends there begins at various places, and what is behind ends at various
    ones. (Numbers and the same word behind each of them are one cell.)"""
    least = VARIES * seam.gap.em
    for edge in ("start", "end"):
        alike = _aligned(seam, rows, edge)
        if len(alike) <= max(OTHERS, MOST * len(rows)):
            continue
        if _spread([one.gap.white for one in alike]) >= VARIES:
            return True
        ends = edge == "start" and _spread([one.begins for one in alike]) >= least
        if ends and _spread([one.ends for one in alike]) >= least:
            return True
    return False


def _spread(values: Sequence[float]) -> float:
    return max(values) - min(values)


def _aligned(seam: _Seam, rows: Sequence[Sequence[_Seam]], edge: str) -> list[_Seam]:
    """A seam, and those of the lines that have that edge where it has it, the same words counted once."""
    place = attrgetter(f"gap.{edge}")
    slack = ALIGNED * seam.gap.em
    others = (one for row in rows for one in row if abs(place(one) - place(seam)) <= slack)
    return list({one.words: one for one in (*others, seam)}.values())


def _before_cells(
    parted: Sequence[_Seam], seams: Sequence[_Seam], others: Sequence[Sequence[_Seam]]
) -> list[_Seam]:
    """The white before what ends where cells of enough other lines end that begin behind a TAB."""
    cells = [[seam for seam in row if any(one.gap.end == seam.begins for one in row)] for row in others]
    starts = {seam.begins for seam in parted if len(_aligned(seam, cells, "start")) > OTHERS}
    return [seam for seam in seams if seam.gap.end in starts]
