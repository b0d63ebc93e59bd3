"""`chamra evaluate`: measure a text against the truth."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from cli.options import JsonOption
from cli.text_input import bytes_of
from model.errors import Exit


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("evaluate")(evaluate)


def evaluate(
    candidate: Annotated[str, typer.Argument(help="The text to measure.", show_default=False)],
    truth: Annotated[str, typer.Argument(help="The right text.", show_default=False)],
    html: Annotated[Path | None, typer.Option(help="Write an aligned view to this file.")] = None,
    as_json: JsonOption = False,
) -> int:
    """Measure a text against the truth: CER, WER, spaces, errors by class of letter."""
    from ocr.source.textfile import decode_text
    from reports.atomic import write_atomically
    from reports.evaluate import evaluate as compare
    from reports.evaluation_html import render_evaluation_html
    from reports.evaluation_json import evaluation_object
    from reports.evaluation_table import show_evaluation

    texts = [decode_text(bytes_of(file, file), file) for file in (candidate, truth)]
    result = compare(*texts)
    if html is not None:
        write_atomically(html, render_evaluation_html(result).encode())
    if as_json:
        typer.echo(json.dumps(evaluation_object(result), ensure_ascii=False))
    else:
        show_evaluation(result)
    return Exit.DONE
