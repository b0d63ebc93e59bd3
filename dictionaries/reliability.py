"""What a character's features weigh when it is asked whether it is wrong: measured, kept as data."""

from __future__ import annotations

import json
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
    how far off the expected number one page in twenty lies below and one above, in square roots of the
    expected number + 1.
    """

    of_features: NDArray[np.float64]
    errors_per_risk: float
    low: float
    high: float


@lru_cache(maxsize=1)
def load() -> ReliabilityWeights:
    """The weights that come with the program.

    Raises:
        DictionaryError: the file is damaged or made for other features.
    """
    try:
        body = json.loads(FILE.read_bytes())
        of_features = [body["weights"][name] for name in FEATURES]
        return ReliabilityWeights(
            np.asarray(of_features, np.float64), body["errors_per_risk"], body["low"], body["high"]
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DictionaryError(f"{FILE} is damaged: {error}.", remedy="Install the program again.") from error
