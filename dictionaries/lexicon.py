"""The words of Thai: what is a word, and how often official prose uses it.

`data/words.tsv` holds the word list of PyThaiNLP (CC0) and the words that government news and laws use often,
each with how often; names of places come from the gazetteer, the user's words from the user's dictionaries.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from dictionaries.gazetteer import DATA, Gazetteer, load_gazetteer
from dictionaries.spelling import canonical

WORDS = DATA / "words.tsv"
LONGEST = 24
"""Letters of the longest word that is looked for."""
_START = 4
"""Letters by which it is seen at once that no longer word begins or ends so."""


class Lexicon:
    """Words with their counts. Membership and the longest word around a place take microseconds."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        self._counts = counts
        self._starts = frozenset(word[:_START] for word in counts if len(word) > _START)
        self._ends = frozenset(word[-_START:] for word in counts if len(word) > _START)

    def __contains__(self, word: str) -> bool:
        return word in self._counts

    def __len__(self) -> int:
        return len(self._counts)

    def count(self, word: str) -> int:
        """How often the training text has the word; 0 for one that is only listed, or unknown."""
        return self._counts.get(word, 0)

    def common(self, least: int) -> tuple[str, ...]:
        """Every word that the training text has at least so often."""
        return tuple(word for word, count in self._counts.items() if count >= least)

    def longest_from(self, text: str, at: int, shortest: int, longest: int) -> int:
        """How long the longest word is that begins at `at`, of so many characters; 0 where there is none."""
        known = text[at : at + _START] in self._starts
        for size in range(min(longest if known else _START, len(text) - at), shortest - 1, -1):
            if text[at : at + size] in self._counts:
                return size
        return 0

    def longest_to(self, text: str, end: int, shortest: int, longest: int) -> int:
        """How long the longest word is that ends before `end`, of so many characters; 0 where there is none."""
        known = text[max(end - _START, 0) : end] in self._ends
        for size in range(min(longest if known else _START, end), shortest - 1, -1):
            if text[end - size : end] in self._counts:
                return size
        return 0

    def spanning(self, left: str, right: str, shortest: int = 4) -> str:
        """The longest word, of at least so many characters, made of an end of `left` and a beginning of `right`;
        empty when there is none."""
        best = ""
        counts, least, there = self._counts, shortest, len(right)
        for before in range(min(len(left), LONGEST - 1), 0, -1):
            head = left[-before:]
            room = LONGEST - before
            longest = there if there < room else room
            start = head[:_START] if before >= _START else head + right[: _START - before]
            if start not in self._starts:  # no longer word begins so
                longest = longest if longest < _START - before else _START - before
            for after in range(longest, max(least - before, 1) - 1, -1):
                if head + right[:after] in counts:
                    best = head + right[:after]
                    least = len(best) + 1
                    break
        return best

    def longest_over(self, text: str, start: int, end: int) -> str:
        """The longest word of the text that covers `start..end` and is longer, of several the first by its letters;
        empty when there is none."""
        best, least = "", end - start + 1
        for begin in range(max(end - LONGEST, 0), start + 1):
            known = text[begin : begin + _START] in self._starts
            longest = min(LONGEST if known else _START, len(text) - begin)
            for size in range(longest, max(least, end - begin) - 1, -1):
                word = text[begin : begin + size]
                if word in self._counts:
                    best = word if size > len(best) or word < best else best
                    least = size
                    break
        return best


@lru_cache(maxsize=1)
def _listed() -> dict[str, int]:
    words: dict[str, int] = {}
    for line in WORDS.read_text("utf-8").splitlines()[1:]:
        word, _, count = line.partition("\t")
        words[word] = int(count)
    return words


@lru_cache(maxsize=4)
def load_lexicon(gazetteer: Gazetteer | None = None) -> Lexicon:
    """The words that come with the program, the names of a gazetteer (by default our own) and its user's words."""
    known = load_gazetteer() if gazetteer is None else gazetteer
    words = dict(_listed())
    for area in known:
        words.setdefault(canonical(area.name), 0)
    for body in known.bodies:
        words.setdefault(canonical(body.name), 0)
    for word in known.words:
        words.setdefault(canonical(word), 0)
    return Lexicon(words)
