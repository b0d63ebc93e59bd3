"""How much of the tables and forms of real pages is read, and how much of it in its place.

    .venv/bin/python -m benchmarks.tables --data DIR [--sets wild budget-auto] [--pages NAME...] [--json FILE]

For each page, white space left out, sara am composed, leaders, check boxes and unknown glyphs left out of both sides:
- miss: share of the letters of each cell of the truth that are found nowhere in the reading (infix edit distance), so
  that neither the order of cells nor what is invented counts;
- cells: share of the cells of the truth's rows with two cells and more that stand in a line of the reading at their
  place among its cells and say the same;
- rows: share of those rows that are whole.
"""

from __future__ import annotations

import argparse
import csv
import itertools
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table

from benchmarks.common import machine, sets_of
from benchmarks.judge import FORMS
from benchmarks.reading_runs import TimedReadings

FORM = FORMS["composed_without_space"]

DEFAULT_SETS = ("wild", "budget-auto")

CELLS = Path(__file__).parent / "table_cells.csv"
"""How many words each cell has in lines whose truth parts cells by spaces, by eye: page, line from 1, words."""

_LEFT_OUT = re.compile(r"[._\-·…]{4,}|…+|[\ue000-\uf8ff☐☑☒■\ufffd]")


@dataclass(frozen=True, slots=True)
class TableCount:
    """Letters of the truth and those missing; cells and rows of its tables and those that are right."""

    letters: int = 0
    missing: int = 0
    cells: int = 0
    right_cells: int = 0
    rows: int = 0
    whole_rows: int = 0

    def __add__(self, other: TableCount) -> TableCount:
        return TableCount(
            self.letters + other.letters,
            self.missing + other.missing,
            self.cells + other.cells,
            self.right_cells + other.right_cells,
            self.rows + other.rows,
            self.whole_rows + other.whole_rows,
        )

    def figures(self) -> dict[str, float | int | None]:
        """The shares, None where there is nothing to count."""
        return {
            "letters": self.letters,
            "miss": self.missing / self.letters if self.letters else None,
            "rows": self.rows,
            "cells_right": self.right_cells / self.cells if self.cells else None,
            "rows_whole": self.whole_rows / self.rows if self.rows else None,
        }


def with_cells(page: str, truth: str) -> str:
    """The truth of a page with a TAB between the cells of each line whose cells are known.

    Raises:
        ValueError: such a line has other words than its cells.
    """
    lines = truth.split("\n")
    with CELLS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["page"] != page:
                continue
            at, lengths = int(row["line"]) - 1, [int(length) for length in row["words"].split()]
            words = lines[at].split()
            if len(words) != sum(lengths):
                raise ValueError(f"{CELLS.name}: {page} has {len(words)} words in line {at + 1}")
            ends = itertools.accumulate(lengths)
            lines[at] = "\t".join(
                " ".join(words[end - n : end]) for end, n in zip(ends, lengths, strict=True)
            )
    return "\n".join(lines)


def count(text: str, truth: str) -> TableCount:
    """Hold a page's text, TABs between cells, against its truth."""
    whole = _form(text)
    pieces = [_form(cell) for line in truth.split("\n") for cell in line.split("\t")]
    missing = sum(infix_distance(piece, whole) for piece in pieces)
    wanted = [row for row in _rows(truth) if len(row) > 1]
    right = matched_cells(wanted, _rows(text))
    return TableCount(
        sum(map(len, pieces)),
        missing,
        sum(map(len, wanted)),
        sum(right),
        len(wanted),
        sum(found == len(row) for found, row in zip(right, wanted, strict=True)),
    )


def infix_distance(piece: str, text: str) -> int:
    """The fewest edits that make the piece of some stretch of the text; its length at most."""
    if not piece:
        return 0
    letters = np.frombuffer(text.encode("utf-32-le"), np.uint32)
    places = np.arange(len(letters) + 1)
    row = np.zeros(len(letters) + 1, np.int64)
    for number, letter in enumerate(piece, 1):
        best = np.empty_like(row)
        best[0] = number
        best[1:] = np.minimum(row[1:] + 1, row[:-1] + (letters != ord(letter)))
        row = np.minimum.accumulate(best - places) + places
    return int(min(row.min(), len(piece)))


def matched_cells(wanted: Sequence[Sequence[str]], found: Sequence[Sequence[str]]) -> list[int]:
    """How many cells of each wanted row stand at their place in a row of those found, the rows taken in order so that
    most cells are right."""
    same = np.array(
        [[sum(a == b for a, b in zip(row, other, strict=False)) for other in found] for row in wanted],
        np.int64,
    ).reshape(len(wanted), len(found))
    best = np.zeros((len(wanted) + 1, len(found) + 1), np.int64)
    for i in range(len(wanted)):
        for j in range(len(found)):
            best[i + 1, j + 1] = max(best[i, j] + same[i, j], best[i, j + 1], best[i + 1, j])
    right = [0] * len(wanted)
    i, j = len(wanted), len(found)
    while i and j:
        if best[i, j] == best[i - 1, j]:
            i -= 1
        elif best[i, j] == best[i, j - 1]:
            j -= 1
        else:
            right[i - 1] = int(same[i - 1, j - 1])
            i, j = i - 1, j - 1
    return right


def _rows(text: str) -> list[list[str]]:
    rows = ([_form(cell) for cell in line.split("\t")] for line in text.split("\n"))
    return [[cell for cell in row if cell] for row in rows if any(row)]


def _form(text: str) -> str:
    return FORM(_LEFT_OUT.sub("", text))


def measure(data: Path, cache: Path, sets: Sequence[str], pages: Sequence[str]) -> dict[str, Any]:
    """The figures of each page and each set."""
    readings = TimedReadings(cache)
    found: dict[str, Any] = {}
    for group in sets_of(data, sets):
        chosen = type(group)(
            group.name,
            tuple(case for case in group.cases if not pages or case.name in pages),
            group.about,
            group.reader,
        )
        total = TableCount()
        by_page: dict[str, Any] = {}
        for case, read in zip(chosen.cases, readings.of(chosen), strict=True):
            counted = count(read.page.reading.text, with_cells(case.name, case.truth_text))
            by_page[case.name] = counted.figures()
            total += counted
        found[group.name] = {"pages": by_page, "all": total.figures()}
    return found


def main() -> None:
    """Print the figures, and write them where `--json` says."""
    parser = argparse.ArgumentParser(description="How much of tables and forms is read, and in its place.")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--sets", nargs="*", default=list(DEFAULT_SETS))
    parser.add_argument("--pages", nargs="*", default=[])
    parser.add_argument("--cache", type=Path, default=Path(".benchmarks/tables"))
    parser.add_argument("--json", type=Path)
    chosen = parser.parse_args()
    found = measure(chosen.data, chosen.cache, chosen.sets, chosen.pages)
    if chosen.json:
        chosen.json.write_text(
            json.dumps({"machine": machine(), "sets": found}, ensure_ascii=False, indent=1)
        )
    for name, group in found.items():
        shown = Table(title=name, title_justify="left")
        for column in ("page", "letters", "miss %", "rows", "cells right %", "rows whole %"):
            shown.add_column(column, justify="left" if column == "page" else "right")
        for page, figures in (*group["pages"].items(), ("all", group["all"])):
            shown.add_row(page, *(_shown(key, value) for key, value in figures.items()))
        Console().print(shown)


def _shown(key: str, value: float | None) -> str:
    if value is None:
        return "–"
    return str(value) if key in ("letters", "rows") else f"{100 * value:.1f}"


if __name__ == "__main__":
    main()
