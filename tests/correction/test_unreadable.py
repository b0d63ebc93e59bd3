"""A region is flagged as unreadable when neither the reader nor the language believes in it."""

import dataclasses

from correction.engine import propose
from model.page import Reader, Reading

TESSERACT = Reader("tesseract", "5.3.0")
NOISE, PROSE = "[สสะ๑9|", "ประกาศคณะกรรมการการเลือกตั้ง"


def flagged(text: str, confidence: float, reader: Reader = TESSERACT) -> list[str]:
    plain = Reading.of_text(text, reader)
    sure = dataclasses.replace(plain, confidences=(confidence,) * len(text))
    findings = propose(sure, strict=True)
    return [text[f.span.start : f.span.end] for f in findings.flags if f.rule == "LOW001"]


def test_an_unsure_reader_and_impossible_letters_are_flagged():
    assert flagged(f"{NOISE}\n{PROSE}", 0.95) == [NOISE]


def test_a_sure_reader_of_odd_letters_is_believed():
    assert flagged(f"{NOISE}\n{PROSE}", 0.995) == []


def test_an_unsure_reader_of_plain_prose_is_left_to_the_other_rules():
    assert flagged(PROSE, 0.5) == []


def test_what_no_image_was_read_for_is_not_judged():
    assert flagged(NOISE, 0.5, Reader("text-layer", "1")) == []


def test_columns_are_regions_of_their_own():
    assert flagged(f"{PROSE}      {NOISE}", 0.95) == [NOISE]


def test_a_speck_read_as_a_letter_is_a_region():
    assert flagged(f"{PROSE}\n|\n{PROSE}", 0.9) == ["|"]
