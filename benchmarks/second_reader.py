"""How well the line reader reads real pages by itself, how far its confidence can be trusted, and what it costs.

    .venv/bin/python -m benchmarks.second_reader --data DIR [--sets gazette election] [--json FILE]

For each set, beside Tesseract: character error rate without white space and with sara am composed,
runs of Thai digits that are entirely right, and processor time. Then the line reader's confidence: its expected
calibration error at several temperatures, the temperature chosen on one half of the pages and judged on the other. Then
what the rules make of the digits, and how often the line reader is right where the two differ, by how sure it is.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from rapidfuzz.distance import Levenshtein

from benchmarks.common import Readings, machine, run_on_sets, sets_of
from correction.differences import WitnessDifference, differences
from correction.facts.witness_numbers import NumberCheck, witness_numbers
from correction.rule import Context
from correction.view import View
from correction.witness import Witness
from model.alignment import steps
from model.page import Page, Reading
from model.thai import compose_sara_am
from ocr.line_reader.crops import LineCrop
from ocr.line_reader.decoding import Scores
from ocr.line_reader.model import fingerprint, scores
from ocr.line_reader.reader import LineReader, find_lines
from ocr.page_image import made_ready
from ocr.source.rasterise import open_source
from reports.letters import without_white_space

TEMPERATURES = (0.8, 1.0, 1.2, 1.4, 1.7, 2.0)
BINS = 15
SURE_WRONG = 0.98
"""Differences in which the line reader is wrong though so sure are listed one by one."""

_RUN = re.compile("[๐-๙]+(?:[.,/][๐-๙]+)*")


@dataclass(frozen=True, slots=True)
class ReadingTally:
    """One page: what both readers read, the truth, and the line reader's processor seconds."""

    group: str
    name: str
    base: Reading
    second: Reading
    truth: str
    seconds: float
    at_temperature: dict[float, Reading]


class ReadCharacter(NamedTuple):
    """One character of the line reader: its confidence and whether it is right."""

    confidence: float
    right: bool


def seen(group: str, name: str, page: Page, path: Path, truth: str) -> ReadingTally:
    """Read a page that Tesseract has read with the line reader, at each temperature."""
    with open_source(path) as source:
        prepared = made_ready(source, page.number, source.page(page.number))
        started = time.process_time()
        (second,) = LineReader().read(source, page.number, prepared, page.dpi)
        seconds = time.process_time() - started
    kept: list[Scores] = []

    def at(temperature: float) -> Callable[[Sequence[LineCrop]], list[Scores]]:
        def score(crops: Sequence[LineCrop]) -> list[Scores]:
            kept.extend(scores(crops) if not kept else ())
            return [_cooled(one, temperature) for one in kept]

        return score

    lines = find_lines(prepared)
    cooled = {}
    for temperature in TEMPERATURES:
        reader = LineReader(at(temperature))
        cooled[temperature] = reader.reading(page.number, prepared, lines, reader.letters(prepared, lines))
    return ReadingTally(group, name, page.reading, second, truth, seconds, cooled)


def _cooled(scores: Scores, temperature: float) -> Scores:
    scaled = scores / np.float32(temperature)
    return np.asarray(scaled - np.log(np.exp(scaled).sum(axis=1, keepdims=True)), np.float32)


def plain(text: str) -> str:
    """The form in which readings are compared."""
    return compose_sara_am(without_white_space(text))


def runs_right(truth: str, read: str) -> tuple[int, int]:
    """How many runs of Thai digits of the truth are read entirely right, and how many there are."""
    aligned = steps(plain(truth), plain(read))
    same = np.zeros(len(plain(truth)), bool)
    for step in aligned:
        if step.equal:
            same[step.start : step.end] = True
    added = {step.start for step in aligned if step.start == step.end}
    runs = [match.span() for match in _RUN.finditer(plain(truth))]
    right = sum(bool(same[a:b].all()) and not any(a < at < b for at in added) for a, b in runs)
    return right, len(runs)


def characters(reading: Reading, truth: str) -> Iterator[ReadCharacter]:
    """The characters of a reading, white space left out, each right where the alignment with the truth says so."""
    at = [n for n, letter in enumerate(reading.text) if not letter.isspace()]
    read = "".join(reading.text[n] for n in at)
    for step in steps(read, plain(truth)):
        for n in range(step.start, step.end):
            confidence = reading.confidences[at[n]]
            if confidence is not None:
                yield ReadCharacter(confidence, step.equal)


def calibration_error(found: Sequence[ReadCharacter]) -> float:
    """Expected calibration error: the mean distance of confidence and accuracy over bins of equal width."""
    confidence = np.array([one.confidence for one in found])
    right = np.array([one.right for one in found], float)
    places = np.minimum((confidence * BINS).astype(int), BINS - 1)
    return float(
        sum(
            abs(confidence[places == b].mean() - right[places == b].mean()) * (places == b).mean()
            for b in range(BINS)
            if (places == b).any()
        )
    )


def calibration(pages: Sequence[ReadingTally]) -> dict[str, Any]:
    """The temperature that is best on every other page, and the error on the pages between."""
    error = {
        t: [
            calibration_error([x for p in half for x in characters(p.at_temperature[t], p.truth)])
            for half in halves
        ]
        for halves in [(pages[::2], pages[1::2])]
        for t in TEMPERATURES
    }
    best = [min(TEMPERATURES, key=lambda t: error[t][half]) for half in (0, 1)]
    held_out = [error[best[0]][1], error[best[1]][0]]
    now = calibration_error([x for p in pages for x in characters(p.second, p.truth)])
    return {
        "ece_as_shipped": round(now, 4),
        "ece_by_temperature": {str(t): [round(e, 4) for e in pair] for t, pair in error.items()},
        "best_temperature": best,
        "ece_held_out": [round(e, 4) for e in held_out],
    }


def digits(pages: Iterable[ReadingTally]) -> dict[str, Any]:
    """What the rules about Thai digits make of the pages: each check, and how often the number is then right."""
    counts: Counter[str] = Counter()
    wrong: list[str] = []
    for page in pages:
        context = Context(View(page.base.text), page.base, (Witness(page.base, page.second),))
        truth = _printed(page)
        for one in witness_numbers(context):
            printed = truth.reads(one.start, one.end, edges=True)
            strict = truth.reads(one.start, one.end)
            right = one.reading.text in {plain(h.text) for h in (printed, strict) if h is not None}
            counts[f"{one.check.value} {'right' if right else 'wrong'}"] += 1
            if not right and one.check is not NumberCheck.DOUBTFUL:
                wrong.append(
                    f"{page.name}: {one.check.value} {page.base.text[one.start : one.end]!r} -> {one.reading.text!r} "
                    f"({one.reading.confidence}), printed {printed.text if printed else None!r}"
                )
    return {"checks": dict(sorted(counts.items())), "wrong": wrong}


def _printed(page: ReadingTally) -> Witness:
    """The truth as a witness, aligned as a whole: its lines need not be those that Tesseract found."""
    nothing = (None,) * len(page.truth)
    return Witness(page.base, Reading(1, page.base.reader, page.truth, (), nothing, nothing, nothing))


class JudgedDifference(NamedTuple):
    """A difference of the two readings, and by how much the line reader's text is nearer to the truth."""

    page: str
    found: WitnessDifference
    gain: int


CONTEXT = 20
"""Characters on either side of a difference that are compared too: where an alignment ends is not sure."""


def judged(page: ReadingTally) -> Iterator[JudgedDifference]:
    """The differences of a page against its truth."""
    witness = Witness(page.base, page.second)
    truth = _printed(page)
    text = page.base.text
    for one in differences(page.base, witness):
        first, last = max(one.start - CONTEXT, 0), min(one.end + CONTEXT, len(text))
        printed = truth.reads(first, last, edges=True)
        if printed is None:
            continue
        changed = text[first : one.start] + one.witness_text + text[one.end : last]
        before = Levenshtein.distance(plain(text[first:last]), plain(printed.text))
        yield JudgedDifference(
            page.name, one, before - Levenshtein.distance(plain(changed), plain(printed.text))
        )


def margins(found: Sequence[JudgedDifference]) -> list[dict[str, Any]]:
    """By how sure both are: how often the line reader is right, how often it would do harm."""
    rows: list[dict[str, Any]] = []
    for sure in (0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995):
        for doubt in (0.5, 0.7, 0.8, 0.9, 0.95, 1.01):
            chosen = [
                one for one in found if one.found.confidence >= sure and one.found.base_confidence < doubt
            ]
            right = sum(one.gain > 0 for one in chosen)
            harm = sum(one.gain < 0 for one in chosen)
            if chosen:
                rows.append(
                    {"sure": sure, "doubt": doubt, "count": len(chosen), "right": right, "harm": harm,
                     "precision": round(right / len(chosen), 4)}
                )  # fmt: skip
    return rows


def measure(arguments: argparse.Namespace) -> dict[str, Any]:
    """All figures."""
    readings = Readings(arguments.cache, jobs=1, second="off")
    pages: list[ReadingTally] = []
    for group in sets_of(arguments.data, arguments.sets):
        read = zip(group.cases, readings.of(replace(group, reader="tesseract")), strict=True)
        pages += [seen(group.name, case.name, page, case.file, case.truth_text) for case, page in read]
    by_set: dict[str, list[ReadingTally]] = defaultdict(list)
    for page in pages:
        by_set[page.group].append(page)
    rows = []
    for name, members in by_set.items():
        size = sum(len(plain(p.truth)) for p in members)
        row: dict[str, Any] = {"set": name, "pages": len(members), "letters": size}
        for who in ("base", "second"):
            errors = sum(Levenshtein.distance(plain(getattr(p, who).text), plain(p.truth)) for p in members)
            runs = [runs_right(p.truth, getattr(p, who).text) for p in members]
            row[f"{who}_cer"] = round(100 * errors / size, 2)
            row[f"{who}_runs"] = f"{sum(r for r, _ in runs)}/{sum(n for _, n in runs)}"
        row["second_seconds"] = round(sum(p.seconds for p in members) / len(members), 2)
        rows.append(row)
    found = [one for page in pages for one in judged(page)]
    wrong = [one for one in found if one.found.confidence >= SURE_WRONG and one.gain < 0]
    return {
        "machine": machine(),
        "model": fingerprint(),
        "sets": rows,
        "calibration": calibration(pages),
        "digits": digits(pages),
        "margins": margins(found),
        "sure_and_wrong": [
            f"{one.page}: {one.found.read!r} -> {one.found.witness_text!r}, sure {one.found.confidence}, "
            f"doubted {one.found.base_confidence}"
            for one in wrong
        ],
    }


def main() -> int:
    """The command line."""
    return run_on_sets(__doc__, measure, Path("build/benchmark-readings"))


if __name__ == "__main__":
    sys.exit(main())
