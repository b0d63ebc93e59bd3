"""Shares with their intervals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np


def wilson(right: int, total: int) -> tuple[float, float]:
    """The 95 % interval of a share (E. B. Wilson, 1927)."""
    if not total:
        return 0.0, 1.0
    z, share = 1.96, right / total
    middle = share + z * z / (2 * total)
    half = z * float(np.sqrt(share * (1 - share) / total + z * z / (4 * total * total)))
    scale = 1 + z * z / total
    return (middle - half) / scale, (middle + half) / scale


def measured(right: int, total: int) -> dict[str, Any]:
    """A share with its interval."""
    low, high = wilson(right, total)
    return {"right": right, "of": total, "share": right / total if total else None, "low": low, "high": high}


def by_confidence(
    found: Sequence[tuple[float, bool]], wanted: int, levels: Sequence[float]
) -> list[dict[str, Any]]:
    """Precision and recall from each confidence up, of findings with their confidence and whether they are right."""
    rows = []
    for least in levels:
        chosen = [right for confidence, right in found if confidence >= least]
        precision, recall = measured(sum(chosen), len(chosen)), measured(sum(chosen), wanted)
        rows.append({"from": least, "precision": precision, "recall": recall})
    return rows


def share_said(found: dict[str, Any]) -> str:
    """A share with its interval, in words."""
    share = "–" if found["share"] is None else f"{found['share']:.2%}"
    return f"{share} ({found['low']:.1%}-{found['high']:.1%}, {found['right']} of {found['of']})"


def rows_said(rows: Iterable[dict[str, Any]]) -> list[str]:
    """A line for each row of `by_confidence`."""
    return [
        f"  from {row['from']}: {share_said(row['precision'])}, recall {share_said(row['recall'])}"
        for row in rows
    ]
