"""What nobody can see on a page is not its text, and is told by its place alone; what can be seen is."""

import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from model.mark import MarkKind
from tests.ocr import thai_pdf
from tests.ocr.test_text_layer import DRAWN, TEXT

pytestmark = pytest.mark.slow

SECRET = "เลขประจำตัว".replace("ำ", "ํา")
SHOWN = "เลขประจำตัว"
PLACE = "1 0 0 1 300 600 Tm"


def page_with(before="", after="", *, text=SECRET, place=PLACE, size=16, change=None):
    """The sound page with a text more, drawn between what stands `before` and `after` it; `change` is done last."""
    face = thai_pdf.Face()
    numbers = {letter: face.number(letter) for letter in text}
    extra = {number: letter for letter, number in numbers.items()}
    data = thai_pdf.build(DRAWN, extra=extra)
    codes = "".join(f"{numbers[letter]:04X}" for letter in text)
    drawn = f"{before} BT /F1 {size} Tf {place} <{codes}> Tj ET {after}"
    with pikepdf.open(io.BytesIO(data)) as document:
        page = document.pages[0]
        widths = [
            item for n in sorted(set(numbers.values())) for item in (n, Array([round(face.width(n), 2)]))
        ]
        page.Resources.Font.F1.DescendantFonts[0].W.extend(widths)
        page.contents_add(f"q {drawn} Q".encode())
        if change is not None:
            change(document, page)
        out = io.BytesIO()
        document.save(out)
    return out.getvalue()


def kinds(reading):
    return [mark.kind for mark in reading.marks]


def transparent(document, page):
    page.Resources.ExtGState = Dictionary(G0=Dictionary(ca=0, CA=0))


def half_transparent(document, page):
    page.Resources.ExtGState = Dictionary(G0=Dictionary(ca=0.5, BM=Name.Multiply))


def layer_off(document, page):
    layer = document.make_indirect(Dictionary(Type=Name.OCG, Name=pikepdf.String("ชั้น")))
    document.Root.OCProperties = Dictionary(
        OCGs=Array([layer]), D=Dictionary(Order=Array([layer]), OFF=Array([layer]))
    )
    page.Resources.Properties = Dictionary(L0=layer)


def small_crop(document, page):
    page.CropBox = Array([0, 620, 700, 842])


def picture_over(document, page):
    image = document.make_stream(bytes([90]) * 100)
    image.update({"/Type": Name.XObject, "/Subtype": Name.Image, "/Width": 10, "/Height": 10,
                  "/ColorSpace": Name.DeviceGray, "/BitsPerComponent": 8})  # fmt: skip
    page.Resources.XObject = Dictionary(Im0=image)


def black_square(document, page):
    note = Dictionary(
        Type=Name.Annot, Subtype=Name.Square, Rect=Array([290, 590, 430, 625]), C=Array([0, 0, 0]),
        IC=Array([0, 0, 0]), F=4,
    )  # fmt: skip
    page.Annots = Array([document.make_indirect(note)])


BOX = "290 590 140 35 re f"


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        ("", f"0 g {BOX}", None),
        ("", f"1 g {BOX}", None),
        ("", "q 140 0 0 35 290 590 cm /Im0 Do Q", picture_over),
        ("", "", black_square),
        ("1 g", "", None),
        ("0.99 g", "", None),
        (f"0.4 g {BOX} 0.4 g", "", None),
        ("3 Tr", "", None),
        ("/G0 gs", "", transparent),
        ("0 0 10 10 re W n", "", None),
        ("", "", small_crop),
        ("/OC /L0 BDC", "EMC", layer_off),
    ],
    ids=["black box", "white box", "picture", "square annotation", "white", "nearly white", "colour of its box",
         "invisible", "transparent", "clipped", "outside the crop box", "layer off"],
)  # fmt: skip
def test_what_nobody_can_see_is_left_out_and_its_place_is_marked(read, before, after, change):
    reading = read(page_with(before, after, change=change))
    assert reading.text == TEXT
    assert kinds(reading) == [MarkKind.HIDDEN]
    (mark,) = reading.marks
    assert len(reading.text[mark.span.start : mark.span.end].strip()) >= 1
    assert "เลข" not in repr(reading)


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        ("", "", None),
        (f"0 g {BOX} 1 g", "", None),
        (f"0.7 g {BOX} 0 g", "", None),
        ("0.6 g", "", None),
        ("q 140 0 0 35 290 590 cm /Im0 Do Q 1 g", "", picture_over),
        ("", f"/G0 gs 1 1 0 rg {BOX}", half_transparent),
        ("", "0 G 1 w 300 597 m 400 597 l S", None),
        ("", "0 G 1 w 290 590 140 35 re S", None),
    ],
    ids=["black", "white on black", "black on grey", "grey", "on a picture", "highlighted", "underlined", "framed"],
)  # fmt: skip
def test_what_can_be_seen_is_text(read, before, after, change):
    reading = read(page_with(before, after, change=change))
    assert SHOWN in reading.text
    assert kinds(reading) == []


def test_letters_that_are_too_small_to_be_seen_are_left_out(read):
    reading = read(page_with(size=0.6))
    assert reading.text == TEXT
    assert kinds(reading) == [MarkKind.HIDDEN]


def test_only_the_covered_letters_of_a_line_are_left_out(read):
    reading = read(page_with("", "0 g 340 590 200 35 re f"))
    kept = reading.text.replace(TEXT, "").strip()
    assert 2 <= len(kept) < len(SHOWN)
    assert SHOWN.startswith(kept)
    (mark,) = reading.marks
    assert (mark.kind, reading.text[mark.span.start : mark.span.end]) == (MarkKind.HIDDEN, kept[-1])
    assert mark.box is not None
    assert mark.box.left > 0


def test_letters_hidden_under_others_in_their_place_are_left_out(read):
    over = "1 g 290 590 140 35 re f 0 g BT /F1 16 Tf 1 0 0 1 300 600 Tm <{}> Tj ET"
    face = thai_pdf.Face()
    codes = "".join(f"{face.number(letter):04X}" for letter in "จังหวัดสตูล")
    reading = read(page_with("", over.format(codes)))
    assert "จังหวัดสตูล" in reading.text.split("\n")[-1]
    assert SHOWN not in reading.text
    assert kinds(reading) == [MarkKind.HIDDEN]


def test_a_word_that_a_rule_goes_through_is_marked_and_stays_in_the_text(read):
    reading = read(page_with("", "0 G 0.8 w 298 604.5 m 372 604.5 l S"))
    assert SHOWN in reading.text
    (mark,) = reading.marks
    assert mark.kind is MarkKind.STRUCK_OUT
    struck = reading.text[mark.span.start : mark.span.end]
    assert SHOWN.startswith(struck)
    assert len(struck) >= 8


def test_writing_across_the_page_is_read_apart_and_marked(read):
    slanted = "0.7 0.7 -0.7 0.7 200 640 Tm"
    reading = read(page_with("0.8 g", "", place=slanted, size=45))
    assert reading.text == f"{TEXT}\n{SHOWN}"
    (mark,) = reading.marks
    assert (mark.kind, reading.text[mark.span.start : mark.span.end]) == (MarkKind.WATERMARK, SHOWN)


def test_large_light_writing_over_the_lines_is_read_apart_and_marked(read):
    reading = read(page_with("0.8 g", "", place="1 0 0 1 80 700 Tm", size=70))
    assert reading.text == f"{TEXT}\n{SHOWN}"
    assert kinds(reading) == [MarkKind.WATERMARK]


def test_a_large_heading_over_nothing_is_no_watermark(read):
    reading = read(page_with("", "", place="1 0 0 1 80 500 Tm", size=40))
    assert reading.text == f"{TEXT}\n{SHOWN}"
    assert kinds(reading) == []
