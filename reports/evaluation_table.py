"""Evaluations as tables for the terminal."""

from __future__ import annotations

from collections.abc import Mapping

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from reports.evaluate import COMPARED, Evaluation, Found, segmenter
from reports.evaluation_batch import BatchEvaluation, Mean, figures
from reports.letters import visible

TOP_CONFUSIONS = 10
_SHORT = {
    "strict": "CER strict",
    "composed_without_space": "CER without space",
    "words_composed": "WER",
    "spaces_f1": "Space F1",
}
"""What a file's line shows, by the names that `figures` gives."""


def show_evaluation(evaluation: Evaluation, console: Console | None = None) -> None:
    """Print the measures, the classes with errors and the most frequent confusions."""
    console = console or Console()
    console.print(_measures(evaluation))
    _show_errors(evaluation, console)
    if not evaluation.by_page:
        console.print("The two have different numbers of pages and were compared as one text.")


def show_batch(batch: BatchEvaluation, console: Console) -> None:
    """Print a line for each file, the means of each measure, and what was not measured."""
    micro, macro = batch.micro, batch.macro
    if batch.files:
        console.print(_files(batch))
        console.print(_measures(micro, macro))
        _show_errors(micro, console)
    for one in batch.files:
        if not one.evaluation.by_page:
            console.print(
                f"{one.pair.name}: the two have different numbers of pages and were compared as one text.",
                markup=False,
            )
    for words, names in (
        ("Not measured, no candidate", batch.pairing.missing),
        ("Not measured, no truth", batch.pairing.extra),
        ("Not measured", tuple(f"{one.name}: {one.why}" for one in batch.unmeasured)),
        ("Not a text (.txt)", batch.pairing.no_texts),
    ):
        for name in names:
            console.print(f"{words}: {name}", markup=False, soft_wrap=True)


def _files(batch: BatchEvaluation) -> Table:
    table = Table("File", header_style="bold")
    for name in ("Letters", *_SHORT.values()):
        table.add_column(name, justify="right")
    for one in batch.files:
        found = figures(one.evaluation)
        letters = one.evaluation.measures["strict"].size
        table.add_row(escape(one.pair.name), f"{letters:,}", *(share(found[name]) for name in _SHORT))
    return table


def _show_errors(evaluation: Evaluation, console: Console) -> None:
    errors = {name: found for name, found in evaluation.classes.items() if found.errors}
    if errors:
        table = Table("Class", header_style="bold")
        for name in ("In the truth", "Other letter", "Missing", "Extra"):
            table.add_column(name, justify="right")
        for name, found in errors.items():
            counts = (found.size, found.substituted, found.missing, found.extra)
            table.add_row(str(name), *(f"{count:,}" for count in counts))
        console.print(table)
    top = evaluation.confusions.most_common(TOP_CONFUSIONS)
    if top:
        pairs = (f"{visible(t) or 'nothing'} → {visible(c) or 'nothing'} ×{n}" for (t, c), n in top)
        console.print("Most frequent (truth → candidate): " + ", ".join(pairs), markup=False)


def _measures(evaluation: Evaluation, macro: Mapping[str, Mean] | None = None) -> Table:
    """The measures; with `macro` those of all files together beside the mean of the files."""
    means = () if macro is None else ("Mean of files",)
    table = Table(
        "Measure", "Rate" if macro is None else "All letters", *means, "Errors", "Of", "Compared",
        header_style="bold",
    )  # fmt: skip

    def add(measure: str, figure: str, rate: str, *others: str) -> None:
        table.add_row(measure, rate, *(() if macro is None else (share(macro[figure].value),)), *others)

    for name, rate in evaluation.measures.items():
        add("CER", name, share(rate.rate), f"{rate.errors:,}", f"{rate.size:,}", COMPARED[name])
    for name, rate in evaluation.words.items():
        form = "sara am composed" if name == "composed" else "as it stands"
        compared = f"{segmenter()} words, {form}"
        add("WER", f"words_{name}", share(rate.rate), f"{rate.errors:,}", f"{rate.size:,}", compared)
    add("Space F1", "spaces_f1", *_f1(evaluation.spaces, "white space inside lines"))
    add("Line end F1", "line_breaks_f1", *_f1(evaluation.line_breaks, "white space with a line end"))
    return table


def _f1(found: Found, compared: str) -> tuple[str, str, str, str]:
    precision_recall = f"precision {share(found.precision)}, recall {share(found.recall)}"
    return (
        share(found.f1), f"{found.missing + found.extra:,}", f"{found.matched + found.missing:,}",
        f"{compared}: {precision_recall}",
    )  # fmt: skip


def share(value: float | None) -> str:
    """A share in per cent with two places; a dash where there is nothing to divide by."""
    return "–" if value is None else f"{100 * value:.2f} %"
