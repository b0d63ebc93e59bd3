"""Subdistricts and local bodies, found within the districts that the chain, the heading or the list gives."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from correction.places.contradiction import unclear, wrong_district
from correction.places.judgement import Trouble
from correction.places.lookup import NameStatus, is_common_word
from correction.places.page import PlacesPage, margin_needed, plausible
from correction.places.ranking import Fit, Repair, fit, fit_spellings
from correction.places.slots import WRONG_FACT, Slot
from dictionaries.gazetteer import Body, BodyClass, Level
from dictionaries.spelling import canonical
from model.place import PlaceStatus

_TOWNS = (BodyClass.CITY, BodyClass.TOWN)
_LONG_NAME = 4
"""Characters of a name that stands for one place, whatever the words around it."""
_FEW = 4
"""Provinces that may have a place of a name which the one that is written has not."""


class _PlaceChoice(NamedTuple):
    fit: Fit
    code: str
    district: str


def judge_subdistricts(page: PlacesPage) -> None:
    """Decide every subdistrict and every local body below the province."""
    for slot in sorted(page.of(Level.SUBDISTRICT), key=lambda s: not s.sound):
        _subdistrict(page, slot)


def _subdistrict(page: PlacesPage, slot: Slot) -> None:
    districts: dict[str, bool] = {}
    for parent in (slot.up, slot.down):
        if parent is None:
            continue
        code = page.judgement(parent).code
        if parent.level is Level.PROVINCE:
            if code and not slot.is_body and _within_province(page, slot, code):
                return
            if code and parent is _next_up(slot) and _in_another_province(page, slot, parent):
                return
        elif len(code) == 4:
            tight = slot.tight if parent is slot.down else not slot.over_line
            districts[code] = districts.get(code, False) or tight
    if _exactly_in(page, slot, districts) or _damaged_in(page, slot, districts):
        return
    if not slot.sound and _damaged_in(page, slot, dict.fromkeys(_districts_beside(page, slot), False)):
        return
    if not _another_district_of_the_province(page, slot) and not _body_of_another_district(page, slot):
        _lone(page, slot)


def _another_district_of_the_province(page: PlacesPage, slot: Slot) -> bool:
    """`ต.กำแพง อ.เมืองสตูล จ.สตูล`: the province has one กำแพง, in another district. Two names against one; where it has
    none, and a few other provinces have, any of the three may be wrong."""
    district = _next_up(slot)
    if slot.is_body or not slot.sound or district is None:
        return False
    above, exact = page.judgement(district), slot.exact[0]
    province = _next_up(district)
    if exact.status is not NameStatus.ACCEPTED or district.level is not Level.DISTRICT or province is None:
        return False
    if above.status is not PlaceStatus.EXACT or page.judgement(province).status is not PlaceStatus.EXACT:
        return False
    if len(above.code) != 4 or page.judgement(province).code != above.code[:2]:
        return False
    inside = [code for code in exact.codes if code[:2] == above.code[:2]]
    length = exact.end - slot.start
    if slot.tail(length) >= 1:
        return False
    elsewhere = not inside and len({code[:2] for code in exact.codes}) <= _FEW
    if elsewhere and length >= _LONG_NAME and not is_common_word(slot.run, length):
        page.accept(slot, exact.codes[0] if len(exact.codes) == 1 else "", length)
        unclear(page.judgement(slot), page.judgement(province), exact.codes, page.letters, page.lookup)
        return True
    if len(inside) != 1:
        return False
    page.accept(slot, inside[0], length)
    wrong_district(above, inside[0], page.letters, page.lookup)
    return True


def _body_of_another_district(page: PlacesPage, slot: Slot) -> bool:
    """`เทศบาลนครหาดใหญ่ อำเภอเมืองสงขลา`: the province has this body, and in another district. One name against one."""
    district = _next_up(slot) if slot.up is not None else None  # one in front of it may be of the body before
    if not slot.is_body or not slot.sound or district is None or district.level is not Level.DISTRICT:
        return False
    above, exact = page.judgement(district), slot.exact[0]
    length = exact.end - slot.start
    if above.status is not PlaceStatus.EXACT or not district.sound or len(above.code) != 4:
        return False
    if length < _LONG_NAME or slot.tail(length) >= 1 or is_common_word(slot.run, length):
        return False
    kind = slot.anchor.body if slot.anchor is not None else None
    bodies = [body for body in exact.bodies if body.parent[:2] == above.code[:2] and body.kind is kind]
    within = {body.parent for body in exact.bodies} | {
        area[:4] for body in exact.bodies for area in body.areas
    }
    if len(bodies) != 1 or above.code in within | {code[:4] for code in exact.codes}:
        return False
    page.accept(slot, body_code(bodies[0]), length)
    unclear(page.judgement(slot), above, (bodies[0].parent,), page.letters, page.lookup)
    return True


def _in_another_province(page: PlacesPage, slot: Slot, province: Slot) -> bool:
    """`เทศบาลนครหาดใหญ่ จังหวัดปัตตานี`: the province has nothing of this name, and the country has, in a few others. One
    name against one."""
    if not slot.sound or page.judgement(province).status is not PlaceStatus.EXACT or not province.sound:
        return False
    exact = slot.exact[0]
    length = exact.end - slot.start
    known = exact.status is NameStatus.ACCEPTED or (slot.is_body and exact.status is NameStatus.BODY)
    if not known or length < _LONG_NAME or is_common_word(slot.run, length):
        return False
    above = page.judgement(province).code
    # No subdistrict is called a town's or a city's name by its class.
    kind = slot.anchor.body if slot.anchor is not None else None
    of_class = {body.parent for body in exact.bodies if body.kind is kind and kind in _TOWNS}
    homes = of_class or {*exact.codes, *(body.parent for body in exact.bodies if slot.is_body)}
    if not 1 <= len({home[:2] for home in homes}) <= _FEW or any(home[:2] == above for home in homes):
        return False
    page.accept(slot, exact.codes[0] if len(exact.codes) == 1 and not slot.is_body else "", length)
    unclear(page.judgement(slot), page.judgement(province), tuple(sorted(homes)), page.letters, page.lookup)
    return True


def _next_up(slot: Slot) -> Slot | None:
    """The larger place that stands directly beside this name in the same line, and speaks for it alone."""
    if slot.up is not None:
        return None if slot.over_line or slot.shared else slot.up
    return slot.down if slot.tight else None


def _districts_beside(page: PlacesPage, slot: Slot) -> list[str]:
    """The districts of the names before and after in the list."""
    codes = [page.judgement(other).code[:4] for other in page.beside(slot)]
    return list(dict.fromkeys(code for code in codes if len(code) == 4))


def _exactly_in(page: PlacesPage, slot: Slot, districts: Iterable[str]) -> bool:
    for district in districts:
        for exact in slot.exact:
            length = exact.end - slot.start
            if slot.tail(length) >= 1:
                continue  # more letters follow: it may be the beginning of a longer, damaged name
            inside = [code for code in exact.codes if code[:4] == district]
            bodies = [body for body in exact.bodies if body.parent == district] if slot.is_body else []
            gone = page.lookup.once_in(slot.run[:length], district)
            if gone is not None and not inside and not bodies:
                page.accept(slot, gone.code, length)
                return True
            if inside or bodies:
                page.accept(slot, inside[0] if inside else body_code(bodies[0]), length)
                return True
    return False


def body_code(body: Body) -> str:
    """The code to give for a local body: its one subdistrict, or the district of its seat."""
    return body.areas[0] if len(body.areas) == 1 else body.parent


def _body_fit(slot: Slot, name: str) -> Fit:
    if slot.run.startswith(name) and slot.tail(len(name)) < WRONG_FACT:
        return Fit(slot.tail(len(name)), len(name), name, exact=True)
    return fit_spellings(slot, [name])


def _damaged_in(page: PlacesPage, slot: Slot, districts: dict[str, bool]) -> bool:
    """Find a damaged name among the subdistricts (and bodies) of some districts; True when it is repaired,
    or found to be right after all."""
    choices: list[_PlaceChoice] = []
    gazetteer, lookup = page.lookup.gazetteer, page.lookup
    for district in districts:
        choices += [
            _PlaceChoice(fit(slot, area.code, lookup), area.code, district)
            for area in gazetteer.children(district)
        ]
        if slot.is_body:
            names = {canonical(body.name): body for body in lookup.bodies_in(district)}
            choices += [_PlaceChoice(_body_fit(slot, n), body_code(b), district) for n, b in names.items()]
    choices.sort(key=lambda choice: (choice.fit.cost, choice.code))
    if not choices or choices[0].fit.given_up:
        return False
    best = choices[0]
    elsewhere = slot.exact[0].end - slot.start if slot.exact else 0
    if not districts[best.district] and elsewhere > best.fit.length:
        return False  # a heading far off does not make ยาง of the beginning of บางหิน, which lies elsewhere
    if best.fit.exact:
        page.accept(slot, best.code, best.fit.length)
        return True
    rivals = [choice for choice in choices if choice.fit.spelling != best.fit.spelling]
    other = rivals[0] if rivals else None
    margin = (other.fit.cost if other else slot.giving_up) - best.fit.cost
    if margin < margin_needed(slot, best.fit, agreeing=districts[best.district]):
        return False
    if not plausible(slot, best.fit, agreeing=True, near=True):
        return False
    if slot.sound and Levenshtein.distance(slot.run[: best.fit.length], best.fit.spelling) > 1:
        return False  # another subdistrict's name, two letters away: an author's slip, not damage
    runner_up = other.code if other and not other.fit.given_up else ""
    where = f"in {gazetteer.full_name(best.district)}"
    trouble = Trouble.BODY if slot.is_body else Trouble.SUBDISTRICT
    page.repair(slot, Repair(best.code, best.fit, margin, runner_up, where), trouble)
    return True


def _within_province(page: PlacesPage, slot: Slot, province: str) -> bool:
    for exact in slot.exact:
        inside = [code for code in exact.codes if code[:2] == province]
        if inside:
            page.accept(slot, inside[0] if len(inside) == 1 else "", exact.end - slot.start)
            return True
    return False


def _lone(page: PlacesPage, slot: Slot) -> None:
    """A name without a district to hold it against: whose it is if the page or the country knows only one."""
    if not slot.exact or is_common_word(slot.run, slot.exact[0].end - slot.start):
        return  # there is a body called และ: only a district can vouch for that
    exact = slot.exact[0]
    codes = list(exact.codes) if exact.status is not NameStatus.ABOLISHED else []
    if slot.is_body:
        codes = [body_code(body) for body in exact.bodies] or codes
    near = page.near(slot)
    chosen = [c for c in codes if c in page.said] or [c for c in codes if c[:2] in near] or codes
    page.accept(slot, chosen[0] if len(set(chosen)) == 1 else "", exact.end - slot.start)
