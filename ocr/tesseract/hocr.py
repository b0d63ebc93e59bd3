"""Tesseract's hOCR with character boxes (`hocr_char_boxes=1`), as far as it says something about characters.

Read with one regular expression: a page has 3,000 characters and an XML tree of it takes ten times as long. The
file is our own Tesseract's output in a form that has not changed since version 4.1 (class ocrx_cinfo; title
'x_bboxes LEFT TOP RIGHT BOTTOM; x_conf PERCENT').
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass

from model.box import Box

_LINE_CLASSES = "ocr_line|ocr_header|ocr_caption|ocr_textfloat"
_TOKEN = re.compile(
    rf"<span class=['\"](?:{_LINE_CLASSES})['\"][^>]*? title=(?P<line>\"[^\"]*\"|'[^']*')"
    r"|<span class=['\"]ocrx_cinfo['\"][^>]*? title=['\"]x_bboxes (-?\d+) (-?\d+) (-?\d+) (-?\d+)"
    r"; x_conf ([^'\";]+)[^>]*>([^<]*)<"
)
_NUMBER = r"(-?[0-9.eE+-]+)"
_BOX = re.compile(r"\bbbox (-?\d+) (-?\d+) (-?\d+) (-?\d+)")
_BASELINE = re.compile(rf"\bbaseline {_NUMBER} {_NUMBER}")
_SIZE = re.compile(rf"\bx_size {_NUMBER}; x_descenders {_NUMBER}; x_ascenders {_NUMBER}")


@dataclass(frozen=True, slots=True)
class Symbol:
    """What Tesseract takes for one character: one or more code points, its box and its confidence, 0 to 1."""

    text: str
    box: Box
    confidence: float


@dataclass(frozen=True, slots=True)
class SymbolLine:
    """One line of symbols in pixels of the image that was read.

    The baseline runs through (box.left, `base`) with `slope` (down is positive). `x_height` is the height of
    letters without ascenders, 0 where Tesseract gives none.
    """

    box: Box
    symbols: tuple[Symbol, ...]
    base: float
    slope: float
    x_height: float

    def baseline(self, x: float) -> float:
        """The baseline's height at `x`."""
        return self.base + self.slope * (x - self.box.left)


def parse_hocr(text: str, tops: Sequence[int] = (0,)) -> tuple[SymbolLine, ...]:
    """The lines of an hOCR file in its order, which is that of the plain text.

    The file has one page for each band of the image, and `tops` where each band begins in it, in pixels.

    Raises:
        ValueError: it is not hOCR with character boxes (characters outside lines, a number that is none), or has not
            that many pages.
    """
    _, *pages = text.split("<div class='ocr_page'")
    if len(pages) != len(tops):
        raise ValueError(f"{len(pages)} hOCR pages for {len(tops)} images")
    return tuple(line for page, top in zip(pages, tops, strict=True) for line in _parse_page(page, top))


def _parse_page(text: str, down: int) -> list[SymbolLine]:
    lines: list[SymbolLine] = []
    title = ""
    symbols: list[Symbol] = []
    for token in _TOKEN.finditer(text):
        heading, left, top, right, bottom, confidence, characters = token.groups()
        if heading is not None:
            _finish(lines, title, symbols, down)
            title, symbols = heading, []
        elif not title:
            raise ValueError("a character outside of any line")
        else:
            box = _box(left, top, right, bottom, down)
            share = min(max(float(confidence) / 100, 0.0), 1.0)
            symbols.append(Symbol(html.unescape(characters), box, share))
    _finish(lines, title, symbols, down)
    return lines


def _finish(lines: list[SymbolLine], title: str, symbols: list[Symbol], down: int) -> None:
    if not title or not symbols:
        return
    found = _BOX.search(title)
    if found is None:
        raise ValueError("a line without a box")
    left, top, right, bottom = found.groups()
    box = _box(left, top, right, bottom, down)
    baseline = _BASELINE.search(title)
    slope, offset = (float(value) for value in baseline.groups()) if baseline else (0.0, 0.0)
    size = _SIZE.search(title)
    x_height = 0.0
    if size:
        whole, descenders, ascenders = (float(value) for value in size.groups())
        x_height = max(0.0, whole - descenders - ascenders)
    lines.append(SymbolLine(box, tuple(symbols), box.bottom + offset, slope, x_height))


def _box(left: str, top: str, right: str, bottom: str, down: int) -> Box:
    x, y = int(left), int(top) + down
    return Box(x, y, max(x, int(right)), max(y, int(bottom) + down))
