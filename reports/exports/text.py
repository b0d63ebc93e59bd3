"""Plain text: the pages with a form feed between them."""

from __future__ import annotations

from collections.abc import Iterator

from model.decision import PAGE_BREAK
from model.publication import Edition
from reports.export_format import ExportFormat
from reports.text_layers import layer_pages


def pieces(edition: Edition) -> Iterator[str]:
    """The text with a form feed between pages; a page that was left out is an empty one.

    Raises:
        GateError: a page is neither published nor left out.
    """
    for index, page in enumerate(layer_pages(edition, edition.layer)):
        if index:
            yield PAGE_BREAK
        yield page.text


EXPORT = ExportFormat(
    name="text",
    extension=".txt",
    description="Plain text in UTF-8, a form feed between pages.",
    pieces=pieces,
)
