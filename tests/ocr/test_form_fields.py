"""Fields of every kind that the file leaves for the viewer to draw, or to draw anew, are read as they are shown."""

import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from model.mark import MarkKind
from ocr.accounting.account import account
from ocr.page_image import made_ready
from ocr.source.rasterise import open_source
from ocr.text_layer.reader import TextLayerReader

pytestmark = pytest.mark.slow

LINES = (
    "Application form of the subdistrict",
    "Name of the applicant and address",
    "Please tick what is right",
)
DRAWN = String("/Helv 12 Tf 0 g")
RECT = (72, 600, 320, 622)


class Form:
    """A page with fields, in fonts that every viewer has."""

    def __init__(self):
        self.pdf = pikepdf.new()
        self.pdf.add_blank_page(page_size=(595, 842))
        self.page = self.pdf.pages[0].obj
        fonts = {
            name: self.pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=base))
            for name, base in (("/Helv", Name.Helvetica), ("/ZaDb", Name.ZapfDingbats))
        }
        self.fonts = Dictionary(fonts)
        self.page.Resources = Dictionary(Font=self.fonts)
        shown = " ".join(f"({line}) Tj 0 -30 Td" for line in LINES)
        self.page.Contents = self.pdf.make_stream(f"BT /Helv 14 Tf 72 780 Td {shown} ET".encode())
        self.page.Annots = Array()
        self.fields = Array()

    def look(self, content, wide=248):
        stream = self.pdf.make_stream(content.encode())
        stream.update({"/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": Array([0, 0, wide, 20]),
                       "/Resources": Dictionary(Font=self.fonts)})  # fmt: skip
        return self.pdf.make_indirect(stream)

    def add(self, subtype=Name.Widget, rect=RECT, **more):
        one = self.pdf.make_indirect(
            Dictionary(Type=Name.Annot, Subtype=subtype, Rect=Array(list(rect)), F=4, **more)
        )
        self.page.Annots.append(one)
        return one

    def field(self, **more):
        one = self.add(T=String(f"field {len(self.fields)}"), DA=DRAWN, **more)
        self.fields.append(one)
        return one

    def within(self, depth, **more):
        """A field whose value stands so many fields above it."""
        below = self.add()
        for level in range(depth):
            above = self.pdf.make_indirect(Dictionary(T=String(f"part {level}"), Kids=Array([below])))
            below.Parent = above
            below = above
        below.update({f"/{name}": value for name, value in more.items()})
        self.fields.append(below)

    def data(self, *, anew=True):
        if len(self.fields):
            self.pdf.Root.AcroForm = Dictionary(
                Fields=self.fields, DR=Dictionary(Font=self.fonts), DA=DRAWN, NeedAppearances=anew
            )
        out = io.BytesIO()
        self.pdf.save(out)
        return out.getvalue()


def ticked(form, mark, states=("On", "Off")):
    looks = {
        f"/{states[0]}": form.look(f"BT /ZaDb 14 Tf 4 5 Td ({mark}) Tj ET", 20),
        f"/{states[1]}": form.look("", 20),
    }
    return form.field(FT=Name.Btn, rect=(72, 600, 92, 620), AS=Name.On, V=Name.On,
                      AP=Dictionary(N=Dictionary(looks)), MK=Dictionary(CA=String(mark)))  # fmt: skip


def text(form, value, **more):
    return form.field(FT=Name.Tx, V=String(value), **more)


FIELDS = {
    "text": (lambda form: text(form, "Ban Mai 42"), "Ban Mai 42"),
    "several lines": (
        lambda form: text(form, "First line\rSecond line", Ff=1 << 12, rect=(72, 540, 320, 622)),
        "First line\nSecond line",
    ),
    "comb": (lambda form: text(form, "1103", Ff=1 << 24, MaxLen=4), "1103"),
    "comb with free cells": (
        lambda form: text(form, "11 034", Ff=1 << 24, MaxLen=8, rect=(72, 600, 232, 622)), "11 034",
    ),
    "turned": (
        lambda form: text(form, "Turned 55", rect=(400, 300, 422, 560), MK=Dictionary(R=90)), "Turned 55",
    ),
    "choice": (
        lambda form: form.field(FT=Name.Ch, Ff=1 << 17, V=String("Loei"), Opt=Array([String("Loei")])), "Loei",
    ),
    "empty appearance": (lambda form: text(form, "Anew 7", AP=Dictionary(N=form.look("/Tx BMC EMC"))), "Anew 7"),
    "value of its parent": (lambda form: form.within(1, FT=Name.Tx, V=String("Above 1"), DA=DRAWN), "Above 1"),
    "value further up": (lambda form: form.within(2, FT=Name.Tx, V=String("Above 2"), DA=DRAWN), "Above 2"),
    "tick drawn anew": (lambda form: ticked(form, "4"), "✔"),
    "cross drawn anew": (lambda form: ticked(form, "8"), "✘"),
    "button": (lambda form: form.field(FT=Name.Btn, Ff=1 << 16, MK=Dictionary(CA=String("Print this"))), "Print this"),
}  # fmt: skip


def read_and_held(path):
    with open_source(path) as source:
        raster = source.page(1)
        prepared = made_ready(source, 1, raster)
        (reading,) = TextLayerReader().read(source, 1, prepared, raster.dpi)
        return reading, account(prepared, reading)


@pytest.mark.parametrize("kind", FIELDS)
def test_a_field_that_the_viewer_draws_is_read_as_a_value(tmp_path, kind):
    make, shown = FIELDS[kind]
    form = Form()
    make(form)
    path = tmp_path / "form.pdf"
    path.write_bytes(form.data())
    reading, held = read_and_held(path)
    assert reading.text == "\n".join((*LINES, shown))
    assert {mark.kind for mark in reading.marks} == {MarkKind.FORM_VALUE}
    assert held.unseen == ()


def test_a_note_that_the_viewer_draws_is_read_in_a_file_without_a_form(tmp_path):
    form = Form()
    form.add(Name.FreeText, Contents=String("Seen on the 5th"), DA=DRAWN)
    path = tmp_path / "note.pdf"
    path.write_bytes(form.data())
    reading, _ = read_and_held(path)
    assert reading.text == "\n".join((*LINES, "Seen on the 5th"))
    assert [mark.kind for mark in reading.marks] == [MarkKind.ANNOTATION]


def test_a_box_that_is_not_ticked_says_nothing(tmp_path):
    form = Form()
    one = ticked(form, "4")
    del one["/V"]
    one.AS = Name.Off
    path = tmp_path / "form.pdf"
    path.write_bytes(form.data(anew=False))
    reading, held = read_and_held(path)
    assert reading.text == "\n".join(LINES)
    assert reading.marks == ()
    assert held.missing == ()


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_letters_of_a_page_that_is_shown_turned_are_not_too_close(tmp_path, turn):
    form = Form()
    text(form, "Ban Mai 42")
    form.page.Rotate = turn
    path = tmp_path / "turned.pdf"
    path.write_bytes(form.data())
    reading, held = read_and_held(path)
    assert reading.text == "\n".join((*LINES, "Ban Mai 42"))
    assert held.open_places == 0
