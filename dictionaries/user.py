"""Dictionaries of the user's own: places and words in a small text file that needs no code.

    # Lines that begin with # and empty lines say nothing.
    subdistrict: ท่าใหม่ in อำเภอละงู จังหวัดสตูล
    district: เวียงใหม่ in จังหวัดเชียงราย
    body: เทศบาลตำบลท่าใหม่ in อำเภอละงู จังหวัดสตูล
    name: เมืองดอกบัว = จังหวัดอุบลราชธานี
    word: ฮีตสิบสอง

A place lies in another one, named in full from the smallest up, or by its code. `name` gives a place that
is known a further name that is right too. `word` is left alone by every rule. UTF-8; white space around the
signs does not matter. Lines that reviewers' decisions have taught (`dictionaries.learned`) may stand there too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from dictionaries.gazetteer import (
    Area,
    Body,
    BodyClass,
    Gazetteer,
    Level,
    OtherName,
    load_gazetteer,
)
from dictionaries.learned import KINDS, parse
from dictionaries.spelling import canonical
from model.errors import DictionaryError

_REMEDY = (
    "Each line is one of: subdistrict: NAME in PLACE, district: NAME in PLACE, body: NAME in PLACE, "
    "name: NAME = PLACE, word: WORD."
)
_LINE = re.compile(rf"(subdistrict|district|body|name|word|{'|'.join(KINDS)})\s*:\s*(.+)")
_LEVELS = {"subdistrict": Level.SUBDISTRICT, "district": Level.DISTRICT}
_PART = re.compile(r"(?:(จังหวัด|จ\.|อำเภอ|อ\.|เขต|ตำบล|ต\.|แขวง)\s*)?([^\s]+)\s*")
_PART_LEVELS = {
    "จังหวัด": Level.PROVINCE, "จ.": Level.PROVINCE, "อำเภอ": Level.DISTRICT, "อ.": Level.DISTRICT,
    "เขต": Level.DISTRICT, "ตำบล": Level.SUBDISTRICT, "ต.": Level.SUBDISTRICT, "แขวง": Level.SUBDISTRICT,
}  # fmt: skip
_MOST_ERRORS = 10


def user_dictionary_files(folder: Path) -> tuple[Path, ...]:
    """The dictionary files of a folder (`*.txt`), by name; none where there is no such folder."""
    return tuple(sorted(folder.glob("*.txt"))) if folder.is_dir() else ()


def gazetteer_with(files: Iterable[Path]) -> Gazetteer:
    """Our gazetteer and the user's dictionaries together.

    Raises:
        DictionaryError: a file cannot be read or has mistakes; the message names each with its line.
    """
    return _gazetteer_with(tuple((path, _text(path)) for path in files))


@lru_cache(maxsize=4)
def _gazetteer_with(files: tuple[tuple[Path, str], ...]) -> Gazetteer:
    gazetteer = load_gazetteer()
    complaints: list[str] = []
    for path, text in files:
        gazetteer = _add(gazetteer, path, text, complaints)
    if complaints:
        more = len(complaints) - _MOST_ERRORS
        listed = complaints[:_MOST_ERRORS] + ([f"and {more} more"] if more > 0 else [])
        raise DictionaryError("\n".join(listed), remedy=_REMEDY)
    return gazetteer


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise DictionaryError(
            f"{path}: cannot be read ({error.strerror}).", remedy="Check the path."
        ) from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise DictionaryError(f"{path}:{line}: not UTF-8.", remedy="Save the file as UTF-8.") from error


def _add(gazetteer: Gazetteer, path: Path, text: str, complaints: list[str]) -> Gazetteer:
    areas, names, bodies = list(gazetteer), list(gazetteer.other_names), list(gazetteer.bodies)
    words = set(gazetteer.words)
    known = gazetteer
    for number, kind, rest in _lines(path, text, complaints):
        try:
            if kind in KINDS:
                parse(kind, rest)
            elif kind == "word":
                words.add(_thai(rest))
            elif kind == "name":
                name, code = _split(known, rest, "=")
                names.append(OtherName(code, "variant", name, ""))
            elif kind == "body":
                name, code = _split(known, rest, "in")
                bodies.append(_body(name, code))
            else:
                name, code = _split(known, rest, "in")
                areas.append(_area(known, _LEVELS[kind], name, code, path))
                areas.sort()
        except ValueError as error:
            complaints.append(f"{path}:{number}: {error}")
            continue
        known = Gazetteer(
            areas,
            names,
            abolished=gazetteer.abolished,
            created=gazetteer.created,
            split=gazetteer.split,
            bodies=bodies,
            words=words,
        )
    return known


def _lines(path: Path, text: str, complaints: list[str]) -> Iterator[tuple[int, str, str]]:
    for number, line in enumerate(map(str.strip, text.splitlines()), start=1):
        if not line or line.startswith("#"):
            continue
        match = _LINE.fullmatch(line)
        if match is None:
            complaints.append(f"{path}:{number}: not understood: {line!r}")
        else:
            yield number, match.group(1), match.group(2).strip()


def _thai(name: str) -> str:
    name = name.strip()
    if not re.fullmatch(r"[\u0e01-\u0e4e]+([ .-]?[\u0e01-\u0e4e]+)*", name):
        raise ValueError(f"{name!r} is not a word in Thai script")
    return name


def _split(gazetteer: Gazetteer, rest: str, sign: str) -> tuple[str, str]:
    name, found, place = rest.partition(f" {sign} ") if sign == "in" else rest.partition(sign)
    if not found:
        raise ValueError(f"no {sign!r} and place after {rest!r}")
    return _thai(name), _code(gazetteer, place.strip())


def _code(gazetteer: Gazetteer, place: str) -> str:
    """The code of a place that is named in full, smallest first, or by its code."""
    if gazetteer.area(place) is not None:
        return place
    codes: list[str] | None = None
    for word, name in reversed(_PART.findall(place)):
        levels = [_PART_LEVELS[word]] if word else list(Level)
        found = [code for level in levels for code in gazetteer.named(level, name)]
        codes = (
            found if codes is None else [c for c in found if any(c.startswith(parent) for parent in codes)]
        )
    if not codes:
        raise ValueError(f"no place is called {place!r}")
    if len(codes) > 1:
        raise ValueError(f"{place!r} may be {' or '.join(gazetteer.full_name(code) for code in codes[:4])}")
    return codes[0]


def _area(gazetteer: Gazetteer, level: Level, name: str, parent: str, path: Path) -> Area:
    if len(parent) // 2 != level - 1:
        raise ValueError(f"a {level.name.lower()} cannot lie in {gazetteer.full_name(parent)}")
    if any(canonical(child.name) == canonical(name) for child in gazetteer.children(parent)):
        raise ValueError(f"{name} is known in {gazetteer.full_name(parent)} already")
    taken = {area.code for area in gazetteer.children(parent)}
    code = next(f"{parent}x{sign}" for sign in "123456789abcdefghijk" if f"{parent}x{sign}" not in taken)
    return Area(code, name, "", ())


def _body(title: str, code: str) -> Body:
    for kind in BodyClass:
        if kind.title and title.startswith(kind.title) and len(title) > len(kind.title):
            return Body(title.removeprefix(kind.title), kind, code[:4], (code,), "", None, ())
    raise ValueError(f"{title!r} does not begin with the class of a local body")
