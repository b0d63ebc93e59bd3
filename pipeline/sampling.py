"""Drawing a sample as a step: the sample on record, the sheet to compare and the file of verdicts in a folder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from audit.sampling.draw import Sample, draw_sample
from audit.sampling.inspection import verdict_file
from audit.sampling.plans import Scheme
from model.decision import Who
from reports.atomic import write_atomically
from review.sample_sheet import render_sheet
from workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class SampleDone:
    """A sample that was drawn, and its two files."""

    sample: Sample
    sheet: Path
    verdicts: Path


def draw_to(
    ws: Workspace,
    documents: Sequence[str],
    scheme: Scheme,
    who: Who,
    folder: Path,
    *,
    seed: str | None = None,
) -> SampleDone:
    """Draw a sample of these documents and write its files into a folder; raises as `draw_sample` does."""
    drawn = draw_sample(ws, documents, scheme, who, seed=seed)
    sheet, verdicts = folder / f"{drawn.id[:12]}.html", folder / f"{drawn.id[:12]}.csv"
    write_atomically(sheet, render_sheet(ws, drawn).encode())
    write_atomically(verdicts, verdict_file(drawn).encode("utf-8-sig"))
    return SampleDone(drawn, sheet, verdicts)
