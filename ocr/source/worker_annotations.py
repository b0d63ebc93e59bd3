"""What annotations and form fields of a PDF page draw: their appearance streams and where they lie, inside the worker.

A value that was filled into a form and a stamp are no part of the page's content, and are to be seen all the same.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from importlib import import_module
from typing import Any, NamedTuple, TypeAlias

pdf_types: Any = import_module("pdfminer.pdftypes")
utils: Any = import_module("pdfminer.utils")
Handle: TypeAlias = Any
Matrix: TypeAlias = tuple[float, float, float, float, float, float]
Corners: TypeAlias = tuple[float, float, float, float]

PAGE, FIELD, ANNOTATION, COMB = range(4)
"""Where a glyph stands: in the page's own content, in a field of a form, in another annotation, in a field that has a
cell for each letter."""

MAX_ANNOTATIONS = 2000
"""Annotations of one page that are looked at. A form of a tax office has 400."""

MAX_PARENTS = 20
"""How many fields, one within the other, are asked for what a widget does not say itself."""

HIDDEN, NO_VIEW = 1 << 1, 1 << 5
"""Flags of annotations that are not shown on the screen."""

COMBED = 1 << 24
"""Flag of fields for text that have a cell for each letter."""

_SHOWS = re.compile(rb"[)>\]\s](?:Tj|TJ|Do|['\"])(?:\s|$)")

IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Appearance(NamedTuple):
    """An appearance stream, the matrix that puts it onto the page, and in what it stands: none is `PAGE`."""

    stream: Handle
    matrix: Matrix
    part: int


def appearances(page: Handle) -> Iterator[Appearance]:
    """The appearances of a page's annotations in the order in which they are drawn."""
    for annotation in _annotations(page):
        kind = _name(annotation.get("Subtype"))
        flags = pdf_types.resolve1(annotation.get("F"))
        if kind == "Popup" or (isinstance(flags, int) and flags & (HIDDEN | NO_VIEW)):
            continue
        stream = _normal(annotation)
        matrix = None if stream is None else _placed(stream, annotation)
        if matrix is not None:
            yield Appearance(stream, matrix, _part(annotation) if kind == "Widget" else ANNOTATION)


def _part(widget: dict[str, Handle]) -> int:
    flags = pdf_types.resolve1(_of_field(widget, "Ff"))
    typed = _name(_of_field(widget, "FT")) == "Tx"
    return COMB if typed and isinstance(flags, int) and flags & COMBED else FIELD


def lacks_appearances(page: Handle) -> bool:
    """Has the page a form field with something to show, or a note, that the file leaves for the viewer to draw?"""
    return any(_lacks_appearance(annotation) for annotation in _annotations(page))


def _lacks_appearance(annotation: dict[str, Handle]) -> bool:
    kind = _name(annotation.get("Subtype"))
    if kind == "FreeText":
        return "AP" not in annotation and "Contents" in annotation
    if kind != "Widget":
        return False
    if "AP" not in annotation:
        return _of_field(annotation, "V") is not None or _caption(annotation) is not None
    typed = _name(_of_field(annotation, "FT")) in ("Tx", "Ch") and _of_field(annotation, "V") is not None
    return typed and not _shows_text(_normal(annotation))


def _annotations(page: Handle) -> Iterator[dict[str, Handle]]:
    listed = pdf_types.resolve1(getattr(page, "annots", None))
    for entry in (listed if isinstance(listed, list) else [])[:MAX_ANNOTATIONS]:
        annotation = pdf_types.resolve1(entry)
        if isinstance(annotation, dict):
            yield annotation


def _of_field(annotation: dict[str, Handle], name: str) -> Handle | None:
    """What a field says, or the field that it is a part of."""
    field: Handle = annotation
    for _ in range(MAX_PARENTS):
        if not isinstance(field, dict):
            return None
        if name in field:
            return field[name]
        field = pdf_types.resolve1(field.get("Parent"))
    return None


def _caption(annotation: dict[str, Handle]) -> Handle | None:
    """What stands on a button."""
    looks = pdf_types.resolve1(annotation.get("MK"))
    return looks.get("CA") if isinstance(looks, dict) else None


def _shows_text(stream: Handle | None) -> bool:
    """Whether an appearance shows text, or draws something that may."""
    if stream is None:
        return False
    return _SHOWS.search(stream.get_data()) is not None


def _normal(annotation: dict[str, Handle]) -> Handle | None:
    """The appearance that is shown while nobody touches the annotation, in its present state."""
    looks = pdf_types.resolve1(annotation.get("AP"))
    found = pdf_types.resolve1(looks.get("N")) if isinstance(looks, dict) else None
    if isinstance(found, dict):
        found = pdf_types.resolve1(found.get(_name(annotation.get("AS"))))
    return found if isinstance(found, pdf_types.PDFStream) else None


def _placed(stream: Handle, annotation: dict[str, Handle]) -> Matrix | None:
    """The matrix of ISO 32000-1, 12.5.5: the appearance's box, turned by its own matrix, fills the annotation's."""
    box, target = _four(stream.get("BBox")), _four(annotation.get("Rect"))
    if box is None or target is None:
        return None
    own = _matrix(stream.get("Matrix"))
    corners = [utils.apply_matrix_pt(own, (x, y)) for x in (box[0], box[2]) for y in (box[1], box[3])]
    left, bottom = min(x for x, _ in corners), min(y for _, y in corners)
    width, height = max(x for x, _ in corners) - left, max(y for _, y in corners) - bottom
    if width <= 0 or height <= 0:
        return None
    across, up = (target[2] - target[0]) / width, (target[3] - target[1]) / height
    onto = (across, 0.0, 0.0, up, target[0] - left * across, target[1] - bottom * up)
    placed: Matrix = utils.mult_matrix(own, onto)
    return placed


def _four(value: Handle) -> Corners | None:
    """A rectangle with its corners in order; None for what is none."""
    numbers = _numbers(value, 4)
    if numbers is None:
        return None
    (one, other), (low, high) = sorted((numbers[0], numbers[2])), sorted((numbers[1], numbers[3]))
    return one, low, other, high


def _matrix(value: Handle) -> Matrix:
    numbers = _numbers(value, 6)
    return IDENTITY if numbers is None else (*numbers[:4], numbers[4], numbers[5])  # type: ignore[return-value]


def _numbers(value: Handle, count: int) -> list[float] | None:
    listed = pdf_types.resolve1(value)
    if not isinstance(listed, list) or len(listed) != count:
        return None
    found = [pdf_types.resolve1(item) for item in listed]
    if not all(isinstance(item, int | float) and math.isfinite(item) for item in found):
        return None
    return [float(item) for item in found]


def _name(value: Handle) -> str:
    found = getattr(pdf_types.resolve1(value), "name", "")
    return found if isinstance(found, str) else found.decode("latin-1")
