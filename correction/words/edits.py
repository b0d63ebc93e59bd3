"""Single misreadings undone: what may have been misread as what stands there, and what the model says of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from correction.glyphs import MARKS
from correction.words.running import Running
from dictionaries.confusions import ALIKE, DEAREST, Confusions, load_confusions
from dictionaries.language_model import LanguageModel, Scores
from dictionaries.letters import BREAK, PAD, SPACE, SYMBOLS, Ids, ids

_LETTERS = len(SYMBOLS)
_AT_ONCE = 2000  # places
_FIRST_GLANCE = -8.0
_SECOND_GLANCE = (4, -6.0)
"""The score below which an edit falls that is looked at with two letters of memory; the memory (in letters, with the
one scored) and score of a second glance. On 45,000 letters read by OCR none of the edits that score 2 or more with the
whole memory fell, and 99 of 100 others did."""
_INVENTED = 1.5
"""How much lower a deletion may score at the second glance: a letter too many is often sound with those around it
(`เมื่อง`), and there is only one deletion for each letter."""
THAI = np.array(["\u0e01" <= symbol <= "\u0e4e" for symbol in SYMBOLS])
"""Which letters, by number, are letters or marks of Thai words (no digits, no signs)."""
_MARK = np.array([re.match(f"[{MARKS}]", symbol) is not None for symbol in SYMBOLS])
_CARRIES = np.array(["\u0e01" <= symbol <= "\u0e2e" for symbol in SYMBOLS]) | _MARK


@dataclass(frozen=True, slots=True)
class Edits:
    """Possible edits of one text as columns: replace `size` letters (0 or 1) at `at` by letter number `new` (PAD for
    none) at `cost` nats; `gain` is by how many nats the text becomes likelier, the cost not taken off."""

    at: NDArray[np.int64]
    size: NDArray[np.int64]
    new: Ids
    cost: NDArray[np.float32]
    gain: NDArray[np.float32]

    @classmethod
    def of(cls, at: NDArray[np.int64], size: NDArray[np.int64] | int, new: Ids | int) -> Edits:
        """Edits that cost nothing, their gain not known yet; `size` and `new` for each or for all."""
        nothing = np.zeros(len(at), np.float32)
        return cls(at, np.full(len(at), size, np.int64), np.full(len(at), new, np.uint8), nothing, nothing)

    def __len__(self) -> int:
        return len(self.at)

    def __getitem__(self, chosen: NDArray[np.bool_] | NDArray[np.int64]) -> Edits:
        return Edits(
            self.at[chosen], self.size[chosen], self.new[chosen], self.cost[chosen], self.gain[chosen]
        )

    @property
    def anchor(self) -> NDArray[np.int64]:
        """The letter that each edit is about: the one replaced, or the one that something is missing behind."""
        letter: NDArray[np.int64] = self.at - (self.size == 0)
        return letter

    @property
    def score(self) -> NDArray[np.float32]:
        """Gain less cost: the log odds of the edit against the text as it stands."""
        return self.gain - self.cost


@dataclass(frozen=True, slots=True)
class _Choices:
    """For each letter read, by number: its entries `start[x]:start[x + 1]`, each with size, new letter and cost."""

    start: NDArray[np.int64]
    size: NDArray[np.int64]
    new: Ids
    cost: NDArray[np.float32]


@lru_cache(maxsize=4)
def _choices(confusions: Confusions) -> _Choices:
    instead: dict[int, list[tuple[int, int, float]]] = {}
    lost: list[tuple[int, int, float]] = []
    for (truth, read), cost in sorted(confusions.table.items()):
        new = int(ids(truth)[0]) if truth else PAD
        if cost >= DEAREST:
            continue
        if read:
            instead.setdefault(int(ids(read)[0]), []).append((1, new, cost))
        else:
            lost.append((0, new, cost))
    for letter, more in _never_counted(confusions).items():
        instead.setdefault(letter, []).extend(more)
    rows: list[tuple[int, int, float]] = []
    start = [0]
    for letter in range(_LETTERS):
        rows += instead.get(letter, []) + lost
        start.append(len(rows))
    return _Choices(
        np.array(start),
        np.array([row[0] for row in rows]),
        np.array([row[1] for row in rows], np.uint8),
        np.array([row[2] for row in rows], np.float32),
    )


def _never_counted(confusions: Confusions) -> dict[int, list[tuple[int, int, float]]]:
    """For each letter read what else it may be, though the table has not seen it, or hardly: nothing, or one of those
    that look like it."""
    found: dict[int, list[tuple[int, int, float]]] = {}
    for read in (symbol for symbol, thai in zip(SYMBOLS, THAI, strict=True) if thai):
        like = {other for group in ALIKE if read in group for other in group if "\u0e01" <= other <= "\u0e4e"}
        for truth in sorted((like | {""}) - {read}):
            if confusions.cost(truth, read) >= DEAREST:
                new = int(ids(truth)[0]) if truth else PAD
                found.setdefault(int(ids(read)[0]), []).append((1, new, DEAREST))
    return found


def possible(letters: Ids, at: NDArray[np.int64], confusions: Confusions | None = None) -> Edits:
    """The edits at some places of a text that could make Thai of it, at the caller's costs, by default our own; their
    gain is not known yet."""
    choices = _choices(load_confusions() if confusions is None else confusions)
    read = letters[at]
    counts = choices.start[read + 1] - choices.start[read]
    entry = np.repeat(choices.start[read] - np.concatenate([[0], np.cumsum(counts)[:-1]]), counts)
    entry += np.arange(len(entry))
    place = np.repeat(at, counts)
    size, new = choices.size[entry], choices.new[entry]
    edits = replace(Edits.of(place, size, new), cost=choices.cost[entry])
    return edits[fitting(letters, edits)]


def fitting(letters: Ids, edits: Edits) -> NDArray[np.bool_]:
    """Which edits change or add to Thai letters, and write a mark only where something carries it."""
    before = letters[np.maximum(edits.at - 1, 0)]
    after = letters[edits.at]
    fits = np.where(
        edits.size == 1,
        THAI[after],
        THAI[before] & (edits.at > 0) & np.where(_MARK[edits.new], _CARRIES[before], THAI[after]),
    )
    fits &= ~((edits.size == 0) & (edits.new == after))  # the same as writing it behind its like
    return np.asarray(fits, bool)


def promising(
    text: Running, places: NDArray[np.int64], model: LanguageModel, confusions: Confusions | None = None
) -> Edits:
    """The edits at some places that may gain something, weighed: most fall at a glance with a short memory, which
    costs a tenth. Places are taken some at a time, so that memory does not grow with the text."""
    order, least = _SECOND_GLANCE
    shorter = model.shorter(order)
    scores = shorter.score_letters(text.letters)
    kept: list[Edits] = []
    for start in range(0, max(len(places), 1), _AT_ONCE):
        edits = possible(text.letters, places[start : start + _AT_ONCE], confusions)
        edits = edits[glance(text.letters, edits, model) - edits.cost >= _FIRST_GLANCE]
        floor = least - _INVENTED * (edits.new == PAD)
        kept.append(edits[weigh(text.letters, scores, edits, shorter) - edits.cost >= floor])
    edits = joined(kept)
    return replace(edits, gain=weigh(text.letters, text.scores, edits, model))


def joined(parts: Sequence[Edits]) -> Edits:
    """The edits of all."""
    return Edits(*(np.concatenate([getattr(one, name) for one in parts]) for name in Edits.__slots__))


def glance(letters: Ids, edits: Edits, model: LanguageModel) -> NDArray[np.float32]:
    """What each edit gains where only two letters are remembered, from a table."""
    threes = model.threes
    size = len(letters)
    padded = np.concatenate([[PAD, BREAK], letters, [BREAK, BREAK]]).astype(np.intp)
    at, behind = edits.at + 2, edits.at + edits.size + 2
    first, second = padded[at - 2], padded[at - 1]
    third, fourth = padded[behind], padded[behind + 1]
    here, there = edits.at + edits.size < size, edits.at + edits.size + 1 < size

    def likelihood(letter: NDArray[np.intp]) -> NDArray[np.float32]:
        with_it = threes[first, second, letter] + here * threes[second, letter, third]
        return np.asarray(with_it + there * threes[letter, third, fourth])

    without = here * threes[first, second, third] + there * threes[second, third, fourth]
    after = np.where(edits.new != PAD, likelihood(edits.new.astype(np.intp)), without)
    before = np.where(edits.size == 1, likelihood(padded[at]), without)
    return np.asarray(after - before, np.float32)


def weigh(letters: Ids, scores: Scores, edits: Edits, model: LanguageModel) -> NDArray[np.float32]:
    """What each edit gains: the likelihood of the letters from the edit to the last that it bears on, after less
    before. `scores` are the letters' own, of the same model."""
    reach = model.order - 1
    size = len(letters)
    sums = np.concatenate([[0.0], np.cumsum(scores, dtype=np.float64)])
    start = np.full(reach, PAD, np.uint8)
    start[-1:] = BREAK
    padded = np.concatenate([start, letters, np.full(reach + 1, BREAK, np.uint8)])
    before = padded[edits.at[:, None] + np.arange(reach)]
    after = padded[(edits.at + edits.size)[:, None] + reach + np.arange(reach + 1)]
    writes = edits.new != PAD
    rows = np.hstack([before, edits.new[:, None], after[:, :-1]])
    rows[~writes] = np.hstack([before, after])[~writes]
    found = model.score_rows(rows)
    ends = np.minimum(edits.at + edits.size + reach, size)
    counted = (ends - edits.at - edits.size) + writes
    found[np.arange(reach + 1) >= counted[:, None]] = 0.0
    gain: NDArray[np.float32] = found.sum(axis=1, dtype=np.float64) - (sums[ends] - sums[edits.at])
    return gain.astype(np.float32)


def gains_of_joining(text: Running, model: LanguageModel) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """The single spaces between Thai letters, and by how many nats the text is likelier without each."""
    letters = text.letters
    thai = THAI[letters]
    inner = (np.flatnonzero((letters[1:-1] == SPACE) & thai[:-2] & thai[2:]) + 1).astype(np.int64)
    return inner, weigh(letters, text.scores, Edits.of(inner, 1, PAD), model)
