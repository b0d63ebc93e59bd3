"""A word that stands twice: in what was read of a scan, and in a text layer, whose letters are those drawn."""

import pytest

from correction.catalogue import rules_of
from correction.engine import propose
from model.page import Reader, Reading


def repaired(text, reader):
    found = propose(Reading.of_text(text, Reader(reader, "1")), rules_of("REP001"), strict=True)
    return [p.edit.after for p in found.proposals]


@pytest.mark.parametrize(
    "text", ["ภาควิชานิติเวชนิติเวชศาสตร์", "แพทย์นิติเวชนิติเวชศาสตร์ของโรงพยาบาล", "สำนักประชาประชาชน"]
)
def test_a_word_before_a_longer_one_that_begins_with_it_is_no_repetition_in_a_text_layer(text):
    assert repaired(text, "text-layer") == []


def test_a_scan_s_reader_may_have_read_the_beginning_of_a_word_twice():
    assert repaired("ภาควิชานิติเวชนิติเวชศาสตร์", "tesseract") == ["นิติเวช"]


@pytest.mark.parametrize("reader", ["text-layer", "tesseract"])
def test_another_word_may_have_been_meant_in_a_text_layer_too(reader):
    text = "มีการแบ่งงานกันทำความความสามารถและศักยภาพของหน่วยงาน"
    assert repaired(text, reader) == ["ตามความ"]


@pytest.mark.parametrize("reader", ["text-layer", "tesseract"])
def test_a_word_written_twice_is_one_too_many_wherever_it_comes_from(reader):
    assert repaired("เทศบาลหวังเป็นเป็นอย่างยิ่งว่าโครงการนี้จะสำเร็จ", reader) == ["เป็น"]
