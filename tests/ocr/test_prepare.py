import math
from dataclasses import replace

import cv2
import numpy as np
import pytest

from model import geometry
from model.box import Box
from model.page import Preparation
from ocr.image import orientation as layout
from ocr.image.png import encode_grey
from ocr.image.prepare import IN_COLUMNS, ROW_BY_ROW, SAUVOLA, prepare, upright
from ocr.image.quality import survey
from tests.ocr import recordings
from tests.ocr.drawn import Drawing


def prepared(image, dpi=200):
    return prepare(encode_grey(np.ascontiguousarray(image).tobytes(), image.shape[1], image.shape[0], dpi))


def turned(image, degrees):
    """The image turned clockwise around its centre by a small angle, paper in the corners."""
    height, width = image.shape
    matrix = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), -degrees, 1)
    return cv2.warpAffine(image, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=255)


@pytest.mark.parametrize("name", ["prose", "notice"])
def test_an_upright_straight_good_page_is_left_alone(name):
    found = prepared(recordings.image(name))
    assert found.preparation == Preparation(0, 0.0, ("row by row",))
    assert np.array_equal(found.image, recordings.image(name))


@pytest.mark.parametrize("name", ["prose", "spoilt"])
@pytest.mark.parametrize("turns", [1, 2, 3])
def test_a_page_that_lies_on_its_side_or_head_is_turned_upright(name, turns):
    found = prepared(np.rot90(recordings.image(name), turns))
    assert found.preparation.quarter_turns == turns
    assert found.preparation.skew == 0
    assert np.array_equal(
        upright(np.rot90(recordings.image(name), turns), found.preparation), recordings.image(name)
    )


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_a_page_with_too_few_letters_to_be_sure_is_not_turned(turns):
    assert prepared(np.rot90(recordings.image("notice")[:150], turns)).preparation.quarter_turns == 0


@pytest.mark.parametrize("name", ["prose", "spoilt"])
@pytest.mark.parametrize("degrees", [-4.3, -1.0, -0.35, 0.35, 0.8, 2.5, 4.6])
def test_skew_is_measured_to_a_tenth_of_a_degree(name, degrees):
    seen = survey(turned(recordings.image(name), degrees))
    assert layout.skew(seen.pieces) == pytest.approx(-degrees, abs=0.1)


@pytest.mark.parametrize("degrees", [-4.3, 1.5, 3.0])
def test_a_page_that_is_askew_is_straightened(degrees):
    found = prepared(turned(recordings.image("prose"), degrees))
    assert found.preparation.skew == pytest.approx(-degrees, abs=0.1)
    assert found.preparation.steps[0] == f"straightened {found.preparation.skew:+.2f} degrees"


@pytest.mark.parametrize("degrees", [0.1, -0.5, 1.0])
def test_skew_that_tesseract_copes_with_better_is_left_alone(degrees):
    image = turned(recordings.image("prose"), degrees)
    found = prepared(image)
    assert found.preparation.skew == 0
    assert np.array_equal(found.image, image)


def test_straightening_makes_lines_level():
    found = prepared(turned(recordings.image("prose"), 3))
    rows = (found.image < 128).sum(axis=1)
    straight = (recordings.image("prose") < 128).sum(axis=1)
    assert np.var(rows) > 0.8 * np.var(straight)


@pytest.mark.parametrize(("turns", "degrees"), [(0, 2.0), (1, 0.0), (1, -1.5), (2, 1.0), (3, -3.0)])
def test_boxes_map_to_the_place_on_the_page_that_was_read(turns, degrees):
    page = np.full((400, 600), 255, np.uint8)
    page[100:120, 150:190] = 0
    preparation = Preparation(turns, degrees)
    image = upright(page, preparation)
    ys, xs = np.nonzero(image < 128)
    box = Box(int(xs.min()), int(ys.min()), int(xs.max()) + 1, int(ys.max()) + 1)
    back = geometry.to_page(box, preparation, 600, 400)
    slack = math.ceil(60 * math.sin(math.radians(abs(degrees)))) + 1
    for found, true in zip((back.left, back.top, back.right, back.bottom), (150, 100, 190, 120), strict=True):
        assert abs(found - true) <= (slack if degrees else 0)
    there = geometry.to_upright(Box(150, 100, 190, 120), preparation, 600, 400)
    assert abs(there.left - box.left) <= 1
    assert abs(there.bottom - box.bottom) <= 1


@pytest.mark.parametrize("grey", [255, 200, 0])
def test_a_page_without_ink_is_blank(grey):
    found = prepared(np.full((1754, 1240), grey, np.uint8))
    assert found.quality.blank
    assert found.preparation.steps == ("blank",)


def test_a_noisy_empty_page_may_be_read_but_dust_alone_is_blank():
    page = np.full((1754, 1240), 250, np.uint8)
    page[300:302, 400:403] = 60
    page[900:903, 200:202] = 90
    assert prepared(page).quality.blank


@pytest.mark.parametrize("text", ["1", "- ๒ -", "หน้า ๕", "จบ"])
def test_a_page_with_nothing_but_a_page_number_is_not_blank(text):
    record = pytest.importorskip("tests.ocr.record")
    if not record.FONTS.exists():
        pytest.skip("fonts-thai-tlwg is not installed")
    line = record.draw(text, "Garuda", 32, 300, margin=20)
    page = np.full((2339, 1654), 255, np.uint8)
    page[100 : 100 + line.shape[0], 700 : 700 + line.shape[1]] = line
    assert not prepared(page).quality.blank


def test_quality_tells_a_good_page_from_a_spoilt_one():
    good, spoilt = (prepared(recordings.image(name)).quality for name in ("prose", "spoilt"))
    assert good.x_height == pytest.approx(22, abs=3)
    assert spoilt.x_height == pytest.approx(good.x_height, abs=2)
    assert good.noise == 0
    assert spoilt.noise == pytest.approx(9 / 255, rel=0.3)
    assert good.contrast > 0.9
    assert 0.3 < spoilt.contrast < good.contrast
    assert spoilt.sharpness < good.sharpness
    assert 0.02 < good.ink < 0.3


def test_only_a_noisy_page_is_blurred_and_thresholded_otherwise():
    good, spoilt = (prepared(recordings.image(name)) for name in ("prose", "spoilt"))
    assert good.settings == ROW_BY_ROW
    assert spoilt.settings == replace(ROW_BY_ROW, thresholding=SAUVOLA)
    assert spoilt.preparation.steps[-1] == "blurred for its noise, thresholded by Sauvola's method"
    assert spoilt.preparation.skew == 0
    rough, smooth = (np.diff(image.astype(int)).std() for image in (recordings.image("spoilt"), spoilt.image))
    assert smooth < rough


def test_ruling_lines_are_painted_over_and_letters_stay():
    image = recordings.image("prose").copy()
    ruled = image.copy()
    for row in (40, 545):
        ruled[row : row + 3, 30:1210] = 0
    for column in (30, 1207):
        ruled[40:548, column : column + 3] = 0
    found = prepared(ruled)
    assert "ruling lines painted over" in found.preparation.steps
    assert np.array_equal(found.image[60:530, 45:1195], image[60:530, 45:1195])
    assert (found.image[38:45, 30:1210] > 200).all()


def test_columns_of_running_text_are_read_one_after_the_other():
    # Text from the recorded page, one block twice beside itself, its lines cut to one width.
    block = recordings.image("prose")[:, 60:700]
    page = np.full((block.shape[0], 1400), 255, np.uint8)
    page[:, 40:680] = block
    page[:, 720:1360] = block
    found = prepared(page)
    assert found.settings == IN_COLUMNS
    assert found.preparation.steps[-1] == "column by column"


@pytest.mark.parametrize("shadow", [255, 150, 20])
def test_two_full_pages_of_an_open_book_are_read_one_after_the_other(shadow):
    text = recordings.image("prose")[:, 60:1200]
    page = np.full((1754, 2480), 255, np.uint8)
    for top in (100, 700):
        page[top : top + text.shape[0], 50:1190] = text
        page[top : top + text.shape[0], 1310:2450] = text
    page[:, 1235:1245] = shadow
    found = prepared(page)
    assert found.settings == IN_COLUMNS
    assert found.band_borders == ()


def test_a_table_with_short_cells_is_read_row_by_row():
    block = recordings.image("prose")
    page = np.full((block.shape[0], 1700), 255, np.uint8)
    page[:, 60:360] = block[:, 60:360]
    page[:, 900:1100] = block[:, 60:260]
    page[:, 1400:1500] = block[:, 60:160]
    assert prepared(page).settings == ROW_BY_ROW


def test_the_dots_of_a_form_do_not_turn_it_upside_down():
    page = Drawing()
    words = ("รายงานการตรวจงาน", "นามสกล", "ตาบลบานนาสาร", "อาคารเรยนและโรงอาหาร", "ผลการดาเนนงาน")
    for row in range(20):
        y, x = 400 + 130 * row, 300 + 37 * (row % 7)
        page.text(x, y, words[row % 5]).dots(x, 2100, y + 24, pitch=15)
    assert prepared(page.pixels, 300).preparation.quarter_turns == 0
    upside_down = np.rot90(Drawing().prose(lines=20).pixels, 2)
    assert prepared(upside_down, 300).preparation.quarter_turns == 2


def test_the_letters_of_a_table_of_contents_are_as_high_as_they_are_without_its_dots():
    words = ("บทนา", "ความเปนมา", "วตถประสงค", "ขอมลพนฐาน", "ประชากร")
    bare, dotted = Drawing(), Drawing()
    for row in range(15):
        y = 400 + 130 * row
        for page in (bare, dotted):
            page.text(300, y, words[row % 5]).text(2150, y, str(row + 1))
        dotted.dots(700, 2100, y + 24, pitch=15)
    heights = [prepared(page.pixels, 300).quality.x_height for page in (bare, dotted)]
    assert heights[1] == pytest.approx(heights[0], rel=0.1)


def test_the_halves_of_a_full_table_are_no_columns():
    # Figures that fill their columns, with a wider gap in the middle than anywhere else.
    page = Drawing()
    for row in range(24):
        for x in (200, 545, 890, 1330, 1675, 2020):
            page.text(x, 400 + 110 * row, "๒๕๖,๗๘๙")
    assert prepared(page.pixels, 300).settings == ROW_BY_ROW


def test_prose_in_a_table_of_two_columns_is_read_row_by_row():
    block = recordings.image("prose")[:, 60:700]
    page = np.full((block.shape[0] + 60, 1400), 255, np.uint8)
    page[30:-30, 40:680] = block
    page[30:-30, 720:1360] = block
    for x in (20, 699, 1378):
        page[10:-10, x : x + 3] = 0
    for y in (10, page.shape[0] // 2, page.shape[0] - 12):
        page[y : y + 3, 20:1380] = 0
    assert prepared(page).settings == ROW_BY_ROW


def test_bytes_that_are_no_image_are_an_error():
    with pytest.raises(ValueError, match="not a page image"):
        prepare(b"rubbish")


@pytest.mark.parametrize("shape", [(20, 6000), (6000, 20), (2, 2)])
def test_a_strip_that_is_next_to_nothing_when_it_is_made_smaller_is_a_page_all_the_same(shape):
    assert prepared(np.full(shape, 255, np.uint8)).image.size
