import math

from hypothesis import given
from hypothesis import strategies as st

from model.box import Box
from model.geometry import (
    from_upright,
    rectified,
    straightening,
    to_page,
    to_upright,
    unrectified,
    upright_size,
)
from model.page import Preparation, Rectification

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


def curled_sheet(width=1000, height=1400, size=13):
    """A sheet seen in perspective, its lines bent."""
    rows = []
    for v in (row / (size - 1) for row in range(size)):
        row = []
        for u in (column / (size - 1) for column in range(size)):
            far = 1 + 0.2 * u + 0.1 * v
            row.append(
                (100 + 900 * (u + 0.1 * v) / far, 80 + 1300 * (v + 0.03 * math.sin(math.pi * u)) / far)
            )
        rows.append(tuple(row))
    return Rectification(width, height, tuple(rows))


@given(st.floats(0, 1000), st.floats(0, 1400))
def test_a_point_of_a_sheet_is_found_again(x, y):
    flat = curled_sheet()
    there = unrectified(flat, x, y)
    assert math.dist(rectified(flat, *there), (x, y)) < 0.02


def test_the_corners_of_a_sheet_are_those_of_its_rectified_image():
    flat = curled_sheet()
    assert unrectified(flat, 0, 0) == flat.nodes[0][0]
    assert unrectified(flat, flat.width, flat.height) == flat.nodes[-1][-1]


@given(st.data(), TURNS, SKEWS)
def test_a_box_of_a_sheet_mapped_there_and_back_covers_itself(data, turns, skew):
    preparation = Preparation(turns, skew, (), curled_sheet())
    width, height = upright_size(preparation, 1200, 1600)
    assert (width, height) == ((1000, 1400) if turns % 2 == 0 else (1400, 1000))
    left, top = data.draw(st.integers(200, width - 300)), data.draw(st.integers(200, height - 300))
    box = Box(left, top, left + data.draw(st.integers(1, 80)), top + data.draw(st.integers(1, 80)))
    back = to_page(box, preparation, 1200, 1600)
    assert 0 <= back.left < back.right <= 1200
    assert 0 <= back.top < back.bottom <= 1600
    again = to_upright(back, preparation, 1200, 1600)
    assert again.left <= box.left
    assert again.top <= box.top
    assert again.right >= box.right
    assert again.bottom >= box.bottom


def test_a_place_beside_the_sheet_is_cut_at_its_edge():
    found = to_upright(Box(0, 0, 20, 20), Preparation(rectification=curled_sheet()), 1200, 1600)
    assert found.width == 0 or found.left == 0


def test_two_by_two_nodes_change_the_scale():
    half = Rectification(50, 30, (((0.0, 0.0), (100.0, 0.0)), ((0.0, 60.0), (100.0, 60.0))))
    preparation = Preparation(rectification=half)
    assert to_upright(Box(10, 20, 30, 40), preparation, 100, 60) == Box(5, 10, 15, 20)
    assert to_page(Box(5, 10, 15, 20), preparation, 100, 60) == Box(10, 20, 30, 40)


def test_the_affine_map_of_an_image_that_was_scaled_is_the_exact_one():
    nodes = (((0.0, 0.0), (1000.0, 0.0)), ((0.0, 2000.0), (1000.0, 2000.0)))
    preparation = Preparation(rectification=Rectification(500, 1000, nodes))
    assert from_upright(preparation, 1000, 2000)(100, 300) == (200, 600)
