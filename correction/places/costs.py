"""How dear it is that a name was read as a piece of text: an alignment with costs in nats."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from dictionaries.confusions import DEAREST, Confusions

_INFINITE = 1e9
_SWAPPED_MARK = 3.0
_SWAPPED_LETTERS = 6.0
_SIGN = 4.0
"""Nats for a letter read as a sign or digit: the table counts Thai letters only, and this happens at a name's end."""
_DOUBLED = 4.0
"""Nats for writing or reading a letter twice."""
_MARKS = frozenset(map(chr, (0xE31, *range(0xE34, 0xE3B), *range(0xE47, 0xE4F))))


@lru_cache(maxsize=4)
def _rows(confusions: Confusions) -> dict[str, dict[str, float]]:
    """truth letter -> read letter -> cost; everything that was never seen costs `DEAREST`."""
    rows: dict[str, dict[str, float]] = {}
    for (truth, read), cost in confusions.table.items():
        rows.setdefault(truth, {})[read] = cost
    return rows


def alignment(name: str, run: str, limit: float, confusions: Confusions) -> tuple[float, ...]:
    """For each prefix of `run` (from none to all of it), the cost of reading `name` as that prefix.

    Costs above `limit` come back as a large number; the work stops when all are. A transposition of two
    neighbours costs as much as an unseen misreading: text layers put marks in the wrong order.

    No cost is negative, so what costs more than `limit` leads to nothing below it: of each row only those prefixes
    are looked at that something within the limit leads to.
    """
    rows, size = _rows(confusions), len(run)
    nothing: dict[str, float] = {}
    insertion = _insertions(run, rows.get("", nothing))
    previous = [_INFINITE] * (size + 1)
    previous[0] = reached = 0.0
    first = last = 0  # the prefixes within the limit lie between these
    while last < size and (reached := reached + insertion[last]) <= limit:
        last += 1
        previous[last] = reached
    before = previous  # the row before that one, which is nowhere within the limit
    swapped_from, swapped_to = size + 1, -1
    letter_before = ""
    for letter in name:
        row = rows.get(letter, nothing)
        lost = row.get("", DEAREST)
        current = [_INFINITE] * (size + 1)
        at, until = min(first, swapped_from + 2), max(last + 1, swapped_to + 2)
        swapped_from, swapped_to = first, last
        first, last = size + 1, -1
        reached = _INFINITE
        while at <= size and (at <= until or reached <= limit):
            best = previous[at] + lost
            if at:
                read = run[at - 1]
                other = previous[at - 1]
                if letter != read:
                    other += row.get(read, DEAREST) if read >= "\u0e01" else _SIGN
                best = other if other < best else best
                other = reached + insertion[at - 1]
                best = other if other < best else best
                if at > 1 and read == letter_before and run[at - 2] == letter:
                    other = before[at - 2] + _swap(letter, letter_before)
                    best = other if other < best else best
            current[at] = reached = best
            if best <= limit:
                last = at
                first = at if at < first else first
            at += 1
        if last < 0:
            return (_INFINITE,) * (size + 1)
        before, previous, letter_before = previous, current, letter
    return tuple(cost if cost <= limit else _INFINITE for cost in previous)


def _insertions(run: str, inserted: Mapping[str, float]) -> list[float]:
    """What each letter of a run costs that is none of the name's."""
    costs = [inserted.get(letter, DEAREST) if letter >= "\u0e01" else _SIGN for letter in run]
    for index in range(1, len(run)):
        if run[index] == run[index - 1]:
            costs[index] = min(costs[index], _DOUBLED)
    return costs


def _swap(first: str, second: str) -> float:
    """Marks in the wrong order is what broken text layers do; letters hardly ever swap."""
    return _SWAPPED_MARK if first in _MARKS or second in _MARKS else _SWAPPED_LETTERS
