"""How well the line reader reads real pages alone: nobody else is asked, no rule corrects.

    .venv/bin/python -m benchmarks.line_reader --data DIR [--sets gazette wild] [--json FILE]

For each set, and for each page of the set of other kinds: character error rate without white space, leaders, rules and
check boxes and with sara am composed; what the errors are; numbers that are entirely right; how far confidence can be
trusted; processor time.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from rapidfuzz.distance import Levenshtein

from benchmarks.common import PageCase, machine, run_on_sets, sets_of
from benchmarks.judge import compared
from benchmarks.second_reader import ReadCharacter, calibration_error
from model.page import Reading
from ocr.image.prepare import prepare
from ocr.line_reader.model import fingerprint
from ocr.line_reader.reader import LineReader
from ocr.source.rasterise import open_source

_NUMBER = re.compile("[๐-๙]+(?:[.,/:-][๐-๙]+)*|[0-9]+(?:[.,/:-][0-9]+)*")


@dataclass(slots=True)
class PageTally:
    """Letters of the truth, errors by kind, numbers, and the processor seconds that reading took."""

    letters: int = 0
    errors: int = 0
    seconds: float = 0.0
    pages: int = 0
    numbers: int = 0
    numbers_right: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    confidences: list[ReadCharacter] = field(default_factory=list)

    def add(self, other: PageTally) -> None:
        """Adds the figures of other pages."""
        self.letters += other.letters
        self.errors += other.errors
        self.seconds += other.seconds
        self.pages += other.pages
        self.numbers += other.numbers
        self.numbers_right += other.numbers_right
        self.kinds += other.kinds
        self.confidences += other.confidences

    def figures(self) -> dict[str, Any]:
        """Rates, for a table."""
        return {
            "pages": self.pages,
            "letters": self.letters,
            "cer": round(100 * self.errors / max(self.letters, 1), 3),
            "kinds": dict(self.kinds.most_common()),
            "numbers_right": f"{self.numbers_right}/{self.numbers}",
            "calibration_error": round(100 * calibration_error(self.confidences), 2)
            if self.confidences
            else None,
            "seconds_per_page": round(self.seconds / max(self.pages, 1), 3),
        }


def kind_of(letter: str) -> str:
    """What sort of letter: mark, consonant or vowel, Thai digit, Arabic digit, Latin or sign."""
    if unicodedata.category(letter) == "Mn" or letter == "ำ":
        return "mark"
    if "๐" <= letter <= "๙":
        return "Thai digit"
    if letter.isdecimal():
        return "Arabic digit"
    if "\u0e00" < letter < "\u0e7f":
        return "Thai letter"
    return "Latin" if letter.isalpha() else "sign"


def tally(reading: Reading, truth: str, seconds: float) -> PageTally:
    """One page's figures. A letter that was put in counts by its own kind, as invented."""
    wanted, found = compared(truth), compared(reading.text)
    made = PageTally(len(wanted), Levenshtein.distance(wanted, found), seconds, 1)
    for op in Levenshtein.editops(wanted, found):
        if op.tag == "insert":
            made.kinds[f"invented {kind_of(found[op.dest_pos])}"] += 1
        else:
            made.kinds[("lost " if op.tag == "delete" else "") + kind_of(wanted[op.src_pos])] += 1
    right, there = Counter(_NUMBER.findall(truth)), Counter(_NUMBER.findall(reading.text))
    made.numbers, made.numbers_right = right.total(), (right & there).total()
    made.confidences = list(confidences(reading, wanted))
    return made


def confidences(reading: Reading, wanted: str) -> Iterable[ReadCharacter]:
    """The letters of a reading that can be compared, each with whether it is right."""
    at = [n for n, letter in enumerate(reading.text) if compared(letter) == letter]
    read = "".join(reading.text[n] for n in at)
    right = np.zeros(len(read), bool)
    for block in Levenshtein.opcodes(read, wanted):
        if block.tag == "equal":
            right[block.src_start : block.src_end] = True
    for place, n in enumerate(at):
        confidence = reading.confidences[n]
        if confidence is not None:
            yield ReadCharacter(confidence, bool(right[place]))


def read(case: PageCase) -> PageTally:
    """Reads the page of a case with the line reader alone."""
    reader = LineReader()
    with open_source(case.file) as source:
        raster = source.page(case.number)
        prepared = prepare(raster.png)
        started = time.process_time()
        (reading,) = reader.read(source, case.number, prepared, raster.dpi)
    return tally(reading, case.truth_text, time.process_time() - started)


def measure(arguments: argparse.Namespace) -> dict[str, Any]:
    """All figures."""
    rows: dict[str, Any] = {}
    for group in sets_of(arguments.data, arguments.sets):
        total = PageTally()
        for case in group.cases:
            page = read(case)
            total.add(page)
            if group.name == "wild":
                rows[f"wild/{case.name}"] = page.figures()
        rows[group.name] = total.figures()
    return {"machine": machine(), "model": fingerprint(), "sets": rows}


def main() -> int:
    """The command line."""
    return run_on_sets(__doc__, measure)


if __name__ == "__main__":
    sys.exit(main())
