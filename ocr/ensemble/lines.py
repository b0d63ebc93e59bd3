"""One reading's letters in the lines of another: readers do not find the same lines."""

from __future__ import annotations

from model.page import Line, Reading
from ocr.letters import LetterRow, ReadLetter, letters_of, reading_of

SHARED = 0.5
"""Of the height of the lower of two lines: how much they must have in common to be one."""


def in_lines_of(base: Reading, other: Reading) -> Reading:
    """`other` with the lines of `base`, each with the letters that stand in it on the page; empty where none do.

    Letters that stand in no line of `base` are left out. Both are readings of one page.
    """
    rows: list[LetterRow] = [[] for _ in base.lines]
    for line in other.lines:
        letters = letters_of(other, line.span)
        for at in _candidates(base, line):
            box = base.lines[at].box
            if box is None:
                continue
            inside = [
                one
                for one in letters
                if one.box and box.left <= (one.box.left + one.box.right) / 2 < box.right
            ]
            if not inside:
                continue
            first, last = letters.index(inside[0]), len(letters) - letters[::-1].index(inside[-1])
            if rows[at]:
                rows[at].append(ReadLetter(" "))
            rows[at] += letters[first:last]
            letters = letters[:first] + letters[last:]
    return reading_of(base.page, other.reader, list(zip(rows, (one.box for one in base.lines), strict=True)))


def _candidates(base: Reading, line: Line) -> list[int]:
    """The numbers of the lines of `base` at the height of a line, the nearest first."""
    if line.box is None:
        return []
    found = []
    for at, one in enumerate(base.lines):
        if one.box is None:
            continue
        common = min(one.box.bottom, line.box.bottom) - max(one.box.top, line.box.top)
        lower = max(1, min(one.box.height, line.box.height))
        if common >= SHARED * lower:
            found.append((-common / lower, at))
    return [at for _, at in sorted(found)]
