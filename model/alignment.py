"""What of one text stands for what of another: alignments of least edits, in time and memory that hold for a book.

rapidfuzz works on bit vectors and splits long texts after Hirschberg, so 100,000 characters against 100,000 need about
a second and no table of ten thousand million cells.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from rapidfuzz.distance import Levenshtein

Items: TypeAlias = str | Sequence[str]
"""A text, or its parts; offsets count these."""


@dataclass(frozen=True, slots=True)
class AlignedBlock:
    """`start..end` of the one stands for `other_start..other_end` of the other: equal, or different as a whole."""

    equal: bool
    start: int
    end: int
    other_start: int
    other_end: int


@dataclass(frozen=True, slots=True)
class Boundaries:
    """For each boundary between items of the one, the first and the last boundary of the other that it may be.

    They differ where only the other has something. `before[i]` is where that ends which stands for item i-1, `after[i]`
    where that begins which stands for item i.
    """

    before: tuple[int, ...]
    after: tuple[int, ...]


def steps(one: Items, other: Items) -> list[AlignedBlock]:
    """Equal stretches and single kinds of difference, covering both from beginning to end.

    A different one is replaced item by item, or empty on one side.
    """
    return [
        AlignedBlock(code.tag == "equal", code.src_start, code.src_end, code.dest_start, code.dest_end)
        for code in Levenshtein.opcodes(one, other)
    ]


def blocks(one: Items, other: Items) -> list[AlignedBlock]:
    """Equal and different stretches by turns: neighbouring differences are one."""
    found: list[AlignedBlock] = []
    for step in steps(one, other):
        if found and found[-1].equal == step.equal:
            last = found.pop()
            step = AlignedBlock(step.equal, last.start, step.end, last.other_start, step.other_end)  # noqa: PLW2901
        found.append(step)
    return found


def pairs(one: Items, other: Items) -> Iterator[tuple[int, int]]:
    """The places of equal items that stand for each other, in order."""
    for step in steps(one, other):
        if step.equal:
            yield from zip(range(step.start, step.end), range(step.other_start, step.other_end), strict=True)


def boundaries(aligned: Sequence[AlignedBlock]) -> Boundaries:
    """The boundaries of what `steps` have aligned: equal and replaced items stand for each other one by one."""
    before, after = [0], []
    for step in aligned:
        for at in range(step.start, step.end):
            after.append(min(step.other_start + at - step.start, step.other_end))
            before.append(min(after[-1] + 1, step.other_end))
    after.append(aligned[-1].other_end if aligned else 0)
    return Boundaries(tuple(before), tuple(after))


def single_edits(one: str, other: str) -> Iterator[tuple[str, str]]:
    """Each elementary difference as (character of the one, character of the other), empty where one has none."""
    for edit in Levenshtein.editops(one, other):
        here = "" if edit.tag == "insert" else one[edit.src_pos]
        there = "" if edit.tag == "delete" else other[edit.dest_pos]
        yield here, there
