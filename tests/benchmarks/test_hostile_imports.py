"""Small files that stand for huge pages are refused before they are paid for."""

import pytest

from benchmarks.hostile_imports import FILES, MIB, take

SOME = (
    "hOCR, attribute defaults, 20,000 elements",
    "hOCR, words nested 4,000 deep",
    "text, one line of 64 MiB",
    "sheet, strings that unpack to 270 MiB",
)


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[] if name in SOME else [pytest.mark.slow]) for name in FILES]
)
def test_it_is_refused_in_a_sentence_and_costs_next_to_nothing(name, tmp_path):
    taken = take(tmp_path, name)
    assert taken.said.endswith(".")
    assert "given." in taken.said
    assert taken.mib < MIB
    assert taken.seconds < 10  # alone on a machine 2
