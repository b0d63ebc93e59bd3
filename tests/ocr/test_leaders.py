"""Rows of dots, blanks and check boxes are found on the image and taken out of the readers' way."""

import numpy as np
import pytest

from model.region import CheckState, RegionKind
from ocr.image.png import encode_grey
from ocr.image.prepare import prepare, prepare_pixels
from ocr.image.quality import survey
from ocr.layout.leaders import _low_pieces
from ocr.layout.regions import drawn_regions
from ocr.layout.ruling import ruling
from tests.ocr.drawn import Drawing, slanted


def found(image):
    seen = survey(np.ascontiguousarray(image))
    size = seen.pieces.letter_height
    return drawn_regions(image, seen.mask, ruling(seen.small, seen.mask, size), size, seen.scale)


def spans(regions):
    return [(region.box.left, region.box.right) for region in regions]


def near(seen, wanted, by=16):
    assert len(seen) == len(wanted)
    assert np.abs(np.array(seen) - np.array(wanted)).max() <= by


@pytest.mark.parametrize("shape", [(12, 0), (0, 12)])
def test_between_rows_of_dots_that_touch_there_is_nothing(shape):
    dots, rules = _low_pieces(np.zeros(shape, np.uint8), (40, 30), 20.0)
    assert (len(dots), len(rules)) == (0, 0)


def test_each_row_of_dots_between_words_is_a_leader():
    page = Drawing().prose().text(300, 1300, "ชื่อ").dots(420, 1000, 1300).text(1010, 1300, "นามสกุล")
    page.dots(1260, 1900, 1300)
    regions = found(page.pixels).leaders
    assert {region.kind for region in regions} == {RegionKind.LEADER}
    near(spans(regions), [(420, 1000), (1260, 1900)])


@pytest.mark.parametrize(("pitch", "side"), [(9, 4), (13, 6), (24, 8)])
def test_dots_may_be_small_or_far_apart(pitch, side):
    near(
        spans(found(Drawing().prose().dots(500, 1500, 1300, pitch, side).pixels).leaders),
        [(500, 1500)],
        by=26,
    )


def test_dots_that_go_on_under_writing_are_ink_of_the_leader_and_a_full_stop_is_none():
    page = Drawing().prose().dots(400, 1500, 1300)
    page.line((700, 1264), (1000, 1264), width=44)
    written = found(page.pixels)
    near(spans(written.leaders), [(400, 696), (1000, 1500)], by=40)
    under = [box for box in written.ink if 720 < box.left < 980]
    assert len(under) >= 15
    typed = Drawing().prose().dots(400, 700, 1300).text(720, 1300, "๑๒ ก.ย. ๒๕๖๕").dots(1010, 1500, 1300)
    assert not [box for box in found(typed.pixels).ink if 720 < box.left < 1000]


@pytest.mark.parametrize("degrees", [-0.8, 0.8])
def test_a_slanting_row_is_one_leader(degrees):
    regions = found(slanted(Drawing().prose().dots(500, 1900, 1300).pixels, degrees)).leaders
    assert len(regions) == 1
    assert regions[0].box.width > 1350


def test_four_dots_behind_an_abbreviation_leave_it_its_dot():
    page = Drawing().prose().text(300, 1300, "พ.ศ.").dots(450, 520, 1300, pitch=16)
    drawn = found(page.pixels)
    (region,) = drawn.leaders
    assert region.box.left >= 446
    assert all(box.left >= 446 for box in drawn.ink)


def test_prose_full_of_marks_and_full_stops_has_no_leader_and_no_box():
    page = Drawing(font="Norasi").prose(lines=8)
    for row, words in enumerate(
        ("ที่นี่มีสี่พี่น้องที่ชื่อติ๋มกับปิ๋ม", "พ.ร.บ. ร.ศ. ๑๒๕ ... ก.พ. ม.ค. มี.ค.", "----- o o o o ๐๐๐๐")
    ):
        page.text(300, 1500 + 120 * row, words)
    drawn = found(page.pixels)
    assert drawn.leaders == drawn.check_boxes == ()


def test_words_on_a_row_of_dots_break_the_leader_and_keep_no_dots():
    page = Drawing().prose().dots(300, 2000, 1304).text(700, 1294, "ขออนุญาตไปราชการ")
    drawn = found(page.pixels)
    near(spans(drawn.leaders), [(300, 700), (1236, 2000)])
    assert sum(700 < box.left < 1100 for box in drawn.ink) > 10


def test_a_thin_rule_beside_words_is_a_blank_and_one_under_words_or_alone_is_not():
    page = Drawing().prose().text(300, 1300, "ลงชื่อ").across(470, 1100, 1300, width=3)
    page.text(300, 1500, "หมายเหตุ").across(300, 560, 1512, width=3)
    page.across(900, 1500, 1800, width=3)
    near(spans(found(page.pixels).leaders), [(470, 1100)])


def test_the_rules_of_a_table_are_no_blanks():
    page = Drawing().prose().grid([300, 900, 1500], [1300, 1420, 1540])
    page.text(320, 1400, "ชื่อ").text(920, 1400, "ตำบลกำแพง").text(930, 1520, "ที่").across(
        1000, 1300, 1520, width=3
    )
    near(spans(found(page.pixels).leaders), [(1000, 1300)])


def test_what_is_left_of_a_tables_rules_is_no_blank():
    page = Drawing().prose().across(300, 1500, 1300).across(300, 1500, 1420).down(900, 1300, 1560)
    page.text(320, 1400, "ลำดับ").text(920, 1400, "บาท").text(1700, 1300, "หมายเหตุ")
    assert found(page.pixels).leaders == ()


def test_the_pieces_of_a_broken_rule_of_a_table_are_no_blanks_beside_the_words_of_its_rows():
    page = Drawing().prose().down(600, 1240, 1460)
    for y in (1240, 1340, 1440):
        page.across(280, 980, y).across(1030, 1500, y).across(1550, 1900, y)
        page.text(1000, y + 66, "ค่าตอบแทน")
    assert found(page.pixels).leaders == ()
    page = Drawing().prose().down(280, 1240, 1460).across(280, 700, 1300).text(720, 1296, "ถึงวันที่")
    near(spans(found(page.across(960, 1500, 1300).pixels).leaders), [(960, 1500)])


def test_check_boxes_are_found_with_their_state():
    page = Drawing().prose()
    for x, words in ((300, "อนุมัติ"), (800, "ไม่อนุมัติ"), (1300, "อื่น ๆ")):
        page.square(x, 1262).text(x + 60, 1300, words)
    page.line((805, 1280), (820, 1300), (870, 1240))
    page.line((1306, 1268), (1338, 1300)).line((1306, 1300), (1338, 1268))
    boxes = found(page.pixels).check_boxes
    assert [box.state for box in boxes] == [CheckState.EMPTY, CheckState.TICKED, CheckState.CROSSED]
    assert "".join(box.state.character for box in boxes) == "☐☑☒"
    near(spans(boxes), [(300, 344), (800, 844), (1300, 1344)])


def test_the_loops_of_large_letters_are_no_check_boxes():
    page = Drawing(size=46).prose(lines=12, step=80)
    rings = Drawing(size=220).text(300, 1600, "ชาวละงูเฮรับ")
    assert found(np.minimum(page.pixels, rings.pixels)).check_boxes == ()


def test_small_cells_in_a_row_are_no_check_boxes():
    assert (
        found(Drawing().prose().grid([300 + 50 * n for n in range(8)], [1300, 1350]).pixels).check_boxes == ()
    )


def test_a_page_is_prepared_without_its_dots_and_boxes_and_keeps_its_letters():
    page = Drawing().prose().text(300, 1300, "ชื่อ").dots(420, 1000, 1300).square(1100, 1262)
    pixels = page.pixels
    prepared = prepare(
        encode_grey(np.ascontiguousarray(pixels).tobytes(), pixels.shape[1], pixels.shape[0], 300)
    )
    assert (prepared.image[1250:1310, 415:1200] > 200).all()
    assert np.array_equal(prepared.image[1220:1320, 300:405], pixels[1220:1320, 300:405])
    assert "leaders and check boxes painted over" in prepared.preparation.steps
    assert [region.kind for region in prepared.drawn.all] == [RegionKind.LEADER, RegionKind.CHECK_BOX]


@pytest.mark.parametrize(("font", "size"), [("Laksaman", 64), ("Norasi", 48), ("Garuda", 44)])
@pytest.mark.parametrize("below", [2, 5])
@pytest.mark.parametrize("wide", [4, 7])
def test_dashes_that_underline_words_are_painted_over_however_close(font, size, below, wide):
    drawing = Drawing(font=font, size=size).prose().text(300, 1300, "อนุมัติ ณ วันที่ ๑")
    right = 300 + drawing.width_of("อนุมัติ ณ วันที่ ๑")
    for x in range(296, right, wide + 5):
        drawing.across(x, x + wide, 1300 + below, width=3)
    page = prepare_pixels(drawing.pixels, 300)
    line = page.image[1300 + below : 1303 + below, 300:right]
    dashes = np.count_nonzero((line < 128).any(axis=0))
    assert dashes < 0.25 * (right - 300)  # feet of the sara u
    assert not page.drawn.leaders


def test_the_dots_of_abbreviations_underline_nothing():
    drawing = Drawing().prose().text(300, 1300, "ก.พ. ส.ป.ก. กศ.พ. พ.ศ. ๒๕๖๗")
    page = prepare_pixels(drawing.pixels, 300)
    assert not page.drawn.ink
