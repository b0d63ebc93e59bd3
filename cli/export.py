"""`chamra export`: write the published text to a file, and a signature of it where one is asked for."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.options import DocumentArgument, JsonOption, LayerChoice, WithExtensions, WorkspaceOption
from model.errors import ChamraError, Exit, UsageError

if TYPE_CHECKING:
    from reports.searchable.archival import Archival

SCHEMA = "chamra/export/1"


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("export", cls=WithExtensions)(export)


def _list_formats(wanted: bool) -> None:
    if not wanted:
        return
    from reports.export_format import export_format, export_names

    for name in export_names():
        try:
            found = export_format(name)
        except ChamraError as error:
            typer.echo(f"chamra: {error}", err=True)
        else:
            typer.echo(f"{name}  ({found.extension})  {found.description}")
    raise typer.Exit


FormatOption = Annotated[
    str, typer.Option("--format", help="The form of the file: {exports}.", show_default=False)
]
OutputOption = Annotated[
    Path,
    typer.Option("--output", "-o", help="The file to write, or a folder to put it in.", show_default=False),
]
LayerOption = Annotated[
    LayerChoice,
    typer.Option(help="The text as read, with what is safe, with all proposed, or as published."),
]
ReplaceOption = Annotated[
    bool,
    typer.Option(
        "--replace-text",
        help="In a PDF: text that the source has of its own is not to be found any more; it is drawn as before.",
    ),
]
SignWithOption = Annotated[
    Path | None,
    typer.Option(
        help="Sign the file with this key: PKCS#12 or PEM with its certificate, within a PDF or beside any file, "
        "or an OpenSSH key, beside it. CHAMRA_KEY_PASSWORD opens the former.",
        show_default=False,
    ),
]
DetachedOption = Annotated[
    bool,
    typer.Option(
        "--detached", help="Put the signature beside the file: FILE.p7s (CMS) or FILE.sig (OpenSSH)."
    ),
]
PackageOption = Annotated[
    Path | None,
    typer.Option(
        help="In a PDF: name this evidence package of the document, by its SHA-256.", show_default=False
    ),
]
FormatsOption = Annotated[
    bool,
    typer.Option(
        "--formats", help="Say what is in each form, and end.", callback=_list_formats, is_eager=True
    ),
]


def export(
    document: DocumentArgument,
    workspace: WorkspaceOption,
    output_format: FormatOption,
    output: OutputOption,
    layer: LayerOption = LayerChoice.PUBLISHED,
    replace_text: ReplaceOption = False,
    sign_with: SignWithOption = None,
    detached: DetachedOption = False,
    package: PackageOption = None,
    as_json: JsonOption = False,
    formats: FormatsOption = False,
) -> int:
    """Write the text of a document to a file, with what stands behind it as the form has it."""
    from cli.file_signing import package_of, write_signed
    from cli.made_file import made_file
    from reports.export_format import export_format
    from review.published import edition
    from workspace.workspace import Workspace

    chosen = export_format(output_format)
    if detached and sign_with is None:
        raise UsageError("A signature beside the file needs a key.", remedy="Name it with --sign-with.")
    if package is not None and output_format != "pdf":
        raise UsageError(f"The form {output_format} names no package.", remedy="Leave --package out.")
    with Workspace.open_to_look(workspace) as ws:
        which = ws.find_document(document)
        named = package_of(package, which) if package else ""
        found = edition(ws, which, layer.value, replaces_text=replace_text, package_sha256=named)
        path = made_file(output, found.state.name, chosen.extension, which)
        pieces = chosen.of(found)
        signature = write_signed(path, chosen.name, pieces, sign_with, beside=detached)
    archival = _archival(pieces) if output_format == "pdf" else None
    if as_json:
        said = {"schema": SCHEMA, "document": which, "format": output_format, "layer": layer.value}
        files = {"file": str(path), "signature": None if signature is None else str(signature)}
        typer.echo(json.dumps(said | files | {"archival": archival and asdict(archival)}, ensure_ascii=False))
        return Exit.DONE
    for one in filter(None, (path, signature)):
        typer.echo(str(one))
    for reason in archival.hindrances if archival else ():
        typer.echo(f"chamra: it claims no PDF/A: {reason}", err=True)
    return Exit.DONE


def _archival(pdf: Iterable[str | bytes]) -> Archival | None:
    """What a PDF that was written claims to be; None of one that another package makes."""
    from reports.searchable.document import SearchablePdf

    return pdf.archival if isinstance(pdf, SearchablePdf) else None
