"""Spaces that a page has and its text has not: only the image shows them, for usage varies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from correction.rule import Context
from correction.words.edits import THAI, Edits, weigh
from correction.words.look import Look, text_analysis
from correction.words.names import protected
from correction.words.printed import Print, print_of
from dictionaries.known import Known
from dictionaries.language_model import load
from dictionaries.letters import SPACE, SYMBOLS

FEATURES = ("width", "relative", "gain", "network", "foreign", "beside")
"""What is known of a gap without a space: how much wider it is than the line's letters stand apart, in x-heights; that
measured by the page's spaces; nats gained by a space; the network's log odds for one; whether a digit, a sign or a
letter of another script stands on either side; whether a space stands a letter away, whose white may have been
measured instead."""
NARROWEST = 0.25
"""x-heights below which no gap is a space: of 4,800 spaces 5 were narrower."""
_FEWEST = 5
_USUAL = 0.55
"""The page's spaces in x-heights, where it has too few to tell."""
_OF_NUMBERS = np.array([symbol in "๐0.,:/-–%" for symbol in SYMBOLS])
"""Digits and what stands between them: no space is put into a number."""
_MOST, _SURE, _WIDEST = 12.0, 10.0, 3.0


@dataclass(frozen=True, slots=True)
class Missing:
    """No space stands behind the letter at `place` of the source, where the page may have one."""

    place: int
    features: tuple[float, ...]


def missing_spaces(context: Context, known: Known) -> Iterator[Missing]:
    """The wide gaps of a page without a space in its text, in order of place; none without an image, inside of
    a number or of a name that is left alone."""
    page = print_of(context)
    if page is None:
        return
    seen = text_analysis(context, known)
    widths = _widths(context, seen, page)
    usual = _usual(seen, widths)
    letters = seen.text.letters
    found = (letters[:-1] != SPACE) & (letters[1:] != SPACE) & (widths[:-1] >= NARROWEST)
    found &= ~(_OF_NUMBERS[letters[:-1]] & _OF_NUMBERS[letters[1:]])
    found &= seen.text.places[1:] - seen.text.places[:-1] == 1
    places = np.flatnonzero(found).astype(np.int64)
    if not len(places):
        return
    mask = protected(context, seen.text.places[places].tolist(), known)
    inside = [mask[at] and mask[at + 1] for at in seen.text.places[places].tolist()]
    places = places[~np.array(inside, bool)]
    if not len(places):
        return
    inserted = Edits.of(places + 1, 0, int(SPACE))
    gains = np.clip(weigh(letters, seen.text.scores, inserted, load()), -_MOST, _MOST)
    odds = np.clip(seen.missing_spaces(places), -_SURE, _SURE)
    foreign = ~THAI[letters[places]] | ~THAI[letters[places + 1]]
    spaced = letters == SPACE
    beside = spaced[np.maximum(places - 1, 0)] | spaced[np.minimum(places + 2, len(letters) - 1)]
    for row, at in enumerate(places.tolist()):
        width = float(min(widths[at], _WIDEST))
        yield Missing(
            int(seen.text.places[at]),
            (
                width, min(width / usual, _WIDEST), float(gains[row]), float(odds[row]), float(foreign[row]),
                float(beside[row]),
            ),
        )  # fmt: skip


def _widths(context: Context, seen: Look, page: Print) -> np.ndarray:
    """For each letter of the running text how wide the white behind it is, in x-heights; 0 where it is not known."""
    widths = np.zeros(len(seen.text.letters), np.float32)
    for at, place in enumerate(seen.text.places.tolist()):
        widths[at] = page.behind(context, place) or 0.0
    return widths


def _usual(seen: Look, widths: np.ndarray) -> float:
    """How wide the page's spaces are, in x-heights."""
    found = widths[np.maximum(seen.spaces - 1, 0)]
    found = found[found > 0]
    return float(max(np.median(found), NARROWEST)) if len(found) >= _FEWEST else _USUAL
