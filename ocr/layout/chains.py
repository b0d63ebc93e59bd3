"""Pieces of ink chained from left to right: letters of a line stand side by side and share most of their height."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ocr.layout.ink import PageInk
from ocr.layout.print_rows import others_beside
from ocr.layout.walls import Walls

REACH = 2.5
"""In letter heights: white as wide as this ends a stretch."""

LEAST_SHARED = 0.5
"""Of the lower one's height: how much of it a piece must share with the letters before it to stand on their line."""

MOST_LETTERS, MOST_STRETCHES = 20_000, 5_000
"""A page with more pieces of letter size, or of which more stretches are made, is no print. Pages of dense prose have
4,000 and 60."""

_SMALL, _LARGE, _NARROW = 0.5, 3.5, 0.06  # letter heights: of pieces that may be letters
_HIGHEST, _LIKE_LARGE, _LEVEL, _BESIDE_LARGE = 8.0, 0.5, 0.12, 3.0
_FEWEST_LARGE, _MOST_LARGE = 3, 500
"""In letter heights, how high letters of headings are; the logarithm of the heights, and in their own heights how far
up or down and aside others beside them are, at most; how many of those there are, and on how many pieces that is
looked for."""

_RATIO = 2.2  # of heights, at most, of neighbours on one line
_LEAST_USUAL, _TALLEST = 0.7, 2.1
"""In letter heights: small letters, such as Latin ones, and letters that have grown together with their marks, which
are neighbours all the same."""
_BEHIND = 0.15  # what a letter height of white between two pieces costs, in shares of height
_UNLIKE = 0.3  # what a height e times that of the neighbours costs
_RECENT = 9  # pieces whose median says where a line is just now

_TIDY = 32  # pieces after which the chains that have ended are put away


class NoPrint(ValueError):
    """A page is noise, halftone or dirt: in so many pieces of ink no line can be told."""

    def __init__(self, pieces: int) -> None:
        super().__init__(
            f"{pieces:,} pieces of ink like letters are noise, halftone or dirt and no lines of text"
        )


def letter_chains(
    ink: PageInk, slope: float, walls: Walls, free: NDArray[np.bool_] | None = None
) -> list[NDArray[np.intp]]:
    """The pieces of ink of letter size in chains, each from left to right.

    `slope` is that of the page's lines, `free` says of each piece whether it may be taken; all may by default.

    Raises:
        NoPrint: there are more pieces or chains than on any page of print.
    """
    letters = _letters(ink, free)
    if len(letters) > MOST_LETTERS:
        raise NoPrint(len(letters))
    chains = _chains(ink, letters, slope, walls)
    if len(chains) > MOST_STRETCHES:
        raise NoPrint(len(letters))
    return [np.array(chain.at, np.intp) for chain in chains]


@dataclass(slots=True)
class _LetterChain:
    """Pieces side by side; `top` and `bottom` are where the last of them are, on a page with level lines."""

    at: list[int]
    right: float
    top: float
    bottom: float
    tops: list[float] = field(default_factory=list)
    bottoms: list[float] = field(default_factory=list)

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def add(self, piece: int, right: float, top: float, bottom: float) -> None:
        self.at.append(piece)
        self.right = max(self.right, right)
        self.tops.append(top)
        self.bottoms.append(bottom)
        self.top, self.bottom = _middle(self.tops[-_RECENT:]), _middle(self.bottoms[-_RECENT:])


def _middle(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]


def _letters(ink: PageInk, free: NDArray[np.bool_] | None) -> NDArray[np.intp]:
    """The pieces that may be letters, from left to right."""
    size = ink.letter
    fit = (ink.high >= _SMALL * size) & (ink.wide >= _NARROW * size) & (ink.wide <= 8 * size)
    fit[0] = False
    if free is not None:
        fit &= free
    large = np.flatnonzero(fit & (ink.high > _LARGE * size))
    fit[large] = _are_of_headings(ink, large)
    letters = np.flatnonzero(fit)
    return letters[np.argsort(ink.left[letters], kind="stable")]


def _are_of_headings(ink: PageInk, large: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Which pieces much larger than letters are those of a heading: others as large stand beside them on one level."""
    if not 0 < len(large) <= _MOST_LARGE:
        return np.zeros(len(large), np.bool_)
    high, foot, middle = ink.high[large], ink.foot[large], ink.middle[large]
    beside = others_beside(high, foot, middle, _LIKE_LARGE, _LEVEL * high, _BESIDE_LARGE * high)
    return np.asarray((beside >= _FEWEST_LARGE) & (high <= _HIGHEST * ink.letter))


def _chains(ink: PageInk, letters: NDArray[np.intp], slope: float, walls: Walls) -> list[_LetterChain]:
    size = ink.letter
    top = ink.top - slope * ink.middle
    chains: list[_LetterChain] = []
    open_chains: list[_LetterChain] = []
    for number, piece, left, width, high, above, middle in zip(
        range(len(letters)),
        letters.tolist(),
        ink.left[letters].tolist(),
        ink.wide[letters].tolist(),
        ink.high[letters].tolist(),
        top[letters].tolist(),
        (ink.top + ink.high / 2)[letters].tolist(),
        strict=True,
    ):
        if not number % _TIDY:
            open_chains = [one for one in open_chains if left - one.right <= REACH * _LARGE * size]
        best, most = None, -math.inf
        for chain in open_chains:
            if chain.top >= above + high or above >= chain.bottom:
                continue
            fits = _fit(chain, left, above, above + high, size)
            if fits > most and not walls.part(chain.right, left, middle, 0.3 * size):
                best, most = chain, fits
        if best is None:
            best = _LetterChain([], left, above, above + high)
            chains.append(best)
            open_chains.append(best)
        best.add(piece, left + width, above, above + high)
    return chains


def _fit(chain: _LetterChain, left: float, top: float, bottom: float, size: float) -> float:
    """How well a piece goes on a chain, minus infinity where it does not."""
    if left - chain.right > REACH * max(size, chain.height):
        return -math.inf
    height = max(bottom - top, 1.0)
    ratio = abs(math.log(height / max(chain.height, 1.0)))
    shared = (min(bottom, chain.bottom) - max(top, chain.top)) / max(min(height, chain.height), 1.0)
    usual = min(height, chain.height) >= _LEAST_USUAL * size and max(height, chain.height) <= _TALLEST * size
    if shared < LEAST_SHARED or (ratio > math.log(_RATIO) and not usual):
        return -math.inf
    return shared - _BEHIND * max(0.0, left - chain.right) / size - _UNLIKE * ratio
