"""An evaluation as a table for the terminal."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from reports.evaluate import COMPARED, Evaluation, Found, segmenter
from reports.letters import visible

TOP_CONFUSIONS = 10


def show_evaluation(evaluation: Evaluation, console: Console | None = None) -> None:
    """Print the measures, the classes with errors and the most frequent confusions."""
    console = console or Console()
    console.print(_measures(evaluation))
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
    if not evaluation.by_page:
        console.print("The two have different numbers of pages and were compared as one text.")


def _measures(evaluation: Evaluation) -> Table:
    table = Table("Measure", "Rate", "Errors", "Of", "Compared", header_style="bold")
    for name, rate in evaluation.measures.items():
        table.add_row("CER", share(rate.rate), f"{rate.errors:,}", f"{rate.size:,}", COMPARED[name])
    for name, rate in evaluation.words.items():
        form = "sara am composed" if name == "composed" else "as it stands"
        table.add_row(
            "WER", share(rate.rate), f"{rate.errors:,}", f"{rate.size:,}", f"{segmenter()} words, {form}"
        )
    table.add_row(*_f1("Space F1", evaluation.spaces, "white space inside lines"))
    table.add_row(*_f1("Line end F1", evaluation.line_breaks, "white space with a line end"))
    return table


def _f1(name: str, found: Found, compared: str) -> tuple[str, str, str, str, str]:
    precision_recall = f"precision {share(found.precision)}, recall {share(found.recall)}"
    return (
        name, share(found.f1), f"{found.missing + found.extra:,}", f"{found.matched + found.missing:,}",
        f"{compared}: {precision_recall}",
    )  # fmt: skip


def share(value: float | None) -> str:
    """A share in per cent with two places; a dash where there is nothing to divide by."""
    return "–" if value is None else f"{100 * value:.2f} %"
