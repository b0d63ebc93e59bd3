"""A date stamped over a blank stands in the blank's line."""

import pytest

from model.box import Box
from ocr.layout.filled_blanks import fillings
from tests.ocr.test_line_finder import LETTER, Paper


def form(over, *, left=240, count=6, beside=None):
    """A label with a leader from column 200 to 500 at row 300, and letters with their feet so far over it."""
    paper = Paper()
    paper.letters(50, 300, 7)
    paper.letters(left, 300 - over, count)
    if beside is not None:
        paper.letters(beside, 300 - over, 8)
    paper.letters(50, 420, 20)
    rows = paper.rows()
    return rows, fillings(rows, [Box(200, 295, 500, 301)], float(LETTER))


def moved(rows, found):
    """The left edges of what is written on blanks, and of the line that it comes to."""
    return [(round(rows[at][place].left), round(rows[host][0].left)) for (at, place), host in found.items()]


@pytest.mark.parametrize("over", [12, 20, 30])
@pytest.mark.parametrize(("left", "count"), [(240, 6), (210, 12), (510, 5)])
def test_what_stands_over_a_leader_comes_to_its_line(over, left, count):
    rows, found = form(over, left=left, count=count)
    assert moved(rows, found) == [(left, 50)]


@pytest.mark.parametrize("over", [45, 70])
def test_the_line_above_is_a_line_of_its_own(over):
    assert form(over)[1] == {}


def test_words_of_a_line_that_goes_on_beside_the_leader_stay_in_it():
    assert form(25, left=360, count=7, beside=520)[1] == {}


def test_a_leader_without_words_before_it_has_no_line():
    paper = Paper()
    paper.letters(240, 285, 6)
    paper.letters(50, 420, 20)
    assert fillings(paper.rows(), [Box(200, 295, 500, 301)], float(LETTER)) == {}


def test_nothing_comes_to_where_letters_stand():
    paper = Paper()
    paper.letters(50, 300, 7)
    paper.letters(300, 300, 4)
    paper.letters(290, 262, 6)
    paper.letters(50, 420, 20)
    assert fillings(paper.rows(), [Box(200, 295, 500, 301)], float(LETTER)) == {}
