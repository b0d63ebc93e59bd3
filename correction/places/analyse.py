"""Everything the rules and the list of mentions need to know of a page's places, found once."""

from __future__ import annotations

from dataclasses import dataclass

from correction.places.anchors import find_anchors
from correction.places.bare import bare_slots
from correction.places.cells import table_slots
from correction.places.checks import check
from correction.places.decide import judge
from correction.places.judgement import Report, SlotJudgement, Trouble
from correction.places.letters import PlaceCharacters
from correction.places.lookup import lookup_for
from correction.places.outline import outline
from correction.rule import Context
from dictionaries.resources import Resources, default_resources


@dataclass(frozen=True, slots=True)
class Analysis:
    """The letters of a text and what each announced place in it is."""

    letters: PlaceCharacters
    judgements: tuple[SlotJudgement, ...]

    def reports(self, *troubles: Trouble) -> list[Report]:
        """What is to be said, of some kinds, in order of place."""
        found = [r for judgement in self.judgements for r in judgement.reports if r.trouble in troubles]
        return sorted(found, key=lambda r: (r.start, r.end))


def analyse(text: str, known: Resources | None = None) -> Analysis:
    """Understand the places of a text."""
    lookup = lookup_for(known or default_resources())
    letters = PlaceCharacters(text)
    slots = outline(letters, find_anchors(letters), lookup)
    cells = table_slots(letters, lookup)
    covered = {slot.start for slot in slots}
    slots += [slot for slot in cells if slot.start not in covered]
    slots += bare_slots(letters, lookup, slots)
    slots.sort(key=lambda slot: slot.start)
    judgements = judge(letters, slots, lookup)
    check(letters, judgements, lookup)
    return Analysis(letters, tuple(judgements))


def places_in(context: Context, known: Resources, start: int = 0, end: int | None = None) -> Analysis:
    """The analysis of `start..end` of a context's text, by default of all; its offsets count from `start`."""
    return context.shared(_places_in, known, start, len(context.text) if end is None else end)


def _places_in(context: Context, known: Resources, start: int, end: int) -> Analysis:
    return analyse(context.text[start:end], known)
