"""From the model's scores to characters: the best class of each frame, repeats and blanks removed (CTC)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ocr.line_reader.alphabet import CHARACTERS

BLANK = 0

Scores = NDArray[np.float32]
"""Natural-log probabilities of one line: frames by classes."""


@dataclass(frozen=True, slots=True)
class DecodedCharacter:
    """A character that was read, with its confidence (0 to 1) and the frame where it is likeliest."""

    character: str
    confidence: float
    frame: int


def decode(log_probabilities: Scores) -> list[DecodedCharacter]:
    """The characters of one line from its scores (frames, classes).

    A character's confidence is its own probability where it is likeliest, and never more than what the frames around
    it leave: what goes there to a class that is neither blank nor the character nor a neighbour speaks for another
    text.
    """
    probabilities = np.exp(log_probabilities)
    best = log_probabilities.argmax(axis=1)
    runs: list[tuple[int, int]] = []  # (class, frame where it is likeliest)
    before = BLANK
    for frame, number in enumerate(best.tolist()):
        if number != BLANK:
            if number != before:
                runs.append((number, frame))
            elif probabilities[frame, number] > probabilities[runs[-1][1], number]:
                runs[-1] = (number, frame)
        before = number
    characters: list[DecodedCharacter] = []
    for index, (number, frame) in enumerate(runs):
        previous, start = runs[index - 1] if index else (BLANK, 0)
        following, end = runs[index + 1] if index + 1 < len(runs) else (BLANK, len(best) - 1)
        explained = sorted({BLANK, previous, number, following})
        near = slice((start + frame) // 2, (frame + end) // 2 + 1)
        left = float(probabilities[near][:, explained].sum(axis=1).min())
        confidence = min(float(probabilities[frame, number]), left)
        characters.append(DecodedCharacter(CHARACTERS[number - 1], min(max(confidence, 0.0), 1.0), frame))
    return characters
