"""Leaders in a text layer: rows of dots or dashes low on the line, each free stretch of them one sign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import reduce
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ocr.layout.leaders import FEWEST_DOTS, TOKEN
from ocr.text_layer.clusters import Cluster
from ocr.text_layer.placing import around

WEIGHT = {".": 1, "·": 1, "․": 1, "‥": 2, "…": 3, "_": 1}
"""For how many dots a character of a leader stands."""

NEAR = 1.0
"""In ems: white from one dot to the next, at most."""

BROKEN = 2.0
"""In ems: white within a leader."""

EVEN = 1.6
TIGHT = 1.2
LOOSE = 0.12
"""A dot that stands further from the next one than so many times the usual white, and this in ems, is a full stop; one
behind a letter already from less."""


def with_leaders(row: list[Cluster]) -> list[Cluster]:
    """The row with its leaders as one cluster each; dots under letters are left out."""
    dots = [cluster for cluster in row if cluster.letter.text in WEIGHT and not cluster.marks]
    others = [cluster for cluster in row if cluster.letter.text not in WEIGHT or cluster.marks]
    runs = [run for run in _runs(dots, others) if sum(map(_weight, run)) >= FEWEST_DOTS]
    if not runs:
        return row
    taken = {id(dot) for run in runs for dot in run}
    words = [cluster for cluster in row if id(cluster) not in taken]
    leaders = [_leader(stretch) for run in runs for stretch in _free(run, words)]
    found: list[Cluster] = []
    for cluster in sorted([*words, *leaders], key=lambda cluster: cluster.letter.at):
        before = found[-1] if found else None
        if (
            before is not None
            and before.letter.text == cluster.letter.text == TOKEN
            and _goes_on(before, cluster)
        ):
            found[-1] = _leader([before, cluster])
        else:
            found.append(cluster)
    return found


def _goes_on(before: Cluster, after: Cluster) -> bool:
    return after.letter.at - before.letter.end <= BROKEN * before.letter.size


def _weight(cluster: Cluster) -> int:
    return WEIGHT[cluster.letter.text]


def _runs(dots: Sequence[Cluster], others: Sequence[Cluster]) -> list[list[Cluster]]:
    """Dots that follow each other at the usual distance."""
    runs: list[list[Cluster]] = []
    for dot in dots:
        if runs and dot.letter.at - runs[-1][-1].letter.end <= NEAR * dot.letter.size:
            runs[-1].append(dot)
        else:
            runs.append([dot])
    middles = np.array([_middle(cluster) for cluster in others])
    return [stretch for run in runs for stretch in _even(run, middles)]


def _even(run: Sequence[Cluster], middles: NDArray[np.float64]) -> list[list[Cluster]]:
    """The run cut where dots are further apart, the more so if a letter stands between: พ.ศ. has two of its own."""
    white = [after.letter.at - before.letter.end for before, after in pairwise(run)]
    usual = max(0.0, float(np.median(white))) if white else 0.0
    found = [[run[0]]]
    for (before, dot), gap in zip(pairwise(run), white, strict=True):
        first, last = np.searchsorted(middles, (before.letter.right, dot.letter.left))
        loose = (
            EVEN * usual + LOOSE * dot.letter.size
            if first == last
            else TIGHT * usual + LOOSE / 2 * dot.letter.size
        )
        if gap > loose:
            found.append([dot])
        else:
            found[-1].append(dot)
    return found


def _middle(cluster: Cluster) -> float:
    return (cluster.letter.left + cluster.letter.right) / 2


def _free(run: Sequence[Cluster], words: Sequence[Cluster]) -> list[list[Cluster]]:
    """The stretches of a run on which no letter stands, if they are long enough."""
    stretches: list[list[Cluster]] = [[]]
    for dot in run:
        middle = _middle(dot)
        if any(cluster.letter.left <= middle <= cluster.letter.right for cluster in words):
            stretches.append([])
        else:
            stretches[-1].append(dot)
    return [stretch for stretch in stretches if sum(map(_weight, stretch)) >= FEWEST_DOTS]


def _leader(stretch: Sequence[Cluster]) -> Cluster:
    first, last = stretch[0].letter, stretch[-1].letter
    box = reduce(around, (dot.letter.box for dot in stretch))
    return Cluster(replace(first, text=TOKEN, box=box, end=last.end, right=last.right))
