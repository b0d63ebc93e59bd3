"""Damages names as readers do, by the counts of the confusion table, and puts chains into sentences."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from dictionaries.confusions import read_confusions
from dictionaries.gazetteer import BANGKOK, Area, Gazetteer, Level
from dictionaries.spelling import canonical

_FRAMES = (
    "โครงการก่อสร้างถนน {} ระยะทาง 2 กิโลเมตร",
    "ที่ตั้ง {} ในปีงบประมาณที่ผ่านมา",
    "องค์กรที่ได้รับรางวัล ({}): มีการจัดทำแผนพัฒนา",
)
_WORDS = (("ตำบล", "อำเภอ", "จังหวัด"), ("ต.", "อ.", "จ."))


class Channel:
    """Makes one misreading after another, each as often as the table of a channel counts it."""

    def __init__(self, name: str = "ocr") -> None:
        counts = read_confusions()[name]
        seen: Counter[str] = Counter()
        self._misread: dict[str, list[tuple[str, int]]] = {}
        for (truth, read), count in counts.items():
            if truth:
                seen[truth] += count
            if truth != read and count:
                self._misread.setdefault(truth, []).append((read, count))
        self._rates = {
            letter: sum(n for _, n in self._misread.get(letter, ())) / max(total, 1)
            for letter, total in seen.items()
        }
        self._invented = sum(n for _, n in self._misread.get("", ())) / sum(seen.values())

    def misread(self, name: str, chance: random.Random) -> str:
        """The name with one letter lost, invented or taken for another."""
        rates = [self._rates.get(letter, 0.0) for letter in name]
        invented = self._invented * len(name)
        if chance.random() * (sum(rates) + invented) < invented or not any(rates):
            at = chance.randrange(1, len(name) + 1)
            return name[:at] + self._draw("", chance) + name[at:]
        at = chance.choices(range(len(name)), rates)[0]
        return name[:at] + self._draw(name[at], chance) + name[at + 1 :]

    def damage(self, name: str, errors: int, chance: random.Random) -> str:
        """The name with so many misreadings, never the name itself and never less than two letters."""
        while True:
            damaged = name
            for _ in range(errors):
                damaged = self.misread(damaged, chance)
            if damaged != name and len(damaged) > 1:
                return damaged

    def _draw(self, letter: str, chance: random.Random) -> str:
        reads, counts = zip(*self._misread[letter], strict=True)
        drawn: str = chance.choices(reads, counts)[0]
        return drawn


@dataclass(frozen=True, slots=True)
class PlaceChain:
    """A subdistrict's chain, what is left of its names, and a sentence that holds it. `excluded` when damage
    made another valid name of the same parent."""

    code: str
    names: tuple[str, str, str]
    text: str
    excluded: bool


def chains(gazetteer: Gazetteer, channel: Channel, errors: int, size: int, seed: int) -> Iterator[PlaceChain]:
    """So many chains (0 for all), each name with so many errors. Bangkok's are written with its own words."""
    chance = random.Random(seed)
    areas = list(gazetteer.at(Level.SUBDISTRICT))
    chosen = chance.sample(areas, size) if size else areas
    for area in chosen:
        parts = tuple(reversed(gazetteer.chain(area.code)))
        names = tuple(channel.damage(canonical(part.name), errors, chance) for part in parts)
        excluded = any(_is_sibling(gazetteer, part, name) for part, name in zip(parts, names, strict=True))
        words = ("แขวง", "เขต", "") if area.code.startswith(BANGKOK) else chance.choice(_WORDS)
        written = " ".join(word + name for word, name in zip(words, names, strict=True))
        yield PlaceChain(
            area.code, (names[0], names[1], names[2]), chance.choice(_FRAMES).format(written), excluded
        )


def wrong_provinces(gazetteer: Gazetteer, size: int, seed: int) -> Iterator[PlaceChain]:
    """Chains whose province is another one than the right one; Bangkok's districts are not called อำเภอ."""
    chance = random.Random(seed)
    areas = [area for area in gazetteer.at(Level.SUBDISTRICT) if not area.code.startswith(BANGKOK)]
    provinces = [area for area in gazetteer.at(Level.PROVINCE) if area.code != BANGKOK]
    for area in chance.sample(areas, size) if size else areas:
        other = chance.choice([p for p in provinces if p.code != area.code[:2]])
        _, district, subdistrict = gazetteer.chain(area.code)
        names = (subdistrict.name, district.name, other.name)
        written = " ".join(word + name for word, name in zip(chance.choice(_WORDS), names, strict=True))
        yield PlaceChain(area.code, names, chance.choice(_FRAMES).format(written), excluded=False)


def _is_sibling(gazetteer: Gazetteer, area: Area, name: str) -> bool:
    siblings = gazetteer.children(area.code[:-2]) if len(area.code) > 2 else gazetteer.at(Level.PROVINCE)
    return any(name in gazetteer.spellings[sibling.code] for sibling in siblings)
