"""Several readings made into one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.box import Box
from model.edit import Span
from model.page import Line, Reader, Reading
from ocr.ensemble.voting import VotingWeights, vote

TESSERACT = Reader("tesseract", "5")
LINES = Reader("line-reader", "1")
VOTED = Reader("tesseract", "5", (("voting", "x"),))


def indifferent(text):
    return 0.0


def reading(*rows, confidence=0.9, reader=TESSERACT, top=0):
    text, lines, boxes, confidences, gaps = "", [], [], [], []
    for number, row in enumerate(rows):
        start = len(text)
        down = top + 100 * number
        text += row + "\n"
        lines.append(Line(Span(start, start + len(row)), Box(0, down, 1000, down + 60)))
        for at, letter in enumerate(row):
            boxes.append(None if letter == " " else Box(10 * at, down, 10 * at + 8, down + 60))
            confidences.append(None if letter == " " else confidence)
            gaps.append(None if letter == " " or at == len(row) - 1 else 2.0)
        boxes.append(None)
        confidences.append(None)
        gaps.append(None)
    return Reading(1, reader, text, tuple(lines), tuple(boxes), tuple(confidences), tuple(gaps))


def voted(*readings, score=indifferent, weights=None):
    return vote(readings, VOTED, score, weights)


def test_where_readings_differ_the_surer_one_stands():
    found = voted(reading("ตำบลกำแพง", confidence=0.5), reading("ตำบลกำแผง", confidence=0.9))
    assert found.text == "ตำบลกำแผง\n"
    assert found.reader == VOTED


def test_of_two_equally_sure_readings_the_first_stands():
    assert voted(reading("กำแพง"), reading("กำแผง")).text == "กำแพง\n"


def test_two_readings_outvote_a_third():
    first, second = reading("กำแผง"), reading("กำแพง")
    assert voted(first, second, second).text == "กำแพง\n"


def test_the_language_model_decides_between_readings_that_are_as_sure():
    found = voted(reading("ย้ายน้าเสีย"), reading("ย้ายน้ำเสีย"), score=lambda text: 5.0 * ("น้ำ" in text))
    assert found.text == "ย้ายน้ำเสีย\n"


def test_the_language_model_sees_what_was_settled_before_and_what_follows():
    seen = set()

    def score(text):
        seen.add(text)
        return 3.0 * text.count("่")

    voted(reading("ทีประชุมทีสอง"), reading("ที่ประชุมที่สอง"), score=score, weights=VotingWeights(reach=5))
    assert "ที่ประชุ" in seen
    assert "ชุมที่สอง" in seen


@pytest.mark.parametrize(
    ("first", "second"), [("๒๕๕๕", "๒๕๔๘"), ("ต๕๐", "๔๕๐"), ("1,250", "1,259"), ("จ.0", "จ.๐")]
)
def test_a_number_is_never_voted_on(first, second):
    found = voted(
        reading(first, confidence=0.2), reading(second, confidence=0.99), score=lambda text: text == second
    )
    assert found.text == first + "\n"


def test_spaces_are_those_of_the_first_reading():
    found = voted(reading("ตำบล กำแพง", confidence=0.1), reading("ตำบลกำแพง", confidence=0.99))
    assert found.text == "ตำบล กำแพง\n"


def test_every_letter_keeps_the_box_and_the_confidence_of_the_reading_it_comes_from():
    found = voted(reading("กำแพง", confidence=0.5), reading("กำแผง", confidence=0.8, reader=LINES))
    at = found.text.index("ผ")
    assert found.confidences[at] == 0.8
    assert found.confidences[at - 1] == 0.5
    assert found.boxes[at] == Box(30, 0, 38, 60)


def test_the_white_behind_a_letter_stays_behind_it_when_a_mark_comes_in():
    found = voted(reading("ที สอง", confidence=0.5), reading("ที่ สอง", confidence=0.9))
    assert found.text == "ที่ สอง\n"
    vowel, tone = found.text.index("ี"), found.text.index("่")
    assert (found.gaps[vowel], found.gaps[tone]) == (0.0, 2.0)


def test_a_line_that_another_reading_has_elsewhere_has_no_vote():
    elsewhere = reading("กำแผง", confidence=0.99, top=500)
    assert voted(reading("กำแพง", confidence=0.1), elsewhere).text == "กำแพง\n"


def test_lines_keep_their_boxes_and_cover_their_new_text():
    found = voted(reading("ทีหนึ่ง", "ทีสอง", confidence=0.5), reading("ที่หนึ่ง", "ที่สอง", confidence=0.9))
    assert [found.text[line.span.start : line.span.end] for line in found.lines] == ["ที่หนึ่ง", "ที่สอง"]
    assert [line.box.top for line in found.lines] == [0, 100]


_ROWS = st.lists(st.text("กขคิ่้า ๑a", max_size=12), min_size=1, max_size=3)


@given(_ROWS, _ROWS, st.floats(0, 1), st.floats(0, 1))
def test_whatever_is_read_the_facts_of_every_letter_stay_together(first, second, sure, surer):
    base = reading(*first, confidence=sure)
    found = voted(base, reading(*second, confidence=surer), score=len)
    assert len(found.text) == len(found.boxes) == len(found.confidences) == len(found.gaps)
    assert [letter for letter in found.text if letter.isdigit()] == [x for x in base.text if x.isdigit()]
    assert found.text.count("\n") == base.text.count("\n")
    assert [line.box for line in found.lines] == [line.box for line in base.lines]
    for letter, box in zip(found.text, found.boxes, strict=True):
        assert (box is None) == letter.isspace()
    assert all(gap is None or gap >= 0 for gap in found.gaps)


@given(_ROWS)
def test_readings_that_agree_change_nothing(rows):
    base = reading(*rows)
    found = voted(base, base, score=len)
    assert (found.text, found.boxes, found.confidences, found.gaps) == (
        base.text,
        base.boxes,
        base.confidences,
        base.gaps,
    )


@pytest.mark.parametrize(
    ("own", "sure", "other", "stands"),
    [
        ("(CA5 110)", 0.8, "(CAS 110)", "(CAS 110)"),
        ("A11 Member", 0.8, "All Member", "All Member"),
        ("A11 Member", 0.95, "All Member", "A11 Member"),
        ("หน้า 11", 0.5, "หน้า ll", "หน้า 11"),
        ("A17", 0.5, "A12", "A17"),
    ],
)
def test_digits_of_a_latin_word_that_are_unsure_are_letters_that_look_alike(own, sure, other, stands):
    readings = reading(own, confidence=sure), reading(other, confidence=0.99)
    assert voted(*readings).text == f"{stands}\n"


@pytest.mark.parametrize(("sure", "stands"), [(0.7, "ด่วนก็สุด"), (0.5, "wt")])
def test_a_thai_word_is_no_latin_one_unless_nothing_in_it_was_sure(sure, stands):
    def shorter(text):
        return -3.0 * len(text)

    found = voted(reading("ด่วนก็สุด", confidence=sure), reading("wt", confidence=0.5), score=shorter)
    assert found.text == f"{stands}\n"


@pytest.mark.parametrize(
    ("words", "sure", "stands"), [("ละ", 0.95, "ละ"), ("ละ", 0.8, "w"), ("ล", 0.95, "w")]
)
def test_a_short_thai_word_is_no_latin_one_where_all_of_it_is_sure(words, sure, stands):
    def shorter(text):
        return -9.0 * len(text)

    found = voted(reading(words, confidence=sure), reading("w", confidence=0.99), score=shorter)
    assert found.text == f"{stands}\n"


@pytest.mark.parametrize("sign", ["(", "[", "@", "“", "° "])
@pytest.mark.parametrize("row", ["{}เลขที่รับ", "ด่วน\t{}เลขที่รับ"])
def test_a_sign_that_one_reader_alone_sees_at_the_beginning_of_a_cell_is_dirt(sign, row):
    found = voted(reading(row.format(""), confidence=0.6), reading(row.format(sign), confidence=0.99))
    assert found.text == row.format("") + "\n"


@pytest.mark.parametrize("row", ["{}ที่รับ", "วันที่{}ก.ย.", "ก.ย{}"])
@pytest.mark.parametrize("sign", ["เลข", "."])
def test_letters_anywhere_and_signs_within_a_line_are_heard(row, sign):
    if sign == "." and row.startswith("{}"):
        return
    found = voted(reading(row.format(""), confidence=0.6), reading(row.format(sign), confidence=0.99))
    assert found.text == row.format(sign) + "\n"


@pytest.mark.parametrize(("sure", "stands"), [(0.9, "เวลา จึงมีความ"), (0.5, "เวลา เด")])
def test_words_that_one_reader_is_sure_of_are_not_lost_to_a_shorter_guess(sure, stands):
    def shorter(text):
        return -3.0 * len(text)

    found = voted(reading("เวลา จึงมีความ", confidence=sure), reading("เวลา เด", confidence=0.9), score=shorter)
    assert found.text == stands + "\n"
