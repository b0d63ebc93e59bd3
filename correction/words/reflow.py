"""A page reflowed: line breaks taken out where the words go on, with the exact way back.

Thai is written without spaces between words, so a line may break anywhere: at a space, which is then not
printed, or inside a word. Which of the two, or the end of a paragraph, the language model says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dictionaries.characters import BREAK, PAD, SPACE, Ids, ids
from dictionaries.language_model import LanguageModel, Scores

_WHITE = re.compile(r"[ \u00a0\t\r\n\f\v]{2,}|[\t\n\f\v]")
_COLUMN_GAP = 3  # spaces


@dataclass(frozen=True, slots=True)
class ReflowedText:
    """Reflowed text of n characters.

    `symbols` (n,) are its characters by number in `dictionaries.characters.SYMBOLS`, `offsets` (n,) where each stands
    in the source; what replaces a line break has the offset at which the break begins. `log_probabilities` (n,) are the
    language model's, in nats, each given the characters before it.
    """

    text: str
    symbols: Ids
    offsets: NDArray[np.int32]
    log_probabilities: Scores


def reflow(source: str, model: LanguageModel) -> ReflowedText:
    """The reflowed text of a page."""
    pieces: list[str] = []
    offsets: list[NDArray[np.int32]] = []
    done = 0
    for start, end, text in _breaks(source, model):
        pieces += (source[done:start], text)
        offsets += (np.arange(done, start, dtype=np.int32), np.full(len(text), start, np.int32))
        done = end
    pieces.append(source[done:])
    offsets.append(np.arange(done, len(source), dtype=np.int32))
    text = "".join(pieces)
    return ReflowedText(text, ids(text), np.concatenate(offsets), model.score(text))


def _breaks(source: str, model: LanguageModel) -> list[tuple[int, int, str]]:
    """Where white space is replaced, and by what: column gaps and empty lines by a break, the end of a line by
    what the model finds likeliest."""
    breaks: list[tuple[int, int, str]] = []
    wraps: list[tuple[int, int]] = []
    for match in _WHITE.finditer(source):
        white = match[0]
        if white.count("\n") == 1 and not any(sign in white for sign in "\t\f\v"):
            wraps.append(match.span())
        elif len(white) >= _COLUMN_GAP or any(sign in white for sign in "\t\n\f\v"):
            breaks.append((*match.span(), "\n"))
    for span, text in zip(wraps, _likeliest(source, wraps, model) if wraps else [], strict=True):
        breaks.append((*span, text))
    return sorted(breaks)


def _likeliest(source: str, spans: list[tuple[int, int]], model: LanguageModel) -> list[str]:
    """For each of some spans which is likeliest in its place: nothing, a space or a break."""
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
