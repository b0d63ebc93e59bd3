"""Stretches that were read with little confidence are read again, and the surest whole reading stands."""

import numpy as np
import pytest
from PIL import Image

from model.box import Box
from ocr.letters import ReadLetter, text_of
from ocr.line_reader.model import scores
from ocr.line_reader.reader import LineReader, find_lines
from ocr.line_reader.second_look import FEWEST, is_faint, proportions, surer
from tests.ocr.test_line_finder import Paper
from tests.ocr.test_line_reader import drawn_text, page, prepared


def letters(text, sure):
    return [ReadLetter(one, Box(0, 0, 9, 9), None if one == " " else sure) for one in text]


@pytest.mark.parametrize(
    ("first", "sure", "second", "surely", "stands"),
    [
        ("1T กย 555", 0.63, "1 4 ก.ย. 7555", 0.85, "1 4 ก.ย. 7555"),
        ("1T กย 555", 0.63, "1 4 ก.ย. 7555", 0.64, "1T กย 555"),
        ("๑๒๓๔๕ ๖๗๘", 0.63, "๑๒๓", 0.99, "๑๒๓๔๕ ๖๗๘"),
        ("กข", 0.63, "", 0.0, "กข"),
        ("๘๗๗ ๑๘๑", 0.46, "๘ ๗ ๗ +๘๐", 0.76, "๘๗๗ ๑๘๑"),
        ("๑๒,๔๐๐", 0.7, "๑๒,๕๐๐", 0.9, "๑๒,๕๐๐"),
    ],
)
def test_the_surer_reading_stands_if_it_is_whole(first, sure, second, surely, stands):
    assert text_of(surer(letters(first, sure), letters(second, surely))) == stands


def test_only_what_is_unsure_is_read_again():
    assert is_faint(letters("กขคง", 0.5))
    assert not is_faint(letters("กขคง", 0.95))
    assert not is_faint([])


def shown(stretch, row):
    return [(one.baseline.letter / stretch.baseline.letter, wide) for one, wide in proportions(stretch, row)]


def test_other_proportions_change_the_letters_height_or_their_width():
    paper = Paper()
    paper.letters(50, 200, 20)
    paper.letters(50, 300, FEWEST - 1)
    (row, (short,)) = paper.rows()
    assert shown(row[0], row) == [(pytest.approx(0.85), 1.0), (1.0, 1.4)]
    assert shown(short, (short,)) == []


@pytest.mark.parametrize("count", [1, FEWEST - 1], ids=["one with its mark", "a few"])
def test_a_few_letters_are_read_at_the_height_of_their_row_too(count):
    paper = Paper()
    paper.letters(50, 200, 12)
    paper.letters(400, 200, count, high=25)
    (row,) = paper.rows()
    line, few = row
    ((height, wide),) = shown(few, row)
    assert height * few.baseline.letter == line.baseline.letter
    assert wide == 1.0
    assert len(shown(line, row)) == 2


@drawn_text
def test_narrow_letters_are_read_once_more_in_their_usual_width():
    image, _ = page("16 ก.ย. 2565 ลงวันที่")
    narrow = Image.fromarray(image.image).resize((image.width * 6 // 10, image.height), Image.Resampling.BOX)
    asked = []

    def score(crops):
        asked.append([crop.image.shape[1] for crop in crops])
        return scores(crops)

    lines = find_lines(prepared(np.asarray(narrow)))
    (read,) = LineReader(score).stretches(lines).values()
    first, again = asked
    assert len(first) == 1
    assert max(again) > 1.3 * first[0]
    assert "2565" in text_of(read)
