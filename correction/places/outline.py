"""How the places of a page hang together: chains, coordinated names, lists under a heading.

A larger place that follows directly (`ตำบลกำแพง อำเภอละงู จังหวัดสตูล`) or goes directly before (`จังหวัดสตูล อำเภอละงู`)
is a place's parent; a larger place further up is the heading it stands under, as in
`อำเภอจะนะ (เฉพาะตำบลคลองเปียะ ตำบลจะโหนง)`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from correction.places.anchors import PlaceAnchor
from correction.places.letters import Gap, PlaceCharacters
from correction.places.lookup import LONGEST, Exact, Lookup, NameStatus, is_common_word
from correction.places.slots import UNREADABLE, Slot, make_slot
from dictionaries.gazetteer import BodyClass, Level

# What may stand between two links of a chain, besides white space.
_LINK = re.compile(r"[,(/:.\u0e2f>›»→|]*(?:ใน|ของ|ท้องที่)?[,(]*")
# What joins names of one level that share what follows or stands above them.
_COORDINATION = re.compile(r"[,)/\u0e2f]*(?:และ|หรือ|กับ|รวมทั้ง|,)?[,(]*(?:เฉพาะ|ยกเว้น|ยกเว็น)?")
_KHWAENG = re.compile("แขวง[\u0e01-\u0e4e]+$")
_DISTRICT_STUB = "เมือง"
_BANGKOK = "กรุงเทพมหานคร"
_THAI = re.compile("[\u0e01-\u0e4e]{4,}")
_CAPITAL_MARK = "\u0e2f"  # paiyannoi: เมืองฯ


def outline(letters: PlaceCharacters, anchors: Sequence[PlaceAnchor], lookup: Lookup) -> list[Slot]:
    """The slots of a page, in order of place, linked to their parents."""
    slots = [slot for anchor in anchors if (slot := _slot(letters, anchor, lookup)) is not None]
    slots = _with_bangkok(letters, _without_shadows(slots), lookup)
    for here, following in pairwise(slots):
        _link_up(letters, here, following)
    for slot, next_slot in zip(reversed(slots), [None, *reversed(slots)], strict=False):
        _share_up(letters, slot, next_slot)
    _link_down(letters, slots)
    return slots


def _slot(letters: PlaceCharacters, anchor: PlaceAnchor, lookup: Lookup) -> Slot | None:
    if anchor.limit - anchor.end < 2:
        return None
    reach = anchor.end + LONGEST  # a name may hold a word that looks like an anchor: สามตำบล
    if anchor.followed and anchor.closed:
        reach = (
            anchor.limit
        )  # but no name takes its last letter from an abbreviation: ต.มาย อ.บ้านม่วง is not มายอ
    run = letters.text[anchor.end : reach]
    if anchor.body is BodyClass.PROVINCE:
        exact = lookup.exact_at(Level.PROVINCE, letters, anchor.end, anchor.limit)
    elif anchor.body is not None:
        exact = lookup.body_at(letters, anchor.end, anchor.end + len(run))
    else:
        exact = lookup.exact_at(anchor.level, letters, anchor.end, anchor.end + len(run))
    exact = [
        e for e in exact if _undivided(letters, anchor.end, e) and not _hardly_a_name(e, run, anchor.end)
    ]
    if anchor.word in {"เขต", "แขวง", "ข."}:
        # Both words are common in other senses: only Bangkok's names count, and only when exact.
        exact = [e for e in exact if lookup.of_bangkok(anchor.level, letters.text[anchor.end : e.end])]
        if not exact and not _in_address(letters, anchor):
            return None
    limit = max(anchor.limit, exact[0].end if exact else 0)
    slot = make_slot(anchor, anchor.level, letters, anchor.end, limit, exact, lookup.confusions)
    slot.is_body = anchor.body is not None
    return slot


def _hardly_a_name(exact: Exact, run: str, start: int) -> bool:
    """An old name that is a common word today: อำเภอและ was ทุ่งช้าง until 2504."""
    return exact.status in {NameStatus.FORMER, NameStatus.ABOLISHED} and is_common_word(
        run, exact.end - start
    )


def _undivided(letters: PlaceCharacters, start: int, exact: Exact) -> bool:
    return not any(gap > Gap.LINE for gap in letters.gaps[start + 1 : exact.end])


def _in_address(letters: PlaceCharacters, anchor: PlaceAnchor) -> bool:
    """True for a `แขวง` with a `เขต` right behind its name, or the other way round: an address in Bangkok, whatever
    has become of its names."""
    if anchor.word == "แขวง":
        return anchor.followed and letters.text.startswith("เขต", anchor.limit)
    before = letters.text[max(anchor.start - LONGEST, 0) : anchor.start]
    return bool(_KHWAENG.search(before))


def _without_shadows(slots: list[Slot]) -> list[Slot]:
    """Leave out an anchor that lies inside the exact name of the one before: `ตำบลสามตำบล`."""
    kept: list[Slot] = []
    for slot in slots:
        before = kept[-1] if kept else None
        if before and before.exact and slot.anchor and slot.anchor.start < before.exact[0].end:
            continue
        kept.append(slot)
    return kept


def _with_bangkok(letters: PlaceCharacters, slots: list[Slot], lookup: Lookup) -> list[Slot]:
    """Add the province behind a `เขต` when it is a damaged กรุงเทพมหานคร, which no word announces."""
    complete: list[Slot] = []
    for slot in slots:
        complete.append(slot)
        if not slot.in_bangkok or slot.anchor is None or slot.anchor.followed:
            continue
        start = next((at for at in range(slot.start + 2, slot.limit) if letters.gaps[at]), slot.limit)
        thai = _THAI.match(letters.text, start, start + LONGEST)
        if thai is None or letters.gaps[start] > Gap.LINE:
            continue
        province = make_slot(None, Level.PROVINCE, letters, start, thai.end(), [], lookup.confusions)
        cost, length = province.fit(_BANGKOK, UNREADABLE)
        if cost >= UNREADABLE:
            continue
        exact = lookup.exact_at(Level.DISTRICT, letters, slot.start, start)
        complete[-1] = make_slot(
            slot.anchor, slot.level, letters, slot.start, start, exact, lookup.confusions
        )
        complete.append(
            make_slot(None, Level.PROVINCE, letters, start, start + length, [], lookup.confusions)
        )
    return complete


def name_end(slot: Slot) -> int:
    """Where the name ends as far as is known: an exact name's end, otherwise as far as it may reach."""
    return slot.exact[0].end if slot.sound else slot.limit


def _between(letters: PlaceCharacters, here: Slot, following: Slot) -> str | None:
    """The letters between a name and the next anchor; None where a column or an empty line lies between."""
    end = name_end(here)
    start = following.anchor.start if following.anchor else following.start
    if (
        start < end
        or start - end > LONGEST
        or any(gap is Gap.PARAGRAPH for gap in letters.gaps[end : start + 1])
    ):
        return None
    return letters.text[end:start]


def _link_up(letters: PlaceCharacters, here: Slot, following: Slot) -> None:
    between = _between(letters, here, following)
    if (
        between is not None
        and following.level < here.level
        and _LINK.fullmatch(between)
        and not following.is_body
    ):
        here.up = following
        here.over_line = following.anchor is not None and letters.gaps[following.anchor.start] >= Gap.LINE


def _share_up(letters: PlaceCharacters, slot: Slot, following: Slot | None) -> None:
    """A name joined to the next one of its level shares that one's parent."""
    if slot.up is not None or following is None or following.level is not slot.level or following.up is None:
        return
    between = _between(letters, slot, following)
    if between is not None and ")" not in between and _COORDINATION.fullmatch(between):
        slot.up, slot.over_line, slot.shared = following.up, following.over_line, True


def _link_down(letters: PlaceCharacters, slots: Sequence[Slot]) -> None:
    heading: dict[Level, Slot] = {}
    before: Slot | None = None
    for slot in slots:
        larger = [heading[level] for level in Level if level < slot.level and level in heading]
        if larger:
            slot.down = larger[-1]
            if before is slot.down:
                between = _between(letters, before, slot)
                slot.tight = between is not None and bool(_LINK.fullmatch(between))
        if not slot.is_body or slot.level is Level.PROVINCE:
            heading[slot.level] = slot
            for level in Level:
                if level > slot.level:
                    heading.pop(level, None)
        before = slot


def is_capital_stub(slot: Slot) -> bool:
    """True when a district is called by the short word for a province's capital: `อ.เมือง`, `อำเภอเมืองฯ`."""
    rest = slot.run[len(_DISTRICT_STUB) :]
    return (
        slot.level is Level.DISTRICT
        and slot.run.startswith(_DISTRICT_STUB)
        and (not slot.exact or slot.exact_name == _DISTRICT_STUB)
        and (rest[:1] in {"", _CAPITAL_MARK} or slot.tails[len(_DISTRICT_STUB)] < 1)
    )
