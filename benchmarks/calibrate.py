"""Fits how probable findings about spaces and words are, and writes `dictionaries/data/calibration.json`.

    python -m benchmarks.calibrate --data DIR [--letters 700000] [--only NAME...] [--write]

Without an image: spurious spaces and misreadings put into the tuning part of the corpora
(`dictionaries.characters.part_of`). With one: spurious spaces put into the readings of the pages that have a truth,
spaces taken out of them, each with the white that is printed there; misspellings as they were read, by both readers
together and by each alone. Every figure that is printed comes from folds: texts by document, pages by text (all
scans of one text in one fold).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import cases as made
from benchmarks.cases import Cases
from benchmarks.common import PageCase, Readings, sets_of
from benchmarks.kinds import lists
from benchmarks.logistic import by_folds, calibration_error, fit
from benchmarks.proportions import by_confidence, format_rows
from correction.words import lost_marks, missing_spaces, misspelt, pair_errors, space_features
from correction.words.calibration import CALIBRATION, model_of
from dictionaries.characters import Part, documents, part_of, tidy
from model.page import Page
from training.dictionaries.train_language_model import read

CORPORA = ("thaigov_sample.txt.xz", "constitutions.txt.xz", "royal_gazette_titles.txt.xz")
LEVELS = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98)
PARTS: dict[str, tuple[tuple[str, ...], str]] = {
    "spurious space in text": (
        space_features.TEXT_FEATURES, "spurious spaces put into documents of the corpora's tuning part",
    ),
    "spurious space on a page": (
        space_features.IMAGE_FEATURES, "spurious spaces put into OCR of news prose on 36 degraded scans",
    ),
    "missing space on a page": (missing_spaces.FEATURES, "spaces taken out of OCR of news prose on 36 degraded scans"),
    "misspelling in text": (
        misspelt.TEXT_FEATURES,
        "misreadings put into documents of the corpora's tuning part and into lists of titles, words and names",
    ),
    "misspelling on a page": (
        misspelt.PAGE_FEATURES,
        "edits proposed for 68 pages, 28 of them of other kinds, by the line reader with and without Tesseract and by "
        "Tesseract alone",
    ),
    "two lost marks": (
        lost_marks.FEATURES,
        "pairs of marks taken out of documents of the corpora's tuning part and lists; the same 68 pages",
    ),
    "word in another's place": (
        pair_errors.FEATURES, "words put in the place of others that look like them in documents of the tuning part",
    ),
}  # fmt: skip
"""What is fitted: the names of the features, and what on."""

Pages = Sequence[tuple[PageCase, Page]]


def held_back(data: Path, part: Part, letters: int) -> Iterator[str]:
    """Documents that the language model has not learned from, up to so many letters of each corpus."""
    for name in CORPORA:
        left = letters
        for document in documents(read(data / "corpora" / name)):
            if left > 0 and part_of(document) is part:
                left -= len(document)
                yield tidy(document)


def pages_with_truth(data: Path, *readings: Readings) -> list[tuple[PageCase, Page]]:
    """Every page that has a truth, as each of some kinds of readings has it."""
    return [
        pair
        for kept in readings
        for group in sets_of(data)
        for pair in zip(group.cases, kept.of(group), strict=True)
    ]


def each_alone(cache: Path, jobs: int = 2) -> tuple[Readings, Readings]:
    """Pages as the line reader alone reads them, and as Tesseract alone does."""
    line_reader = Readings(cache, jobs, second="off")
    return line_reader, Readings(cache, jobs, second="off", reader="tesseract")


def is_prose(case: PageCase) -> bool:
    """Whether a page is one of the news prose, whose spaces are those of running text."""
    return case.name.startswith("p0")


def kept_fits() -> dict[str, Any]:
    """What was fitted before, by name as in `PARTS`."""
    kept: dict[str, Any] = json.loads(CALIBRATION.read_text("utf-8"))["fits"] if CALIBRATION.exists() else {}
    return kept


def cases_of(
    name: str, texts: Iterable[str], both: Pages, others: Pages, fits: Mapping[str, Mapping[str, Any]]
) -> Cases:
    """The cases that one of `PARTS` is fitted on; `both` are the pages as both readers have read them, `others` as each
    alone has, `fits` what was fitted before."""
    prose = [(case, page) for case, page in both if is_prose(case)]
    if name == "spurious space in text":
        return made.spaces_in_text(texts)
    if name == "spurious space on a page":
        return made.spaces_on_pages(prose)
    if name == "missing space on a page":
        return made.missing_on_pages(prose)
    if name == "misspelling in text":
        return made.misspellings_in_text(texts)
    if name == "word in another's place":
        return made.other_words_in_text(texts)
    if name == "two lost marks":
        cases = made.lost_marks_in_text(texts)
        cases.extend(made.lost_marks_on_pages([*both, *others]))
        return cases
    return made.misspellings_on_pages([*both, *others], model_of(fits["misspelling in text"]))


def curve(cases: Cases) -> dict[str, Any]:
    """Precision and recall from each confidence up, and the calibration error, each case by a fit on other
    folds."""
    x, y, folds = np.array(cases.features), np.array(cases.right), np.array(cases.folds)
    probabilities = by_folds(x, y, folds)
    found = list(zip(probabilities.tolist(), cases.right, strict=True))
    rows = by_confidence(found, sum(cases.right) + cases.unseen, LEVELS)
    return {"cases": len(y), "calibration_error": calibration_error(probabilities, y), "rows": rows}


def _of_other_kinds(name: str, letters: int) -> Iterator[str]:
    """What misspellings in text are fitted on besides official prose."""
    if name in ("misspelling in text", "two lost marks"):
        for pages in lists(Part.TUNE, letters // 7).values():
            yield from pages


def report(name: str, features: Sequence[str], cases: Cases, about: str) -> dict[str, Any]:
    """Print how good the probabilities are by folds; the fit on all."""
    found = curve(cases)
    print(f"{name}: {found['cases']:,} cases, calibration error {found['calibration_error']:.4f}")
    print("\n".join(format_rows(found["rows"])))
    fitted = fit(np.array(cases.features), np.array(cases.right))
    weights = dict(zip(features, (round(float(w), 4) for w in fitted.weights), strict=True))
    return {
        "about": about,
        "cases": found["cases"],
        "right": sum(cases.right),
        "weights": weights,
        "bias": round(fitted.bias - cases.rarer, 4),
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line: see the head of the module."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--letters", type=int, default=700_000, help="of each corpus at most")
    parser.add_argument("--cache", type=Path, default=Path("build/readings"))
    parser.add_argument("--only", nargs="*", choices=PARTS, default=list(PARTS))
    parser.add_argument("--write", action="store_true", help="write the weights")
    options = parser.parse_args(arguments)
    both = others = []
    if any("page" in name or "marks" in name for name in options.only):
        both = pages_with_truth(options.data, Readings(options.cache))
    if any("misspelling on" in name or "marks" in name for name in options.only):
        others = pages_with_truth(options.data, *each_alone(options.cache))
    fits = kept_fits()
    for name in options.only:
        features, about = PARTS[name]
        texts = (
            *held_back(options.data, Part.TUNE, options.letters),
            *_of_other_kinds(name, options.letters),
        )
        fits[name] = report(name, features, cases_of(name, texts, both, others, fits), about)
    if options.write:
        kept = {name: fits[name] for name in PARTS}
        CALIBRATION.write_text(json.dumps({"fits": kept}, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
