"""What the network is shown of a text: its characters and what the language model says of each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from correction.words.edits import CandidateEdits
from dictionaries.characters import PAD, Ids
from dictionaries.confusions import DEAREST
from dictionaries.language_model import Scores

NOTHING = PAD
"""In the network's answers: no character belongs here."""
KEEP = 1
"""In the network's answers: the character that stands here, and nothing behind it."""
NUMBERS = 4
"""How unlikely a character is, what deleting it would gain where it is a space, and the scores of the best edit of it
and behind it, each brought to about -2..2."""
LEAST = -4.0
"""Score in nats below which an edit is not shown."""
_MOST = 12.0


@dataclass(frozen=True, slots=True)
class NetworkInput:
    """For each of n characters: its own number (n,), the character that the best single edit would put there (NOTHING
    to delete it, KEEP for no edit), the one that the best insertion would put behind it (or KEEP), both (n,), and the
    `NUMBERS` (n, 4)."""

    symbols: Ids
    replacement: Ids
    insertion: Ids
    numbers: NDArray[np.float32]

    def __getitem__(self, part: slice) -> NetworkInput:
        return NetworkInput(
            self.symbols[part], self.replacement[part], self.insertion[part], self.numbers[part]
        )


def network_input(
    symbols: Ids,
    log_probabilities: Scores,
    edits: CandidateEdits,
    spaces: NDArray[np.int64],
    space_gains: NDArray[np.float32],
) -> NetworkInput:
    """What the network is shown of n characters.

    `log_probabilities` (n,) are the language model's, `edits` those that may be right (those left out that no table has
    counted), `space_gains` (k,) what deleting each of the `spaces` (k,) gains, in nats.
    """
    size = len(symbols)
    replacement, insertion = np.full(size, KEEP, np.uint8), np.full(size, KEEP, np.uint8)
    numbers = np.zeros((size, NUMBERS), np.float32)
    numbers[:, 0] = np.clip(log_probabilities, -14.0, 0.0) / 4 + 0.25
    numbers[spaces, 1] = np.clip(space_gains, -_MOST, _MOST) / 6
    score = edits.score
    order = np.argsort(score, kind="stable")  # the best comes last and stays
    order = order[(score[order] >= LEAST) & (edits.cost[order] < DEAREST)]
    replacing = order[edits.length[order] == 1]
    replacement[edits.position[replacing]] = edits.written[replacing]
    numbers[edits.position[replacing], 2] = np.minimum(score[replacing], _MOST) / 6 + 1
    inserting = order[edits.length[order] == 0]
    insertion[edits.position[inserting] - 1] = edits.written[inserting]
    numbers[edits.position[inserting] - 1, 3] = np.minimum(score[inserting], _MOST) / 6 + 1
    return NetworkInput(symbols, replacement, insertion, numbers)
