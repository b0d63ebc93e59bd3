"""Commands that read documents and show what was read: digitise, text, status, report."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.commands.options import DictionaryOption, DocumentArgument, JsonOption, WorkspaceOption
from model.errors import Exit

if TYPE_CHECKING:
    from flows.summary import Summary
    from model.state import DocumentState


class Layer(StrEnum):
    """The layers of a document's text."""

    RAW = "raw"
    SAFE = "safe"
    PROPOSED = "proposed"
    PUBLISHED = "published"


class Quality(StrEnum):
    """How much work is put into a page image."""

    USUAL = "usual"
    BEST = "best"


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command("digitise")(digitise)
    app.command("text")(text)
    app.command("status")(status)
    app.command("report")(report)


def digitise(
    sources: Annotated[list[Path], typer.Argument(help="PDF, TIFF, PNG or JPEG files.", show_default=False)],
    workspace: WorkspaceOption,
    pages: Annotated[
        str | None, typer.Option(help="Only these pages of each file, such as 1-3,7,12-.")
    ] = None,
    reader: Annotated[str, typer.Option(help="auto, tesseract or text-layer.")] = "auto",
    reading: Annotated[
        Path | None,
        typer.Option(
            help="Take what another engine has read: hOCR, ALTO, PAGE-XML, or text with form feeds."
        ),
    ] = None,
    quality: Annotated[
        Quality | None,
        typer.Option(help="best: read each page image three times and vote; takes three times as long."),
    ] = None,
    jobs: Annotated[int | None, typer.Option(min=1, help="Pages read at the same time.")] = None,
    password: Annotated[
        str | None, typer.Option(envvar="CHAMRA_PDF_PASSWORD", help="The password of an encrypted PDF.")
    ] = None,
    dictionary: DictionaryOption = None,
    prefect: Annotated[
        bool,
        typer.Option("--prefect", help="As a Prefect flow run; the default when PREFECT_API_URL is set."),
    ] = False,
    as_json: JsonOption = False,
) -> int:
    """Read documents, propose corrections, write a diff report for each."""
    from flows.settings import Settings
    from flows.summary import exit_status
    from flows.terminal import showing_progress

    given = {"jobs": jobs, "quality": quality and quality.value}
    settings = Settings().model_copy(
        update={name: value for name, value in given.items() if value is not None}
    )
    dictionaries = dictionary or []
    if reading is not None:
        from flows.imports import import_reader

        reader = import_reader(reading, sources, reader, settings, password)
    with showing_progress(quiet=as_json):
        if prefect or os.environ.get("PREFECT_API_URL"):
            # The command tells its own progress; a scheduled run keeps Prefect's log.
            os.environ.setdefault("PREFECT_LOGGING_LEVEL", "WARNING")
            from flows.launch import digitise_with_prefect

            result = digitise_with_prefect(
                sources,
                workspace,
                reader=reader,
                pages=pages,
                password=password,
                settings=settings,
                dictionaries=dictionaries,
            )
        else:
            from flows.local import digitise_here
            from flows.steps import Run
            from workspace.workspace import Workspace

            with Run(Workspace.open(workspace, create=True), reader, settings, dictionaries) as run:
                run.password = password
                result = digitise_here(run, sources, pages)
    _show_summary(result, as_json)
    return exit_status(result)


def _show_summary(result: Summary, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(result, ensure_ascii=False))
        return
    for document in result["documents"]:
        outcomes = [page["outcome"] for page in document["pages"]]
        counts = ", ".join(
            f"{outcomes.count(kind)} {kind}" for kind in ("read", "kept", "failed") if kind in outcomes
        )
        proposals = sum(page["proposals"] for page in document["pages"])
        flags = sum(page["flags"] for page in document["pages"])
        typer.echo(f"{document['name']}  {document['id'][:12]}")
        typer.echo(f"  pages: {counts or 'none'}; {proposals} proposals, {flags} flags")
        for page in document["pages"]:
            if page["outcome"] == "failed":
                typer.echo(f"  page {page['number']} FAILED: {page['reason']}")
        typer.echo(f"  report: {document['report']}")
    for row in result["refused"]:
        typer.echo(f"chamra: {row['reason']}", err=True)


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
        sys.stdout.buffer.write("\f".join(pages).encode())
    return Exit.DONE


def _in_paragraphs(state: DocumentState, texts: Iterable[str]) -> Iterator[str]:
    from reports.paragraphs import paragraphs_text
    from reports.structure import structure

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


def status(
    workspace: WorkspaceOption,
    document: Annotated[str | None, typer.Argument(help="Only this document.", show_default=False)] = None,
    as_json: JsonOption = False,
) -> int:
    """Show what is read, proposed, waiting, signed, published, and what failed and why."""
    from reports.status import show_status, status_object
    from review.state import document_state, summaries
    from review.status_list import show_status_list, status_list_object
    from workspace.workspace import Workspace

    with Workspace.open(workspace) as ws:
        if document is None:
            found = summaries(ws)
            if as_json:
                typer.echo(json.dumps(status_list_object(found), ensure_ascii=False))
            else:
                show_status_list(found)
            return Exit.DONE
        state = document_state(ws, ws.find_document(document))
    if as_json:
        typer.echo(json.dumps(status_object([state]), ensure_ascii=False))
    else:
        show_status(state)
    return Exit.DONE


def report(
    document: DocumentArgument,
    workspace: WorkspaceOption,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write it here.")] = None,
) -> int:
    """Write the diff report of a document anew, with the decisions made since."""
    from flows.steps import write_report
    from workspace.workspace import Workspace

    with Workspace.open(workspace) as ws:
        typer.echo(str(write_report(ws, ws.find_document(document), output)))
    return Exit.DONE
