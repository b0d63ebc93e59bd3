"""`chamra text`: print a layer of a document."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from cli.options import DocumentArgument, WorkspaceOption
from model.decision import PAGE_BREAK
from model.errors import Exit

if TYPE_CHECKING:
    from model.state import DocumentState


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("text")(text)


class Layer(StrEnum):
    """The layers of a document's text."""

    RAW = "raw"
    SAFE = "safe"
    PROPOSED = "proposed"
    PUBLISHED = "published"


def text(
    document: DocumentArgument,
    workspace: WorkspaceOption,
    layer: Annotated[
        Layer, typer.Option(help="As read, with what is safe, with all proposed, or as published.")
    ],
    paragraphs: Annotated[
        bool,
        typer.Option(
            "--paragraphs",
            help="One line a paragraph; without running heads and page numbers, footnotes last.",
        ),
    ] = False,
) -> int:
    """Print a document's text in one of its layers, form feed between pages."""
    from reports.export import layer_pages
    from review.publish import published_pages
    from review.state import document_state
    from workspace.workspace import Workspace

    with Workspace.open(workspace) as ws:
        found = ws.find_document(document)
        state = document_state(ws, found)
        pages = layer_pages(state, layer.value, published_pages(ws, found))
        if paragraphs:
            pages = _in_paragraphs(state, pages)
        # Bytes, so that newlines come out as they were read.
        sys.stdout.buffer.write(PAGE_BREAK.join(pages).encode())
    return Exit.DONE


def _in_paragraphs(state: DocumentState, texts: Iterable[str]) -> Iterator[str]:
    from ocr.layout.structure import structure
    from reports.paragraphs import paragraphs_text

    pages = [page.page for page in state.pages if page.page is not None]
    structures = {found.page: found for found in structure(pages)}
    for page, text in zip(state.pages, texts, strict=True):
        if page.page is None or not text:
            yield text
            continue
        found = paragraphs_text(text, page.page.reading.text, structures[page.number])
        if found is None:
            typer.echo(
                f"chamra: page {page.number}: lines were joined or parted; it is printed line by line.",
                err=True,
            )
        yield text if found is None else found
