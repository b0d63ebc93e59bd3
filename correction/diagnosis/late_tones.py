"""Tone marks that stand one letter late all through a text: `ตอ้ง` for `ต้อง`, `บา้น` for `บ้าน`.

Programs that kept each mark with the next letter have left such texts. A tone mark on a vowel that carries none gives
the damage away; where the others belong the language model says, letter by letter. A mark is moved, never deleted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from dictionaries.language_model import LanguageModel
from dictionaries.language_model import load as load_model
from model.thai import CONSONANTS, LEADING_VOWELS, TONES, VOWELS_ABOVE_BELOW

_AFTER_VOWELS = "\u0e30\u0e32"
"""Sara a and sara aa: where few marks are late those behind them are a typist's slip, which ENC004 is about."""
_CARRIED_BY_NONE = f"{_AFTER_VOWELS}{LEADING_VOWELS}"
_SHORT_VOWELS = "\u0e31\u0e47"
"""Mai han akat and maitaikhu, which always have a letter behind them and are as often late as tone marks are."""
_IMPOSSIBLE = re.compile(f"[{CONSONANTS}][{VOWELS_ABOVE_BELOW}]?[{_CARRIED_BY_NONE}][{TONES}]")
_LATE = re.compile(
    f"(?<=[{CONSONANTS}{VOWELS_ABOVE_BELOW}{TONES}])(?P<over>[{CONSONANTS}{_CARRIED_BY_NONE}])"
    f"(?P<mark>[{TONES}])(?P<vowel>[{VOWELS_ABOVE_BELOW}]?)"
    f"|(?<=[{CONSONANTS}])(?P<under>[{CONSONANTS}])(?P<short>[{_SHORT_VOWELS}])(?P<none>)"
)
_CARRIES_ONE = re.compile(f"[{TONES}][{VOWELS_ABOVE_BELOW}]?\\Z")
_BEFORE, _BEHIND = 14, 12
"""Characters on either side that say where a mark belongs."""
MANY = 2
"""Marks on vowels that carry none, from which a text is damaged throughout."""
_LEAST, _LEAST_ALONE, _LEAST_POSSIBLE = 2.0, 8.0, 12.0
"""Nats likelier with the mark moved, in a text that is damaged throughout, in one with a mark that nothing carries, and
in any other."""
_UNLIKELY, _SURPRISED = -5.0, 2
"""Log probability, nats, of a mark that may stand late in a text that gives no damage away, or of one of so many
characters behind it."""


class LateTone(NamedTuple):
    """A tone mark at `start + 1` that belongs before the letter at `start`; by how many nats that is likelier."""

    start: int
    gain: float


def late_tones(text: str) -> tuple[LateTone, ...]:
    """The tone marks that stand one letter late, in order of place; none where no mark gives the damage away."""
    impossible = sum(1 for _ in _IMPOSSIBLE.finditer(text))
    return tuple(_moved(text, load_model(), impossible))


def _moved(text: str, model: LanguageModel, impossible: int) -> Iterator[LateTone]:
    alone = impossible < MANY
    of_tones = _LEAST if not alone else _LEAST_ALONE if impossible else _LEAST_POSSIBLE
    scores = None if impossible else model.score(text)
    late = [
        match for match in _LATE.finditer(text)
        if not (alone and (match["over"] or match["under"]) in _AFTER_VOWELS)
        and (scores is None or scores[match.start() + 1 : match.end() + _SURPRISED].min() <= _UNLIKELY)
    ]  # fmt: skip
    as_read = [_both(text, match, text[max(match.start() - _BEFORE, 0) : match.start()]) for match in late]
    written, at = "", 0  # what stands before a mark is read as it was put right
    for match, pair, of_pair in zip(late, as_read, model.gains(as_read), strict=True):
        written += text[at : match.start()]
        at = match.start()
        least = max(of_tones, _LEAST_ALONE) if match["short"] else of_tones
        if _CARRIES_ONE.search(written[-_BEFORE:]):
            continue
        both = _both(text, match, written)
        gain = of_pair if both == pair else model.gains([both])[0]
        if gain >= least:
            written += text[at + 1] + text[at]
            at = match.start() + 2
            yield LateTone(match.start(), round(gain, 1))


def _both(text: str, match: re.Match[str], written: str) -> tuple[str, str]:
    """The text around a mark behind what was `written` before it: with the mark where it stands, and moved.

    Marks in the wrong order are another damage: the mark stays where it is, behind its vowel.
    """
    over, mark = match["over"] or match["under"], match["mark"] or match["short"]
    vowel = match["vowel"] or ""
    head, tail = written[-_BEFORE:], text[match.end() : match.end() + _BEHIND]
    return head + over + vowel + mark + tail, head + mark + over + vowel + tail
