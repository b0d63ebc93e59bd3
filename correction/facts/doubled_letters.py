"""Letters that slipped in twice: `งบบประมาณ`, `ประชาาชน`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from dictionaries.language_model import LanguageModel
from dictionaries.lexicon import Lexicon

_TWICE = re.compile(
    "(?P<letter>[\u0e01-\u0e2e\u0e30\u0e32\u0e40-\u0e44])(?P=letter)(?!(?P=letter))(?<!(?P=letter)(?P=letter)(?P=letter))"
)
_HEAD, _TAIL, _NEAR = 20, 12, 8
_SHORTEST, _JOINT = 5, 3
"""Characters of the word that is left, and of one that has the letter twice by right."""


class DoubledLetter(NamedTuple):
    """A letter that stands twice at `start..end`, the word that it makes once, and by how many nats the text is
    likelier so."""

    start: int
    end: int
    letter: str
    word: str
    gain: float


def doubled_letters(text: str, lexicon: Lexicon, model: LanguageModel) -> Iterator[DoubledLetter]:
    """Every letter that stands twice and makes a word once, in order of place."""
    for match in _TWICE.finditer(text):
        start, end, letter = match.start(), match.end(), match["letter"]
        head = text[max(start - _HEAD, text.rfind("\n", 0, start) + 1, 0) : start]
        tail = text[end : end + _TAIL].partition("\n")[0]
        near, next_to = head[-_NEAR:], tail[:_NEAR]
        if lexicon.spanning(near + letter, letter + next_to, _JOINT):
            continue
        begun, ended = ((near, letter + next_to), (near + letter, next_to))
        word = max(lexicon.spanning(*begun, _SHORTEST), lexicon.spanning(*ended, _SHORTEST), key=len)
        if word:
            once, twice = (float(model.score(head + one + tail).sum()) for one in (letter, letter * 2))
            yield DoubledLetter(start, end, letter, word, once - twice)
