"""A page's components of ink beside its rows of print: what is asked of them to tell a drawing from print."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model.box import Box
from ocr.image.components import Components


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """A page's components, the height of its letters in pixels, and which of the components stand in rows of print."""

    found: Components
    size: float
    standing: NDArray[np.bool_]

    def box(self, numbers: NDArray[np.intp]) -> Box:
        """The smallest box around components."""
        left, top = self.found.edges[numbers, :2].min(axis=0)
        right, bottom = self.found.edges[numbers, 2:].max(axis=0)
        return Box(int(left), int(top), int(right), int(bottom))

    def ink(self, numbers: NDArray[np.intp], box: Box) -> NDArray[np.bool_]:
        """The ink of components in a box."""
        return np.isin(self.found.labels[box.top : box.bottom, box.left : box.right], numbers + 1)

    def lying_in(self, box: Box) -> NDArray[np.intp]:
        """The components that lie in a box."""
        left, top, right, bottom = self.found.edges.T
        inside = (left >= box.left) & (right <= box.right) & (top >= box.top) & (bottom <= box.bottom)
        return np.flatnonzero(inside)

    def has_print_beside(self, box: Box) -> bool:
        """Whether letters of rows of print at the height of a box stand partly in it or next to it."""
        left, top, right, bottom = self.found.edges.T
        level = (top < box.bottom) & (bottom > box.top)
        within = (left >= box.left) & (right <= box.right)
        beside = (right > box.left - 2 * self.size) & (left < box.right + 2 * self.size)
        return bool((self.standing & level & beside & ~within).any())
