"""Counts of letter runs, smoothed and pruned, as the arrays of a `LanguageModel`.

Interpolated modified Kneser-Ney: S. F. Chen and J. Goodman, "An empirical study of smoothing techniques for
language modeling", 1999. Pruning by weighted difference: K. Seymore and R. Rosenfeld, "Scalable backoff language
models", 1996: a run goes when the text it was counted in loses less than a threshold of likelihood without it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dictionaries.characters import BITS, SYMBOLS, Ids
from dictionaries.language_model import BLOCK, LanguageModel

Keys = NDArray[np.int64]
Floats = NDArray[np.float64]
_FLOOR = 1e-9
_STEPS = 255
_MASS_LEFT = 1e-4
"""Every context leaves at least this share for letters that never followed it."""


@dataclass(slots=True)
class OrderCounts:
    """All runs of one length: keys in order, how often each was seen, its probability, and the index of its
    context among the runs one shorter. `back` is the share that each run, as a context, leaves for others."""

    keys: Keys
    counts: NDArray[np.int64]
    prob: Floats
    context: NDArray[np.int64]
    back: Floats


def _keys(letters: Ids, n: int) -> Keys:
    keys = np.zeros(len(letters) - n + 1, np.int64)
    for at in range(n):
        keys <<= BITS
        keys |= letters[at : len(letters) - n + 1 + at]
    return keys


def _suffix(keys: Keys, n: int) -> Keys:
    """The last `n` letters of each run."""
    return keys & ((1 << (BITS * n)) - 1)


def count(letters: Ids, order: int) -> list[OrderCounts]:
    """Every run of up to `order` letters with its Kneser-Ney probability, nothing pruned."""
    seen = []
    for n in range(1, order + 1):
        keys, counts = np.unique(_keys(letters, n), return_counts=True)
        seen.append((keys, counts))
    levels: list[OrderCounts] = []
    for n in range(1, order + 1):
        keys, counts = seen[n - 1]
        used = counts
        if n < order:  # of a shorter run counts after how many different letters it was seen
            suffixes, after = np.unique(_suffix(seen[n][0], n), return_counts=True)
            used = np.ones(len(keys), np.int64)
            used[np.searchsorted(keys, suffixes)] = after
        levels.append(_smooth(n, keys, counts, used, levels))
    return levels


def _smooth(
    n: int, keys: Keys, counts: NDArray[np.int64], used: NDArray[np.int64], shorter: list[OrderCounts]
) -> OrderCounts:
    discount = _discounts(used)[np.minimum(used, 3)]
    context = np.searchsorted(shorter[-1].keys, keys >> BITS) if n > 1 else np.zeros(len(keys), np.int64)
    contexts = len(shorter[-1].keys) if n > 1 else 1
    total = np.maximum(np.bincount(context, used, contexts), 1.0)
    left = np.bincount(context, discount, contexts) / total
    own = (used - discount) / total[context]
    if n == 1:
        prob = own + left[0] / len(SYMBOLS)
    else:
        shorter[-1].back = left
        lower = shorter[-1].prob[np.searchsorted(shorter[-1].keys, _suffix(keys, n - 1))]
        prob = own + left[context] * lower
    return OrderCounts(keys, counts, prob, context, np.ones(len(keys)))


def _discounts(used: NDArray[np.int64]) -> Floats:
    """The discount for runs seen never, once, twice, and more often."""
    n1, n2, n3, n4 = (max(int(np.count_nonzero(used == times)), 1) for times in (1, 2, 3, 4))
    share = n1 / (n1 + 2 * n2)
    return np.array(
        [
            0.0,
            min(max(1 - 2 * share * n2 / n1, 0.05), 0.95),
            min(max(2 - 3 * share * n3 / n2, 0.05), 1.95),
            min(max(3 - 4 * share * n4 / n3, 0.05), 2.95),
        ]
    )


def prune(levels: Sequence[OrderCounts], thresholds: Sequence[float]) -> list[NDArray[np.bool_]]:
    """Which runs to keep: those worth more than their length's threshold (nats over the whole training text),
    and every beginning of a run that is kept."""
    kept: list[NDArray[np.bool_]] = [np.ones(0, bool)] * len(levels)
    for n in range(len(levels), 0, -1):
        level = levels[n - 1]
        keep = _worth(levels, n) > thresholds[n - 1] if n > 1 else np.ones(len(level.keys), bool)
        if n < len(levels):
            keep[levels[n].context[kept[n]]] = True
        kept[n - 1] = keep
    return kept


def _worth(levels: Sequence[OrderCounts], n: int) -> Floats:
    level, shorter = levels[n - 1], levels[n - 2]
    lower = shorter.prob[np.searchsorted(shorter.keys, _suffix(level.keys, n - 1))]
    without = np.maximum(shorter.back[level.context] * lower, _FLOOR)
    worth: Floats = np.log(level.prob / without) * level.counts.astype(np.float64)
    return worth


def build(levels: Sequence[OrderCounts], kept: Sequence[NDArray[np.bool_]]) -> LanguageModel:
    """The model of the kept runs. What each context leaves for others is reckoned anew, from the shortest up,
    so that the probabilities after any letters add up to one."""
    order = len(levels)
    keys = [level.keys[keep] for level, keep in zip(levels, kept, strict=True)]
    letters = np.arange(len(SYMBOLS), dtype=np.int64)
    probs: Floats = np.full(len(SYMBOLS), levels[0].prob.min())
    probs[levels[0].keys] = levels[0].prob
    first: Floats = np.log(probs / probs.sum())
    arrays = _arrays(1, letters, first, letters, keys[1] if order > 1 else None)
    below: Keys = letters
    for n in range(2, order + 1):
        arrays |= _back(n - 1, np.zeros(len(below), np.float64))
        shorter = LanguageModel(n - 1, arrays)
        lower = np.exp(shorter.score_rows(_rows(_suffix(keys[n - 1], n - 1), n - 1))[:, -1].astype(float))
        context = np.searchsorted(below, keys[n - 1] >> BITS)
        prob = levels[n - 1].prob[kept[n - 1]]
        taken = np.bincount(context, prob, len(below))
        excess = np.maximum(taken / (1 - _MASS_LEFT), 1.0)[context]
        prob = prob / excess
        taken = np.bincount(context, prob, len(below))
        lower_taken = np.bincount(context, lower, len(below))
        back = np.maximum(1 - taken, _MASS_LEFT) / np.maximum(1 - lower_taken, _MASS_LEFT)
        arrays |= _back(n - 1, np.log(back))
        following = keys[n] if n < order else None
        arrays |= _arrays(n, keys[n - 1], np.log(np.maximum(prob, _FLOOR)), keys[n - 1], following)
        below = keys[n - 1]
    return LanguageModel(order, arrays)


def _rows(keys: Keys, n: int) -> Ids:
    """The letters of each run, with nothing before them, as rows for a model of order `n`."""
    rows = np.zeros((len(keys), 2 * n - 1), np.uint8)
    for at in range(n):
        rows[:, 2 * n - 2 - at] = (keys >> (BITS * at)) & ((1 << BITS) - 1)
    return rows


def _arrays(n: int, keys: Keys, scores: Floats, own: Keys, following: Keys | None) -> dict[str, NDArray[Any]]:
    steps, prob = _quantised(scores)
    arrays: dict[str, NDArray[Any]] = {
        f"symbol{n}": (keys & ((1 << BITS) - 1)).astype(np.uint8),
        f"prob{n}": prob,
        f"steps{n}": steps,
    }
    if following is not None:
        ends = np.append(np.searchsorted(following >> BITS, own), len(following)).astype(np.int64)
        base = ends[::BLOCK].astype(np.int32)
        child = ends - np.repeat(base, BLOCK)[: len(ends)]
        arrays |= {f"base{n}": base, f"child{n}": child.astype(np.uint16)}
        if child.max() > np.iinfo(np.uint16).max:
            raise ValueError("a block of runs has more children than fit")
    return arrays


def _back(n: int, scores: Floats) -> dict[str, NDArray[Any]]:
    steps, back = _quantised(scores)
    return {f"back{n}": back, f"backs{n}": steps}


def _quantised(values: Floats) -> tuple[NDArray[np.float32], NDArray[np.uint8]]:
    """Up to 256 steps with about as many values on each, and the step of each value."""
    distinct = np.unique(values)
    if len(distinct) > _STEPS + 1:
        edges = np.unique(np.quantile(values, np.linspace(0, 1, _STEPS + 1)[1:-1]))
        step = np.searchsorted(edges, values, "right")
        count = np.maximum(np.bincount(step, minlength=len(edges) + 1), 1)
        centres = np.bincount(step, values, len(edges) + 1) / count
        return centres.astype(np.float32), step.astype(np.uint8)
    return distinct.astype(np.float32), np.searchsorted(distinct, values).astype(np.uint8)
