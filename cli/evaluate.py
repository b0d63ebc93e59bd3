"""`chamra evaluate`: measure a text, many texts or a document against the truth."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.options import JsonOption, LayerChoice, ReportLanguage
from cli.safe_output import safe_console
from cli.text_input import bytes_of
from model.errors import BadInput, Exit, UsageError

if TYPE_CHECKING:
    from reports.evaluation_batch import BatchEvaluation
    from reports.evaluation_html import EvaluatedText


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("evaluate")(evaluate)


def evaluate(
    candidate: Annotated[
        str,
        typer.Argument(
            help="The text to measure, a folder of texts, or with --layer a document of the workspace.",
            show_default=False,
        ),
    ],
    truth: Annotated[
        str,
        typer.Argument(
            help="The right text, or the folder of right texts of the same names.", show_default=False
        ),
    ],
    html: Annotated[
        Path | None, typer.Option(help="Write both line by line, differences marked, to this file.")
    ] = None,
    layer: Annotated[
        LayerChoice | None,
        typer.Option(
            help="Measure this layer of a document; its view has the lines' pictures.", show_default=False
        ),
    ] = None,
    workspace: Annotated[
        Path | None,
        typer.Option(
            "--workspace",
            "-w",
            help="With --layer: the workspace folder.",
            envvar="CHAMRA_WORKSPACE",
            show_default=False,
        ),
    ] = None,
    language: Annotated[
        ReportLanguage, typer.Option(help="The language of that file's words.")
    ] = ReportLanguage.ENGLISH,
    as_json: JsonOption = False,
) -> int:
    """Measure a text against the truth: CER, WER, spaces, errors by class of letter; of two folders each pair and the
    means of all letters and of the files. The status is 1 where a text has no other."""
    if layer is not None:
        if workspace is None:
            raise UsageError("--layer measures a document of a workspace.", remedy="Name it with -w.")
        return _document(workspace, candidate, layer, truth, html, language, as_json=as_json)
    folders = [name for name in (candidate, truth) if Path(name).is_dir()]
    if len(folders) == 1:
        raise UsageError(
            f"{folders[0]} is a folder and the other is not.", remedy="Name two files or two folders."
        )
    if folders:
        return _folders(Path(candidate), Path(truth), html, language, as_json=as_json)
    return _file(candidate, truth, html, language, as_json=as_json)


def _file(candidate: str, truth: str, html: Path | None, language: ReportLanguage, *, as_json: bool) -> int:
    from reports.evaluate import evaluate as compare
    from reports.evaluation_html import EvaluatedText

    found = EvaluatedText(candidate, truth, compare(_text(candidate, may_be_empty=True), _text(truth)))
    return _tell(found, html, language, as_json=as_json)


def _document(
    workspace: Path,
    document: str,
    layer: LayerChoice,
    truth: str,
    html: Path | None,
    language: ReportLanguage,
    *,
    as_json: bool,
) -> int:
    from model.decision import PAGE_BREAK
    from reports.evaluate import evaluate as compare
    from reports.evaluation_html import EvaluatedText
    from reports.evaluation_pictures import LinePictures
    from reports.text_layers import layer_pages
    from review.published import edition
    from workspace.workspace import Workspace

    right = _text(truth)
    with Workspace.open_to_look(workspace) as ws:
        shown = edition(ws, ws.find_document(document))
        pages = list(layer_pages(shown, layer.value))
        measured = compare(PAGE_BREAK.join(page.text for page in pages), right)
        name = f"{shown.state.name} ({layer.value})"
        found = EvaluatedText(name, truth, measured, LinePictures(pages, ws.store.get))
        return _tell(found, html, language, as_json=as_json)


def _tell(found: EvaluatedText, html: Path | None, language: ReportLanguage, *, as_json: bool) -> int:
    from reports.atomic import write_atomically
    from reports.evaluation_html import evaluation_html
    from reports.evaluation_json import evaluation_object
    from reports.evaluation_table import show_evaluation

    if html is not None:
        write_atomically(html, evaluation_html(found, language.value))
    if as_json:
        typer.echo(json.dumps(evaluation_object(found.evaluation), ensure_ascii=False))
    else:
        show_evaluation(found.evaluation, safe_console())
    return Exit.DONE


def _folders(
    candidates: Path, truths: Path, html: Path | None, language: ReportLanguage, *, as_json: bool
) -> int:
    from reports.atomic import write_atomically
    from reports.evaluation_html import batch_html
    from reports.evaluation_json import batch_object
    from reports.evaluation_table import show_batch

    found = _measured(candidates, truths)
    if html is not None:
        write_atomically(html, batch_html(found, str(candidates), str(truths), language.value))
    if as_json:
        typer.echo(json.dumps(batch_object(found), ensure_ascii=False))
    else:
        show_batch(found, safe_console())
    return Exit.DONE if found.complete else Exit.NEEDS_A_PERSON


def _measured(candidates: Path, truths: Path) -> BatchEvaluation:
    """Each pair measured; one that cannot be read is told and does not keep the others from it."""
    from reports.evaluate import evaluate as compare
    from reports.evaluation_batch import BatchEvaluation, EvaluatedPair, Unmeasured, pair_folders

    pairing = pair_folders(candidates, truths)
    files: list[EvaluatedPair] = []
    unmeasured: list[Unmeasured] = []
    for pair in pairing.pairs:
        try:
            given, right = _text(str(pair.candidate), may_be_empty=True), _text(str(pair.truth))
        except BadInput as error:
            unmeasured.append(Unmeasured(pair.name, str(error)))
            continue
        files.append(EvaluatedPair(pair, compare(given, right)))
    return BatchEvaluation(tuple(files), tuple(unmeasured), pairing)


def _text(file: str, *, may_be_empty: bool = False) -> str:
    """The text of a file without the byte order mark, which is no letter of it.

    A candidate without a letter is what a reader makes of a page that it cannot read: all of the truth is missing.
    """
    from ocr.source.textfile import decode_text

    data = bytes_of(file, file)
    return "" if may_be_empty and not data else decode_text(data, file).removeprefix("\ufeff")
