"""`chamra correct`: propose corrections for a text."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Annotated

import typer

from cli.options import DictionaryOption
from cli.safe_output import write_document
from cli.text_input import bytes_of
from model.errors import Exit


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("correct")(correct)


class CorrectFormat(StrEnum):
    """How `correct` prints what it found."""

    DIFF = "diff"
    JSON = "json"
    TEXT = "text"


class Accept(StrEnum):
    """Which proposals `correct` applies."""

    NONE = "none"
    SAFE = "safe"
    ALL = "all"


def correct(
    file: Annotated[str, typer.Argument(help="A text file, or - for standard input.", show_default=False)],
    output_format: Annotated[
        CorrectFormat,
        typer.Option("--format", help="A readable diff, one JSON object, or the corrected text."),
    ] = CorrectFormat.DIFF,
    accept: Annotated[
        Accept,
        typer.Option(help="What the text has applied: nothing, what is SAFE, or all with a replacement."),
    ] = Accept.ALL,
    encoding: Annotated[
        str | None, typer.Option(help="The file's encoding, such as cp874; UTF-8 if not given.")
    ] = None,
    dictionary: DictionaryOption = None,
) -> int:
    """Propose corrections for a text: a PDF's text layer, or what another OCR program read."""
    from correction.payload import corrected_text, correction_object, diagnosis_lines, render_correction_diff
    from model.page import Reader, Reading
    from ocr.source.textfile import decode_text
    from pipeline.knowledge import knowledge
    from pipeline.settings import Settings

    name = "standard input" if file == "-" else file
    text = decode_text(bytes_of(file, name), name, encoding)
    reading = Reading.of_text(text, Reader("file", "1"))
    known = knowledge(dictionary or (), Settings().rules)
    findings, lexicon = known.find(reading), known.resources.lexicon
    if output_format is CorrectFormat.JSON:
        typer.echo(json.dumps(correction_object(text, findings, lexicon), ensure_ascii=False))
    elif output_format is CorrectFormat.DIFF:
        typer.echo(render_correction_diff(text, findings, lexicon), nl=False)
    else:
        typer.echo(diagnosis_lines(text, lexicon), nl=False, err=True)
        # Bytes, so that the newlines of the file come out as they went in.
        write_document(corrected_text(text, findings, str(accept)).encode())
    return Exit.DONE
