"""Cells of tables whose column heads say what stands in them: จังหวัด, อำเภอ, ตำบล.

A head line is one whose cells are such words; the rows are the lines below with as many cells, up to the
first line that has another number of Thai words than the head allows. Cells are parted by tabs or two
spaces, or, where the head has neither, by single spaces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

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
_FEWEST_PLACES = 2
"""So many cells of a table that began on an earlier page are places."""
_ROWS_WITHOUT_CELLS = 2
"""So many lines in a row that do not fit the head end a table; fewer are running heads and wrapped cells."""


@dataclass(frozen=True, slots=True)
class _Cell:
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class OpenTable:
    """A table that may go on behind the end of a text: what stands in its columns, whether its cells are parted by wide
    white or tabs, and the slots of its last row that other rows may stand under."""

    columns: tuple[Level | None, ...]
    wide: bool
    larger: tuple[Slot, ...] = ()


@dataclass(frozen=True, slots=True)
class _RowOfPlaces:
    """The cells of places of a row; `carried` where the table's head stands on an earlier page."""

    cells: dict[Level, _Cell]
    carried: bool


def _cells(source: str, start: int, end: int, separator: re.Pattern[str]) -> list[_Cell]:
    cells, at = [], start
    for match in separator.finditer(source, start, end):
        cells.append(_Cell(at, match.start(), source[at : match.start()]))
        at = match.end()
    cells.append(_Cell(at, end, source[at:end]))
    return cells


class Tables(NamedTuple):
    """The slots of all cells that stand under a head for a level, each linked to the larger place of its row; the table
    that is open at the end; and from where to where the heads stand in the source."""

    slots: list[Slot]
    open: OpenTable | None
    heads: list[tuple[int, int]]


def table_slots(letters: PlaceCharacters, lookup: Lookup, begun: OpenTable | None = None) -> Tables:
    """The tables of a text whose column heads say what stands in them.

    `begun` is a table of the page before. Its rows count as such where half of the cells in the column of its largest
    places, and two at least, are names of such places.
    """
    source = letters.source
    if begun is None and not any(word in source for word in ("จังหวัด", "อำเภอ", "ตำบล", "เขต", "แขวง")):
        return Tables([], None, [])
    found: dict[bool, dict[int, Slot]] = {True: {}, False: {}}
    table = _TableReader(source, begun)
    last: dict[Level, Slot] = {}
    for row in table.rows():
        last = _row_slots(letters, row.cells, lookup, found[row.carried])
    carried = list(found[True].values())
    if not _are_places(carried):
        carried = []
    slots = [*carried, *found[False].values()]
    if table.open is None or (table.carried and not carried):
        return Tables(slots, None, table.heads)
    smallest = max(level for level in table.open.columns if level is not None)
    larger = tuple(slot for level, slot in last.items() if level < smallest)
    return Tables(slots, replace(table.open, larger=larger), table.heads)


def _are_places(slots: Sequence[Slot]) -> bool:
    largest = min((slot.level for slot in slots), default=None)
    cells = [slot for slot in slots if slot.level is largest]
    sound = sum(slot.sound for slot in cells)
    return sound >= _FEWEST_PLACES and 2 * sound >= len(cells)


class _TableReader:
    """Goes through the lines of a text. Behind the last row `open` is the table that may go on, `carried` whether it
    began on an earlier page, and `heads` has where the heads stand."""

    def __init__(self, source: str, begun: OpenTable | None) -> None:
        self._source = source
        self.open = begun
        self.carried = begun is not None
        self.heads: list[tuple[int, int]] = []

    def rows(self) -> Iterator[_RowOfPlaces]:
        """The rows of all tables."""
        misses = 0
        above: dict[Level, _Cell] = {}
        for line in _LINE.finditer(self._source):
            start, end = line.span()
            head = _head(self._source, start, end)
            if head is not None:
                self.open, self.carried, misses, above = head, False, 0, {}
                self.heads.append((start, end))
                continue
            if self.open is None:
                continue
            cells = _cells(self._source, start, end, _WIDE if self.open.wide else _ANY)
            if len(cells) != len(self.open.columns):
                misses += 1
                if misses > _ROWS_WITHOUT_CELLS or line.group() == "\f":
                    self.open = None
                continue
            misses = 0
            row = {
                level: cell
                for level, cell in zip(self.open.columns, cells, strict=True)
                if level is not None and _THAI.search(cell.text)
            }
            above = {
                level: cell for level, cell in above.items() if all(level < other for other in row)
            } | row
            yield _RowOfPlaces(above, self.carried)


def _head(source: str, start: int, end: int) -> OpenTable | None:
    """The table whose head a line is: with at least one column of places, and another one."""
    line = source[start:end].strip()
    wide = _WIDE.search(line) is not None
    cells = [canonical(cell.text) for cell in _cells(source, start, end, _WIDE if wide else _ANY)]
    columns = tuple(_HEADS.get(cell) for cell in cells)
    levels = [level for level in columns if level is not None]
    if not levels or len(cells) < 2 or len(set(levels)) != len(levels):
        return None
    return OpenTable(columns, wide)


def _row_slots(
    letters: PlaceCharacters, row: dict[Level, _Cell], lookup: Lookup, known: dict[int, Slot]
) -> dict[Level, Slot]:
    """The slots of a row, which `known` then has, too; a cell that counts for several rows has one slot."""
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
    return slots
