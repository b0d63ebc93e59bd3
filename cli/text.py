"""`chamra text`: print a layer of a document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from cli.options import DocumentArgument, JsonOption, LayerChoice, WorkspaceOption
from cli.safe_output import write_document
from cli.told import tell
from model.decision import PAGE_BREAK
from model.errors import Exit

if TYPE_CHECKING:
    from reports.text_layers import LayerPage


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("text")(text)


def text(
    document: DocumentArgument,
    workspace: WorkspaceOption,
    layer: Annotated[
        LayerChoice, typer.Option(help="As read, with what is safe, with all proposed, or as published.")
    ],
    paragraphs: Annotated[
        bool,
        typer.Option(
            "--paragraphs",
            help="One line a paragraph; without running heads and page numbers, footnotes last.",
        ),
    ] = False,
    as_json: JsonOption = False,
) -> int:
    """Print a document's text in one of its layers, form feed between pages."""
    from reports.text_layers import layer_pages
    from review.published import edition
    from workspace.workspace import Workspace

    with Workspace.open_to_look(workspace) as ws:
        which = ws.find_document(document)
        pages = list(layer_pages(edition(ws, which), layer.value))
        texts = list(_in_paragraphs(pages) if paragraphs else (page.text for page in pages))
    if as_json:
        rows = [{"page": page.number, "text": said} for page, said in zip(pages, texts, strict=True)]
        values = {"document": which, "layer": layer.value, "paragraphs": paragraphs, "pages": rows}
        tell("text", values, (), as_json=True)
    else:
        # Bytes, so that newlines come out as they were read.
        write_document(PAGE_BREAK.join(texts).encode())
    return Exit.DONE


def _in_paragraphs(pages: Sequence[LayerPage]) -> Iterator[str]:
    from ocr.layout.structure import structure
    from reports.paragraphs import paragraphs_text

    structures = {
        found.page: found for found in structure([one.page for one in pages if one.page is not None])
    }
    for one in pages:
        if one.page is None or not one.text:
            yield one.text
            continue
        found = paragraphs_text(one.text, one.page.reading.text, structures[one.page.number])
        if found is None:
            typer.echo(
                f"chamra: page {one.page.number}: lines were joined or parted; it is printed line by line.",
                err=True,
            )
        yield one.text if found is None else found
