"""What PDF/A-2 asks of images and other drawn objects (ISO 19005-2, 6.2.8 and 6.2.9)."""

from __future__ import annotations

from collections.abc import Iterator

from pikepdf import Name, Object

from reports.searchable.archive.colours import Colours, Resources
from reports.searchable.archive.objects import filters_of

_DEPTHS = (1, 2, 4, 8, 16)
_BOX_HEAD = 8
_MIXED_BY = {16: 3, 17: 1, 18: 3}
"""Enumerated colours of JPEG 2000 that PDF/A-2 takes: sRGB, grey, sYCC."""


def image_faults(image: Object, resources: Resources, colours: Colours) -> Iterator[str]:
    """What is wrong with an image, in words."""
    if "/Alternates" in image or "/OPI" in image:
        yield "another image may be put in an image's place"
    if image.get("/Interpolate", False):
        yield "an image asks the viewer to smooth it"
    if "/JPXDecode" in filters_of(image):
        yield from _jpeg_2000_faults(bytes(image.read_raw_bytes()))
    elif not image.get("/ImageMask", False) and image.get("/BitsPerComponent") not in _DEPTHS:
        yield "an image does not say how many bits a colour has"
    if "/ColorSpace" in image:
        yield from colours.faults(image.ColorSpace, resources)
    for key in ("/SMask", "/Mask"):
        mask = image.get(key)
        if mask is not None and hasattr(mask, "read_raw_bytes") and mask.get("/Subtype") == Name.Image:
            yield from image_faults(mask, resources, colours)


def form_faults(form: Object) -> Iterator[str]:
    """What is wrong with a form that is drawn, in words."""
    if "/PS" in form or form.get("/Subtype2") == Name.PS:
        yield "a drawing is written in PostScript"
    if "/OPI" in form or "/Ref" in form:
        yield "a drawing may be taken from another file"


def _jpeg_2000_faults(data: bytes) -> Iterator[str]:
    """6.2.8.3: one description of the colours, of a kind that is known."""
    boxes = dict(_boxes(data))
    header = boxes.get(b"jp2h")
    if header is None:
        yield "a JPEG 2000 image is not in the form of JP2"
        return
    parts = list(_boxes(header))
    head = next((body for kind, body in parts if kind == b"ihdr"), b"")
    colours = [body for kind, body in parts if kind == b"colr"]
    if len(head) < 14 or int.from_bytes(head[8:10], "big") not in (1, 3, 4) or head[10] == 255:
        yield "a JPEG 2000 image has colours of a number or depth that PDF/A-2 does not take"
    elif len(colours) != 1 or not _is_known(colours[0]):
        yield "a JPEG 2000 image does not say in the way of PDF/A-2 what its colours look like"


def _is_known(colour: bytes) -> bool:
    if len(colour) < 3 or colour[0] not in (1, 2):
        return False
    return colour[0] == 2 or int.from_bytes(colour[3:7], "big") in _MIXED_BY


def _boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at + _BOX_HEAD <= len(data):
        size, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        if size == 0 or size >= _BOX_HEAD:
            end = at + size if size else len(data)
            yield kind, data[at + _BOX_HEAD : end]
            at = end
        else:
            return
