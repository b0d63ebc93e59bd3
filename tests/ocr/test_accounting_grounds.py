"""Print on a dark or a grey ground, even of one word, is told where it is lost, and is at peace where it is read."""

import pytest

from model.account import UnseenKind
from model.box import Box
from tests.ocr.ink_sheet import Sheet

WORDS = ("กขคง", "ดตถท", "ลวศษ", "งจ")


def around(sheet, word):
    """A word with half a letter's height on every side."""
    box = sheet.box(word)
    return Box(box.left - 8, box.top - 8, box.right + 8, box.bottom + 8)


def on_ground(words, ground, shade):
    """A page with words in a shade of grey on a ground of their own."""
    sheet = Sheet()
    for word in words:
        sheet.fill(around(sheet, word), ground)
        start = sheet.text.index(word)
        for at in range(start, start + len(word)):
            sheet.draw(sheet.letter(at), shade=shade)
    return sheet


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize(
    ("ground", "shade"), [(20, 245), (90, 240), (60, 245), (145, 20), (150, 20)], ids=str
)
def test_a_word_on_a_ground_of_its_own_is_told_where_it_is_lost(word, ground, shade):
    sheet = on_ground([word], ground, shade)
    assert sheet.account().missing == ()
    assert sheet.account().unseen == ()
    box = sheet.box(word)
    lost = sheet.account(sheet.without(word)).missing
    assert any(place.box.left < box.right and place.box.right > box.left for place in lost)
    assert all(place.box.top < box.bottom and place.box.bottom > box.top for place in lost)


def test_letters_under_a_black_bar_on_a_grey_ground_are_covered():
    sheet = Sheet()
    box = sheet.box("ดตถท")
    wide = Box(box.left - 40, box.top - 12, box.right + 40, box.bottom + 12)
    grey = sheet.image[wide.top : wide.bottom, wide.left : wide.right]
    grey[grey > 130] = 130
    sheet.fill(box, 5)
    kinds = {place.kind for place in sheet.account().unseen}
    assert kinds == {UnseenKind.COVERED}
