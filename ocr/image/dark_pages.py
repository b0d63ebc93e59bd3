"""Pages that are dark as a whole with light print on them: slides, covers, leaflets. Read as their negative."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ocr.image.orientation import Thumbnail, pieces
from ocr.image.quality import thumbnail_and_ink
from ocr.image.shades import level_below
from ocr.layout.print_rows import STANDING, neighbours_on_baseline

DARK = 0.65
"""Of the grey level of its lightest places: the usual grey of a page that may be dark as a whole is less."""

LIGHTEST = 0.99
"""Share of a page's pixels that are no lighter than its lightest places; print takes a few per cent."""

FEWEST, MORE = 20, 2.0
"""So many light letters stand in rows on such a page, and so many times more than dark ones do."""


def is_dark_page(shown: Thumbnail) -> bool:
    """Whether the print of a page is light on dark, as its rows of letters say: a photograph has none, and a sheet on a
    dark table has dark ones."""
    paper, lightest = level_below(shown.shades, 0.5), level_below(shown.shades, LIGHTEST)
    if paper >= DARK * lightest:
        return False
    light = _letters_in_rows(negative(shown.image))
    return light >= FEWEST and light > MORE * _letters_in_rows(shown.image)


def negative(image: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The image with dark and light exchanged."""
    return np.asarray(255 - image, np.uint8)


def _letters_in_rows(image: NDArray[np.uint8]) -> int:
    found = pieces(thumbnail_and_ink(image)[1])
    if found.letter_height <= 0:
        return 0
    standing = neighbours_on_baseline(found.edges, image.shape, found.letter_height)
    return int((standing >= STANDING).sum())
