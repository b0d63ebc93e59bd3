"""How much a sample proves: exact binomial and hypergeometric figures, no approximation by the normal."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction

_HALVINGS = 80
"""Halvings of an interval of length one: further ones are lost in a double's 53 bits."""


def binomial_at_most(defects: int, size: int, rate: float) -> float:
    """The probability of at most so many defects among `size` units that are each wrong at this rate."""
    if defects >= size or rate <= 0:
        return 1.0
    if rate >= 1:
        return 0.0
    logs = (
        _log_ways(size, i) + i * math.log(rate) + (size - i) * math.log1p(-rate) for i in range(defects + 1)
    )
    return min(1.0, math.fsum(map(math.exp, logs)))


def clopper_pearson(defects: int, size: int, confidence: float) -> tuple[float, float]:
    """The exact two-sided interval for a rate after C. J. Clopper and E. S. Pearson, Biometrika 26 (1934)."""
    tail = (1 - confidence) / 2
    low = 0.0 if defects == 0 else _where(lambda p: 1 - binomial_at_most(defects - 1, size, p) >= tail)
    high = 1.0 if defects == size else _where(lambda p: binomial_at_most(defects, size, p) <= tail)
    return low, high


def hypergeometric_at_most(defects: int, lot: int, wrong: int, size: int) -> float:
    """The probability of at most so many defects among `size` units drawn from a lot that has `wrong` ones."""
    most = min(wrong, size)
    if defects >= most:
        return 1.0
    fewest = max(0, size - (lot - wrong))
    logs = (
        _log_ways(wrong, i) + _log_ways(lot - wrong, size - i) - _log_ways(lot, size)
        for i in range(fewest, defects + 1)
    )
    return min(1.0, math.fsum(map(math.exp, logs)))


def _log_ways(units: int, chosen: int) -> float:
    return math.lgamma(units + 1) - math.lgamma(chosen + 1) - math.lgamma(units - chosen + 1)


def proves(defects: int, size: int, lot: int, limit: Fraction, confidence: Fraction) -> bool:
    """True when a sample with so many defects proves that at most this share of the lot is wrong: a lot that
    is just worse would give so few defects with a probability of one minus the confidence, or less."""
    just_worse = math.floor(limit * lot) + 1
    if just_worse > lot:
        return True
    return hypergeometric_at_most(defects, lot, just_worse, size) <= 1 - confidence


def size_to_prove(lot: int, limit: Fraction, confidence: Fraction, defects: int = 0) -> int:
    """The smallest sample that proves the limit although it shows so many defects; the lot where none does."""
    small, large = 0, lot
    while small < large:
        middle = (small + large) // 2
        if proves(defects, middle, lot, limit, confidence):
            large = middle
        else:
            small = middle + 1
    return small


def _where(reached: Callable[[float], bool]) -> float:
    """The place in 0..1 from which on the condition holds."""
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if reached(middle):
            high = middle
        else:
            low = middle
    return high
