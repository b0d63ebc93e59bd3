"""Full stops, hyphens and the like among letters that cannot be seen, or are struck out."""

import cv2
import pytest

from model.account import UnseenKind
from tests.ocr.ink_sheet import HIGH, LEFT, ROWS, STEP, TOP, Sheet


def sheet_of(word):
    """A page whose first row begins with a word, its full stops and hyphens drawn as such."""
    sheet = Sheet((word + ROWS[0][len(word) :], *ROWS[1:]))
    for at, sign in enumerate(word):
        box = sheet.letter(at)
        if sign in ".-":
            sheet.fill(box, 245)
            middle = TOP + HIGH // 2 if sign == "-" else box.bottom - 3
            sheet.boxes[at] = box.__class__(box.left + 4, middle - 2, box.right - 4, middle + 3)
            sheet.fill(sheet.letter(at), 20)
    return sheet


def told(sheet, kind):
    return [sheet.text[one.span.start : one.span.end] for one in sheet.account().unseen if one.kind is kind]


def test_a_word_of_letters_with_full_stops_under_a_bar_is_one_place():
    sheet = sheet_of("พ.ศ.")
    assert sheet.account().unseen == ()
    sheet.image[TOP - 6 : TOP + HIGH + 6, LEFT - 6 : LEFT + 4 * STEP] = 0
    (word,) = told(sheet, UnseenKind.COVERED)
    assert word.startswith("พ.ศ")


@pytest.mark.parametrize("word", ["1.3", "0-6"])
def test_a_number_of_two_digits_and_a_sign_is_struck_out(word):
    sheet = sheet_of(word)
    assert sheet.account().unseen == ()
    middle = TOP + HIGH // 2
    cv2.line(sheet.image, (LEFT - 4, middle), (LEFT + 3 * STEP - 6, middle), 20, 3)
    assert told(sheet, UnseenKind.STRUCK) == [word]
