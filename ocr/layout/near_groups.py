"""Components near each other, as groups."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def near_groups(
    edges: NDArray[np.float64], size: float, apart: tuple[float, float]
) -> list[NDArray[np.intp]]:
    """Components nearer to each other than `apart`, in letter heights across and down, as groups of indices."""
    across, down = apart[0] * size / 2, apart[1] * size / 2
    left, top, right, bottom = edges.T + np.array([[-across], [-down], [across], [down]])
    group = np.arange(len(edges))
    order = np.argsort(left, kind="stable")
    starts = left[order]
    for place, one in enumerate(order):
        others = order[place + 1 : int(np.searchsorted(starts, right[one], side="right"))]
        touching = others[(top[others] <= bottom[one]) & (bottom[others] >= top[one])]
        for other in np.unique(group[touching]):
            group[group == other] = group[one]
    return [np.flatnonzero(group == number) for number in np.unique(group)]
