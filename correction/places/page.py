"""A page while its places are being understood: the slots, what is decided of each, and their neighbours."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz.distance import Levenshtein

from correction.places.carried import Above
from correction.places.judgement import SlotJudgement, Trouble
from correction.places.letters import PlaceCharacters
from correction.places.lookup import Lookup, is_common_word
from correction.places.ranking import Fit, Repair
from correction.places.reporting import write_accepted, write_repair
from correction.places.slots import Slot
from dictionaries.gazetteer import Level

JOINT_MARGIN = 4.0
"""Nats by which a repair must beat the next one when its neighbours in the chain or list agree."""
LONE_MARGIN = 5.0
"""The same for a name that stands alone."""
_SHORT = 4
_NEIGHBOURS = 10
_HALVED = 2.0
_LEFT_BEHIND = 3.0
# A name that begins like a common word (นำปาด for น้ำปาด) is believed when it goes on and little is damaged.
_MUCH = 5.0


class PlacesPage:
    """The slots of a page in order of place, with a judgement for each. `said` holds the codes found so far."""

    def __init__(
        self, letters: PlaceCharacters, slots: Sequence[Slot], lookup: Lookup, above: Above | None = None
    ) -> None:
        self.letters, self.slots, self.lookup = letters, slots, lookup
        self._judgements = {id(slot): SlotJudgement(slot) for slot in slots}
        self._above = above.headings if above is not None else {}
        for decided in above.judgements if above is not None else ():
            self._judgements[id(decided.slot)] = decided
        self._places = {id(slot): at for at, slot in enumerate(slots)}
        self._levels = {level: [slot for slot in slots if slot.level is level] for level in Level}
        self._ranks = {id(slot): at for same in self._levels.values() for at, slot in enumerate(same)}
        self.said: set[str] = set()
        self._members: dict[int, list[Slot]] = {}
        for slot in slots:
            if slot.level is Level.SUBDISTRICT:
                for parent in _parents(slot):
                    self._members.setdefault(id(parent), []).append(slot)

    def judgement(self, slot: Slot) -> SlotJudgement:
        """What is decided of a slot so far."""
        return self._judgements[id(slot)]

    def of(self, level: Level) -> list[Slot]:
        """The slots of a level, in order of place."""
        return self._levels[level]

    def members(self, district: Slot) -> list[Slot]:
        """The subdistricts and bodies that stand under a district, or directly before it in a chain."""
        return self._members.get(id(district), [])

    def near(self, slot: Slot) -> set[str]:
        """The provinces of the nearest places that are decided already."""
        at = self._places[id(slot)]
        window = self.slots[max(at - _NEIGHBOURS, 0) : at + _NEIGHBOURS]
        codes = [self.judgement(other).code[:2] for other in window]
        above = self._above.get(id(slot))
        if above is not None:
            codes.append(above.code[:2])
        return {code for code in codes if code}

    def beside(self, slot: Slot) -> list[Slot]:
        """The slots of the same level that come directly before and after."""
        same, at = self.of(slot.level), self._ranks[id(slot)]
        return [*same[max(at - 1, 0) : at], *same[at + 1 : at + 2]]

    def listed(self, slot: Slot, province: str) -> bool:
        """True when the name of this level before or after, or a heading of an earlier page, lies in the province too:
        an item of a list."""
        above = self._above.get(id(slot))
        if above is not None and above.code[:2] == province:
            return True
        return any(self.judgement(other).code[:2] == province for other in self.beside(slot))

    def accept(self, slot: Slot, code: str, length: int) -> None:
        """The slot's first `length` letters are right; `code` is empty where it is not known whose they are."""
        write_accepted(self.judgement(slot), code, length, self.lookup)
        self.said.add(code)

    def repair(self, slot: Slot, found: Repair, trouble: Trouble) -> None:
        """The slot's letters are damaged or misspelt."""
        above = self._above.get(id(slot))
        if above is not None and not found.code.startswith(above.code):
            above = None
        write_repair(self.judgement(slot), found, trouble, self.letters, self.lookup, above)
        self.said.add(found.code)


def _parents(slot: Slot) -> list[Slot]:
    """The districts that a subdistrict may belong to. In `อำเภอ A` / `ตำบล B` / `อำเภอ C`, one a line, the name
    belongs to the one above."""
    up = slot.up if slot.up is not None and slot.up.level is Level.DISTRICT else None
    down = slot.down if slot.down is not None and slot.down.level is Level.DISTRICT else None
    if up is not None and not (slot.over_line and down is not None):
        return [up]
    return [down] if (down is not None and slot.up is None) or (slot.over_line and down is not None) else []


def margin_needed(slot: Slot, found: Fit, *, agreeing: bool) -> float:
    """By how many nats a repair must win: more where half of a short name is damaged."""
    read = slot.run[: found.length]
    base = JOINT_MARGIN if agreeing else LONE_MARGIN
    halved = len(read) <= _SHORT and Levenshtein.distance(read, found.spelling) > 1
    return base + _HALVED if halved else base


def plausible(slot: Slot, found: Fit, *, agreeing: bool, near: bool) -> bool:
    """Whether so much damage may be believed of a name of this length: `agreeing` when other names of the
    chain or list say the same, `near` when the page speaks of the province."""
    if slot.tail(found.length) >= _LEFT_BEHIND:
        return False  # letters of the name would be left standing: ลานศักดิ์ is not ลานสัก with ดิ์ behind it
    if is_common_word(slot.run, found.length, more=3 if found.cost > _MUCH else 1):
        return False
    read = slot.run[: found.length]
    edits = Levenshtein.distance(read, found.spelling)
    size = len(found.spelling)
    if agreeing:
        short = size < _SHORT or (size <= _SHORT + 1 and slot.tail(found.length) > 0)
        return edits <= (1 if short else max(2, size // 3))
    if size <= _SHORT:
        return False
    return edits <= max(1, size // (4 if near else 6))
