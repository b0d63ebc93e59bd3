"""The list of places that a page mentions, coded, and the spans that other rules must leave alone."""

from __future__ import annotations

import re

from correction.places.analyse import Analysis, analyse, places_in
from correction.places.english import Romanised, romanised
from correction.places.judgement import SlotJudgement
from correction.places.letters import PlaceCharacters
from correction.places.lookup import Lookup, lookup_for
from correction.places.slots import Slot
from correction.rule import Context
from correction.view import View
from dictionaries.gazetteer import Level, level_word
from dictionaries.resources import Resources, default_resources
from model.box import Box
from model.carried import Carried
from model.edit import Span
from model.page import Reading
from model.place import Mention, PlaceKind, PlaceStatus

_KINDS = {
    Level.PROVINCE: PlaceKind.PROVINCE,
    Level.DISTRICT: PlaceKind.DISTRICT,
    Level.SUBDISTRICT: PlaceKind.SUBDISTRICT,
}
_LONGEST_UNKNOWN = 12
"""PlaceCharacters shown of something that is announced as a place and is none."""


def mentions(
    reading: Reading,
    known: Resources | None = None,
    view: View | None = None,
    under: Carried | None = None,
) -> tuple[Mention, ...]:
    """Every place on a page, in order of place, spans in the raw text.

    `view` is the text with the encoding and spacing repaired (by default the raw text itself): names are
    then found in spite of damage that others have mended. `under` is what an earlier page has handed on.
    """
    seen = view or View(reading.text)
    lookup = lookup_for(known or default_resources())
    analysis = analyse(seen.text, known, under)
    found = [
        _mention(reading, seen, judgement, analysis.letters, lookup)
        for judgement in analysis.judgements
        if _counts(judgement)
    ]
    found += [_of_romanised(reading, seen, place, lookup) for place in romanised(seen.text, lookup)]
    return tuple(sorted(found, key=lambda mention: (mention.span, mention.kind)))


def protected_spans(text: str, known: Resources | None = None) -> tuple[Span, ...]:
    """The spans of names that the gazetteer has exactly so, and of the user's words: no other rule may change
    them."""
    return _protected(text, analyse(text, known), known or default_resources())


def protected_in(
    context: Context, known: Resources, start: int = 0, end: int | None = None
) -> tuple[Span, ...]:
    """The `protected_spans` of `start..end` of a context's text, by default of all; offsets count from `start`."""
    return _protected(context.text[start:end], places_in(context, known, start, end), known)


def _protected(text: str, analysis: Analysis, known: Resources) -> tuple[Span, ...]:
    spans = []
    for judgement in analysis.judgements:
        exact = judgement.status in {PlaceStatus.EXACT, PlaceStatus.ABOLISHED, PlaceStatus.CONTRADICTS}
        if exact and judgement.end > judgement.slot.start:
            spans.append(Span(*analysis.letters.span(judgement.slot.start, judgement.end)))
    words = known.gazetteer.words
    if words:
        pattern = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
        spans += [Span(*match.span()) for match in re.finditer(pattern, text)]
    return tuple(sorted(set(spans)))


def _counts(judgement: SlotJudgement) -> bool:
    """A word like อำเภอ without any name is no mention: `ทุกอำเภอ`, `จังหวัดใกล้เคียง`."""
    slot = judgement.slot
    if judgement.status is not PlaceStatus.UNKNOWN:
        return judgement.end > slot.start
    return slot.chained or slot.cell


def _mention(
    reading: Reading, view: View, judgement: SlotJudgement, letters: PlaceCharacters, lookup: Lookup
) -> Mention:
    slot = judgement.slot
    end = judgement.end if judgement.end > slot.start else slot.start + _unknown_length(slot)
    span = view.raw_span(*letters.span(slot.start, end))
    kind = PlaceKind.BODY if slot.is_body else _KINDS[slot.level]
    name = judgement.name
    if slot.is_body and slot.anchor is not None and name:
        name = (slot.anchor.body.title if slot.anchor.body else "") + name
    return Mention(
        page=reading.page,
        span=span,
        text=reading.text[span.start : span.end],
        kind=kind,
        code=judgement.code,
        name=name,
        status=judgement.status,
        chain=_chain(judgement.code, lookup),
        box=_box(reading, span),
        note=judgement.note,
    )


def _unknown_length(slot: Slot) -> int:
    ends = (n for n in range(2, len(slot.tails)) if slot.tails[n] < 1)
    return min(next(ends, _LONGEST_UNKNOWN), _LONGEST_UNKNOWN, len(slot.run))


def _chain(code: str, lookup: Lookup) -> tuple[str, ...]:
    """The full names of an area and what it lies in, smallest first; an abolished one with what it lay in."""
    gone = lookup.abolished.get(code)
    names = [area.title or area.name for area in reversed(lookup.gazetteer.chain(code))]
    return (
        (level_word(code) + gone.name, *names)
        if gone and lookup.gazetteer.area(code) is None
        else tuple(names)
    )


def _box(reading: Reading, span: Span) -> Box | None:
    """The smallest box around the letters of a span, where the reader knows them. A name over two lines has
    the box of its first line: a box around both would show half the page."""
    start = span.start
    for row in reading.text[span.start : span.end].split("\n"):
        box = reading.box_of(Span(start, start + len(row)))
        if box is not None:
            return box
        start += len(row) + 1
    return None


def _of_romanised(reading: Reading, view: View, place: Romanised, lookup: Lookup) -> Mention:
    span = view.raw_span(place.start, place.end)
    area = lookup.gazetteer.area(place.code)
    return Mention(
        page=reading.page,
        span=span,
        text=reading.text[span.start : span.end],
        kind=_KINDS[place.level],
        code=place.code,
        name=area.name if area else "",
        status=PlaceStatus.EXACT if place.known else PlaceStatus.UNKNOWN,
        chain=_chain(place.code, lookup),
        box=_box(reading, span),
    )
