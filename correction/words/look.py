"""All that the language model and the network say of a text, found once for every rule about words and spaces."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from correction.rule import Context
from correction.words.denoiser import model as denoiser
from correction.words.denoiser.clues import KEEP, LEAST, NOTHING, Clues, clues
from correction.words.edits import THAI, Edits, fitting, gains_of_joining, joined, promising, weigh
from correction.words.running import Running, running
from correction.words.suspicion import BEFORE, split_sara_am, suspects
from dictionaries.confusions import DEAREST, Confusions, load_confusions
from dictionaries.known import Known
from dictionaries.language_model import LanguageModel, load
from dictionaries.letters import SPACE, Ids, ids

LIKELY_EDIT = -1.0
"""Score in nats from which the network is asked about an edit."""
LIKELY_STRAY = 2.0
"""Nats gained by joining from which it is asked about a space; below, nothing makes a stray of one without an image."""
STRANGE = -7.5
"""Log probability, nats, below which it is asked about a letter and those before it."""
FOUND = -2.0
"""Log odds from which what the network alone finds is an edit like the language model's."""

Floats = NDArray[np.float32]
Places = NDArray[np.int64]
_COUNT = len(THAI)


@dataclass(frozen=True, slots=True)
class Look:
    """A text and what may be wrong with it.

    `edits`, in order of place, are single edits with what the language model makes of them, `odds` the network's log
    odds for each against the text as it stands, `worth` both together: what says which of several edits is likelier.
    `spaces` are the single spaces between Thai letters, `gains` what deleting each gains, `stray` the network's log
    odds for that, 0 where it was not asked.
    """

    text: Running
    clues: Clues
    edits: Edits
    odds: Floats
    worth: Floats
    spaces: Places
    gains: Floats
    stray: Floats

    def missing_spaces(self, places: Places) -> Floats:
        """The network's log odds that a space is missing behind each of some letters, in order."""
        found = [behind[:, SPACE] for _, _, behind in denoiser.load().look(self.clues, places)]
        return np.concatenate(found) if found else np.zeros(0, np.float32)


def text_analysis(context: Context, known: Known) -> Look:
    """What is known of a context's text, with costs of misreading."""
    return context.shared(_of_context, known.confusions)


def _of_context(context: Context, confusions: Confusions) -> Look:
    return look(context.text, confusions)


def look(source: str, confusions: Confusions) -> Look:
    """Look at a text with costs of misreading."""
    model = load()
    text = running(source, model)
    edits = promising(text, suspects(text), model, confusions)
    edits = edits[edits.score >= LEAST]
    edits = edits[np.argsort(edits.anchor, kind="stable")]
    spaces, gains = gains_of_joining(text, model)
    shown = clues(text.letters, text.scores, _as_trained(text.letters, edits), spaces, gains)
    asked = np.concatenate(
        (
            edits.anchor[edits.score >= LIKELY_EDIT],
            spaces[gains >= LIKELY_STRAY],
            *(np.flatnonzero(text.scores[shift:] < STRANGE) for shift in range(BEFORE + 1)),
        )
    )
    places = np.unique(asked)
    odds = np.full(len(edits), -np.inf, np.float32)
    stray = np.zeros(len(spaces), np.float32)
    more: list[tuple[Places, NDArray[np.int64], Ids, Floats]] = []
    for at, here, behind in denoiser.load().look(shown, places):
        mine, row = _among(edits.anchor, at)
        new = edits.new[mine]
        odds[mine] = np.where(edits.size[mine] == 1, here[row, new], behind[row, new])
        mine, row = _among(spaces, at)
        stray[mine] = here[row, NOTHING]
        more += _found(at, here, behind)
    known = odds > -np.inf
    edits, odds = edits[known], odds[known]
    others, other_odds = _others(text, edits, more, model, confusions)
    edits, odds = joined([edits, others]), np.concatenate((odds, other_odds))
    order = np.argsort(edits.anchor, kind="stable")
    edits, odds = edits[order], odds[order]
    return Look(text, shown, edits, odds, edits.score + 2 * odds, spaces, gains, stray)


def _as_trained(letters: Ids, edits: Edits) -> Edits:
    """Edits at the costs that the network was trained with: what a reviewer has taught since would be strange to it."""
    return replace(edits, cost=_costs(letters, edits, load_confusions()))


def _among(wanted: Places, at: Places) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Which of some places in order are among others in order, and where those stand there."""
    first, last = np.searchsorted(wanted, (at[0], at[-1] + 1))
    row = np.searchsorted(at, wanted[first:last])
    same = at[row] == wanted[first:last]
    return np.flatnonzero(same) + first, row[same]


def _found(
    at: Places, here: Floats, behind: Floats
) -> Iterator[tuple[Places, NDArray[np.int64], Ids, Floats]]:
    """What the network finds by itself: place, size, letter and odds of each edit."""
    for size, answers in ((1, here), (0, behind)):
        likely = answers > FOUND
        likely[:, KEEP] = False
        likely[:, ~THAI] = False
        if size == 1:
            likely[:, NOTHING] = here[:, NOTHING] > FOUND
        row, new = np.nonzero(likely)
        place = at[row] + (size == 0)
        yield place, np.full(len(row), size), new.astype(np.uint8), answers[row, new]


def _others(
    text: Running,
    edits: Edits,
    found: list[tuple[Places, NDArray[np.int64], Ids, Floats]],
    model: LanguageModel,
    confusions: Confusions,
) -> tuple[Edits, Floats]:
    """The edits that the network alone has found, weighed by the language model, with their odds."""
    if not found:
        return edits[np.zeros(0, np.int64)], np.zeros(0, np.float32)
    at, size, new, odds = (np.concatenate(column) for column in zip(*found, strict=True))
    inside = at < len(text.letters)
    at, size, new, odds = at[inside], size[inside], new[inside], odds[inside]
    others = Edits.of(at, size, new)
    fresh = fitting(text.letters, others) & ~np.isin(_keys(others), _keys(edits))
    fresh &= ~split_sara_am(text.letters)[others.anchor]
    others = others[fresh]
    cost, gain = _costs(text.letters, others, confusions), weigh(text.letters, text.scores, others, model)
    return replace(others, cost=cost, gain=gain), odds[fresh].astype(np.float32)


def _keys(edits: Edits) -> NDArray[np.int64]:
    return (edits.at * 2 + edits.size) * _COUNT + edits.new


def _costs(letters: Ids, edits: Edits, confusions: Confusions) -> Floats:
    """What each of some edits costs."""
    read = np.where(edits.size == 1, letters[edits.at], NOTHING)
    costs: Floats = costs_of(confusions)[edits.new, read]
    return costs


@lru_cache(maxsize=4)
def costs_of(confusions: Confusions) -> Floats:
    """The cost of reading one letter as another, both by number, NOTHING for none: (truth, read)."""
    table = np.full((_COUNT, _COUNT), DEAREST, np.float32)
    for (truth, read), cost in confusions.table.items():
        one, other = (int(ids(letter)[0]) if letter else NOTHING for letter in (truth, read))
        table[one, other] = cost
    return table
