"""The picture that a page image's file shows, unpacked by code of the audit's own.

Page images are written in one form: a grey PNG of 8 bits, its resolution, one piece of data whose rows are the
differences from the row above, and nothing else. Of another form the picture is taken as any viewer shows it.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.typing import NDArray
from zlib_ng import zlib_ng

_UP = 2
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_HEAD, _FOOT = 8 + 25 + 21 + 8, 4 + 12
"""Bytes before and behind the packed rows: signature, size, resolution and how much follows; a sum and the end."""


@dataclass(frozen=True, eq=False, slots=True)
class KeptImage:
    """Grey pixels, rows by columns; `per_metre` is the resolution that the file says, in pixels per metre, None where
    it is not in the one form."""

    pixels: NDArray[np.uint8] = field(repr=False)
    per_metre: int | None


def page_image(png: bytes) -> KeptImage | None:
    """What a file shows; None where it is no picture."""
    own = _in_the_one_form(png)
    if own is not None:
        return own
    shown = cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_GRAYSCALE) if png else None
    return None if shown is None else KeptImage(np.asarray(shown, np.uint8), None)


def _in_the_one_form(png: bytes) -> KeptImage | None:
    if len(png) < _HEAD + _FOOT:
        return None
    width, height = struct.unpack_from(">II", png, 16)
    (per_metre,) = struct.unpack_from(">I", png, 41)
    data = memoryview(png)[_HEAD:-_FOOT]
    head = (
        _SIGNATURE
        + _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
        + _chunk(b"pHYs", struct.pack(">IIB", per_metre, per_metre, 1))
        + struct.pack(">I4s", len(data), b"IDAT")
    )
    end = struct.pack(">I", zlib.crc32(data, zlib.crc32(b"IDAT"))) + _chunk(b"IEND", b"")
    if png[:_HEAD] != head or png[-_FOOT:] != end or not width * height:
        return None
    unpack = zlib_ng.decompressobj()  # the same, in half of the time
    size = height * (width + 1)
    try:
        rows = unpack.decompress(data, size + 1)
    except zlib_ng.error:  # type: ignore[misc]  # its stub calls the class an instance
        return None
    if not unpack.eof or unpack.unused_data or len(rows) != size:
        return None
    return _added_up(np.frombuffer(rows, np.uint8).reshape(height, width + 1), per_metre)


def _added_up(rows: NDArray[np.uint8], per_metre: int) -> KeptImage | None:
    if (rows[:, 0] != _UP).any():
        return None
    pixels = np.empty((rows.shape[0], rows.shape[1] - 1), np.uint8)
    above = np.zeros(pixels.shape[1], np.uint8)
    for row, differences in zip(pixels, rows[:, 1:], strict=True):
        np.add(above, differences, out=row)
        above = row
    return KeptImage(pixels, per_metre)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(data, zlib.crc32(name)))
