"""The line reader with the model that ships: lines drawn here are read, from crops to a witness with boxes."""

import subprocess

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from model.edit import Span
from model.errors import MissingProgram
from model.page import Box, Line, Preparation, Quality, Reader, Reading
from ocr.image.prepare import Prepared
from ocr.line_reader import model
from ocr.line_reader.crops import Cutter, LineCrop, batches
from ocr.line_reader.geometry import BASELINE, HEIGHT, LETTER_HEIGHT, as_input
from ocr.line_reader.reader import LineReader, is_doubtful

BASE = Reader("tesseract", "5")


def thai_font() -> str | None:
    """An installed font that draws Thai, if there is one: one that the model was trained with."""
    try:
        listed = subprocess.run(["fc-list", ":lang=th", "file"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    files = sorted(line.rstrip(": ") for line in listed.stdout.splitlines())
    return next(
        (f for name in ("Laksaman.ttf", "Garuda.ttf", "Norasi.ttf") for f in files if name in f), None
    )


FONT = thai_font()
drawn_text = pytest.mark.skipif(FONT is None, reason="no Thai font is installed")


def page(*lines, size=40, pitch=90):
    """A page image with the lines drawn, and the boxes around them."""
    assert FONT is not None
    font = ImageFont.truetype(FONT, size, layout_engine=ImageFont.Layout.RAQM)
    image = Image.new("L", (1400, pitch * (len(lines) + 1)), 245)
    boxes = []
    for number, text in enumerate(lines):
        at = (80, pitch * (number + 1))
        ImageDraw.Draw(image).text(at, text, font=font, fill=30, anchor="ls")
        left, top, right, bottom = font.getbbox(text, anchor="ls")
        boxes.append(Box(at[0] + int(left), at[1] + int(top), at[0] + int(right), at[1] + int(bottom)))
    return prepared(np.asarray(image)), boxes


def prepared(image, letter=20.0):
    height, width = image.shape
    return Prepared(
        image, Quality(letter, 0.9, 0.0, 1.0, 0.1, False), Preparation(), width=width, height=height
    )


def base(texts, boxes, confidence=0.9):
    """What Tesseract might have read in those boxes."""
    text = "\n".join(texts) + "\n"
    lines, at = [], 0
    for one, box in zip(texts, boxes, strict=True):
        lines.append(Line(Span(at, at + len(one)), box))
        at += len(one) + 1
    nothing = (None,) * len(text)
    return Reading(3, BASE, text, tuple(lines), nothing, (confidence,) * len(text), nothing)


@drawn_text
def test_all_ten_thai_digits_are_read():
    image, boxes = page("๐๑๒๓๔๕๖๗๘๙", "พ.ศ. ๒๕๖๙", "๑๔๗,๖๘๙ คน")
    read = LineReader().read(image, base(["x", "x", "x"], boxes))
    assert read.text.split("\n")[:3] == ["๐๑๒๓๔๕๖๗๘๙", "พ.ศ. ๒๕๖๙", "๑๔๗,๖๘๙ คน"]


@drawn_text
@pytest.mark.parametrize("number", ["11", "180", "644", "1,111", "02-111-1811", "7", "๑๑", "๗.๑๗"])
def test_narrow_digits_alone_in_a_cell_are_all_read(number):
    image, boxes = page(number, "ครัวเรือน", size=44)
    read = LineReader().read(image, base(["x", "x"], boxes))
    assert read.text.split("\n")[0] == number


def test_white_on_dark_is_the_same_input_as_dark_on_white():
    image = strokes(letter=20)
    assert np.array_equal(as_input(image), as_input(255 - image))


def test_a_line_that_is_mostly_paper_is_not_turned_round():
    image = strokes(letter=20)
    image[60:110, :] = 20  # a rule as wide as the crop may be, but less than half of it
    made = as_input(image)
    assert made[:50].max() < 20
    assert made[70:100].min() > 200


@drawn_text
def test_sara_am_is_one_letter_and_what_tesseract_lacks_is_read():
    image, boxes = page("จำนวนผู้มีสิทธิเลือกตั้ง", "ฌาปนสถาน")
    read = LineReader().read(image, base(["x", "x"], boxes))
    assert read.text.split("\n")[:2] == ["จำนวนผู้มีสิทธิเลือกตั้ง", "ฌาปนสถาน"]


@drawn_text
@pytest.mark.parametrize("size", [28, 40, 60])
def test_lines_are_read_at_any_size(size):
    image, boxes = page("ประกาศ ณ วันที่ ๘ มีนาคม ๒๕๖๙", size=size, pitch=120)
    read = LineReader().read(image, base(["x"], boxes))
    assert read.text.rstrip("\n").replace(" ", "") == "ประกาศณวันที่๘มีนาคม๒๕๖๙"


@drawn_text
def test_a_witness_has_the_lines_of_the_base_with_boxes_and_confidences_for_its_letters():
    image, boxes = page("เขต ๒๔", "ข้อ ๖")
    read = LineReader().read(image, base(["first", "second"], boxes))
    assert read.page == 3
    assert [read.text[line.span.start : line.span.end] for line in read.lines] == ["เขต ๒๔", "ข้อ ๖"]
    assert [line.box for line in read.lines] == boxes
    at = read.text.index("๒๔")
    two, four = read.boxes[at], read.boxes[at + 1]
    assert two is not None
    assert four is not None
    assert boxes[0].left < two.left < two.right <= four.right <= boxes[0].right + 20
    assert (two.top, two.bottom) == (boxes[0].top, boxes[0].bottom)
    assert read.boxes[read.text.index(" ")] is None
    assert all(0.5 < (read.confidences[n] or 0.0) <= 1 for n in (at, at + 1))


@drawn_text
def test_columns_are_read_one_by_one_and_parted_by_a_space():
    image, boxes = page("รวม                                        ๙๖,๙๑๙")
    read = LineReader().read(image, base(["x"], boxes))
    assert read.text.split() == ["รวม", "๙๖,๙๑๙"]
    assert len(Cutter(image.image, 20.0).cut(0, boxes[0])) == 2


@drawn_text
def test_only_doubtful_lines_are_read_where_that_is_asked_for():
    image, boxes = page("เขต ๒๔", "จังหวัด")
    read = LineReader("doubtful").read(image, base(["เขต ๒๕", "จังหวัด"], boxes))
    assert read.text.split("\n")[:2] == ["เขต ๒๔", ""]


def test_a_line_is_doubtful_for_its_digits_or_an_unsure_letter():
    sure = base(["เขต ๒", "หมู่ 4", "จังหวัด"], [None, None, None])
    unsure = base(["จังหวัด"], [None], confidence=0.3)
    assert [is_doubtful(sure, line) for line in sure.lines] == [True, True, False]
    assert is_doubtful(unsure, unsure.lines[0])


def test_a_line_without_a_box_or_ink_is_left_empty_and_the_rest_of_the_text_stands():
    blank = prepared(np.full((200, 400), 250, np.uint8))
    read = LineReader().read(blank, base(["abc", "def"], [None, Box(10, 10, 300, 50)]))
    assert read.text == "\n\n"
    assert len(read.lines) == 2


def test_a_missing_model_is_said_with_its_remedy(tmp_path):
    with pytest.raises(MissingProgram, match="missing"):
        model.session(tmp_path / "none.onnx")


def test_the_model_ships_within_eight_megabytes():
    assert model.MODEL.stat().st_size < 8_000_000


def strokes(*, slope=0.0, letter=20, count=30, base_row=100):
    """A line of upright strokes that stand on a baseline, as letters do."""
    image = np.full((200, 100 + 30 * count), 240, np.uint8)
    for n in range(count):
        x = 50 + 30 * n
        foot = round(base_row + slope * x)
        image[foot - letter : foot, x : x + 12] = 20
    return image


@pytest.mark.parametrize("slope", [0.0, 0.005, -0.01, 0.02])
@pytest.mark.parametrize("letter", [14, 20, 36])
def test_letters_stand_on_the_baseline_at_one_height_in_every_crop(slope, letter):
    image = strokes(slope=slope, letter=letter)
    (crop,) = Cutter(image, 20.0).cut(0, Box(40, 60, image.shape[1] - 40, 130))
    assert crop.image.shape[0] == HEIGHT
    ink = np.flatnonzero(crop.image.max(axis=1) > 128)
    assert abs(ink[0] - (BASELINE - LETTER_HEIGHT)) <= 2
    assert abs(ink[-1] + 1 - BASELINE) <= 2


def test_tall_letters_do_not_set_the_height_of_a_line():
    image = strokes(letter=20, count=40)
    for n in range(0, 40, 2):  # every other letter is an ascender
        image[100 - 30 : 100, 50 + 30 * n : 62 + 30 * n] = 20
    (crop,) = Cutter(image, 20.0).cut(0, Box(40, 60, image.shape[1] - 40, 130))
    short = crop.image[:, round((80 + 6 - crop.left) / crop.step)]
    assert abs(np.flatnonzero(short > 128)[0] - (BASELINE - LETTER_HEIGHT)) <= 2


def test_a_stretch_that_lies_lower_than_the_rest_of_its_line_is_cut_where_it_lies():
    image = np.full((200, 1600), 240, np.uint8)
    for n in range(14):
        image[80:100, 50 + 30 * n : 62 + 30 * n] = 20
        image[87:107, 1050 + 30 * n : 1062 + 30 * n] = 20
    crops = Cutter(image, 20.0).cut(0, Box(40, 60, 1500, 130))
    feet = [np.flatnonzero(crop.image.max(axis=1) > 128)[-1] + 1 for crop in crops]
    assert len(crops) == 2
    assert all(abs(foot - BASELINE) <= 2 for foot in feet)


def test_columns_of_a_crop_lead_back_to_the_image():
    image = strokes()
    (crop,) = Cutter(image, 20.0).cut(0, Box(40, 60, image.shape[1] - 40, 130))
    first = np.flatnonzero(crop.image[round(BASELINE) - 5] > 128)[0]
    assert abs(crop.across(first, first + 1).left - 50) <= 3


def test_a_long_line_is_cut_between_letters():
    image = strokes(count=120)
    crops = Cutter(image, 20.0).cut(0, Box(40, 60, image.shape[1] - 40, 130))
    assert len(crops) > 1
    assert sum(np.count_nonzero(np.diff((c.image[25] > 128).astype(int)) == 1) for c in crops) == 120


def test_batches_hold_lines_of_about_one_width_and_every_line_once():
    widths = [40, 300, 44, 310, 900, 48]
    crops = [LineCrop(0, np.zeros((HEIGHT, width), np.uint8), 0, 1, 0, 1) for width in widths]
    found = batches(crops, 700)
    assert sorted(index for group in found for index in group) == list(range(6))
    assert [0, 2, 5] in found
    assert [4] in found
