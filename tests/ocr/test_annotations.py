"""What was filled into a form, a note and a stamp are read where they are drawn, as what they are."""

import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from model.mark import MarkKind
from tests.ocr import made, thai_pdf
from tests.ocr.test_text_layer import DRAWN, TEXT

pytestmark = pytest.mark.slow

VALUE = "สมศรี"
FORM = "ชื่อ ............................ อาชีพ"


def form(*annotations, lines=(FORM,)):
    """A page of these lines with annotations: each a function of the document and of how a text's appearance is
    made."""
    face = thai_pdf.Face()
    letters = sorted(set("".join(lines)) | set(VALUE) | set("อนุมัติ"))
    extra = {face.number(letter): letter for letter in letters}
    data = thai_pdf.build([*lines], face=face, extra=extra)
    with pikepdf.open(io.BytesIO(data)) as document:
        page = document.pages[0]
        font = page.Resources.Font.F1
        widths = [item for n in sorted(extra) for item in (n, Array([round(face.width(n), 2)]))]
        font.DescendantFonts[0].W.extend(widths)

        def appearance(text, *, size=16, box=(0, 0, 200, 24), before="", **more):
            codes = "".join(f"{face.number(letter):04X}" for letter in text)
            content = f"{before} BT /F1 {size} Tf 1 0 0 1 2 6 Tm <{codes}> Tj ET"
            stream = document.make_stream(content.encode())
            stream.update({"/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": Array(list(box)),
                           "/Resources": Dictionary(Font=Dictionary(F1=font)), **more})  # fmt: skip
            return document.make_indirect(stream)

        made_ones = [annotation(document, appearance) for annotation in annotations]
        page.Annots = Array([document.make_indirect(one) for one in made_ones])
        fields = [one for one in page.Annots if one.Subtype == Name.Widget]
        if fields:
            document.Root.AcroForm = Dictionary(Fields=Array(fields))
        out = io.BytesIO()
        document.save(out)
    return out.getvalue()


def widget(rect=(110, 756, 310, 780), text=VALUE, flags=4, **look):
    def make(document, appearance):
        return Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=pikepdf.String("name"), V=pikepdf.String(text),
            Rect=Array(list(rect)), F=flags, AP=Dictionary(N=appearance(text, **look)),
        )  # fmt: skip

    return make


def note(kind, rect, text, flags=4, **look):
    def make(document, appearance):
        return Dictionary(
            Type=Name.Annot, Subtype=Name(kind), Rect=Array(list(rect)), F=flags, Contents=pikepdf.String(text),
            AP=Dictionary(N=appearance(text, **look)),
        )  # fmt: skip

    return make


def marked(reading):
    return [(mark.kind, reading.text[mark.span.start : mark.span.end]) for mark in reading.marks]


def test_a_filled_in_value_is_read_in_its_line_and_takes_the_place_of_the_dots_under_it(read):
    reading = read(form(widget()))
    (line,) = reading.text.split("\n")
    assert line.startswith("ชื่อ ")
    assert line.endswith(" อาชีพ")
    assert VALUE in line
    assert marked(reading) == [(MarkKind.FORM_VALUE, VALUE)]
    (mark,) = reading.marks
    assert mark.box is not None
    assert 110 * 300 / 72 <= mark.box.left < 120 * 300 / 72


def test_a_value_that_stands_a_little_over_its_line_is_read_in_it(read):
    reading = read(form(widget(rect=(110, 763, 310, 787)), lines=(FORM, FORM)))
    first, second = reading.text.split("\n")
    assert VALUE in first
    assert VALUE not in second
    (mark,) = reading.marks
    below = [box for box in reading.boxes[: len(first)] if box is not None]
    assert mark.box is not None
    assert mark.box.bottom < max(box.bottom for box in below)


@pytest.mark.parametrize("kind", ["/FreeText", "/Stamp"])
def test_notes_and_stamps_are_annotations(read, kind):
    reading = read(form(note(kind, (72, 500, 272, 524), "อนุมัติ")))
    assert reading.text.split("\n")[-1] == "อนุมัติ"
    assert marked(reading) == [(MarkKind.ANNOTATION, "อนุมัติ")]


def test_an_appearance_is_read_where_its_matrix_puts_it(read):
    turned = note("/Stamp", (400, 300, 424, 500), "อนุมัติ", **{"/Matrix": Array([0, 1, -1, 0, 0, 0])})
    reading = read(form(turned))
    ((kind, text),) = marked(reading)
    assert (kind, text) == (MarkKind.ANNOTATION, "อนุมัติ")
    (mark,) = reading.marks
    assert mark.box is not None
    assert mark.box.height > 1.5 * mark.box.width
    assert abs(mark.box.left / (300 / 72) - 405) < 20


@pytest.mark.parametrize("flags", [2, 32])
def test_annotations_that_are_not_shown_are_not_read(read, flags):
    reading = read(form(note("/FreeText", (72, 500, 272, 524), "อนุมัติ", flags=flags)))
    assert "อนุมัติ" not in reading.text
    assert reading.marks == ()


def test_a_white_value_is_not_read(read):
    reading = read(form(widget(before="1 g")))
    assert VALUE not in reading.text
    assert [mark.kind for mark in reading.marks] == [MarkKind.HIDDEN]


def test_the_state_of_a_check_box_is_the_one_that_is_read(read):
    def box(document, appearance):
        looks = Dictionary(On=appearance("อ"), Off=appearance("ม"))
        return Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Btn, T=pikepdf.String("box"), AS=Name.On,
            Rect=Array([72, 600, 272, 624]), F=4, AP=Dictionary(N=looks),
        )  # fmt: skip

    reading = read(form(box))
    assert marked(reading) == [(MarkKind.FORM_VALUE, "อ")]


def test_a_value_that_the_viewer_has_to_draw_is_read(read):
    reading = read(made.form_pdf("Budget 2567"))
    assert reading.text == "Budget 2567"
    assert marked(reading) == [(MarkKind.FORM_VALUE, "Budget 2567")]


def test_a_damaged_annotation_costs_nothing_but_itself(read):
    def damaged(document, appearance):
        return Dictionary(
            Type=Name.Annot, Subtype=Name.Stamp, Rect=Array([1, 2]), AP=Dictionary(N=appearance("อ"))
        )

    reading = read(form(damaged, note("/FreeText", (72, 500, 272, 524), "อนุมัติ"), lines=DRAWN))
    assert reading.text == f"{TEXT}\nอนุมัติ"
