"""The figures of the line reader alone: what is counted, and as what."""

import pytest

from benchmarks.line_reader import PageTally, kind_of, tally
from model.page import Reader, Reading


def reading(text, confidence=0.9):
    letters = [None if letter.isspace() else confidence for letter in text]
    return Reading(
        1, Reader("line-reader", "2"), text, (), (None,) * len(text), tuple(letters), (None,) * len(text)
    )


@pytest.mark.parametrize(
    ("letter", "kind"),
    [
        ("่", "mark"),
        ("ำ", "mark"),
        ("ก", "Thai letter"),
        ("เ", "Thai letter"),
        ("๗", "Thai digit"),
        ("7", "Arabic digit"),
        ("a", "Latin"),
        ("–", "sign"),
    ],
)
def test_letters_have_kinds(letter, kind):
    assert kind_of(letter) == kind


def test_errors_are_counted_by_what_stands_on_paper_and_what_was_put_in():
    found = tally(reading("ที่ทำการ ๒๑ แห่งู"), "ที่ทำการ ๒๗ แหง", 0.5)
    assert found.errors == 3
    assert dict(found.kinds) == {"Thai digit": 1, "invented mark": 2}
    assert found.figures()["cer"] == pytest.approx(100 * 3 / found.letters, abs=0.001)


def test_leaders_boxes_and_white_space_are_no_errors():
    assert tally(reading("☐ ชาย ........ หน้า  ๓"), "ชายหน้า ๓", 0.1).errors == 0


def test_numbers_are_right_as_wholes_and_as_often_as_they_stand():
    found = tally(reading("1,250 12 ๓๑ 7"), "1,250 12 12 ๓๗ 7", 0.1)
    assert (found.numbers_right, found.numbers) == (3, 5)


def test_confidence_is_held_against_what_is_right():
    found = tally(reading("กขค", confidence=1.0), "กขง", 0.1)
    assert [one.right for one in found.confidences] == [True, True, False]
    assert found.figures()["calibration_error"] == pytest.approx(100 / 3, abs=0.01)


def test_pages_add_up():
    total = PageTally()
    for text in ("กข", "กค"):
        total.add(tally(reading(text), "กข", 0.5))
    figures = total.figures()
    assert (figures["pages"], figures["letters"], figures["cer"], figures["seconds_per_page"]) == (
        2,
        4,
        25.0,
        0.5,
    )
    assert PageTally().figures()["calibration_error"] is None
