"""Which spaces are strays, for the rules that say so."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from correction.rule import Context
from correction.words.analyse import analyse
from correction.words.chance import chances
from correction.words.gaps import WIDE, Space, features, print_of, spaces, spanning, width
from correction.words.names import protected
from dictionaries.known import Known
from dictionaries.language_model import load

IN_TEXT = 0.65
"""Least probability of a proposal without an image."""
ON_PAGE = 0.7
"""The same where the gap was measured. Both hold the precision: see `benchmarks/correction.py`."""
_LEAST = 2.0
"""Nats of gain below which no company makes a stray of a space, without an image."""


@dataclass(frozen=True, slots=True)
class Stray:
    """A space that is probably none, and why: the word that would span it ("" for none), and how wide it is as
    `gaps.Print.width`, None without an image."""

    space: Space
    word: str
    chance: float
    wide: float | None


def strays(context: Context, known: Known) -> tuple[Stray, ...]:
    """The strays of a context, in order of place, those in names left alone."""
    lexicon = known.lexicon
    text = analyse(context.text)
    on_page = print_of(context.reading) is not None
    found: list[Stray] = []
    for space in _spaces(context.text):
        wide = width(context, space.place) if on_page else None
        if space.gain < _LEAST if wide is None else wide > WIDE:
            continue
        word = spanning(text.text, space.at, lexicon)
        seen = features(text.text, space, word)
        if wide is not None:
            chance, least = chances()["stray space on a page"].of((*seen, wide)), ON_PAGE
        else:
            chance, least = chances()["stray space in text"].of(seen), IN_TEXT
        if chance >= least:
            found.append(Stray(space, word, chance, wide))
    guarded = protected(context.text, [s.space.place for s in found], known)
    return tuple(stray for stray in found if not guarded[stray.space.place])


@lru_cache(maxsize=4)
def _spaces(text: str) -> tuple[Space, ...]:
    """The spaces of a text: two rules ask for the same."""
    return tuple(spaces(analyse(text), load()))
