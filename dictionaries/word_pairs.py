"""Words that look like other words (`ถึง`, `ดึง`), and what stands around the one and not around the other.

`data/pairs.tsv` holds for each such pair how much each context speaks for the second word, in tenths of a nat: what
`training/dictionaries/learn_word_pairs.py` has counted in official prose. `data/frames.tsv` holds, for a word that is
far rarer than the one it looks like, between which words it stands and the other one never does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from dictionaries.gazetteer import DATA
from dictionaries.lexicon import Lexicon

PAIRS = DATA / "pairs.tsv"
FRAMES = DATA / "frames.tsv"
REACH = 28
"""Characters on either side of a word that are its context."""
BEFORE, BEHIND, NEAR, OFTEN = "<", ">", "~", "="
"""The kinds of context: the word before, the one behind, one of the others near, and how often each word is used."""
_LONGEST, _SHORTEST, _SHORTEST_NEAR = 12, 2, 3
_EDGE = "|"


class WordContext(NamedTuple):
    """A word of some kind of context; `_EDGE` where a space, a sign or the end of the line stands."""

    kind: str
    word: str


@dataclass(frozen=True, slots=True)
class PairFound:
    """`word` stands at `start..end` where `other` may be meant; `gain` nats speak for it, of `known`
    contexts; `framed` where it stands in a frame that only the other one has."""

    start: int
    end: int
    word: str
    other: str
    gain: float
    known: int
    framed: bool = False


class Frame(NamedTuple):
    """The words between which another word stands and this one never: `before` it and `behind` it."""

    before: tuple[str, ...]
    behind: tuple[str, ...]

    def holds(self, text: str, start: int, end: int) -> bool:
        """Whether such words stand around `start..end`."""
        return text.endswith(self.before, 0, start) and text.startswith(self.behind, end)


class WordPairs:
    """The pairs of a table: weights of contexts by word and other word."""

    def __init__(
        self, weights: dict[tuple[str, str], dict[WordContext, float]], frames: dict[tuple[str, str], Frame]
    ) -> None:
        self._weights = weights
        self._frames = frames
        self._others: dict[str, list[str]] = {}
        for word, other in weights:
            self._others.setdefault(word, []).append(other)
        self._pattern = word_pattern(self._others)

    def words_in(self, text: str) -> Iterator[tuple[int, str, tuple[str, ...]]]:
        """Every word of the table in a text: where it begins, the word, and the others that it may be."""
        for match in self._pattern.finditer(text):
            yield match.start(), match[0], tuple(self._others[match[0]])

    def found(self, text: str, lexicon: Lexicon) -> Iterator[PairFound]:
        """Every word of the table in a text with each other that it may be, in order of place."""
        for match in self._pattern.finditer(text):
            contexts = contexts_of(text, *match.span(), lexicon)
            for other in self._others[match[0]]:
                weights = self._weights[match[0], other]
                said = [weights[one] for one in contexts if one in weights]
                gain = weights.get(WordContext(OFTEN, ""), 0.0) + sum(said)
                frame = self._frames.get((match[0], other))
                framed = frame is not None and frame.holds(text, *match.span())
                yield PairFound(*match.span(), match[0], other, gain, len(said), framed)


def word_pattern(words: dict[str, list[str]]) -> re.Pattern[str]:
    """Finds any of some words, the longest first, where no mark behind it makes it another."""
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return re.compile(f"(?:{'|'.join(longest_first) or '(?!)'})(?![\u0e30-\u0e3a\u0e45\u0e47-\u0e4e])")


def contexts_of(text: str, start: int, end: int, lexicon: Lexicon) -> set[WordContext]:
    """What stands around `start..end` of a text."""
    head, tail = text[max(start - REACH, 0) : start], text[end : end + REACH]
    before, behind = list(_words_back(head, lexicon)), list(_words_on(tail, lexicon))
    contexts = {
        WordContext(BEFORE, before[0] if before else _EDGE),
        WordContext(BEHIND, behind[0] if behind else _EDGE),
    }
    near = (word for word in (*before[1:], *behind[1:]) if len(word) >= _SHORTEST_NEAR)
    return contexts | {WordContext(NEAR, word) for word in near}


def _words_on(text: str, lexicon: Lexicon) -> Iterator[str]:
    """The words of a text from its beginning, the longest at each place; what is none is passed over."""
    at = 0
    while at < len(text):
        size = lexicon.longest_from(text, at, _SHORTEST, _LONGEST)
        if size:
            yield text[at : at + size]
        elif at == 0 or text[at] in " \n":
            yield _EDGE
        at += size or 1


def _words_back(text: str, lexicon: Lexicon) -> Iterator[str]:
    """The words of a text from its end, the longest at each place."""
    at = len(text)
    while at > 0:
        size = lexicon.longest_to(text, at, _SHORTEST, _LONGEST)
        if size:
            yield text[at - size : at]
        elif at == len(text) or text[at - 1] in " \n":
            yield _EDGE
        at -= size or 1


@lru_cache(maxsize=1)
def load_word_pairs() -> WordPairs:
    """The pairs that come with the program."""
    weights: dict[tuple[str, str], dict[WordContext, float]] = {}
    for line in PAIRS.read_text("utf-8").splitlines()[1:]:
        word, other, *rows = line.split("\t")
        said = {
            WordContext(row[0], row[1:].rpartition(" ")[0]): int(row.rpartition(" ")[2]) / 10 for row in rows
        }
        weights[word, other] = said
        weights[other, word] = {context: -weight for context, weight in said.items()}
    return WordPairs(weights, _frames())


def _frames() -> dict[tuple[str, str], Frame]:
    rows = (line.split("\t") for line in FRAMES.read_text("utf-8").splitlines()[1:])
    return {
        (word, other): Frame(tuple(before.split()), tuple(behind.split()))
        for word, other, before, behind in rows
    }
