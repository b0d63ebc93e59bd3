"""The places of Thailand: areas, local administrative organisations, and the names they have or had.

Areas carry the codes of the Department of Provincial Administration: two digits for a province, four
for a district, six for a subdistrict; a code begins with its parent's code. The tables lie in
`dictionaries/data` as tab-separated text, sorted; `SOURCES.md` names their sources.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import IntEnum, StrEnum
from functools import cached_property, lru_cache
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from dictionaries.spelling import canonical, latin_key, skeleton

DATA = Path(__file__).parent / "data"
"""Folder of the tables that come with the program."""

BANGKOK = "10"


class Level(IntEnum):
    """How large an area is. Twice the value is the number of digits of its code."""

    PROVINCE = 1
    DISTRICT = 2
    SUBDISTRICT = 3


class BodyClass(StrEnum):
    """The classes of local administrative organisations, by the usual abbreviation."""

    PROVINCE = "อบจ."
    CITY = "ทน."
    TOWN = "ทม."
    SUBDISTRICT_TOWN = "ทต."
    SUBDISTRICT = "อบต."
    SPECIAL = "พิเศษ"

    @property
    def title(self) -> str:  # type: ignore[override]  # the words before the name, not str.title
        """The class in full, as it stands before the name; empty for Bangkok and Pattaya."""
        return _TITLES[self]


_OLDER_SPELLINGS = (
    (re.compile("ชัย(?![\u0e30-\u0e3a\u0e45\u0e47-\u0e4e])"), "ไชย"),
    (re.compile("จระเข้"), "จรเข้"),
)
"""Words of names as they are spelt now, and as older papers spell them, both by right."""

_TITLES = {
    BodyClass.PROVINCE: "องค์การบริหารส่วนจังหวัด",
    BodyClass.CITY: "เทศบาลนคร",
    BodyClass.TOWN: "เทศบาลเมือง",
    BodyClass.SUBDISTRICT_TOWN: "เทศบาลตำบล",
    BodyClass.SUBDISTRICT: "องค์การบริหารส่วนตำบล",
    BodyClass.SPECIAL: "",
}


class Area(NamedTuple):
    """A province, district or subdistrict in force. Postcodes are those of a subdistrict, sorted."""

    code: str
    name: str
    english: str
    postcodes: tuple[str, ...] = ()

    @property
    def level(self) -> Level:
        """Which of the three levels the code belongs to."""
        return Level(len(self.code) // 2)

    @property
    def title(self) -> str:
        """The name with the word that stands before it: จังหวัด อำเภอ ตำบล, or เขต แขวง in Bangkok."""
        return level_word(self.code) + self.name


class Body(NamedTuple):
    """A local administrative organisation. `parent` is the district (or province) of its seat, `areas` the
    codes it covers in whole or part, `since` when it got its present class or name (ISO date or empty),
    `class_2017` its class in the official list of March 2017 where that was another one."""

    name: str
    kind: BodyClass
    parent: str
    areas: tuple[str, ...]
    since: str
    class_2017: BodyClass | None
    former: tuple[str, ...]

    @property
    def title(self) -> str:
        """Class and name in full."""
        return self.kind.title + self.name


class Abolished(NamedTuple):
    """An area that is no longer in force, with the codes that took its place. `basis` is "notice" where a
    notice in the Royal Gazette says so, "name" where a code was dropped and the name lives on elsewhere."""

    code: str
    name: str
    english: str
    on: str
    successors: tuple[str, ...]
    basis: str


class OtherName(NamedTuple):
    """A further name of an area: kind "variant" (accepted), "short", "letters" (two-letter abbreviation of a
    province), "english", "former" (with the day the new one came, if known), or "misspelt"."""

    code: str
    kind: str
    name: str
    until: str


def level_word(code: str) -> str:
    """The word that stands before the name of the area with this code."""
    if code.startswith(BANGKOK):
        return ("", "เขต", "แขวง")[len(code) // 2 - 1]
    return ("จังหวัด", "อำเภอ", "ตำบล")[len(code) // 2 - 1]


class Gazetteer:
    """All tables, with the indexes that matching needs. Immutable; made once by `load_gazetteer`."""

    def __init__(
        self,
        areas: Iterable[Area],
        names: Iterable[OtherName] = (),
        *,
        abolished: Iterable[Abolished] = (),
        created: Mapping[str, str] | None = None,
        split: Mapping[str, str] | None = None,
        bodies: Iterable[Body] = (),
        words: Iterable[str] = (),
    ) -> None:
        self._areas = {area.code: area for area in areas}
        self.other_names = tuple(names)
        self.abolished = tuple(abolished)
        self.created: Mapping[str, str] = created or {}
        self.split: Mapping[str, str] = split or {}
        """Younger province -> the one that it was part of until `created`."""
        self.bodies = tuple(bodies)
        self.words = frozenset(words)

    def __iter__(self) -> Iterator[Area]:
        return iter(self._areas.values())

    def __len__(self) -> int:
        return len(self._areas)

    def area(self, code: str) -> Area | None:
        """The area in force with this code."""
        return self._areas.get(code)

    def chain(self, code: str) -> tuple[Area, ...]:
        """The area and what it lies in, the province first; empty for an unknown code."""
        parts = (self._areas.get(code[:n]) for n in range(2, len(code) + 1, 2))
        return tuple(part for part in parts if part is not None)

    def titles(self, code: str) -> tuple[str, ...]:
        """The names of the chain with what they are, smallest first: `ตำบลกำแพง`, `อำเภอละงู`, `จังหวัดสตูล`."""
        return tuple(area.title or area.name for area in reversed(self.chain(code)))

    def full_name(self, code: str) -> str:
        """The chain in words, smallest first: `ตำบลกำแพง อำเภอละงู จังหวัดสตูล`."""
        return " ".join(self.titles(code))

    def children(self, code: str) -> tuple[Area, ...]:
        """What lies directly below: the districts of a province, the subdistricts of a district."""
        return self._children.get(code, ())

    def at(self, level: Level) -> tuple[Area, ...]:
        """All areas of a level, by code."""
        return self._levels[level]

    @cached_property
    def _children(self) -> dict[str, tuple[Area, ...]]:
        groups: dict[str, list[Area]] = {}
        for area in self:
            if len(area.code) > 2:
                groups.setdefault(area.code[:-2], []).append(area)
        return {code: tuple(group) for code, group in groups.items()}

    @cached_property
    def _levels(self) -> dict[Level, tuple[Area, ...]]:
        groups: dict[Level, list[Area]] = {level: [] for level in Level}
        for area in self:
            groups[Level(len(area.code) // 2)].append(area)
        return {level: tuple(group) for level, group in groups.items()}

    @cached_property
    def accepted(self) -> dict[Level, dict[str, tuple[str, ...]]]:
        """For each level, canonical spelling -> codes: names in force, accepted variants, short forms, and names in
        force as older papers spell them."""
        found = self._index({"variant", "short"}, official=True)
        for area in self:
            for now, then in _OLDER_SPELLINGS:
                older = canonical(now.sub(then, area.name))
                if older not in self.former[area.level]:
                    codes = found[area.level].get(older, ())
                    found[area.level][older] = tuple(dict.fromkeys((*codes, area.code)))
        return found

    @cached_property
    def former(self) -> dict[Level, dict[str, tuple[str, ...]]]:
        """For each level, canonical spelling -> codes of the areas that once had this name."""
        return self._index({"former"}, official=False)

    def _index(self, kinds: set[str], *, official: bool) -> dict[Level, dict[str, tuple[str, ...]]]:
        index: dict[Level, dict[str, tuple[str, ...]]] = {level: {} for level in Level}
        ours = ((area.code, area.name) for area in self) if official else ()
        others = ((other.code, other.name) for other in self.other_names if other.kind in kinds)
        for code, name in chain(ours, others):
            level = index[Level(len(code) // 2)]
            key = canonical(name)
            known = level.get(key, ())
            if code not in known:
                level[key] = (*known, code)
        return index

    def named(self, level: Level, name: str) -> tuple[str, ...]:
        """Codes of the areas of this level that may be written so."""
        return self.accepted[level].get(canonical(name), ())

    @cached_property
    def spellings(self) -> dict[str, tuple[str, ...]]:
        """Code -> the canonical spellings that are right for it, the official one first."""
        found: dict[str, list[str]] = {area.code: [canonical(area.name)] for area in self}
        for other in self.other_names:
            if other.kind == "variant" and other.code in found:
                found[other.code].append(canonical(other.name))
        return {code: tuple(dict.fromkeys(names)) for code, names in found.items()}

    @cached_property
    def misspelt(self) -> dict[str, tuple[str, ...]]:
        """Code -> spellings that have been recorded as mistakes for it, in canonical form."""
        found: dict[str, tuple[str, ...]] = {}
        for other in self.other_names:
            if other.kind == "misspelt":
                found[other.code] = (*found.get(other.code, ()), canonical(other.name))
        return found

    @cached_property
    def province_skeletons(self) -> dict[str, str]:
        """Skeleton -> code, for every province."""
        return {skeleton(area.name): area.code for area in self.at(Level.PROVINCE)}

    @cached_property
    def abolished_named(self) -> dict[tuple[Level, str], tuple[Abolished, ...]]:
        """Level and canonical name -> areas no longer in force."""
        found: dict[tuple[Level, str], tuple[Abolished, ...]] = {}
        for area in self.abolished:
            key = (Level(len(area.code) // 2), canonical(area.name))
            found[key] = (*found.get(key, ()), area)
        return found

    @cached_property
    def bodies_named(self) -> dict[str, tuple[Body, ...]]:
        """Canonical name -> bodies that have it now."""
        found: dict[str, tuple[Body, ...]] = {}
        for body in self.bodies:
            key = canonical(body.name)
            found[key] = (*found.get(key, ()), body)
        return found

    @cached_property
    def bodies_once_named(self) -> dict[str, tuple[Body, ...]]:
        """Canonical name -> bodies that had it before they were renamed."""
        found: dict[str, tuple[Body, ...]] = {}
        for body in self.bodies:
            for name in body.former:
                key = canonical(name)
                found[key] = (*found.get(key, ()), body)
        return found

    @cached_property
    def english(self) -> dict[Level, dict[str, tuple[str, ...]]]:
        """For each level, romanised name in lower case letters -> codes."""
        index: dict[Level, dict[str, tuple[str, ...]]] = {level: {} for level in Level}
        ours = ((area.code, area.english) for area in self)
        others = ((other.code, other.name) for other in self.other_names if other.kind == "english")
        for code, name in chain(ours, others):
            level = index[Level(len(code) // 2)]
            key = latin_key(name)
            known = level.get(key, ())
            if code not in known:
                level[key] = (*known, code)
        return index


def _table(path: Path) -> Iterator[list[str]]:
    lines = path.read_text(encoding="utf-8").split("\n")
    return (line.split("\t") for line in lines[1:] if line)


_FROM = "from "


@lru_cache(maxsize=1)
def load_gazetteer() -> Gazetteer:
    """The gazetteer that comes with the program, read once."""
    return read_gazetteer(DATA)


def read_gazetteer(folder: Path) -> Gazetteer:
    """Read the tables of a folder, trusting them: `dictionaries.lint` says whether they are sound."""
    classes = {kind.value: kind for kind in BodyClass}
    created = list(_table(folder / "created.tsv"))
    return Gazetteer(
        areas=[
            Area(code, name, english, tuple(postcodes.split()))
            for code, name, english, postcodes in _table(folder / "areas.tsv")
        ],
        names=[OtherName(*row) for row in _table(folder / "names.tsv")],
        abolished=[
            Abolished(code, name, english, on, tuple(successors.split()), basis)
            for code, name, english, on, successors, basis in _table(folder / "abolished.tsv")
        ],
        created={code: since for code, since, _ in created},
        split={code: basis[len(_FROM) :] for code, _, basis in created if basis.startswith(_FROM)},
        bodies=[
            Body(
                name,
                classes[kind],
                parent,
                tuple(areas.split()),
                since,
                classes.get(earlier),
                tuple(former.split("|")) if former else (),
            )
            for name, kind, parent, areas, since, earlier, former in _table(folder / "bodies.tsv")
        ],
    )
