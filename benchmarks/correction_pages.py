"""What corrections do for pages with truth: error rates by layer, the effect by family, reliability."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table

from benchmarks.bootstrap import Interval, difference, ratio
from benchmarks.common import Readings, Set
from benchmarks.judge import FORMS, Effect, JudgedProposal, SourceError, errors_by_line, judge
from benchmarks.logistic import calibration_error
from benchmarks.proportions import proportion
from correction.engine import propose
from correction.layers import layer
from correction.resolve import resolve
from model.edit import Safety
from model.page import Page
from reports.scorecard import family_of
from reports.tolerant import letters_not_found, without_leaders

LAYERS = ("raw", "safe", "proposed")
PAGES_FOR_PAGE_UNITS = 8
MAIN = "composed_without_space"
BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 1.01)


@dataclass(frozen=True, slots=True)
class PageMeasurement:
    """One page: (errors, letters) by line for each layer and form, how many letters of the truth stand nowhere in each
    layer, leaders and boxes left out, and its judged winners."""

    name: str
    lines: dict[tuple[str, str], list[tuple[int, int]]]
    not_found: dict[str, int]
    judged: list[JudgedProposal]
    flags: int
    seconds: float


def measure_page(name: str, page: Page, truth: str, known: Sequence[SourceError] = ()) -> PageMeasurement:
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
    return PageMeasurement(
        name=name,
        lines={
            (kind, form): errors_by_line(texts[kind], truth, function)
            for kind in LAYERS
            for form, function in FORMS.items()
        },
        not_found={kind: _not_found(truth, text) for kind, text in texts.items()},
        judged=judge(raw, truth, winners, known),
        flags=len(findings.flags),
        seconds=seconds,
    )


def _not_found(truth: str, text: str) -> int:
    form = FORMS[MAIN]
    lines = "\n".join(form(line) for line in without_leaders(truth).split("\n"))
    return letters_not_found(lines, form(without_leaders(text)))[0]


def measure(
    group: Set, readings: Readings, known: Sequence[SourceError] = (), most: int | None = None
) -> tuple[dict[str, Any], list[JudgedProposal]]:
    """Measure a set, or its first pages: the numbers, and every judged winner."""
    chosen = Set(group.name, group.cases[:most], group.about, group.reader)
    results = [
        measure_page(case.name, page, case.truth_text, known)
        for case, page in zip(chosen.cases, readings.of(chosen), strict=True)
    ]
    return summary(chosen, results), [judged for result in results for judged in result.judged]


def reliability(judged: Sequence[JudgedProposal], bins: Sequence[float] = BINS) -> dict[str, Any]:
    """How many of the findings of each confidence were right; what is neutral is left out.

    SAFE ones are certain and say nothing of calibration.
    """
    counted = [j for j in judged if j.effect is not Effect.NEUTRAL and j.proposal.safety is not Safety.SAFE]
    probabilities = np.array([j.proposal.confidence for j in counted])
    right = np.array([j.effect is Effect.RIGHT for j in counted], bool)
    curve = []
    for low, high in pairwise(bins):
        inside = (probabilities >= low) & (probabilities < high)
        if inside.any():
            row = proportion(int(right[inside].sum()), int(inside.sum()))
            curve.append(
                {"from": low, "to": min(high, 1.0), "confidence": float(probabilities[inside].mean()), **row}
            )
    return {
        "findings": len(counted),
        "calibration_error": calibration_error(probabilities, right),
        "curve": curve,
    }


def summary(group: Set, results: Sequence[PageMeasurement]) -> dict[str, Any]:
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
        "relative_cut": _relative_cut(cer[MAIN]),
        "not_found": {kind: sum(result.not_found[kind] for result in results) for kind in LAYERS},
        "families": _families(results),
        "flags": sum(result.flags for result in results),
        "correction_seconds_per_page": sum(result.seconds for result in results) / len(results),
        "by_page": [
            {"page": result.name, **{kind: _errors(result, kind) for kind in LAYERS}} for result in results
        ],
        "harm": [
            {"page": result.name, "rule": j.proposal.rule, "before": j.proposal.edit.before,
             "after": j.proposal.edit.after, "context": j.context}
            for result in results for j in result.judged if j.effect is Effect.HARM
        ],
    }  # fmt: skip


def together(found: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The errors of all sets in each layer, and what proportion of them is gone, each character counting alike; the
    same of the letters that stand nowhere: the order of cells is arguable, and leaders are no letters."""
    errors = {kind: sum(one["cer"][MAIN][kind]["errors"] for one in found) for kind in LAYERS}
    missed = {kind: sum(one["not_found"][kind] for one in found) for kind in LAYERS}
    return {
        **errors,
        "relative_cut": _relative_cut({kind: {"errors": count} for kind, count in errors.items()}),
        "not_found": missed,
        "relative_cut_of_not_found": _relative_cut({kind: {"errors": n} for kind, n in missed.items()}),
    }


def _relative_cut(cer: dict[str, dict[str, Any]]) -> float:
    """The proportion of the errors that the safe layer leaves is gone in the proposed one."""
    return 1.0 - float(cer["proposed"]["errors"]) / max(float(cer["safe"]["errors"]), 1.0)


def _errors(result: PageMeasurement, kind: str) -> int:
    return sum(count for count, _ in result.lines[kind, MAIN])


def _units(
    results: Sequence[PageMeasurement], kind: str, form: str, *, by_page: bool
) -> list[tuple[int, int]]:
    lines = [result.lines[kind, form] for result in results]
    if not by_page:
        return [unit for page in lines for unit in page]
    return [(sum(count for count, _ in page), sum(size for _, size in page)) for page in lines]


def _families(results: Sequence[PageMeasurement]) -> dict[str, dict[str, Any]]:
    counts: dict[str, Counter[Effect]] = {}
    for result in results:
        for judged in result.judged:
            counts.setdefault(family_of(judged.proposal.rule), Counter())[judged.effect] += 1
    return {
        family: {
            **{str(effect): found[effect] for effect in Effect},
            "precision": _precision(found),
            "interval": proportion(found[Effect.RIGHT], found[Effect.RIGHT] + found[Effect.HARM]),
            "per_page": found.total() / len(results),
        }
        for family, found in sorted(counts.items())
    }


def _precision(found: Counter[Effect]) -> float | None:
    """Right ones of those that were right or harmful; None where all were neutral."""
    judged = found[Effect.RIGHT] + found[Effect.HARM]
    return found[Effect.RIGHT] / judged if judged else None


def show(report: dict[str, Any], console: Console) -> None:
    """Print the tables."""
    table = Table(title="Character error rate, per cent (95 % interval)", title_justify="left")
    for name in ("Set", "Pages", "Letters", "Compared", *LAYERS, "Gain of proposed", "Cut"):
        table.add_column(name, justify="left" if name in ("Set", "Compared") else "right")
    for name, found in report["sets"].items():
        for form in FORMS:
            table.add_row(
                name, str(found["pages"]), f"{found['letters']:,}", form.replace("_", " "),
                *(_interval(found["cer"][form][kind]) for kind in LAYERS),
                _interval(found["gain"][form]["proposed"]),
                f"{found['relative_cut']:.0%}" if form == MAIN else "",
            )  # fmt: skip
    console.print(table)
    whole = report["together"]
    layers = ", ".join(f"{kind} {whole[kind]:,}" for kind in LAYERS)
    console.print(f"Errors of all sets: {layers}; {whole['relative_cut']:.0%} cut", highlight=False)
    layers = ", ".join(f"{kind} {whole['not_found'][kind]:,}" for kind in LAYERS)
    console.print(
        f"Letters that stand nowhere, leaders left out: {layers}; {whole['relative_cut_of_not_found']:.0%} cut",
        highlight=False,
    )
    table = Table(title="Winning proposals by family", title_justify="left")
    for name in ("Set", "Family", "Right", "Neutral", "Harm", "Precision", "A page"):
        table.add_column(name, justify="left" if name in ("Set", "Family") else "right")
    for name, found in report["sets"].items():
        for family, effect in found["families"].items():
            table.add_row(
                name, family, *(str(effect[str(kind)]) for kind in Effect),
                "–" if effect["precision"] is None else f"{effect['precision']:.1%}",
                f"{effect['per_page']:.1f}",
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
