"""How well pages are read, as they come and corrected, beside other ways of reading the same pages.

    .venv/bin/python -m benchmarks.reading --data DIR [--sets gazette-auto] [--pages 5] [--baselines] [--json FILE]

For each set: character error rate without white space and with sara am composed, of the raw reading and with every
proposal accepted; the proportion of runs of Thai digits that are entirely right; which readers were chosen; processor
seconds a page; letters found nowhere, cells of tables that are right (row, column and content), lines with words of
another line, errors by kind, findings that wait.
The baselines read the same page images: bare Tesseract with several models, OCRmyPDF (the text in its PDF), EasyOCR and
PaddleOCR, each if it is there. Readings are kept by content in --cache, with the time that they took.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rapidfuzz.distance import Levenshtein
from rich.console import Console
from rich.table import Table

from benchmarks.common import LAYERS, SETS, Set, machine
from benchmarks.judge import compared
from benchmarks.reading_baselines import BASELINES, Competitor
from benchmarks.reading_errors import KINDS, errors_by_kind, lines_by_tesseract, moved_lines
from benchmarks.reading_runs import Read, TimedReadings
from benchmarks.tables import TableCount, with_cells
from benchmarks.tables import count as count_cells
from correction.engine import propose, ruleset_version
from correction.layers import layer
from dictionaries.version import dictionaries_version
from model.edit import Safety
from model.thai import THAI_DIGITS
from reports.tolerant import letters_not_found, without_leaders

EVERY = {**LAYERS, **SETS}
"""All sets that are read."""


@dataclass(frozen=True, slots=True)
class Count:
    """Errors and letters of texts, and runs of Thai digits: entirely right, and all."""

    errors: int = 0
    letters: int = 0
    right_runs: int = 0
    runs: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(
            self.errors + other.errors,
            self.letters + other.letters,
            self.right_runs + other.right_runs,
            self.runs + other.runs,
        )


def count(text: str, truth: str) -> Count:
    """Hold a text against the truth of its page."""
    wanted, found = compared(truth), compared(text)
    ops = Levenshtein.editops(wanted, found)
    changed = {op.src_pos for op in ops if op.tag != "insert"}
    inserted = {op.src_pos: found[op.dest_pos] for op in ops if op.tag == "insert"}
    runs = right = start = 0
    for at in range(len(wanted) + 1):
        if at < len(wanted) and wanted[at] in THAI_DIGITS:
            continue
        if at > start:
            runs += 1
            inside = any(place in inserted for place in range(start + 1, at))
            beside = any(inserted.get(place, "").isdecimal() for place in (start, at))
            right += not (inside or beside or changed & set(range(start, at)))
        start = at + 1
    return Count(len(ops), len(wanted), right, runs)


def measure(
    group: Set, reads: Sequence[Read], baselines: Sequence[Competitor], cache: Path
) -> dict[str, Any]:
    """A set's figures, ours and the baselines'."""
    totals: dict[str, Count] = {"raw": Count(), "corrected": Count()}
    readers: Counter[str] = Counter()
    by_page = []
    kinds: Counter[str] = Counter()
    missed = moved = asked = lines = waiting = 0
    tables = TableCount()
    for case, read in zip(group.cases, reads, strict=True):
        truth = case.truth_text
        reading = read.page.reading
        findings = propose(reading, witnesses=read.page.readings[1:])
        corrected = layer(reading.text, findings.proposals, "proposed")
        found = {"raw": count(reading.text, truth), "corrected": count(corrected, truth)}
        totals = {kind: totals[kind] + found[kind] for kind in totals}
        readers[reading.reader.name] += 1
        kinds += errors_by_kind(compared(reading.text), compared(truth))
        lost = letters_not_found(without_leaders(truth), without_leaders(reading.text))[0]
        cells = count_cells(reading.text, with_cells(case.name, truth))
        missed, tables = missed + lost, tables + cells
        moved += moved_lines(reading.text, truth, compared)
        by_tesseract = lines_by_tesseract(read.page)
        asked, lines = asked + by_tesseract[0], lines + by_tesseract[1]
        waiting += sum(p.safety is not Safety.SAFE for p in findings.proposals) + len(findings.flags)
        by_page.append(
            {"page": case.name, "reader": reading.reader.name, "because": reading.reader.says("because"),
             "seconds": read.seconds, **{kind: found[kind].errors for kind in found}, "letters": found["raw"].letters,
             "missed": lost, "cells": cells.cells, "cells_right": cells.right_cells}
        )  # fmt: skip
    rows = {kind: figures(total) for kind, total in totals.items()}
    ours = sum(read.seconds for read in reads) / len(reads)
    others = {}
    for baseline in baselines:
        total, seconds = Count(), 0.0
        for case, read in zip(group.cases, reads, strict=True):
            said = baseline.read(case.file, case.number, read.page.dpi, cache)
            total += count(said.text, case.truth_text)
            seconds += said.seconds
        mean = seconds / len(reads)
        others[baseline.name] = {
            **figures(total),
            "cpu_seconds_per_page": mean,
            "ours_to_its_time": ours / mean,
        }
    return {"about": group.about, "reader": group.reader, "pages": len(reads), "readers": dict(readers),
            **rows, "missed": missed / max(1, totals["raw"].letters), "cells": tables.cells,
            "cells_right": tables.figures()["cells_right"], "errors_by_kind": dict(kinds),
            "moved_lines": moved, "lines_by_tesseract": asked / max(1, lines), "findings_waiting": waiting,
            "cpu_seconds_per_page": ours, "baselines": others, "by_page": by_page}  # fmt: skip


def figures(total: Count) -> dict[str, Any]:
    """Rates of counts; no rate of digit runs where there are none."""
    return {
        "cer": total.errors / max(1, total.letters),
        "errors": total.errors,
        "letters": total.letters,
        "digit_runs": total.runs,
        "digit_runs_right": total.right_runs / total.runs if total.runs else None,
    }


def some(group: Set, most: int | None) -> Set:
    """The set with at most so many of its pages, evenly spread."""
    if most is None or most >= len(group.cases):
        return group
    chosen = tuple(group.cases[place * len(group.cases) // most] for place in range(most))
    return Set(group.name, chosen, group.about, group.reader)


def show(report: dict[str, Any], console: Console) -> None:
    """Print the table."""
    table = Table(title="Character error rate without white space, sara am composed", title_justify="left")
    for name in ("Set", "Read by", "Pages", "Letters", "CER", "Thai digit runs right", "CPU s a page"):
        table.add_column(name, justify="left" if name in ("Set", "Read by") else "right")
    for name, found in report["sets"].items():
        chosen = ", ".join(f"{reader} {pages}" for reader, pages in found["readers"].items())
        rows = [
            (f"chamra ({chosen})", found["raw"], found["cpu_seconds_per_page"]),
            ("chamra, corrected", found["corrected"], None),
            *((baseline, row, row["cpu_seconds_per_page"]) for baseline, row in found["baselines"].items()),
        ]
        for label, row, seconds in rows:
            right = row["digit_runs_right"]
            table.add_row(
                name, label, str(found["pages"]), f"{row['letters']:,}", f"{100 * row['cer']:.3f} %",
                "–" if right is None else f"{right:.1%} of {row['digit_runs']}",
                "" if seconds is None else f"{seconds:.2f}",
            )  # fmt: skip
        table.add_section()
    console.print(table)
    console.print(_by_kind(report))
    console.print(_pages_with_tables(report))


def _by_kind(report: dict[str, Any]) -> Table:
    table = Table(title="Errors of the raw reading", title_justify="left")
    table.add_column("Set")
    columns = (
        "letters missed",
        "cells right",
        "moved lines",
        "lines by Tesseract",
        "findings",
        *KINDS,
        "lost",
        "invented",
    )
    for name in columns:
        table.add_column(name, justify="right")
    for name, found in report["sets"].items():
        kinds = found["errors_by_kind"]
        table.add_row(
            name, f"{found['missed']:.3%}",
            "–" if found["cells_right"] is None else f"{found['cells_right']:.1%} of {found['cells']}",
            str(found["moved_lines"]), f"{found['lines_by_tesseract']:.0%}",
            str(found["findings_waiting"]), *(str(kinds.get(kind, 0)) for kind in (*KINDS, "lost", "invented")),
        )  # fmt: skip
    return table


def _pages_with_tables(report: dict[str, Any]) -> Table:
    table = Table(title="Pages with tables", title_justify="left")
    for name in ("Page", "letters missed", "cells", "right"):
        table.add_column(name, justify="left" if name == "Page" else "right")
    for found in report["sets"].values():
        for page in found["by_page"]:
            if page["cells"]:
                missed, right = page["missed"] / max(1, page["letters"]), page["cells_right"] / page["cells"]
                table.add_row(page["page"], f"{missed:.2%}", str(page["cells"]), f"{right:.1%}")
    return table


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark; exit status 0, or 2 when its data is not there."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--data", type=Path, required=True, help="folder with gazette/, budget/, prose/, scans/"
    )
    parser.add_argument("--sets", nargs="*", choices=list(EVERY), default=list(EVERY), help="only these sets")
    parser.add_argument("--pages", type=int, help="at most so many pages of a set, evenly spread")
    parser.add_argument(
        "--baselines",
        nargs="*",
        choices=list(BASELINES),
        default=list(BASELINES),
        help="only these; none: --baselines",
    )
    parser.add_argument("--json", type=Path, help="also write everything here")
    parser.add_argument("--cache", type=Path, default=Path("build/readings"), help="where readings are kept")
    options = parser.parse_args(arguments)
    baselines = [BASELINES[name] for name in options.baselines if BASELINES[name].installed()]
    readings = TimedReadings(options.cache)
    report: dict[str, Any] = {
        "schema": "chamra/benchmark-reading/1",
        "machine": machine(),
        "ruleset": ruleset_version(),
        "dictionaries": dictionaries_version(),
        "not_installed": sorted(set(options.baselines) - {baseline.name for baseline in baselines}),
        "sets": {},
    }
    for name in options.sets:
        group = some(EVERY[name](options.data), options.pages)
        missing = [path for case in group.cases for path in (case.file, case.truth) if not path.is_file()]
        if missing or not group.cases:
            print(
                f"Not measured: {name}: {missing[0] if missing else 'its folder'} is not there.",
                file=sys.stderr,
            )
            return 2
        report["sets"][name] = measure(group, readings.of(group), baselines, options.cache)
    if options.json:
        options.json.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", "utf-8")
    show(report, Console(width=None if sys.stdout.isatty() else 160))
    return 0


if __name__ == "__main__":
    sys.exit(main())
