"""Spaces that a page has and its text has not: only the image shows them, for usage varies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from correction.rule import Context
from correction.words.edits import THAI, CandidateEdits, log_likelihood_gains
from correction.words.names import protected
from correction.words.spacing_profile import SpacingProfile, spacing_profile
from correction.words.text_analysis import TextAnalysis, text_analysis
from dictionaries.characters import SPACE, SYMBOLS
from dictionaries.language_model import load
from dictionaries.resources import Resources

FEATURES = ("width", "relative_width", "gain", "network", "foreign", "near_space")
"""What is known of a gap without a space: how much wider it is than the line's characters stand apart, in x-heights;
that measured by the page's spaces; nats gained by a space; the network's log odds for one; whether a digit, a sign or a
letter of another script stands on either side; whether a space stands a character away, whose white may have been
measured instead."""
NARROWEST = 0.25
"""x-heights below which no gap is a space: of 4,800 spaces 5 were narrower."""
_FEWEST = 5
_ORDINARY_SPACE = 0.55
"""The page's spaces in x-heights, where it has too few to tell."""
_OF_NUMBERS = np.array([symbol in "๐0.,:/-–%" for symbol in SYMBOLS])
"""Digits and what stands between them: no space is put into a number."""
_GAIN_LIMIT, _LOG_ODDS_LIMIT, _WIDTH_LIMIT = 12.0, 10.0, 3.0

Floats = NDArray[np.float32]
Positions = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class MissingSpace:
    """No space stands behind the character at `offset` of the source, where the page may have one; `features` are the
    values of `FEATURES`."""

    offset: int
    features: tuple[float, ...]


def missing_spaces(context: Context, known: Resources) -> Iterator[MissingSpace]:
    """The wide gaps of a page without a space in its text, in order of place; none without an image, inside of
    a number or of a name that is left alone."""
    profile = spacing_profile(context)
    if profile is None:
        return
    analysis = text_analysis(context, known)
    widths = _widths(context, analysis, profile)
    positions = _outside_names(context, analysis, _wide_gaps(analysis, widths), known)
    if not len(positions):
        return
    ordinary = _ordinary_space(analysis, widths)
    features = _features(analysis, positions, widths, ordinary)
    for position, row in zip(positions.tolist(), features.tolist(), strict=True):
        yield MissingSpace(int(analysis.reflowed.offsets[position]), tuple(row))


def _widths(context: Context, analysis: TextAnalysis, profile: SpacingProfile) -> Floats:
    """How wide the white behind each of n characters of the reflowed text is, in x-heights, (n,); 0 where it is not
    known."""
    offsets = analysis.reflowed.offsets.tolist()
    return np.array([profile.gap_behind(context, offset) or 0.0 for offset in offsets], np.float32)


def _ordinary_space(analysis: TextAnalysis, widths: Floats) -> float:
    """How wide the page's spaces are, in x-heights."""
    found = widths[np.maximum(analysis.spaces - 1, 0)]
    found = found[found > 0]
    return max(float(np.median(found)), NARROWEST) if len(found) >= _FEWEST else _ORDINARY_SPACE


def _wide_gaps(analysis: TextAnalysis, widths: Floats) -> Positions:
    """The positions of the characters that a wide gap but no space stands behind, ascending; not in numbers."""
    symbols, offsets = analysis.reflowed.symbols, analysis.reflowed.offsets
    wide = (symbols[:-1] != SPACE) & (symbols[1:] != SPACE) & (widths[:-1] >= NARROWEST)
    wide &= ~(_OF_NUMBERS[symbols[:-1]] & _OF_NUMBERS[symbols[1:]])
    wide &= offsets[1:] - offsets[:-1] == 1
    return np.flatnonzero(wide).astype(np.int64)


def _outside_names(
    context: Context, analysis: TextAnalysis, positions: Positions, known: Resources
) -> Positions:
    """Those behind which no protected name goes on."""
    if not len(positions):
        return positions
    offsets = analysis.reflowed.offsets[positions]
    mask = protected(context, offsets.tolist(), known)
    return positions[~(mask[offsets] & mask[offsets + 1])]


def _features(analysis: TextAnalysis, positions: Positions, widths: Floats, ordinary: float) -> Floats:
    """The values of `FEATURES` for p positions, (p, 6)."""
    symbols = analysis.reflowed.symbols
    inserted = CandidateEdits.of(positions + 1, 0, int(SPACE))
    gains = log_likelihood_gains(symbols, analysis.reflowed.log_probabilities, inserted, load())
    log_odds = analysis.missing_space_log_odds(positions)
    width = np.minimum(widths[positions].astype(np.float64), _WIDTH_LIMIT)
    space = symbols == SPACE
    near_space = space[np.maximum(positions - 1, 0)] | space[np.minimum(positions + 2, len(symbols) - 1)]
    columns = (
        width,
        np.minimum(width / ordinary, _WIDTH_LIMIT),
        np.clip(gains, -_GAIN_LIMIT, _GAIN_LIMIT),
        np.clip(log_odds, -_LOG_ODDS_LIMIT, _LOG_ODDS_LIMIT),
        ~THAI[symbols[positions]] | ~THAI[symbols[positions + 1]],
        near_space,
    )
    return np.stack([column.astype(np.float64) for column in columns], axis=1)
