"""Alignments of least edits cover both texts, and say what stands for what."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.alignment import AlignedBlock, blocks, boundaries, pairs, single_edits, steps

TEXTS = st.text("กข่ำ ", max_size=12)


def test_neighbouring_differences_are_steps_of_their_own_and_one_block():
    assert [(s.equal, s.start, s.end, s.other_start, s.other_end) for s in steps("กขค", "กงจฉ")] == [
        (True, 0, 1, 0, 1), (False, 1, 1, 1, 2), (False, 1, 3, 2, 4),
    ]  # fmt: skip
    assert blocks("กขค", "กงจฉ") == [AlignedBlock(True, 0, 1, 0, 1), AlignedBlock(False, 1, 3, 1, 4)]


def test_boundaries_differ_where_only_the_other_has_something():
    found = boundaries(steps("กค", "กขค"))
    assert (found.before, found.after) == ((0, 1, 3), (0, 2, 3))


def test_what_was_taken_away_stands_for_nothing():
    found = boundaries(steps("กขค", "กค"))
    assert (found.before, found.after) == ((0, 1, 1, 2), (0, 1, 1, 2))


@pytest.mark.parametrize(
    ("one", "other", "edits"),
    [("ถนน", "ดนน", [("ถ", "ด")]), ("ที่", "ที", [("่", "")]), ("ที", "ที่", [("", "่")]), ("ก", "ก", [])],
)
def test_single_edits_are_pairs_of_characters(one, other, edits):
    assert list(single_edits(one, other)) == edits


@given(TEXTS, TEXTS)
def test_stretches_follow_each_other_and_equal_ones_are_equal(one, other):
    for aligned in (steps(one, other), blocks(one, other)):
        assert "".join(one[s.start : s.end] for s in aligned) == one
        assert "".join(other[s.other_start : s.other_end] for s in aligned) == other
        assert all(s.equal == (one[s.start : s.end] == other[s.other_start : s.other_end]) for s in aligned)
    turns = [s.equal for s in blocks(one, other)]
    assert all(left != right for left, right in pairwise(turns))


@given(TEXTS, TEXTS)
def test_boundaries_are_those_of_the_whole_and_never_go_back(one, other):
    found = boundaries(steps(one, other))
    assert len(found.before) == len(found.after) == len(one) + 1
    assert (found.before[0], found.after[-1]) == (0, len(other))
    assert all(first <= last for first, last in zip(found.before, found.after, strict=True))
    assert all(found.after[at] <= found.before[at + 1] for at in range(len(one)))
    for at, there in pairs(one, other):
        assert (found.after[at], found.before[at + 1]) == (there, there + 1)
        assert one[at] == other[there]
