import cv2
import numpy as np
import pytest

from model import geometry
from model.box import Box
from model.page import Rectification
from ocr.image.bent import bent_lines, flat_by
from ocr.image.prepare import upright
from ocr.image.quality import survey
from ocr.image.rectify import rectify, whole
from tests.ocr import recordings
from tests.ocr.test_sheet import level_rows, paper, prepared

BENT = "bent lines made flat"
MARK = Box(700, 1220, 724, 1244)
"""Black on the paper, apart from its letters."""


def sunk(image, below):
    """The image with each place moved down by `below`, from -1 to 1 across and 0 to 1 down the page, in pixels."""
    height, width = image.shape
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    down = below(2 * x / width - 1, y / height).astype(np.float32)
    return cv2.remap(image, x, y - down, cv2.INTER_CUBIC, borderValue=255)


def marked():
    page = paper()
    page[MARK.top : MARK.bottom, MARK.left : MARK.right] = 0
    return page


BENDS = {
    "as a sheet that arches": lambda x, _: 22 * np.cos(np.pi / 2 * x),
    "as a wave": lambda x, _: 16 * np.sin(np.pi * x),
    "towards a book's back on the left": lambda x, y: 45 * np.exp(-(x + 1) / 0.28) * (1 - 0.6 * y),
    "towards a book's back on the right": lambda x, y: -90 * np.exp((x - 1) / 0.36) * (1 - 0.5 * y),
    "running together to the right": lambda x, y: 60 * (x + 1) * (0.5 - y),
    "steeply": lambda x, _: 80 * x,
    "steeply up, and arched": lambda x, _: -70 * x + 15 * np.cos(np.pi / 2 * x),
}


@pytest.mark.parametrize("bend", BENDS.values(), ids=BENDS)
@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_lines_that_bend_are_made_flat_however_the_page_lies(bend, turns):
    image = np.ascontiguousarray(np.rot90(sunk(paper(), bend), turns))
    found = prepared(image)
    assert BENT in found.preparation.steps
    assert found.preparation.quarter_turns == turns
    assert abs(found.preparation.skew + found.slant) < 0.15
    across = paper().shape[1]
    level = cv2.resize(found.image, (across, round(across * found.image.shape[0] / found.image.shape[1])))
    assert level_rows(level) > 0.75 * level_rows(paper())


@pytest.mark.parametrize("bend", BENDS.values(), ids=BENDS)
def test_a_place_on_the_flat_page_is_mapped_to_its_place_on_the_page_and_back(bend):
    image = sunk(marked(), bend)
    found = prepared(image)
    height, width = image.shape
    x, y = (MARK.left + MARK.right) / width - 1, (MARK.top + MARK.bottom) / 2 / height
    shift = float(bend(np.array(x), np.array(y)))
    there = Box(MARK.left, round(MARK.top + shift), MARK.right, round(MARK.bottom + shift))
    flat = geometry.to_upright(there, found.preparation, found.width, found.height)
    assert found.image[flat.top + 6 : flat.bottom - 6, flat.left + 6 : flat.right - 6].mean() < 60
    back = found.to_page(flat)
    assert abs(back.left - there.left) <= 4
    assert abs(back.bottom - there.bottom) <= 6


def test_people_see_the_page_as_flat_as_it_was_read():
    image = sunk(paper(), BENDS["as a sheet that arches"])
    found = prepared(image)
    assert np.array_equal(upright(image, found.preparation), rectify(image, found.preparation.rectification))


@pytest.mark.parametrize("name", recordings.NAMES)
def test_the_lines_of_a_scan_do_not_bend(name):
    assert bent_lines(survey(recordings.image(name)).pieces) is None


@pytest.mark.parametrize("degrees", [-3.5, -1.0, 0.0, 2.0, 4.0])
def test_a_page_that_lies_aslant_is_turned_not_bent(degrees):
    height, width = paper().shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    image = cv2.warpAffine(paper(), turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=255)
    assert bent_lines(survey(np.asarray(image, np.uint8)).pieces) is None


def test_lines_of_many_minds_are_left_as_they_are():
    """As on a letter with notes written across it."""
    dice = np.random.default_rng(3)
    page = np.full((2000, 1400), 255, np.uint8)
    words = recordings.image("prose")[:500]
    for top in range(40, 1900, 60):
        for left in range(60, 1200, 300):
            y, x = int(dice.integers(0, 440)), int(dice.integers(0, 900))
            turn = cv2.getRotationMatrix2D((130, 28), float(dice.uniform(-14, 14)), 1)
            word = cv2.warpAffine(words[y : y + 56, x : x + 260], turn, (260, 56), borderValue=255)
            page[top : top + 56, left : left + 260] = np.minimum(
                page[top : top + 56, left : left + 260], word
            )
    assert bent_lines(survey(page).pieces) is None


def test_few_letters_do_not_say_how_a_page_bends():
    page = np.full((2000, 1400), 255, np.uint8)
    page[300:380, 80:1280] = paper()[60:140, 80:1280]
    assert bent_lines(survey(sunk(page, BENDS["as a sheet that arches"])).pieces) is None


def test_a_flat_page_within_a_sheet_is_found_through_the_sheets_own_grid():
    sheet = Rectification(100, 200, (((50.0, 20.0), (150.0, 20.0)), ((50.0, 220.0), (150.0, 220.0))))
    x, y = np.meshgrid(np.linspace(0, 50, 3), np.linspace(0, 100, 3))
    nodes = np.stack([x, y + 4], axis=-1)
    found = flat_by(nodes, sheet, 0.5)
    assert (found.width, found.height) == (100, 200)
    assert found.nodes[0] == ((50.0, 28.0), (100.0, 28.0), (150.0, 28.0))
    assert found.nodes[2][2] == (150.0, 228.0)
    assert flat_by(nodes, whole(100, 200), 0.5).nodes[1][1] == (50.0, 108.0)
