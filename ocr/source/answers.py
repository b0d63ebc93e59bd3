"""What a worker gives of a source file."""

from __future__ import annotations

from typing import Any, NamedTuple, Protocol


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


class Document(Protocol):
    """An opened file."""

    page_count: int

    def page(self, number: int, dpi: int | None, max_pixels: int) -> PagePixels:
        """The image of one page."""

    def glyphs(self, number: int) -> dict[str, Any] | None:
        """The glyphs that one page draws, None where the kind has none."""

    def renderings(self, number: int) -> TwoRenderings:
        """One page that draws glyphs, with its text and without."""
