"""Is a page dark as a whole, with light print on it? Then the auditor looks at its negative."""

from __future__ import annotations

import cv2
import numpy as np

from audit.ink_pieces import Grey, ink_mask, letter_height, percentile, pieces_of, without_rules, words_of

DARK = 0.65
"""Of the grey level of a page's lightest places: one whose usual grey is less may be dark as a whole."""

LIGHTEST = 99.9
"""Per cent of a page's pixels that are no lighter than its lightest places: a few lines of print are less than one."""

FEWEST, MORE = 12.0, 2.0
"""In widths of letters: so much light print stands on a page that is dark as a whole, and so many times more of it than
of dark print."""

NEAREST, FURTHEST = 0.3, 0.7
"""In heights of letters: how far above and below print its ground is looked at."""


def dark_on_light(small: Grey) -> Grey:
    """The page with dark print on a light ground: as it is, or its negative if it is dark as a whole."""
    counts = cv2.calcHist([small], [0], None, [256], [0, 256]).ravel().astype(np.intp)
    ground, lightest = percentile(counts, 50), percentile(counts, LIGHTEST)
    if ground >= DARK * lightest:
        return small
    negative = np.asarray(255 - small, np.uint8)
    between = (ground + lightest) / 2
    light = _print_on_light(negative, 255 - between)
    return negative if light >= FEWEST and light > MORE * _print_on_light(small, between) else small


def _print_on_light(shown: Grey, between: float) -> float:
    """How many letter heights all dark words are wide whose ground is lighter than a grey level: the insides of light
    letters are dark as well, and their ground is not light."""
    mask = ink_mask(shown)
    height = letter_height(pieces_of(mask))
    if not height:
        return 0.0
    printed = without_rules(mask, height)
    near, far = round(NEAREST * height), round(FURTHEST * height)
    width = 0
    for box in words_of(pieces_of(printed), printed > 0, height):
        above = shown[max(0, box.top - far) : max(0, box.top - near), box.left : box.right]
        below = shown[box.bottom + near : box.bottom + far, box.left : box.right]
        around = np.concatenate((above.ravel(), below.ravel()))
        if around.size and np.median(around) > between:
            width += box.width
    return width / height
