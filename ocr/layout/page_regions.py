"""All regions of a page in one list: what is drawn on it and no print, as it is kept with the page, and the regions of
its text, worked out from the lines of its base reading."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from model.box import Box, box_around
from model.edit import Span
from model.mark import MarkKind
from model.page import Page
from model.region import Region, RegionKind
from model.structure import LineRole, PageStructure, Paragraph
from ocr.layout.structure import structure

KINDS = {
    LineRole.BODY: RegionKind.TEXT,
    LineRole.HEADING: RegionKind.HEADING,
    LineRole.RUNNING_HEAD: RegionKind.HEADER,
    LineRole.FOOTER: RegionKind.FOOTER,
    LineRole.PAGE_NUMBER: RegionKind.PAGE_NUMBER,
    LineRole.FOOTNOTE: RegionKind.FOOTNOTE,
}

_LABEL = re.compile(r"[-–•*●○►]\s|\(?[0-9๐-๙]{1,3}[.)]\s?(?![0-9๐-๙])|\(?[ก-ฮ][.)]\s")
"""What an item of a list begins with."""


def page_regions(pages: Sequence[Page]) -> tuple[tuple[Region, ...], ...]:
    """The regions of each page in reading order; pages of one document tell of each other.

    A text region has its stretch of the base reading as `span`. The text of a table's cells is the table's: its `span`,
    where no other text stands between, else None. A region of text has a place where the reader knows one for it;
    without that there is no region.
    """
    return tuple(_regions(page, found) for page, found in zip(pages, structure(pages), strict=True))


def _regions(page: Page, found: PageStructure) -> tuple[Region, ...]:
    spans = _line_spans(page.reading.text)
    boxes = [box_around(page.reading.boxes[span.start : span.end]) for span in spans]
    tables = [region for region in page.regions if region.kind is RegionKind.TABLE]
    inside: dict[int, list[int]] = {}
    texts: list[Region] = []
    for paragraph in found.paragraphs:
        lines = [at for at in paragraph.lines if boxes[at] is not None]
        box = box_around(boxes[at] for at in lines)
        if box is None:
            continue
        table = next((number for number, one in enumerate(tables) if _lies_in(box, one.box)), None)
        if table is not None:
            inside.setdefault(table, []).extend(lines)
        else:
            span = Span(spans[lines[0]].start, spans[lines[-1]].end)
            texts.append(Region(_kind(paragraph, page.reading.text[span.start : span.end]), box, span=span))
    drawn = [region for region in page.regions if region.kind is not RegionKind.TABLE]
    drawn += [_with_text(one, inside.get(number, []), spans) for number, one in enumerate(tables)]
    drawn += [Region(RegionKind.PICTURE, box) for box in _pictures(page)]
    return _in_order(texts, drawn)


def _pictures(page: Page) -> list[Box]:
    """The pictures whose letters are no part of the text."""
    return [mark.box for mark in page.reading.marks if mark.kind is MarkKind.PICTURE and mark.box is not None]


def _line_spans(text: str) -> list[Span]:
    spans, start = [], 0
    for line in text.split("\n"):
        spans.append(Span(start, start + len(line)))
        start += len(line) + 1
    return spans


def _kind(paragraph: Paragraph, text: str) -> RegionKind:
    if paragraph.role is LineRole.BODY and "\t" not in text and _LABEL.match(text):
        return RegionKind.LIST
    return KINDS[paragraph.role]


def _lies_in(box: Box, other: Box) -> bool:
    """Whether the middle of a box lies in another."""
    x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    return other.left <= x < other.right and other.top <= y < other.bottom


def _with_text(table: Region, lines: Sequence[int], spans: Sequence[Span]) -> Region:
    """A table with the stretch of text that its lines are, where they follow each other."""
    if not lines or max(lines) - min(lines) >= len(lines):
        return table
    return replace(table, span=Span(spans[min(lines)].start, spans[max(lines)].end))


def _in_order(texts: Sequence[Region], drawn: Sequence[Region]) -> tuple[Region, ...]:
    """Text in the order of the reading; what else there is before the first text that does not begin above it."""
    found = list(texts)
    for region in sorted(drawn, key=lambda one: (one.box.top, one.box.left), reverse=True):
        place = next((at for at, text in enumerate(found) if text.box.top >= region.box.top), len(found))
        found.insert(place, region)
    return tuple(replace(region, order=order) for order, region in enumerate(found))
