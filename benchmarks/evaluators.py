"""Whether `chamra evaluate` agrees with jiwer and dinglehopper where they measure the same.

    python -m benchmarks.evaluators --data DIR [--noise 0.05] [--json FILE]

Over the truths of DIR, damaged at random: characters as they stand and words against jiwer, grapheme clusters against
dinglehopper. Which of the two is not installed is said, and nothing is measured against it. Exit status 1 where a
figure differs.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from model.thai import compose_sara_am
from reports.evaluate import Evaluation, evaluate, words_of

SEED = 20261130
_LONGEST = 2000
_ALIKE = 1e-9
Rates = Callable[[str, str], float]


def noisy(text: str, share: float, rng: np.random.Generator) -> str:
    """The text with characters lost, doubled and put in another's place."""
    letters = sorted(set(text))
    written: list[str] = []
    for letter in text:
        way = rng.random() / share
        written.append(
            letter
            if way >= 1
            else ""
            if way < 1 / 3
            else letter * 2
            if way < 2 / 3
            else str(rng.choice(letters))
        )
    return "".join(written)


def _jiwer() -> dict[str, tuple[Rates, Callable[[Evaluation], float | None]]]:
    jiwer = import_module("jiwer")
    letters = jiwer.Compose([jiwer.ReduceToListOfListOfChars()])

    def characters(truth: str, candidate: str) -> float:
        return float(jiwer.cer(truth, candidate, reference_transform=letters, hypothesis_transform=letters))

    def words(truth: str, candidate: str) -> float:
        return float(jiwer.wer(" ".join(words_of(truth)), " ".join(words_of(candidate))))

    return {
        "jiwer, characters": (characters, lambda found: found.measures["strict"].rate),
        "jiwer, words": (words, lambda found: found.words["strict"].rate),
    }


def _dinglehopper() -> dict[str, tuple[Rates, Callable[[Evaluation], float | None]]]:
    rate_of = import_module("dinglehopper").character_error_rate

    def clusters(truth: str, candidate: str) -> float:
        return float(rate_of(compose_sara_am(truth), compose_sara_am(candidate)))

    return {"dinglehopper, grapheme clusters": (clusters, lambda found: found.measures["graphemes"].rate)}


def compare(texts: Sequence[str], noise: float) -> dict[str, Any]:
    """For each measure of the two: texts compared and the greatest difference, or which package is missing."""
    rng = np.random.default_rng(SEED)
    found: dict[str, Any] = {}
    pairs = [(text, noisy(text, noise, rng)) for text in texts]
    evaluations = [evaluate(candidate, truth) for truth, candidate in pairs]
    for name, measures in (("jiwer", _jiwer), ("dinglehopper", _dinglehopper)):
        try:
            outside = measures()
        except ImportError:
            found[name] = {"missing": name}
            continue
        for measure, (theirs, ours) in outside.items():
            apart = [
                abs(theirs(truth, candidate) - (ours(one) or 0.0))
                for (truth, candidate), one in zip(pairs, evaluations, strict=True)
            ]
            found[measure] = {"texts": len(apart), "furthest_apart": max(apart)}
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark; exit status 0, 1 where a figure differs, 2 where there is no truth."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="folder with */truth/*.txt")
    parser.add_argument("--noise", type=float, default=0.05, help="characters damaged, of all")
    parser.add_argument("--json", type=Path, help="write the figures here too")
    options = parser.parse_args(arguments)
    texts = [
        path.read_text("utf-8").strip()[:_LONGEST] for path in sorted(options.data.glob("*/truth/*.txt"))
    ]
    texts = [text for text in texts if text]
    if not texts:
        print(f"Not measured: {options.data} holds no */truth/*.txt.", file=sys.stderr)
        return 2
    found = compare(texts, options.noise)
    written = json.dumps(found, ensure_ascii=False, indent=1)
    print(written)
    if options.json:
        options.json.write_text(written + "\n", "utf-8")
    return int(any(one.get("furthest_apart", 0.0) > _ALIKE for one in found.values()))


if __name__ == "__main__":
    sys.exit(main())
