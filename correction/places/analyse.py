"""Everything the rules and the list of mentions need to know of a page's places, found once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from correction.places.anchors import find_anchors
from correction.places.bare import bare_slots
from correction.places.cells import table_slots
from correction.places.checks import check
from correction.places.decide import judge
from correction.places.judgement import Judgement, Report, Trouble
from correction.places.letters import Letters
from correction.places.lookup import lookup_for
from correction.places.outline import outline
from dictionaries.known import Known, own


@dataclass(frozen=True, slots=True)
class Analysis:
    """The letters of a text and what each announced place in it is."""

    letters: Letters
    judgements: tuple[Judgement, ...]

    def reports(self, *troubles: Trouble) -> list[Report]:
        """What is to be said, of some kinds, in order of place."""
        found = [r for judgement in self.judgements for r in judgement.reports if r.trouble in troubles]
        return sorted(found, key=lambda r: (r.start, r.end))


@lru_cache(maxsize=64)  # the report asks again for every page of a document that the rules have seen
def _analyse(text: str, known: Known) -> Analysis:
    lookup = lookup_for(known)
    letters = Letters(text)
    slots = outline(letters, find_anchors(letters), lookup)
    cells = table_slots(letters, lookup)
    covered = {slot.start for slot in slots}
    slots += [slot for slot in cells if slot.start not in covered]
    slots += bare_slots(letters, lookup, slots)
    slots.sort(key=lambda slot: slot.start)
    judgements = judge(letters, slots, lookup)
    check(letters, judgements, lookup)
    return Analysis(letters, tuple(judgements))


def analyse(text: str, known: Known | None = None) -> Analysis:
    """Understand the places of a text. Several rules ask for the same text: the last answers are kept."""
    return _analyse(text, known or own())
