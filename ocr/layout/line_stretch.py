"""What a line is made of: stretches of letters without a wide gap."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ocr.layout.baseline import Baseline


@dataclass(frozen=True, slots=True)
class LineStretch:
    """Letters of one line without a wide gap: their pieces of ink, the marks', and where they stand.

    `left` and `right` are columns of the image, of the letters' ink. `cells`: the columns before which one
    cell ends and behind which the next begins, as in the lines around it, however little white there is.
    """

    letters: NDArray[np.intp]
    marks: NDArray[np.intp]
    baseline: Baseline
    left: float
    right: float
    cells: tuple[float, ...] = ()

    @property
    def pieces(self) -> NDArray[np.intp]:
        """All pieces of ink."""
        return np.concatenate((self.letters, self.marks))

    @property
    def foot(self) -> float:
        """The baseline's row in the stretch's middle."""
        return self.baseline.at((self.left + self.right) / 2)


Row = tuple[LineStretch, ...]
"""The stretches of one line from left to right."""
