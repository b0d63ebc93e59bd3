"""A page as running text: line breaks taken out where the words go on, with the exact way back.

Thai is written without spaces between words, so a line may break anywhere: at a space, which is then not
printed, or inside a word. Which of the two, or the end of a paragraph, the language model says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dictionaries.language_model import LanguageModel, Scores
from dictionaries.letters import BREAK, PAD, SPACE, Ids, ids

_WHITE = re.compile(r"[ \u00a0\t\r\n\f\v]{2,}|[\t\n\f\v]")
_COLUMN_GAP = 3  # spaces


@dataclass(frozen=True, slots=True)
class Running:
    """Running text. `places[i]` is the offset in the source of letter `i`; `joined[i]` says that a line break
    was taken out before it. `scores[i]` is the letter's log probability, nats."""

    text: str
    letters: Ids
    places: NDArray[np.int32]
    scores: Scores

    def at(self, place: int) -> int:
        """The first letter that stands at or behind an offset of the source."""
        return int(np.searchsorted(self.places, place))

    def adjacent(self, start: int, end: int) -> bool:
        """True when the letters `start..end` stand side by side in the source, no line break between them."""
        return int(self.places[end - 1]) - int(self.places[start]) == end - 1 - start


def running(source: str, model: LanguageModel) -> Running:
    """The running text of a page."""
    pieces: list[str] = []
    places: list[NDArray[np.int32]] = []
    at = 0
    for start, end, text in _breaks(source, model):
        pieces += (source[at:start], text)
        places += (np.arange(at, start, dtype=np.int32), np.full(len(text), start, np.int32))
        at = end
    pieces.append(source[at:])
    places.append(np.arange(at, len(source), dtype=np.int32))
    text = "".join(pieces)
    return Running(text, ids(text), np.concatenate(places), model.score(text))


def _breaks(source: str, model: LanguageModel) -> list[tuple[int, int, str]]:
    """Where white space is replaced, and by what: column gaps and empty lines by a break, the end of a line by
    what the model finds likeliest."""
    found: list[tuple[int, int, str]] = []
    wraps: list[tuple[int, int]] = []
    for match in _WHITE.finditer(source):
        white = match[0]
        if white.count("\n") == 1 and not any(sign in white for sign in "\t\f\v"):
            wraps.append(match.span())
        elif len(white) >= _COLUMN_GAP or any(sign in white for sign in "\t\n\f\v"):
            found.append((*match.span(), "\n"))
    for span, text in zip(wraps, _likeliest(source, wraps, model) if wraps else [], strict=True):
        found.append((*span, text))
    return sorted(found)


def _likeliest(source: str, spans: list[tuple[int, int]], model: LanguageModel) -> list[str]:
    reach = model.order - 1
    before = np.full((len(spans), reach), PAD, np.uint8)
    after = np.full((len(spans), reach), BREAK, np.uint8)
    for row, (start, end) in enumerate(spans):
        left = ids(source[max(start - reach, 0) : start])
        right = ids(source[end : end + reach])
        before[row, reach - len(left) :] = left
        after[row, : len(right)] = right
    totals = []
    for between in ([], [SPACE], [BREAK]):
        middle = np.tile(np.array(between, np.uint8), (len(spans), 1))
        totals.append(model.score_rows(np.hstack([before, middle, after])).sum(axis=1))
    return [("", " ", "\n")[choice] for choice in np.argmax(np.stack(totals), axis=0)]
