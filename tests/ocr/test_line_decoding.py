"""From scores to letters: repeats and blanks removed, and a confidence that knows of other texts."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.thai import THAI_DIGITS
from ocr.line_reader.alphabet import CHARACTERS, UNKNOWN_TO_TESSERACT, encode, known
from ocr.line_reader.decoding import decode

CLASSES = len(CHARACTERS) + 1
BLANK = "-"


def scores(*frames):
    """Frames as dictionaries of letter (or blank) to probability; the rest is shared by all others."""
    made = np.empty((len(frames), CLASSES))
    for row, frame in enumerate(frames):
        made[row] = max(1e-9, (1 - sum(frame.values())) / (CLASSES - len(frame)))
        for letter, probability in frame.items():
            made[row, 0 if letter == BLANK else encode(letter)[0]] = probability
    return np.log(made).astype(np.float32)


def text(found):
    return "".join(one.character for one in found)


def certain(frames):
    return scores(*({letter: 0.99} for letter in frames))


def test_repeats_are_one_letter_and_blanks_none():
    assert text(decode(certain("--กก-ก๑๑-"))) == "กก๑"


def test_nothing_but_blanks_is_no_text():
    assert decode(certain("---")) == []


def test_a_letter_is_placed_at_the_frame_where_it_is_likeliest():
    found = decode(scores({"ก": 0.6, BLANK: 0.39}, {"ก": 0.9, BLANK: 0.09}, {"ก": 0.7, BLANK: 0.29}))
    assert [(one.character, one.frame) for one in found] == [("ก", 1)]
    assert found[0].confidence == pytest.approx(0.9, abs=0.05)


def test_confidence_is_the_letters_own_probability_where_nothing_speaks_against_it():
    (found,) = decode(scores({BLANK: 0.99}, {"๔": 0.7, BLANK: 0.29}, {BLANK: 0.99}))
    assert found.confidence == pytest.approx(0.7, abs=0.01)


def test_another_letter_that_a_blank_has_just_beaten_lowers_the_confidence():
    frames = [{"๒": 0.99}, {BLANK: 0.55, "๖": 0.44}, {"๕": 0.99}]
    assert text(decode(scores(*frames))) == "๒๕"
    assert max(one.confidence for one in decode(scores(*frames))) < 0.6


def test_a_letter_passing_into_its_neighbour_is_no_doubt():
    found = decode(scores({"๒": 0.99}, {"๒": 0.5, "๕": 0.49}, {"๕": 0.99}))
    assert min(one.confidence for one in found) > 0.95


@given(st.text(st.sampled_from("กา้๑๔ "), max_size=12))
def test_any_text_spelt_with_blanks_between_is_read_back(letters):
    frames = BLANK + "".join(letter + BLANK for letter in letters)
    found = decode(certain(frames))
    assert text(found) == letters
    assert [one.frame for one in found] == [2 * n + 1 for n in range(len(letters))]
    assert all(0 <= one.confidence <= 1 for one in found)


def test_the_alphabet_has_what_tesseract_lacks_and_no_letter_twice():
    assert len(set(CHARACTERS)) == len(CHARACTERS)
    assert set(THAI_DIGITS) | set(UNKNOWN_TO_TESSERACT) | {"ำ"} <= set(CHARACTERS)
    assert known("ก\u200bข漢") == "กข"
