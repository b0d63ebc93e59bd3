"""Marks of punctuation are told by their ink: by how wide, how high, how upright and how heavy where they are drawn."""

import cv2
import numpy as np
import pytest

from model.box import Box
from tests.ocr.ink_sheet import Sheet

HIGH, LEFT, TOP = 36, 60, 120
WIDTHS = (10, 10, 36, 36, 20)
EVEN = (22,)
LETTERS = "กขคงจฉชซฌญฎฏฐฑฒณ"


def bar(wide):
    """A dash so many letter heights wide."""

    def draw(image, x):
        size = round(wide * HIGH)
        image[TOP + HIGH // 2 - 2 : TOP + HIGH // 2 + 2, x + 6 : x + 6 + size] = 20
        return size + 12

    return draw


def strokes(*columns):
    """Upright strokes at the height of quotation marks."""

    def draw(image, x):
        for column in columns:
            image[TOP : TOP + 16, x + 6 + column : x + 11 + column] = 20
        return columns[-1] + 17

    return draw


def balls(count, *, at_foot):
    """Balls with a tail, as the sixes and nines of curly quotation marks."""

    def draw(image, x):
        for number in range(count):
            left = x + 8 + 14 * number
            middle = (left + 4, TOP + (12 if at_foot else 4))
            cv2.circle(image, middle, 4, 20, -1)
            end = (left + 7, TOP) if at_foot else (left + 1, TOP + 16)
            cv2.line(image, middle, end, 20, 2)
        return 14 * count + 10

    return draw


def star(image, x):
    middle = np.array([x + 14, TOP + 8])
    for angle in np.arange(6) * np.pi / 3 + np.pi / 6:
        end = (middle + 9 * np.array([np.cos(angle), np.sin(angle)])).astype(int)
        cv2.line(image, middle.tolist(), end.tolist(), 20, 2)
    return 28


def points(*, tail):
    def draw(image, x):
        image[TOP + 10 : TOP + 15, x + 6 : x + 11] = 20
        image[TOP + HIGH - 5 : TOP + HIGH + (5 if tail else 0), x + 6 : x + 11] = 20
        return 17

    return draw


def shown(read, draw, widths=WIDTHS, scale=1.0, shade=None):
    """What the account says of a mark that was read as `read` in the middle of a row; None for nothing."""
    sheet = Sheet(("",))
    sheet.image[:] = 245
    text, boxes, x = "", [], LEFT
    for number, letter in enumerate(LETTERS):
        if number == 8:
            width = draw(sheet.image, x)
            text, boxes, x = (
                text + read,
                [*boxes, Box(x + 4, TOP - 14, x + width - 4, TOP + HIGH + 10)],
                x + width,
            )
        box = Box(x, TOP, x + widths[number % len(widths)], TOP + HIGH)
        sheet.draw(box)
        text, boxes, x = (
            text + letter,
            [*boxes, Box(box.left, TOP - 14, box.right, TOP + HIGH + 10)],
            box.right + 8,
        )
    if shade is not None:
        sheet.image[sheet.image < 100] = shade
    if scale != 1.0:
        sheet.image = cv2.resize(sheet.image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        boxes = [Box(*(round(edge * scale) for edge in (b.left, b.top, b.right, b.bottom))) for b in boxes]
    sheet.text, sheet.boxes = text + "\n", [*boxes, None]
    signs = sheet.account().signs
    assert all(one.span.start == 8 for one in signs)
    return signs[0].shown if signs else None


@pytest.mark.parametrize(
    ("read", "draw", "expected"),
    [
        ("-", bar(0.44), None),
        ("-", bar(0.66), None),  # between a hyphen and a dash
        ("-", bar(0.85), "–"),
        ("-", bar(1.2), ""),  # a dash, and which is not known
        ("-", bar(1.7), "—"),
        ("–", bar(0.85), None),
        ("–", bar(1.2), None),
        ("–", bar(0.44), "-"),
        ("—", bar(0.85), "–"),
        ("—", bar(1.7), None),
        ('"', strokes(0, 10), None),
        ("“", strokes(0, 10), '"'),
        ("”", strokes(0, 10), '"'),
        ("’", strokes(0), "'"),
        ('"', balls(2, at_foot=True), "“"),
        ('"', balls(2, at_foot=False), "”"),
        ("”", balls(2, at_foot=True), "“"),
        ("“", balls(2, at_foot=True), None),
        ("'", balls(1, at_foot=False), "’"),
        ('"', balls(1, at_foot=False), None),  # one mark where two were read
        ("”", star, "*"),
        (":", points(tail=True), ";"),
        (";", points(tail=False), ":"),
        (",", points(tail=True), ";"),
        (":", points(tail=False), None),
        (",", points(tail=False), None),
    ],
)
def test_a_mark_is_what_its_ink_shows(read, draw, expected):
    assert shown(read, draw) == expected


@pytest.mark.parametrize(("read", "draw", "expected"), [("-", bar(0.85), "–"), ("–", bar(0.44), "-")])
@pytest.mark.parametrize("scale", [0.6, 1.5])
def test_marks_are_measured_by_the_letters_beside_them(read, draw, expected, scale):
    assert shown(read, draw, scale=scale) == expected


def test_where_all_characters_are_as_wide_a_wide_hyphen_is_none_other():
    assert shown("-", bar(1.0), widths=EVEN) is None
    assert shown("“", strokes(0, 10), widths=EVEN) == '"'


@pytest.mark.parametrize(("read", "draw"), [("-", bar(0.85)), ("“", strokes(0, 10))])
def test_nothing_is_said_of_letters_that_are_too_small_or_too_pale(read, draw):
    assert shown(read, draw, scale=0.2) is None
    assert shown(read, draw, shade=210) is None


def test_nothing_is_said_where_no_ink_of_its_own_stands():
    assert shown("-", lambda image, x: 30) is None
    assert shown("“", bar(0.44)) is None
