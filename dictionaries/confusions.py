"""How likely a reader takes one Thai character for another: counts, and costs in nats made from them."""

from __future__ import annotations

import csv
import math
import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

TABLE = Path(__file__).parent / "confusions.csv"
"""Columns: truth, read ("" for nothing), and how often in the channels ocr and layer."""

# Additive smoothing: as if every character had been seen this often more, with this share of each misreading.
# Rare characters then cost about as much as an unseen confusion of a common one.
_PRIOR_SEEN = 300.0
_PRIOR_MISREAD = 0.3
# An error is never nearly free, or two of them would outweigh a character that is plainly another one; and
# never costs more than this, or one unseen confusion would outweigh three common ones.
CHEAPEST = 2.0
DEAREST = 7.0

ALIKE = (
    "กถภฤ", "ภฎฏญ", "คดตถ", "ศคต", "ขชซ", "ผฝพฟ", "บปษ", "ทฑห", "ฆนม", "ลส", "อฮ", "รธฐ", "วงา", "โไใ", "เแ", "ะๆ",
    "่้๊๋์", "ิีึื", "ุู", "ัิ้",
)  # fmt: skip
"""Characters and marks that differ by a loop, a tail or a stroke."""

_LETTER = re.compile("[\u0e01-\u0e4e]?")


class Confusions:
    """Costs of single misreadings: `cost(truth, read)` in nats, the negative logarithm of their probability.

    The cheaper of the two channels counts, because a text does not say which one it came through.
    """

    def __init__(self, counts: Mapping[str, Mapping[tuple[str, str], int]]) -> None:
        self._table: dict[tuple[str, str], float] = {}
        for channel in counts.values():
            characters = sum(count for (truth, _), count in channel.items() if truth)
            seen: dict[str, int] = {"": characters}
            for (truth, _), count in channel.items():
                if truth:
                    seen[truth] = seen.get(truth, 0) + count
            for (truth, read), count in channel.items():
                if truth == read or not count:
                    continue
                cost = -math.log((count + _PRIOR_MISREAD) / (seen[truth] + _PRIOR_SEEN))
                cost = min(max(cost, CHEAPEST), DEAREST)
                known = self._table.get((truth, read), DEAREST)
                self._table[truth, read] = min(cost, known)

    def cost(self, truth: str, read: str) -> float:
        """Nats for reading the character `truth` as `read`; "" for a character lost or invented; 0 when equal."""
        if truth == read:
            return 0.0
        return self._table.get((truth, read), DEAREST)

    @property
    def table(self) -> Mapping[tuple[str, str], float]:
        """The misreadings that were seen, with their costs."""
        return self._table


def read_confusions(path: Path = TABLE) -> dict[str, dict[tuple[str, str], int]]:
    """Channel -> (truth, read) -> count."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {
        channel: {(row["truth"], row["read"]): int(row[channel]) for row in rows}
        for channel in ("ocr", "layer")
    }


@lru_cache(maxsize=1)
def load_confusions() -> Confusions:
    """The costs that come with the program, read once."""
    return Confusions(read_confusions())


def confusions_with(learned: Mapping[tuple[str, str], int]) -> Confusions:
    """The costs with the misreadings counted in that reviewers have found, as (truth, read) and how often.

    They count as so many characters more of the channel ocr. What is no misreading of one Thai character
    is passed over.
    """
    return _with(frozenset(learned.items())) if learned else load_confusions()


@lru_cache(maxsize=4)
def _with(learned: frozenset[tuple[tuple[str, str], int]]) -> Confusions:
    counts = read_confusions()
    channel = Counter(counts["ocr"])
    for (truth, read), count in learned:
        if truth != read and _LETTER.fullmatch(truth) and _LETTER.fullmatch(read):
            channel[truth, read] += count
    return Confusions(counts | {"ocr": channel})
