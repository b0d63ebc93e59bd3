"""What PDF/A-2 asks of a document's catalogue, its form, its pages and their annotations.

Paragraph numbers are those of ISO 19005-2:2011.
"""

from __future__ import annotations

from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from reports.searchable.archive.drawing import Drawings

_SMALLEST, _LARGEST = 3, 14400  # units of a page
_BOXES = ("/MediaBox", "/CropBox", "/TrimBox", "/ArtBox", "/BleedBox")
_ANNOTATIONS = """
/Text /Link /FreeText /Line /Square /Circle /Polygon /PolyLine /Highlight /Underline /Squiggly /StrikeOut /Stamp /Caret
/Ink /Popup /FileAttachment /Widget /PrinterMark /TrapNet /Watermark /Redact
"""
_INVISIBLE, _HIDDEN, _PRINT, _NO_ZOOM, _NO_ROTATE, _NO_VIEW, _TOGGLED = 1, 2, 4, 8, 16, 32, 256
_NEWEST = (1, 7)


def document_faults(pdf: Pdf) -> Iterator[str]:
    """What is wrong with the document as a whole, in words."""
    root = pdf.Root
    if tuple(int(part) for part in pdf.pdf_version.split(".")) > _NEWEST:
        yield f"it is of PDF {pdf.pdf_version}, and PDF/A-2 knows 1.7 at most"
    names = root.get("/Names", Dictionary())
    if "/JavaScript" in names:
        yield "it runs JavaScript"
    if "/EmbeddedFiles" in names:
        yield "files are attached"
    if "/AlternatePresentations" in names or any("/PresSteps" in page.obj for page in pdf.pages):
        yield "it can be presented in other ways than it is printed"  # 6.10
    if "/Requirements" in root:
        yield "it asks for abilities of the viewer"  # 6.11
    if "/Perms" in root:
        yield "a signature says what may be changed"  # 6.1.12
    yield from _form_faults(root)
    if isinstance(layers := root.get("/OCProperties"), Dictionary):
        yield from _layer_faults(layers)


def _form_faults(root: Object) -> Iterator[str]:
    form = root.get("/AcroForm", Dictionary())
    if "/XFA" in form or root.get("/NeedsRendering", False):
        yield "it has a form that the viewer has to lay out (XFA)"  # 6.4.2
    if form.get("/NeedAppearances", False):
        yield "the viewer is to draw its form fields"  # 6.4.1


def _layer_faults(layers: Object) -> Iterator[str]:
    """6.9."""
    shown = layers.get("/D", Dictionary())
    groups = {one.objgen for one in layers.get("/OCGs", Array())}
    if "/Configs" in layers or not str(shown.get("/Name", "")) or "/AS" in shown:
        yield "it has layers that can be shown and hidden in ways that are not looked into"
    elif "/Order" in shown and groups - set(_ordered(shown.Order)):
        yield "it has layers that its list of layers lacks"


def _ordered(order: Object) -> Iterator[tuple[int, int]]:
    for one in order:
        if isinstance(one, Array):
            yield from _ordered(one)
        elif isinstance(one, Dictionary):
            yield one.objgen


def page_faults(page: pikepdf.Page, drawings: Drawings) -> Iterator[str]:
    """What is wrong with a page and all that stands on it, in words."""
    for name in _BOXES:
        box = page.obj.get(name)
        if isinstance(box, Array):
            left, bottom, right, top = (float(one) for one in box)
            if not all(_SMALLEST <= abs(size) <= _LARGEST for size in (right - left, top - bottom)):
                yield "it is smaller or larger than a page of PDF/A may be"  # 6.1.13
    yield from drawings.page_faults(page)
    for one in page.obj.get("/Annots", Array()):
        if isinstance(one, Dictionary):
            yield from _annotation_faults(one, drawings)


def _annotation_faults(one: Object, drawings: Drawings) -> Iterator[str]:
    """6.3 and 6.4.1."""
    kind = str(one.get("/Subtype"))
    if kind not in _ANNOTATIONS.split():
        yield f"it has an annotation that PDF/A does not know ({kind[1:]})"
        return
    if kind == "/Widget" and "/A" in one:
        yield "a form field does something when it is pressed"
    if kind != "/Popup":
        flags = int(one.get("/F", 0))
        if flags & (_INVISIBLE | _HIDDEN | _NO_VIEW | _TOGGLED):
            yield "an annotation is hidden"
        elif not flags & _PRINT:
            yield f"an annotation ({kind[1:]}) is not marked to be printed"
        elif kind == "/Text" and flags & (_NO_ZOOM | _NO_ROTATE) != _NO_ZOOM | _NO_ROTATE:
            yield "a note turns or grows with its page"
    yield from _appearance_faults(one, kind, drawings)


def _appearance_faults(one: Object, kind: str, drawings: Drawings) -> Iterator[str]:
    left, bottom, right, top = (float(value) for value in one.get("/Rect", Array([0, 0, 0, 0])))
    look = one.get("/AP")
    if look is None:
        if kind not in ("/Popup", "/Link") and (left, bottom) != (right, top):
            yield f"an annotation ({kind[1:]}) has no appearance of its own"
        return
    shown = look.get("/N")
    if set(look.keys()) != {"/N"}:
        yield "an annotation looks otherwise when it is pressed"
    has_states = isinstance(shown, Dictionary) and not isinstance(shown, Stream)
    if shown is None or has_states != (kind == "/Widget" and _field_type(one) == Name.Btn):
        yield f"an annotation ({kind[1:]}) has no appearance of its own"
    for form in [part for _, part in shown.items()] if shown is not None and has_states else [shown]:
        yield from drawings.form_faults(form)


def _field_type(widget: Object) -> Object | None:
    """A field's kind, which it may have from the one above it."""
    found: Object | None = widget
    for _ in range(20):
        if found is None or "/FT" in found:
            break
        found = found.get("/Parent")
    return None if found is None else found.get("/FT")
