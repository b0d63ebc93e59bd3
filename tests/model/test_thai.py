"""Sara am in one piece, and what is a mark."""

import pytest

from model.thai import compose_sara_am, is_mark


@pytest.mark.parametrize(
    ("split", "composed"),
    [
        ("ตําบล", "ตำบล"),
        ("นํ้า", "น้ำ"),
        ("น้ํา", "น้ำ"),
        ("น้ำ", "น้ำ"),
        ("เอวํ อาราธนํ", "เอวํ อาราธนํ"),
        ("ํ\nา", "ํ\nา"),
    ],
)
def test_sara_am_is_one_character_behind_its_tone_mark(split, composed):
    assert compose_sara_am(split) == composed


def test_marks_are_what_cannot_be_seen_alone():
    assert [is_mark(one) for one in "่ิำ็ากเ"] == [True, True, True, True, False, False, False]
