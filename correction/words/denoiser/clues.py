"""What the network is shown of a text: its letters and what the language model says of each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from correction.words.edits import Edits
from dictionaries.confusions import DEAREST
from dictionaries.language_model import Scores
from dictionaries.letters import PAD, Ids

NOTHING = PAD
"""In the network's answers: no letter belongs here."""
KEEP = 1
"""In the network's answers: the letter that stands here, and nothing behind it."""
NUMBERS = 4
"""How much a letter surprises, what deleting it would gain where it is a space, and the scores of the best edit of it
and behind it, each brought to about -2..2."""
LEAST = -4.0
"""Score in nats below which an edit is not shown."""
_MOST = 12.0


@dataclass(frozen=True, slots=True)
class Clues:
    """For each of n letters by number: itself, the letter that the best single edit would put there (NOTHING to delete
    it, KEEP for no edit), the one that the best insertion would put behind it (or KEEP), and `NUMBERS` (n, 4)."""

    letters: Ids
    here: Ids
    behind: Ids
    numbers: NDArray[np.float32]

    def __getitem__(self, part: slice) -> Clues:
        return Clues(self.letters[part], self.here[part], self.behind[part], self.numbers[part])


def clues(
    letters: Ids, scores: Scores, edits: Edits, spaces: NDArray[np.int64], gains: NDArray[np.float32]
) -> Clues:
    """The clues for a text: its letters' log probabilities, the edits that may be right with their scores, those left
    out that no table has counted, and what deleting each of some spaces gains, in nats."""
    size = len(letters)
    here, behind = np.full(size, KEEP, np.uint8), np.full(size, KEEP, np.uint8)
    numbers = np.zeros((size, NUMBERS), np.float32)
    numbers[:, 0] = np.clip(scores, -14.0, 0.0) / 4 + 0.25
    numbers[spaces, 1] = np.clip(gains, -_MOST, _MOST) / 6
    worth = edits.score
    order = np.argsort(worth, kind="stable")  # the best comes last and stays
    order = order[(worth[order] >= LEAST) & (edits.cost[order] < DEAREST)]
    one = order[edits.size[order] == 1]
    here[edits.at[one]] = edits.new[one]
    numbers[edits.at[one], 2] = np.minimum(worth[one], _MOST) / 6 + 1
    more = order[edits.size[order] == 0]
    behind[edits.at[more] - 1] = edits.new[more]
    numbers[edits.at[more] - 1, 3] = np.minimum(worth[more], _MOST) / 6 + 1
    return Clues(letters, here, behind, numbers)
