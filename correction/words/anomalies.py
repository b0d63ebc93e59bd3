"""Where a text is unlikely Thai: positions worth trying other characters at."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from correction.words.edits import THAI
from correction.words.reflow import ReflowedText
from dictionaries.characters import Ids, ids
from model.thai import NIKHAHIT

UNLIKELY = -4.5
"""Log probability below which a character is an anomaly, nats. Measured: lower finds less, higher only costs time."""
BEFORE = 3
"""The misread character stands at or at most so many characters before the anomaly."""
_BEHIND = 1
_NIKHAHIT = ids(NIKHAHIT)[0]


def anomaly_positions(reflowed: ReflowedText, unlikely: float = UNLIKELY) -> NDArray[np.int64]:
    """The positions in reflowed text near characters that the language model finds unlikely, ascending."""
    near = np.zeros(len(reflowed.symbols), bool)
    for position in np.flatnonzero(reflowed.log_probabilities < unlikely):
        near[max(position - BEFORE, 0) : position + _BEHIND + 1] = True
    near &= ~split_sara_am(reflowed.symbols)
    near &= THAI[reflowed.symbols] | np.concatenate([[False], THAI[reflowed.symbols[:-1]]])
    return np.flatnonzero(near)


def split_sara_am(symbols: Ids) -> NDArray[np.bool_]:
    """Which of n characters are part of a sara am in two parts or stand beside one, (n,): where the encoding's rules
    were told to leave it, no rule about words mends it either."""
    near = np.zeros(len(symbols), bool)
    for position in np.flatnonzero(symbols == _NIKHAHIT):
        near[max(position - 1, 0) : position + 2] = True
    return near
