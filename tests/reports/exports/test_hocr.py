"""hOCR: what leaves so and is imported again is the same."""

import re

import pytest
from lxml import etree

from reports.laid_out import laid_out
from tests.reports.round_trip import document, exported, imported, word_boxes


def test_what_leaves_and_is_imported_again_comes_back_the_same() -> None:
    found = document()
    pages = [one.page for one in found.published.values()]
    form, readings = imported(exported("hocr", found), pages)
    assert form == "hOCR"
    for reading, page in zip(readings, laid_out(found), strict=True):
        assert reading.text == page.source.text
        assert [line.box for line in reading.lines] == [line.box for line in page.lines]
        assert word_boxes(reading.text, reading.boxes) == [
            (word.text, word.box) for line in page.lines for word in line.words if not word.is_space
        ]
        known = [value for value in reading.confidences if value is not None]
        assert known == pytest.approx([0.9] * len(known))


def test_what_was_imported_and_leaves_again_is_the_same_file() -> None:
    found = document()
    assert exported("hocr", found) == exported("hocr", found)


def test_the_file_is_well_formed_xhtml_with_the_classes_and_properties_of_hocr() -> None:
    root = etree.fromstring(exported("hocr", document()))
    assert {one.get("class") for one in root.iter() if one.get("class")} == {
        "ocr_page", "ocr_par", "ocr_line", "ocrx_word",
    }  # fmt: skip
    declared = next(
        one.get("content") for one in root.iter() if one.get("name") == "ocr-capabilities"
    ).split()
    assert {"ocr_page", "ocr_par", "ocr_line", "ocrx_word"} <= set(declared)
    for one in root.iter():
        for part in (one.get("title") or "").split("; "):
            assert not part or re.fullmatch(r'bbox( \d+){4}|x_wconf [\d.]+|ppageno \d+|image "[^"]+"', part)
