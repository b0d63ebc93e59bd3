"""A place that a text announces, with everything that is known of it while the page is being understood."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from correction.places.anchors import PlaceAnchor, dependent
from correction.places.costs import alignment
from correction.places.letters import Gap, PlaceCharacters
from correction.places.lookup import LONGEST, Exact, Lookup, ends_well
from dictionaries.confusions import Confusions
from dictionaries.gazetteer import Level

UNREADABLE = 16.0
"""Nats: what it costs to give a name of eight letters up as unreadable; each letter more costs one nat more."""
_USUAL, _LONG = 8, 16
_CHAINED = 6.0
WRONG_FACT = 9.0
"""Nats: what it costs to take a name that is written right for a mistake of the author."""
WRONG_DISTRICT = 13.0
"""The same for a district: that its subdistrict is found in it is no accident, there are 928."""
REAL_WORD = 3.0
"""Nats on top, when damage would have to have made exactly another place's name."""

_GOOD_TAIL, _NEVER = 0.0, 1e6
# PlaceCharacters left over behind a name: in running text the next word follows without a space, but when only a few
# letters are left before a space or a line's end, they are most likely the name's own.
_SIGN_TAIL = 0.9
_RUNNING_TAIL, _LEFT_OVER, _MOST_LEFT = 2.5, 8.0, 6


@dataclass(slots=True)
class Slot:
    """One announced place. Offsets are of letters; `run` is what the name is read from."""

    anchor: PlaceAnchor | None
    level: Level
    start: int
    limit: int
    run: str
    tails: tuple[float, ...]
    exact: list[Exact]
    confusions: Confusions = field(repr=False)
    is_body: bool = False
    up: Slot | None = field(default=None, repr=False)  # directly larger, later in the same chain
    down: Slot | None = field(
        default=None, repr=False
    )  # directly larger, earlier: a chain from above or a heading
    tight: bool = False  # `down` stands directly before this slot
    shared: bool = False  # `up` follows a later name of the same level, which shares it
    over_line: bool = False  # `up` stands on another line: it may be the next item of a list
    code: str = ""
    end: int = 0
    cell: bool = False
    _fits: dict[tuple[str, float], tuple[float, int]] = field(default_factory=dict, repr=False)
    _distances: dict[Level, NDArray[np.int8]] = field(default_factory=dict, repr=False)

    def tail(self, length: int) -> float:
        """How badly a name of so many letters would end, in nats."""
        return self.tails[min(length, len(self.tails) - 1)]

    @property
    def sound(self) -> bool:
        """True when some name is written exactly here and ends where a name may end, or is long enough to be
        believed when other words follow it without a space. Short forms of provinces are not."""
        if any(self.tail(exact.end - self.start) < 1 for exact in self.exact):
            return True
        size = len(self.exact_name)
        return self.level is not Level.PROVINCE and size >= _USUAL and self.tail(size) <= _RUNNING_TAIL

    @property
    def exact_name(self) -> str:
        """The longest name that is written exactly here, or nothing."""
        return self.run[: self.exact[0].end - self.start] if self.exact else ""

    @property
    def giving_up(self) -> float:
        """What it costs to say that the name here is none that we know."""
        if self.sound:
            return WRONG_DISTRICT if self.level is Level.DISTRICT else WRONG_FACT
        size = next((n for n in range(2, len(self.tails)) if self.tails[n] < 1), _USUAL)
        return UNREADABLE + max(0, min(size, _LONG) - _USUAL) + (_CHAINED if self.chained else 0.0)

    @property
    def in_bangkok(self) -> bool:
        """True for a district that is called เขต: only Bangkok's are."""
        return self.anchor is not None and self.anchor.word in {"เขต", "ข."}

    @property
    def chained(self) -> bool:
        """True when a larger place follows or goes before directly, so that a name is surely meant."""
        return (self.up is not None and not self.over_line) or self.tight

    def fit(self, name: str, limit: float) -> tuple[float, int]:
        """What it costs to read `name` here, with where the name then ends: (nats, letters from the start).

        A cost above `limit` means that it does not fit.
        """
        found = self._fits.get((name, limit))
        if found is None:
            found = self._fits[name, limit] = self._fit(name, limit)
        return found

    def _fit(self, name: str, limit: float) -> tuple[float, int]:
        run = self.run[: len(name) + 4]
        costs = alignment(name, run, limit, self.confusions)
        best, at = _NEVER, 0
        for end in range(1, len(costs)):
            cost = costs[end] + self.tails[end]
            if cost < best:
                best, at = cost, end
        return best, at

    def distances(self, level: Level, lookup: Lookup) -> NDArray[np.int8]:
        """`Lookup.distances` of what is read here."""
        found = self._distances.get(level)
        if found is None:
            found = self._distances[level] = lookup.distances(level, self.run)
        return found

    def exactly(self, code: str) -> Exact | None:
        """The exact reading of this slot as the area with this code, if there is one."""
        for exact in self.exact:
            if code in exact.codes:
                return exact
        return None


def make_slot(
    anchor: PlaceAnchor | None,
    level: Level,
    letters: PlaceCharacters,
    start: int,
    limit: int,
    exact: list[Exact],
    confusions: Confusions,
) -> Slot:
    """A slot with its run of letters, and what each place to end costs."""
    limit = min(limit, start + LONGEST)
    run = letters.text[start:limit]
    return Slot(
        anchor,
        level,
        start,
        limit,
        run,
        _tails(
            letters, start, limit, bounded=anchor is not None and anchor.followed and limit == anchor.limit
        ),
        exact,
        confusions,
    )


def _tails(letters: PlaceCharacters, start: int, limit: int, *, bounded: bool) -> tuple[float, ...]:
    """For each number of letters that a name may take, how badly it would end there; `bounded` when the next
    link of a chain comes right behind."""
    text = letters.text
    tails: list[float] = []
    left = 0
    for end in range(limit, start - 1, -1):
        hard = (
            end == len(text)
            or letters.gaps[end] is not Gap.NONE
            or (end == limit and limit - start < LONGEST)
        )
        if end < len(text) and dependent(text[end]):
            tails.append(_NEVER)
        elif end < limit and not "\u0e01" <= text[end] <= "\u0e4e":
            tails.append(_SIGN_TAIL)
        elif hard or ends_well(letters, end):
            tails.append(_GOOD_TAIL)
        elif left <= _MOST_LEFT or bounded:
            tails.append(min(_LEFT_OVER * left, UNREADABLE))
        else:
            tails.append(_RUNNING_TAIL)
        left = 1 if hard else left + 1
    return tuple(reversed(tails))
