"""Tone marks that stand before the letter that carries them, all through a text: `ห้นา` for `หน้า`, `ไ้ด` for `ได้`.

Programs that keep marks in the order of their places on the page have left such texts. A tone mark that nothing carries
gives the damage away; where the others belong the language model says. A mark is moved, never deleted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from dictionaries.language_model import LanguageModel
from dictionaries.language_model import load as load_model
from model.thai import CONSONANTS, LEADING_VOWELS, TONES, VOWELS_ABOVE_BELOW

_IMPOSSIBLE = re.compile(f"(?:(?<=[{LEADING_VOWELS}])|(?<![\u0e01-\u0e4e\u25cc]))[{TONES}](?=[{CONSONANTS}])")
_EARLY = re.compile(
    f"(?P<tone>[{TONES}])(?P<under>[{CONSONANTS}][{VOWELS_ABOVE_BELOW}]?)(?![{TONES}])"
    "(?:(?<=[\u0e01-\u0e4e]{3})|(?=[\u0e01-\u0e4e]))"  # in a word
)
_BEFORE, _BEHIND = 14, 12
"""Characters on either side that say where a mark belongs."""
_MANY = 3
"""Marks that nothing carries, from which a text is damaged throughout: fewer may be specks."""
_LEAST = 2.0
"""Nats likelier with the mark moved."""


class EarlyTone(NamedTuple):
    """A tone mark at `start` that belongs at the end of `start..end`; by how many nats that is likelier."""

    start: int
    end: int
    gain: float


def early_tones(text: str) -> tuple[EarlyTone, ...]:
    """The tone marks that stand one letter early, in order of place; none where no marks give the damage away."""
    if sum(1 for _ in _IMPOSSIBLE.finditer(text)) < _MANY:
        return ()
    return tuple(_moved(text, load_model()))


def _moved(text: str, model: LanguageModel) -> Iterator[EarlyTone]:
    early = list(_EARLY.finditer(text))
    as_read = [_both(text, match, text[max(match.start() - _BEFORE, 0) : match.start()]) for match in early]
    written, at = "", 0  # what stands before a mark is read as it was put right
    for match, pair, of_pair in zip(early, as_read, model.gains(as_read), strict=True):
        written += text[at : match.start()]
        at = match.start()
        both = _both(text, match, written)
        gain = of_pair if both == pair else model.gains([both])[0]
        if gain >= _LEAST:
            written += match["under"] + match["tone"]
            at = match.end()
            yield EarlyTone(*match.span(), round(gain, 1))


def _both(text: str, match: re.Match[str], written: str) -> tuple[str, str]:
    """The text around a mark behind what was `written` before it: with the mark where it stands, and moved."""
    tone, under = match["tone"], match["under"]
    head, tail = written[-_BEFORE:], text[match.end() : match.end() + _BEHIND]
    return head + tone + under + tail, head + under + tone + tail
