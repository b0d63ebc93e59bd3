"""The figures about the line reader are computed as they are described."""

import pytest

from benchmarks.second_reader import (
    ReadCharacter,
    ReadingTally,
    calibration_error,
    characters,
    judged,
    runs_right,
)
from model.page import Reader, Reading

READER = Reader("x", "1")


def reading(text, confidence=0.9):
    plain = Reading.of_text(text, READER)
    return Reading(1, READER, text, plain.lines, plain.boxes, (confidence,) * len(text), plain.gaps)


@pytest.mark.parametrize(
    ("read", "right"),
    [("ปี ๒๕๖๙ มี ๑,๒๓๔", 2), ("ปี๒๕๖๙ มี ๑,๒๓๕", 1), ("ปี ๒๕๖๖๙ มี ๑๒๓๔", 0), ("", 0)],
)
def test_a_run_of_digits_is_right_only_when_all_of_it_is(read, right):
    assert runs_right("ปี ๒๕๖๙ มี ๑,๒๓๔", read) == (right, 2)


def test_a_reader_that_is_as_sure_as_it_is_right_is_calibrated():
    assert calibration_error([ReadCharacter(0.75, True)] * 3 + [ReadCharacter(0.75, False)]) == pytest.approx(
        0.0
    )
    assert calibration_error([ReadCharacter(0.9, False)] * 4) == pytest.approx(0.9)


def test_characters_are_right_where_they_align_with_the_truth():
    assert [one.right for one in characters(reading("ก ขค"), "กงค")] == [True, False, True]


def test_a_difference_is_worth_what_it_takes_from_the_distance_to_the_truth():
    page = ReadingTally(
        "set", "page", reading("การเลือกตังในเขต"), reading("การเลือกตั้งในเขด"), "การเลือกตั้งในเขต", 0.1, {}
    )
    assert [(one.found.read, one.gain) for one in judged(page)] == [("ตั", 1), ("ต", -1)]
