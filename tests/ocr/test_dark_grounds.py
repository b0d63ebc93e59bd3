"""Light letters on dark grounds are turned into dark letters on paper; nothing else is."""

import numpy as np
import pytest

from ocr.image.dark_grounds import dark_grounds, turned_light
from ocr.image.png import encode_grey
from ocr.image.prepare import prepare
from ocr.image.quality import survey
from tests.ocr import recordings

TOP, BOTTOM = 100, 200  # rows of the recorded prose
STEP = "light letters on dark grounds turned dark"


def png(image):
    return encode_grey(np.ascontiguousarray(image).data, image.shape[1], image.shape[0], 150)


def grounds_of(image):
    seen = survey(image)
    return dark_grounds(seen.small, seen.pieces.letter_height), seen.scale


def page_with_ground():
    """The recorded prose twice, some of its rows as light letters on a dark ground."""
    image = np.vstack([recordings.image("prose")] * 2)
    image[TOP:BOTTOM, 60:-60] = 40 + (255 - image[TOP:BOTTOM, 60:-60]) * 0.8
    return image


@pytest.mark.parametrize("name", recordings.NAMES)
def test_print_on_paper_has_no_dark_ground(name):
    assert grounds_of(recordings.image(name))[0] == ()


def test_a_ground_is_found_where_it_lies_and_turned_into_the_print_that_it_was():
    image = page_with_ground()
    (ground,), scale = grounds_of(image)
    assert abs(ground.top / scale - TOP) <= 3
    assert abs(ground.bottom / scale - BOTTOM) <= 3
    turned = turned_light(image, (ground,), scale)
    inside = slice(TOP + 6, BOTTOM - 6), slice(70, -70)
    was = np.vstack([recordings.image("prose")] * 2)[inside].astype(float)
    assert np.corrcoef(was.ravel(), turned[inside].ravel())[0, 1] > 0.98
    assert np.median(turned[inside]) > 200
    assert (turned[BOTTOM + 6 :] == image[BOTTOM + 6 :]).all()


def lines_of(image):
    """The first and last row of each line of the recorded prose, as its ink has them."""
    inked = np.concatenate(([False], (image < 128).sum(axis=1) > 2, [False]))
    edges = np.flatnonzero(inked[1:] != inked[:-1]).reshape(-1, 2)
    return [(top, bottom) for top, bottom in edges.tolist() if bottom - top > 15]


def with_lines_inverted(numbers, margin=6, until=None):
    image = recordings.image("prose").copy()
    places = []
    for number in numbers:
        top, bottom = lines_of(image)[number]
        columns = np.flatnonzero((image[top:bottom] < 128).any(axis=0))
        left = max(0, int(columns[0]) - 8)
        right = int(columns[-1]) + 8 if until is None else left + until
        places.append((slice(top - margin, bottom + margin), slice(left, right)))
    for place in places:
        image[place] = 255 - image[place]
    return image, places


@pytest.mark.parametrize("numbers", [(1,), (1, 2), (0, 3)])
def test_single_lines_that_are_set_close_to_print_are_found(numbers):
    image, places = with_lines_inverted(numbers)
    found, scale = grounds_of(image)
    assert len(found) == len(places)
    for ground, (rows, _) in zip(found, places, strict=True):
        assert abs(ground.top / scale - rows.start) <= 4
        assert abs(ground.bottom / scale - rows.stop) <= 4


def test_the_ground_of_one_word_is_found():
    image, ((rows, columns),) = with_lines_inverted((2,), until=110)
    (ground,), scale = grounds_of(image)
    assert abs(ground.left / scale - columns.start) <= 4
    assert abs(ground.right / scale - columns.stop) <= 4
    assert abs(ground.bottom / scale - rows.stop) <= 4


@pytest.mark.parametrize("wide", [60, 110, 300])
def test_a_bar_among_letters_is_no_ground(wide):
    image = recordings.image("prose").copy()
    top, bottom = lines_of(image)[1]
    image[top:bottom, 200 : 200 + wide] = 0
    assert grounds_of(image)[0] == ()


def test_a_dark_picture_without_an_even_ground_is_left_as_it_is():
    image = recordings.image("prose").copy()
    high, wide = BOTTOM - TOP, image.shape[1] - 120
    image[TOP:BOTTOM, 60:-60] = np.linspace(0, 120, wide)[None, :].repeat(high, axis=0)
    assert grounds_of(image)[0] == ()


def test_a_page_is_made_ready_with_its_grounds_turned_and_says_so():
    assert STEP in prepare(png(page_with_ground())).preparation.steps
    assert STEP not in prepare(png(recordings.image("prose"))).preparation.steps
