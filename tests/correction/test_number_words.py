"""Numbers in words are read as what they say, whole or damaged, and what is no number is none."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pythainlp.util import bahttext, num_to_thaiword

from correction.engine import propose
from correction.facts.number_words import numbers_in_words, read_number, words_before
from model.page import Reader, Reading

TESSERACT = Reader("tesseract", "5.3.0")
# What Tesseract does to number words: a mark lost, a letter for another one.
MARKS = "ั็่้ิี์"


@given(st.integers(0, 10**14))
def test_a_number_in_words_is_read_back(number):
    spoken = read_number(num_to_thaiword(number)[:160])
    assert spoken is not None
    assert (spoken.whole, spoken.hundredths, spoken.baht) == (number, "", False)
    assert spoken.cost <= 0.5


@given(st.integers(1, 10**8), st.integers(0, 99))
def test_an_amount_in_baht_and_satang_is_read_back(baht, satang):
    spoken = read_number(bahttext(float(f"{baht}.{satang:02d}")))
    assert spoken is not None
    assert (spoken.whole, spoken.hundredths or "00", spoken.baht) == (baht, f"{satang:02d}", True)


@settings(derandomize=True)  # tuned: cost and margin are bounds that were measured
@given(st.integers(1000, 10**7), st.data())
def test_a_number_with_a_mark_lost_is_read_right_or_not_surely(number, data):
    words = num_to_thaiword(number)
    at = data.draw(st.sampled_from([i for i, letter in enumerate(words) if letter in MARKS] or [0]))
    spoken = read_number(words[:at] + words[at + 1 :])
    assert spoken is not None
    assert spoken.whole == number or spoken.cost > 1.5 or spoken.margin < 1.0


@given(st.integers(1000, 10**7), st.data())
def test_line_ends_and_spaces_between_words_do_not_matter(number, data):
    words = num_to_thaiword(number)
    spoken = read_number(words)
    assert spoken is not None
    cut = data.draw(st.sampled_from([word.end for word in spoken.words]))
    broken = read_number(words[:cut] + " \n" + words[cut:])
    assert broken is not None
    assert (broken.whole, broken.cost) == (spoken.whole, spoken.cost)


@pytest.mark.parametrize(
    ("words", "whole", "hundredths"),
    [
        ("หนึ่งแสนห้วหมื่นห้าพันเก้าร้อยยี่สิบหก", 155926, ""),
        ("หนึ่งแสนสามพันสี่ร้อยหัวสิบแปด", 103458, ""),
        ("หกร้อยหท้าสิบแปด", 658, ""),
        ("สามสิบห้าจุดสองห้า", 35, "25"),
        ("ยี่สิบหนึ่ง", 21, ""),
        ("หนึ่งร้อยเอ็ด", 101, ""),
        ("ศูนย์", 0, ""),
        ("=หนึ่งพันบาทถ้วน=", 1000, ""),
    ],
)
def test_these_words_say_this_number(words, whole, hundredths):
    spoken = read_number(words)
    assert spoken is not None
    assert (spoken.whole, spoken.hundredths) == (whole, hundredths)


@pytest.mark.parametrize("text", ["ต่อไปนี้เรียกว่า", "เอ็ด", "ร้อยสอง", "สิบร้อย", "", "   ", "2569", "ก" * 200])
def test_this_says_no_number(text):
    spoken = read_number(text)
    assert spoken is None or spoken.cost >= 1.0


def found(text: str, reader: Reader) -> list[tuple[str, str, str | None]]:
    """What the rules about numbers and their words find: code, before, after."""
    findings = propose(Reading.of_text(text, reader), strict=True)
    edits = [(p.rule, p.edit.before, p.edit.after) for p in findings.proposals]
    flags = [(f.rule, text[f.span.start : f.span.end], None) for f in findings.flags]
    return sorted(one for one in edits + flags if one[0].startswith("DIG"))


def test_words_repair_only_what_the_reader_cannot_know():
    text = "ได้รับ ๒๕๓ คะแนน (สองร้อยหกสิบสาม)"
    assert found(text, TESSERACT) == [("DIG004", "๒๕๓", "๒๖๓")]
    assert found(text, Reader("text-layer", "1")) == [("DIG005", "๒๕๓", None)]


def test_digits_that_the_reader_knows_are_not_repaired_but_doubted():
    text = "ได้รับ ๒๑๓ คะแนน (สองร้อยสิบสอง)"
    assert ("DIG005", "๒๑๓", None) in found(text, TESSERACT)
    assert not [one for one in found(text, TESSERACT) if one[0] == "DIG004"]


def test_words_that_confirm_a_number_leave_no_doubt_about_it():
    assert found("ได้รับ ๒๑๓ คะแนน (สองร้อยสิบสาม)", TESSERACT) == []


def test_the_number_keeps_its_kind_of_digits_and_its_separators():
    assert found("รวม ๒๒,๑๐๕ คน (สองหมื่นสองพันหนึ่งร้อยเก้า)", TESSERACT) == [("DIG004", "๒๒,๑๐๕", "๒๒,๑๐๙")]
    assert found("รวม ๒๒๑๐๕ คน (สองหมื่นสองพันหนึ่งร้อยเก้า)", TESSERACT) == [("DIG004", "๒๒๑๐๕", "๒๒๑๐๙")]


def test_damaged_words_repair_no_number_when_two_numbers_fit_them():
    assert found("รวม ๕๓,๕๒๕ คน (สี่หมื่นเจ็ตห้าร้อยเก้าสิบเจ็ด)", TESSERACT) == [("DIG001", "๕๓,๕๒๕", None)]


def test_where_words_say_a_number_three_at_least_are_known():
    text = "อัตรา (ห้าจุดศูนย์ศูนย์เก้า) ของศูนย์ศูนย์การค้า"
    assert [text[start:end] for start, end in numbers_in_words(text)] == ["ห้าจุดศูนย์ศูนย์เก้า"]


def test_words_before_a_bracket_are_taken_whole():
    text = "เป็นเงินสองแสนบาทถ้วน (200,000)"
    span = words_before(text, text.index("("))
    assert span is not None
    assert text[slice(*span)] == "สองแสนบาทถ้วน"
    assert words_before("เป็นเงิน (200,000)", 9) is None
    assert words_before("ข้อสอง (2)", 7) is None
