"""How a printed line becomes the model's input: one height, one letter height, one baseline, paper 0 and ink 1.

Lines are scaled by the height of their consonants and not by the height of their ink: that depends on which marks
happen to stand on the line, and a neighbour's ink would change it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ocr.image.shades import Counts, percentiles, shades

HEIGHT = 40
"""Rows of the input."""

LETTER_HEIGHT = 16.5
"""Rows from the baseline to the top of a plain consonant such as ก, as `crops.py` measures it: with the soft edge of
its ink, which makes it a tenth higher than its outline."""

OUTLINE_HEIGHT = 15
"""The same, from outline to outline, as fonts have it: so high are the letters that the model learns from."""

BASELINE = 31
"""The row of the baseline: nearly two letter heights above it hold a vowel and a tone mark, half of one a vowel below.
A row of it is soft edge."""

OUTLINE_BASELINE = 30
"""The same, where the outlines of the letters stand."""

NARROWING = 0.88
"""Columns are scaled by this much less than rows: time grows with the width. At 0.8 of letters that were a tenth too
small, the digits of narrow fonts had two frames each, and one in five of them was lost."""

FRAME = 4
"""Columns of the input for each frame of the output."""


def as_input(grey: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """A grey line with paper 0 and ink 255: neither light nor fading matters, nor which of the two is darker."""
    counts = shades(grey)
    if _is_light_on_dark(counts):
        grey, counts = 255 - grey, counts[::-1]
    paper, ink = percentiles(counts, (80, 1))
    span = max(paper - ink, 40.0)  # below this contrast there is no ink, only noise to leave alone
    scaled = (paper - grey.astype(np.float32)) * (255.0 / span)
    return scaled.clip(0, 255).astype(np.uint8)


def _is_light_on_dark(counts: Counts) -> bool:
    """Whether letters are lighter than what they stand on: most of a line is paper."""
    dark, middle, light = percentiles(counts, (1, 50, 99))
    return light - dark > 60 and middle - dark < 0.4 * (light - dark)
