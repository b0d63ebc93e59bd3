"""One page of A4 for a meeting: the verdict, the counts, who signed, what is to be expected, four lines as pictures."""

from __future__ import annotations

import json
from collections.abc import Iterator

import segno
from markupsafe import Markup

from model.program import program_version
from model.publication import Edition
from reports.director_page import MOST_SIGNERS, DirectorPage, director_page
from reports.export_format import ExportFormat
from reports.rendering import environment, style


def pieces(edition: Edition) -> Iterator[str]:
    """An HTML file that prints on one sheet, in Thai and English.

    Raises:
        GateError: a page is neither published nor left out.
    """
    page = director_page(edition)
    template = environment().get_template("director.html.j2")
    yield template.render(
        page=page, signers=page.signers[:MOST_SIGNERS], more=len(page.signers) - MOST_SIGNERS,
        code=_code(page), version=program_version(), css=style("director.css"),
    )  # fmt: skip


def _code(page: DirectorPage) -> Markup:
    """What the text must have, as a QR code: the hashes of document, text and ledger."""
    said = json.dumps({"document": page.document, "text_sha256": page.text_sha256, "ledger_head": page.head})
    made = segno.make(said, error="m", micro=False)
    return Markup(made.svg_inline(scale=2, border=2, omitsize=True))


EXPORT = ExportFormat(
    name="director",
    extension=".director.html",
    description="One page of A4 for a meeting: counts, who signed, what to expect, four lines drawn by lot.",
    pieces=pieces,
    published_only=True,
)
