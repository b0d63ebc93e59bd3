"""Shares with their intervals."""

from __future__ import annotations

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
