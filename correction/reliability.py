"""How likely each letter of a reading is wrong, and how many are: before anybody has looked.

A reader's own confidence is no probability. Held against the truth of pages that were read, together with what a
second reader says, how well the letter fits the language and how good the scan is, it becomes one. The weights
are measured by `benchmarks/reliability.py` and lie in `dictionaries/data/reliability.json`.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from correction.witness import Witness
from dictionaries.language_model import load as load_language_model
from dictionaries.reliability import FEATURES, ReliabilityWeights, is_measured, load
from model.edit import Expectation
from model.page import Page, Quality, Reading
from model.thai import SARA_AM, SPLIT_SARA_AM

SECOND = {"cascade": "tesseract", "tesseract": "line-reader"}
"""The second reader of those whose readings two made."""

_BELOW = -12.0  # nats; how much less likely a letter is than this says nothing more
_THAI_DIGITS = frozenset("๐๑๒๓๔๕๖๗๘๙")
_USUAL_LETTER = 25.0  # pixels, the height of a letter in print of 14 points at 300 dpi


@dataclass(frozen=True, slots=True)
class CharacterFeatures:
    """The letters of a reading as they are drawn: sara am in one piece, white space left out.

    `text` holds them; letter i begins at code point `starts[i]` of the raw text and ends at `ends[i]`.
    `features` has a row for each letter and a column for each of `dictionaries.reliability.FEATURES`.
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    features: NDArray[np.float64]


def letters_of(reading: Reading, witnesses: Sequence[Witness], quality: Quality) -> CharacterFeatures:
    """What is known of each letter of a reading."""
    composed, starts, ends = _composed(reading.text)
    scores = np.maximum(load_language_model().score(composed), _BELOW).astype(np.float64)
    after = np.concatenate((scores[1:], [0.0, 0.0]))
    witness = witnesses[0] if witnesses else None
    rows: list[list[float]] = []
    kept = [at for at, letter in enumerate(composed) if not letter.isspace()]
    for at in kept:
        letter, start, end = composed[at], starts[at], ends[at]
        sure = [c for c in reading.confidences[start:end] if c is not None]
        row = [1.0, _logit(min(sure)) if sure else 0.0, 0.0 if sure else 1.0]
        row += _witness_features(witness, letter, start, end)
        row += [scores[at], after[at], after[at + 1]]
        mark = unicodedata.category(letter) == "Mn"
        row += [float(letter in _THAI_DIGITS), float(mark), float(letter.isascii() and letter.isalnum())]
        height = quality.x_height or _USUAL_LETTER
        row += [quality.noise * 50, abs(math.log(height / _USUAL_LETTER))]
        rows.append(row)
    return CharacterFeatures(
        "".join(composed[at] for at in kept),
        tuple(starts[at] for at in kept),
        tuple(ends[at] for at in kept),
        np.asarray(rows, np.float64).reshape(len(kept), len(FEATURES)),
    )


def expected_errors(page: Page) -> Expectation | None:
    """How many letters of a page's base reading are wrong.

    None for one that gives no confidence and whose errors were never measured, such as an imported text, and for an
    empty one.
    """
    reading = page.reading
    confident = any(confidence is not None for confidence in reading.confidences)
    if not reading.text.strip() or not (confident or is_measured(reading.reader.name)):
        return None
    letters = letters_of(reading, witnesses_of(page), page.quality)
    return expectation(letters, load(reading.reader.name))


def witnesses_of(page: Page) -> list[Witness]:
    """The witness that tells most of a page's base reading: of one that two readers made that of the second."""
    others = page.readings[1:]
    second = [other for other in others if other.reader.name == SECOND.get(page.reading.reader.name)]
    return [Witness(page.reading, other) for other in (second or others)[:1]]


def risks(letters: CharacterFeatures, weights: ReliabilityWeights) -> NDArray[np.float64]:
    """For each letter the probability that it is wrong or that something is missing behind it."""
    return np.asarray(1 / (1 + np.exp(-(letters.features @ weights.of_features))), np.float64)


def expectation(letters: CharacterFeatures, weights: ReliabilityWeights) -> Expectation:
    """How many of a reading's letters are wrong, with the range that holds nine pages of ten."""
    return expectation_of(len(letters.text), float(risks(letters, weights).sum()), weights)


def expectation_of(letters: int, risk: float, weights: ReliabilityWeights) -> Expectation:
    """The same of so many letters from the sum of their risks."""
    count = risk * weights.errors_per_risk
    spread = weights.spread(count)
    low, high = max(0.0, count + weights.low * spread), count + weights.high * spread
    return Expectation(letters, round(count, 2), round(low, 2), round(high, 2))


def _logit(share: float) -> float:
    inside = min(max(share, 0.01), 0.999)
    return math.log(inside / (1 - inside))


def _witness_features(witness: Witness | None, letter: str, start: int, end: int) -> list[float]:
    """Absent, agrees, how surely, contradicts, how surely."""
    reading = None if witness is None else witness.reads(start, end)
    if reading is None:
        return [1.0, 0.0, 0.0, 0.0, 0.0]
    sure = _logit(0.5 if reading.confidence is None else reading.confidence)
    if _composed(reading.text)[0] == letter:
        return [0.0, 1.0, sure, 0.0, 0.0]
    return [0.0, 0.0, 0.0, 1.0, sure]


def _composed(text: str) -> tuple[str, list[int], list[int]]:
    """The text with every sara am in one piece, and where each of its letters begins and ends in `text`."""
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for found in [*SPLIT_SARA_AM.finditer(text), None]:
        stop = len(text) if found is None else found.start()
        pieces.append(text[at:stop])
        starts.extend(range(at, stop))
        ends.extend(range(at + 1, stop + 1))
        if found is None:
            break
        pieces.append(found["tone"] + SARA_AM)
        first, at = found.span()
        if found["tone"]:  # a mark of its own between the vowel's parts
            first = found.end("tone")
            starts.append(found.start("tone"))
            ends.append(first)
        starts.append(first)
        ends.append(at)
    return "".join(pieces), starts, ends
