"""Plain text by pages: each begins with a line that says which page it is."""

from __future__ import annotations

from collections.abc import Iterator

from model.decision import numbered_page
from model.publication import Edition
from reports.export_format import ExportFormat
from reports.text_layers import layer_pages


def pieces(edition: Edition) -> Iterator[str]:
    """Before the text of each page the line `[หน้า N]`. Pages that were never asked for are not there, and those that
    were left out have no text.

    Raises:
        GateError: the published layer is asked for and a page is neither published nor left out.
    """
    for page in layer_pages(edition, edition.layer):
        yield numbered_page(page.number, page.text)


EXPORT = ExportFormat(
    name="pages",
    extension=".pages.txt",
    description="Plain text in UTF-8, the number of each page on a line of its own before it.",
    pieces=pieces,
)
