"""All that the language model and the network say of a text, found once for every rule about words and spaces.

The language model proposes: edits near anomalies, and what deleting each space gains. The network, which sees both
sides, is asked about these and about whatever else is unlikely, and may find edits of its own, which the language model
then scores like any other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from correction.rule import Context
from correction.words.anomalies import BEFORE, anomaly_positions, split_sara_am
from correction.words.denoiser import model as denoiser
from correction.words.denoiser.features import KEEP, LEAST, NOTHING, NetworkInput, network_input
from correction.words.edits import (
    THAI,
    CandidateEdits,
    candidate_edits,
    concatenated,
    log_likelihood_gains,
    space_deletion_gains,
    well_formed,
)
from correction.words.reflow import ReflowedText, reflow
from dictionaries.characters import SPACE, Ids, ids
from dictionaries.confusions import DEAREST, Confusions, load_confusions
from dictionaries.language_model import LanguageModel, load
from dictionaries.resources import Resources

LIKELY_EDIT = -1.0
"""Score in nats from which the network is asked about an edit."""
LIKELY_SPURIOUS = 2.0
"""Nats gained by deleting a space from which the network is asked; below, none is spurious without an image."""
UNLIKELY_CHARACTER = -7.5
"""Log probability, nats, below which the network is asked about a character and those before it."""
NETWORK_EDIT = -2.0
"""Log odds from which what the network alone finds is an edit like the language model's."""

Floats = NDArray[np.float32]
Positions = NDArray[np.int64]
_COUNT = len(THAI)


@dataclass(frozen=True, slots=True)
class TextAnalysis:
    """A text and what may be wrong with it; all positions are in the reflowed text.

    `edits` are m single edits in order of anchor, with what the language model makes of them. `network_log_odds` (m,)
    are the network's for each against the text as it stands, `combined_score` (m,) both together: what says which of
    several edits is likelier. `spaces` (k,) are the positions of the single spaces between Thai characters,
    `space_gains` (k,) what deleting each gains in nats, `space_log_odds` (k,) the network's log odds for deleting it, 0
    where it was not asked.
    """

    reflowed: ReflowedText
    network_input: NetworkInput
    edits: CandidateEdits
    network_log_odds: Floats
    combined_score: Floats
    spaces: Positions
    space_gains: Floats
    space_log_odds: Floats

    def missing_space_log_odds(self, positions: Positions) -> Floats:
        """The network's log odds that a space is missing behind each of p characters, ascending: (p,)."""
        found = [insert[:, SPACE] for _, _, insert in denoiser.load().predict(self.network_input, positions)]
        return np.concatenate(found) if found else np.zeros(0, np.float32)


@dataclass(frozen=True, slots=True)
class _NetworkEdits:
    """What the network finds by itself, as columns: `CandidateEdits` with the log odds of each in place of a score."""

    position: Positions
    length: NDArray[np.int64]
    written: Ids
    log_odds: Floats


def text_analysis(context: Context, known: Resources) -> TextAnalysis:
    """The analysis of a context's text at the costs of misreading that the caller knows."""
    return context.shared(_of_context, known.confusions)


def _of_context(context: Context, confusions: Confusions) -> TextAnalysis:
    return analyse_text(context.text, confusions)


def analyse_text(source: str, confusions: Confusions) -> TextAnalysis:
    """Analyse a text at some costs of misreading."""
    model = load()
    reflowed = reflow(source, model)
    edits = candidate_edits(reflowed, anomaly_positions(reflowed), model, confusions)
    edits = edits[edits.score >= LEAST]
    edits = edits[np.argsort(edits.anchor, kind="stable")]
    spaces, space_gains = space_deletion_gains(reflowed, model)
    symbols, log_probabilities = reflowed.symbols, reflowed.log_probabilities
    shown = network_input(symbols, log_probabilities, _as_trained(symbols, edits), spaces, space_gains)
    asked = np.unique(
        np.concatenate(
            (
                edits.anchor[edits.score >= LIKELY_EDIT],
                spaces[space_gains >= LIKELY_SPURIOUS],
                *(
                    np.flatnonzero(log_probabilities[shift:] < UNLIKELY_CHARACTER)
                    for shift in range(BEFORE + 1)
                ),
            )
        )
    )
    log_odds = np.full(len(edits), -np.inf, np.float32)
    space_log_odds = np.zeros(len(spaces), np.float32)
    found: list[_NetworkEdits] = []
    for positions, replace_odds, insert_odds in denoiser.load().predict(shown, asked):
        chosen, row = _matches(edits.anchor, positions)
        written = edits.written[chosen]
        log_odds[chosen] = np.where(
            edits.length[chosen] == 1, replace_odds[row, written], insert_odds[row, written]
        )
        chosen, row = _matches(spaces, positions)
        space_log_odds[chosen] = replace_odds[row, NOTHING]
        found += _found_by_network(positions, replace_odds, insert_odds)
    answered = log_odds > -np.inf
    edits, log_odds = edits[answered], log_odds[answered]
    more, more_log_odds = _scored(reflowed, edits, found, model, confusions)
    edits, log_odds = concatenated([edits, more]), np.concatenate((log_odds, more_log_odds))
    order = np.argsort(edits.anchor, kind="stable")
    edits, log_odds = edits[order], log_odds[order]
    combined = edits.score + 2 * log_odds
    return TextAnalysis(reflowed, shown, edits, log_odds, combined, spaces, space_gains, space_log_odds)


def _as_trained(symbols: Ids, edits: CandidateEdits) -> CandidateEdits:
    """Edits at the costs that the network was trained with: what a reviewer has taught since would be strange to it."""
    return replace(edits, cost=_costs(symbols, edits, load_confusions()))


def _matches(wanted: Positions, answered: Positions) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Which of some wanted positions are among some answered ones, both ascending: their indices among the wanted, and
    the row of each among the answered."""
    first, last = np.searchsorted(wanted, (answered[0], answered[-1] + 1))
    row = np.searchsorted(answered, wanted[first:last])
    same = answered[row] == wanted[first:last]
    return np.flatnonzero(same) + first, row[same]


def _found_by_network(
    positions: Positions, replace_odds: Floats, insert_odds: Floats
) -> Iterator[_NetworkEdits]:
    """The edits that the network prefers at a positions; its answers are (a, symbols)."""
    for length, log_odds in ((1, replace_odds), (0, insert_odds)):
        likely = log_odds > NETWORK_EDIT
        likely[:, KEEP] = False
        likely[:, ~THAI] = False
        if length == 1:
            likely[:, NOTHING] = replace_odds[:, NOTHING] > NETWORK_EDIT
        row, written = np.nonzero(likely)
        position = positions[row] + (length == 0)
        yield _NetworkEdits(
            position, np.full(len(row), length), written.astype(np.uint8), log_odds[row, written]
        )


def _scored(
    reflowed: ReflowedText,
    edits: CandidateEdits,
    found: Sequence[_NetworkEdits],
    model: LanguageModel,
    confusions: Confusions,
) -> tuple[CandidateEdits, Floats]:
    """The edits that only the network has found, scored by the language model, with their log odds."""
    if not found:
        return edits[np.zeros(0, np.int64)], np.zeros(0, np.float32)
    symbols = reflowed.symbols
    position = np.concatenate([part.position for part in found])
    inside = position < len(symbols)
    length = np.concatenate([part.length for part in found])[inside]
    written = np.concatenate([part.written for part in found])[inside]
    log_odds = np.concatenate([part.log_odds for part in found])[inside]
    more = CandidateEdits.of(position[inside], length, written)
    fresh = well_formed(symbols, more) & ~np.isin(_keys(more), _keys(edits))
    fresh &= ~split_sara_am(symbols)[more.anchor]
    more = more[fresh]
    gain = log_likelihood_gains(symbols, reflowed.log_probabilities, more, model)
    return replace(more, cost=_costs(symbols, more, confusions), gain=gain), log_odds[fresh].astype(
        np.float32
    )


def _keys(edits: CandidateEdits) -> NDArray[np.int64]:
    """One number for each edit, the same for the same edit, (m,)."""
    return (edits.position * 2 + edits.length) * _COUNT + edits.written


def _costs(symbols: Ids, edits: CandidateEdits, confusions: Confusions) -> Floats:
    """What the misreading that each of m edits undoes costs, (m,)."""
    read = np.where(edits.length == 1, symbols[edits.position], NOTHING)
    costs: Floats = misreading_costs(confusions)[edits.written, read]
    return costs


@lru_cache(maxsize=4)
def misreading_costs(confusions: Confusions) -> Floats:
    """The cost of reading one character as another, both by number, NOTHING for none: (truth, read)."""
    table = np.full((_COUNT, _COUNT), DEAREST, np.float32)
    for (truth, read), cost in confusions.table.items():
        row, column = (int(ids(character)[0]) if character else NOTHING for character in (truth, read))
        table[row, column] = cost
    return table
