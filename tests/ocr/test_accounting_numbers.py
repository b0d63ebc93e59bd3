"""Digits of a number that are on the page and not in the text."""

import cv2
import pytest

from model.box import Box
from tests.ocr.ink_sheet import LEFT, PITCH, ROWS, STEP, TOP, WIDE, Sheet, reading

NUMBERS = ("๒๕๖๗", "2,750", "๙๘", "3")


def sheet():
    made = Sheet((*ROWS[:2], "กข ๒๕๖๗ คง 2,750 จฉ", "ชซ ๙๘ ฌญ (3) ฎฏ"))
    box = made.letter(made.text.index(","))
    made.fill(Box(box.left - 4, box.top - 4, box.right + 4, box.bottom + 4), 245)
    made.fill(Box(box.left + 7, box.bottom - 4, box.left + 13, box.bottom + 5), 20)
    return made


def lost(made, at, *, stretched=False):
    """The reading that has lost one code point; `stretched` gives its ink to those beside it."""
    boxes = list(made.boxes)
    gone = made.letter(at)
    middle = (gone.left + gone.right) // 2
    if stretched:
        before, after = boxes[at - 1], boxes[at + 1]
        if before is not None:
            boxes[at - 1] = Box(before.left, before.top, middle, before.bottom)
        if after is not None:
            boxes[at + 1] = Box(middle, after.top, after.right, after.bottom)
    return reading(made.text[:at] + made.text[at + 1 :], boxes[:at] + boxes[at + 1 :])


def points_at(found, box):
    return any(
        min(one.box.right, box.right) - max(one.box.left, box.left) > 0.5 * box.width
        and one.box.top < box.bottom
        and one.box.bottom > box.top
        for one in found.missing
    )


@pytest.mark.parametrize("number", NUMBERS[:3])
@pytest.mark.parametrize("stretched", [False, True], ids=["", "its ink given to those beside it"])
def test_each_digit_of_a_number_is_told_where_it_is_lost(number, stretched):
    made = sheet()
    start = made.text.index(number)
    for at in range(start, start + len(number)):
        if made.text[at].isdecimal():
            found = made.account(lost(made, at, stretched=stretched))
            assert points_at(found, made.letter(at)), made.text[at]


@pytest.mark.parametrize("number", NUMBERS)
def test_a_number_whose_digits_are_all_read_is_at_peace(number):
    made = sheet()
    assert number in made.text
    assert made.account().missing == ()


def test_a_digit_that_has_run_together_with_the_next_is_told():
    made = sheet()
    at = made.text.index("๒๕๖๗") + 1
    one, other = made.letter(at), made.letter(at + 1)
    made.image[one.bottom - 6 : one.bottom - 2, one.right - 2 : other.left + 2] = 20
    assert made.account().missing == ()
    assert points_at(made.account(lost(made, at)), made.letter(at))


@pytest.mark.parametrize("digits", ["๒๕๖", "๕๖๗", "๒๕๖๗"])
def test_each_of_several_digits_that_have_run_together_is_told(digits):
    made = sheet()
    first = made.text.index(digits)
    for at in range(first, first + len(digits) - 1):
        one, other = made.letter(at), made.letter(at + 1)
        made.image[one.bottom - 6 : one.bottom - 2, one.right - 2 : other.left + 2] = 20
    assert made.account().missing == ()
    for at in range(first, first + len(digits)):
        assert points_at(made.account(lost(made, at)), made.letter(at)), made.text[at]


def test_the_comma_of_a_number_that_has_run_together_is_no_digit():
    made = sheet()
    first = made.text.index("2,750")
    for at in range(first, first + 4):
        one, other = made.letter(at), made.letter(at + 1)
        made.image[one.bottom - 5 : one.bottom - 1, one.right - 14 : other.left + 8] = 20
    assert made.account().missing == ()


def test_a_digit_in_two_pieces_one_over_the_other_is_one():
    made = sheet()
    box = made.letter(made.text.index("๖"))
    made.image[box.top + 10 : box.top + 14, box.left : box.right] = 245
    assert made.account().missing == ()


def test_letters_and_brackets_beside_a_number_are_none_of_its_digits():
    made = sheet()
    assert made.account().missing == ()
    far = Box(LEFT + STEP * 20, TOP + 3 * PITCH, LEFT + STEP * 20 + WIDE, TOP + 3 * PITCH + 28)
    cv2.rectangle(made.image, (far.left, far.top), (far.right, far.bottom), 20, 4)
    assert points_at(made.account(), far)  # for itself, not as a digit
