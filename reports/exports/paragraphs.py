"""Plain text by paragraphs: for reading on and for counting words, not for citing lines."""

from __future__ import annotations

from collections.abc import Iterator

from model.decision import PAGE_BREAK
from model.publication import Edition
from reports.export_format import ExportFormat
from reports.laid_out import laid_out
from reports.reading_text import flowing


def pieces(edition: Edition) -> Iterator[str]:
    """One line for each paragraph and each row of a table, without running heads and page numbers, footnotes last; a
    form feed between pages.

    Raises:
        GateError: the published layer is asked for and a page is neither published nor left out.
    """
    for index, page in enumerate(laid_out(edition)):
        if index:
            yield PAGE_BREAK
        for part in flowing(page):
            yield "".join("\t".join(row) + "\n" for row in part.rows) if part.rows else part.text + "\n"


EXPORT = ExportFormat(
    name="paragraphs",
    extension=".paragraphs.txt",
    description="Plain text with a line for each paragraph; no running heads and feet, footnotes last on their page.",
    pieces=pieces,
)
