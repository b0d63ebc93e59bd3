"""What nobody can see on a page of the source is in no part of the PDF that is written over it."""

import io
from dataclasses import replace

import numpy as np
import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, String

from model.edit import Span
from model.mark import Mark, MarkKind
from ocr.image.png import encode_grey
from tests.ocr import thai_pdf
from tests.reports.made_pages import Given, corrected, edition, page
from tests.reports.round_trip import exported

SECRET = "Somebody 3 4509 00123"
PUBLIC = "ประกาศเทศบาลตำบลเวียง"
DPI = 150


def barred(rotate=0):
    """Two pages of print, the first with a secret under a bar, which its file says in every way that a file has."""
    with pikepdf.open(io.BytesIO(thai_pdf.build([PUBLIC] * 3))) as pdf:
        pdf.pages.append(pdf.pages[0])
        first = pdf.pages[0].obj
        first.Rotate = rotate
        first.Resources = Dictionary({**dict(first.Resources.items())})
        helvetica = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        first.Resources.Font = Dictionary({**dict(first.Resources.Font.items()), "/H": helvetica})
        drawn = f"BT /H 12 Tf 1 0 0 1 80 400 Tm ({SECRET}) Tj ET 0 g 70 390 300 30 re f"
        stated = f"/Span <</ActualText ({SECRET})>> BDC {drawn} EMC"
        first.Contents = Array([first.Contents, pdf.make_stream(stated.encode())])
        field = pdf.make_indirect(
            Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("who"), V=String(SECRET),
                       Rect=Array([80, 300, 200, 320]), F=2)
        )  # fmt: skip
        note = Dictionary(
            Type=Name.Annot, Subtype=Name.Redact, Contents=String(SECRET), Rect=Array([0, 0, 9, 9])
        )
        first.Annots = Array([field, pdf.make_indirect(note)])
        parent = pdf.make_indirect(Dictionary(T=String("parent"), Kids=Array([field])))
        other = pdf.make_indirect(Dictionary(FT=Name.Tx, T=String("other"), V=String("kept value")))
        pdf.Root.AcroForm = Dictionary(Fields=Array([parent, other]))
        element = Dictionary(Type=Name.StructElem, S=Name.P, Pg=first, ActualText=String(SECRET))
        pdf.Root.StructTreeRoot = Dictionary(Type=Name.StructTreeRoot, K=pdf.make_indirect(element))
        data = io.BytesIO()
        pdf.save(data)
    return data.getvalue()


def shown(pdf, number=0):
    with pypdfium2.PdfDocument(pdf) as opened:
        return opened[number].render(scale=DPI / 72, grayscale=True).to_numpy().copy()


def written(source, *, replaces_text):
    """The source with a text over both pages; on the first it is known that something is hidden."""
    pages, images = [], {}
    for number in (1, 2):
        seen = shown(source, number - 1)
        height, width = seen.shape
        images[f"{number}" * 64] = encode_grey(np.ascontiguousarray(seen).tobytes(), width, height, DPI)
        read = page(PUBLIC, number)
        marks = (Mark(MarkKind.HIDDEN, Span(0, 1), None),) if number == 1 else ()
        reading = replace(read.reading, marks=marks)
        pages.append(corrected(replace(read, width=width, height=height, dpi=DPI, image_sha256=f"{number}" * 64,
                                       readings=(reading,))))  # fmt: skip
    found = edition(source, "pdf", pages)
    blobs = {found.state.id: source, **images}
    return exported("pdf", replace(found, archive=Given(blobs), replaces_text=replaces_text))


def everything_in(pdf):
    """All objects of a PDF, streams unpacked."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        parts = [bytes(one.unparse(resolved=True)) for one in opened.objects]
        parts += [
            one.read_bytes()
            for one in opened.objects
            if isinstance(one, pikepdf.Stream) and one.get("/Subtype") != Name.Image
        ]
    return b"\n".join(parts)


@pytest.mark.parametrize("replaces_text", [False, True])
def test_a_secret_under_a_bar_is_nowhere_in_the_file(replaces_text):
    source = barred()
    assert everything_in(source).count(SECRET.encode()) >= 5
    found = everything_in(written(source, replaces_text=replaces_text))
    assert SECRET.encode() not in found
    assert b"kept value" in found


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_the_page_looks_as_it_did_and_has_its_text(rotate):
    source = barred(rotate)
    pdf = written(source, replaces_text=False)
    before, after = shown(source).astype(int), shown(pdf).astype(int)
    assert before.shape == after.shape
    assert (np.abs(before - after) > 60).mean() < 0.001
    with pypdfium2.PdfDocument(pdf) as opened:
        assert PUBLIC in opened[0].get_textpage().get_text_range()


def test_a_page_without_anything_hidden_stays_as_it_is():
    source = barred()
    with (
        pikepdf.open(io.BytesIO(source)) as one,
        pikepdf.open(io.BytesIO(written(source, replaces_text=False))) as other,
    ):
        assert other.pages[1].Contents[-1].read_raw_bytes() == one.pages[1].Contents.read_raw_bytes()
