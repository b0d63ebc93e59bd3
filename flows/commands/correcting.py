"""Commands on text that is already text: correct, evaluate."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from flows.commands.options import DictionaryOption, JsonOption
from model.errors import BadInput, Exit


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


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command("correct")(correct)
    app.command("evaluate")(evaluate)


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
    from correction.payload import corrected_text, correction_object, render_correction_diff
    from flows.knowledge import knowledge
    from flows.settings import Settings
    from model.page import Reader, Reading
    from ocr.textfile import decode_text

    name = "standard input" if file == "-" else file
    text = decode_text(_bytes_of(file, name), name, encoding)
    reading = Reading.of_text(text, Reader("file", "1"))
    findings = knowledge(dictionary or (), Settings().rules).find(reading)
    if output_format is CorrectFormat.JSON:
        typer.echo(json.dumps(correction_object(text, findings), ensure_ascii=False))
    elif output_format is CorrectFormat.DIFF:
        typer.echo(render_correction_diff(text, findings), nl=False)
    else:
        # Bytes, so that the newlines of the file come out as they went in.
        sys.stdout.flush()
        sys.stdout.buffer.write(corrected_text(text, findings, str(accept)).encode())
    return Exit.DONE


def _bytes_of(file: str, name: str) -> bytes:
    if file == "-":
        return sys.stdin.buffer.read()
    path = Path(file)
    if path.is_dir():
        raise BadInput(f"{name} is a folder.", remedy="Name a text file.")
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise BadInput(f"{name} does not exist.", remedy="Check the name.") from None
    except PermissionError:
        raise BadInput(f"{name} may not be read.", remedy="Ask for permission to read it.") from None


def evaluate(
    candidate: Annotated[str, typer.Argument(help="The text to measure.", show_default=False)],
    truth: Annotated[str, typer.Argument(help="The right text.", show_default=False)],
    html: Annotated[Path | None, typer.Option(help="Write an aligned view to this file.")] = None,
    as_json: JsonOption = False,
) -> int:
    """Measure a text against the truth: CER, WER, spaces, errors by class of letter."""
    from ocr.textfile import decode_text
    from reports.atomic import write_atomically
    from reports.evaluate import evaluate as compare
    from reports.evaluation_html import render_evaluation_html
    from reports.evaluation_json import evaluation_object
    from reports.evaluation_table import show_evaluation

    texts = [decode_text(_bytes_of(file, file), file) for file in (candidate, truth)]
    result = compare(*texts)
    if html is not None:
        write_atomically(html, render_evaluation_html(result).encode())
    if as_json:
        typer.echo(json.dumps(evaluation_object(result), ensure_ascii=False))
    else:
        show_evaluation(result)
    return Exit.DONE
