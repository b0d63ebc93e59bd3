"""A reader with the line reader beside it: what both made, in which order, and what they amount to."""

from typing import Any

import numpy as np

from model.page import Preparation, Quality, Reader
from ocr.ensemble.combine import CombinedReader, with_line_reader
from ocr.image.prepare import Prepared
from ocr.line_reader import model
from tests.ocr.test_voting import LINES, reading

NOTHING: Any = None  # what a reader that reads nothing is given


class Fixed:
    """A reader that reads what it was given."""

    def __init__(self, *readings):
        self.readings = readings
        self.reader = readings[0].reader

    def read(self, source, number, prepared, dpi):
        return self.readings


class FixedLines:
    """A line reader that reads what it was given."""

    reader = LINES

    def __init__(self, reading):
        self.reading = reading

    def read(self, source, number, prepared, dpi):
        return (self.reading,)


def combined(witness, *readings):
    lines: Any = FixedLines(witness)
    return CombinedReader(Fixed(*readings), lines)


def read_by(witness, *readings):
    return combined(witness, *readings).read(NOTHING, 1, NOTHING, 300)


def test_the_common_reading_comes_first_then_the_line_readers_then_the_first_readers():
    first, layer = reading("วันที", confidence=0.5), reading("วันที", confidence=None)
    witness = reading("วันที่", reader=LINES)
    together, *others = read_by(witness, first, layer)
    assert together.text == "วันที่\n"
    assert others == [witness, first, layer]


def test_the_line_reader_is_known_by_itself_and_not_by_where_it_stands():
    again = reading("วันที่", reader=Reader("tesseract", "5", (("languages", "tha"),)))
    witness = reading("วันที่", reader=LINES)
    together, second, *others = read_by(witness, reading("วันที", confidence=0.5), again)
    assert together.text == "วันที่\n"
    assert second == witness
    assert others[1:] == [again]


def test_the_common_reading_says_with_what_it_was_made():
    reader = combined(reading("ข", reader=LINES), reading("ก"))
    together, *_ = reader.read(NOTHING, 1, NOTHING, 300)
    assert together.reader.name == "tesseract"
    assert {"voting", "voting:language-model"} <= dict(together.reader.settings).keys()
    assert set(together.reader.settings) < set(reader.reader.settings)


def test_what_was_written_gets_no_witness():
    written = reading("กำแพง", confidence=None)
    assert read_by(reading("กำแผง", reader=LINES), written) == (written,)


def test_where_the_line_reader_is_sure_of_nothing_both_readings_stay_what_they_are():
    alone, blank = reading("กำแพง"), reading("", confidence=None, reader=LINES)
    assert read_by(blank, alone) == (alone, blank)


def test_what_tesseract_has_not_read_gets_a_witness_and_is_not_voted_on():
    other = reading("กำแพง", confidence=0.1, reader=Reader("kraken", "5"))
    witness = reading("กำแผง", reader=LINES)
    assert read_by(witness, other) == (other, witness)


def test_the_recipe_of_a_page_names_the_line_reader_and_its_model():
    first = reading("ก", reader=Reader("fixed", "7", (("z", "1"),)))
    settings = dict(with_line_reader(Fixed(first), "doubtful").reader.settings)
    assert settings["second:model"] == model.fingerprint()
    assert settings["z"] == "1"


def test_without_the_line_reader_the_first_reads_alone():
    first = Fixed(reading("ก"))
    assert with_line_reader(first, "off") is first


def test_the_line_reader_itself_is_asked_about_what_was_recognised():
    page = Prepared(
        np.full((60, 60), 250, np.uint8), Quality(20, 0.9, 0.0, 1.0, 0.1, False), Preparation(), 60, 60
    )
    other = reading("ก", reader=Reader("kraken", "5"))
    _, witness = with_line_reader(Fixed(other), "all").read(NOTHING, 1, page, 300)
    assert witness.reader.name == "line-reader"
