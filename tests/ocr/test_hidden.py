"""A file's text that nobody can see is told by its place on the page's reading, whoever read the page."""

import io
from dataclasses import replace

import pikepdf
import pytest

from model.mark import MarkKind
from model.page import Reader, Reading
from ocr.image.prepare import prepare
from ocr.source.rasterise import open_source
from ocr.text_layer.hidden import with_hidden
from ocr.text_layer.reader import TextLayerReader
from tests.ocr import thai_pdf
from tests.ocr.test_auto import scanned
from tests.ocr.test_text_layer import DRAWN
from tests.ocr.test_visibility import BOX, black_square, layer_off, page_with, transparent

pytestmark = pytest.mark.slow

OTHER = Reader("line-reader", "1")


@pytest.fixture
def told(tmp_path):
    """The marks of a PDF's first page on what another reader read of the page that can be seen."""

    def told(data, seen=None, reading=None):
        for name, content in (("seen.pdf", seen or thai_pdf.build(DRAWN)), ("source.pdf", data)):
            (tmp_path / name).write_bytes(content)
        if reading is None:
            with open_source(tmp_path / "seen.pdf") as source:
                raster = source.page(1)
                (reading,) = TextLayerReader().read(source, 1, prepare(raster.png), raster.dpi)
            reading = replace(reading, reader=OTHER, marks=())
        with open_source(tmp_path / "source.pdf") as source:
            prepared = prepare(source.page(1).png)
            found = with_hidden(reading, source, 1, prepared)
        assert replace(found, marks=()) == reading
        assert {mark.kind for mark in found.marks} <= {MarkKind.HIDDEN}
        return found.marks

    return told


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [("", f"0 g {BOX}", None), ("1 g", "", None), ("3 Tr", "", None), ("", "", black_square),
     ("/G0 gs", "", transparent), ("/OC /L0 BDC", "EMC", layer_off)],
    ids=["black box", "white", "invisible", "square annotation", "transparent", "layer off"],
)  # fmt: skip
def test_hidden_text_is_told_on_what_another_reader_read(told, before, after, change):
    (mark,) = told(page_with(before, after, change=change))
    assert mark.box is not None
    assert len(mark.span) >= 1


def test_a_page_without_hidden_text_has_no_mark(told):
    assert told(thai_pdf.build(DRAWN)) == ()
    assert told(page_with()) == ()


def test_of_a_reading_without_places_the_first_letter_bears_the_mark(told):
    read = Reading.of_text(" ประกาศ", OTHER)
    (mark,) = told(page_with("1 g"), reading=read)
    assert (mark.span.start, mark.span.end) == (1, 2)


def test_the_text_under_a_scan_is_not_hidden_and_what_a_bar_on_the_scan_covers_is(told, tmp_path):
    data = scanned(thai_pdf.build(DRAWN), tmp_path)
    assert told(data) == ()
    with pikepdf.open(io.BytesIO(data)) as document:
        document.pages[0].contents_add(b"q 0 g 120 722 140 31 re f Q")  # over a part of the second line
        out = io.BytesIO()
        document.save(out)
    (mark,) = told(out.getvalue())
    assert mark.box is not None
    assert mark.box.left > 0
