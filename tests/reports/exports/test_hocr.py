"""hOCR: what leaves so and is imported again is the same."""

import re

from lxml import etree

from tests.reports.round_trip import comes_back, document, exported


def test_what_leaves_and_is_imported_again_comes_back_the_same() -> None:
    comes_back("hocr", "hOCR")


def test_the_same_pages_are_the_same_file_each_time() -> None:
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
