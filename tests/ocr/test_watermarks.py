"""Watermarks on scans are lifted to the paper, print on them stays; nothing else is lifted."""

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from model.account import InkKind
from model.page import Reader, Reading
from model.region import RegionKind
from ocr.accounting.account import account
from ocr.image.png import encode_grey
from ocr.image.prepare import prepare, prepare_pixels
from ocr.image.quality import survey
from ocr.image.watermarks import watermarks
from tests.ocr import recordings, thai_pdf
from tests.ocr.drawn import Drawing

STEP = "watermark lifted"
WIDE, HIGH = 1700, 1500


def plain():
    return Drawing(WIDE, HIGH, size=50).prose(x=150, y=200, lines=12).pixels


def mark(words, degrees, size=420):
    """How much of each pixel is a watermark's, 0 to 1."""
    layer = Image.new("L", (WIDE, HIGH), 0)
    font = ImageFont.truetype(str(thai_pdf.font_path("Laksaman")), size)
    ImageDraw.Draw(layer).text((WIDE / 2, HIGH / 2), words, font=font, fill=255, anchor="mm")
    return np.asarray(layer.rotate(degrees, Image.Resampling.BICUBIC), float) / 255


def under(page, words, grey, degrees):
    return (page * (1 - (1 - grey / 255) * mark(words, degrees))).round().astype(np.uint8)


def over(page, words, grey, degrees):
    """Half transparent, so that print under it is fainter."""
    share = mark(words, degrees) / 2
    return (page * (1 - share) + (2 * grey - 255) * share).round().astype(np.uint8)


def scanned(page):
    grain = np.random.default_rng(1).normal(0, 4, page.shape)
    soft = cv2.GaussianBlur(page * 0.93 + 6, (0, 0), 0.8)
    return (soft + grain).clip(0, 255).astype(np.uint8)


def far_off(image, other):
    return int(np.count_nonzero(np.abs(image.astype(int) - other) > 60))


@pytest.mark.parametrize(("words", "degrees"), [("สำเนา", 0), ("สำเนา", 40), ("COPY", 30)])
@pytest.mark.parametrize(("grey", "put"), [(150, under), (180, under), (220, under), (165, over)])
def test_a_page_is_prepared_as_without_its_watermark(words, degrees, grey, put):
    found, other = prepare_pixels(put(plain(), words, grey, degrees), 300), prepare_pixels(plain(), 300)
    assert STEP in found.preparation.steps
    assert RegionKind.WATERMARK in {region.kind for region in found.regions}
    assert far_off(put(plain(), words, grey, degrees), other.image) > 3000 or grey > 195
    assert far_off(found.image, other.image) < 500
    there = mark(words, degrees) > 0.9
    assert abs(float(found.image[there].mean()) - float(other.image[there].mean())) < 4


def test_a_watermark_on_a_scan_with_grain_is_lifted():
    found = prepare_pixels(scanned(under(plain(), "สำเนา", 165, 40)), 300)
    other = prepare_pixels(scanned(plain()), 300)
    assert STEP in found.preparation.steps
    assert far_off(found.image, other.image) < 500


def test_a_watermark_lies_where_it_is_shown_on_a_page_that_is_straightened():
    matrix = cv2.getRotationMatrix2D((WIDE / 2, HIGH / 2), -3, 1)
    page = cv2.warpAffine(under(plain(), "COPY", 165, 0), matrix, (WIDE, HIGH), borderValue=255)
    found = prepare_pixels(np.asarray(page, np.uint8), 300)
    assert found.preparation.skew
    (region,) = (one for one in found.regions if one.kind is RegionKind.WATERMARK)
    rows, columns = np.nonzero(mark("COPY", -3) > 0.5)
    # The box is around a box that was turned.
    assert abs(region.box.left - columns.min()) < 80
    assert abs(region.box.top - rows.min()) < 80


def test_the_account_of_ink_names_it():
    found = prepare_pixels(under(plain(), "สำเนา", 165, 40), 300)
    named = account(found, Reading(1, Reader("made", "1"), "", (), (), (), ())).named
    (place,) = (one for one in named if one.kind is InkKind.WATERMARK)
    assert place.ink > 0
    assert place.box.width > WIDE / 4


def large_heading(page):
    """Grey letters as large as a watermark's, with no print on them."""
    page = page.copy()
    page[:950] = 255
    font = ImageFont.truetype(str(thai_pdf.font_path("Laksaman")), 420)
    image = Image.fromarray(page)
    ImageDraw.Draw(image).text((WIDE / 2, 500), "สำเนา", font=font, fill=165, anchor="mm")
    return np.asarray(image, np.uint8)


def shaded_table(page):
    page = page.copy()
    for area in (np.s_[340:520, 120:1500], np.s_[340:1300, 120:330]):
        page[area] = np.minimum(page[area], 190)
    return page


def shadow(page):
    across = np.abs(np.arange(WIDE) - WIDE / 2) / (WIDE / 2)
    return (page * (0.6 + 0.4 * np.minimum(1, 2 * across))).astype(np.uint8)


def photograph(page):
    page = page.copy()
    blobs = cv2.GaussianBlur(np.random.default_rng(2).normal(128, 60, (600, 900)), (0, 0), 25)
    page[500:1100, 300:1200] = np.clip((blobs - 128) * 12 + 128, 0, 255).astype(np.uint8)
    return page


@pytest.mark.parametrize("change", [large_heading, shaded_table, shadow, photograph])
def test_what_is_no_watermark_is_left(change):
    assert watermarks(survey(change(plain()))) is None


@pytest.mark.parametrize("name", recordings.NAMES)
def test_pages_without_one_are_left(name):
    image = recordings.image(name)
    assert watermarks(survey(image)) is None
    png = encode_grey(np.ascontiguousarray(image).data, image.shape[1], image.shape[0], 150)
    assert STEP not in prepare(png).preparation.steps
