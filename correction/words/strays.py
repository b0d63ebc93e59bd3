"""Which spaces are strays, for the rules that say so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from correction.rule import Context
from correction.words.analyse import analyse
from correction.words.chance import chances
from correction.words.gaps import ON_A_PAGE, WORTH_A_LOOK, Space, print_of, spaces, width
from correction.words.names import protected
from dictionaries.gazetteer import Gazetteer
from dictionaries.language_model import load
from dictionaries.lexicon import load_lexicon

IN_TEXT = 0.65
"""Least probability of a proposal without an image."""
ON_PAGE = 0.7
"""The same where the gap was measured. Both hold the precision: see `benchmarks/correction.py`."""


@dataclass(frozen=True, slots=True)
class Stray:
    """A space that is probably none, and why: `wide` as `gaps.Print.width`, None without an image."""

    space: Space
    chance: float
    wide: float | None


def strays(context: Context, gazetteer: Gazetteer | None) -> Iterator[Stray]:
    """The strays of a context, in order of place, those in names left alone."""
    lexicon = load_lexicon(gazetteer)
    text = analyse(context.text)
    on_page = print_of(context.reading) is not None
    found: list[Stray] = []
    for space in spaces(text, load(), lexicon, ON_A_PAGE if on_page else WORTH_A_LOOK):
        wide = width(context, space.place) if on_page else None
        if wide is not None:
            chance = chances()["stray space on a page"].of((*space.features, wide))
            likely = chance >= ON_PAGE
        else:
            chance = chances()["stray space in text"].of(space.features)
            likely = chance >= IN_TEXT
        if likely:
            found.append(Stray(space, chance, wide))
    if found:
        mask = protected(context.text, gazetteer, lexicon)
        yield from (stray for stray in found if not mask[stray.space.place])
