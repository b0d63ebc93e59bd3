"""The reader that chooses: a PDF's own text where it holds, OCR where it does not, and the reason on record."""

import io

import cv2
import numpy as np
import pikepdf
import pytest

from model.errors import EngineFailed
from model.mark import MarkKind
from model.page import Reader, Reading
from ocr.ensemble.auto import AutoReader
from ocr.image.prepare import decode, prepare
from ocr.source.rasterise import open_source
from tests.ocr import made, thai_pdf
from tests.ocr.test_text_layer import DRAWN, TEXT

pytestmark = pytest.mark.slow

OTHER = "ข้อความอื่นที่ไม่เกี่ยวกันเลยแม้แต่น้อย " * 6


PICTURE = 1500
"""Pixels: what is lower is a picture of a page, and no page."""


class FakeOcr:
    """Reads the same text on every page, or another one by page, and remembers which pages it was asked for."""

    reader = Reader("tesseract", "5.3.0", (("languages", "tha+eng"),))

    def __init__(self, text=TEXT, pages=None):
        self.text = text
        self.pages = pages or {}
        self.asked = []
        self.pictures = ""

    def read(self, source, number, prepared, dpi):
        if prepared.height < PICTURE:
            text = self.pictures
        else:
            self.asked.append(number)
            text = self.pages.get(number, self.text)
        found = Reading.of_text(text, self.reader, number)
        return (Reading(number, self.reader, text, found.lines, found.boxes, (0.9,) * len(text), found.gaps),)


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


def garbled():
    """A page in a font that every viewer has, whose map calls its letters by Thai ones that make no words."""
    letters = {code: chr(0x0E01 + (code * 17) % 46) for code in range(ord("A"), ord("z") + 1)}
    with pikepdf.new() as document:
        page = document.add_blank_page(page_size=(595, 842))
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica,
            ToUnicode=document.make_stream(to_unicode(letters)),
        )  # fmt: skip
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=document.make_indirect(font)))
        rows = [
            f"1 0 0 1 72 {700 - 20 * row} Tm (ThelicensingofficerXmayZorderJtheKwork) Tj" for row in range(8)
        ]
        page.Contents = document.make_stream(f"BT /F1 12 Tf {' '.join(rows)} ET".encode())
        out = io.BytesIO()
        document.save(out)
    return out.getvalue()


def to_unicode(letters):
    """A ToUnicode map of one-byte codes."""
    rows = "\n".join(f"<{code:02X}> <{ord(letter):04X}>" for code, letter in letters.items())
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "1 begincodespacerange <00> <FF> endcodespacerange\n"
        f"{len(letters)} beginbfchar\n{rows}\nendbfchar\nendcmap end end"
    ).encode()


def scanned(data, tmp_path):
    """The page as a picture of itself, with its text laid invisibly under it, as OCR programs do."""
    path = tmp_path / "seen.pdf"
    path.write_bytes(data)
    with open_source(path) as source:
        raster = source.page(1)
    pixels = decode(raster.png)
    with pikepdf.open(io.BytesIO(data)) as document:
        page = document.pages[0]
        image = document.make_stream(pixels.tobytes())
        image.update({
            "/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Image, "/Width": pixels.shape[1],
            "/Height": pixels.shape[0], "/ColorSpace": pikepdf.Name.DeviceGray, "/BitsPerComponent": 8,
        })  # fmt: skip
        page.Resources.XObject = pikepdf.Dictionary(Im0=image)
        page.contents_add(b"q 700 0 0 842 0 0 cm /Im0 Do Q", prepend=True)
        page.contents_coalesce()
        text = page.Contents.read_bytes().replace(b"BT 0 Tr", b"BT 3 Tr")
        page.Contents = document.make_stream(text)
        out = io.BytesIO()
        document.save(out)
    return out.getvalue()


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
    assert because.startswith("nothing speaks against the text layer, and OCR agrees on 9")
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
    assert "OCR agrees on only" in readings[0].reader.says("because")
    assert "is likelier language" in readings[0].reader.says("because")
    assert readings[1].text == TEXT


@pytest.mark.parametrize(
    "failed", ["", "x" * 400, "144ฉณ+%ณฒณญ1111111 [5 77ฮัโไ1็1111111ั9 7ไ1ฌ็3ว7550 110วจ5จ๕0 ฝไรไฮไฮ11ฮ็35 " * 4],
    ids=["nothing", "letters", "leader dots"],
)  # fmt: skip
def test_ocr_that_failed_says_nothing_against_a_layer_that_is_language(read, failed):
    readings = read(thai_pdf.build(DRAWN), FakeOcr(failed))
    assert names(readings) == ["text-layer", "tesseract"]
    assert readings[0].text == TEXT
    assert "agrees on only" not in readings[0].reader.says("because")


def test_a_garbled_layer_loses_to_ocr_that_is_language(read):
    readings = read(garbled(), FakeOcr(TEXT))
    assert names(readings) == ["tesseract", "text-layer"]
    assert "is likelier language" in readings[0].reader.says("because")


def test_each_page_is_judged_by_itself(read):
    data = joined(*[thai_pdf.build(DRAWN)] * 3)
    ocr = FakeOcr(TEXT, pages={2: OTHER})
    found = read(data, ocr, 1, 2, 3)
    assert [names(readings)[0] for readings in found] == ["text-layer", "tesseract", "text-layer"]
    assert sorted(ocr.asked) == [1, 2, 3]


def test_invisible_text_is_what_a_scanners_program_put_there(read, tmp_path):
    ocr = FakeOcr(OTHER)
    readings = read(scanned(thai_pdf.build(DRAWN), tmp_path), ocr)
    assert names(readings) == ["tesseract", "text-layer"]
    assert "all of the text is invisible" in readings[0].reader.says("because")
    assert readings[1].text == TEXT
    assert ocr.asked == [1]


def test_what_is_blacked_out_on_a_scan_is_in_no_reading_although_its_ocr_layer_has_it(read, tmp_path):
    data = scanned(thai_pdf.build(DRAWN), tmp_path)
    with pikepdf.open(io.BytesIO(data)) as document:
        document.pages[0].contents_add(b"q 0 g 60 722 600 31 re f Q")  # over the second line
        out = io.BytesIO()
        document.save(out)
    readings = read(out.getvalue(), FakeOcr(TEXT.split("\n")[0]))
    assert names(readings) == ["tesseract", "text-layer"]
    assert readings[1].text.split("\n")[0] == TEXT.split("\n")[0]
    assert "แผนพัฒนา" not in repr(readings)
    assert "๒๕๖๘" not in repr(readings)


def test_invisible_text_with_nothing_to_be_seen_in_its_place_is_nobodys_text(read):
    assert names(read(thai_pdf.build(DRAWN, mode=3), FakeOcr(OTHER))) == ["tesseract"]


def pictured(rows):
    """The sound page with so many lines of letters in a picture."""
    picture = np.full((600, 1500), 255, np.uint8)
    for row in range(rows):
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
    return out.getvalue()


def test_a_page_of_which_most_letters_stand_in_a_picture_is_read_by_ocr(read):
    readings = read(pictured(12), FakeOcr())
    assert names(readings)[0] == "tesseract"
    assert "of the letters on the page stand in pictures" in readings[0].reader.says("because")


def test_a_few_letters_in_a_picture_count_for_nobody(read):
    readings = read(pictured(3), FakeOcr())
    assert names(readings)[0] == "text-layer"
    assert readings[0].text == TEXT


def test_the_letters_in_a_picture_are_read_as_the_pictures_own(read):
    shown = "ONLY IN THE PICTURE"
    ocr = FakeOcr(TEXT)
    ocr.pictures = shown
    (mark,) = [one for one in read(pictured(3), ocr)[0].marks if one.kind is MarkKind.PICTURE]
    assert mark.text == shown


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


def with_size(data, number, size):
    """The same PDF whose page `number` has another size, in points."""
    with pikepdf.open(io.BytesIO(data)) as document:
        document.pages[number - 1].MediaBox = pikepdf.Array([0, 0, *size])
        out = io.BytesIO()
        document.save(out)
    return out.getvalue()


@pytest.mark.parametrize("size", [(200_000, 200_000), (1.5, 1.5), (14_400, 100_000)])
def test_a_page_that_cannot_be_made_into_an_image_is_to_blame_for_itself_alone(read, size):
    ocr = FakeOcr()
    first, third = read(with_size(joined(*[thai_pdf.build(DRAWN)] * 3), 2, size), ocr, 1, 3)
    assert names(first)[0] == names(third)[0] == "text-layer"
    assert ocr.asked == [3], "another page is sampled in its place"


def test_of_a_long_document_the_next_pages_are_sampled_in_place_of_broken_ones(read):
    ocr = FakeOcr()
    read(
        with_size(with_size(joined(*[thai_pdf.build(DRAWN)] * 9), 4, (200_000, 200_000)), 5, (1.5, 1.5)),
        ocr,
        1,
    )
    assert ocr.asked == [6, 7]


def test_a_sample_on_which_ocr_fails_by_accident_is_taken_anew_and_not_from_another_page(
    tmp_path, monkeypatch
):
    """Else what a document's pages come to would hang on what happened when its sample was taken."""
    path = tmp_path / "source.pdf"
    path.write_bytes(joined(*[thai_pdf.build(DRAWN)] * 3))
    ocr = FakeOcr()
    reader = AutoReader(ocr=ocr)

    def failing(source, number, prepared, dpi):
        raise EngineFailed(f"page {number}: Tesseract took longer than 1 s")

    with open_source(path) as source:
        raster = source.page(1)
        with monkeypatch.context() as patched:
            patched.setattr(ocr, "read", failing)
            with pytest.raises(EngineFailed, match="page 2"):
                reader.read(source, 1, prepare(raster.png), raster.dpi)
        readings = reader.read(source, 1, prepare(raster.png), raster.dpi)
    assert names(readings)[0] == "text-layer"
    assert ocr.asked == [2]


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
