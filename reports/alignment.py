"""Alignment of two texts by least edit distance, in time and memory that hold for a book.

rapidfuzz works on bit vectors and splits long texts after Hirschberg, so 100,000 letters against
100,000 need about a second and no table of ten thousand million cells.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the two texts that belong together: equal, or different as a whole."""

    equal: bool
    truth_start: int
    truth_end: int
    candidate_start: int
    candidate_end: int


def distance(truth: Sequence[object] | str, candidate: Sequence[object] | str) -> int:
    """Edit distance: the least number of substitutions, omissions and additions."""
    return int(Levenshtein.distance(truth, candidate))


def blocks(truth: str, candidate: str) -> list[Block]:
    """Equal and different stretches by turns, covering both texts from beginning to end."""
    found: list[Block] = []
    for op in Levenshtein.opcodes(truth, candidate):
        equal = op.tag == "equal"
        if found and found[-1].equal == equal:
            last = found[-1]
            found[-1] = Block(equal, last.truth_start, op.src_end, last.candidate_start, op.dest_end)
        else:
            found.append(Block(equal, op.src_start, op.src_end, op.dest_start, op.dest_end))
    return found


def path(truth: str, candidate: str) -> Iterator[tuple[int, int]]:
    """The alignment as pairs of cuts (letters of the truth passed, letters of the candidate passed)."""
    at, other = 0, 0
    yield 0, 0
    for op in Levenshtein.opcodes(truth, candidate):
        while at < op.src_end or other < op.dest_end:
            at += at < op.src_end
            other += other < op.dest_end
            yield at, other


def single_edits(truth: str, candidate: str) -> Iterator[tuple[str, str]]:
    """Each elementary difference as (letter of the truth, letter of the candidate).

    The one is empty for an addition, the other for an omission.
    """
    for op in Levenshtein.editops(truth, candidate):
        if op.tag == "replace":
            yield truth[op.src_pos], candidate[op.dest_pos]
        elif op.tag == "delete":
            yield truth[op.src_pos], ""
        else:
            yield "", candidate[op.dest_pos]
