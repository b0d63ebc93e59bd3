"""Two marks that one consonant has lost, as small or faint print loses them: `พนที่` for `พื้นที่`, `ประชาชนท` for
`ประชาชนที่`. No single edit makes Thai of such a place, so that one that is wrong may look right there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from correction.rule import Context
from correction.words.edits import MARK
from correction.words.misspelt import apparent_density
from correction.words.text_analysis import TextAnalysis, misreading_costs, text_analysis
from dictionaries.characters import BREAK, PAD, SYMBOLS, Ids, ids
from dictionaries.language_model import LanguageModel, load
from dictionaries.lexicon import Lexicon
from dictionaries.resources import Resources

FEATURES = ("score", "margin", "rival", "word_after", "error_density")
"""What is known of two lost marks: nats gained less what their loss costs, by how many nats the next best pair is
behind, what both models make of the best single edit there (`TextAnalysis.combined_score`), characters of the longest
word over them, and the error density as of `correction.words.misspelt`."""
LEAST = 2.0
"""Score in nats below which no pair is a candidate."""
_PAIRS = np.array(
    [ids(pair) for pair in ("ี่", "ี้", "ื้", "ื่", "ึ้", "ึ่", "ิ่", "ิ้", "ั้", "ั่", "ุ่", "ุ้", "ู่", "ู้", "ิ์", "ุ์")], np.uint8
)
_CONSONANT = np.array(["\u0e01" <= symbol <= "\u0e2e" for symbol in SYMBOLS])
_UNLIKELY, _BEHIND = -5.0, 3
"""Log probability, nats, of one of so many characters behind a consonant, from which its marks may be lost."""
_CONTEXT, _THAI = 12, re.compile("[\u0e01-\u0e4e]")
"""Characters of Thai in a line, the place among them, without which a word has no context: a rare one that
stands alone looks like a common one that has lost its marks."""
_REACH, _WORD_REACH = 2, 40
_SCORE_LIMIT, _RIVAL_LIMIT, _WORD_LIMIT = 20.0, 20.0, 12


@dataclass(frozen=True, slots=True)
class LostMarks:
    """Write `after`, which is the consonant and two marks, for the consonant at `start..end` of the source; it stands
    at `position` of the reflowed text. `score` in nats, `word` the longest word over it, `features` the values of
    `FEATURES`."""

    position: int
    start: int
    end: int
    after: str
    score: float
    word: str
    features: tuple[float, ...]

    @property
    def error_density(self) -> float:
        """The feature of that name."""
        return self.features[FEATURES.index("error_density")]

    @property
    def has_second_witness(self) -> bool:
        """Whether other errors in the same text speak for it."""
        return self.error_density > 0


def lost_marks(context: Context, known: Resources) -> Iterator[LostMarks]:
    """The places where two marks are likelier lost than not, in order of place."""
    analysis = text_analysis(context, known)
    symbols, log_probabilities = analysis.reflowed.symbols, analysis.reflowed.log_probabilities
    anchors = _anchors(symbols, log_probabilities)
    costs = misreading_costs(known.confusions)[_PAIRS, PAD].max(axis=1)  # what takes one often takes both
    for anchor, scores in zip(anchors.tolist(), _gains(analysis, anchors, load()) - costs, strict=True):
        best = int(scores.argmax())
        if scores[best] >= LEAST and _has_context(context.text, int(analysis.reflowed.offsets[anchor])):
            margin = float(scores[best] - np.delete(scores, best).max())
            pair = "".join(SYMBOLS[mark] for mark in _PAIRS[best])
            yield _described(analysis, anchor, pair, float(scores[best]), margin, known.lexicon)


def _has_context(text: str, at: int) -> bool:
    start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
    return len(_THAI.findall(text, start, len(text) if end < 0 else end)) >= _CONTEXT


def _described(
    analysis: TextAnalysis, anchor: int, pair: str, score: float, margin: float, lexicon: Lexicon
) -> LostMarks:
    text, offset = analysis.reflowed.text, int(analysis.reflowed.offsets[anchor])
    head, tail = text[max(anchor + 1 - _WORD_REACH, 0) : anchor + 1], text[anchor + 1 :][:_WORD_REACH]
    word = lexicon.longest_over(head + pair + tail, len(head), len(head) + len(pair))
    near = np.abs(analysis.edits.anchor - anchor) <= _REACH
    rival = float(analysis.combined_score[near].max(initial=-_RIVAL_LIMIT))
    features = (
        min(score, _SCORE_LIMIT),
        margin,
        rival,
        float(min(len(word), _WORD_LIMIT)),
        apparent_density(analysis, anchor),
    )
    return LostMarks(anchor, offset, offset + 1, text[anchor] + pair, score, word, features)


def _anchors(symbols: Ids, log_probabilities: NDArray[np.float32]) -> NDArray[np.int64]:
    """Consonants without a mark, before something unlikely."""
    size = len(symbols)
    padded = np.concatenate([log_probabilities, np.zeros(_BEHIND, log_probabilities.dtype)])
    least = np.min([padded[1 + shift : 1 + shift + size] for shift in range(_BEHIND)], axis=0)
    following = np.append(symbols[1:], np.uint8(BREAK))[:size]
    return np.flatnonzero(_CONSONANT[symbols] & ~MARK[following] & (least < _UNLIKELY))


def _gains(analysis: TextAnalysis, anchors: NDArray[np.int64], model: LanguageModel) -> NDArray[np.float32]:
    """By how many nats each pair behind each of k anchors makes the text likelier: (k, pairs)."""
    symbols = analysis.reflowed.symbols
    reach, pairs, size = model.order - 1, len(_PAIRS), len(anchors)
    start = np.full(reach, PAD, np.uint8)
    start[-1:] = BREAK
    padded = np.concatenate([start, symbols, np.full(reach, BREAK, np.uint8)])
    position = anchors + 1
    before = padded[position[:, None] + np.arange(reach)]
    behind = padded[position[:, None] + reach + np.arange(reach)]
    written = np.tile(_PAIRS, (size, 1))
    rows = np.hstack([np.repeat(before, pairs, axis=0), written, np.repeat(behind, pairs, axis=0)])
    found = model.score_rows(rows).reshape(size, pairs, reach + 2)
    last = np.minimum(position + reach, len(symbols))
    outside = np.arange(reach + 2) >= (last - position + 2)[:, None]
    found[np.broadcast_to(outside[:, None, :], found.shape)] = 0.0
    running_sum = np.concatenate([[0.0], np.cumsum(analysis.reflowed.log_probabilities, dtype=np.float64)])
    as_read = running_sum[last] - running_sum[position]
    gains: NDArray[np.float32] = (found.sum(axis=2, dtype=np.float64) - as_read[:, None]).astype(np.float32)
    return gains
