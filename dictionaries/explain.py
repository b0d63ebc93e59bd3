"""Says why a word is or is not known: what `chamra dictionaries explain WORD` prints."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dictionaries.gazetteer import Gazetteer, Level, load_gazetteer
from dictionaries.spelling import canonical, latin_key, skeleton

_LEVELS = {Level.PROVINCE: "province", Level.DISTRICT: "district", Level.SUBDISTRICT: "subdistrict"}


@dataclass(frozen=True, slots=True)
class DictionaryEntry:
    """One thing that is known of a word: `kind` (province, former district, local body, skeleton, ...), the
    full name it stands for, its code where it has one, and where the fact lies."""

    kind: str
    name: str
    code: str
    source: str


def explain(word: str, gazetteer: Gazetteer | None = None) -> tuple[DictionaryEntry, ...]:
    """Everything the dictionaries know of a word; empty when it is unknown. Spelling is compared in canonical
    form, so spurious spaces and the order of marks do not matter."""
    return tuple(_entries(word, load_gazetteer() if gazetteer is None else gazetteer))


def _entries(word: str, gazetteer: Gazetteer) -> Iterator[DictionaryEntry]:
    key = canonical(word)
    for level, kind in _LEVELS.items():
        for code in gazetteer.accepted[level].get(key, ()):
            area = gazetteer.area(code)
            official = area is not None and canonical(area.name) == key
            source = "areas.tsv" if official else "names.tsv"
            yield DictionaryEntry(
                kind if official else f"accepted form of a {kind}", gazetteer.full_name(code), code, source
            )
        for code in gazetteer.former[level].get(key, ()):
            yield DictionaryEntry(
                f"former name of a {kind}", gazetteer.full_name(code) or code, code, "names.tsv"
            )
        for gone in gazetteer.abolished_named.get((level, key), ()):
            now = ", ".join(gazetteer.full_name(code) for code in gone.successors)
            yield DictionaryEntry(
                f"abolished {kind}",
                f"{gone.name} (until {gone.on}){' now ' + now if now else ''}",
                gone.code,
                "abolished.tsv",
            )
        for code in gazetteer.english[level].get(latin_key(word), ()) if latin_key(word) else ():
            yield DictionaryEntry(f"English name of a {kind}", gazetteer.full_name(code), code, "areas.tsv")
    for other in gazetteer.other_names:
        if other.kind in {"letters", "misspelt"} and canonical(other.name) == key:
            kind = "abbreviation" if other.kind == "letters" else "known misspelling"
            yield DictionaryEntry(kind, gazetteer.full_name(other.code), other.code, "names.tsv")
    for body in gazetteer.bodies_named.get(key, ()):
        yield DictionaryEntry(
            "local body", f"{body.title} {gazetteer.full_name(body.parent)}", "", "bodies.tsv"
        )
    for body in gazetteer.bodies_once_named.get(key, ()):
        yield DictionaryEntry(
            "former name of a local body",
            f"{body.title} {gazetteer.full_name(body.parent)}",
            "",
            "bodies.tsv",
        )
    alike = gazetteer.province_skeletons.get(skeleton(word))
    if alike and not gazetteer.named(Level.PROVINCE, key):
        yield DictionaryEntry(
            "same letters as a province, other marks", gazetteer.full_name(alike), alike, "areas.tsv"
        )
