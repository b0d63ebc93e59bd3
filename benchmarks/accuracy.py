"""How good the reading is and what the corrections do for it, on real pages with truth.

    .venv/bin/python benchmarks/accuracy.py --data DIR [--sets gazette election] [--json FILE]

For each set: the character error rate of the raw text, of the safe layer and of the proposed layer, each
with a 95 % bootstrap interval (over pages where there are at least eight, else over lines), the gain of both
layers, and for each family of rules how many winning proposals were right, neutral or harmful. Readings are
kept by content in --cache, so a second run only corrects and counts.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.bootstrap import Interval, difference, ratio
from benchmarks.common import SETS, Readings, Set, machine, sets_of
from benchmarks.judge import FORMS, Judged, SourceError, Worth, errors_by_line, judge, source_errors
from correction.engine import propose, ruleset_version
from correction.layers import layer
from correction.resolve import resolve
from dictionaries.version import dictionaries_version
from model.edit import Safety
from model.page import Page
from reports.scorecard import family_of

LAYERS = ("raw", "safe", "proposed")
PAGES_FOR_PAGE_UNITS = 8
MAIN = "composed_without_space"
SOURCE_ERRORS = Path(__file__).parent / "source_errors.csv"


@dataclass(frozen=True, slots=True)
class PageResult:
    """One page: (errors, letters) by line for each layer and form, and its judged winners."""

    name: str
    lines: dict[tuple[str, str], list[tuple[int, int]]]
    judged: list[Judged]
    flags: int
    seconds: float


def measure_page(name: str, page: Page, truth: str, known: Sequence[SourceError] = ()) -> PageResult:
    """Correct one page and hold all layers against the truth."""
    raw = page.reading.text
    started = time.perf_counter()
    findings = propose(page.reading, witnesses=page.readings[1:])
    seconds = time.perf_counter() - started
    texts = {
        "raw": raw,
        "safe": layer(raw, findings.proposals, "safe"),
        "proposed": layer(raw, findings.proposals, "proposed"),
    }
    winners = [s.proposal for s in resolve(findings.proposals, Safety.REVIEW) if s.stands]
    return PageResult(
        name=name,
        lines={
            (kind, form): errors_by_line(texts[kind], truth, function)
            for kind in LAYERS
            for form, function in FORMS.items()
        },
        judged=judge(raw, truth, winners, known),
        flags=len(findings.flags),
        seconds=seconds,
    )


def measure(group: Set, readings: Readings, known: Sequence[SourceError] = ()) -> dict[str, Any]:
    """Measure a set."""
    pages = readings.of(group)
    results = [
        measure_page(case.name, page, case.truth_text, known)
        for case, page in zip(group.cases, pages, strict=True)
    ]
    return summary(group, results)


def summary(group: Set, results: Sequence[PageResult]) -> dict[str, Any]:
    """The numbers of a set, ready for JSON."""
    by_page = len(results) >= PAGES_FOR_PAGE_UNITS
    cer: dict[str, dict[str, Any]] = {}
    gain: dict[str, dict[str, Any]] = {}
    for form in FORMS:
        units = {kind: _units(results, kind, form, by_page=by_page) for kind in LAYERS}
        sizes = [size for _, size in units["raw"]]
        errors = {kind: [count for count, _ in units[kind]] for kind in LAYERS}
        cer[form] = {
            kind: {**asdict(ratio(errors[kind], sizes)), "errors": sum(errors[kind])} for kind in LAYERS
        }
        gain[form] = {
            kind: asdict(difference(errors["raw"], errors[kind], sizes)) for kind in LAYERS if kind != "raw"
        }
    return {
        "about": group.about,
        "reader": group.reader,
        "pages": len(results),
        "letters": sum(size for result in results for _, size in result.lines["raw", MAIN]),
        "interval_over": "pages" if by_page else "lines",
        "cer": cer,
        "gain": gain,
        "families": _families(results),
        "flags": sum(result.flags for result in results),
        "correction_seconds_per_page": sum(result.seconds for result in results) / len(results),
        "by_page": [
            {"page": result.name, **{kind: _errors(result, kind) for kind in LAYERS}} for result in results
        ],
        "harm": [
            {"page": result.name, "rule": j.proposal.rule, "before": j.proposal.edit.before,
             "after": j.proposal.edit.after, "context": j.context}
            for result in results for j in result.judged if j.worth is Worth.HARM
        ],
    }  # fmt: skip


def _errors(result: PageResult, kind: str) -> int:
    return sum(count for count, _ in result.lines[kind, MAIN])


def _units(results: Sequence[PageResult], kind: str, form: str, *, by_page: bool) -> list[tuple[int, int]]:
    lines = [result.lines[kind, form] for result in results]
    if not by_page:
        return [unit for page in lines for unit in page]
    return [(sum(count for count, _ in page), sum(size for _, size in page)) for page in lines]


def _families(results: Sequence[PageResult]) -> dict[str, dict[str, Any]]:
    counts: dict[str, Counter[Worth]] = {}
    for result in results:
        for judged in result.judged:
            counts.setdefault(family_of(judged.proposal.rule), Counter())[judged.worth] += 1
    return {
        family: {
            **{str(worth): found[worth] for worth in Worth},
            "precision": _precision(found),
            "per_page": found.total() / len(results),
        }
        for family, found in sorted(counts.items())
    }


def _precision(found: Counter[Worth]) -> float | None:
    """Right ones of those that were right or harmful; None where all were neutral."""
    judged = found[Worth.RIGHT] + found[Worth.HARM]
    return found[Worth.RIGHT] / judged if judged else None


def show(report: dict[str, Any], console: Console) -> None:
    """Print the tables."""
    table = Table(title="Character error rate, per cent (95 % interval)", title_justify="left")
    for name in ("Set", "Pages", "Letters", "Compared", *LAYERS, "Gain of proposed"):
        table.add_column(name, justify="left" if name in ("Set", "Compared") else "right")
    for name, found in report["sets"].items():
        for form in FORMS:
            table.add_row(
                name, str(found["pages"]), f"{found['letters']:,}", form.replace("_", " "),
                *(_interval(found["cer"][form][kind]) for kind in LAYERS),
                _interval(found["gain"][form]["proposed"]),
            )  # fmt: skip
    console.print(table)
    table = Table(title="Winning proposals by family", title_justify="left")
    for name in ("Set", "Family", "Right", "Neutral", "Harm", "Precision", "A page"):
        table.add_column(name, justify="left" if name in ("Set", "Family") else "right")
    for name, found in report["sets"].items():
        for family, worth in found["families"].items():
            table.add_row(
                name, family, *(str(worth[str(kind)]) for kind in Worth),
                "–" if worth["precision"] is None else f"{worth['precision']:.1%}",
                f"{worth['per_page']:.1f}",
            )  # fmt: skip
    console.print(table)
    for name, found in report["sets"].items():
        for harm in found["harm"]:
            change = f"{harm['before']!r} -> {harm['after']!r} in {harm['context']!r}"
            line = f"harm {name} {harm['page']} {harm['rule']}: {change}"
            console.print(line, markup=False, highlight=False)


def _interval(found: dict[str, Any]) -> str:
    interval = Interval(found["value"], found["low"], found["high"])
    return f"{100 * interval.value:.2f} ({100 * interval.low:.2f}-{100 * interval.high:.2f})"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark; exit status 0, or 2 when its data is not there."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="folder with gazette/, prose/ and scans/")
    parser.add_argument("--sets", nargs="*", choices=sorted(SETS), default=[], help="only these sets")
    parser.add_argument("--json", type=Path, help="also write everything here")
    parser.add_argument("--jobs", type=int, default=2, help="pages read at the same time")
    parser.add_argument("--cache", type=Path, default=Path("build/readings"), help="where readings are kept")
    options = parser.parse_args(arguments)
    try:
        groups = sets_of(options.data, options.sets)
    except FileNotFoundError as error:
        print(f"Not measured: {error}.", file=sys.stderr)
        return 2
    readings = Readings(options.cache, options.jobs)
    known = source_errors(SOURCE_ERRORS)
    report: dict[str, Any] = {
        "schema": "chamra/benchmark-accuracy/1",
        "machine": machine(),
        "ruleset": ruleset_version(),
        "dictionaries": dictionaries_version(),
        "sets": {},
    }
    for group in groups:
        report["sets"][group.name] = measure(group, readings, known)
    if options.json:
        options.json.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", "utf-8")
    show(report, Console(width=None if sys.stdout.isatty() else 160))
    return 0


if __name__ == "__main__":
    sys.exit(main())
