"""A page's text as one reads it: paragraphs and tables instead of printed lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from model.structure import LineRole
from reports.laid_out import LaidOutPage
from reports.paragraphs import joined_lines

_LEFT_OUT = (LineRole.RUNNING_HEAD, LineRole.FOOTER, LineRole.PAGE_NUMBER)
LEAST_ROWS = 2
"""A table has so many lines with a TAB, one behind the other."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph (`text`), or a table (`rows` of cells, all of one length). `role`: what it is on its page."""

    text: str
    rows: tuple[tuple[str, ...], ...] = ()
    role: LineRole = LineRole.BODY


def flowing(page: LaidOutPage) -> Iterator[Passage]:
    """The paragraphs and tables of a page in the order of the text, without running heads and page numbers, footnotes
    last."""
    notes: list[Passage] = []
    groups = [(page.role_of(lines[0]), [page.lines[at].text for at in lines]) for lines in page.groups]
    kept = [(role, texts) for role, texts in groups if role not in _LEFT_OUT]
    for role, group in groupby(kept, key=lambda pair: pair[0]):
        for part in _parts([texts for _, texts in group], role):
            if role is LineRole.FOOTNOTE:
                notes.append(part)
            else:
                yield part
    yield from notes


def _parts(paragraphs: Sequence[Sequence[str]], role: LineRole) -> Iterator[Passage]:
    """Lines with TABs that follow each other make a table, across paragraphs too: rows are set apart like these."""
    lines = [(text, index) for index, texts in enumerate(paragraphs) for text in texts if text.strip()]
    for tabbed, group in groupby(lines, key=lambda pair: "\t" in pair[0].strip("\t")):
        run = list(group)
        if tabbed and len(run) >= LEAST_ROWS:
            rows = [[cell.strip() for cell in text.split("\t")] for text, _ in run]
            columns = max(map(len, rows))
            yield Passage("", tuple(tuple(row + [""] * (columns - len(row))) for row in rows), role)
            continue
        for _, paragraph in groupby(run, key=lambda pair: pair[1]):
            yield Passage(joined_lines([text for text, _ in paragraph]), (), role)
