"""How a printed line becomes the model's input: one height, one letter height, one baseline, paper 0 and ink 1.

Lines are scaled by the height of their consonants and not by the height of their ink: that depends on which marks
happen to stand on the line, and a neighbour's ink would change it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

HEIGHT = 40
"""Rows of the input."""

LETTER_HEIGHT = 15
"""Rows from the baseline to the top of a plain consonant such as ก."""

BASELINE = 30
"""The row of the baseline: two letter heights above it hold a vowel and a tone mark, two thirds below a vowel."""

NARROWING = 0.8
"""Columns are scaled by this much less than rows: Thai letters are wide enough, and time grows with the width."""

FRAME = 4
"""Columns of the input for each frame of the output."""


def as_input(grey: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """A grey line (dark ink on light paper) with paper 0 and ink 255, so that neither light nor fading matters."""
    paper = float(np.percentile(grey, 80))
    ink = float(np.percentile(grey, 1))
    span = max(paper - ink, 40.0)  # below this contrast there is no ink, only noise to leave alone
    scaled = (paper - grey.astype(np.float32)) * (255.0 / span)
    return scaled.clip(0, 255).astype(np.uint8)
