"""Decides what each announced place of a page is, and what is wrong with it.

Provinces and districts first, together with the subdistricts that vouch for them; then subdistricts and
local bodies within the districts so found. A repair needs a margin over the next candidate; without
neighbours that agree it needs a longer name and less damage.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rapidfuzz.distance import Levenshtein

from correction.places.contradiction import unclear, wrong_province
from correction.places.judgement import Judgement, Trouble
from correction.places.letters import Letters
from correction.places.lookup import Lookup, Standing
from correction.places.outline import is_capital_stub
from correction.places.ranking import (
    Candidate,
    Fit,
    best_child,
    fit,
    rank_codes,
    rank_districts,
    rank_provinces,
)
from correction.places.reporting import accept, repair
from correction.places.slots import UNREADABLE, Slot
from dictionaries.gazetteer import Level
from dictionaries.spelling import skeleton
from model.place import PlaceStatus

JOINT_MARGIN = 3.0
"""Nats by which a repair must beat the next one when its neighbours in the chain or list agree."""
LONE_MARGIN = 5.0
"""The same for a name that stands alone."""
_SHORT = 4
_NEIGHBOURS = 10


def judge(letters: Letters, slots: Sequence[Slot], lookup: Lookup) -> list[Judgement]:
    """One judgement for each slot, in the same order."""
    return _Page(letters, slots, lookup).judge()


class _Page:
    """A page while it is being understood."""

    def __init__(self, letters: Letters, slots: Sequence[Slot], lookup: Lookup) -> None:
        self.letters, self.slots, self.lookup = letters, slots, lookup
        self.done: dict[int, Judgement] = {id(slot): Judgement(slot) for slot in slots}
        self.members: dict[int, list[Slot]] = {}
        for slot in slots:
            for parent in {id(p): p for p in (slot.up, slot.down) if p is not None}.values():
                if slot.level is Level.SUBDISTRICT and parent.level is Level.DISTRICT:
                    self.members.setdefault(id(parent), []).append(slot)

    def judge(self) -> list[Judgement]:
        """Larger places before smaller ones, exact ones before damaged ones, so that each finds its neighbours
        decided."""
        for slot in self._of(Level.PROVINCE):
            if slot.sound:
                self._exact_province(slot)
        districts = self._of(Level.DISTRICT)
        for slot in sorted(districts, key=lambda s: not self._is_plain(s)):
            self._district(slot)
        for slot in self._of(Level.PROVINCE):
            if not self.done[id(slot)].code:
                self._lone_province(slot)
        for slot in self._of(Level.SUBDISTRICT):
            self._subdistrict(slot)
        return [self.done[id(slot)] for slot in self.slots]

    def _of(self, level: Level) -> list[Slot]:
        return [slot for slot in self.slots if slot.level is level]

    def _is_plain(self, slot: Slot) -> bool:
        return bool(slot.exact) and not is_capital_stub(slot)

    # Provinces

    def _exact_province(self, slot: Slot) -> None:
        exact = next(e for e in slot.exact if slot.tail(e.end - slot.start) < 1)
        self._accept(slot, exact.codes[0], exact.end - slot.start)

    def _lone_province(self, slot: Slot) -> None:
        ranked = rank_provinces(slot, self.lookup)
        (best, code), (second, other) = ranked[0], ranked[1]
        if best.given_up:
            return
        if best.exact:
            self._accept(slot, code, best.length)
            return
        read = slot.run[: best.length]
        margin = second.cost - best.cost
        same_skeleton = skeleton(read) == skeleton(best.spelling) and slot.tails[best.length] < 1
        edits = Levenshtein.distance(read, best.spelling)
        rival = Levenshtein.distance(read, self.lookup.spellings[other][0])
        enough = same_skeleton or (
            len(best.spelling) > _SHORT
            and edits <= len(best.spelling) // 4
            and margin >= LONE_MARGIN
            and rival > 2
        )
        if enough and margin >= JOINT_MARGIN:
            self._repair(slot, code, best, margin, other, Trouble.PROVINCE, "of the provinces")

    # Districts

    def _province_of(self, slot: Slot) -> Slot | None:
        """The province that the chain of a district names."""
        if slot.up is not None and slot.up.level is Level.PROVINCE:
            return slot.up
        if slot.tight and slot.down is not None and slot.down.level is Level.PROVINCE:
            return slot.down
        return None

    def _near(self, slot: Slot) -> set[str]:
        """The provinces of the nearest places that are decided already, and of the heading."""
        at = self.slots.index(slot)
        window = self.slots[max(at - _NEIGHBOURS, 0) : at + _NEIGHBOURS]
        codes = [self.done[id(other)].code[:2] for other in window]
        return {code for code in codes if code}

    def _district(self, slot: Slot) -> None:
        province = self._province_of(slot)
        above = self.done[id(province)].code if province else ""
        known = [code for exact in slot.exact[:1] for code in exact.codes if code in self.lookup.spellings]
        if not is_capital_stub(slot):
            fitting = [code for code in known if not province or code[:2] == above]
            if len(fitting) > 1:
                fitting = [code for code in fitting if code[:2] in self._near(slot)] or fitting[:0]
            if len(fitting) == 1 and slot.sound and slot.exact[0].standing is not Standing.ABOLISHED:
                self._accept(slot, fitting[0], slot.exact[0].end - slot.start)
                return
        elif above and above in self.lookup.capitals:
            code = self.lookup.capitals[above]
            self._accept(slot, code, fit(slot, code, self.lookup).length)
            return
        self._rank_district(slot, province)

    def _rank_district(self, slot: Slot, province: Slot | None) -> None:
        members = [m for m in self.members.get(id(slot), ()) if m.up in (slot, None)]
        ranked = rank_districts(self.lookup, slot, province, members, self._near(slot))
        best = ranked[0]
        own, above = best.district, best.province
        if own is None:
            return
        vouched = any(best_child(member, best.code, self.lookup).exact for member in members)
        agreeing = vouched or (above is not None and not above.given_up)
        margin = _margin(ranked, 4)
        if self._clash(slot, province) and not vouched and (own.given_up or own.exact):
            self._unclear(slot, province)
        elif own.exact:
            if agreeing or margin >= JOINT_MARGIN or province is None:
                self._accept(slot, best.code, own.length)
        elif not own.given_up and margin >= (JOINT_MARGIN if agreeing else LONE_MARGIN):
            if self._plausible(slot, own, agreeing=agreeing, near=best.code[:2] in self._near(slot)):
                where = self.lookup.gazetteer.full_name(best.code[:2])
                self._repair(slot, best.code, own, margin, ranked[1].code, Trouble.DISTRICT, f"in {where}")
        if province is not None and self.done[id(slot)].code:
            self._province_by_chain(slot, province, members, ranked)

    def _clash(self, slot: Slot, province: Slot | None) -> bool:
        """True when a district and its province are both written right and do not belong together."""
        return (
            province is not None and slot.sound and province.sound and not is_capital_stub(slot)
            and slot.exact[0].standing is Standing.ACCEPTED
        )  # fmt: skip

    def _unclear(self, slot: Slot, province: Slot | None) -> None:
        codes = slot.exact[0].codes
        self._accept(slot, codes[0] if len(codes) == 1 else "", slot.exact[0].end - slot.start)
        if province is not None:
            unclear(self.done[id(slot)], self.done[id(province)], self.letters, self.lookup)

    def _province_by_chain(
        self, slot: Slot, province: Slot, members: Sequence[Slot], ranked: Sequence[Candidate]
    ) -> None:
        best = ranked[0]
        above = best.province
        judged = self.done[id(province)]
        if above is None or above.exact or judged.code == best.code[:2]:
            return
        margin = _margin(ranked, 2)
        if above.given_up:
            if judged.status is PlaceStatus.EXACT and margin >= JOINT_MARGIN:
                wrong_province(judged, slot, best.code, members, self.letters, self.lookup)
        elif margin >= JOINT_MARGIN and self._plausible(province, above, agreeing=True, near=True):
            other = next(c.code[:2] for c in ranked if c.code[:2] != best.code[:2])
            self._repair(province, best.code[:2], above, margin, other, Trouble.PROVINCE, "by its districts")

    def _plausible(self, slot: Slot, found: Fit, *, agreeing: bool, near: bool) -> bool:
        """Whether so much damage may be believed of a name of this length."""
        read = slot.run[: found.length]
        edits = Levenshtein.distance(read, found.spelling)
        size = len(found.spelling)
        if agreeing:
            return edits <= max(2, size // 3)
        if size <= _SHORT:
            return False
        return edits <= (max(1, size // 4) if near else max(1, size // 6))

    # Subdistricts and local bodies

    def _subdistrict(self, slot: Slot) -> None:
        for parent in (slot.up, slot.down):
            if parent is None:
                continue
            code = self.done[id(parent)].code
            if parent.level is Level.PROVINCE and not slot.is_body:
                if self._within_province(slot, code):
                    return
            elif len(code) == 4 and self._within_district(slot, code, tight=parent is slot.up or slot.tight):
                return
        self._lone_subdistrict(slot)

    def _within_district(self, slot: Slot, district: str, *, tight: bool) -> bool:
        """Find the slot among the subdistricts (or bodies) of a district; False when it is not there."""
        lookup = self.lookup
        ranked = rank_codes(slot, (area.code for area in lookup.gazetteer.children(district)), lookup)
        best, code = ranked[0]
        if best.exact:
            self._accept(slot, code, best.length)
            return True
        if slot.is_body and self._body_within(slot, district):
            return True
        if self._once_there(slot, district):
            return True
        if best.given_up or not self._plausible(slot, best, agreeing=True, near=True):
            return False
        margin = min(ranked[1][0].cost if len(ranked) > 1 else 16.0, 16.0) - best.cost
        if margin < (JOINT_MARGIN if tight else LONE_MARGIN):
            return False
        if slot.sound and Levenshtein.distance(slot.run[: best.length], best.spelling) > 1:
            return False  # another subdistrict's name, two letters away: an author's slip, not damage
        where = lookup.gazetteer.full_name(district)
        other = ranked[1][1] if len(ranked) > 1 else ""
        trouble = Trouble.BODY if slot.is_body else Trouble.SUBDISTRICT
        self._repair(slot, code, best, margin, other, trouble, f"in {where}")
        return True

    def _body_within(self, slot: Slot, district: str) -> bool:
        """Find a local body by its present or former name among those of a district."""
        for exact in slot.exact:
            if any(body.parent == district for body in exact.bodies):
                self._accept(slot, district, exact.end - slot.start)
                return True
        return False

    def _once_there(self, slot: Slot, district: str) -> bool:
        """True when the name is that of an area that was abolished and lay in this district."""
        for exact in slot.exact:
            if exact.standing is Standing.ABOLISHED and any(code[:4] == district for code in exact.codes):
                self._accept(slot, "", exact.end - slot.start)
                return True
        return False

    def _within_province(self, slot: Slot, province: str) -> bool:
        if not province:
            return False
        for exact in slot.exact:
            inside = [code for code in exact.codes if code[:2] == province]
            if inside:
                self._accept(slot, inside[0] if len(inside) == 1 else "", exact.end - slot.start)
                return True
        return False

    def _lone_subdistrict(self, slot: Slot) -> None:
        """A name without a district to hold it against: known if it was decided elsewhere on the page."""
        if not slot.exact:
            return
        here = Counter(
            j.code
            for j in self.done.values()
            if j.slot.level is Level.SUBDISTRICT and j.code and j.name == slot.exact_name
        )
        near = self._near(slot)
        codes = [code for code in slot.exact[0].codes if code in here]
        codes = (
            codes or [code for code in slot.exact[0].codes if code[:2] in near] or list(slot.exact[0].codes)
        )
        self._accept(slot, codes[0] if len(codes) == 1 else "", slot.exact[0].end - slot.start)

    # Writing down

    def _accept(self, slot: Slot, code: str, length: int) -> None:
        accept(self.done[id(slot)], code, length, self.lookup)

    def _repair(
        self, slot: Slot, code: str, found: Fit, margin: float, other: str, trouble: Trouble, where: str
    ) -> None:
        repair(self.done[id(slot)], code, found, margin, other, trouble, where, self.letters, self.lookup)


def _margin(ranked: Sequence[Candidate], digits: int) -> float:
    """By how much the first beats the first one that differs in so many digits of the code."""
    best = ranked[0]
    others = (c.total for c in ranked if c.code[:digits] != best.code[:digits])
    return next(others, best.total + UNREADABLE) - best.total
