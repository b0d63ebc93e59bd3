import cv2
import numpy as np
import pytest

from model import geometry
from model.box import Box
from model.page import Rectification
from ocr.image.light import evenness, evenness_of_text, flattened
from ocr.image.png import encode_grey
from ocr.image.prepare import prepare, upright
from ocr.image.quality import survey
from ocr.image.rectify import rectify
from ocr.image.sheet import sheet
from tests.ocr import recordings
from tests.ocr.photographs import photograph

FLAT = "sheet cut out and made flat"


def paper():
    """A sheet with three times the recorded prose, and a black square near each corner."""
    text = recordings.image("prose")
    page = np.full((2000, 1400), 255, np.uint8)
    for top in (60, 680, 1300):
        page[top : top + 500, 80 : 80 + text.shape[1]] = text[:500]
    for x, y in MARKS:
        page[y : y + 24, x : x + 24] = 0
    return page


MARKS = ((20, 20), (1350, 20), (1350, 1950), (20, 1950))
SIZE = (1700, 2200)
CORNERS = ((220, 210), (1440, 160), (1550, 2010), (150, 1950))


def prepared(image, dpi=200):
    return prepare(encode_grey(np.ascontiguousarray(image).tobytes(), image.shape[1], image.shape[0], dpi))


def level_rows(image):
    """How sharply the text's lines stand apart: the variance of the rows' darkness."""
    return float(np.var((image < 128).mean(axis=1)))


@pytest.mark.parametrize("curl", [0.0, 0.02, -0.03])
def test_a_sheet_on_a_table_is_cut_out_and_made_flat(curl):
    found = prepared(photograph(paper(), SIZE, CORNERS, curl))
    assert found.preparation.steps[0] == FLAT
    assert found.preparation.skew == 0
    straight = cv2.resize(paper(), found.image.shape[::-1], interpolation=cv2.INTER_AREA)
    assert level_rows(found.image) > 0.6 * level_rows(straight)
    assert found.image.shape[0] / found.image.shape[1] == pytest.approx(2000 / 1400, rel=0.12)


@pytest.mark.parametrize("table", [20, 110, 240])
def test_the_table_may_be_dark_or_light(table):
    image = photograph(paper(), SIZE, CORNERS, grey=table, paper=190, low=0.7)
    assert prepared(image).preparation.steps[0] == FLAT


def test_a_place_on_the_sheet_is_mapped_to_its_place_in_the_photograph_and_back():
    image = photograph(paper(), SIZE, CORNERS, curl=0.02)
    found = prepared(image)
    assert found.preparation.rectification is not None
    for (x, y), corner in zip(MARKS, CORNERS, strict=True):
        across, down = found.image.shape[1] / 1400, found.image.shape[0] / 2000
        near = found.image[
            max(0, int((y - 25) * down)) : int((y + 60) * down),
            max(0, int((x - 25) * across)) : int((x + 60) * across),
        ]
        ys, xs = np.nonzero(near < 0.45 * np.median(near))
        left, top = max(0, int((x - 25) * across)), max(0, int((y - 25) * down))
        box = Box(left + xs.min(), top + ys.min(), left + xs.max() + 1, top + ys.max() + 1)
        there = found.to_page(box)
        assert image[there.top + 6 : there.bottom - 6, there.left + 6 : there.right - 6].mean() < 60
        assert (
            np.hypot((there.left + there.right) / 2 - corner[0], (there.top + there.bottom) / 2 - corner[1])
            < 90
        )
        back = geometry.to_upright(there, found.preparation, found.width, found.height)
        assert abs(back.left - box.left) <= 8
        assert abs(back.bottom - box.bottom) <= 8


def test_a_sheet_photographed_sideways_is_turned_too():
    found = prepared(np.rot90(photograph(paper(), SIZE, CORNERS)))
    assert found.preparation.steps[0] == FLAT
    assert found.preparation.quarter_turns == 1
    assert found.image.shape[0] > found.image.shape[1]


def test_people_see_the_sheet_as_it_was_read():
    image = photograph(paper(), SIZE, CORNERS)
    found = prepared(image)
    shown = upright(image, found.preparation)
    assert shown.shape == found.image.shape
    assert np.array_equal(shown, rectify(image, found.preparation.rectification))


def test_a_sheet_that_fills_the_picture_is_left_whole_and_its_light_is_evened():
    image = photograph(paper(), SIZE, ((-40, -30), (1750, -50), (1760, 2280), (-30, 2250)), low=0.4)
    found = prepared(image)
    assert FLAT not in found.preparation.steps
    assert found.image.shape[1] == image.shape[1]
    assert "light evened" in found.preparation.steps
    seen = survey(found.image)
    assert evenness_of_text(seen.small, seen.pieces.letters()) > 0.9


@pytest.mark.parametrize("name", recordings.NAMES)
def test_a_scan_is_no_photograph(name):
    image = recordings.image(name)
    seen = survey(image)
    assert sheet(seen, image.shape[1], image.shape[0]) is None


def test_a_sheet_lying_level_on_a_scanners_dark_lid_is_left_to_the_borders():
    page = np.full((2360, 1800), 30, np.uint8)
    page[160:2160, 190:1590] = paper()
    found = prepared(page)
    assert found.preparation.rectification is None
    assert "dark border painted over" in found.preparation.steps


def test_light_is_evened_by_the_paper_around_each_letter():
    text = recordings.image("prose")
    fading = (text * np.linspace(1.0, 0.35, text.shape[1])).astype(np.uint8)
    seen = survey(fading)
    assert evenness_of_text(seen.small, seen.pieces.letters()) < 0.6
    even = flattened(fading, seen.quality.x_height)
    again = survey(even)
    assert evenness_of_text(again.small, again.pieces.letters()) > 0.95
    assert np.percentile(even, 90) > 235
    ink = text < 60
    assert np.median(even[ink]) < 90


def test_a_dark_picture_on_an_evenly_lit_page_is_no_uneven_light():
    page = paper()
    page[800:1500] = 40
    page[100:700] = paper()[100:700]
    seen = survey(page)
    assert evenness(seen.small) < 0.5
    assert evenness_of_text(seen.small, seen.pieces.letters()) > 0.9


def test_very_large_letters_are_scaled_down_and_boxes_keep_their_places():
    text = recordings.image("prose")
    large = cv2.resize(text, None, fx=2.6, fy=2.6, interpolation=cv2.INTER_CUBIC)
    found = prepared(large, 520)
    assert any(step.startswith("scaled to 0.4") for step in found.preparation.steps)
    assert 20 <= found.quality.x_height <= 30
    assert found.image.shape[0] < 0.6 * large.shape[0]
    ys, xs = np.nonzero(found.image < 100)
    place = found.to_page(Box(int(xs.min()), int(ys.min()), int(xs.max()) + 1, int(ys.max()) + 1))
    ys, xs = np.nonzero(large < 100)
    assert abs(place.left - xs.min()) <= 4
    assert abs(place.bottom - ys.max()) <= 4


def test_a_title_in_large_type_is_left_as_large_as_it_is():
    title = cv2.resize(recordings.image("notice"), None, fx=2.5, fy=2.5, interpolation=cv2.INTER_CUBIC)
    found = prepared(title)
    assert found.preparation.rectification is None
    assert np.array_equal(found.image, title)


def test_scaling_alone_averages_areas():
    image = np.random.default_rng(2).integers(0, 256, (400, 600), dtype=np.uint8)
    half = Rectification(300, 200, (((0.0, 0.0), (600.0, 0.0)), ((0.0, 400.0), (600.0, 400.0))))
    assert np.array_equal(rectify(image, half), cv2.resize(image, (300, 200), interpolation=cv2.INTER_AREA))


def test_narrow_letters_are_widened_to_the_usual_shape():
    text = recordings.image("prose")
    narrow = cv2.resize(text, None, fx=0.55, fy=1.0, interpolation=cv2.INTER_AREA)
    found = prepared(narrow)
    assert found.preparation.rectification is not None
    assert found.image.shape[0] == narrow.shape[0]
    assert survey(found.image).pieces.letter_shape == pytest.approx(
        survey(text).pieces.letter_shape, abs=0.08
    )
    ys, xs = np.nonzero(found.image < 100)
    place = found.to_page(Box(int(xs.min()), int(ys.min()), int(xs.max()) + 1, int(ys.max()) + 1))
    ys, xs = np.nonzero(narrow < 100)
    assert abs(place.left - xs.min()) <= 3
    assert abs(place.right - xs.max()) <= 3
