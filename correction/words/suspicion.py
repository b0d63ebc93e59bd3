"""Where a text is unlikely Thai: places worth trying other letters at."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from correction.words.edits import THAI
from correction.words.running import Running
from dictionaries.letters import Ids, ids
from model.thai import NIKHAHIT

UNLIKELY = -4.5
"""Log probability below which a letter surprises, nats. Measured: lower finds less, higher only costs time."""
BEFORE = 3
"""The misread letter stands at or at most so many letters before the letter that surprises."""
_BEHIND = 1
_NIKHAHIT = ids(NIKHAHIT)[0]


def suspects(text: Running, unlikely: float = UNLIKELY) -> NDArray[np.int64]:
    """The places near letters that surprise the model, in order."""
    near = np.zeros(len(text.letters), bool)
    for at in np.flatnonzero(text.scores < unlikely):
        near[max(at - BEFORE, 0) : at + _BEHIND + 1] = True
    near &= ~split_sara_am(text.letters)
    near &= THAI[text.letters] | np.concatenate([[False], THAI[text.letters[:-1]]])
    return np.flatnonzero(near)


def split_sara_am(letters: Ids) -> NDArray[np.bool_]:
    """The letters that are part of a sara am in two parts or stand beside one: where the encoding's rules were told to
    leave it, no rule about words mends it either."""
    near = np.zeros(len(letters), bool)
    for at in np.flatnonzero(letters == _NIKHAHIT):
        near[max(at - 1, 0) : at + 2] = True
    return near
