"""How a page is laid out: its lines grouped into paragraphs that have a role. It never changes a text."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class LineRole(StrEnum):
    """What a paragraph is on its page."""

    BODY = "body"
    HEADING = "heading"
    RUNNING_HEAD = "running head"
    PAGE_NUMBER = "page number"
    FOOTNOTE = "footnote"
    FOOTER = "footer"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together, `lines` counted from 0 among the lines of the raw text cut at its newlines.

    `indent` is how much further right than the left edge of the text around it its first line begins, pixels of
    the upright page, 0 where it does not or where the reader knows no boxes.
    """

    lines: tuple[int, ...]
    role: LineRole
    indent: int


@dataclass(frozen=True, slots=True)
class PageStructure:
    """The paragraphs of page `page` (from 1) in the order of the text; every line is in exactly one of them."""

    page: int
    paragraphs: tuple[Paragraph, ...]
