"""What goes wrong in a reading, by kind and place."""

import pytest

from benchmarks.judge import FORMS
from benchmarks.reading_errors import errors_by_kind, kind_of, moved_lines

FORM = FORMS["composed_without_space"]


@pytest.mark.parametrize(
    ("letter", "kind"),
    [("่", "marks"), ("ำ", "marks"), ("ก", "consonants"), ("า", "vowels"), ("เ", "vowels"), ("๕", "Thai digits"),
     ("7", "Arabic digits"), ("x", "Latin"), ("(", "signs")],
)  # fmt: skip
def test_every_letter_is_of_a_kind(letter, kind):
    assert kind_of(letter) == kind


def test_errors_are_counted_by_what_is_printed_and_inventions_by_what_is_read():
    found = errors_by_kind("กำแผงxเขต๕", "กำแพงเขต๖หมู่")
    assert found["consonants"] == 3  # ผ for พ, ห and ม lost
    assert found["Latin"] == found["invented"] == 1
    assert found["Thai digits"] == 1
    assert found["lost"] == 4


def test_a_line_with_words_of_its_neighbour_is_counted_once():
    page = "ประกอบวิชาชีพเฉพาะทาง\nได้รับใบอนุญาตหรือไม่"
    assert moved_lines(page, page, FORM) == 0
    assert moved_lines("ประกอบวิชาชีพเฉพาะทาง\nประกอบวิชาชีพเฉพาะหรือไม่", page, FORM) == 1


def test_words_that_the_page_itself_repeats_are_in_their_place():
    page = "เขตเลือกตั้งที่ ๑\nเขตเลือกตั้งที่ ๒"
    assert moved_lines(page, page, FORM) == 0
