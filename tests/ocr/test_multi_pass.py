"""A page read several times."""

from typing import Any

import numpy as np
import pytest

from model.page import Preparation, Quality
from ocr.image.prepare import Prepared
from ocr.select import select_reader
from ocr.tesseract.multi_pass import MultiPassReader, sharpened
from ocr.tesseract.recognise import TesseractReader

NOTHING: Any = None


@pytest.fixture
def seen(monkeypatch):
    """What each reading was made from: (languages, image)."""
    readings = []

    def read(self, source, number, prepared, dpi):
        readings.append((dict(self.reader.settings)["languages"], prepared.image))
        return (len(readings),)

    monkeypatch.setattr(TesseractReader, "read", read)
    return readings


def page(*, blank):
    image = np.full((40, 40), 255, np.uint8)
    image[:, 18:22] = 120
    return Prepared(image, Quality(20, 0.9, 0, 1, 0.1, blank), Preparation(), 40, 40)


@pytest.mark.tesseract
def test_the_usual_reading_comes_first_then_a_sharper_one_then_one_of_thai_alone(seen):
    prepared = page(blank=False)
    reader: Any = MultiPassReader()
    assert reader.read(NOTHING, 1, prepared, 300) == (1, 2, 3)
    assert [languages for languages, _ in seen] == ["tha+eng", "tha+eng", "tha"]
    standard, sharp, soft = (image for _, image in seen)
    assert standard is prepared.image
    assert sharp[20, 20] < standard[20, 20]
    assert soft[20, 18] > standard[20, 18]


@pytest.mark.tesseract
def test_a_blank_page_is_read_once(seen):
    MultiPassReader().read(NOTHING, 1, page(blank=True), 300)
    assert len(seen) == 1


def test_sharpening_leaves_even_paper_as_it_is():
    paper = np.full((30, 30), 200, np.uint8)
    assert np.array_equal(sharpened(paper), paper)


@pytest.mark.tesseract
def test_how_a_page_is_read_is_part_of_the_readers_identity():
    standard, best = (select_reader("tesseract", quality=quality).reader for quality in ("standard", "best"))
    assert standard != best
    assert any(setting.endswith("multi-pass") for setting, _ in best.settings)
