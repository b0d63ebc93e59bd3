"""Misspelt words: the single edits after which a text is likelier by more than the misreading costs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from correction.rule import Context
from correction.words.analyse import analyse
from correction.words.edits import Edits, promising
from correction.words.names import protected
from correction.words.running import Running
from correction.words.suspicion import suspects
from dictionaries.known import Known
from dictionaries.language_model import LanguageModel
from dictionaries.letters import PAD, SYMBOLS
from dictionaries.lexicon import Lexicon

FEATURES = ("score", "letters", "ahead", "known")
"""What is known of an edit: its score, whether it changes more than marks, by how much it is ahead of
the next edit at the place, letters of the longest word over it afterwards (at most 12)."""
LEAST = 0.5
"""Score in nats below which an edit is nothing to speak of."""
_CLEAR = 3  # letters between two edits that do not share a word's error
_MOST = 20.0
_FAR = 10.0
_MARKS = frozenset(
    "\u0e31\u0e33\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39\u0e3a\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e4d\u0e4e"
)


@dataclass(frozen=True, slots=True)
class Misspelling:
    """Replace the letters `at..at + size` of the running text by `after`. `score` are the log odds in nats against the
    text as it stands, `word` the word that the edit makes, `others` further edits there, best first, as texts."""

    at: int
    size: int
    after: str
    score: float
    word: str
    others: tuple[str, ...]
    features: tuple[float, ...]

    def written(self, other: str, written: str) -> str:
        """Another edit of the place in the form in which this one is `written` for the source."""
        return written[: len(written) - len(self.after)] + other


def misspellings(
    text: Running,
    model: LanguageModel,
    known: Known,
    least: float = LEAST,
) -> Iterator[Misspelling]:
    """The best edit of each suspicious place, the surest first; no two within three letters of each other."""
    edits = promising(text, suspects(text), model, known.confusions)
    edits = edits[edits.score >= min(least, 0.0)]
    order = np.argsort(-edits.score, kind="stable")
    taken = np.zeros(len(text.letters) + 1, bool)
    for best in order.tolist():
        at, size, score = int(edits.at[best]), int(edits.size[best]), float(edits.score[best])
        if score < least:
            break
        if taken[max(at - _CLEAR, 0) : at + size + _CLEAR].any():
            continue
        taken[at : at + max(size, 1)] = True
        rivals = [int(r) for r in order if r != best and edits.at[r] == at and edits.size[r] == size]
        yield _described(text, edits, best, rivals, known.lexicon)


def _described(text: Running, edits: Edits, best: int, rivals: list[int], lexicon: Lexicon) -> Misspelling:
    at, size, score = int(edits.at[best]), int(edits.size[best]), float(edits.score[best])
    after = _written(edits, best)
    before = text.text[at : at + size]
    letters = float(not set(before + after) <= _MARKS)
    changed = text.text[:at][-40:] + after + text.text[at + size :][:40]
    middle = min(at, 40)
    if after:
        word = next(lexicon.covering(changed, middle, middle + len(after)), "")
    else:
        word = lexicon.spanning(changed[:middle], changed[middle:], shortest=2)
    ahead = score - max((float(edits.score[r]) for r in rivals), default=0.0)
    return Misspelling(
        at, size, after, score, word, tuple(_written(edits, r) for r in rivals[:3]),
        (
            min(score, _MOST), letters, min(ahead, _FAR), float(min(len(word), 12)),
        ),
    )  # fmt: skip


def _written(edits: Edits, index: int) -> str:
    new = int(edits.new[index])
    return "" if new == PAD else SYMBOLS[new]


def in_source(
    context: Context,
    model: LanguageModel,
    known: Known,
) -> Iterator[tuple[int, int, str, Misspelling]]:
    """The misspellings of a context as (start, end, replacement) of its text, names and abbreviations left alone.

    A lost letter is written together with the letter before it: a rule's edit replaces something.
    """
    text = analyse(context.text)
    found = sorted(misspellings(text, model, known), key=lambda m: m.at)
    ranges = [(*_range(text, item), item) for item in found]
    mask = protected(context.text, [start for start, _, _, _ in ranges], known)
    yield from (one for one in ranges if not mask[one[0] : one[1]].any())


def _range(text: Running, item: Misspelling) -> tuple[int, int, str]:
    if item.size:
        place = int(text.places[item.at])
        return place, place + 1, item.after
    before = int(text.places[item.at - 1])
    return before, before + 1, text.text[item.at - 1] + item.after
