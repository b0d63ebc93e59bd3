"""Logistic regression by Newton's method, for calibrations of a few features."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
_ROUNDS = 50


@dataclass(frozen=True, slots=True)
class LogisticFit:
    """Weights of the features and the bias."""

    weights: Floats
    bias: float

    def probability(self, features: Floats) -> Floats:
        """For each row, the probability that it is right."""
        total: Floats = 1.0 / (1.0 + np.exp(-np.clip(features @ self.weights + self.bias, -30, 30)))
        return total


def fit(features: Floats, right: NDArray[np.bool_], ridge: float = 1.0) -> LogisticFit:
    """The weights that make what was seen likeliest, held near zero by `ridge` on features of unit variance."""
    mean, scale = features.mean(axis=0), np.maximum(features.std(axis=0), 1e-9)
    rows = np.hstack([(features - mean) / scale, np.ones((len(features), 1))])
    penalty = np.diag([ridge] * features.shape[1] + [1e-6])
    weights = np.zeros(rows.shape[1])
    for _ in range(_ROUNDS):
        probability = 1.0 / (1.0 + np.exp(-np.clip(rows @ weights, -30, 30)))
        slope = rows.T @ (right - probability) - penalty @ weights
        curve = (rows * (probability * (1 - probability) + 1e-9)[:, None]).T @ rows + penalty
        step = np.linalg.solve(curve, slope)
        weights = weights + step
        if np.abs(step).max() < 1e-8:
            break
    own = weights[:-1] / scale
    return LogisticFit(own, float(weights[-1] - own @ mean))


def by_folds(
    features: Floats, right: NDArray[np.bool_], folds: NDArray[np.int64], ridge: float = 1.0
) -> Floats:
    """For each row the probability by a fit on all other folds."""
    probabilities = np.zeros(len(features))
    for fold in np.unique(folds):
        inside = folds == fold
        probabilities[inside] = fit(features[~inside], right[~inside], ridge).probability(features[inside])
    return probabilities


def calibration_error(probabilities: Floats, right: NDArray[np.bool_], bins: int = 10) -> float:
    """Expected calibration error: the distance of confidence and precision in bins of equal width, each weighed by
    its cases."""
    if not len(probabilities):
        return 0.0
    bin_of = np.minimum((probabilities * bins).astype(int), bins - 1)
    off = (abs(float((probabilities - right)[bin_of == one].sum())) for one in range(bins))
    return sum(off) / len(probabilities)
