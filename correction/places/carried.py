"""What a page hands on to the next: the last heading that names a place, and the table that goes on.

A heading is a province or district at the beginning of a short line, or behind white space in one. It is handed on
where the list under it goes on to the page's end: places stand there, and all that were named since lie in it. What
the next page makes of it is what it would make of a heading of its own that stands far above: it says where a name is
looked for, never that one is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from correction.places.cells import OpenTable
from correction.places.judgement import SlotJudgement
from correction.places.letters import PlaceCharacters
from correction.places.lookup import Lookup
from correction.places.slots import Slot
from dictionaries.gazetteer import Level
from model.carried import Carried, CarriedHeading, CarriedTable
from model.place import PlaceStatus

NEAR = 10
"""Lines between a page's edge and the nearest place: a list that goes on has one within them."""
_LONGEST = 45
"""Characters of a line that is a heading."""
_NUMBERING = re.compile(r"[\s0-9๐-๙.,()\[\]/*•–—-]*")
_DIGITS = 2


@dataclass(frozen=True, slots=True)
class Above:
    """What a page begins under: headings of earlier pages as slots that are decided, the largest first, and which of
    them each of the page's first slots stands under, by the slot's identity."""

    judgements: tuple[SlotJudgement, ...]
    headings: Mapping[int, CarriedHeading]


def place_under(
    slots: Sequence[Slot], letters: PlaceCharacters, carried: Carried | None, lookup: Lookup
) -> Above | None:
    """Link a page's first slots to the headings of earlier pages, where they have nothing larger of their own.

    They are those in front of the page's first province; none where text of another kind stands above them.
    """
    if carried is None or not slots or letters.source.count("\n", 0, letters.starts[slots[0].start]) > NEAR:
        return None
    above = tuple(_judgement(heading, lookup) for heading in carried.headings)
    open_ = list(zip(above, carried.headings, strict=True))
    headings: dict[int, CarriedHeading] = {}
    for slot in slots:
        if slot.level is Level.PROVINCE:
            break
        if slot.level is Level.DISTRICT and not slot.is_body:
            open_ = [one for one in open_ if one[0].slot.level < slot.level]
        if slot.up is None and slot.down is None and open_:
            judgement, headings[id(slot)] = open_[-1]
            slot.down = judgement.slot
    return Above(above, headings) if headings else None


def _judgement(heading: CarriedHeading, lookup: Lookup) -> SlotJudgement:
    """A heading as if it stood in front of the page's text."""
    slot = Slot(None, _level(heading), 0, 0, "", (0.0,), [], lookup.confusions)
    area = lookup.gazetteer.area(heading.code)
    return SlotJudgement(slot, heading.code, 0, area.name if area else heading.text, PlaceStatus.EXACT)


def _level(heading: CarriedHeading) -> Level:
    return Level(len(heading.code) // _DIGITS)


def table_above(carried: Carried | None) -> OpenTable | None:
    """The table that goes on from an earlier page."""
    if carried is None or carried.table is None:
        return None
    columns = tuple(Level[name.upper()] if name else None for name in carried.table.columns)
    return OpenTable(columns, carried.table.wide)


def hands_on(
    page: int,
    under: Carried | None,
    letters: PlaceCharacters,
    judgements: Sequence[SlotJudgement],
    table: OpenTable | None,
) -> Carried | None:
    """What page number `page` hands on, when it began `under` something itself; None for nothing.

    `judgements` are the page's in order of place, `table` the one that is open at its end.
    """
    headings = _headings(page, under, letters, judgements)
    if table is None:
        return Carried(headings) if headings else None
    columns = tuple("" if level is None else level.name.lower() for level in table.columns)
    of_cells = {
        one.slot.level: CarriedHeading(page, _written(letters, one), one.code)
        for one in judgements
        if one.status is PlaceStatus.EXACT
        and one.code
        and any(one.slot.start == slot.start for slot in table.larger)
    }
    if of_cells:
        headings = tuple(of_cells[level] for level in sorted(of_cells))
    return Carried(headings, CarriedTable(columns, table.wide))


def _headings(
    page: int, under: Carried | None, letters: PlaceCharacters, judgements: Sequence[SlotJudgement]
) -> tuple[CarriedHeading, ...]:
    if not judgements or letters.source.count("\n", _source_end(letters, judgements[-1])) > NEAR:
        return ()
    open_ = list(under.headings) if under is not None else []
    for judgement in judgements:
        level, code = judgement.slot.level, judgement.code
        if _is_heading(letters, judgement, judgements):
            open_ = [one for one in open_ if _level(one) < level and code.startswith(one.code)]
            open_.append(CarriedHeading(page, _written(letters, judgement), code))
        elif code:
            open_ = [one for one in open_ if _within(code, one.code)]
    return tuple(open_)


def _within(code: str, heading: str) -> bool:
    """Whether a place does not lie outside of what a heading names."""
    shared = min(len(code), len(heading))
    return code[:shared] == heading[:shared]


def _is_heading(
    letters: PlaceCharacters, judgement: SlotJudgement, judgements: Sequence[SlotJudgement]
) -> bool:
    slot, source = judgement.slot, letters.source
    anchor = slot.anchor
    if anchor is None or slot.is_body or slot.level is Level.SUBDISTRICT or not judgement.code:
        return False
    if judgement.status is not PlaceStatus.EXACT:
        return False
    start, end = letters.starts[anchor.start], letters.ends[judgement.end - 1]
    first = source.rfind("\n", 0, start) + 1
    last = source.find("\n", end)
    line = source[first : last if last >= 0 else len(source)]
    if len(line.strip()) > _LONGEST or "\t" in line.strip():
        return False
    before = source[first:start]
    if not _NUMBERING.fullmatch(before) and not before[-1].isspace():
        return False
    # Another place of the line is larger and in front of it, or behind it in a chain, or it is no heading.
    others = (
        one
        for one in judgements
        if one is not judgement and first <= letters.starts[one.slot.start] < first + len(line)
    )
    return all(one.slot.level < slot.level and _within(one.code, judgement.code) for one in others)


def _source_end(letters: PlaceCharacters, judgement: SlotJudgement) -> int:
    return letters.ends[max(judgement.end, judgement.slot.start + 1) - 1]


def _written(letters: PlaceCharacters, judgement: SlotJudgement) -> str:
    """The place as the page writes it, with the word before it, in one line."""
    anchor = judgement.slot.anchor
    start, end = letters.span(judgement.slot.start if anchor is None else anchor.start, judgement.end)
    return " ".join(letters.source[start:end].split())
