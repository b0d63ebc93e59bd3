"""Ink held against letters: what is lost from a text, what the text has and the page does not, what is no print."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from model.account import InkKind, UnseenKind
from model.box import Box
from model.edit import Span
from model.mark import Mark, MarkKind
from model.page import Preparation
from ocr.accounting import crowded
from ocr.accounting.account import account
from ocr.accounting.coverage import usual_of
from tests.ocr.ink_sheet import HIGH, ROWS, STEP, TOP, WIDE, Sheet, reading


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


def test_the_strokes_of_a_date_between_leaders_are_covered_and_are_lost_where_they_are_not_read():
    sheet = Sheet()
    text = ""
    boxes: list[Box | None] = []
    for place in range(3):
        left = 100 + 160 * place
        leader = Box(left, 520, left + 100, 524)
        text, boxes = text + "……", [*boxes, leader, leader]
        if place < 2:
            stroke = Box(left + 120, 500, left + 140, 528)
            cv2.line(sheet.image, (stroke.left + 2, 526), (stroke.right - 3, 501), 20, 4)
            text, boxes = text + "/", [*boxes, stroke]
    read = sheet.with_more(sheet.text, text + "\n", [*boxes, None])
    assert sheet.account(read).missing == ()
    less = sheet.with_more(
        sheet.text,
        text.replace("/", "") + "\n",
        [*(one for one in boxes if one is not None and one.height < 10), None],
    )
    assert len(sheet.account(less).missing) == 2


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


def test_letters_whose_boxes_share_the_ink_of_a_lost_word_between_them_are_part_of_the_lost_place():
    sheet = Sheet(("กขคงจฉชซฌญฎฏ", *ROWS[1:]))
    read = sheet.without("จฉ")
    halfway = sheet.letter(5).left
    boxes = list(read.boxes)
    boxes[3] = replace(sheet.letter(3), right=halfway)
    boxes[4] = replace(sheet.letter(6), left=halfway)
    (place,) = sheet.account(replace(read, boxes=tuple(boxes))).missing
    lost = sheet.letter(4).union(sheet.letter(5))
    assert place.box.left <= lost.left + 4
    assert place.box.right >= lost.right - 4


def test_a_short_word_at_the_end_of_a_line_is_lost_though_the_letter_before_it_takes_in_half_of_it():
    sheet = Sheet(("กขคงจฉชซฌญฎฏ", *ROWS[1:]))
    read = sheet.without("ฎฏ")
    boxes = list(read.boxes)
    boxes[9] = replace(sheet.letter(9), right=sheet.letter(10).right)
    lost = sheet.letter(10).union(sheet.letter(11))
    found = sheet.account(replace(read, boxes=tuple(boxes))).missing
    assert any(place.box.left < lost.right and place.box.right > lost.left for place in found)


def test_two_letters_that_have_run_together_and_stand_alone_are_lost_text():
    sheet = Sheet(("กขคง จฉชซ", *ROWS[1:]))
    start = sheet.text.index("จฉชซ")
    for at in (start + 2, start + 3):
        sheet.fill(sheet.letter(at), 245)
    one = sheet.letter(start)
    wide = Box(one.left, one.top, one.left + 65, one.bottom)
    sheet.fill(Box(one.left, one.top, wide.right, one.bottom), 245)
    sheet.draw(wide)
    (place,) = sheet.account(sheet.without("จฉชซ")).missing
    assert abs(place.box.left - wide.left) < 8


def test_letters_that_are_set_wide_have_lost_nothing():
    sheet = Sheet(("ก ข ค ง จ ฉ", *ROWS[1:]))
    boxes = list(sheet.boxes)
    for at in range(0, 11, 2):
        box = sheet.letter(at)
        boxes[at] = replace(box, left=box.left - STEP // 2, right=box.right + STEP // 2)
    assert sheet.account(reading(sheet.text, boxes)).missing == ()


def test_a_word_is_lost_though_the_boxes_of_the_lines_around_it_take_in_its_ink():
    sheet = Sheet()
    read = sheet.without("ดตถท")
    tall = tuple(
        None if box is None else Box(box.left, box.top - 20, box.right, box.bottom + 70) for box in read.boxes
    )
    (place,) = sheet.account(replace(read, boxes=tall)).missing
    around = sheet.box("ดตถท")
    assert abs(place.box.left - around.left) < 15
    assert abs(place.box.right - around.right) < 15


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


def test_dirt_on_bare_paper_makes_no_letters():
    sheet = Sheet()
    gone = sheet.box("จฉชซ")
    sheet.fill(gone, 245)
    for x in range(gone.left + 3, gone.right - 3, 9):
        cv2.circle(sheet.image, (x, gone.top + 8 + x % 20), 1, 20, -1)
    (place,) = sheet.account().unseen
    assert place.kind is UnseenKind.NO_INK
    assert sheet.text[place.span.start : place.span.end] == "จฉชซ"


def test_what_shows_through_from_the_other_side_makes_no_letters():
    sheet = Sheet()
    beyond = [Box(600 + STEP * n, TOP, 600 + STEP * n + WIDE, TOP + HIGH) for n in range(3)]
    ghost = (np.random.default_rng(3).random((HIGH // 4, 3 * STEP // 4)) < 0.12).astype(np.uint8)
    pale = np.asarray(cv2.resize(ghost, (3 * STEP, HIGH), interpolation=cv2.INTER_NEAREST) * 70, np.uint8)
    sheet.image[TOP : TOP + HIGH, 600 : 600 + 3 * STEP] -= pale
    read = sheet.with_more(ROWS[0], "กขค", beyond)
    (place,) = sheet.account(read).unseen
    assert place.kind is UnseenKind.NO_INK
    assert read.text[place.span.start : place.span.end] == "กขค"


def test_letters_in_a_paler_type_are_letters_of_the_page():
    sheet = Sheet()
    for box in sheet.boxes[sheet.text.index(ROWS[2]) :][: len(ROWS[2])]:
        if box is not None:
            sheet.fill(box, 245)
            sheet.draw(box, shade=170)
    assert sheet.account().unseen == ()


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


@pytest.mark.parametrize("way", [-1, 1])
def test_letters_of_a_line_up_or_down_the_page_are_told_by_the_room_along_it(way):
    sheet = Sheet()
    tops = [500 + 30 * way * place for place in range(6)]
    boxes = [Box(800, top, 828, top + 20) for top in tops]
    for box in boxes:
        sheet.draw(box)
    read = sheet.with_more(sheet.text, "กขคงจฉ\n", [*boxes, None])
    assert sheet.account(read).unseen == ()
    packed = [Box(800, 500 + 6 * way * place, 828, 506 + 6 * way * place) for place in range(12)]
    more = sheet.with_more(sheet.text, "กขคงจฉกขคงจฉ\n", [*packed, None])
    assert UnseenKind.CROWDED in {one.kind for one in sheet.account(more).unseen}


def test_a_line_set_closer_than_those_around_it_is_print_where_each_letter_has_ink_of_its_own():
    """The last line of a paragraph that is spread over the measure is not spread."""
    sheet = Sheet()
    letters = "".join(ROWS[0].split())[:8]
    boxes = [Box(100 + 18 * place, 560, 108 + 18 * place, 560 + HIGH) for place in range(len(letters))]
    for box in boxes:
        sheet.draw(box)
    assert sheet.account(sheet.with_more(sheet.text, letters + "\n", [*boxes, None])).unseen == ()
    more = letters[0] + letters
    squeezed = [Box(100 + 16 * place, 560, 108 + 16 * place, 560 + HIGH) for place in range(len(more))]
    found = sheet.account(sheet.with_more(sheet.text, more + "\n", [*squeezed, None])).unseen
    assert [one.kind for one in found] == [UnseenKind.CROWDED]


def test_two_letters_squeezed_into_a_short_word_are_told():
    sheet = Sheet()
    first, half = sheet.letter(0), STEP // 2
    word = [replace(first, left=first.left + half * n, right=first.left + half * n + 12) for n in range(4)]
    read = reading("กขกข" + sheet.text[2:], word + sheet.boxes[2:])
    (place,) = sheet.account(read).unseen
    assert place.kind is UnseenKind.CROWDED
    assert read.text[place.span.start : place.span.end].startswith("กขก")


def test_a_word_that_is_read_twice_in_its_own_room_is_told_by_its_pieces_of_ink(monkeypatch):
    monkeypatch.setattr(crowded, "SHORT_OF_ROOM", 9.0)  # by room alone it is not told
    sheet = Sheet()
    start = sheet.text.index("ดตถท")
    first, second = sheet.letter(start), sheet.letter(start + 1)
    half = WIDE // 2
    word = [
        replace(one, left=one.left + half * n, right=one.left + half * (n + 1))
        for one in (first, second)
        for n in (0, 1)
    ]
    read = reading(
        sheet.text[:start] + "ดตดต" + sheet.text[start + 2 :],
        sheet.boxes[:start] + word + sheet.boxes[start + 2 :],
    )
    (place,) = sheet.account(read).unseen
    assert (place.kind, place.span) == (UnseenKind.CROWDED, Span(start, start + 4))


def test_letters_that_stand_a_little_beside_their_ink_are_not_too_many():
    sheet = Sheet()
    shifted = [box and replace(box, left=box.left - 12, right=box.right - 12) for box in sheet.boxes]
    assert UnseenKind.CROWDED not in {one.kind for one in sheet.account(reading(sheet.text, shifted)).unseen}


def test_light_print_on_a_dark_ground_is_found_when_it_is_lost_and_covered_when_it_is_read():
    sheet = Sheet()
    row = sheet.box(ROWS[2])
    row = Box(row.left - 10, row.top - 10, row.right + 10, row.bottom + 10)
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
    for radius in range(10, 80, 14):
        cv2.circle(sheet.image, (700, 560), radius, 20, 5)
    cv2.line(sheet.image, (630, 560), (770, 560), 20, 5)
    found = sheet.account()
    assert found.missing == ()
    assert {place.kind for place in found.named} >= {
        InkKind.RULE, InkKind.SPECK, InkKind.LEADER, InkKind.PICTURE,
    }  # fmt: skip
    assert found.share == 1.0


def test_of_a_reading_that_knows_no_places_the_number_of_its_letters_tells():
    sheet = Sheet()
    whole, half, twice = (
        sheet.account(reading(text, [None] * len(text)))
        for text in (
            sheet.text,
            "".join(row + "\n" for row in ROWS[:2]),
            sheet.text + sheet.text + sheet.text,
        )
    )
    assert not whole.located
    assert (whole.missing, whole.unseen, whole.share) == ((), (), None)
    (lost,) = half.missing
    assert (lost.beside, half.unseen) == (0, ())
    assert lost.box.bottom > TOP + 2 * STEP
    (crowd,) = twice.unseen
    assert (crowd.kind, twice.missing) == (UnseenKind.CROWDED, ())


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


def test_struck_letters_are_told_and_underlined_ones_are_not():
    sheet = Sheet()
    struck, underlined = sheet.box("ดตถท"), sheet.box("ภมยร")
    middle = (struck.top + struck.bottom) // 2
    cv2.line(sheet.image, (struck.left, middle), (struck.right, middle), 20, 3)
    cv2.line(sheet.image, (underlined.left, underlined.bottom), (underlined.right, underlined.bottom), 20, 3)
    (place,) = sheet.account().unseen
    assert place.kind is UnseenKind.STRUCK
    assert sheet.text[place.span.start : place.span.end] == "ดตถท"


def test_a_stroke_that_goes_on_in_the_letters_beside_it_strikes_those_that_it_goes_through():
    sheet = Sheet()
    struck = sheet.box("ตถท")
    middle = (struck.top + struck.bottom) // 2
    cv2.line(sheet.image, (struck.left, middle), (struck.right, middle), 20, 3)
    cv2.line(sheet.image, (struck.right, middle), (struck.right + 20, middle), 150, 3)
    (place,) = sheet.account().unseen
    assert sheet.text[place.span.start : place.span.end] == "ตถท"


def test_what_a_reading_says_of_its_letters_is_not_said_again():
    sheet = Sheet()
    struck = sheet.box("ดตถท")
    middle = (struck.top + struck.bottom) // 2
    cv2.line(sheet.image, (struck.left, middle), (struck.right, middle), 20, 3)
    start = sheet.text.index("ดตถท")
    told = Mark(MarkKind.STRUCK_OUT, Span(start, start + 4), struck)
    assert sheet.account(replace(sheet.reading, marks=(told,))).unseen == ()
    lost = sheet.without("ฐฑฒณ")
    picture = Mark(MarkKind.PICTURE, Span(0, 1), sheet.box("ฐฑฒณ"))
    found = sheet.account(replace(lost, marks=(picture,)))
    assert found.missing == ()
    assert InkKind.PICTURE in {place.kind for place in found.named}


def test_letters_under_what_is_left_of_a_bar_are_covered_and_those_on_a_thick_rule_are_not():
    sheet = Sheet()
    covered, on_rule = sheet.box("ดตถท"), sheet.box("ภมยร")
    sheet.fill(covered, 245)
    third = covered.height // 3
    sheet.fill(replace(covered, top=covered.top + third, bottom=covered.bottom - third), 0)
    sheet.fill(replace(on_rule, top=on_rule.bottom - 10), 0)
    told = {sheet.text[one.span.start : one.span.end]: one.kind for one in sheet.account().unseen}
    assert told["ดตถท"] is UnseenKind.COVERED
    assert not any("ภ" in letters for letters in told)


def test_black_bars_are_named_and_print_white_on_black_is_none():
    sheet = Sheet()
    bar = sheet.box("ดตถท")
    sheet.fill(bar, 0)
    (place,) = [one for one in sheet.account(sheet.without("ดตถท")).named if one.kind is InkKind.BLACKENED]
    assert abs(place.box.left - bar.left) <= 6
    assert abs(place.box.bottom - bar.bottom) <= 6
    inverse = Sheet()
    row = inverse.box(ROWS[2])
    inverse.fill(row, 30)
    for box in inverse.boxes[inverse.text.index(ROWS[2]) :][: len(ROWS[2])]:
        if box is not None:
            inverse.draw(box, shade=240)
    assert InkKind.BLACKENED not in {one.kind for one in inverse.account().named}
    assert InkKind.BLACKENED not in {one.kind for one in Sheet().account().named}


def test_a_rare_letter_of_two_strokes_may_be_as_wide_as_a_consonant():
    characters = ["ก", "บ", "ม", "น", "แ", "เ"]
    widths = np.array([18.0, 18.0, 18.0, 18.0, 21.0, 21.0])
    usual = usual_of(characters, widths, np.full(6, 20.0), np.zeros(6, np.intp))
    assert usual[4] >= 18
    assert usual[5] < 12
