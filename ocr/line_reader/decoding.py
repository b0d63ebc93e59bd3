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


@dataclass(frozen=True, slots=True)
class ClassRun:
    """Frames `first` to `last` in which one class is the likeliest, most of all at `best`."""

    number: int
    first: int
    last: int
    best: int


def runs(log_probabilities: Scores) -> list[ClassRun]:
    """The runs of a line's scores (frames, classes) that are no blank, one for each character that is read."""
    likeliest = log_probabilities.argmax(axis=1)
    edges = np.flatnonzero(np.diff(likeliest)) + 1
    found: list[ClassRun] = []
    for first, end in zip((0, *edges.tolist()), (*edges.tolist(), len(likeliest)), strict=True):
        number = int(likeliest[first]) if end > first else BLANK
        if number != BLANK:
            best = first + int(log_probabilities[first:end, number].argmax())
            found.append(ClassRun(number, first, end - 1, best))
    return found


def decode(log_probabilities: Scores) -> list[DecodedCharacter]:
    """The characters of one line from its scores (frames, classes).

    A character's confidence is its own probability where it is likeliest, and never more than what the frames around
    it leave: what goes there to a class that is neither blank nor the character nor a neighbour speaks for another
    text.
    """
    probabilities = np.exp(log_probabilities)
    found = runs(log_probabilities)
    characters: list[DecodedCharacter] = []
    for index, run in enumerate(found):
        number, frame = run.number, run.best
        previous, start = (found[index - 1].number, found[index - 1].best) if index else (BLANK, 0)
        last = index + 1 == len(found)
        following, end = (
            (BLANK, len(log_probabilities) - 1) if last else (found[index + 1].number, found[index + 1].best)
        )
        explained = sorted({BLANK, previous, number, following})
        near = slice((start + frame) // 2, (frame + end) // 2 + 1)
        left = float(probabilities[near][:, explained].sum(axis=1).min())
        confidence = min(float(probabilities[frame, number]), left)
        characters.append(DecodedCharacter(CHARACTERS[number - 1], min(max(confidence, 0.0), 1.0), frame))
    return characters
