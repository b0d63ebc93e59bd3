"""The text of a stretch of a line: what was read in its crops, with the white between the letters."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import fmean

from dictionaries import language_model
from model.box import Box
from ocr.layout.ink import PageInk
from ocr.layout.line_stretch import LineStretch
from ocr.layout.white import COLUMN_GAP, WhiteRuns, white_runs
from ocr.letters import LetterRow, ReadLetter, text_of
from ocr.line_reader.crops import LineCrop
from ocr.line_reader.decoding import Scores, decode
from ocr.line_reader.geometry import FRAME, LETTER_HEIGHT
from ocr.line_reader.language import weighed
from ocr.line_reader.slash import is_slash

PARTED = 0.35
"""In letter heights: white that parts two words where a stretch was cut because it is too long for the model."""

FEW, SURE_OF_FEW, SURE = 3, 0.6, 0.4
"""A stretch of so few letters is taken for text from the one mean confidence on, a longer one from the other: specks,
strokes of a pen and pieces of pictures are read as single letters of which the reader itself is not sure. Such ink is
not in the text, and counted as that where ink is held against letters. A number is kept: somebody looks at it."""

_LIKE_SLASH = frozenset("17/")
"""What a slash by itself is read as."""

SURE_OF_SLASH = 0.99
"""The confidence in a slash, which is told by its drawing."""


def crop_text(crop: LineCrop, scored: Scores) -> LetterRow:
    """What was read in a crop, without white space at its ends, boxes in pixels of the image that was read."""
    read = weighed(scored, decode(scored), language_model.load())
    while read and read[0].character == " ":
        read.pop(0)
    while read and read[-1].character == " ":
        read.pop()
    middles = [(character.frame + 0.5) * FRAME for character in read]
    letters: LetterRow = []
    for index, character in enumerate(read):
        first = (middles[index - 1] + middles[index]) / 2 if index else middles[index] - LETTER_HEIGHT / 2
        last = (
            (middles[index] + middles[index + 1]) / 2
            if index + 1 < len(read)
            else middles[index] + LETTER_HEIGHT / 2
        )
        box = None if character.character == " " else crop.across(max(first, 0.0), last)
        letters.append(ReadLetter(character.character, box, round(character.confidence, 4)))
    return letters


def stretch_text(parts: Sequence[LetterRow], ink: PageInk, stretch: LineStretch) -> LetterRow:
    """The letters of a stretch with the white behind them, a TAB where that is as wide as between columns."""
    if _LIKE_SLASH.issuperset(text_of([one for part in parts for one in part])) and is_slash(ink, stretch):
        return [ReadLetter("/", parts[0][0].box, SURE_OF_SLASH)] if parts and parts[0] else []
    joined: list[tuple[ReadLetter, bool]] = []  # a letter, and whether a part of the stretch ends with it
    for part in parts:
        joined += [(letter, at == len(part) - 1) for at, letter in enumerate(part)]
    white = white_runs(ink.image, stretch.baseline, int(stretch.left), int(stretch.right) + 1)
    letters = _with_gaps([letter for letter, _ in joined], white, stretch.baseline.letter)
    found: LetterRow = []
    last = _last_of_cells(letters, stretch.cells)
    for at, ((_, ends), letter) in enumerate(zip(joined, letters, strict=True)):
        gap = letter.gap or 0.0
        if letter.text == " ":
            before = found[-1].gap if found else None
            found.append(ReadLetter("\t") if (before or 0.0) >= _column(stretch) else letter)
            continue
        found.append(letter)
        if at in last or gap >= _column(stretch):
            found.append(ReadLetter("\t"))
        elif ends and gap >= PARTED * stretch.baseline.letter:
            found.append(ReadLetter(" "))
    return _single_spaced(found) if _is_text(found) else []


def _last_of_cells(letters: LetterRow, cells: Sequence[float]) -> set[int]:
    """The numbers of the letters behind which a cell ends before the columns `cells`."""
    middles = [(at, (one.box.left + one.box.right) / 2) for at, one in enumerate(letters) if one.box]
    return {
        before
        for (before, left), (_, right) in pairwise(middles)
        if any(left < cell <= right for cell in cells)
    }


def _is_text(letters: LetterRow) -> bool:
    known = [letter.confidence for letter in letters if letter.text != " " and letter.confidence is not None]
    if not known:
        return False
    few = len(known) <= FEW and not all(letter.text.isdecimal() or letter.text == " " for letter in letters)
    return fmean(known) >= (SURE_OF_FEW if few else SURE)


def _single_spaced(letters: LetterRow) -> LetterRow:
    """The letters with one sign between any two of them at most, the wider one, and none at the end."""
    found: LetterRow = []
    for letter in letters:
        if letter.text.isspace() and found and found[-1].text.isspace():
            found[-1] = max(found[-1], letter, key=lambda one: one.text == "\t")
        else:
            found.append(letter)
    while found and found[-1].text.isspace():
        found.pop()
    return found


def _column(stretch: LineStretch) -> float:
    return COLUMN_GAP * stretch.baseline.letter


def _with_gaps(letters: Sequence[ReadLetter], white: WhiteRuns, letter_height: float) -> LetterRow:
    """The letters with the white to the next letter; none before a mark, which stands on its letter."""
    printed = [at for at, letter in enumerate(letters) if letter.box is not None]
    found = list(letters)
    ends, begins, measured = [], [], []
    base: Box | None = None
    for at, after in pairwise(printed):
        box, following = letters[at].box, letters[after].box
        if base is None or unicodedata.category(letters[at].text) != "Mn":
            base = box
        if unicodedata.category(letters[after].text) == "Mn":
            found[at] = replace(letters[at], gap=0.0)
        elif base is not None and following is not None:
            ends.append(float(base.right))
            begins.append(float(following.left))
            measured.append(at)
    for at, gap in zip(measured, white.widest(ends, begins, letter_height) if ends else [], strict=True):
        found[at] = replace(found[at], gap=gap)
    return found
