"""Compressed streams of our own: what the source brings keeps its bytes, so nothing is compressed on writing."""

from __future__ import annotations

import zlib

from pikepdf import Name, Pdf, Stream


def compressed(pdf: Pdf, data: bytes) -> Stream:
    """The data as a Flate stream of the document."""
    stream = Stream(pdf, zlib.compress(data, 9))
    stream.Filter = Name.FlateDecode
    return stream
