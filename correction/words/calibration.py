"""Calibrated probability that a finding is right: logistic regression, its weights kept as data with their origin."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from dictionaries.gazetteer import DATA

CALIBRATION = DATA / "calibration.json"
"""Weights by name; written by `benchmarks/calibrate.py`, which names what they were fitted on."""
_HIGHEST = 0.995
"""No text is long enough to know more than this."""


@dataclass(frozen=True, slots=True)
class LogisticModel:
    """A fitted logistic regression: `features` by name in the order of `weights`."""

    features: tuple[str, ...]
    weights: tuple[float, ...]
    bias: float

    def log_odds(self, values: Sequence[float]) -> float:
        """What the weights make of one case."""
        return self.bias + sum(w * v for w, v in zip(self.weights, values, strict=True))

    def probability(self, values: Sequence[float]) -> float:
        """The calibrated probability for one case, never 1."""
        return min(1.0 / (1.0 + math.exp(-max(min(self.log_odds(values), 30.0), -30.0))), _HIGHEST)


def read_calibration(path: Path = CALIBRATION) -> Mapping[str, LogisticModel]:
    """All fitted models of a file, by name."""
    kept = json.loads(path.read_text("utf-8"))
    return {name: model_of(fit) for name, fit in kept["fits"].items()}


def model_of(fit: Mapping[str, Any]) -> LogisticModel:
    """One of a file's fits."""
    return LogisticModel(tuple(fit["weights"]), tuple(fit["weights"].values()), fit["bias"])


@lru_cache(maxsize=1)
def calibration() -> Mapping[str, LogisticModel]:
    """The models that come with the program, by name."""
    return read_calibration()
