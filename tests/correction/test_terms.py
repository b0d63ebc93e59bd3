"""Terms, instructions, lists of letters and lines that are cut off are no misspelt words."""

import dataclasses

import pytest

from correction.engine import propose
from correction.words.terms import protected_terms
from model.page import Reader, Reading


def kept(text):
    return [text[start:end] for start, end in protected_terms(text)]


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("สารไดเอทิลอีเทอร์", ["ไดเอทิลอีเทอร์"]),
        ("ใช้ไดคลอโรมีเทนเป็นตัวทำละลาย", ["ไดคลอโรมีเทน"]),
        ("โพแทสเซียมเปอร์แมงกาเนตและแอมโมเนียมไนเทรต", ["แมงกาเนต", "ไนเทรต"]),
        ("ครุกรรมและลหุกรรม", ["ครุกรรม", "ลหุกรรม"]),
        ("ไดโนเสาร์และไดอารี่", []),
        ("วิชาพีชคณิต", ["พีชคณิต"]),
        ("1. จงพิจารณาข้อความ", ["จง"]),
        ("ที่ประชุมจงพิจารณา", []),
        ("จงเรียนมาเพื่อทราบ", []),
        ("คฆง ชซณ ทธนบ", ["คฆง", "ชซณ", "ทธนบ"]),
        ("ถนน กรม คน", []),
        ("ได้แก่ ก ข ค\nฆ ง", ["ก ข ค\nฆ ง"]),
        ("ก ร ม ก า ร", []),
        ("นโม ตสฺส ภควโต สมฺมา\nแปลว่า", ["นโม ตสฺส ภควโต สมฺมา"]),
        ("คำว่า ธมฺม แปลว่า ธรรม", ["ธมฺม"]),
        ("นํ้า ตํ่า", []),
        ("ผักโขมแ\nนมพาสฯ", ["แ", "ฯ"]),
        ("แล้ว ฯลฯ", []),
    ],
)
def test_only_what_is_a_term_is_kept(text, terms):
    assert kept(text) == terms


MISSPELT = "คณะกรรมการพิจารณาจัดทำแผนพัฒนาทองถิ่นประจำปี"


def misspelt(text, reader, confidence=None):
    plain = Reading.of_text(text, Reader(reader, "1"))
    read = plain if confidence is None else dataclasses.replace(plain, confidences=(confidence,) * len(text))
    return [one.rule for one in propose(read, strict=True).proposals if one.rule == "LEX101"]


def test_in_a_text_layer_one_word_alone_is_as_its_author_wrote_it():
    assert misspelt(MISSPELT, "tesseract") == ["LEX101"]
    assert misspelt(MISSPELT, "text-layer") == []


def test_in_a_text_layer_with_other_errors_words_are_misspelt_as_anywhere():
    more = f"{MISSPELT}\nประชาซนในพื้นที่มีส่วนร่วมในการกำหนดยุทธศาสตร์\n"
    assert misspelt(more, "text-layer") == ["LEX101", "LEX101"]


def test_where_the_line_reader_reads_it_too_a_word_of_a_text_layer_is_misspelt():
    layer = Reading.of_text(MISSPELT, Reader("text-layer", "1"))
    right = MISSPELT.replace("ทอง", "ท้อง")
    witness = dataclasses.replace(
        Reading.of_text(right, Reader("line-reader", "1")), confidences=(0.99,) * len(right)
    )
    found = propose(layer, witnesses=[witness], strict=True).proposals
    assert [one.edit.after for one in found if one.rule == "LEX101"] == ["ท้"]


def test_no_word_is_misspelt_in_what_could_not_be_read():
    garbage = "ทํ๘ กฏผง|ฟืฬ ประชาซนในพื้นที่ ฑ๕ฯ๓ฉ|ฤฌ|ฆ๔ฒ๙ณฉญฎฏ"
    read = Reading.of_text(garbage, Reader("tesseract", "1"))
    unsure = dataclasses.replace(read, confidences=(0.5,) * len(garbage))
    findings = propose(unsure, strict=True)
    assert [one.rule for one in findings.flags if one.rule == "LOW001"] == ["LOW001"]
    assert "LEX101" not in {one.rule for one in findings.proposals}
