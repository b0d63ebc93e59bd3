"""A layer's text with one line for each paragraph: for reading on, never for publishing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from model.structure import LineRole, PageStructure

# Thai words are written without spaces and break over lines without a hyphen. A repetition mark and an abbreviation
# mark are followed by a space.
_THAI_END = re.compile(r"[ก-ฺเ-ๅ็-๎]$")
_THAI_START = re.compile(r"[ก-ฮเ-ไ]")
_HYPHENATED = re.compile(r"[A-Za-z]-$")
_LEFT_OUT = (LineRole.RUNNING_HEAD, LineRole.FOOTER, LineRole.PAGE_NUMBER)


def paragraphs_text(text: str, raw: str, structure: PageStructure) -> str | None:
    """One page's paragraphs, each ended by a newline; running heads and page numbers left out, footnotes last.

    `text` is the page in any layer, `raw` its raw text that the structure was worked out from. None where a change
    has joined or parted lines, so that the structure does not say which lines of `text` belong together.
    """
    lines = text.split("\n")
    if len(lines) != raw.count("\n") + 1:
        return None
    body: list[str] = []
    notes: list[str] = []
    for paragraph in structure.paragraphs:
        joined = joined_lines([lines[at] for at in paragraph.lines])
        if joined and paragraph.role not in _LEFT_OUT:
            (notes if paragraph.role is LineRole.FOOTNOTE else body).append(joined + "\n")
    return "".join(body + notes)


def joined_lines(lines: Sequence[str]) -> str:
    """Printed lines as one: no space inside Thai text and behind a hyphen of a Latin word, otherwise one."""
    found = ""
    for line in (line.strip() for line in lines):
        if (
            not found
            or not line
            or (_THAI_END.search(found) and _THAI_START.match(line))
            or _HYPHENATED.search(found)
        ):
            found += line
        else:
            found += " " + line
    return found
