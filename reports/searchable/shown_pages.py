"""Pages of a PDF reduced to what they show, where their file holds text that nobody can see.

What lies under a black bar is still in the file, and whoever copies the page or takes its streams apart has it. Such a
page becomes the image that was read; its content, annotations, fields and structure are no part of the new file.
"""

from __future__ import annotations

from collections.abc import Mapping

import pikepdf
from pikepdf import Array, Dictionary, Object, Pdf

from model.geometry import Affine
from reports.searchable.images import image_of
from reports.searchable.streams import compressed

_KEPT = ("/Type", "/Parent", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit")
_DEEPEST = 50
_STRUCTURE = ("/StructTreeRoot", "/MarkInfo")


def show_alone(pdf: Pdf, pages: Mapping[int, tuple[Affine, int, int, bytes]]) -> None:
    """Reduce pages, by their numbers, to their images.

    Each has its image with width and height in pixels, and where these lie in the coordinates of the page.
    """
    if not pages:
        return
    gone = {
        annotation.objgen
        for number in pages
        for annotation in _listed(pdf.pages[number - 1].obj.get("/Annots"))
        if isinstance(annotation, Dictionary) and annotation.is_indirect
    }
    for number, (space, width, height, image) in pages.items():
        _reduce(pdf, pdf.pages[number - 1], space, (width, height), image)
    form = pdf.Root.get("/AcroForm")
    if gone and isinstance(form, Dictionary):
        form.Fields = _without(form.get("/Fields"), gone, _DEEPEST)
        for also in ("/XFA", "/CO"):
            if also in form:
                del form[also]
    # The structure may state the text of what it names, and has no meaning for a page that is an image.
    for name in _STRUCTURE:
        if name in pdf.Root:
            del pdf.Root[name]


def _reduce(pdf: Pdf, page: pikepdf.Page, space: Affine, size: tuple[int, int], image: bytes) -> None:
    # A page takes its boxes from the nodes over it, and there they stay.
    for name in list(page.obj.keys()):
        if name not in _KEPT:
            del page.obj[name]
    width, height = size
    placed = image_of(pdf, b"", image)
    page.obj.Resources = Dictionary(XObject=Dictionary(Image=placed.image))
    # An image fills the unit square, its first row at the top.
    onto = (
        space.a * width, space.d * width, -space.b * height, -space.e * height,
        space.b * height + space.c, space.e * height + space.f,
    )  # fmt: skip
    placing = " ".join(f"{value:.4f}" for value in onto)
    page.obj.Contents = compressed(pdf, f"q {placing} cm /Artifact BMC /Image Do EMC Q".encode("ascii"))


def _without(fields: Object | None, gone: set[tuple[int, int]], depth: int) -> Array:
    """A list of form fields without those whose every widget is gone."""
    kept = Array()
    for field in _listed(fields):
        if not isinstance(field, Dictionary) or field.objgen in gone or depth == 0:
            continue
        if "/Kids" in field:
            field.Kids = _without(field.Kids, gone, depth - 1)
            if not len(field.Kids):
                continue
        kept.append(field)
    return kept


def _listed(value: Object | None) -> list[Object]:
    return list(value) if isinstance(value, Array) else []
