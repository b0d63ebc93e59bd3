"""Markdown: paragraphs, tables and footnotes of each page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from model.publication import Edition
from model.structure import LineRole
from reports.export_format import ExportFormat
from reports.laid_out import LaidOutPage, laid_out
from reports.reading_text import Passage, flowing

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~])")
_STARTS = re.compile(r"^(\s*)([-+]|\d+[.)])(?=\s)")


def pieces(edition: Edition) -> Iterator[str]:
    """CommonMark with the tables of GitHub's. A comment names each page.

    Raises:
        GateError: the published layer is asked for and a page is neither published nor left out.
    """
    yield f"# {_escaped(edition.state.name)}\n"
    for page in laid_out(edition):
        yield f"\n<!-- page {page.number} -->\n"
        yield from _page(page)


def _page(page: LaidOutPage) -> Iterator[str]:
    for part in flowing(page):
        if part.rows:
            yield "\n" + _table(part)
        elif part.role is LineRole.FOOTNOTE:
            yield f"\n> {_escaped(part.text)}\n"
        elif part.role is LineRole.HEADING:
            yield f"\n## {_escaped(part.text)}\n"
        else:
            yield f"\n{_escaped(part.text)}\n"


def _table(part: Passage) -> str:
    head, *rows = [" | ".join(_escaped(cell) for cell in row) for row in part.rows]
    rule = " | ".join("---" for _ in part.rows[0])
    return "".join(f"| {row} |\n" for row in (head, rule, *rows))


def _escaped(text: str) -> str:
    """The text with what Markdown would take for its own marks escaped."""
    found = _SPECIAL.sub(r"\\\1", text.replace("\t", " "))
    return _STARTS.sub(lambda start: f"{start[1]}{start[2][:-1]}\\{start[2][-1]}", found)


EXPORT = ExportFormat(
    name="markdown",
    extension=".md",
    description="Markdown: the paragraphs, tables and footnotes of each page.",
    pieces=pieces,
)
