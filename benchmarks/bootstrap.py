"""Confidence intervals of error rates by resampling the units (pages or lines) that were measured."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

ROUNDS = 2000
SEED = 20260101  # a run gives the same interval every time


@dataclass(frozen=True, slots=True)
class Interval:
    """A rate with its 95 % interval."""

    value: float
    low: float
    high: float


def ratio(errors: Sequence[int], sizes: Sequence[int], rounds: int = ROUNDS) -> Interval:
    """Sum of errors over sum of sizes; the interval from resampled units."""
    return _interval(np.asarray(errors, float), np.asarray(sizes, float), rounds)


def difference(
    errors: Sequence[int], others: Sequence[int], sizes: Sequence[int], rounds: int = ROUNDS
) -> Interval:
    """The rate of `errors` minus the rate of `others` on the same units, each unit resampled with both."""
    gain = np.asarray(errors, float) - np.asarray(others, float)
    return _interval(gain, np.asarray(sizes, float), rounds)


def _interval(top: np.ndarray, bottom: np.ndarray, rounds: int) -> Interval:
    if bottom.sum() == 0:
        raise ValueError("nothing was measured")
    picks = np.random.default_rng(SEED).integers(0, len(top), (rounds, len(top)))
    sampled = top[picks].sum(axis=1) / np.maximum(1, bottom[picks].sum(axis=1))
    low, high = np.percentile(sampled, (2.5, 97.5))
    return Interval(float(top.sum() / bottom.sum()), float(low), float(high))
