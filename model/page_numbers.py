"""Page numbers in words."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby


def ranges(numbers: Iterable[int], dash: str = "-") -> str:
    """Page numbers in few words: 2, 4-6."""
    found = []
    for _, run in groupby(enumerate(sorted(numbers)), lambda pair: pair[1] - pair[0]):
        row = [number for _, number in run]
        found.append(str(row[0]) if len(row) == 1 else f"{row[0]}{dash}{row[-1]}")
    return ", ".join(found)
