"""The gazetteer turned round for matching: which names start here, and what each name's letters cost.

One `Lookup` serves one gazetteer, with the costs of misreading its names, for the life of the process.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from correction.places.anchors import dependent
from correction.places.letters import Gap, PlaceCharacters
from dictionaries.gazetteer import BANGKOK, Abolished, Area, Body, Level
from dictionaries.resources import Resources
from dictionaries.spelling import canonical, sound

LONGEST = 34
"""No name has more letters; what follows it is never looked at."""


class NameStatus(StrEnum):
    """How a spelling stands in the gazetteer."""

    ACCEPTED = "accepted"
    FORMER = "former"  # an area in force once had this name
    ABOLISHED = "abolished"  # the area of this name is no longer in force
    BODY = "body"  # only a local body has this name


class Exact(NamedTuple):
    """A name that is written exactly so from some place on: where it ends, what it may stand for."""

    end: int
    codes: tuple[str, ...]
    status: NameStatus
    bodies: tuple[Body, ...] = ()


class Lookup:
    """Everything that matching asks of a gazetteer."""

    def __init__(self, known: Resources) -> None:
        self.gazetteer = gazetteer = known.gazetteer
        self.confusions = known.confusions
        self.lexicon = known.lexicon
        self.spellings = gazetteer.spellings
        self.exact: dict[Level, dict[str, tuple[NameStatus, tuple[str, ...]]]] = {}
        for level in Level:
            names: dict[str, tuple[NameStatus, tuple[str, ...]]] = {}
            for (at, name), gone in gazetteer.abolished_named.items():
                if at is level:
                    names[name] = (NameStatus.ABOLISHED, tuple(area.code for area in gone))
            names |= {name: (NameStatus.FORMER, codes) for name, codes in gazetteer.former[level].items()}
            names |= {name: (NameStatus.ACCEPTED, codes) for name, codes in gazetteer.accepted[level].items()}
            self.exact[level] = names

    @cached_property
    def capitals(self) -> Mapping[str, str]:
        """Province -> its capital district, which texts call เมือง for short."""
        return {
            area.code[:2]: area.code
            for area in self.gazetteer.at(Level.DISTRICT)
            if area.code.endswith("01") and area.name.startswith("เมือง")
        }

    @cached_property
    def heard(self) -> Mapping[str, str]:
        """What a province sounds like -> its code; none sounds like another."""
        return {sound(area.name): area.code for area in self.gazetteer.at(Level.PROVINCE)}

    def exact_at(self, level: Level, letters: PlaceCharacters, start: int, limit: int) -> list[Exact]:
        """The names of a level that are written from `start` on, the longest first."""
        names, text = self.exact[level], letters.text
        found = []
        for end in range(min(limit, start + LONGEST), start + 1, -1):
            known = names.get(text[start:end])
            if known is None or (end < len(text) and dependent(text[end])):
                continue
            if known[0] is NameStatus.ACCEPTED or ends_well(letters, end):
                found.append(Exact(end, known[1], known[0]))
        return found

    def body_at(self, letters: PlaceCharacters, start: int, limit: int) -> list[Exact]:
        """The names of local bodies below the province that are written from `start` on, the longest first; also
        names of subdistricts, since nearly every one has or had a body."""
        text, gazetteer = letters.text, self.gazetteer
        subdistricts = self.exact[Level.SUBDISTRICT]
        found = []
        for end in range(min(limit, start + LONGEST), start + 1, -1):
            name = text[start:end]
            bodies = gazetteer.bodies_named.get(name, ()) or gazetteer.bodies_once_named.get(name, ())
            bodies = tuple(body for body in bodies if len(body.parent) > 2)
            known = subdistricts.get(name)
            if known and known[0] is not NameStatus.ACCEPTED and not ends_well(letters, end):
                known = None
            if (bodies or known) and not (end < len(text) and dependent(text[end])):
                status, codes = known or (NameStatus.BODY, ())
                found.append(Exact(end, codes, status, bodies))
        return found

    @cached_property
    def _tables(self) -> dict[Level, _SpellingTable]:
        return {
            level: _SpellingTable(
                [(area.code, self.spellings[area.code]) for area in self.gazetteer.at(level)]
            )
            for level in Level
        }

    def distances(self, level: Level, run: str) -> NDArray[np.int8]:
        """For each area of a level, in order of code, the number of edits between its name and the start of
        `run`; more than a few are not told apart."""
        return self._tables[level].distances(run)

    def codes(self, level: Level) -> Sequence[str]:
        """The codes of a level, in order."""
        return self._tables[level].codes

    @cached_property
    def ancestors(self) -> dict[Level, tuple[NDArray[np.int32], NDArray[np.int32]]]:
        """For districts and subdistricts: the places of each one's district and province in `codes`."""
        places = {level: {code: i for i, code in enumerate(self.codes(level))} for level in Level}
        result = {}
        for level in (Level.DISTRICT, Level.SUBDISTRICT):
            codes = self.codes(level)
            result[level] = (
                np.array([places[Level.DISTRICT][code[:4]] for code in codes], dtype=np.int32),
                np.array([places[Level.PROVINCE][code[:2]] for code in codes], dtype=np.int32),
            )
        return result

    @cached_property
    def first_subdistrict(self) -> NDArray[np.int64]:
        """For each district, in order of code, the place of its first subdistrict in `codes`."""
        districts, _ = self.ancestors[Level.SUBDISTRICT]
        first = np.searchsorted(districts, np.arange(len(self.codes(Level.DISTRICT))))
        return np.minimum(first, len(districts) - 1)  # a user's district may have no subdistrict

    @cached_property
    def until(self) -> Mapping[tuple[str, str], str]:
        """Code and canonical former name -> the day on which another name came, where it is known."""
        return {
            (other.code, canonical(other.name)): other.until
            for other in self.gazetteer.other_names
            if other.kind == "former" and other.until
        }

    @cached_property
    def abolished(self) -> Mapping[str, Abolished]:
        """Code -> area no longer in force."""
        return {area.code: area for area in self.gazetteer.abolished}

    def once_in(self, name: str, district: str) -> Abolished | None:
        """The subdistrict of this name that a district once had."""
        gone = self.gazetteer.abolished_named.get((Level.SUBDISTRICT, name), ())
        return next((area for area in gone if area.code[:4] == district), None)

    @cached_property
    def renumbered(self) -> frozenset[str]:
        """Codes whose area is older than its code: it had another one under the same name."""
        return frozenset(
            successor
            for area in self.gazetteer.abolished
            for successor in area.successors
            if (now := self.gazetteer.area(successor)) is not None and now.name == area.name
        )

    def below(self, code: str) -> tuple[Area, ...]:
        """The subdistricts of an area, or the subdistrict itself."""
        area = self.gazetteer.area(code)
        if len(code) == 6:
            return (area,) if area else ()
        return tuple(sub for child in self.gazetteer.children(code) for sub in self.below(child.code))

    @cached_property
    def _by_parent(self) -> dict[str, tuple[Body, ...]]:
        found: dict[str, tuple[Body, ...]] = {}
        for body in self.gazetteer.bodies:
            found[body.parent] = (*found.get(body.parent, ()), body)
        return found

    def bodies_in(self, district: str) -> tuple[Body, ...]:
        """The local bodies that have their seat in a district."""
        return self._by_parent.get(district, ())

    def display(self, code: str, spelling: str) -> str:
        """How to write the area when its letters are `spelling`: the official name with its hyphen."""
        area = self.gazetteer.area(code)
        if area is not None and canonical(area.name) == spelling:
            return area.name
        return spelling

    def of_bangkok(self, level: Level, name: str) -> bool:
        """True when a district or subdistrict of Bangkok has or had this name."""
        codes = [*self.gazetteer.accepted[level].get(name, ()), *self.gazetteer.former[level].get(name, ())]
        codes += [area.code for area in self.gazetteer.abolished_named.get((level, name), ())]
        return any(code.startswith(BANGKOK) for code in codes)


_FAR = 9
_CUTOFF = 5

# Words that often stand directly behind a name; a name that ends before one ends well.
_FOLLOWERS = (
    "และ", "หรือ", "ของ", "ใน", "ที่", "ได้", "มี", "เป็น", "จังหวัด", "อำเภอ", "ตำบล", "จ.", "อ.",
    "ต.", "หมู่", "เพื่อ", "โดย", "กับ", "จาก", "ว่า", "ซึ่ง", "เมื่อ", "ให้", "จะ", "ถึง", "พร้อม",
    "ร่วม", "จำนวน", "รวม", "กล่าว", "นาย", "เฉพาะ", "ยกเว้น", "คือ", "ดังนี้", "หัวหน้า", "ปลัด", "ท้องถิ่น",
    "เข้า", "ด้วย", "แล้ว", "ยัง", "ไป", "มา", "ผู้", "การ", "เขต", "แขวง", "ประเทศ", "สามารถ",
    "จัด", "นำ", "ทั้ง", "ต่อ",
)  # fmt: skip


def is_common_word(run: str, length: int, *, more: int = 3) -> bool:
    """True when the first `length` letters of `run` are not at least `more` letters longer than a word that
    often stands behind a name: `ทุกอำเภอในจังหวัด`, `จังหวัด นายอำเภอ หัวหน้าส่วนราชการ`."""
    return any(length < len(word) + more for word in _FOLLOWERS if run.startswith(word))


def ends_well(letters: PlaceCharacters, end: int) -> bool:
    """True when a name may well end before the letter at `end`: no Thai letter, white space, or a common word."""
    text = letters.text
    return (
        end == len(text)
        or not "\u0e01" <= text[end] <= "\u0e4e"
        or letters.gaps[end] is not Gap.NONE
        or text.startswith(_FOLLOWERS, end)
    )


class _SpellingTable:
    """The spellings of one level, grouped by length for the cut of the run that each is compared with."""

    def __init__(self, entries: Iterable[tuple[str, Sequence[str]]]) -> None:
        codes: list[str] = []
        places: dict[str, list[int]] = {}
        for index, (code, spellings) in enumerate(entries):
            codes.append(code)
            for spelling in spellings:
                places.setdefault(spelling, []).append(index)
        self.codes = tuple(codes)
        by_length: dict[int, list[str]] = {}
        for spelling in places:
            by_length.setdefault(len(spelling), []).append(spelling)
        self._groups = sorted(by_length.items())
        # All spellings of one place side by side, each by its number in the groups' order.
        pairs = sorted(
            (place, number)
            for number, name in enumerate(name for _, names in self._groups for name in names)
            for place in places[name]
        )
        placed, self._spellings = np.array(pairs, dtype=np.int32).reshape(-1, 2).T
        self._places, self._starts = np.unique(placed, return_index=True)

    def distances(self, run: str) -> NDArray[np.int8]:
        nearest = np.full(sum(len(names) for _, names in self._groups), _FAR, dtype=np.int8)
        start = 0
        for length, names in self._groups:
            if length > len(run) + 4:
                break
            cuts = list(
                {run[: length + shift] for shift in (-1, 0, 1, 2)}
                | ({run} if len(run) < length + 4 else set())
            )
            apart = process.cdist(
                cuts, names, scorer=Levenshtein.distance, dtype=np.int32, score_cutoff=_CUTOFF
            ).min(axis=0)
            nearest[start : start + len(names)] = np.where(apart <= _CUTOFF, apart, _FAR)
            start += len(names)
        result = np.full(len(self.codes), _FAR, dtype=np.int8)
        result[self._places] = np.minimum.reduceat(nearest[self._spellings], self._starts)
        return result


@lru_cache(maxsize=4)
def lookup_for(known: Resources) -> Lookup:
    """The lookup of what is known, made once."""
    return Lookup(known)
