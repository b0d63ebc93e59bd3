"""Single misreadings undone: what may have been misread as what stands there, and what the language model makes of it.

Characters are numbers here, as in `dictionaries.characters.SYMBOLS`. Candidates pass a coarse filter (a table of three
characters) and a finer one (a short memory) before the whole model rescores them: see `candidate_edits`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from correction.words.reflow import ReflowedText
from dictionaries.characters import BREAK, PAD, SPACE, SYMBOLS, Ids, ids
from dictionaries.confusions import ALIKE, DEAREST, Confusions, load_confusions
from dictionaries.language_model import LanguageModel, Scores
from model.thai import MARKS

_BATCH = 2000  # positions
_COARSE_LEAST = -8.0
"""Score below which an edit falls at the coarse filter."""
_FINE_ORDER, _FINE_LEAST = 4, -6.0
"""The order of the shorter model (characters, with the one scored) and the score below which an edit falls at the finer
filter. On 45,000 characters read by OCR none of the edits that score 2 or more with the whole model fell at either, and
99 of 100 others did."""
_DELETION_ALLOWANCE = 1.5
"""How much lower a deletion may score at the finer filter: a character too many is often sound with those around it
(`เมื่อง`), and there is only one deletion for each character."""
THAI = np.array(["\u0e01" <= symbol <= "\u0e4e" for symbol in SYMBOLS])
"""Which characters, by number, are letters or marks of Thai words (no digits, no signs)."""
MARK = np.array([re.match(f"[{MARKS}]", symbol) is not None for symbol in SYMBOLS])
_CARRIES_MARK = np.array(["\u0e01" <= symbol <= "\u0e2e" for symbol in SYMBOLS]) | MARK


@dataclass(frozen=True, slots=True)
class CandidateEdits:
    """m possible edits of one text, as columns of m.

    Each replaces `length` characters (0 or 1) at `position` by the character `written` (PAD for none). `cost` is what
    the misreading costs, `gain` by how much the text becomes likelier, the cost not taken off; both in nats.
    """

    position: NDArray[np.int64]
    length: NDArray[np.int64]
    written: Ids
    cost: NDArray[np.float32]
    gain: NDArray[np.float32]

    @classmethod
    def of(
        cls, position: NDArray[np.int64], length: NDArray[np.int64] | int, written: Ids | int
    ) -> CandidateEdits:
        """Edits that cost nothing, their gain not known yet; `length` and `written` for each or for all."""
        count = len(position)
        nothing = np.zeros(count, np.float32)
        lengths, symbols = np.full(count, length, np.int64), np.full(count, written, np.uint8)
        return cls(position, lengths, symbols, nothing, nothing)

    def __len__(self) -> int:
        return len(self.position)

    def __getitem__(self, chosen: NDArray[np.bool_] | NDArray[np.int64]) -> CandidateEdits:
        return CandidateEdits(*(getattr(self, name)[chosen] for name in self.__slots__))

    @property
    def anchor(self) -> NDArray[np.int64]:
        """The character that each edit is about, (m,): the one replaced, or that behind which something is missing."""
        anchor: NDArray[np.int64] = self.position - (self.length == 0)
        return anchor

    @property
    def score(self) -> NDArray[np.float32]:
        """Gain less cost, (m,): the log odds of each edit against the text as it stands."""
        return self.gain - self.cost


def concatenated(parts: Sequence[CandidateEdits]) -> CandidateEdits:
    """The edits of all parts, in order."""
    columns = (np.concatenate([getattr(part, name) for part in parts]) for name in CandidateEdits.__slots__)
    return CandidateEdits(*columns)


@dataclass(frozen=True, slots=True)
class _CandidateTable:
    """What may be meant by each character read: the rows `start[read]:start[read + 1]` of the other columns."""

    start: NDArray[np.int64]
    length: NDArray[np.int64]
    written: Ids
    cost: NDArray[np.float32]


@lru_cache(maxsize=4)
def _candidate_table(confusions: Confusions) -> _CandidateTable:
    replacements: dict[int, list[tuple[int, int, float]]] = {}
    insertions: list[tuple[int, int, float]] = []
    for (truth, read), cost in sorted(confusions.table.items()):
        written = int(ids(truth)[0]) if truth else PAD
        if cost >= DEAREST:
            continue
        if read:
            replacements.setdefault(int(ids(read)[0]), []).append((1, written, cost))
        else:
            insertions.append((0, written, cost))
    for symbol, more in _never_counted(confusions).items():
        replacements.setdefault(symbol, []).extend(more)
    rows: list[tuple[int, int, float]] = []
    start = [0]
    for symbol in range(len(SYMBOLS)):
        rows += replacements.get(symbol, []) + insertions
        start.append(len(rows))
    return _CandidateTable(
        np.array(start),
        np.array([length for length, _, _ in rows]),
        np.array([written for _, written, _ in rows], np.uint8),
        np.array([cost for _, _, cost in rows], np.float32),
    )


def _never_counted(confusions: Confusions) -> dict[int, list[tuple[int, int, float]]]:
    """For each character read what else it may be, though the table has not counted it, or hardly: nothing, or one of
    those that look like it."""
    found: dict[int, list[tuple[int, int, float]]] = {}
    for read in (symbol for symbol, thai in zip(SYMBOLS, THAI, strict=True) if thai):
        like = {other for group in ALIKE if read in group for other in group if "\u0e01" <= other <= "\u0e4e"}
        for truth in sorted((like | {""}) - {read}):
            if confusions.cost(truth, read) >= DEAREST:
                written = int(ids(truth)[0]) if truth else PAD
                found.setdefault(int(ids(read)[0]), []).append((1, written, DEAREST))
    return found


def possible_edits(
    symbols: Ids, positions: NDArray[np.int64], confusions: Confusions | None = None
) -> CandidateEdits:
    """The edits at some positions of a text that could make Thai of it, at the caller's costs, by default our own;
    their gain is not known yet."""
    table = _candidate_table(load_confusions() if confusions is None else confusions)
    read = symbols[positions]
    counts = table.start[read + 1] - table.start[read]  # candidates of each position
    # The rows of each position one behind the other: its first row, and how far each is from the first.
    rows = np.repeat(table.start[read] - np.concatenate([[0], np.cumsum(counts)[:-1]]), counts)
    rows += np.arange(len(rows))
    edits = CandidateEdits.of(np.repeat(positions, counts), table.length[rows], table.written[rows])
    edits = replace(edits, cost=table.cost[rows])
    return edits[well_formed(symbols, edits)]


def well_formed(symbols: Ids, edits: CandidateEdits) -> NDArray[np.bool_]:
    """Which of m edits change or add to Thai characters, and write a mark only where something carries it, (m,)."""
    before = symbols[np.maximum(edits.position - 1, 0)]
    there = symbols[edits.position]
    fits_behind = np.where(MARK[edits.written], _CARRIES_MARK[before], THAI[there])
    inserted = THAI[before] & (edits.position > 0) & fits_behind
    fits = np.where(edits.length == 1, THAI[there], inserted)
    fits &= ~((edits.length == 0) & (edits.written == there))  # the same as writing it behind its like
    return np.asarray(fits, bool)


def candidate_edits(
    reflowed: ReflowedText,
    positions: NDArray[np.int64],
    model: LanguageModel,
    confusions: Confusions | None = None,
) -> CandidateEdits:
    """The edits at some positions that may gain something, rescored by the whole model.

    Most fall at the filters before, which cost a tenth. Positions are taken some at a time, so that memory does not
    grow with the text.
    """
    symbols, shorter = reflowed.symbols, model.shorter(_FINE_ORDER)
    log_probabilities = shorter.score_characters(symbols)
    kept: list[CandidateEdits] = []
    for start in range(0, max(len(positions), 1), _BATCH):
        edits = possible_edits(symbols, positions[start : start + _BATCH], confusions)
        edits = edits[coarse_gains(symbols, edits, model) - edits.cost >= _COARSE_LEAST]
        least = _FINE_LEAST - _DELETION_ALLOWANCE * (edits.written == PAD)
        kept.append(
            edits[log_likelihood_gains(symbols, log_probabilities, edits, shorter) - edits.cost >= least]
        )
    edits = concatenated(kept)
    return replace(edits, gain=log_likelihood_gains(symbols, reflowed.log_probabilities, edits, model))


def coarse_gains(symbols: Ids, edits: CandidateEdits, model: LanguageModel) -> NDArray[np.float32]:
    """What each of m edits gains where only two characters are remembered, from a table, in nats (m,)."""
    trigrams = model.threes
    size = len(symbols)
    padded = np.concatenate([[PAD, BREAK], symbols, [BREAK, BREAK]]).astype(np.intp)
    first = padded[edits.position]  # the two characters before the edit,
    second = padded[edits.position + 1]
    end = edits.position + edits.length
    third = padded[end + 2]  # and the two behind it, which remember what it writes
    fourth = padded[end + 3]
    has_third, has_fourth = end < size, end + 1 < size

    def likelihood(symbol: NDArray[np.intp]) -> NDArray[np.float32]:
        """Of a character in the place of the edit and of the two behind it."""
        with_it = trigrams[first, second, symbol] + has_third * trigrams[second, symbol, third]
        return np.asarray(with_it + has_fourth * trigrams[symbol, third, fourth])

    without = has_third * trigrams[first, second, third] + has_fourth * trigrams[second, third, fourth]
    after = np.where(edits.written != PAD, likelihood(edits.written.astype(np.intp)), without)
    before = np.where(edits.length == 1, likelihood(padded[edits.position + 2]), without)
    return np.asarray(after - before, np.float32)


def log_likelihood_gains(
    symbols: Ids, log_probabilities: Scores, edits: CandidateEdits, model: LanguageModel
) -> NDArray[np.float32]:
    """By how many nats each of m edits makes the text likelier, (m,).

    Compared are the characters from the edit to the last that remembers it, as the edit leaves them and as they are.
    `log_probabilities` are those of `symbols`, by the same model.
    """
    reach = model.order - 1
    size = len(symbols)
    running_sum = np.concatenate([[0.0], np.cumsum(log_probabilities, dtype=np.float64)])
    start = np.full(reach, PAD, np.uint8)
    start[-1:] = BREAK
    padded = np.concatenate([start, symbols, np.full(reach + 1, BREAK, np.uint8)])
    end = edits.position + edits.length
    before = padded[edits.position[:, None] + np.arange(reach)]  # (m, reach)
    behind = padded[end[:, None] + reach + np.arange(reach + 1)]  # (m, reach + 1)
    writes = edits.written != PAD
    # Rows of one length: a written character takes the place of the last one behind.
    rows = np.hstack([before, edits.written[:, None], behind[:, :-1]])
    rows[~writes] = np.hstack([before, behind])[~writes]
    found = model.score_rows(rows)  # (m, reach + 1)
    last = np.minimum(end + reach, size)
    counted = (last - end) + writes
    found[np.arange(reach + 1) >= counted[:, None]] = 0.0
    as_read = running_sum[last] - running_sum[edits.position]
    gains: NDArray[np.float32] = (found.sum(axis=1, dtype=np.float64) - as_read).astype(np.float32)
    return gains


def space_deletion_gains(
    reflowed: ReflowedText, model: LanguageModel
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """The positions of the k single spaces between Thai letters or marks, and by how many nats the text is likelier
    without each: (k,) and (k,)."""
    symbols = reflowed.symbols
    thai = THAI[symbols]
    spaces = (np.flatnonzero((symbols[1:-1] == SPACE) & thai[:-2] & thai[2:]) + 1).astype(np.int64)
    deletions = CandidateEdits.of(spaces, 1, PAD)
    return spaces, log_likelihood_gains(symbols, reflowed.log_probabilities, deletions, model)
