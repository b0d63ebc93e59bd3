"""Proportions with their Wilson intervals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np


def wilson(right: int, total: int) -> tuple[float, float]:
    """The 95 % interval of a proportion (E. B. Wilson, 1927), which is honest near 0 and 1, too."""
    if not total:
        return 0.0, 1.0
    z, found = 1.96, right / total
    middle = found + z * z / (2 * total)
    half = z * float(np.sqrt(found * (1 - found) / total + z * z / (4 * total * total)))
    scale = 1 + z * z / total
    return (middle - half) / scale, (middle + half) / scale


def proportion(right: int, total: int) -> dict[str, Any]:
    """A proportion with its interval."""
    low, high = wilson(right, total)
    value = right / total if total else None
    return {"right": right, "of": total, "proportion": value, "low": low, "high": high}


def by_confidence(
    found: Sequence[tuple[float, bool]], wanted: int, levels: Sequence[float]
) -> list[dict[str, Any]]:
    """Precision and recall from each confidence up, of findings with their confidence and whether they are right."""
    rows = []
    for least in levels:
        chosen = [right for confidence, right in found if confidence >= least]
        precision, recall = proportion(sum(chosen), len(chosen)), proportion(sum(chosen), wanted)
        rows.append({"from": least, "precision": precision, "recall": recall})
    return rows


def format_proportion(found: dict[str, Any]) -> str:
    """A proportion with its interval, in words."""
    value = "–" if found["proportion"] is None else f"{found['proportion']:.2%}"
    return f"{value} ({found['low']:.1%}-{found['high']:.1%}, {found['right']} of {found['of']})"


def format_rows(rows: Iterable[dict[str, Any]]) -> list[str]:
    """A line for each row of `by_confidence`."""
    return [
        f"  from {row['from']}: {format_proportion(row['precision'])}, recall {format_proportion(row['recall'])}"
        for row in rows
    ]
