"""The lines of a page as runs of text, each run with the finding it belongs to.

A browser draws a letter and its marks as one picture, so a run never begins with a mark: the letter that
carries it goes with it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from operator import itemgetter

from model.alignment import blocks
from model.edit import Edit, Span
from model.thai import is_mark
from reports.letters import safe_text, visible
from reports.lines import Piece, Row


@dataclass(frozen=True, slots=True)
class MarkedRun:
    """A run of a line's text as it stands now, ready to be shown.

    `finding` is the id of the finding that changed it or is about it, empty for plain text; where something
    was taken away and nothing came in, `text` is empty.
    """

    text: str
    finding: str = ""


Marked = tuple[str, bool]
"""A run of text, and whether it differs."""

_Letter = tuple[str, str]
"""A letter, or nothing where something was taken away, and the id of its finding."""


def runs(row: Row, by_edit: Mapping[Edit, str], places: Sequence[tuple[Span, str]]) -> tuple[MarkedRun, ...]:
    """The row as it stands now. A decision changes one row of a page; the others are remembered.

    Args:
        row: the row, made with the edits that stand now.
        by_edit: whose edit it is.
        places: spans of the raw text that a finding is about without changing it (flags, what was
            rejected), the first one wins.
    """
    own = tuple(by_edit.get(piece.edit, "") if piece.edit is not None else "" for piece in row.pieces)
    return _runs(row.pieces, own, tuple(places))


@lru_cache(maxsize=2048)
def _runs(
    pieces: tuple[Piece, ...], findings: tuple[str, ...], places: tuple[tuple[Span, str], ...]
) -> tuple[MarkedRun, ...]:
    letters: list[_Letter] = []
    for piece, finding in zip(pieces, findings, strict=True):
        if piece.edit is not None:
            letters += [(one, finding) for one in piece.corrected] or [("", finding)]
            continue
        start = piece.span.start
        own = [""] * len(piece.raw)
        for span, key in reversed(places):
            if span.overlaps(piece.span):
                first, last = max(span.start - start, 0), min(span.end - start, len(own))
                own[first:last] = [key] * (last - first)
        letters += zip(piece.raw, own, strict=True)
    if letters and letters[-1][0] == "\n":
        letters.pop()
    return tuple(
        MarkedRun(safe_text("".join(text for text, _ in group)), finding)
        for finding, group in groupby(_clusters(letters), key=itemgetter(1))
    )


def _clusters(letters: Sequence[_Letter]) -> list[_Letter]:
    """Each letter with its marks, under the finding of the first of them that has one."""
    found: list[_Letter] = []
    for letter, key in letters:
        text, finding = letter, key
        if letter and is_mark(letter):
            while found and text == letter:
                before, theirs = found.pop()
                text, finding = before + text, theirs or finding
                if before:
                    break
        found.append((text, finding))
    return found


@lru_cache(maxsize=4096)
def compared(before: str, after: str) -> tuple[tuple[Marked, ...], tuple[Marked, ...]]:
    """Two texts, each in runs of whole letters with their marks that say whether the other has them, too."""
    mine, other = _whole_letters(before), _whole_letters(after)
    found = blocks(mine, other)
    return (
        tuple(("".join(mine[one.start : one.end]), not one.equal) for one in found if one.start < one.end),
        tuple(
            ("".join(other[one.other_start : one.other_end]), not one.equal)
            for one in found
            if one.other_start < one.other_end
        ),
    )


def _whole_letters(text: str) -> list[str]:
    return [letter for letter, _ in _clusters([(one, "") for one in text])]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A change and what stands around it on its line; `head` and `tail` are whole letters and marks."""

    head: str
    before: str
    after: str
    tail: str


@lru_cache(maxsize=4096)
def surroundings(text: str, span: Span, after: str | None, reach: int = 14) -> Surroundings:
    """What `span` of the raw text holds, and what it becomes, with `reach` letters on each side.

    `before` and `after` are widened to whole letters with their marks, so that they can be drawn.
    """
    start, end = span.start, span.end
    inside = text[start:end]
    lone_mark = any(is_mark(one[0]) for one in (inside, after) if one)
    line_start = text.rfind("\n", 0, start) + 1
    while lone_mark and start > line_start:
        start -= 1
        lone_mark = is_mark(text[start])
    while end < len(text) and is_mark(text[end]):
        end += 1
    left = max(line_start, start - reach)
    while line_start < left < start and is_mark(text[left]):
        left -= 1
    line_end = text.find("\n", end)
    right = min(len(text) if line_end < 0 else line_end, end + reach)
    while right < len(text) and is_mark(text[right]):
        right += 1
    becomes = inside if after is None else after
    return Surroundings(
        head=safe_text(text[left:start]),
        before=visible(text[start:end]),
        after=visible(text[start : span.start] + becomes + text[span.end : end]),
        tail=safe_text(text[end:right]),
    )
