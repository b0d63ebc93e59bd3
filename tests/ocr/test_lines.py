"""One reading's letters in the lines of another."""

from model.box import Box
from model.page import Line, Reading
from ocr.ensemble.lines import in_lines_of
from ocr.letters import ReadLetter, reading_of
from tests.ocr.test_voting import LINES, TESSERACT, reading


def row(text, left, top):
    letters = [
        ReadLetter(
            one, None if one.isspace() else Box(left + 10 * at, top, left + 10 * at + 8, top + 40), 0.9
        )
        for at, one in enumerate(text)
    ]
    return letters, Box(left, top, left + 10 * len(text), top + 40)


def columns(*rows, reader=LINES) -> Reading:
    return reading_of(1, reader, list(rows))


def texts(found):
    return [found.text[line.span.start : line.span.end] for line in found.lines]


def test_lines_at_the_same_height_stand_for_each_other():
    base = reading("หนึ่ง", "สอง", "สาม")
    other = reading("สอง", "สาม", reader=LINES, top=100)
    found = in_lines_of(base, other)
    assert texts(found) == ["", "สอง", "สาม"]
    assert found.reader == LINES
    assert [line.box for line in found.lines] == [line.box for line in base.lines]


def test_a_row_that_the_base_has_in_columns_is_given_to_both():
    base = columns(row("ซ้าย", 0, 100), row("ขวา", 500, 100), reader=TESSERACT)
    left, box = row("ซ้าย", 0, 100)
    right, other = row("ขวา", 500, 100)
    whole = columns(([*left, ReadLetter("\t"), *right], box.union(other)))
    assert texts(in_lines_of(base, whole)) == ["ซ้าย", "ขวา"]


def test_columns_of_one_row_are_put_together():
    left, right = row("ซ้าย", 0, 100), row("ขวา", 500, 100)
    whole = columns(([*left[0], ReadLetter("\t"), *right[0]], left[1].union(right[1])), reader=TESSERACT)
    assert texts(in_lines_of(whole, columns(left, right))) == ["ซ้าย ขวา"]


def test_letters_in_no_line_of_the_base_are_left_out_and_lines_without_a_box_stay_empty():
    base = reading("หนึ่ง")
    unknown = Reading(
        1, TESSERACT, base.text, (Line(base.lines[0].span, None),), base.boxes, base.confidences, base.gaps
    )
    other = reading("สอง", reader=LINES, top=900)
    assert texts(in_lines_of(base, other)) == [""]
    assert texts(in_lines_of(unknown, other)) == [""]
