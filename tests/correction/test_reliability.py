"""How likely letters are wrong."""

import json

import numpy as np
import pytest

from correction.reliability import expectation, expected_errors, letters_of, risks
from correction.witness import Witness
from dictionaries import reliability
from dictionaries.reliability import FEATURES, ReliabilityWeights, load
from model.errors import DictionaryError
from model.page import Page, Quality, Reader, Reading

CLEAN = Quality(25, 0.9, 0.0, 1.0, 0.05, False)
PROSE = "องค์การบริหารส่วนตำบลกำแพงประชุมสภาสมัยสามัญครั้งที่สอง"


def reading(text, confidence=0.95, name="tesseract"):
    size = len(text)
    shares = tuple(None if letter.isspace() else confidence for letter in text)
    return Reading(
        1,
        Reader(name, "1"),
        text,
        Reading.of_text(text, Reader(name, "1")).lines,
        (None,) * size,
        shares,
        (None,) * size,
    )


def risk_of(text, *, confidence=0.95, witness_text=None, quality=CLEAN):
    base = reading(text, confidence)
    witnesses = [] if witness_text is None else [Witness(base, reading(witness_text, 0.95, "line-reader"))]
    letters = letters_of(base, witnesses, quality)
    return letters, risks(letters, load("tesseract"))


def test_white_space_is_no_letter_and_sara_am_is_one():
    letters, risk = risk_of("ตํา บล น้ํา")
    assert letters.text == "ตำบลน้ำ"
    assert [(s, e) for s, e in zip(letters.starts, letters.ends, strict=True)] == [
        (0, 1), (1, 3), (4, 5), (5, 6), (7, 8), (8, 9), (9, 11)
    ]  # fmt: skip
    assert risk.shape == (7,)


def test_a_letter_that_a_witness_contradicts_is_the_likelier_wrong():
    letters, risk = risk_of(PROSE, witness_text=PROSE.replace("กำแพง", "กำแผง"))
    at = letters.text.index("พง")
    assert risk[at] > 5 * risk[at - 2]


def test_a_letter_that_does_not_fit_the_language_is_the_likelier_wrong():
    letters, risk = risk_of(PROSE.replace("สามัญ", "สามั๋ฌ"), witness_text=PROSE.replace("สามัญ", "สามั๋ฌ"))
    odd = letters.text.index("๋")
    assert risk[odd] > 5 * float(np.median(risk))


def test_a_thai_digit_is_in_doubt():
    letters, risk = risk_of(PROSE + "๒๕๕๕", witness_text=PROSE + "๒๕๕๕")
    assert risk[letters.text.index("๒")] > 3 * float(np.median(risk))


def test_doubtful_letters_make_more_errors_expected():
    sure, _ = risk_of(PROSE, confidence=0.98, witness_text=PROSE)
    doubtful, _ = risk_of(PROSE, confidence=0.4, witness_text=PROSE)
    assert expectation(doubtful, load("tesseract")).errors > expectation(sure, load("tesseract")).errors


def test_the_range_lies_around_the_expected_number():
    letters, _ = risk_of(PROSE * 20)
    found = expectation(letters, load("tesseract"))
    assert found.letters == len(letters.text)
    assert 0 <= found.low <= found.errors <= found.high
    assert found.rate == pytest.approx(found.errors / found.letters)


def page(*readings):
    return Page("d", 1, "i", 10, 10, 300, CLEAN, readings)


def test_nothing_is_expected_of_an_empty_page_and_of_a_text_whose_errors_nobody_measured():
    assert expected_errors(page(reading(""))) is None
    assert expected_errors(page(reading(PROSE, None, "kraken"))) is None
    found = expected_errors(page(reading(PROSE)))
    assert found is not None
    assert found.letters == len(PROSE)


def test_the_witness_is_the_second_of_the_two_readers():
    base, other = reading(PROSE), reading(PROSE.replace("พ", "ผ"), 0.95, "tesseract")
    agreeing = reading(PROSE, 0.95, "line-reader")
    assert expected_errors(page(base, other, agreeing)) == expected_errors(page(base, agreeing))
    cascade = reading(PROSE, 0.95, "cascade")
    assert expected_errors(page(cascade, agreeing, other)) == expected_errors(page(cascade, other))


def test_the_range_grows_with_what_is_expected():
    weights = ReliabilityWeights(np.zeros(len(FEATURES)), 1.0, -1.0, 1.0, growth=0.5)
    assert weights.spread(0) == 1
    assert weights.spread(400) > 200


def test_a_damaged_file_of_weights_says_so(tmp_path, monkeypatch):
    whole = json.loads(reliability.FILE.read_bytes())
    del whole["readers"]["cascade"]["weights"]["mark"]
    path = tmp_path / "reliability.json"
    path.write_text(json.dumps(whole))
    monkeypatch.setattr(reliability, "FILE", path)
    load.cache_clear()
    with pytest.raises(DictionaryError, match="damaged"):
        load("cascade")
    load.cache_clear()


@pytest.mark.parametrize("reader", ["cascade", "tesseract", "one that nobody measured"])
def test_there_is_a_weight_for_every_feature(reader):
    weights = load(reader)
    assert weights.of_features.shape == (len(FEATURES),)
    assert weights.low < 0 < weights.high
