"""What a run looks like: progress bars on a terminal, plain lines everywhere else."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from cli.safe_output import safe_console
from model.visible import in_a_row
from pipeline.progress import Listener, PageDone, PageOutcome, Planned, Progress, silent


@contextmanager
def showing_progress(quiet: bool = False) -> Iterator[Listener]:
    """A listener that shows a run's events on stderr while the block runs."""
    if quiet:
        yield silent
    elif sys.stderr.isatty():
        with _bars() as show:
            yield show
    else:
        yield _say_line


def describe(event: Progress) -> str:
    """An event in one plain line."""
    if isinstance(event, Planned):
        return f"{event.name}: {event.pages} page{'s' if event.pages != 1 else ''}"
    if event.outcome is PageOutcome.FAILED:
        return f"{event.name} page {event.number}: FAILED: {event.reason}"
    if event.outcome is PageOutcome.LEFT:
        return f"{event.name} page {event.number}: left"
    return (
        f"{event.name} page {event.number}: {event.outcome}, "
        f"{event.proposals} proposal{'s' if event.proposals != 1 else ''}, "
        f"{event.flags} flag{'s' if event.flags != 1 else ''}"
    )


def _say_line(event: Progress) -> None:
    print(in_a_row(describe(event)), file=sys.stderr, flush=True)  # noqa: T201  progress is for people, on stderr


@contextmanager
def _bars() -> Iterator[Listener]:
    from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bars(*columns, console=safe_console(stderr=True)) as progress:
        bars: dict[str, TaskID] = {}

        def show(event: Progress) -> None:
            if isinstance(event, Planned):
                bars[event.document] = progress.add_task(in_a_row(event.name), total=event.pages)
            elif isinstance(event, PageDone):
                progress.advance(bars[event.document])
                if event.outcome is PageOutcome.FAILED:
                    progress.console.print(
                        in_a_row(describe(event)), style="red", markup=False, highlight=False
                    )

        yield show
