"""Words that stand where another that looks like them belongs: every word is one, and only what is around it says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from correction.rule import Context
from correction.words.text_analysis import text_analysis
from dictionaries.language_model import LanguageModel
from dictionaries.language_model import load as load_model
from dictionaries.lexicon import Lexicon
from dictionaries.resources import Resources
from dictionaries.word_pairs import PairFound, load_word_pairs

FEATURES = ("context", "gain")
"""What is known of such a word: nats that the words around it speak for the other one, and nats that the language model
does."""
LEAST_CONTEXT, LEAST_GAIN = 2.0, 0.0
"""Nats below which a word is not asked about: in 457,000 letters of sound text 13 are left."""
_BEFORE, _BEHIND = 12, 12
_LIMIT = 15.0


@dataclass(frozen=True, slots=True)
class PairError:
    """Replace the letter at `start..end` of the source by `after`, so that `word` becomes `other`; `features` are the
    values of `FEATURES`. `framed`: only the other word ever stands between the words beside it."""

    start: int
    end: int
    after: str
    word: str
    other: str
    features: tuple[float, ...]
    framed: bool = False


def pair_errors(context: Context, known: Resources) -> Iterator[PairError]:
    """The words of a context that may stand in another's place, in order of place, no two of one word."""
    reflowed = text_analysis(context, known).reflowed
    for one in errors_in(reflowed.text, known.lexicon):
        start = int(reflowed.offsets[one.start])
        yield replace(one, start=start, end=start + 1)


def errors_in(text: str, lexicon: Lexicon) -> Iterator[PairError]:
    """The same of a text without line ends inside of words, in offsets of the text."""
    model = load_model()
    best: dict[int, tuple[float, PairFound]] = {}
    for found in load_word_pairs().found(text, lexicon):
        if found.gain < LEAST_CONTEXT and not found.framed:
            continue
        gain = _gain(text, found, model)
        if gain < LEAST_GAIN:
            continue
        rival = best.get(found.start)
        if rival is None or _weight(found) > _weight(rival[1]):
            best[found.start] = gain, found
    for _, (gain, found) in sorted(best.items()):
        at = first_difference(found.word, found.other)
        start = found.start + at
        features = (min(found.gain, _LIMIT), min(gain, _LIMIT))
        yield PairError(start, start + 1, found.other[at], found.word, found.other, features, found.framed)


def _weight(found: PairFound) -> tuple[bool, float]:
    """What speaks for a word of a pair, to be compared: a frame is proof, whatever the single words weigh."""
    return found.framed, found.gain


def first_difference(word: str, other: str) -> int:
    """Where two words of a pair differ."""
    return next(at for at, (one, two) in enumerate(zip(word, other, strict=True)) if one != two)


def _gain(text: str, found: PairFound, model: LanguageModel) -> float:
    """By how many nats the text is likelier with the other word."""
    head, tail = text[max(found.start - _BEFORE, 0) : found.start], text[found.end : found.end + _BEHIND]
    return float(model.score(head + found.other + tail).sum() - model.score(head + found.word + tail).sum())
