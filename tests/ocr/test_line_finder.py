"""Lines found by their ink: strokes drawn here stand for letters."""

import tracemalloc

import numpy as np
import pytest

from model.box import Box
from ocr.layout.chains import NoPrint
from ocr.layout.ink import page_ink
from ocr.layout.line_finder import find_rows, owners
from ocr.layout.walls import KnownDrawing

LETTER = 20


class Paper:
    """A page on which strokes are drawn."""

    def __init__(self, width=1200, height=800):
        self.image = np.full((height, width), 240, np.uint8)

    def stroke(self, left, foot, *, high=LETTER, wide=12):
        self.image[foot - high : foot, left : left + wide] = 20

    def letters(self, left, foot, count, *, high=LETTER, step=20, slope=0.0):
        for n in range(count):
            self.stroke(left + step * n, round(foot + slope * step * n), high=high)

    def rows(self, slant=0.0, gutters=(), drawn=None):
        self.ink = page_ink(self.image, float(LETTER), 0.9)
        return find_rows(self.ink, slant, gutters, drawn=drawn)


def extents(rows):
    return [[(round(s.left), round(s.right), round(s.foot)) for s in row] for row in rows]


def test_letters_side_by_side_are_one_stretch_and_rows_come_from_the_top():
    paper = Paper()
    paper.letters(50, 300, 30)
    paper.letters(50, 200, 20)
    assert extents(paper.rows()) == [[(50, 442, 200)], [(50, 642, 300)]]


def test_a_wide_gap_ends_a_stretch_but_not_the_row():
    paper = Paper()
    paper.letters(50, 200, 10)
    paper.letters(500, 200, 10)
    paper.letters(500, 300, 10)
    assert extents(paper.rows()) == [[(50, 242, 200), (500, 692, 200)], [(500, 692, 300)]]


@pytest.mark.parametrize("sign", [Box(246, 196, 266, 202), Box(247, 181, 265, 201)])
def test_a_leader_or_a_check_box_stands_between_two_stretches(sign):
    paper = Paper()
    paper.letters(50, 200, 10)
    paper.letters(270, 200, 10)
    paper.letters(50, 260, 21)
    whole, other = extents(paper.rows())
    parted, same = extents(paper.rows(drawn=KnownDrawing(signs=(sign,))))
    assert whole == [(50, 462, 200)]
    assert parted == [(50, 242, 200), (270, 462, 200)]
    assert other == same == [(50, 462, 260)]


def test_a_few_strokes_between_the_words_of_a_row_do_not_part_it():
    paper = Paper()
    paper.letters(50, 200, 6)
    paper.letters(260, 192, 2)
    paper.letters(400, 201, 6)
    assert [[left for left, _, _ in row] for row in extents(paper.rows())] == [[50, 260, 400]]


def test_a_few_letters_come_to_the_row_that_is_nearest():
    paper = Paper()
    paper.letters(50, 205, 8)
    paper.letters(700, 195, 8)
    paper.letters(560, 201, 2)
    assert [[left for left, _, _ in row] for row in extents(paper.rows())] == [[560, 700], [50]]


def test_what_is_stamped_askew_has_its_own_slope_and_printed_lines_keep_theirs():
    paper = Paper()
    paper.letters(50, 200, 20, slope=0.09)
    paper.letters(50, 400, 20)
    stamped, printed = paper.rows()
    assert len(stamped) == 1
    assert abs(stamped[0].baseline.slope - 0.09) < 0.01
    assert printed[0].baseline.slope == 0


def test_where_the_size_of_the_type_changes_a_stretch_ends_but_not_the_row():
    paper = Paper()
    paper.letters(50, 300, 30)  # what most of the page looks like
    paper.letters(50, 200, 10)
    paper.letters(262, 196, 12, high=13, step=16)
    first, second = paper.rows()
    assert [(round(s.left), round(s.baseline.letter)) for s in first] == [(50, LETTER), (262, 13)]
    assert len(second) == 1


def test_a_few_small_letters_or_small_ones_within_a_word_are_no_other_type():
    paper = Paper()
    paper.letters(50, 300, 30)
    paper.letters(50, 200, 10)
    paper.letters(262, 200, 4, high=13, step=16)
    paper.letters(50, 250, 10)
    paper.letters(250, 250, 12, high=13, step=16)
    assert [len(row) for row in paper.rows()] == [1, 1, 1]


def test_marks_belong_to_the_letters_that_they_stand_over_or_under():
    paper = Paper()
    paper.letters(50, 200, 20)
    paper.letters(50, 260, 20)
    paper.stroke(70, 176, high=6, wide=8)  # over the first line
    paper.stroke(90, 212, high=8, wide=8)  # under it
    paper.stroke(110, 236, high=6, wide=8)  # over the second
    first, second = paper.rows()
    assert (len(first[0].marks), len(second[0].marks)) == (2, 1)


def test_of_close_lines_a_mark_that_both_could_claim_belongs_to_neither_so_that_both_are_read_with_it():
    paper = Paper()
    paper.letters(50, 200, 20)
    paper.letters(50, 240, 20)
    for left in (70, 170, 270):
        paper.stroke(left, 219, high=5, wide=10)  # a vowel
        paper.stroke(left, 211, high=9, wide=8)  # and the tone on it
    paper.stroke(130, 209, high=8, wide=8)
    rows = paper.rows()
    (first,), (second,) = rows
    assert (len(first.marks), len(second.marks)) == (0, 3)
    assert np.count_nonzero(owners(paper.ink, rows) == 0) == 1 + 4  # the paper, the tones, and the stroke


def test_vowels_and_tones_that_have_grown_together_are_no_line_of_their_own():
    paper = Paper()
    paper.letters(50, 200, 30)
    for left in (70, 170, 270, 370):
        paper.stroke(left, 176, high=16, wide=14)
    (row,) = paper.rows()
    assert len(row[0].letters) == 30
    assert len(row[0].marks) == 4


def test_single_figures_one_under_the_other_are_no_marks_of_each_other():
    paper = Paper()
    for foot in (200, 231, 262):
        paper.stroke(50, foot)
        paper.letters(400, foot, 20)
    assert [len(row) for row in paper.rows()] == [2, 2, 2]


def test_every_piece_of_ink_belongs_to_one_line_at_most():
    paper = Paper()
    paper.letters(50, 200, 30)
    paper.letters(50, 248, 30)
    paper.stroke(150, 224, high=8, wide=8)
    rows = paper.rows()
    owner = owners(paper.ink, rows)
    taken = np.concatenate([stretch.pieces for row in rows for stretch in row])
    assert len(taken) == len(set(taken.tolist())) == np.count_nonzero(owner)
    assert owner[0] == 0


@pytest.mark.parametrize("slope", [0.01, -0.02])
def test_a_slanted_line_stays_one_line_where_the_slant_is_known(slope):
    paper = Paper()
    paper.letters(50, 200, 50, slope=slope)
    paper.letters(50, 248, 50, slope=slope)
    rows = paper.rows(slant=-float(np.degrees(np.arctan(slope))))
    assert [len(row) for row in rows] == [1, 1]
    assert all(abs(row[0].baseline.slope - slope) < 0.003 for row in rows)


@pytest.mark.parametrize("slope", [0.0, -0.015])
def test_columns_of_running_text_are_read_one_after_the_other(slope):
    paper = Paper()
    for foot in (200, 250, 300):
        for left in (50, 475):  # nearer to each other than words of one line may be
            paper.letters(round(left - slope * foot), round(foot + slope * left), 20, slope=slope)
    paper.letters(round(50 - slope * 400), round(400 + slope * 50), 41, slope=slope)
    slant = -float(np.degrees(np.arctan(slope)))
    rows = paper.rows(slant, gutters=[Box(445, 150, 470, 350)])
    assert [(len(row), round(row[0].right - row[0].left, -1)) for row in rows] == [(1, 390)] * 6 + [(1, 810)]
    middles = [stretch.left + slope * stretch.foot for (stretch,) in rows]
    assert [middle > 400 for middle in middles] == [False] * 3 + [True] * 3 + [False]


def test_a_letter_with_its_marks_goes_on_a_line_of_small_letters():
    paper = Paper()
    paper.letters(50, 200, 10, high=15)
    paper.stroke(254, 200, high=41)
    paper.letters(274, 200, 10)
    assert extents(paper.rows()) == [[(50, 467, 200)]]


def test_letters_of_a_headline_stand_beside_each_other_and_a_tall_stroke_alone_is_no_letter():
    paper = Paper()
    paper.letters(50, 200, 7, high=100, step=80)
    paper.letters(50, 300, 30)
    paper.stroke(900, 320, high=100)
    assert extents(paper.rows()) == [[(50, 542, 200)], [(50, 642, 300)]]


def test_a_letter_grown_together_with_its_marks_is_of_the_type_of_the_page():
    paper = Paper()
    paper.letters(50, 200, 12)
    paper.stroke(600, 200, high=2 * LETTER, wide=LETTER)
    paper.stroke(50, 300, high=2 * LETTER, wide=2 * LETTER)
    row, (large,) = paper.rows()
    assert [round(stretch.baseline.letter) for stretch in row] == [LETTER, LETTER]
    assert large.baseline.letter > 1.5 * LETTER


def test_letters_that_have_run_together_are_found_as_many():
    paper = Paper()
    paper.letters(50, 200, 10)
    paper.stroke(250, 200, wide=200)
    ((stretch,),) = paper.rows()
    assert (round(stretch.left), round(stretch.right)) == (50, 450)
    assert len(stretch.letters) > 15


def test_small_print_above_a_heading_is_a_line():
    paper = Paper()
    paper.letters(50, 150, 20)
    paper.letters(50, 200, 8, high=46, step=50)
    assert [round(row[0].foot) for row in paper.rows()] == [150, 200]


def test_a_page_without_ink_has_no_lines():
    assert Paper().rows() == ()


def test_noise_is_said_to_be_none_and_costs_no_memory():
    noise = np.random.default_rng(1).integers(0, 256, (2200, 1600), np.uint8)
    ink = page_ink(noise, 4.0, 0.5)
    tracemalloc.start()
    with pytest.raises(NoPrint, match="noise, halftone or dirt"):
        find_rows(ink)
    assert tracemalloc.get_traced_memory()[1] < 300_000_000
    tracemalloc.stop()


def test_specks_in_their_thousands_cost_no_memory():
    paper = Paper(2400, 3400)
    for foot in range(200, 3300, 60):
        paper.letters(50, foot, 110)
    specks = np.random.default_rng(2).integers(0, (3399, 2399), (40_000, 2))
    for down, across in specks:
        paper.image[down : down + 4, across : across + 4] = 20
    tracemalloc.start()
    assert len(paper.rows()) >= 40
    assert tracemalloc.get_traced_memory()[1] < 500_000_000
    tracemalloc.stop()
