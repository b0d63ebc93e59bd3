"""Which spaces are strays, for the rules that say so."""

from __future__ import annotations

from dataclasses import dataclass

from correction.rule import Context
from correction.words.chance import chances
from correction.words.gaps import Space, features, spaces, spanning
from correction.words.look import LIKELY_STRAY, text_analysis
from correction.words.names import protected
from correction.words.printed import WIDE, print_of
from dictionaries.known import Known

IN_TEXT = 0.7
"""Least probability of a proposal without an image."""
ON_PAGE = 0.7
"""The same where the gap was measured. Both hold the precision: see `benchmarks/correction.py`."""
_AROUND = 20


@dataclass(frozen=True, slots=True)
class Stray:
    """A space that is probably none, and why: the word that would span it ("" for none), how wide it is as
    `gaps.Print.width`, None without an image, and the running text on either side."""

    space: Space
    word: str
    chance: float
    wide: float | None
    before: str
    behind: str

    @property
    def network(self) -> float:
        """The network's log odds."""
        return self.space.network


def strays(context: Context, known: Known, *, inside: bool) -> tuple[Stray, ...]:
    """The strays inside of words, or those between words, in order of place, those in names left alone."""
    text = text_analysis(context, known).text.text
    page = print_of(context)
    found: list[Stray] = []
    for space in context.shared(_spaces, known):
        wide = None if page is None else page.behind(context, space.place - 1)
        if space.gain < LIKELY_STRAY if wide is None else wide > WIDE:
            continue
        word = spanning(text, space.at, known.lexicon)
        if bool(word) != inside:
            continue
        seen = features(text, space, word)
        if wide is not None:
            chance, least = chances()["stray space on a page"].of((*seen, wide)), ON_PAGE
        else:
            chance, least = chances()["stray space in text"].of(seen), IN_TEXT
        if chance >= least:
            before, behind = (
                text[max(space.at - _AROUND, 0) : space.at],
                text[space.at + 1 : space.at + 1 + _AROUND],
            )
            found.append(Stray(space, word, chance, wide, before, behind))
    guarded = protected(context, [s.space.place for s in found], known)
    return tuple(stray for stray in found if not guarded[stray.space.place])


def _spaces(context: Context, known: Known) -> tuple[Space, ...]:
    return tuple(spaces(text_analysis(context, known)))
