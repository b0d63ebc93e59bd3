import math

from hypothesis import given
from hypothesis import strategies as st

from model.geometry import straightening, to_page, to_upright, upright_size
from model.page import Box, Preparation

SIZES = st.integers(20, 4000)
TURNS = st.integers(0, 3)
SKEWS = st.floats(-5, 5).map(lambda angle: round(angle, 2))


@st.composite
def boxes_in(draw, width, height):
    left, right = sorted(draw(st.tuples(st.integers(0, width), st.integers(0, width))))
    top, bottom = sorted(draw(st.tuples(st.integers(0, height), st.integers(0, height))))
    return Box(left, top, right, bottom)


@given(st.data(), SIZES, SIZES, TURNS)
def test_quarter_turns_there_and_back_are_exact(data, width, height, turns):
    box = data.draw(boxes_in(width, height))
    preparation = Preparation(turns)
    there = to_upright(box, preparation, width, height)
    assert to_page(there, preparation, width, height) == box
    assert sorted((there.width, there.height)) == sorted((box.width, box.height))


@given(st.data(), SIZES, SIZES, TURNS)
def test_a_turned_box_stays_inside_the_turned_image(data, width, height, turns):
    preparation = Preparation(turns)
    there = to_upright(data.draw(boxes_in(width, height)), preparation, width, height)
    assert there.right <= upright_size(preparation, width, height)[0]
    assert there.bottom <= upright_size(preparation, width, height)[1]


def test_one_quarter_turn_is_clockwise():
    assert to_upright(Box(0, 0, 10, 5), Preparation(1), 100, 60) == Box(55, 0, 60, 10)


@given(st.data(), SIZES, SIZES, TURNS, SKEWS)
def test_a_box_mapped_there_and_back_covers_itself_inside_the_image(data, width, height, turns, skew):
    preparation = Preparation(turns, skew)
    box = data.draw(boxes_in(width, height))
    there = to_upright(box, preparation, width, height)
    back = to_page(there, preparation, width, height)
    # What the turn pushed off the canvas is cut; what stayed on it must come back.
    upright_width, upright_height = upright_size(preparation, width, height)
    if there.left > 0 and there.top > 0 and there.right < upright_width and there.bottom < upright_height:
        assert back.left <= box.left
        assert back.top <= box.top
        assert back.right >= box.right
        assert back.bottom >= box.bottom


@given(SKEWS, SIZES, SIZES, st.floats(0, 4000), st.floats(0, 4000))
def test_straightening_back_undoes_straightening(skew, width, height, x, y):
    there = straightening(skew, width, height)(x, y)
    back = straightening(-skew, width, height)(*there)
    assert math.dist(back, (x, y)) < 1e-6


def test_positive_skew_turns_clockwise():
    x, y = straightening(2.0, 200, 100)(200, 50)
    assert y > 50
    assert x < 200
