"""Edit distance, and the way through an alignment, as the evaluation needs them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rapidfuzz.distance import Levenshtein

from model.alignment import steps


def distance(truth: Sequence[object] | str, candidate: Sequence[object] | str) -> int:
    """Edit distance: the least number of substitutions, omissions and additions."""
    return int(Levenshtein.distance(truth, candidate))


def path(truth: str, candidate: str) -> Iterator[tuple[int, int]]:
    """The alignment as pairs of cuts (characters of the truth passed, characters of the candidate passed)."""
    at, other = 0, 0
    yield 0, 0
    for step in steps(truth, candidate):
        while at < step.end or other < step.other_end:
            at += at < step.end
            other += other < step.other_end
            yield at, other
