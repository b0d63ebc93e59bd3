"""How well a letter's risk and a page's expected errors are known before anybody has looked.

    python -m benchmarks.reliability --data DIR [--out FILE] [--write]

Reads the pages that have a truth, and measures with folds (all renderings of one text in one fold): the
expected calibration error, how well the risk ranks (AUC), the reliability curve, and a page's character error
rate against what was expected. `--write` fits on all pages and writes `dictionaries/data/reliability.json`.
"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.common import PageCase, Readings, machine, sets_of
from correction.reliability import CharacterFeatures, expectation, letters_of, risks, witnesses_of
from dictionaries.characters import tidy
from dictionaries.reliability import FEATURES, FILE, ReliabilityWeights
from model.alignment import steps
from model.page import Page
from reports.tolerant import without_leaders

SCANS = ("gazette", "prose-l300", "prose-h200", "prose-h150", "election", "wild")
READ_BY = {"cascade": SCANS, "tesseract": SCANS, "text-layer": ("gazette-auto", "budget-auto", "prose-auto")}
READERS = tuple(READ_BY)
"""Whose errors are measured, and on which sets: those that have pages for them."""

FOLDS = 5
BINS = (0.0, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.7, 1.0)
OUTSIDE = (0.04, 0.96)
"""Shares of the pages below which the range begins and ends: a little more than nine in ten, for they are few."""

MANY = 10
"""Errors expected from which on a page's spread is taken for a share of them."""

RIDGE = 1.0
"""The penalty on squared weights: a hundred pages are few."""


@dataclass(frozen=True, slots=True)
class MeasuredPage:
    """One page: its letters, which of them are wrong, how many errors it has, and its text's name."""

    name: str
    group: str
    letters: CharacterFeatures
    wrong: NDArray[np.bool_]
    errors: int


def measure(case: PageCase, page: Page) -> MeasuredPage:
    """Hold a page's letters against its truth."""
    letters = _without_drawing(letters_of(page.reading, witnesses_of(page), page.quality))
    truth = "".join(tidy(without_leaders(case.truth_text)).split())
    wrong = np.zeros(len(letters.text), np.bool_)
    errors = 0
    for step in steps(letters.text, truth):
        if step.equal:
            continue
        errors += max(step.end - step.start, step.other_end - step.other_start)
        # What is missing is the fault of the letter in front of the place.
        first = step.start if step.end > step.start else max(0, step.start - 1)
        wrong[first : max(step.end, first + 1)] = True
    return MeasuredPage(case.name, case.truth.stem, letters, wrong, errors)


def _without_drawing(letters: CharacterFeatures) -> CharacterFeatures:
    """The letters without leaders and check boxes, of which the truth says nothing."""
    kept = [at for at, letter in enumerate(letters.text) if letter not in "…☐☑☒"]
    return CharacterFeatures(
        "".join(letters.text[at] for at in kept),
        tuple(letters.starts[at] for at in kept),
        tuple(letters.ends[at] for at in kept),
        letters.features[kept],
    )


def fit(pages: Sequence[MeasuredPage]) -> ReliabilityWeights:
    """The weights, and the spread of pages as it is where the weights were fitted on other pages."""
    found = []
    for learn, held in folds(pages):
        inner = fit_weights(learn)
        found += [
            (page.errors, float(risks(page.letters, inner).sum()) * inner.errors_per_risk) for page in held
        ]
    # Where many errors are expected the spread is a share of them.
    bad = [abs(errors - expected) / expected for errors, expected in found if expected > MANY]
    weights = replace(fit_weights(pages), growth=float(np.median(bad)) if bad else 0.0)
    residuals = [(errors - expected) / weights.spread(expected) for errors, expected in found]
    # A few pages are wrong in ways that nobody can foresee: they do not make the range of all others wider.
    low, high = (float(np.quantile(residuals, share)) for share in OUTSIDE)
    return replace(weights, low=min(low, 0.0), high=max(high, 0.0))


def fit_weights(pages: Sequence[MeasuredPage]) -> ReliabilityWeights:
    """Weights by penalised logistic regression (Newton's method)."""
    features = np.concatenate([page.letters.features for page in pages])
    wrong = np.concatenate([page.wrong for page in pages]).astype(np.float64)
    weights = np.zeros(len(FEATURES))
    penalty = np.full(len(FEATURES), RIDGE)
    penalty[0] = 0.0
    for _ in range(40):
        probability = 1 / (1 + np.exp(-(features @ weights)))
        slope = features.T @ (wrong - probability) - penalty * weights
        curve = (features * (probability * (1 - probability))[:, None]).T @ features + np.diag(penalty + 1e-9)
        step = np.linalg.solve(curve, slope)
        weights = weights + step
        if float(np.abs(step).max()) < 1e-6:
            break
    found = ReliabilityWeights(weights, 1.0, 0.0, 0.0)
    expected = np.array([float(risks(page.letters, found).sum()) for page in pages])
    errors = np.array([page.errors for page in pages], np.float64)
    return replace(found, errors_per_risk=float(errors.sum() / expected.sum()))


def folds(pages: Sequence[MeasuredPage]) -> list[tuple[list[MeasuredPage], list[MeasuredPage]]]:
    """Pages to fit on and pages to measure on; the renderings of one text are never in both."""
    groups = sorted({page.group for page in pages})
    fold_of = {group: at % FOLDS for at, group in enumerate(groups)}
    return [
        ([p for p in pages if fold_of[p.group] != fold], [p for p in pages if fold_of[p.group] == fold])
        for fold in range(FOLDS)
    ]


def auc(risk: NDArray[np.float64], wrong: NDArray[np.bool_]) -> float:
    """The probability that a wrong letter has a higher risk than a right one."""
    order = np.argsort(risk, kind="stable")
    ranks = np.empty(len(risk))
    ranks[order] = np.arange(1, len(risk) + 1)
    bad, good = int(wrong.sum()), int((~wrong).sum())
    return float((ranks[wrong].sum() - bad * (bad + 1) / 2) / (bad * good)) if bad and good else math.nan


def curve(risk: NDArray[np.float64], wrong: NDArray[np.bool_]) -> list[dict[str, float]]:
    """For each bin of risk: how many letters, the mean risk, the proportion that is wrong."""
    rows = []
    for low, high in pairwise(BINS):
        inside = (risk >= low) & (risk < high) if high < 1 else risk >= low
        if inside.any():
            rows.append(
                {
                    "from": low,
                    "to": high,
                    "letters": int(inside.sum()),
                    "risk": round(float(risk[inside].mean()), 5),
                    "wrong": round(float(wrong[inside].mean()), 5),
                }
            )
    return rows


def evaluate(pages: Sequence[MeasuredPage]) -> dict[str, object]:
    """Everything measured on pages that the weights were not fitted on."""
    risk_parts, wrong_parts, rows = [], [], []
    for learn, held in folds(pages):
        weights = fit(learn)
        for page in held:
            risk = risks(page.letters, weights)
            risk_parts.append(risk)
            wrong_parts.append(page.wrong)
            expected = expectation(page.letters, weights)
            rows.append(
                {
                    "page": page.name,
                    "letters": expected.letters,
                    "errors": page.errors,
                    "expected": expected.errors,
                    "low": expected.low,
                    "high": expected.high,
                    "inside": expected.low <= page.errors <= expected.high,
                }
            )
    risk, wrong = np.concatenate(risk_parts), np.concatenate(wrong_parts)
    bins = curve(risk, wrong)
    return {
        "letters": len(risk),
        "wrong": int(wrong.sum()),
        "ece": sum(b["letters"] * abs(b["risk"] - b["wrong"]) for b in bins) / len(risk),
        "auc": auc(risk, wrong),
        "bins": bins,
        "pages": rows,
        "inside": sum(bool(row["inside"]) for row in rows) / len(rows),
    }


def main() -> None:
    """Measure, print a table, write JSON."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, required=True, help="the folder with pages and truth")
    parser.add_argument("--cache", type=Path, default=Path("build/readings"), help="where readings are kept")
    parser.add_argument("--out", type=Path, default=Path("build/reliability.json"))
    parser.add_argument(
        "--write", action="store_true", help="fit on all pages and write the program's weights"
    )
    chosen = parser.parse_args()
    readings = Readings(chosen.cache)
    found: dict[str, dict[str, object]] = {}
    written: dict[str, dict[str, object]] = {}
    for reader in READERS:
        pages = [
            measure(case, page)
            for group in sets_of(chosen.data, READ_BY[reader])
            for case, page in zip(group.cases, readings.of(replace(group, reader=reader)), strict=True)
        ]
        print(f"\n{reader}")
        found[reader] = evaluate(pages)
        _show(found[reader])
        written[reader] = _as_data(pages)
    chosen.out.parent.mkdir(parents=True, exist_ok=True)
    chosen.out.write_text(
        json.dumps({"machine": machine(), "readers": found}, ensure_ascii=False, indent=1) + "\n"
    )
    if chosen.write:
        body = {"made_by": "python -m benchmarks.reliability --write", "readers": written}
        FILE.write_text(json.dumps(body, indent=1) + "\n")
        print(f"written: {FILE}")


def _as_data(pages: Sequence[MeasuredPage]) -> dict[str, object]:
    """The weights fitted on all pages, as they are kept."""
    weights = fit(pages)
    return {
        "pages": len(pages),
        "letters": sum(len(page.letters.text) for page in pages),
        "weights": dict(zip(FEATURES, (round(float(w), 4) for w in weights.of_features), strict=True)),
        "errors_per_risk": round(weights.errors_per_risk, 4),
        "low": round(weights.low, 4),
        "high": round(weights.high, 4),
        "growth": round(weights.growth, 4),
    }


def _show(result: dict[str, object]) -> None:
    print(
        f"{result['letters']} letters, {result['wrong']} wrong; AUC {result['auc']:.4f}, ECE {result['ece']:.4f}"
    )
    print("risk        letters   expected   wrong")
    for row in result["bins"]:  # type: ignore[attr-defined]
        print(f"{row['from']:.3f}-{row['to']:.3f} {row['letters']:8} {row['risk']:9.2%} {row['wrong']:8.2%}")
    print("page                      letters errors expected  nine in ten")
    for row in result["pages"]:  # type: ignore[attr-defined]
        print(
            f"{row['page']:25} {row['letters']:7} {row['errors']:6} {row['expected']:8.1f}"
            f"  {row['low']:.1f}-{row['high']:.1f}{'' if row['inside'] else '  outside'}"
        )
    print(f"inside their range: {result['inside']:.0%} of the pages")


if __name__ == "__main__":
    main()
