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


def test_a_dark_picture_without_an_even_ground_is_left_as_it_is():
    image = recordings.image("prose").copy()
    high, wide = BOTTOM - TOP, image.shape[1] - 120
    image[TOP:BOTTOM, 60:-60] = np.linspace(0, 120, wide)[None, :].repeat(high, axis=0)
    assert grounds_of(image)[0] == ()


def test_a_page_is_made_ready_with_its_grounds_turned_and_says_so():
    assert STEP in prepare(png(page_with_ground())).preparation.steps
    assert STEP not in prepare(png(recordings.image("prose"))).preparation.steps
