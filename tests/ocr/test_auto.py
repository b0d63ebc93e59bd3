"""The reader that chooses: a PDF's own text where it holds, OCR where it does not, and the reason on record."""

import io

import cv2
import numpy as np
import pikepdf
import pytest

from model.page import Reader, Reading
from ocr.ensemble.auto import AutoReader
from ocr.image.prepare import prepare
from ocr.source.rasterise import open_source
from tests.ocr import made, thai_pdf
from tests.ocr.test_text_layer import DRAWN, TEXT

pytestmark = pytest.mark.slow

OTHER = "ข้อความอื่นที่ไม่เกี่ยวกันเลยแม้แต่น้อย " * 6


class FakeOcr:
    """Reads the same text on every page and remembers which pages it was asked for."""

    reader = Reader("tesseract", "5.3.0", (("languages", "tha+eng"),))

    def __init__(self, text=TEXT):
        self.text = text
        self.asked = []

    def read(self, source, number, prepared, dpi):
        self.asked.append(number)
        found = Reading.of_text(self.text, self.reader, number)
        return (
            Reading(
                number, self.reader, self.text, found.lines, found.boxes, (0.9,) * len(self.text), found.gaps
            ),
        )


@pytest.fixture
def read(tmp_path):
    def read(data, ocr, *numbers):
        path = tmp_path / "source.pdf"
        path.write_bytes(data)
        reader = AutoReader(ocr=ocr)
        found = []
        with open_source(path) as source:
            for number in numbers or (1,):
                raster = source.page(number)
                found.append(reader.read(source, number, prepare(raster.png), raster.dpi))
        return found if numbers else found[0]

    return read


def names(readings):
    return [reading.reader.name for reading in readings]


def joined(*documents):
    out = io.BytesIO()
    with pikepdf.new() as whole:
        for data in documents:
            with pikepdf.open(io.BytesIO(data)) as part:
                whole.pages.extend(part.pages)
        whole.save(out)
    return out.getvalue()


def test_a_sound_layer_that_ocr_confirms_is_the_base_reading_and_ocr_its_witness(read):
    readings = read(thai_pdf.build(DRAWN), FakeOcr(TEXT.replace("ถนน", "กนน")))
    assert names(readings) == ["text-layer", "tesseract"]
    assert readings[0].text == TEXT
    because = readings[0].reader.says("because")
    assert because.startswith("nothing speaks against the text layer, and OCR of page 1 agrees on 9")
    assert readings[0].reader.says("chosen") == "auto"


def test_digits_that_ocr_cannot_know_do_not_speak_against_the_layer(read):
    readings = read(
        thai_pdf.build(DRAWN), FakeOcr(TEXT.replace("๖", "๒").replace("๘", "๕").replace("๔", "๕"))
    )
    assert names(readings)[0] == "text-layer"
    assert "agrees on 100.0%" in readings[0].reader.says("because")


def test_a_layer_that_ocr_contradicts_is_only_a_witness(read):
    readings = read(thai_pdf.build(DRAWN), FakeOcr(OTHER))
    assert names(readings) == ["tesseract", "text-layer"]
    assert "OCR of page 1 agrees on only" in readings[0].reader.says("because")
    assert readings[1].text == TEXT


@pytest.mark.parametrize("nothing_in_common", ["x" * 400, ""])
def test_ocr_that_agrees_on_no_character_at_all_speaks_against_the_layer(read, nothing_in_common):
    readings = read(thai_pdf.build(DRAWN), FakeOcr(nothing_in_common))
    assert names(readings) == ["tesseract", "text-layer"]
    assert "OCR of page 1 agrees on only 0.0% of the characters" in readings[0].reader.says("because")


def test_invisible_text_is_what_a_scanners_program_put_there(read):
    ocr = FakeOcr(OTHER)
    readings = read(thai_pdf.build(DRAWN, mode=3), ocr)
    assert names(readings) == ["tesseract", "text-layer"]
    assert "100.0 % of the text is invisible" in readings[0].reader.says("because")
    assert readings[1].text == TEXT
    assert ocr.asked == [1]


def test_letters_on_the_page_that_are_no_glyphs_speak_against_the_layer(read):
    picture = np.full((600, 1500), 255, np.uint8)
    for row in range(12):
        cv2.putText(
            picture,
            "ONLY IN THE PICTURE OF THE PAGE",
            (10, 45 + 48 * row),
            cv2.FONT_HERSHEY_SIMPLEX,
            1.4,
            0,
            3,
        )
    with pikepdf.open(io.BytesIO(thai_pdf.build(DRAWN))) as document:
        page = document.pages[0]
        image = document.make_stream(picture.tobytes())
        image.update({"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Image, "/Width": 1500, "/Height": 600,
                      "/ColorSpace": pikepdf.Name.DeviceGray, "/BitsPerComponent": 8})  # fmt: skip
        page.Resources.XObject = pikepdf.Dictionary(Im0=image)
        page.contents_add(b"q 400 0 0 160 72 300 cm /Im0 Do Q")
        out = io.BytesIO()
        document.save(out)
    readings = read(out.getvalue(), FakeOcr())
    assert names(readings)[0] == "tesseract"
    assert "of the letters on the page are not in it" in readings[0].reader.says("because")


def test_a_page_without_text_is_read_by_ocr_and_the_next_by_its_layer(read):
    data = joined(made.pdf(made.text_page(b"")), thai_pdf.build(DRAWN))
    first, second = read(data, FakeOcr(), 1, 2)
    assert names(first) == ["tesseract"]
    assert first[0].reader.says("because") == "the page has no text layer"
    assert names(second)[0] == "text-layer"


def test_a_documents_sample_is_taken_once_and_is_the_same_whichever_pages_are_read(read):
    data = joined(*[thai_pdf.build(DRAWN)] * 6)
    ocr = FakeOcr()
    found = read(data, ocr, 1, 2, 6)
    assert ocr.asked == [3, 5]
    assert [names(readings) for readings in found] == [["text-layer"]] * 3
    assert "OCR of page 3 and 5 agrees" in found[0][0].reader.says("because")
    assert names(read(data, FakeOcr(), 3)[0]) == ["text-layer", "tesseract"]


def test_a_glyph_that_nothing_explains_is_what_ocr_reads_in_its_place(read):
    lines = [*DRAWN, "ร้อยละ @ และ @ กับ @ และ @"]
    data = thai_pdf.build(lines, claims=lambda letter, _: None if letter == "@" else letter)
    text = "\n".join([TEXT, lines[-1]])
    readings = read(data, FakeOcr(text))
    assert names(readings)[0] == "text-layer"
    assert readings[0].text == text


def test_a_layer_that_cannot_be_made_out_is_named_as_the_reason(read, monkeypatch):
    monkeypatch.setattr("ocr.source.rasterise.GLYPH_SECONDS", 0.0001)
    readings = read(thai_pdf.build(DRAWN), FakeOcr())
    assert names(readings) == ["tesseract"]
    assert "the text layer is of no use" in readings[0].reader.says("because")


def test_an_image_is_read_by_ocr_without_more_ado(tmp_path):
    path = tmp_path / "page.png"
    path.write_bytes(made.image_bytes(np.full((400, 300), 255, np.uint8), "PNG"))
    with open_source(path) as source:
        raster = source.page(1)
        (reading,) = AutoReader(ocr=FakeOcr()).read(source, 1, prepare(raster.png), raster.dpi)
    assert reading.reader == FakeOcr.reader
