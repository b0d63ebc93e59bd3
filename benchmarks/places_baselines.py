"""What others make of a damaged place name: each is told which letters are the name, which we are not."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Sequence
from functools import lru_cache

import geothai
from rapidfuzz import fuzz, process

Baseline = Callable[[str, Sequence[str]], str]
_WRATIO = 80
_DIFFLIB = 0.6


def wratio(name: str, names: Sequence[str]) -> str:
    """rapidfuzz's WRatio over all names of the level, from 80 up."""
    best = process.extractOne(name, names, scorer=fuzz.WRatio, score_cutoff=_WRATIO)
    return best[0] if best else name


def close_match(name: str, names: Sequence[str]) -> str:
    """difflib's nearest name from 0.6 up, its default."""
    return next(iter(difflib.get_close_matches(name, names, 1, _DIFFLIB)), name)


@lru_cache(maxsize=4096)
def _spelt(name: str) -> str:
    from pythainlp.spell import spell  # noqa: PLC0415  importing it builds a speller

    return next(iter(spell(name)), name)


def pythainlp_spell(name: str, _: Sequence[str]) -> str:
    """The first suggestion of pythainlp's `spell`."""
    return _spelt(name)


def geothai_search(name: str, names: Sequence[str]) -> str:
    """The first area of geothai's own search."""
    found = geothai.search(name, limit=1)
    return str(found[0].area.name_th) if found else name


SAMPLE = {"pythainlp spell": 20}
"""How many lines or names a slow baseline is asked for: it takes 2 to 18 seconds a name."""

BASELINES: dict[str, Baseline] = {
    "rapidfuzz WRatio": wratio,
    "difflib": close_match,
    "pythainlp spell": pythainlp_spell,
    "geothai search": geothai_search,
}
