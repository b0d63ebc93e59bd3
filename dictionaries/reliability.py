"""What a character's features weigh when it is asked whether it is wrong: measured, kept as data."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from model.errors import DictionaryError

FILE = Path(__file__).parent / "data" / "reliability.json"

FEATURES = (
    "bias",
    "confidence",
    "no confidence",
    "no witness",
    "witness agrees",
    "witness agrees, confidence",
    "witness contradicts",
    "witness contradicts, confidence",
    "language, this letter",
    "language, next letter",
    "language, letter after next",
    "Thai digit",
    "mark",
    "Latin letter or Arabic digit",
    "noise of the paper",
    "unusual size",
)
"""The columns, in order. Confidences are log odds, the language model's scores nats, noise is `Quality.noise`
times 50, the size the distance of its logarithm from that of 25 pixels."""


@dataclass(frozen=True, slots=True)
class ReliabilityWeights:
    """One weight for each of FEATURES (`of_features`), for log odds that the character is wrong.

    `errors_per_risk`: a page's errors for each unit of its characters' summed risks. `low` (below 0) and `high`:
    how far off the expected number one page in twenty lies below and one above, in units of `spread`. `growth`:
    the part of a page's spread that grows with the expected number itself: bad pages are bad in ways of their own.
    """

    of_features: NDArray[np.float64]
    errors_per_risk: float
    low: float
    high: float
    growth: float = 0.0

    def spread(self, expected: float) -> float:
        """How far the errors of a page of which so many are expected usually lie off, in errors."""
        return math.sqrt(expected + 1 + (self.growth * expected) ** 2)


@lru_cache
def load(reader: str) -> ReliabilityWeights:
    """The weights that come with the program for readings of that reader; Tesseract's for one that was not measured.

    Raises:
        DictionaryError: the file is damaged or made for other features.
    """
    try:
        measured = json.loads(FILE.read_bytes())["readers"]
        body = measured.get(reader) or measured["tesseract"]
        of_features = [body["weights"][name] for name in FEATURES]
        numbers = (float(body[name]) for name in ("errors_per_risk", "low", "high", "growth"))
        return ReliabilityWeights(np.asarray(of_features, np.float64), *numbers)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise DictionaryError(f"{FILE} is damaged: {error}.", remedy="Install the program again.") from error


def is_measured(reader: str) -> bool:
    """Whether the errors of that reader's readings were measured."""
    return reader in json.loads(FILE.read_bytes())["readers"]
