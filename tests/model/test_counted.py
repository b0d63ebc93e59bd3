"""Counts in words."""

import pytest

from model.counted import counted, waiting


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0 pages"), (1, "1 page"), (2, "2 pages"), (2000, "2,000 pages")]
)
def test_one_of_a_kind_is_not_called_several(number, words):
    assert counted(number, "page") == words


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0 findings wait"), (1, "1 finding waits"), (2, "2 findings wait")]
)
def test_one_finding_waits(number, words):
    assert waiting(number) == words
