"""Page images as objects of a PDF, their compressed data as they are."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream
from PIL import Image

_PNG = b"\x89PNG\r\n\x1a\n"
_ORIENTATION = 274
_JPEG_SPACES = {"L": "/DeviceGray", "RGB": "/DeviceRGB", "CMYK": "/DeviceCMYK"}
_PNG_SPACES = {0: ("/DeviceGray", 1), 2: ("/DeviceRGB", 3), 3: ("/Indexed", 1)}

# How an image is to be turned and mirrored onto the unit square, by its EXIF orientation: a, b, c, d, e, f of `cm`.
PLACING = {
    1: (1, 0, 0, 1, 0, 0),
    2: (-1, 0, 0, 1, 1, 0),
    3: (-1, 0, 0, -1, 1, 1),
    4: (1, 0, 0, -1, 0, 1),
    5: (0, -1, -1, 0, 1, 1),
    6: (0, -1, 1, 0, 0, 1),
    7: (0, 1, 1, 0, 0, 0),
    8: (0, 1, -1, 0, 1, 0),
}


@dataclass(frozen=True, slots=True)
class PlacedImage:
    """An image of a PDF and how it lies on the unit square."""

    image: Object
    placing: tuple[int, ...]


def image_of(pdf: Pdf, source: bytes, page_image: bytes) -> PlacedImage:
    """The picture of a page: of the source file where its data can stand in a PDF as they are, else the image that was
    read, a grey PNG."""
    found = _jpeg(pdf, source) if source.startswith(b"\xff\xd8") else _png(pdf, source)
    if found is None:
        found = _png(pdf, page_image)
    if found is None:
        raise ValueError("a page image that is no plain PNG")
    return found


def _jpeg(pdf: Pdf, data: bytes) -> PlacedImage | None:
    with Image.open(io.BytesIO(data), formats=("JPEG",)) as opened:  # reads the head alone
        space = _JPEG_SPACES.get(opened.mode)
        width, height = opened.size
        orientation = opened.getexif().get(_ORIENTATION, 1)
        inverted = opened.mode == "CMYK" and "adobe" in opened.info
    if space is None:
        return None
    image = _stream(pdf, data, width, height, 8, Name(space), "/DCTDecode")
    if inverted:
        image.Decode = Array([1, 0] * 4)
    return PlacedImage(image, PLACING.get(orientation, PLACING[1]))


def _png(pdf: Pdf, data: bytes) -> PlacedImage | None:
    """A PNG's own compressed rows; None where a PDF has no such images: interlaced, with transparency, of no PNG."""
    if not data.startswith(_PNG):
        return None
    chunks = list(_chunks(data))
    kinds = {kind for kind, _ in chunks}
    if not chunks or chunks[0][0] != b"IHDR" or b"tRNS" in kinds or b"IDAT" not in kinds:
        return None
    width, height, bits, colour, _, _, interlaced = struct.unpack(">IIBBBBB", chunks[0][1])
    if interlaced or colour not in _PNG_SPACES:
        return None
    name, colours = _PNG_SPACES[colour]
    space: Object = Name(name)
    if colour == 3:
        palette = next((body for kind, body in chunks if kind == b"PLTE"), b"")
        space = Array([Name.Indexed, Name.DeviceRGB, len(palette) // 3 - 1, pdf.make_stream(palette)])
    rows = b"".join(body for kind, body in chunks if kind == b"IDAT")
    image = _stream(pdf, rows, width, height, bits, space, "/FlateDecode")
    image.DecodeParms = Dictionary(Predictor=15, Colors=colours, BitsPerComponent=bits, Columns=width)
    return PlacedImage(image, PLACING[1])


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(_PNG)
    while at + 8 <= len(data):
        (size,) = struct.unpack(">I", data[at : at + 4])
        yield data[at + 4 : at + 8], data[at + 8 : at + 8 + size]
        at += 12 + size


def _stream(pdf: Pdf, data: bytes, width: int, height: int, bits: int, space: Object, how: str) -> Stream:
    image = Stream(pdf, data)
    image.Type, image.Subtype = Name.XObject, Name.Image
    image.Width, image.Height, image.BitsPerComponent, image.ColorSpace = width, height, bits, space
    image.Filter = Name(how)
    return image
