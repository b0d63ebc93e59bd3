"""Doubtful letters are weighed by how Thai is written, and nothing else is touched."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dictionaries import language_model
from ocr.line_reader.alphabet import CHARACTERS, encode
from ocr.line_reader.decoding import decode
from ocr.line_reader.language import alternatives, weighed

CLASSES = len(CHARACTERS) + 1
BLANK = "-"


def scores(frames):
    """Frames as dictionaries of letter (or blank) to probability; the rest is shared by all others."""
    made = np.empty((len(frames), CLASSES))
    for row, frame in enumerate(frames):
        made[row] = max(1e-9, (1 - sum(frame.values())) / (CLASSES - len(frame)))
        for letter, probability in frame.items():
            made[row, 0 if letter == BLANK else encode(letter)[0]] = probability
    return np.log(made).astype(np.float32)


def line(text, doubts=()):
    """A line that is read as `text`, a frame a letter and a blank after each; `doubts`: frames that are not sure."""
    frames = [frame for letter in text for frame in ({letter: 0.999}, {BLANK: 0.999})]
    for at, frame in dict(doubts).items():
        frames[at] = frame
    return scores(frames)


def read(scored):
    return weighed(scored, decode(scored), language_model.load())


def text(letters):
    return "".join(letter.character for letter in letters)


@given(st.text(st.sampled_from("กาขคงดต่้ีิ๑๗๔ABl19 .-"), max_size=14))
def test_what_the_network_is_sure_of_stands(letters):
    scored = line(letters)
    assert read(scored) == decode(scored)


def test_a_mark_that_was_nearly_lost_is_found():
    at = "สำนักงานที่ว่าการอำเภอ".index("่")
    lost = "สำนักงานที่ว่าการอำเภอ".replace("่", "", 1)
    scored = line(lost, {2 * at - 1: {BLANK: 0.8, "่": 0.19}})
    assert text(decode(scored)) == "สำนักงานทีว่าการอำเภอ"
    found = read(scored)
    assert text(found) == "สำนักงานที่ว่าการอำเภอ"
    assert found[at].frame == 2 * at - 1
    assert 0.8 < found[at].confidence <= 0.95


def test_a_letter_that_might_be_another_is_read_as_thai_has_it():
    wrong = "การพัฒนาประเทศและสังคมตี"
    scored = line(wrong, {2 * wrong.index("ตี"): {"ต": 0.55, "ด": 0.44}})
    assert text(read(scored)) == "การพัฒนาประเทศและสังคมดี"


def test_a_speck_that_was_read_as_a_mark_is_left_out():
    wrong = "กระทรวงมหาดไทยุ"
    at = 2 * wrong.index("ุ")
    assert text(read(line(wrong, {at: {"ุ": 0.6, BLANK: 0.39}}))) == "กระทรวงมหาดไทย"


@pytest.mark.parametrize(
    ("word", "instead"),
    [
        ("ปี พ.ศ. ๒๕๖๑", {"๗": 0.45}),
        ("ปี พ.ศ. 2561", {"7": 0.45}),
        ("ข้อ ๑", {"า": 0.45}),
        ("Act", {"l": 0.45}),
        ("Act", {"า": 0.45}),
        ("บาท.", {BLANK: 0.45}),
    ],
)
def test_digits_latin_letters_and_signs_are_never_weighed(word, instead):
    scored = line(word, {2 * len(word) - 2: {word[-1]: 0.5, **instead}})
    found = [one for one in alternatives(scored) if one.at == len(word) - 1 and not one.adds]
    assert [one for one in found if one.character in ("๗", "7", "l", "")] == []
    assert text(read(scored)) == word


def test_no_space_and_no_digit_is_put_in():
    words = "จังหวัดสตูลอำเภอละงู"
    for sign in " ๑1a.":
        assert text(read(line(words, {21: {BLANK: 0.5, sign: 0.49}}))) == words


def test_a_letter_without_a_chance_is_not_put_in_however_well_it_would_fit():
    lost = "สำนักงานทีว่าการอำเภอ"
    assert text(read(line(lost, {2 * lost.index("ี") + 1: {BLANK: 0.998, "่": 0.001}}))) == lost


def test_neighbouring_letters_are_not_both_changed_by_what_each_would_be_beside_the_other():
    wrong = "การพัฒนาประเทศตี"
    at = 2 * wrong.index("ตี")
    scored = line(wrong, {at: {"ต": 0.5, "ด": 0.49}, at + 2: {"ี": 0.5, "ิ": 0.49}})
    changed = sum(a != b for a, b in zip(text(read(scored)), wrong, strict=True))
    assert changed <= 1


def test_a_line_without_letters_has_no_alternatives_to_weigh():
    assert read(scores([{BLANK: 0.999}] * 3)) == []
    assert alternatives(np.zeros((0, CLASSES), np.float32)) == []
