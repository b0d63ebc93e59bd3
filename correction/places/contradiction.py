"""Says which part of a chain is wrong when its parts cannot all be right.

`ต.กำแพง อ.ละงู จ.ภูเก็ต`: there is one ละงู with a กำแพง, and it lies in สตูล. Two names against one say which
is wrong; one against one is only flagged.
"""

from __future__ import annotations

from collections.abc import Sequence

from correction.places.dates import BUDDHIST, years_of
from correction.places.judgement import Report, SlotJudgement, Trouble
from correction.places.letters import PlaceCharacters
from correction.places.lookup import Lookup
from correction.places.ranking import best_child, fit
from correction.places.reporting import confidence
from correction.places.slots import WRONG_FACT, Slot
from correction.places.writing import rewrite
from model.evidence import Evidence, EvidenceKind
from model.place import PlaceStatus

_LAST_NEW_DISTRICTS = "1997"
"""When nearly all districts of today were there; for the later ones the day is known."""


def wrong_province(
    province: SlotJudgement, right: str, members: Sequence[Slot], letters: PlaceCharacters, lookup: Lookup
) -> None:
    """The chain's district is `right` (a code), vouched for by its members, and its province another one."""
    gazetteer = lookup.gazetteer
    vouching = [member for member in members if best_child(member, right, lookup).exact]
    slot = province.slot
    name = gazetteer.chain(right)[0].name
    end = province.end or (slot.exact[0].end if slot.exact else slot.limit)
    start_at, end_at = letters.span(slot.start, end)
    written = slot.run[: end - slot.start]
    place = gazetteer.titles(right)
    fact = Evidence(EvidenceKind.IS_NOT_IN, (place, gazetteer.chain(right)[1].title, written))
    if not vouching:
        return
    province.status = PlaceStatus.CONTRADICTS
    codes = dict.fromkeys(_child(member, right, lookup) for member in vouching)
    names = tuple(gazetteer.chain(code)[2].title for code in codes)
    province.note = f"{' '.join(names)} {gazetteer.chain(right)[1].title} lies in {name}, not in {written}."
    evidence = (fact, Evidence(EvidenceKind.AGREE_ON_PLACE, (names, place), float(len(codes))))
    after: str | None = rewrite(letters, slot.start, end, name)
    until = _was_right_until(right[:2], slot, lookup)
    if until:
        years = years_of(letters.source)
        if years is not None and years.latest < until:
            province.status = PlaceStatus.EXACT
            province.note = f"{name} was part of {written} until พ.ศ. {until + BUDDHIST}."
            return
        if years is None or years.main <= until:
            after = None
            province.note += f" Until พ.ศ. {until + BUDDHIST} it did: the page may be older."
    province.reports.append(
        Report(
            Trouble.WRONG_PROVINCE,
            start_at,
            end_at,
            after,
            province.note,
            evidence,
            confidence=confidence(WRONG_FACT / 2),
            people=2,
        )
    )
    province.code, province.name = right[:2], name


def _was_right_until(right: str, slot: Slot, lookup: Lookup) -> int:
    """The Christian year in which the province `right` was split from the one that is written; 0 where it never was
    part of it."""
    gazetteer = lookup.gazetteer
    mother = gazetteer.split.get(right, "")
    written = {code for exact in slot.exact for code in exact.codes}
    return int(gazetteer.created[right][:4]) if mother in written else 0


def wrong_district(
    district: SlotJudgement, subdistrict: str, letters: PlaceCharacters, lookup: Lookup
) -> None:
    """The chain's subdistrict (a code) and its province agree, and its district is another one of that province."""
    gazetteer = lookup.gazetteer
    slot = district.slot
    province, right, child = gazetteer.chain(subdistrict)
    start, end = letters.span(slot.start, district.end)
    written = gazetteer.area(district.code)
    evidence = (
        Evidence(EvidenceKind.ONLY_ONE, (gazetteer.titles(subdistrict), child.title, province.title)),
        Evidence(EvidenceKind.HAS_NO, (gazetteer.titles(district.code), child.title)),
    )
    district.status = PlaceStatus.CONTRADICTS
    district.note = f"{child.title} lies in {right.title}, not in {written.title if written else slot.run}."
    years = years_of(letters.source)
    if years is not None and years.latest < int(gazetteer.created.get(right.code, _LAST_NEW_DISTRICTS)[:4]):
        district.status = PlaceStatus.EXACT
        district.note = (
            f"Today {child.title} lies in {right.title}; the page speaks of พ.ศ. {years.latest + BUDDHIST}."
        )
        return
    # A district is often called as the subdistrict it was made of, and until then that lay in another.
    after = (
        None
        if years is None and child.name == right.name
        else rewrite(letters, slot.start, district.end, right.name)
    )
    district.reports.append(
        Report(
            Trouble.WRONG_DISTRICT,
            start,
            end,
            after,
            district.note,
            evidence,
            confidence=confidence(WRONG_FACT / 2),
            people=2,
        )
    )
    district.code, district.name = right.code, right.name


def unclear(
    place: SlotJudgement,
    province: SlotJudgement,
    homes: Sequence[str],
    letters: PlaceCharacters,
    lookup: Lookup,
) -> None:
    """A place and a province that are both written right, and no such place in that province; `homes` are the codes of
    all that are called so."""
    gazetteer = lookup.gazetteer
    named = " or ".join(gazetteer.full_name(code) for code in homes)
    until = max((_was_right_until(home[:2], province.slot, lookup) for home in homes), default=0)
    years = years_of(letters.source) if until else None
    if years is not None and years.main <= until:
        place.note = f"{province.name} had it until พ.ศ. {until + BUDDHIST}."
        return
    place.status = province.status = PlaceStatus.CONTRADICTS
    place.note = f"{named}; none in {province.name}: it or the province is wrong."
    if until:
        place.note += f" Until พ.ศ. {until + BUDDHIST} it was right: the page may be older."
    start = min(place.slot.start, province.slot.start)
    end = max(place.end, province.end)
    start_at, end_at = letters.span(start, end)
    codes = (*homes, province.code)
    evidence = tuple(Evidence(EvidenceKind.PLACE, (gazetteer.titles(code),)) for code in codes)
    place.reports.append(Report(Trouble.UNCLEAR, start_at, end_at, None, place.note, evidence, people=2))


def _child(slot: Slot, parent: str, lookup: Lookup) -> str:
    return min(lookup.gazetteer.children(parent), key=lambda area: fit(slot, area.code, lookup).cost).code
