"""Decides what each announced place of a page is, and what is wrong with it.

Provinces and districts first, together with the subdistricts that vouch for them; then subdistricts and
local bodies within the districts so found (`within.py`). A repair needs a margin over the next candidate;
without neighbours that agree it needs a longer name and less damage.
"""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz.distance import Levenshtein

from correction.places.carried import Above
from correction.places.contradiction import unclear, wrong_district, wrong_province
from correction.places.judgement import SlotJudgement, Trouble
from correction.places.letters import PlaceCharacters
from correction.places.lookup import Lookup, NameStatus, is_common_word
from correction.places.outline import is_capital_stub
from correction.places.page import JOINT_MARGIN, LONE_MARGIN, PlacesPage, margin_needed, plausible
from correction.places.ranking import Candidate, Fit, Repair, best_child, fit, rank_districts, rank_provinces
from correction.places.slots import Slot
from correction.places.within import judge_subdistricts
from dictionaries.confusions import DEAREST
from dictionaries.gazetteer import Level
from dictionaries.spelling import skeleton, sound
from model.place import PlaceStatus

_SHORT, _LONG = 4, 7
"""Characters of a province's name that little damage, or one letter, may make another one."""
_HEARD = 1.0
"""Nats of a name that is written as it sounds."""


def judge(
    letters: PlaceCharacters, slots: Sequence[Slot], lookup: Lookup, above: Above | None = None
) -> list[SlotJudgement]:
    """One judgement for each slot, in the same order. Larger places come before smaller ones and exact ones
    before damaged ones, so that each finds its neighbours decided. `above` is what the page begins under."""
    page = PlacesPage(letters, slots, lookup, above)
    provinces, districts = page.of(Level.PROVINCE), page.of(Level.DISTRICT)
    for slot in provinces:
        if slot.sound:
            exact = next(e for e in slot.exact if slot.tail(e.end - slot.start) < 1)
            page.accept(slot, exact.codes[0], exact.end - slot.start)
    for slot in sorted(districts, key=lambda s: not s.sound or is_capital_stub(s)):
        _district(page, slot)
    for slot in provinces:
        if not page.judgement(slot).code:
            _lone_province(page, slot)
    judge_subdistricts(page)
    return [page.judgement(slot) for slot in slots]


def _lone_province(page: PlacesPage, slot: Slot) -> None:
    """A province that no district speaks for: by its skeleton or sound, or a little damage to a name like no other."""
    (best, code), (second, other) = rank_provinces(slot, page.lookup)[:2]
    if best.exact:
        page.accept(slot, code, best.length)
    if best.exact:
        return
    if heard := _as_heard(page, slot):
        page.repair(slot, heard, Trouble.PROVINCE)
        return
    if best.given_up:
        return
    read, tail = slot.run[: best.length], slot.tail(best.length)
    margin = second.cost - best.cost
    size = len(best.spelling)
    edits = Levenshtein.distance(read, best.spelling)
    enough = skeleton(read) == skeleton(best.spelling) and tail < 1
    # Alone, a province may only have suffered what readers are seen to do, or one slip of a pen, and be like no other.
    slip = edits == 1 and size >= _LONG and tail < 1
    seen = best.cost - tail < DEAREST * edits
    if not enough and size > _SHORT and margin >= LONE_MARGIN and (slip or seen):
        rival = Levenshtein.distance(read, page.lookup.spellings[other][0])
        ends = tail < 1 or read[-1] == best.spelling[-1]
        enough = ends and edits <= size // 4 and rival > 2
    if enough and margin >= JOINT_MARGIN:
        page.repair(slot, Repair(code, best, margin, other, "of the provinces"), Trouble.PROVINCE)


def _as_heard(page: PlacesPage, slot: Slot) -> Repair | None:
    """The one province that sounds like what is written: ชนบุรี, สุพันบุรี."""
    for length in range(len(slot.run), _SHORT, -1):
        read = slot.run[:length]
        code = page.lookup.heard.get(sound(read)) if slot.tail(length) < 1 else None
        if code and not slot.exact and not is_common_word(read, length):
            fits = Fit(_HEARD, length, page.lookup.spellings[code][0])
            return Repair(code, fits, LONE_MARGIN, "", "of the provinces")
    return None


def province_of(slot: Slot) -> Slot | None:
    """The province that the chain of a district names."""
    if slot.up is not None and slot.up.level is Level.PROVINCE:
        return slot.up
    if slot.tight and slot.down is not None and slot.down.level is Level.PROVINCE:
        return slot.down
    return None


def _district(page: PlacesPage, slot: Slot) -> None:
    province = province_of(slot)
    above = page.judgement(province).code if province else ""
    if is_capital_stub(slot):
        if above in page.lookup.capitals:
            code = page.lookup.capitals[above]
            page.accept(slot, code, fit(slot, code, page.lookup).length)
            return
    elif slot.sound and slot.exact[0].status is not NameStatus.ABOLISHED:
        fitting = [code for code in slot.exact[0].codes if not province or code[:2] == above]
        if slot.exact[0].status is NameStatus.FORMER:
            fitting = [code for code in fitting if above or code[:2] in page.near(slot)]
            fitting = fitting if not is_common_word(slot.run, len(slot.exact_name)) else []
        if len(fitting) > 1:
            near = page.near(slot)
            fitting = [code for code in fitting if code[:2] in near]
        if len(fitting) == 1:
            page.accept(slot, fitting[0], slot.exact[0].end - slot.start)
            return
    _rank_district(page, slot, province)


def _rank_district(page: PlacesPage, slot: Slot, province: Slot | None) -> None:
    members = page.members(slot)
    near = page.near(slot)
    ranked = rank_districts(page.lookup, slot, province, members, near)
    best = ranked[0]
    own, above = best.district, best.province
    if own is None:
        return
    vouched = any(best_child(member, best.code, page.lookup).exact for member in members)
    agreeing = vouched or (above is not None and not above.given_up)
    margin = _margin(ranked, 4)
    if province is not None and _clash(slot, province) and not vouched and (own.given_up or own.exact):
        codes = slot.exact[0].codes
        page.accept(slot, codes[0] if len(codes) == 1 else "", slot.exact[0].end - slot.start)
        unclear(
            page.judgement(slot), page.judgement(province), slot.exact[0].codes, page.letters, page.lookup
        )
    elif province is not None and _clash(slot, province) and own.given_up:
        _wrong_district(page, slot, province, members)
    elif own.exact:
        if slot.exact and slot.exact[0].status is not NameStatus.ACCEPTED and not agreeing:
            return
        if agreeing or margin >= JOINT_MARGIN or province is None:
            page.accept(slot, best.code, own.length)
    elif not own.given_up:
        agreeing = agreeing or (not slot.sound and page.listed(slot, best.code[:2]))
        doubtful = len(own.spelling) <= _SHORT and _nobody_fits(page, members, best.code)
        believed = not doubtful and plausible(slot, own, agreeing=agreeing, near=best.code[:2] in near)
        if believed and margin >= margin_needed(slot, own, agreeing=agreeing):
            where = f"in {page.lookup.gazetteer.full_name(best.code[:2])}"
            page.repair(slot, Repair(best.code, own, margin, ranked[1].code, where), Trouble.DISTRICT)
    if province is not None and page.judgement(slot).code:
        _province_by_chain(page, slot, province, ranked)


def _wrong_district(page: PlacesPage, slot: Slot, province: Slot, members: Sequence[Slot]) -> None:
    """A subdistrict and the province agree against the district: one more right name does not excuse a wrong one."""
    codes = slot.exact[0].codes
    page.accept(slot, codes[0] if len(codes) == 1 else "", slot.exact[0].end - slot.start)
    above = page.judgement(province).code
    inside = {
        code
        for member in members
        if member.chained and member.sound and not member.is_body
        for code in member.exact[0].codes
        if code[:2] == above
    }
    if len(inside) == 1 and len(codes) == 1:
        wrong_district(page.judgement(slot), inside.pop(), page.letters, page.lookup)
    else:
        unclear(
            page.judgement(slot), page.judgement(province), slot.exact[0].codes, page.letters, page.lookup
        )


def _nobody_fits(page: PlacesPage, members: Sequence[Slot], district: str) -> bool:
    """True when subdistricts stand in the chain of a district and none of them can lie in it."""
    chained = [member for member in members if member.chained]
    return bool(chained) and all(best_child(member, district, page.lookup).given_up for member in chained)


def _clash(slot: Slot, province: Slot) -> bool:
    """True when a district and its province are both written right; asked only where they do not fit."""
    accepted = slot.sound and not slot.shared and slot.exact[0].status is NameStatus.ACCEPTED
    return accepted and province.sound and not is_capital_stub(slot)


def _province_by_chain(page: PlacesPage, slot: Slot, province: Slot, ranked: Sequence[Candidate]) -> None:
    """What the districts and subdistricts of a chain say of its province."""
    best = ranked[0]
    above, judged = best.province, page.judgement(province)
    if above is None or above.exact or judged.code == best.code[:2]:
        return
    margin = _margin(ranked, 2)
    if margin < JOINT_MARGIN:
        return
    if above.given_up:
        if judged.status is PlaceStatus.EXACT:
            wrong_province(judged, best.code, page.members(slot), page.letters, page.lookup)
    elif plausible(province, above, agreeing=True, near=True):
        other = next((c.code[:2] for c in ranked if c.code[:2] != best.code[:2]), "")
        page.repair(
            province, Repair(best.code[:2], above, margin, other, "by its districts"), Trouble.PROVINCE
        )


def _margin(ranked: Sequence[Candidate], digits: int) -> float:
    """By how much the first beats the first one that differs in so many digits of the code."""
    best = ranked[0]
    others = (c.total for c in ranked if c.code[:digits] != best.code[:digits])
    return next(others, best.total + LONE_MARGIN) - best.total
