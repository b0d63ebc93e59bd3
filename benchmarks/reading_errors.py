"""What goes wrong in a reading: errors by kind of letter, lines that are not where they stand, who was asked."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable

from rapidfuzz.distance import Levenshtein

from model.page import Page

KINDS = ("marks", "consonants", "vowels", "Thai digits", "Arabic digits", "Latin", "signs")
"""Kinds of letters; what is invented counts as an error of what was read, everything else of what is printed."""

PIECE = 8
"""Letters that stand twice in a reading and once on the paper have come from another line."""

Form = Callable[[str], str]


def kind_of(letter: str) -> str:
    """The kind of one letter without white space."""
    if unicodedata.category(letter) == "Mn" or letter == "ำ":
        return "marks"
    if "ก" <= letter <= "ฮ":
        return "consonants"
    if "ะ" <= letter <= "ๅ":
        return "vowels"
    if "๐" <= letter <= "๙":
        return "Thai digits"
    if letter.isdecimal():
        return "Arabic digits"
    return "Latin" if letter.isascii() and letter.isalpha() else "signs"


def errors_by_kind(read: str, printed: str) -> Counter[str]:
    """Errors of a reading by kind of letter, and how many of all of them are `lost` and `invented` letters.

    Both texts are in the form in which they are compared.
    """
    found: Counter[str] = Counter()
    for op in Levenshtein.editops(printed, read):
        invented = op.tag == "insert"
        found[kind_of(read[op.dest_pos] if invented else printed[op.src_pos])] += 1
        if op.tag == "delete":
            found["lost"] += 1
        elif invented:
            found["invented"] += 1
    return found


def moved_lines(read: str, printed: str, form: Form) -> int:
    """Lines of a reading with words of another line: letters that the reading has more often than the page."""
    on_page, in_reading = _pieces(printed, form), _pieces(read, form)
    often = {piece for piece, count in in_reading.items() if 0 < on_page[piece] < count}
    return sum(bool(often.intersection(_pieces(line, form))) for line in read.split("\n")) // 2


def _pieces(text: str, form: Form) -> Counter[str]:
    return Counter(
        line[at : at + PIECE]
        for line in map(form, text.split("\n"))
        for at in range(max(0, len(line) - PIECE + 1))
    )


def lines_by_tesseract(page: Page) -> tuple[int, int]:
    """How many lines of a page Tesseract has read, and how many there are."""
    lines = len(page.reading.lines)
    if page.reading.reader.name == "tesseract":
        return lines, lines
    asked = [one for one in page.readings if one.reader.name == "tesseract"]
    return sum(line.span.end > line.span.start for one in asked[:1] for line in one.lines), lines
