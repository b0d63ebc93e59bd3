"""What the process that opens an untrusted file and the one that asks it have in common: the form of an answer.

Below both, and light: the worker bounds its memory before it imports anything that reads files.
"""

from __future__ import annotations

import struct
from typing import Any, NamedTuple, Protocol

ANSWER = struct.Struct(">II")
"""An answer begins with two lengths in bytes: of its JSON object, and of its payload."""


class PagePixels(NamedTuple):
    """Grey pixels, row by row, top first."""

    width: int
    height: int
    dpi: float
    pixels: bytes


class TwoRenderings(NamedTuple):
    """Grey pixels of a page as it is shown, then of the same page without its text, row by row, top first."""

    width: int
    height: int
    pixels: bytes


class Refusal(Exception):
    """The file or the page cannot be used. `code` is one that `ocr.source.rasterise` has a sentence for."""

    def __init__(self, code: str, **facts: float | str) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


class Document(Protocol):
    """An opened file."""

    page_count: int

    def page(self, number: int, dpi: int | None, max_pixels: int) -> PagePixels:
        """The image of one page."""

    def glyphs(self, number: int) -> dict[str, Any] | None:
        """The glyphs that one page draws, None where the kind has none."""

    def renderings(self, number: int) -> TwoRenderings:
        """One page that draws glyphs, with its text and without."""
