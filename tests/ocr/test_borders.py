"""Scanner borders and punch holes are painted over, and nothing that might be print is."""

import cv2
import numpy as np
import pytest

from ocr.image import prepare as preparing
from ocr.image.borders import without_borders
from ocr.image.png import dpi_of, encode_grey
from tests.ocr import recordings

pytestmark = pytest.mark.slow

DPI = 200
MILLIMETRE = DPI / 25.4
BORDER = "dark border painted over"
HOLES = "punch holes painted over"


def prepared(image, dpi=DPI):
    return preparing.prepare(
        encode_grey(np.ascontiguousarray(image).tobytes(), image.shape[1], image.shape[0], dpi)
    )


def a4(paper=255):
    """A page of A4 at 200 dpi with the recorded text on it, 21 mm of margin on the left."""
    page = np.full((2339, 1654), 255, np.uint8)
    text = recordings.image("prose")
    page[300 : 300 + text.shape[0], 200 : 200 + text.shape[1]] = text
    return (page.astype(int) * paper // 255).astype(np.uint8)


def bordered(page, left=0, top=0, right=0, bottom=0, grey=12):
    """The page with borders so many pixels wide, ragged by two pixels and a little noisy, as scanners make them."""
    rng = np.random.default_rng(7)
    height, width = page.shape
    reach = [rng.integers(0, 3, side) for side in (height, width, height, width)]
    rows, columns = np.indices(page.shape)
    dark = (
        (columns < (left + reach[0][:, None]) * (left > 0))
        | (rows < (top + reach[1][None, :]) * (top > 0))
        | (columns >= width - (right + reach[2][:, None]) * (right > 0))
        | (rows >= height - (bottom + reach[3][None, :]) * (bottom > 0))
    )
    found = page.copy()
    found[dark] = rng.integers(grey - 8, grey + 8, int(dark.sum()))
    return found


def punched(page, *places, diameter=6.0, grey=15):
    """The page with holes whose centres are so many millimetres from its left and upper edge."""
    found = page.copy()
    for x, y in places:
        centre = round(x * MILLIMETRE), round(y * MILLIMETRE)
        cv2.circle(found, centre, round(diameter / 2 * MILLIMETRE), grey, -1, cv2.LINE_AA)
    return found


LEFT_HOLES = ((12, 108), (12, 188))
TOP_HOLES = ((65, 12), (145, 12))


@pytest.mark.parametrize(
    "sides",
    [
        {"left": 40},
        {"top": 25},
        {"right": 12},
        {"bottom": 90},
        {"left": 30, "top": 60},
        {"left": 50, "top": 40, "right": 60, "bottom": 30},
    ],
)
def test_a_dark_border_is_painted_over_and_the_text_stays(sides):
    page = a4()
    found = prepared(bordered(page, **sides))
    assert BORDER in found.preparation.steps
    assert found.image.min() == page.min()
    assert np.array_equal(found.image < 128, page < 128)


def test_a_page_with_a_border_measures_as_the_page_without():
    page = a4()
    found, clean = prepared(bordered(page, 60, 60, 60, 60)), prepared(page)
    assert found.preparation.steps == (BORDER, *clean.preparation.steps)
    assert found.settings == clean.settings
    assert found.band_borders == clean.band_borders
    assert found.quality.ink == pytest.approx(clean.quality.ink, rel=0.02)
    assert found.quality.x_height == pytest.approx(clean.quality.x_height, abs=0.2)


def test_the_border_takes_the_colour_of_the_paper():
    found = prepared(bordered(a4(paper=210), left=40))
    assert (found.image[:, :40] == 210).all()


def test_the_dark_wedge_beside_a_page_that_lay_askew_is_painted_over():
    page = a4()
    cv2.fillPoly(page, [np.array([(0, 0), (90, 0), (0, 2338)])], 10)
    found, steps = without_borders(page, DPI)
    assert steps == (BORDER,)
    assert np.array_equal(found < 128, a4() < 128)


def test_an_empty_page_in_a_black_frame_is_blank():
    found = prepared(bordered(np.full((2339, 1654), 255, np.uint8), 50, 50, 50, 50))
    assert found.quality.blank
    assert found.preparation.steps == (BORDER, "blank")


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
@pytest.mark.parametrize("places", [LEFT_HOLES, TOP_HOLES, LEFT_HOLES[:1]])
def test_punch_holes_are_painted_over_however_the_page_lies(places, turns):
    page = a4()
    found, steps = without_borders(np.ascontiguousarray(np.rot90(punched(page, *places), turns)), DPI)
    assert steps == (HOLES,)
    assert np.array_equal(np.rot90(found, -turns), page)


@pytest.mark.parametrize("diameter", [4.5, 5.5, 7.5])
def test_holes_of_all_usual_punches_are_found(diameter):
    assert without_borders(punched(a4(), *LEFT_HOLES, diameter=diameter), DPI)[1] == (HOLES,)


def test_borders_and_holes_of_one_page_are_both_on_record():
    found = prepared(bordered(punched(a4(), *LEFT_HOLES), right=40))
    assert found.preparation.steps[:2] == (BORDER, HOLES)
    assert np.array_equal(found.image < 128, a4() < 128)


@pytest.mark.parametrize(
    ("places", "diameter"),
    [
        (((25, 150),), 6.0),  # further in than punches reach
        (((12, 150),), 2.5),  # a bullet
        (((12, 150),), 12.0),  # a seal
        (((19, 55), (19, 60)), 4.5),  # bullets beside the text
        (tuple((12, 100 + 15 * number) for number in range(8)), 4.5),  # a list of them
    ],
)
def test_discs_that_may_be_print_are_left_alone(places, diameter):
    page = punched(a4(), *places, diameter=diameter)
    found, steps = without_borders(page, DPI)
    assert steps == ()
    assert found is page


def test_squares_rings_and_letters_in_the_margin_are_left_alone():
    page = a4()
    page[1200:1247, 70:117] = 0
    cv2.circle(page, (95, 1500), 23, 0, 5)
    letters = recordings.image("prose")[20:80, 60:180]
    page[1700 : 1700 + letters.shape[0], 60 : 60 + letters.shape[1]] = letters
    assert without_borders(page, DPI)[0] is page


def test_without_a_known_resolution_no_holes_are_looked_for():
    page = punched(a4(), *LEFT_HOLES)
    assert without_borders(page, 0)[0] is page


@pytest.mark.parametrize("side", [0, 1, 2, 3])
def test_text_cut_by_the_edge_is_left_alone(side):
    ink = recordings.image("prose")
    rows, columns = np.flatnonzero((ink < 128).any(axis=1)), np.flatnonzero((ink < 128).any(axis=0))
    tight = ink[rows[0] + 12 : rows[-1] - 12, columns[0] + 12 : columns[-1] - 12]
    for image in (tight, cv2.resize(tight, None, fx=4, fy=4, interpolation=cv2.INTER_CUBIC)):
        page = np.ascontiguousarray(np.rot90(image, side))
        assert without_borders(page, DPI)[0] is page


def test_text_that_touches_a_border_loses_no_stroke_but_the_one_that_touches():
    page = a4()
    assert (page[:, 200:260] < 128).any()
    page = page[:, 200 + int(np.flatnonzero((page[:, 200:] < 128).any(axis=0))[0]) :]
    dark = np.concatenate((np.full((page.shape[0], 60), 10, np.uint8), page), axis=1)
    found, steps = without_borders(dark, DPI)
    assert steps == (BORDER,)
    assert np.array_equal(found[:, 64:], page[:, 4:])


@pytest.mark.parametrize("colours", [(20, 255), (60, 230), (20, 100), (100, 5)])
def test_letters_on_a_dark_ground_at_the_edge_are_left_alone(colours):
    dark, light = colours
    page = a4()
    text = recordings.image("prose")[:200]
    banner = np.where(text < 128, light, dark).astype(np.uint8)
    page[:200] = dark
    page[:, -60:] = dark
    page[: banner.shape[0], 200 : 200 + banner.shape[1]] = banner
    found, steps = without_borders(page, DPI)
    assert steps == ()
    assert found is page


def test_a_negative_and_a_black_page_are_left_alone():
    for page in (255 - a4(), np.zeros((2339, 1654), np.uint8)):
        assert without_borders(page, DPI)[0] is page


@pytest.mark.parametrize("name", ["prose", "notice", "spoilt"])
def test_a_page_without_borders_and_holes_is_the_very_same_image(name):
    page = recordings.image(name)
    found, steps = without_borders(page, DPI)
    assert found is page
    assert steps == ()


def test_the_resolution_is_read_from_the_page_image_itself():
    grey = bytes(6)
    assert dpi_of(encode_grey(grey, 3, 2, 300)) == pytest.approx(300, abs=0.05)
    assert dpi_of(cv2.imencode(".png", np.zeros((2, 3), np.uint8))[1].tobytes()) == 0
    assert dpi_of(b"rubbish") == 0
