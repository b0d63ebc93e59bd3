"""Which spaces are spurious, for the rules that say so."""

from __future__ import annotations

import re
from dataclasses import dataclass

from correction.rule import Context
from correction.words.calibration import calibration
from correction.words.manner import pairs
from correction.words.names import protected
from correction.words.space_features import InnerSpace, features, inner_spaces, spanning
from correction.words.spacing_profile import CERTAIN_SPACE, spacing_profile
from correction.words.text_analysis import LIKELY_SPURIOUS, text_analysis
from dictionaries.resources import Resources

IN_TEXT = 0.7
"""Least probability of a proposal without an image."""
ON_PAGE = 0.7
"""The same where the gap was measured. Both hold the precision: see `benchmarks/correction.py`."""
_AROUND = 20
_LABELS = ("จังหวัด", "อำเภอ", "ตำบล", "เขต", "แขวง")
_LABEL = re.compile(r"(?:จังหวัด|อำเภอ|ตำบล|แขวง|เขต)(?:(?P<space>[ \u00a0])|(?=[\u0e01-\u0e2e\u0e40-\u0e44]))")


@dataclass(frozen=True, slots=True)
class SpuriousSpace:
    """A space that is probably none, and why: the word that would span it ("" for none), how wide it is as
    `SpacingProfile.relative_width`, None without an image, and the reflowed text on either side."""

    space: InnerSpace
    word: str
    probability: float
    width: float | None
    before: str
    behind: str


def spurious_spaces(context: Context, known: Resources, *, inside: bool) -> tuple[SpuriousSpace, ...]:
    """The spurious spaces inside of words, or those between words, in order of place, those in names left alone."""
    text = text_analysis(context, known).reflowed.text
    profile = spacing_profile(context)
    found: list[SpuriousSpace] = []
    for space in context.shared(_inner_spaces, known):
        width = None if profile is None else profile.gap_behind(context, space.offset - 1)
        if space.gain < LIKELY_SPURIOUS if width is None else width > CERTAIN_SPACE:
            continue
        word = spanning(text, space.position, known.lexicon)
        if bool(word) != inside:
            continue
        values = features(text, space, word)
        if width is not None:
            model, values, least = calibration()["spurious space on a page"], (*values, width), ON_PAGE
        else:
            model, least = calibration()["spurious space in text"], IN_TEXT
        probability = model.probability(values)
        if probability >= least:
            before = text[max(space.position - _AROUND, 0) : space.position]
            behind = text[space.position + 1 : space.position + 1 + _AROUND]
            found.append(SpuriousSpace(space, word, probability, width, before, behind))
    mask = protected(context, [one.space.offset for one in found], known)
    return tuple(
        one
        for one in found
        if not (mask[one.space.offset] or _parts_a_pair(context, one) or _behind_label(context, one))
    )


def _behind_label(context: Context, one: SpuriousSpace) -> bool:
    """Whether it parts a form's label from what is filled in, as it does at other labels: จังหวัด สตูล อำเภอ ละงู."""
    if one.width is not None or not one.before.endswith(_LABELS):
        return False
    spaced, close = context.shared(_labels)
    return spaced > max(close, 1)


def _labels(context: Context) -> tuple[int, int]:
    """How many labels of places have a space behind them, and how many have the name right behind."""
    behind = [match["space"] is not None for match in _LABEL.finditer(context.text)]
    return sum(behind), len(behind) - sum(behind)


def _parts_a_pair(context: Context, one: SpuriousSpace) -> bool:
    """Whether it is the one space of a line among lines that have one each, and no page says otherwise."""
    return one.width is None and any(start <= one.space.offset < end for start, end in pairs(context))


def _inner_spaces(context: Context, known: Resources) -> tuple[InnerSpace, ...]:
    return tuple(inner_spaces(text_analysis(context, known)))
