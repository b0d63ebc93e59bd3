import pytest

from benchmarks.common import PageCase, Set
from benchmarks.reading import Count, count, some


@pytest.mark.parametrize(
    ("read", "right"),
    [
        ("ปี ๒๕๔๘ และ ๑๒", 2),
        ("ปี ๒ ๕๔๘ และ ๑๒", 2),  # white space does not count
        ("ปี ๒๕๕๘ และ ๑๒", 1),
        ("ปี ๒๕๔๘๐ และ ๑๒", 1),
        ("ปี ๒๕๘ และ ๑", 0),
        ("ปิ ๒๕๔๘ แลร ๑๒", 2),
    ],
)
def test_a_run_of_thai_digits_is_right_when_all_of_it_is_and_nothing_is_glued_on(read, right):
    found = count(read, "ปี ๒๕๔๘ และ ๑๒")
    assert (found.right_runs, found.runs) == (right, 2)


def test_counts_compare_composed_sara_am_without_white_space():
    assert count("ก ํา\nนํา", "กำ นำ") == Count(0, 4, 0, 0)
    assert count("กา", "กำ").errors == 1


def test_some_pages_are_spread_evenly_over_the_set(tmp_path):
    cases = tuple(PageCase(str(n), tmp_path, n, tmp_path) for n in range(10))
    assert [case.number for case in some(Set("a", cases, ""), 3).cases] == [0, 3, 6]
    assert some(Set("a", cases, ""), None).cases == cases
