"""Cells of tables whose column heads say what stands in them: จังหวัด, อำเภอ, ตำบล.

A head line is one whose cells are such words; the rows are the lines below with as many cells, up to the
first line that has another number of Thai words than the head allows. Cells are parted by tabs or two
spaces, or, where the head has neither, by single spaces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from correction.places.letters import PlaceCharacters
from correction.places.lookup import Lookup
from correction.places.slots import Slot, make_slot
from dictionaries.gazetteer import Level
from dictionaries.spelling import canonical

_HEADS = {
    "จังหวัด": Level.PROVINCE,
    "ชื่อจังหวัด": Level.PROVINCE,
    "อำเภอ": Level.DISTRICT,
    "เขต": Level.DISTRICT,
    "อำเภอ/เขต": Level.DISTRICT,
    "ชื่ออำเภอ": Level.DISTRICT,
    "ตำบล": Level.SUBDISTRICT,
    "แขวง": Level.SUBDISTRICT,
    "ตำบล/แขวง": Level.SUBDISTRICT,
    "ชื่อตำบล": Level.SUBDISTRICT,
}
_WIDE = re.compile(r"\t| {2,}")
_ANY = re.compile(r"\s+")
_LINE = re.compile(r"[^\n\f]+|\f")
_THAI = re.compile("[\u0e01-\u0e4e]")
_ROWS_WITHOUT_CELLS = 2
"""So many lines in a row that do not fit the head end a table; fewer are running heads and wrapped cells."""


@dataclass(frozen=True, slots=True)
class _Cell:
    start: int
    end: int
    text: str


def _cells(source: str, start: int, end: int, separator: re.Pattern[str]) -> list[_Cell]:
    cells, at = [], start
    for match in separator.finditer(source, start, end):
        cells.append(_Cell(at, match.start(), source[at : match.start()]))
        at = match.end()
    cells.append(_Cell(at, end, source[at:end]))
    return cells


def table_slots(letters: PlaceCharacters, lookup: Lookup) -> list[Slot]:
    """The slots of all cells that stand under a head for a level, each linked to the larger place of its row."""
    source = letters.source
    if not any(word in source for word in ("จังหวัด", "อำเภอ", "ตำบล", "เขต", "แขวง")):
        return []
    known: dict[int, Slot] = {}
    for row in _rows(source):
        _row_slots(letters, row, lookup, known)
    return list(known.values())


def _rows(source: str) -> Iterator[dict[Level, _Cell]]:
    head: dict[int, Level] = {}
    size, misses, separator = 0, 0, _WIDE
    above: dict[Level, _Cell] = {}
    for line in _LINE.finditer(source):
        start, end = line.span()
        found = _head(source, start, end)
        if found is not None:
            (head, size, separator), misses, above = found, 0, {}
            continue
        if not head:
            continue
        cells = _cells(source, start, end, separator)
        if len(cells) != size:
            misses += 1
            if misses > _ROWS_WITHOUT_CELLS or line.group() == "\f":
                head = {}
            continue
        misses = 0
        row = {level: cells[column] for column, level in head.items() if _THAI.search(cells[column].text)}
        above = {level: cell for level, cell in above.items() if all(level < other for other in row)} | row
        yield above


def _head(source: str, start: int, end: int) -> tuple[dict[int, Level], int, re.Pattern[str]] | None:
    """Which columns hold places, when the line is the head of a table with at least one and another column."""
    line = source[start:end].strip()
    separator = _WIDE if _WIDE.search(line) else _ANY
    cells = [canonical(cell.text) for cell in _cells(source, start, end, separator)]
    head = {column: _HEADS[cell] for column, cell in enumerate(cells) if cell in _HEADS}
    if not head or len(cells) < 2 or len(set(head.values())) != len(head):
        return None
    return head, len(cells), separator


def _row_slots(
    letters: PlaceCharacters, row: dict[Level, _Cell], lookup: Lookup, known: dict[int, Slot]
) -> None:
    """Add the slots of a row to `known`; a cell that counts for several rows has one slot."""
    slots: dict[Level, Slot] = {}
    for level in sorted(row):
        cell = row[level]
        start, limit = letters.at(cell.start), letters.at(cell.end)
        while start < limit and not "\u0e01" <= letters.text[start] <= "\u0e4e":
            start += 1
        slot = known.get(start)
        if slot is None and limit - start > 1:
            slot = make_slot(
                None,
                level,
                letters,
                start,
                limit,
                lookup.exact_at(level, letters, start, limit),
                lookup.confusions,
            )
            slot.cell = True
            larger = [slots[other] for other in slots if other < level]
            slot.up = larger[-1] if larger else None
            known[start] = slot
        if slot is not None:
            slots[level] = slot
