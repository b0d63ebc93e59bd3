"""A page is turned only with the consent of those who read it."""

import cv2
import numpy as np
import pytest

from ocr.image.prepare import decode, prepare
from ocr.page_image import made_ready
from ocr.source.rasterise import open_source
from tests.ocr import made, thai_pdf
from tests.ocr.test_text_layer import DRAWN

pytestmark = pytest.mark.slow

WHOLE = DRAWN * 5


@pytest.fixture
def turned(tmp_path):
    """By how many quarter turns the one page of a file is turned when its marks say `marks`."""

    def turned(data, kind, marks, monkeypatch):
        path = tmp_path / f"source.{kind}"
        path.write_bytes(data)
        monkeypatch.setattr("ocr.image.prepare.orientation.quarter_turns", lambda found: marks)
        with open_source(path) as source:
            return made_ready(source, 1, source.page(1)).preparation.quarter_turns

    return turned


def picture(tmp_path, turns=0):
    path = tmp_path / "page.pdf"
    path.write_bytes(thai_pdf.build(WHOLE))
    with open_source(path) as source:
        pixels = decode(source.page(1).png)
    return made.image_bytes(np.ascontiguousarray(np.rot90(pixels, turns)), "PNG", dpi=(300, 300))


def test_an_upright_text_layer_does_not_consent_to_a_half_turn(turned, monkeypatch):
    assert turned(thai_pdf.build(WHOLE), "pdf", 2, monkeypatch) == 0


@pytest.mark.parametrize(
    ("lies", "marks", "is_turned"), [(0, 2, 0), (2, 2, 2), (1, 1, 1), (1, 3, 1), (0, 0, 0)]
)
def test_the_reader_says_which_way_up_a_picture_lies(turned, tmp_path, monkeypatch, lies, marks, is_turned):
    assert turned(picture(tmp_path, lies), "png", marks, monkeypatch) == is_turned


def test_a_page_without_letters_is_left_as_it_lies(turned, monkeypatch):
    blots = np.full((1754, 1240), 255, np.uint8)
    for at in range(60):
        cv2.circle(blots, (100 + 17 * at, 200 + (at * 37) % 1200), 12, 0, 3)
    assert turned(made.image_bytes(blots, "PNG", dpi=(150, 150)), "png", 2, monkeypatch) == 0


def test_pages_that_their_marks_leave_are_not_read_for_it(tmp_path, monkeypatch):
    path = tmp_path / "source.png"
    path.write_bytes(picture(tmp_path))
    monkeypatch.setattr("ocr.page_image.LineReader", None)
    with open_source(path) as source:
        raster = source.page(1)
        assert made_ready(source, 1, raster).preparation == prepare(raster.png).preparation
