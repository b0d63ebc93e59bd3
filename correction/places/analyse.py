"""Everything the rules and the list of mentions need to know of a page's places, found once."""

from __future__ import annotations

from dataclasses import dataclass

from correction.places.anchors import PlaceAnchor, find_anchors
from correction.places.bare import bare_slots
from correction.places.carried import hands_on, place_under, table_above
from correction.places.cells import OpenTable, Tables, table_slots
from correction.places.checks import check
from correction.places.decide import judge
from correction.places.judgement import Report, SlotJudgement, Trouble
from correction.places.letters import Gap, PlaceCharacters
from correction.places.lookup import lookup_for
from correction.places.outline import outline
from correction.rule import Context
from dictionaries.resources import Resources, default_resources
from model.carried import Carried


@dataclass(frozen=True, slots=True)
class Analysis:
    """The letters of a text, what each announced place in it is, and the table that is open at its end."""

    letters: PlaceCharacters
    judgements: tuple[SlotJudgement, ...]
    table: OpenTable | None = None

    def reports(self, *troubles: Trouble) -> list[Report]:
        """What is to be said, of some kinds, in order of place."""
        found = [r for judgement in self.judgements for r in judgement.reports if r.trouble in troubles]
        return sorted(found, key=lambda r: (r.start, r.end))


def analyse(text: str, known: Resources | None = None, under: Carried | None = None) -> Analysis:
    """Understand the places of a text, or of a page that begins `under` what an earlier one has handed on."""
    lookup = lookup_for(known or default_resources())
    letters = PlaceCharacters(text)
    tables = table_slots(letters, lookup, table_above(under))
    slots = outline(letters, _announcing(letters, tables), lookup)
    announced = {slot.start: slot for slot in slots}
    for slot in tables.slots:
        if slot.start not in announced:
            slots.append(slot)
            slot.up = announced.get(slot.up.start, slot.up) if slot.up is not None else None
    slots += bare_slots(letters, lookup, slots)
    slots.sort(key=lambda slot: slot.start)
    judgements = judge(letters, slots, lookup, place_under(slots, letters, under, lookup))
    check(letters, judgements, lookup)
    return Analysis(letters, tuple(judgements), tables.open)


def _announcing(letters: PlaceCharacters, tables: Tables) -> list[PlaceAnchor]:
    """The anchors of a text but for those that end the head of a table: behind them a row begins."""
    heads = [(letters.at(start), letters.at(end)) for start, end in tables.heads]
    anchors = find_anchors(letters)
    return [
        one
        for one in anchors
        if one.end == len(letters)
        or letters.gaps[one.end] < Gap.LINE
        or not any(start <= one.start < end for start, end in heads)
    ]


def places_in(context: Context, known: Resources, start: int = 0, end: int | None = None) -> Analysis:
    """The analysis of `start..end` of a context's text, by default of all; its offsets count from `start`."""
    return context.shared(_places_in, known, start, len(context.text) if end is None else end)


def handed_on(context: Context, known: Resources) -> Carried | None:
    """What the page of a context hands on to the next one."""
    found = places_in(context, known)
    return hands_on(context.reading.page, context.under, found.letters, found.judgements, found.table)


def _places_in(context: Context, known: Resources, start: int, end: int) -> Analysis:
    whole = end - start == len(context.text)
    return analyse(context.text[start:end], known, context.under if whole else None)
