"""The connected components of an ink mask: their boxes, their sizes, and which pixel belongs to which."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

QUICKEST = cv2.CCL_GRANA
"""OpenCV's algorithm that takes a third of the default one's time for the same components."""


@dataclass(frozen=True, slots=True)
class Components:
    """Connected components of a mask, in its pixels.

    `labels` has a component's number plus one at each of its pixels and 0 where there is no ink; `edges` one row for
    each component: left, top, right, bottom; `areas` their pixels of ink.
    """

    labels: NDArray[np.int32]
    edges: NDArray[np.float64]
    areas: NDArray[np.float64]

    @property
    def widths(self) -> NDArray[np.float64]:
        """Pixels from left to right."""
        return self.edges[:, 2] - self.edges[:, 0]

    @property
    def heights(self) -> NDArray[np.float64]:
        """Pixels from top to bottom."""
        return self.edges[:, 3] - self.edges[:, 1]

    def mask_of(self, chosen: NDArray[np.bool_]) -> NDArray[np.uint8]:
        """255 on the ink of the components that are chosen, one truth value for each."""
        values = np.zeros(len(chosen) + 1, np.uint8)
        values[1:][chosen] = 255
        return values[self.labels]

    def ink_in(self, number: int) -> NDArray[np.uint8]:
        """One component cut out: 255 on its ink, in its own box."""
        left, top, right, bottom = (int(edge) for edge in self.edges[number])
        return np.where(self.labels[top:bottom, left:right] == number + 1, np.uint8(255), np.uint8(0))


def components(mask: NDArray[np.uint8]) -> Components:
    """The components of a mask, pixels that touch at a corner being connected."""
    _, labels, stats, _ = cv2.connectedComponentsWithStatsWithAlgorithm(mask, 8, cv2.CV_32S, QUICKEST)
    left, top, wide, high, area = (stats[1:, column].astype(np.float64) for column in range(5))
    return Components(
        np.asarray(labels, np.int32), np.stack([left, top, left + wide, top + high], axis=1), area
    )
