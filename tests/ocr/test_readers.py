import io

import numpy as np
import pikepdf
import pytest
from PIL import Image

from model.box import Box
from model.errors import PageError, UsageError
from ocr.image.prepare import prepare
from ocr.select import select_reader
from ocr.source.rasterise import open_source
from tests.ocr import made, recordings


def read_layer(tmp_path, data):
    path = tmp_path / "source.pdf"
    path.write_bytes(data)
    with open_source(path) as source:
        raster = source.page(1)
        (reading,) = select_reader("text-layer").read(source, 1, prepare(raster.png), raster.dpi)
        return reading, raster


def test_a_text_layer_is_read_with_boxes_where_the_ink_is(tmp_path):
    reading, raster = read_layer(tmp_path, made.pdf(made.text_page()))
    assert reading.text == "Kamphaeng 2567"
    assert reading.reader.name == "text-layer"
    assert set(reading.confidences) == {None}
    image = prepare(raster.png).image
    for letter, box in zip(reading.text, reading.boxes, strict=True):
        if letter != " ":
            assert image[box.top : box.bottom, box.left : box.right].min() < 100
    assert reading.lines[0].box == Box(
        min(box.left for box in reading.boxes if box),
        min(box.top for box in reading.boxes if box),
        max(box.right for box in reading.boxes if box),
        max(box.bottom for box in reading.boxes if box),
    )


def test_boxes_follow_a_page_that_is_shown_turned(tmp_path):
    data = made.pdf(made.text_page())
    with pikepdf.open(io.BytesIO(data)) as document:
        document.pages[0].Rotate = 90
        out = io.BytesIO()
        document.save(out)
    reading, raster = read_layer(tmp_path, out.getvalue())
    assert raster.width > raster.height
    box = reading.boxes[0]
    image = np.asarray(Image.open(io.BytesIO(raster.png)))
    assert image[box.top : box.bottom, box.left : box.right].min() < 100


def test_the_gap_of_a_word_space_is_wider_than_those_between_letters(tmp_path):
    reading, _ = read_layer(tmp_path, made.pdf(made.text_page()))
    space = reading.text.index(" ")
    assert reading.gaps[space] is None
    assert reading.gaps[-1] is None
    others = [gap for at, gap in enumerate(reading.gaps) if gap is not None and at != space - 1]
    assert reading.gaps[space - 1] > 2.5 * max(others)


def test_a_page_without_a_text_layer_points_to_tesseract(tmp_path):
    with pytest.raises(PageError, match=r"source\.pdf, page 1: it has no text layer") as caught:
        read_layer(tmp_path, made.pdf(made.scan_page(recordings.image("notice"), 200)))
    assert "--reader tesseract" in caught.value.remedy


def test_a_blank_page_without_a_text_layer_is_an_empty_reading(tmp_path):
    reading, _ = read_layer(tmp_path, made.pdf(made.text_page(b"")))
    assert reading.text == ""


def test_there_is_no_other_reader():
    with pytest.raises(UsageError, match="no reader 'cloud'") as caught:
        select_reader("cloud")
    assert "auto, cascade, line-reader, tesseract, text-layer" in caught.value.remedy
