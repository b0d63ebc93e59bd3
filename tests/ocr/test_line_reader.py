"""The line reader with the model that ships: lines drawn here are found and read."""

import subprocess
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from model.box import Box
from model.errors import MissingProgram, PageError
from model.page import Preparation, Quality
from ocr.image.prepare import Prepared
from ocr.line_reader import model
from ocr.line_reader.alphabet import CHARACTERS
from ocr.line_reader.crops import LineCrop, batches
from ocr.line_reader.decoding import BLANK
from ocr.line_reader.geometry import BASELINE, HEIGHT, LETTER_HEIGHT, as_input
from ocr.line_reader.reader import LineReader, find_lines

NOTHING: Any = None  # the source of a page that is read from its image


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


def read_page(image):
    (reading,) = LineReader().read(NOTHING, 3, image, 300)
    return reading


@drawn_text
def test_all_ten_thai_digits_are_read():
    image, _ = page("๐๑๒๓๔๕๖๗๘๙", "พ.ศ. ๒๕๖๙", "๑๔๗,๖๘๙ คน")
    assert read_page(image).text.split("\n")[:3] == ["๐๑๒๓๔๕๖๗๘๙", "พ.ศ. ๒๕๖๙", "๑๔๗,๖๘๙ คน"]


@drawn_text
@pytest.mark.parametrize("number", ["11", "180", "644", "1,111", "02-111-1811", "7", "๑๑", "๗.๑๗"])
def test_narrow_digits_alone_in_a_cell_are_all_read(number):
    image, _ = page(number, "ครัวเรือน", size=34)
    assert read_page(image).text.split("\n")[0] == number


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
    image, _ = page("จำนวนผู้มีสิทธิเลือกตั้ง", "ฌาปนสถาน")
    assert read_page(image).text.split("\n")[:2] == ["จำนวนผู้มีสิทธิเลือกตั้ง", "ฌาปนสถาน"]


@drawn_text
@pytest.mark.parametrize("size", [28, 40, 60])
def test_lines_are_read_at_any_size(size):
    image, _ = page("ประกาศ ณ วันที่ ๘ มีนาคม ๒๕๖๙", size=size, pitch=120)
    assert read_page(image).text.rstrip("\n").replace(" ", "") == "ประกาศณวันที่๘มีนาคม๒๕๖๙"


@drawn_text
def test_a_reading_has_lines_with_boxes_and_confidences_and_gaps_for_its_letters():
    image, boxes = page("เขต ๒๔", "ข้อ ๖")
    read = read_page(image)
    assert read.page == 3
    assert [read.text[line.span.start : line.span.end] for line in read.lines] == ["เขต ๒๔", "ข้อ ๖"]
    found = [line.box for line in read.lines]
    assert all(
        abs(a - b) <= 4
        for mine, other in zip(found, boxes, strict=True)
        for a, b in ((mine.left, other.left), (mine.bottom, other.bottom), (mine.right, other.right))
    )
    at = read.text.index("๒๔")
    two, four = read.boxes[at], read.boxes[at + 1]
    assert boxes[0].left < two.left < two.right <= four.right <= boxes[0].right + 20
    assert (two.top, two.bottom) == (found[0].top, found[0].bottom)
    assert read.boxes[read.text.index(" ")] is None
    assert all(0.5 < (read.confidences[n] or 0.0) <= 1 for n in (at, at + 1))
    space = read.text.index(" ")
    assert read.gaps[space - 1] > 2 * read.gaps[at]
    assert read.gaps[read.text.index("\n") - 1] is None
    assert read.gaps[read.text.index("้") - 1] == 0.0  # a mark stands on its letter


@drawn_text
def test_columns_are_read_one_by_one_and_parted_by_a_tab():
    image, _ = page("รวม                                        ๙๖,๙๑๙")
    assert read_page(image).text == "รวม\t๙๖,๙๑๙\n"


@drawn_text
def test_a_line_holds_no_ink_of_its_neighbours_however_near_they_are():
    rows = ("ปู่ย่าปู่ญี่ปุ่นฎีกา", "ที่นี่ได้รับทั้งสิ้น", "กฎหมายผู้มีอยู่")
    image, _ = page(*rows, size=40, pitch=68)
    assert read_page(image).text.replace(" ", "").split("\n")[:3] == list(rows)


def test_a_page_without_ink_has_an_empty_reading():
    read = read_page(prepared(np.full((200, 400), 250, np.uint8)))
    assert (read.text, read.lines) == ("", ())


def test_specks_are_no_letters():
    image = np.full((400, 400), 250, np.uint8)
    image[100:105, 50:55] = 30
    image[300:304, 250:257] = 30
    assert read_page(prepared(image)).text == ""


@pytest.mark.parametrize(
    ("letters", "sure", "read"), [(2, 0.55, ""), (2, 0.7, "AA\n"), (6, 0.55, "AAAAAA\n")]
)
def test_few_letters_of_which_the_reader_is_not_sure_are_no_text(letters, sure, read):
    def score(crops):
        found = np.full((4 * letters, len(CHARACTERS) + 1), np.log(1e-6), np.float32)
        found[:, BLANK] = 0.0
        found[::4, BLANK] = np.log(1 - sure)
        found[::4, 1 + CHARACTERS.index("A")] = np.log(sure)
        return [found for _ in crops]

    image = prepared(strokes(count=12))
    (reading,) = LineReader(score).read(NOTHING, 1, image, 300)
    assert reading.text == read


def test_a_page_of_noise_fails_and_the_error_names_the_file_and_the_page():
    noise = np.random.default_rng(1).integers(0, 256, (2200, 1600), np.uint8)
    source: Any = type("Source", (), {"name": "scan.png"})()
    with pytest.raises(PageError, match=r"^scan\.png, page 4: .* noise, halftone or dirt .* Scan it again"):
        LineReader().read(source, 4, prepared(noise, letter=4.0), 300)


def test_a_missing_model_is_said_with_its_remedy(tmp_path):
    with pytest.raises(MissingProgram, match="missing"):
        model.session(tmp_path / "none.onnx")


def test_the_model_ships_within_eight_megabytes():
    assert model.MODEL.stat().st_size < 8_000_000


def crops_of(image):
    """The crops of the stretches of a page."""
    lines = find_lines(prepared(image))
    return [
        crop for _, at, one in lines.stretches(range(len(lines.rows))) for crop in lines.cutter.cut(at, one)
    ]


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
    (crop,) = crops_of(image)
    assert crop.image.shape[0] == HEIGHT
    ink = np.flatnonzero(crop.image.max(axis=1) > 128)
    assert abs(ink[0] - (BASELINE - LETTER_HEIGHT)) <= 2
    assert abs(ink[-1] + 1 - BASELINE) <= 2


def test_tall_letters_do_not_set_the_height_of_a_line():
    image = strokes(letter=20, count=40)
    for n in range(0, 40, 2):  # every other letter is an ascender
        image[100 - 30 : 100, 50 + 30 * n : 62 + 30 * n] = 20
    (crop,) = crops_of(image)
    short = crop.image[:, round((80 + 6 - crop.left) / crop.step)]
    assert abs(np.flatnonzero(short > 128)[0] - (BASELINE - LETTER_HEIGHT)) <= 2


def test_a_stretch_that_lies_lower_than_the_rest_of_its_line_is_cut_where_it_lies():
    image = np.full((200, 1600), 240, np.uint8)
    for n in range(14):
        image[80:100, 50 + 30 * n : 62 + 30 * n] = 20
        image[87:107, 1050 + 30 * n : 1062 + 30 * n] = 20
    crops = crops_of(image)
    feet = [np.flatnonzero(crop.image.max(axis=1) > 128)[-1] + 1 for crop in crops]
    assert len(crops) == 2
    assert all(abs(foot - BASELINE) <= 2 for foot in feet)


def test_columns_of_a_crop_lead_back_to_the_image():
    image = strokes()
    (crop,) = crops_of(image)
    first = np.flatnonzero(crop.image[BASELINE - 5] > 128)[0]
    assert abs(crop.across(first, first + 1).left - 50) <= 3


def test_a_long_line_is_cut_between_letters():
    image = strokes(count=120)
    crops = crops_of(image)
    assert len(crops) > 1
    assert sum(np.count_nonzero(np.diff((c.image[25] > 128).astype(int)) == 1) for c in crops) == 120


def test_batches_hold_lines_of_one_width_and_every_line_once():
    widths = [41, 300, 44, 310, 900, 48, 46, 47]
    crops = [LineCrop(0, np.zeros((HEIGHT, width), np.uint8), 0, 1, 0, 1) for width in widths]
    assert batches(crops, 150) == [[0, 2, 6], [7, 5], [1], [3], [4]]


@drawn_text
def test_a_line_reads_the_same_whatever_else_is_on_its_page():
    image, _ = page("จำนวนคะแนน... ๑๒,๕๐๐ คน")
    alone = crops_of(image.image)
    wide = [LineCrop(0, np.zeros((HEIGHT, width), np.uint8), 0, 1, 0, 1) for width in (8, 700, 720, 1600)]
    for crop in alone:
        others = [replace(crop, image=np.pad(crop.image, ((0, 0), (0, more)))) for more in (16, 40, 56)]
        (by_itself,) = model.scores([crop])
        among_others = model.scores([*wide, crop, *others])[len(wide)]
        assert np.allclose(by_itself, among_others, atol=1e-4)
