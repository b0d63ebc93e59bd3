"""How dear it is that a name was read as a piece of text: an alignment with costs in nats."""

from __future__ import annotations

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
    """
    rows, dearest = _rows(confusions), DEAREST
    nothing: dict[str, float] = {}
    inserted = rows.get("", nothing)
    insertion = [inserted.get(letter, dearest) if letter >= "\u0e01" else _SIGN for letter in run]
    for index in range(1, len(run)):
        if run[index] == run[index - 1]:
            insertion[index] = min(insertion[index], _DOUBLED)
    previous = [0.0]
    for cost in insertion:
        previous.append(previous[-1] + cost)
    before: list[float] | None = None
    last = ""
    for letter in name:
        row = rows.get(letter, nothing)
        lost = row.get("", dearest)
        current = [previous[0] + lost]
        least = current[0]
        for index, read in enumerate(run):
            if letter == read:
                best = previous[index]
            else:
                best = previous[index] + (row.get(read, dearest) if read >= "\u0e01" else _SIGN)
            other = previous[index + 1] + lost
            best = min(best, other)
            other = current[index] + insertion[index]
            best = min(best, other)
            if before is not None and index and read == last and run[index - 1] == letter:
                other = before[index - 1] + _swap(letter, last)
                best = min(best, other)
            current.append(best)
            least = min(least, best)
        if least > limit:
            return (_INFINITE,) * (len(run) + 1)
        before, previous, last = previous, current, letter
    return tuple(cost if cost <= limit else _INFINITE for cost in previous)


def _swap(first: str, second: str) -> float:
    """Marks in the wrong order is what broken text layers do; letters hardly ever swap."""
    return _SWAPPED_MARK if first in _MARKS or second in _MARKS else _SWAPPED_LETTERS
