import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.errors import UsageError
from pipeline.page_ranges import parse_pages


@pytest.mark.parametrize(
    ("text", "count", "numbers"),
    [
        (None, 3, (1, 2, 3)),
        ("2", 3, (2,)),
        ("1-3,7", 9, (1, 2, 3, 7)),
        ("7, 1-2", 9, (1, 2, 7)),
        ("3-", 5, (3, 4, 5)),
        ("1-3,2-4", 5, (1, 2, 3, 4)),
    ],
)
def test_a_page_range_names_each_page_once_in_order(text, count, numbers):
    assert parse_pages(text, count, "scan.pdf") == numbers


@pytest.mark.parametrize("text", ["", "0", "3-1", "a", "-2", "1,,2", "1-2-3", "x-"])
def test_what_is_no_page_range_is_refused_with_an_example(text):
    with pytest.raises(UsageError, match=r"1-3,7,12-"):
        parse_pages(text, 5, "scan.pdf")


def test_a_page_that_the_file_does_not_have_is_refused_by_name():
    with pytest.raises(UsageError, match=r"scan\.pdf has 5 pages, there is no page 6"):
        parse_pages("4-6", 5, "scan.pdf")


@given(st.sets(st.integers(1, 50), min_size=1))
def test_any_set_of_pages_survives_being_written_and_parsed(numbers):
    assert set(parse_pages(",".join(map(str, numbers)), 50, "x")) == numbers
