"""Raised numbers: a note's number or an exponent is found as a line of its own above the line that it belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from model.thai import THAI_DIGITS
from ocr.layout.ink import PageInk
from ocr.layout.line_stretch import LineStretch
from ocr.letters import RAISED_FORMS, LetterRow, ReadLetter

FEW = 3
"""Digits of a raised number, at most."""

HIGHER = (0.25, 1.4)
"""In letter heights of the line: how much higher than its letters a raised number stands."""

TOP = 1.1
"""In letter heights over the baseline: where its top is, at least. A mark is lower or nearer to its letter."""

LOW = 1.2
"""In letter heights of the line: how high a raised digit is, at most. One of the line is higher, or stands on it."""

DIGIT = 1.35
"""How many times higher than a consonant a digit is."""

BESIDE = (2.0, 1.0)
"""In letter heights: how far before the line's beginning and behind its end a raised number may stand."""


def raised_hosts(ink: PageInk, rows: Sequence[Sequence[LineStretch]]) -> dict[int, int]:
    """For each line that is nothing but raised numbers the line that they belong to, by their indices."""
    found: dict[int, int] = {}
    for at, row in enumerate(rows):
        if not row or any(len(one.letters) > FEW for one in row):
            continue
        hosts = [
            other
            for other in range(at + 1, min(at + 3, len(rows)))
            if all(_stands_on(ink, one, rows[other]) for one in row)
        ]
        if hosts and hosts[0] not in found:
            found[at] = hosts[0]
    return found


def as_digits(ink: PageInk, row: Sequence[LineStretch]) -> tuple[LineStretch, ...]:
    """Raised stretches with the letter height that belongs to digits as high as theirs."""
    return tuple(
        replace(
            one,
            baseline=replace(one.baseline, letter=float(np.median(ink.high[one.letters])) / DIGIT),
        )
        for one in row
    )


def _stands_on(ink: PageInk, sign: LineStretch, row: Sequence[LineStretch]) -> bool:
    """True when a sign stands raised over some stretch of a line."""
    x = (sign.left + sign.right) / 2
    top = float(ink.top[sign.letters].min())
    high = float(np.median(ink.high[sign.letters]))
    for host in row:
        letter, base = host.baseline.letter, host.baseline.at(x)
        over = HIGHER[0] * letter <= base - sign.baseline.at(x) <= HIGHER[1] * letter
        within = host.left - BESIDE[0] * letter <= x <= host.right + BESIDE[1] * letter
        if len(host.letters) > 0 and over and within and base - top >= TOP * letter and high <= LOW * letter:
            return True
    return False


def with_raised(letters: LetterRow, raised: LetterRow) -> LetterRow:
    """A line's letters with a raised number in its place, its digits as raised digits."""
    boxed = [letter.box for letter in raised if letter.box is not None]
    if not boxed:
        return letters
    x = (boxed[0].left + boxed[-1].right) / 2
    before = [
        at
        for at, letter in enumerate(letters)
        if letter.box is not None and (letter.box.left + letter.box.right) / 2 < x
    ]
    place = before[-1] + 1 if before else 0
    signs = [replace(letter, text=letter.text.translate(RAISED_FORMS)) for letter in raised]
    if place and signs[0].text in THAI_DIGITS:
        signs.insert(0, ReadLetter(" "))  # they have no raised forms
    if not place and letters:
        signs.append(ReadLetter(" "))  # the number of a note before its text
    return [*letters[:place], *signs, *letters[place:]]
