"""Where the pixels of a page image lie on the PDF page that it was drawn from."""

from __future__ import annotations

import pikepdf
from pikepdf import Object

from model.geometry import Affine

_MOST_PARENTS = 50
_LETTER = (0.0, 0.0, 612.0, 792.0)  # what pdfium takes where a page has no size


def page_space(page: pikepdf.Page, width: int, height: int) -> Affine:
    """The map from pixels of a page image of that size (from its upper left corner) to the page's own coordinates.

    The image shows the crop box, turned as the page says.
    """
    left, bottom, right, top = _shown_box(page)
    turns = _turns(page)
    across, down = (top - bottom, right - left) if turns % 2 else (right - left, top - bottom)
    x, y = across / width, down / height
    return {
        0: Affine(x, 0, left, 0, -y, top),
        1: Affine(0, y, left, x, 0, bottom),
        2: Affine(-x, 0, right, 0, y, bottom),
        3: Affine(0, -y, right, -x, 0, top),
    }[turns]


def _shown_box(page: pikepdf.Page) -> tuple[float, float, float, float]:
    media = _box(_inherited(page, "/MediaBox")) or _LETTER
    crop = _box(_inherited(page, "/CropBox"))
    if crop is None:
        return media
    left, bottom = max(media[0], crop[0]), max(media[1], crop[1])
    right, top = min(media[2], crop[2]), min(media[3], crop[3])
    return (left, bottom, right, top) if left < right and bottom < top else media


def _turns(page: pikepdf.Page) -> int:
    """Quarter turns clockwise by which the page is shown."""
    found = _inherited(page, "/Rotate")
    try:
        return round(float(found)) // 90 % 4 if found is not None else 0
    except (TypeError, ValueError):
        return 0


def _box(found: Object | None) -> tuple[float, float, float, float] | None:
    try:
        a, b, c, d = (float(value) for value in found or ())
    except (TypeError, ValueError):
        return None
    return (min(a, c), min(b, d), max(a, c), max(b, d)) if a != c and b != d else None


def _inherited(page: pikepdf.Page, name: str) -> Object | None:
    """An attribute of the page, or of the nearest node above it that has one."""
    node: Object | None = page.obj
    for _ in range(_MOST_PARENTS):
        if node is None or name in node:
            break
        node = node.get("/Parent")
    return None if node is None else node.get(name)
