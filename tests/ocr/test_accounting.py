"""Ink held against letters: what is lost from a text, what the text has and the page does not, what is no print."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from model.account import InkKind, UnseenKind
from model.box import Box
from model.edit import Span
from model.page import Line, Preparation, Quality, Reader, Reading
from ocr.accounting.account import account
from ocr.image.prepare import Prepared

HIGH, WIDE, STEP, PITCH = 28, 20, 26, 80
LEFT, TOP = 100, 120
ROWS = ("กขคง จฉชซ ฌญฎฏ", "ฐฑฒณ ดตถท ธนบป", "ผฝพฟ ภมยร ลวศษ", "สหฬอ ฮกขค งจฉช")


class Sheet:
    """A page of rows of signs of letter size, drawn as hollow boxes, and the reading that has them all."""

    def __init__(self, rows=ROWS):
        self.image = np.full((700, 900), 245, np.uint8)
        self.text = "".join(row + "\n" for row in rows)
        self.boxes: list[Box | None] = []
        for number, row in enumerate(rows):
            for place, sign in enumerate(row):
                left, top = LEFT + STEP * place, TOP + PITCH * number
                box = None if sign == " " else Box(left, top, left + WIDE, top + HIGH)
                self.boxes.append(box)
                if box is not None:
                    self.draw(box)
            self.boxes.append(None)

    def draw(self, box, shade=20):
        cv2.rectangle(self.image, (box.left, box.top), (box.right - 1, box.bottom - 1), shade, 4)

    def letter(self, at):
        """The box of a code point that is a letter."""
        box = self.boxes[at]
        assert box is not None
        return box

    def fill(self, box, shade):
        self.image[box.top : box.bottom, box.left : box.right] = shade

    def box(self, letters):
        """Around letters of the text, with a margin."""
        start = self.text.index(letters)
        boxes = [box for box in self.boxes[start : start + len(letters)] if box is not None]
        return Box(boxes[0].left - 6, boxes[0].top - 6, boxes[-1].right + 6, boxes[-1].bottom + 6)

    def without(self, letters):
        """The reading that has lost some letters."""
        start = self.text.index(letters)
        end = start + len(letters)
        return reading(self.text[:start] + self.text[end:], self.boxes[:start] + self.boxes[end:])

    def with_more(self, after, letters, boxes):
        """The reading that has more letters than the page."""
        at = self.text.index(after) + len(after)
        return reading(self.text[:at] + letters + self.text[at:], self.boxes[:at] + boxes + self.boxes[at:])

    @property
    def reading(self):
        return reading(self.text, self.boxes)

    @property
    def prepared(self):
        height, width = self.image.shape
        quality = Quality(float(HIGH), 0.9, 0.0, 1.0, 0.1, False)
        return Prepared(self.image, quality, Preparation(), width=width, height=height)

    def account(self, of=None):
        return account(self.prepared, of or self.reading)


def reading(text, boxes):
    starts = [0, *(at + 1 for at, sign in enumerate(text) if sign == "\n")]
    lines = tuple(Line(Span(start, text.index("\n", start)), None) for start in starts if start < len(text))
    nothing = (None,) * len(text)
    return Reading(1, Reader("made", "1"), text, lines, tuple(boxes), nothing, nothing)


def test_a_page_whose_letters_are_all_in_the_text_has_no_open_place():
    found = Sheet().account()
    assert found.located
    assert (found.missing, found.unseen, found.share) == ((), (), 1.0)
    assert found.covered > 0


@pytest.mark.parametrize("lost", ["จฉชซ", "จฉ", " ภมยร", "ฐฑฒณ ดตถท ธนบป\n"])
def test_letters_that_are_lost_from_the_text_are_one_place_where_they_stand(lost):
    sheet = Sheet()
    found = sheet.account(sheet.without(lost))
    (place,) = found.missing
    around = sheet.box(lost.strip())
    assert around.left - 4 <= place.box.left <= around.left + 12
    assert around.right - 12 <= place.box.right <= around.right + 4
    assert 0.6 < found.share < 0.98
    assert found.unseen == ()


def test_a_lost_place_is_named_by_the_letter_next_to_it():
    sheet = Sheet()
    read = sheet.without("ฉชซ")
    (place,) = sheet.account(read).missing
    assert read.text[place.beside] == "จ"


def test_one_letter_within_a_word_may_stand_where_no_box_is_and_alone_it_may_not():
    sheet = Sheet(("กขคง จ ฉชซ", *ROWS[1:]))
    assert sheet.account(sheet.without("ข")).missing == ()
    assert len(sheet.account(sheet.without("จ")).missing) == 1


def test_a_letter_whose_box_takes_in_its_lost_neighbours_covers_no_more_than_a_letter():
    sheet = Sheet()
    read = sheet.without("ขคง จฉช")
    first = sheet.letter(0)
    wide = Box(first.left, first.top, sheet.letter(8).left, first.bottom)
    stretched = replace(read, boxes=(wide, *read.boxes[1:]))
    assert len(sheet.account(stretched).missing) >= 1


def test_words_that_share_one_box_are_covered_by_it():
    sheet = Sheet()
    word = sheet.letter(0).union(sheet.letter(3))
    found = sheet.account(reading(sheet.text, [word] * 4 + sheet.boxes[4:]))
    assert (found.missing, found.unseen) == ((), ())


def test_letters_on_bare_paper_are_no_letters_of_the_page():
    sheet = Sheet()
    beyond = [Box(600 + STEP * n, TOP, 600 + STEP * n + WIDE, TOP + HIGH) for n in range(3)]
    read = sheet.with_more(ROWS[0], "กขค", beyond)
    (place,) = sheet.account(read).unseen
    assert place.kind is UnseenKind.NO_INK
    assert read.text[place.span.start : place.span.end] == "กขค"
    assert (place.box.left, place.box.right) == (beyond[0].left, beyond[-1].right)


def test_letters_under_a_black_bar_are_covered_and_letters_under_a_white_one_without_ink():
    for shade, kind in ((0, UnseenKind.COVERED), (245, UnseenKind.NO_INK)):
        sheet = Sheet()
        sheet.fill(sheet.box("ดตถท"), shade)
        (place,) = sheet.account().unseen
        assert place.kind is kind
        assert sheet.text[place.span.start : place.span.end] == "ดตถท"


def test_letters_without_a_place_among_letters_that_have_one_are_told():
    sheet = Sheet()
    read = sheet.with_more("ฐฑฒณ", "กขค", [None] * 3)
    (place,) = sheet.account(read).unseen
    assert (place.kind, place.box) == (UnseenKind.NO_PLACE, None)


def test_letters_on_the_ink_of_others_are_told():
    sheet = Sheet()
    read = sheet.with_more("ฐฑฒณ", "กขค", sheet.boxes[15:18])
    (place,) = sheet.account(read).unseen
    assert place.kind is UnseenKind.SHARED
    assert read.text[place.span.start : place.span.end] == "กขค"


def test_letters_that_stand_closer_together_than_print_can_are_told():
    sheet = Sheet()
    first = sheet.letter(0)
    narrow = [Box(first.left + 3 * n, first.top, first.left + 3 * n + 3, first.bottom) for n in range(6)]
    (place,) = sheet.account(reading("จหนมลส" + sheet.text[1:], narrow + sheet.boxes[1:])).unseen
    assert place.kind is UnseenKind.CROWDED
    assert place.span.start == 0


def test_light_print_on_a_dark_ground_is_found_when_it_is_lost_and_covered_when_it_is_read():
    sheet = Sheet()
    row = sheet.box(ROWS[2])
    sheet.fill(row, 60)
    for box in sheet.boxes[sheet.text.index(ROWS[2]) :][: len(ROWS[2])]:
        if box is not None:
            sheet.draw(box, shade=240)
    assert sheet.account().missing == ()
    assert sheet.account().unseen == ()
    lost = sheet.account(sheet.without(ROWS[2] + "\n")).missing
    assert len(lost) >= 1
    assert min(place.box.top for place in lost) >= row.top - 4


def test_rules_specks_leaders_and_pictures_are_named_and_are_no_lost_text():
    sheet = Sheet()
    cv2.line(sheet.image, (100, 480), (500, 480), 20, 3)
    cv2.circle(sheet.image, (700, 200), 2, 20, -1)
    for number in range(12):
        cv2.circle(sheet.image, (100 + 14 * number, 530), 4, 20, -1)
    cv2.circle(sheet.image, (700, 560), 70, 20, -1)
    found = sheet.account()
    assert found.missing == ()
    assert {place.kind for place in found.named} >= {
        InkKind.RULE, InkKind.SPECK, InkKind.LEADER, InkKind.PICTURE,
    }  # fmt: skip
    assert found.share == 1.0


def test_a_reading_that_knows_no_places_is_not_located_and_claims_nothing():
    sheet = Sheet()
    found = sheet.account(reading(sheet.text, [None] * len(sheet.boxes)))
    assert not found.located
    assert (found.missing, found.unseen, found.share) == ((), (), None)


def test_a_page_on_which_nothing_was_read_has_all_its_ink_missing():
    sheet = Sheet()
    found = sheet.account(reading("", []))
    assert found.located
    assert len(found.missing) >= 4
    assert found.share == 0.0
    assert all(place.beside is None for place in found.missing)


def test_a_blank_page_without_letters_has_nothing_to_account_for():
    sheet = Sheet()
    sheet.image[:] = 245
    blank = replace(sheet.prepared, quality=replace(sheet.prepared.quality, blank=True))
    found = account(blank, reading("", []))
    assert (found.located, found.share, found.open_places) == (True, None, 0)


def test_places_lie_in_the_frame_of_the_page_image_whichever_way_it_was_turned():
    sheet = Sheet()
    upright = sheet.prepared
    height, width = sheet.image.shape
    turned = replace(upright, preparation=Preparation(quarter_turns=1), width=height, height=width)

    def on_page(box):
        return None if box is None else turned.to_page(box)

    lost = sheet.without("จฉชซ")
    found = account(turned, replace(lost, boxes=tuple(on_page(box) for box in lost.boxes)))
    (expected,) = sheet.account(lost).missing
    (place,) = found.missing
    assert place.box == on_page(expected.box)
