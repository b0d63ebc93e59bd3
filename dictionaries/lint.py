"""Says what is wrong with our own dictionaries: they are product, and checked like code.

Each complaint names the file and the line, so that it can be mended without reading this module.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from dictionaries.gazetteer import DATA, BodyClass
from dictionaries.spelling import canonical, latin_key, skeleton, sound
from model.thai import MARKS

_COLUMNS = {
    "areas.tsv": ("code", "name", "english", "postcodes"),
    "names.tsv": ("code", "kind", "name", "until"),
    "abolished.tsv": ("code", "name", "english", "abolished", "successors", "basis"),
    "created.tsv": ("code", "since", "basis"),
    "bodies.tsv": ("name", "class", "parent", "areas", "since", "class_2017", "former"),
}
_KINDS = {"variant", "short", "letters", "english", "former", "misspelt"}
_CODE = re.compile(r"\d\d(\d\d){0,2}")
_DATE = re.compile(r"\d{4}(-\d\d-\d\d)?")
_DOUBLED_MARK = re.compile(f"([{MARKS}])\\1")
_THAI_NAME = re.compile(r"[\u0e01-\u0e4e]+([-.]?[\u0e01-\u0e4e0-9]+)*\.?")


class Complaint(NamedTuple):
    """A mistake in a dictionary: the file, the line (from 1), and what is wrong."""

    path: Path
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path.name}:{self.line}: {self.message}"


class _Table:
    """One file, split into fields, with its complaints about form."""

    def __init__(self, folder: Path, name: str) -> None:
        self.path = folder / name
        self.rows: list[tuple[int, list[str]]] = []
        self.complaints: list[Complaint] = []
        columns = _COLUMNS[name]
        try:
            text = self.path.read_bytes().decode("utf-8")
        except FileNotFoundError:
            self.say(1, "the file is missing")
            return
        except UnicodeDecodeError as error:
            self.say(1, f"not UTF-8 at byte {error.start}")
            return
        if not text.endswith("\n") or "\r" in text:
            self.say(1, "lines must end with a newline, without carriage returns")
        lines = text.rstrip("\n").split("\n")
        if tuple(lines[0].split("\t")) != columns:
            self.say(1, f"the columns must be {', '.join(columns)}")
            return
        for number, line in enumerate(lines[1:], start=2):
            fields = line.split("\t")
            if len(fields) != len(columns):
                self.say(number, f"{len(fields)} fields instead of {len(columns)}")
            elif any(field != field.strip() for field in fields):
                self.say(number, "white space at the edge of a field")
            else:
                self.rows.append((number, fields))
        self._order()

    def say(self, line: int, message: str) -> None:
        self.complaints.append(Complaint(self.path, line, message))

    def _order(self) -> None:
        for (_, before), (number, row) in zip(self.rows, self.rows[1:], strict=False):
            if row == before:
                self.say(number, "the same row twice")
            elif row < before:
                self.say(number, "not in order: sort the rows by their fields")


def lint(folder: Path = DATA) -> list[Complaint]:
    """All complaints about the tables of a folder, in order of file and line; empty when they are sound."""
    tables = {name: _Table(folder, name) for name in _COLUMNS}
    areas = {row[0] for _, row in tables["areas.tsv"].rows}
    gone = {row[0] for _, row in tables["abolished.tsv"].rows}
    complaints = [complaint for table in tables.values() for complaint in table.complaints]
    complaints += _areas(tables["areas.tsv"], areas)
    complaints += _names(tables["names.tsv"], tables["areas.tsv"], areas | gone)
    complaints += _abolished(tables["abolished.tsv"], areas, areas | gone)
    complaints += _created(tables["created.tsv"], areas)
    complaints += _bodies(tables["bodies.tsv"], areas)
    return sorted(complaints, key=lambda c: (c.path.name, c.line, c.message))


def _name_slips(name: str) -> Iterator[str]:
    if canonical(name) != name.replace("-", ""):
        yield f"{name!r} is not in canonical spelling (white space, mark order, sara am)"
    elif _DOUBLED_MARK.search(name):
        yield f"{name!r} has a mark twice"
    elif not _THAI_NAME.fullmatch(name):
        yield f"{name!r} is not a Thai name"


def _areas(table: _Table, codes: set[str]) -> Iterator[Complaint]:
    seen: dict[tuple[str, str], int] = {}
    skeletons: dict[str, str] = {}
    sounds: dict[str, str] = {}
    previous = ""
    for number, (code, name, english, postcodes) in table.rows:
        where = (table.path, number)
        if not _CODE.fullmatch(code):
            yield Complaint(*where, f"{code!r} is not a code of two, four or six digits")
        elif len(code) > 2 and code[:-2] not in codes:
            yield Complaint(*where, f"the parent {code[:-2]} of {code} does not exist")
        if code == previous:
            yield Complaint(*where, f"the code {code} is used twice")
        previous = code
        yield from (Complaint(*where, slip) for slip in _name_slips(name))
        if not latin_key(english):
            yield Complaint(*where, "no English name")
        key = (code[:-2], canonical(name))
        if key in seen and len(code) > 2:
            yield Complaint(*where, f"{name} stands on line {seen[key]} already, within the same parent")
        seen[key] = number
        if len(code) == 2:
            other = skeletons.setdefault(skeleton(name), code)
            if other != code:
                yield Complaint(
                    *where, f"{name} and province {other} share a skeleton: exact repair would be a guess"
                )
            other = sounds.setdefault(sound(name), code)
            if other != code:
                yield Complaint(
                    *where, f"{name} and province {other} sound alike: exact repair would be a guess"
                )
        if len(code) == 6 and not postcodes:
            yield Complaint(*where, "a subdistrict without a postcode")
        if any(not re.fullmatch(r"\d{5}", postcode) for postcode in postcodes.split()):
            yield Complaint(*where, f"not postcodes: {postcodes}")


def _names(table: _Table, areas: _Table, codes: set[str]) -> Iterator[Complaint]:
    official = {(row[0], canonical(row[1])) for _, row in areas.rows}
    seen: set[tuple[str, str]] = set()
    for number, (code, kind, name, until) in table.rows:
        where = (table.path, number)
        if code not in codes:
            yield Complaint(*where, f"no area has the code {code}")
        if kind not in _KINDS:
            yield Complaint(*where, f"{kind!r} is not one of {', '.join(sorted(_KINDS))}")
        if until and not _DATE.fullmatch(until):
            yield Complaint(*where, f"{until!r} is not a date")
        if kind == "english":
            continue
        yield from (Complaint(*where, slip) for slip in _name_slips(name))
        key = (code, canonical(name))
        if kind != "variant" and key in official:
            yield Complaint(*where, f"{name} is the name of {code} itself")
        if key in seen:
            yield Complaint(
                *where, f"{name} differs from another name of {code} only by white space or mark order"
            )
        seen.add(key)


def _abolished(table: _Table, areas: set[str], codes: set[str]) -> Iterator[Complaint]:
    for number, (code, name, _, on, successors, basis) in table.rows:
        where = (table.path, number)
        if code in areas:
            yield Complaint(*where, f"{code} is in force")
        if len(code) > 2 and code[:-2] not in codes:
            yield Complaint(*where, f"the parent {code[:-2]} of {code} does not exist")
        yield from (Complaint(*where, slip) for slip in _name_slips(name))
        if on and not _DATE.fullmatch(on):
            yield Complaint(*where, f"{on!r} is not a date")
        if missing := [s for s in successors.split() if s not in codes]:
            yield Complaint(*where, f"successors that do not exist: {' '.join(missing)}")
        if basis not in {"", "name", "notice"}:
            yield Complaint(*where, f"{basis!r} is not a basis")


def _created(table: _Table, areas: set[str]) -> Iterator[Complaint]:
    for number, (code, since, _) in table.rows:
        if code not in areas:
            yield Complaint(table.path, number, f"no area has the code {code}")
        if not _DATE.fullmatch(since):
            yield Complaint(table.path, number, f"{since!r} is not a date")


def _bodies(table: _Table, areas: set[str]) -> Iterator[Complaint]:
    classes = {kind.value for kind in BodyClass}
    seen: set[tuple[str, str, str]] = set()
    for number, (name, kind, parent, covered, since, earlier, former) in table.rows:
        where = (table.path, number)
        yield from (
            Complaint(*where, slip)
            for each in (name, *filter(None, former.split("|")))
            for slip in _name_slips(each)
        )
        if kind not in classes or (earlier and earlier not in classes):
            yield Complaint(*where, f"{kind!r} or {earlier!r} is not a class")
        if missing := [code for code in (parent, *covered.split()) if code not in areas]:
            yield Complaint(*where, f"areas that do not exist: {' '.join(missing)}")
        if since and not _DATE.fullmatch(since):
            yield Complaint(*where, f"{since!r} is not a date")
        if (name, kind, parent) in seen:
            yield Complaint(*where, f"{kind}{name} stands there twice for {parent}")
        seen.add((name, kind, parent))
