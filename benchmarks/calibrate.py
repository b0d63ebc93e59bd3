"""Fits how probable findings about spaces and words are, and writes `dictionaries/data/chances.json`.

    python -m benchmarks.calibrate --data DIR [--letters 700000] [--write]

Spaces without an image: stray spaces put into the tuning part of the corpora (`dictionaries.letters.part_of`).
Spaces on an image: put into the readings of the pages that have a truth, with the gaps that are printed there.
Misspellings: all that the model finds on those pages, held against the truth. Every figure that is printed comes
from folds: texts by document, pages by text (all scans of one text in one fold).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.common import Case, Readings, sets_of
from benchmarks.judge import Worth, judge, source_errors
from benchmarks.logistic import by_folds, calibration_error, fit
from benchmarks.shares import measured
from benchmarks.strays import RATE, strays, strays_on_page
from correction.catalogue import ENCODING, SPACING
from correction.engine import propose
from correction.places import place_rules
from correction.rule import Context, Example, Finding, Rule, Stage
from correction.words import gaps, misspelt
from correction.words.chance import CHANCES
from correction.words.running import running
from dictionaries.known import own
from dictionaries.language_model import load
from dictionaries.letters import Part, documents, part_of, tidy
from dictionaries.lexicon import load_lexicon
from dictionaries.train_language_model import read
from model.edit import Edit, Evidence, Proposal, Safety, Span
from model.page import Page

SOURCE_ERRORS = Path(__file__).parent / "source_errors.csv"
CORPORA = ("thaigov_sample.txt.xz", "constitutions.txt.xz", "royal_gazette_titles.txt.xz")
SEED = 20260101
LEVELS = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98)
OWN_STRAY = 9.0
"""Nats of gain from which a space of the source's own is not counted against a finding, unless a word behind it often
starts a phrase: of the 25 with the highest gain 20 are strays by the source's typist (`อย่าง มั่นคง`, `รวม ถึง`), and the
others stand before และ and หรือ."""
BOUND_STRAY = 5.0
"""The same for a space behind a conjunction or preposition, which is no place for one (`และ ตรวจสอบได้`)."""
RATES = (0.0, 0.0, 0.003, RATE)


@dataclass(slots=True)
class Cases:
    """Features, whether each case is right, and the fold it belongs to."""

    features: list[tuple[float, ...]] = field(default_factory=list)
    right: list[bool] = field(default_factory=list)
    folds: list[int] = field(default_factory=list)

    def add(self, features: tuple[float, ...], right: bool, fold: int) -> None:
        """One more case."""
        self.features.append(features)
        self.right.append(right)
        self.folds.append(fold)


def held_back(data: Path, part: Part, letters: int) -> Iterator[str]:
    """Documents that the language model has not learned from, up to so many letters of each corpus."""
    for name in CORPORA:
        left = letters
        for document in documents(read(data / "corpora" / name)):
            if left > 0 and part_of(document) is part:
                left -= len(document)
                yield tidy(document)


def spaces_in_text(texts: Iterable[str]) -> Cases:
    """Strays in sound texts: none, few or many in each in turn, for strays come in company."""
    rng = np.random.default_rng(SEED)
    model, lexicon, cases = load(), load_lexicon(), Cases()
    for number, sound in enumerate(texts):
        text, places = strays(sound, rng, RATES[number % len(RATES)])
        inserted = set(places)
        whole = running(text, model)
        for space in gaps.spaces(whole, model):
            if space.gain < gaps.WORTH_A_LOOK:
                continue
            features = gaps.features(whole.text, space, gaps.spanning(whole.text, space.at, lexicon))
            known = dict(zip(gaps.TEXT_FEATURES, features, strict=True))
            own = space.gain >= (BOUND_STRAY if known["binds"] else OWN_STRAY) and not known["joins"]
            if space.place in inserted or not own:
                cases.add(features, space.place in inserted, number % 10)
    return cases


def probe(stage: Stage, look: Callable[[Context], Iterable[Finding]]) -> Rule:
    """A rule that only looks."""
    return Rule(
        "LEX999", "probe", 1, "probe", stage, Safety.REVIEW, look, (Example("ก", 0, 1, None),), ("ข",)
    )


def fold_of(case: Case) -> int:
    """All scans of one text belong to one fold."""
    return sum(case.truth.name.encode())


def spaces_on_pages(pages: Sequence[tuple[Case, Page]]) -> Cases:
    """Strays on pages with an image."""
    rng = np.random.default_rng(SEED)
    model, lexicon, cases = load(), load_lexicon(), Cases()
    for number, (case, page) in enumerate(pages):
        reading, places = strays_on_page(page.reading, rng, RATES[number % len(RATES)])
        inserted = set(places)

        def look(context: Context, case: Case = case, inserted: set[int] = inserted) -> Iterator[Finding]:
            reading = context.reading
            whole = running(context.text, model)
            for space in gaps.spaces(whole, model):
                wide = gaps.width(context, space.place)
                raw = context.view.origin(space.place)
                if wide is not None and raw is not None:
                    right = raw in inserted or _is_stray(reading.text, raw, case.truth_text)
                    word = gaps.spanning(whole.text, space.at, lexicon)
                    cases.add((*gaps.features(whole.text, space, word), wide), right, fold_of(case))
            yield from ()

        propose(reading, (*ENCODING, *SPACING, probe(Stage.SPACES, look)), strict=True)
    return cases


def _is_stray(raw: str, at: int, truth: str) -> bool:
    """Whether a space that the reader itself wrote is not printed: without it the text is nearer to the truth."""
    edit = Edit(Span(at, at + 1), raw[at], "")
    proposal = Proposal("0", "SPC101", 1, edit, "", (), 1.0, Safety.REVIEW)
    return judge(raw, truth, [proposal])[0].worth is Worth.RIGHT


def misspellings_on_pages(pages: Sequence[tuple[Case, Page]]) -> Cases:
    """What the model finds misspelt, held against the truth; errors of the source itself left out."""
    model, cases = load(), Cases()
    known = source_errors(SOURCE_ERRORS)

    def look(context: Context) -> Iterator[Finding]:
        for start, end, after, found in misspelt.in_source(context, model, own()):
            yield Finding(start, end, after, evidence=(Evidence("features", json.dumps(found.features)),))

    for case, page in pages:
        rules = (*ENCODING, *SPACING, *place_rules(), probe(Stage.WORDS, look))
        proposals = [p for p in propose(page.reading, rules, strict=True).proposals if p.rule == "LEX999"]
        for judged in judge(page.reading.text, case.truth_text, proposals, known):
            if judged.worth is not Worth.NEUTRAL:
                features = tuple(json.loads(judged.proposal.evidence[0].detail))
                cases.add(features, judged.worth is Worth.RIGHT, fold_of(case))
    return cases


def curve(cases: Cases) -> dict[str, Any]:
    """Precision and recall from each confidence up, and the calibration error, each case weighed by a fit on other
    folds."""
    x, y, folds = np.array(cases.features), np.array(cases.right), np.array(cases.folds)
    chances = by_folds(x, y, folds)
    rows = []
    for least in LEVELS:
        chosen = chances >= least
        right = int(y[chosen].sum())
        precision, recall = measured(right, int(chosen.sum())), measured(right, int(y.sum()))
        rows.append({"from": least, "precision": precision, "recall": recall})
    return {"cases": len(y), "calibration_error": calibration_error(chances, y), "rows": rows}


def report(name: str, features: Sequence[str], cases: Cases, about: str) -> dict[str, Any]:
    """Print how good the probabilities are by folds; the fit on all."""
    found = curve(cases)
    print(f"{name}: {found['cases']:,} cases, calibration error {found['calibration_error']:.4f}")
    for row in found["rows"]:
        precision, recall = row["precision"], row["recall"]
        print(
            f"  from {row['from']}: {precision['of']:6,} precision {precision['share']:.4f} "
            f"recall {recall['share']:.4f}"
        )
    fitted = fit(np.array(cases.features), np.array(cases.right))
    weights = dict(zip(features, (round(float(w), 4) for w in fitted.weights), strict=True))
    right = sum(cases.right)
    return {
        "about": about,
        "cases": found["cases"],
        "right": right,
        "weights": weights,
        "bias": round(fitted.bias, 4),
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line: see the head of the module."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--letters", type=int, default=700_000, help="of each corpus at most")
    parser.add_argument("--cache", type=Path, default=Path("build/readings"))
    parser.add_argument("--only", nargs="*", default=["text", "image", "misspelt"])
    parser.add_argument("--write", action="store_true", help="write the weights")
    options = parser.parse_args(arguments)
    pages = []
    if {"image", "misspelt"} & set(options.only):
        readings = Readings(options.cache)
        for group in sets_of(options.data):
            pages += list(zip(group.cases, readings.of(group), strict=True))
    prose = [(case, page) for case, page in pages if case.name.startswith("p0")]
    fits: dict[str, Any] = json.loads(CHANCES.read_text("utf-8"))["fits"] if CHANCES.exists() else {}
    if "text" in options.only:
        about = "strays put into documents of the corpora's tuning part"
        cases = spaces_in_text(held_back(options.data, Part.TUNE, options.letters))
        fits["stray space in text"] = report("stray space in text", gaps.TEXT_FEATURES, cases, about)
    if "image" in options.only:
        about = "strays put into OCR of news prose on 36 degraded scans"
        fits["stray space on a page"] = report(
            "stray space on a page", gaps.IMAGE_FEATURES, spaces_on_pages(prose), about
        )
    if "misspelt" in options.only:
        about = "edits that the model finds on 40 scanned pages, held against the truth"
        fits["misspelling"] = report("misspelling", misspelt.FEATURES, misspellings_on_pages(pages), about)
    if options.write:
        CHANCES.write_text(json.dumps({"fits": fits}, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
