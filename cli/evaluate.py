"""`chamra evaluate`: measure a text against the truth."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from cli.options import JsonOption
from cli.safe_output import safe_console
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
    from reports.atomic import write_atomically
    from reports.evaluate import evaluate as compare
    from reports.evaluation_html import render_evaluation_html
    from reports.evaluation_json import evaluation_object
    from reports.evaluation_table import show_evaluation

    result = compare(_text(candidate, may_be_empty=True), _text(truth))
    if html is not None:
        write_atomically(html, render_evaluation_html(result).encode())
    if as_json:
        typer.echo(json.dumps(evaluation_object(result), ensure_ascii=False))
    else:
        show_evaluation(result, safe_console())
    return Exit.DONE


def _text(file: str, *, may_be_empty: bool = False) -> str:
    """The text of a file without the byte order mark, which is no letter of it.

    A candidate without a letter is what a reader makes of a page that it cannot read: all of the truth is missing.
    """
    from ocr.source.textfile import decode_text

    data = bytes_of(file, file)
    return "" if may_be_empty and not data else decode_text(data, file).removeprefix("\ufeff")
