"""PDF/A-2u: claimed where nothing keeps a PDF from it, and where something does, said in words, each for itself."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image, ImageCms

from reports.searchable.archival import Archival, claim_archival
from reports.searchable.archive.fitness import hindrances
from reports.searchable.document import SearchablePdf
from tests.ocr import thai_pdf
from tests.reports.made_pages import blank_pdf, corrected, edition, page, picture
from tests.reports.round_trip import exported
from tests.reports.scanned_pdf import (
    AS_THEY_ARE,
    GREY,
    HEAD,
    STRANGE,
    act,
    annotated,
    both,
    drawn,
    group,
    imaged,
    in_jpeg_2000,
    inked,
    intent,
    jpeg_2000,
    layered,
    look,
    packed,
    profile,
    rooted,
    scan,
    sized,
    stated,
)

TEXT = "ประกาศเทศบาลตำบลหวยสัก\n๑\tกระบี่"
CLAIM = "PDF/A-2u"


def written(source: bytes, kind: str = "pdf", text: str = TEXT) -> bytes:
    """The PDF as it is exported; what is said of it meanwhile is what it says itself."""
    read = page(text)
    if source.startswith(b"%PDF") and kind == "pdf":
        read = replace(read, width=1239, height=1754)
    made = SearchablePdf(edition(source, kind, [corrected(read)]))
    pdf = b"".join(made)
    assert made.archival == archival_of(pdf)
    return pdf


def claimed(source: bytes) -> bytes:
    """The source after it was asked whether it may claim anything: no text is laid over it."""
    with pikepdf.open(io.BytesIO(source)) as pdf:
        claim_archival(pdf, maps_all=True, structured=True)
        data = io.BytesIO()
        pdf.save(data, **AS_THEY_ARE)
    return data.getvalue()


def archival_of(pdf: bytes) -> Archival:
    """What a PDF claims to be, looked at anew."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return claim_archival(opened, maps_all=True, structured=True)


HELVETICA = Dictionary(F=Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
SCRIPT = act(S=Name.JavaScript, JS="1")
CMYK_NOT_SAID = "its colours are CMYK, and how these look nothing in it says (page 1)"

HINDERED: dict[str, tuple[Callable[[Pdf], None], str]] = {
    "a font by name": (drawn(b"BT /F 9 Tf (x) Tj ET", Font=HELVETICA), "the font Helvetica is not embedded"),
    "a font nobody set": (drawn(b"BT (x) Tj ET"), "text is shown in a font that is not among the resources (page 1)"),
    "a script at opening": (rooted("OpenAction", SCRIPT), "it runs JavaScript"),
    "a script after a jump": (
        rooted("OpenAction", act(S=Name.URI, URI="x", Next=Array([SCRIPT]))), "it runs JavaScript",
    ),
    "a script by name": (rooted("Names", act(JavaScript=act(Names=Array()))), "it runs JavaScript"),
    "a program": (
        rooted("OpenAction", act(S=Name.Launch)), "it tells the viewer to do what PDF/A forbids (Launch)",
    ),
    "an unknown command": (
        rooted("OpenAction", act(S=Name.Named, N=Name.Print)), "it tells the viewer to do what PDF/A forbids (Print)",
    ),
    "what happens on leaving": (
        rooted("AA", act(WC=act(S=Name.URI, URI="x"))),
        "something is done when a page, field or annotation is entered or left (AA)",
    ),
    "attachments": (rooted("Names", act(EmbeddedFiles=act(Names=Array()))), "files are attached"),
    "an attachment to a note": (rooted("AF", Array([act(Type=Name.Filespec, EF=act())])), "files are attached"),
    "a stream elsewhere": (imaged("F", "picture.bin"), "a stream lies in another file"),
    "LZW": (packed("/LZWDecode"), "a stream is packed with LZW"),
    "inline LZW": (
        drawn(b"BI /W 1 /H 1 /BPC 8 /CS /G /F /LZW ID x EI"), "a stream is packed with LZW (page 1)",
    ),
    "CMYK image": (imaged("ColorSpace", Name.DeviceCMYK), CMYK_NOT_SAID),
    "CMYK stroke": (drawn(b"0 0 0 1 K"), CMYK_NOT_SAID),
    "CMYK palette": (imaged("ColorSpace", Array([Name.Indexed, Name.DeviceCMYK, 0, b"abcd"])), CMYK_NOT_SAID),
    "transparency in CMYK": (group("/DeviceCMYK"), CMYK_NOT_SAID),
    "RGB where CMYK is meant": (
        both(rooted("OutputIntents", intent(profile(), 4)), drawn(b"1 0 0 rg")),
        "its colours are RGB, and how these look nothing in it says (page 1)",
    ),
    "inks": (inked, "colours are mixed from inks of their own (DeviceN), which is not looked into (page 1)"),
    "no space of that name": (drawn(b"/No cs"), "a colour space No is named that is not there (page 1)"),
    "a broken profile": (
        lambda pdf: drawn(b"/C cs", ColorSpace=act(C=Array([Name.ICCBased, pdf.make_stream(b"x")])))(pdf),
        "an ICC profile is none that PDF/A-2 takes (page 1)",
    ),
    "a broken intent": (
        rooted("OutputIntents", intent(b"x", 3)), "its output intents do not say which colours are meant",
    ),
    "an intent of an input device": (
        rooted("OutputIntents", intent(profile(b"scnr"), 4)), "its output intents do not say which colours are meant",
    ),
    "an unknown operator": (drawn(b"BX what EX"), "a page has operators that PDF does not know (page 1)"),
    "deep states": (drawn(b"q " * 29), "graphics states are nested more than 28 deep (page 1)"),
    "transfer function": (
        drawn(b"", ExtGState=act(G=act(TR=Name.Identity))),
        "colours are changed when they are printed (transfer functions) (page 1)",
    ),
    "a raster": (
        drawn(b"", ExtGState=act(G=act(HT=act(HalftoneType=1)))), "a raster is prescribed for printing (page 1)",
    ),
    "an unknown blending": (
        drawn(b"", ExtGState=act(G=act(BM=Name.Glow))),
        "what lies over something else is blended in a way that PDF/A does not know (page 1)",
    ),
    "a smoothed image": (imaged("Interpolate", True), "an image asks the viewer to smooth it (page 1)"),
    "another image instead": (
        imaged("Alternates", Array()), "another image may be put in an image's place (page 1)",
    ),
    "a drawing elsewhere": (
        lambda pdf: drawn(b"/R Do", XObject=act(R=_with(look(pdf).N, "Ref", act())))(pdf),
        "a drawing may be taken from another file (page 1)",
    ),
    "PostScript": (
        lambda pdf: drawn(b"", XObject=act(R=_with(pdf.make_stream(b""), "Subtype", Name.PS)))(pdf),
        "a drawing is written in PostScript (page 1)",
    ),
    "nothing of that name": (
        drawn(b"/No Do"), "something is drawn that is not among a page's resources (page 1)",
    ),
    "JPEG 2000 without a frame": (
        in_jpeg_2000(b"\xff\x4f\xff\x51"), "a JPEG 2000 image is not in the form of JP2 (page 1)",
    ),
    "JPEG 2000 in other colours": (
        in_jpeg_2000(jpeg_2000(HEAD, STRANGE)),
        "a JPEG 2000 image does not say in the way of PDF/A-2 what its colours look like (page 1)",
    ),
    "a link that is not printed": (
        annotated(Subtype=Name.Link), "an annotation (Link) is not marked to be printed (page 1)",
    ),
    "a hidden note": (annotated(Subtype=Name.Text, F=6, AP=look), "an annotation is hidden (page 1)"),
    "a note that turns": (
        annotated(Subtype=Name.Text, F=4, AP=look), "a note turns or grows with its page (page 1)",
    ),
    "a stamp nobody drew": (
        annotated(Subtype=Name.Stamp, F=4), "an annotation (Stamp) has no appearance of its own (page 1)",
    ),
    "a film": (annotated(Subtype=Name.Movie, F=4), "it has an annotation that PDF/A does not know (Movie) (page 1)"),
    "a field with two looks": (
        annotated(Subtype=Name.Widget, F=4, FT=Name.Tx, AP=lambda pdf: _with(look(pdf), "D", look(pdf).N)),
        "an annotation looks otherwise when it is pressed (page 1)",
    ),
    "a field that acts": (
        annotated(Subtype=Name.Widget, F=4, FT=Name.Tx, AP=look, A=act(S=Name.URI, URI="x")),
        "a form field does something when it is pressed (page 1)",
    ),
    "an appearance in CMYK": (
        annotated(Subtype=Name.Stamp, F=4, AP=lambda pdf: look(pdf, b"0 0 0 1 k")), CMYK_NOT_SAID,
    ),
    "a form to be drawn": (
        rooted("AcroForm", act(Fields=Array(), NeedAppearances=True)), "the viewer is to draw its form fields",
    ),
    "a form to be laid out": (
        rooted("AcroForm", act(Fields=Array(), XFA="x")), "it has a form that the viewer has to lay out (XFA)",
    ),
    "layers without a name": (
        layered(), "it has layers that can be shown and hidden in ways that are not looked into",
    ),
    "layers not listed": (
        layered(Name="ปกติ", Order=Array()), "it has layers that its list of layers lacks",
    ),
    "slides": (
        lambda pdf: pdf.pages[0].obj.__setitem__("/PresSteps", act()),
        "it can be presented in other ways than it is printed",
    ),
    "demands": (rooted("Requirements", Array()), "it asks for abilities of the viewer"),
    "permissions": (rooted("Perms", act()), "a signature says what may be changed"),
    "a large page": (sized(20000, 100), "it is smaller or larger than a page of PDF/A may be (page 1)"),
    "a strip": (sized(595, 2), "it is smaller or larger than a page of PDF/A may be (page 1)"),
    "other metadata": (
        stated("urn:office", "Room", "2"), "its metadata state Room (urn:office), which PDF/A does not know",
    ),
    "a long string": (lambda pdf: pdf.docinfo.__setitem__("/Note", "x" * 40000), "a string has more than 32,767 bytes"),
    "a long name": (rooted("X", Name("/" + "n" * 200)), "a name has more than 127 bytes"),
}  # fmt: skip


def _with(value: pikepdf.Object, name: str, part: object) -> pikepdf.Object:
    value[f"/{name}"] = part
    return value


@pytest.mark.parametrize("what", HINDERED)
def test_each_hindrance_is_said_and_nothing_is_claimed(what: str) -> None:
    change, reason = HINDERED[what]
    pdf = claimed(scan(change))
    found = archival_of(pdf)
    assert not found.claims
    assert reason in found.hindrances
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert not opened.open_metadata().get("pdfaid:part")


def test_a_newer_pdf_is_no_pdf_a_2() -> None:
    newer = claimed(scan(force_version="2.0"))
    assert "it is of PDF 2.0, and PDF/A-2 knows 1.7 at most" in archival_of(newer).hindrances


FIT: dict[str, Callable[[Pdf], None]] = {
    "a scan": lambda _: None,
    "a scan in colour": imaged("ColorSpace", Name.DeviceRGB),
    "an own intent": rooted("OutputIntents", intent(profile(), 4)),
    "CMYK where it is meant": both(rooted("OutputIntents", intent(profile(), 4)), drawn(b"0 0 0 1 k")),
    "grey by a profile": lambda pdf: drawn(
        b"/C cs", ColorSpace=act(C=Array([Name.ICCBased, pdf.make_stream(profile(b"prtr", b"GRAY"))]))
    )(pdf),
    "a link that is printed": annotated(Subtype=Name.Link, F=4),
    "a field": annotated(Subtype=Name.Widget, F=4, FT=Name.Tx, AP=look),
    "a hidden layer in a font by name": drawn(
        b"BT 3 Tr /F 9 Tf (x) Tj ET",
        Font=act(F=act(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)),
    ),
    "transparency": both(
        group("/DeviceRGB"), drawn(b"/G gs", ExtGState=act(G=act(ca=0.5, BM=Name.Multiply)))
    ),
    "layers": layered(Name="ปกติ"),
    "JPEG 2000": in_jpeg_2000(jpeg_2000(HEAD, GREY)),
    "known metadata": stated("http://purl.org/dc/elements/1.1/", "creator", ["สำนักงานเทศบาล"]),
}  # fmt: skip


@pytest.mark.parametrize("what", FIT)
def test_what_nothing_keeps_from_it_claims_to_be_one_for_archives(what: str) -> None:
    pdf = claimed(scan(FIT[what]))
    assert archival_of(pdf) == Archival(CLAIM)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert hindrances(opened) == ()
        assert opened.open_metadata().pdfa_status == "2U"


def test_encryption_does_not_outlast_the_export() -> None:
    source = scan(encryption=pikepdf.Encryption(owner="o", user=""))
    assert archival_of(written(source)) == Archival(CLAIM)


def letters(claims: Callable[[str, int], str] = lambda letter, _: letter) -> bytes:
    return bytes(thai_pdf.build(["ประกาศเทศบาล"], face=thai_pdf.Face(), claims=claims))


def with_font(change: Callable[[pikepdf.Object, pikepdf.Object], None]) -> bytes:
    """A page of Thai in an embedded font, the font or its descendant changed."""
    with pikepdf.open(io.BytesIO(letters())) as pdf:
        font = next(iter(dict(pdf.pages[0].Resources.Font.items()).values()))
        change(font, font.DescendantFonts[0])
        data = io.BytesIO()
        pdf.save(data)
    return data.getvalue()


def narrowed(_: pikepdf.Object, inner: pikepdf.Object) -> None:
    inner.DW = 1
    inner.W = Array()


def without(name: str) -> Callable[[pikepdf.Object, pikepdf.Object], None]:
    def change(font: pikepdf.Object, inner: pikepdf.Object) -> None:
        for one in (font, inner, inner.FontDescriptor):
            if name in one:
                del one[name]

    return change


def emptied(_: pikepdf.Object, inner: pikepdf.Object) -> None:
    inner.FontDescriptor.FontFile2.write(b"no font")


def in_two_steps(font: pikepdf.Object, _: pikepdf.Object) -> None:
    font.Encoding = Name("/UniGB-UCS2-H")


@pytest.mark.parametrize(("source", "reason"), [
    (lambda: letters(lambda letter, number: "\0" if letter == "ก" else letter),
     "says of codes that they stand for U+0000, U+FEFF or U+FFFE"),
    (lambda: letters(lambda letter, number: "" if letter == "ก" else letter),
     "does not say of each code which character it stands for"),
    (lambda: with_font(without("/ToUnicode")), "does not say which characters its codes stand for"),
    (lambda: with_font(without("/FontFile2")), "is not embedded"),
    (lambda: with_font(without("/CIDToGIDMap")),
     "does not say which of its glyphs its codes mean (CIDToGIDMap)"),
    (lambda: with_font(narrowed), "has widths that are not those of its letters"),
    (lambda: with_font(emptied), "is embedded in a form that is not looked into"),
    (lambda: with_font(in_two_steps), "has codes that are not looked into (no Identity-H)"),
], ids=["zero", "unmapped", "no map", "not embedded", "no table", "widths", "damaged", "codes"])  # fmt: skip
def test_a_font_that_is_not_fit_is_named(source: Callable[[], bytes], reason: str) -> None:
    found = archival_of(claimed(source()))
    assert not found.claims
    assert any(one.startswith("the font Test") and one.endswith(reason) for one in found.hindrances), found


def test_a_page_of_embedded_thai_claims_it() -> None:
    assert archival_of(claimed(letters())) == Archival(CLAIM)


@pytest.mark.parametrize("text", ["ประกาศ\ufeff", "\ufffeข้อ ๑"])
def test_text_that_no_map_may_name_is_not_claimed(text: str) -> None:
    reason = "the font ChamraText says of codes that they stand for U+0000, U+FEFF or U+FFFE"
    assert archival_of(written(scan(), text=text)).hindrances == (reason,)
    assert archival_of(written(picture(), "png", text=text)).hindrances == (reason,)


def test_an_image_in_cmyk_claims_nothing() -> None:
    data = io.BytesIO()
    Image.new("CMYK", (1240, 1754), (0, 0, 0, 10)).save(data, "JPEG")
    assert archival_of(written(data.getvalue(), "jpeg")).hindrances == (CMYK_NOT_SAID,)


@pytest.mark.parametrize(("part", "level", "text", "kept"), [
    ("1", "A", TEXT, "PDF/A-1a"), ("2", "U", TEXT, CLAIM), ("3", "U", "ข้อ\ufeff", "PDF/A-3b"),
    ("2", "B", TEXT, "PDF/A-2b"),
])  # fmt: skip
def test_what_a_source_claims_stays_as_far_as_it_is_true(part: str, level: str, text: str, kept: str) -> None:
    def claim(pdf: Pdf) -> None:
        with pdf.open_metadata(set_pikepdf_as_editor=False) as meta:
            meta["pdfaid:part"], meta["pdfaid:conformance"] = part, level

    assert archival_of(written(scan(claim), text=text)) == Archival(kept)


def test_what_claims_nothing_keeps_its_own_intents() -> None:
    def change(pdf: Pdf) -> None:
        rooted("OutputIntents", Array([act(S=Name.GTS_PDFX, OutputConditionIdentifier="x")]))(pdf)
        rooted("Requirements", Array())(pdf)

    with pikepdf.open(io.BytesIO(written(scan(change)))) as pdf:
        assert [one.S for one in pdf.Root.OutputIntents] == ["/GTS_PDFX"]
    with pikepdf.open(io.BytesIO(written(scan(rooted("Requirements", Array()))))) as pdf:
        assert "/OutputIntents" not in pdf.Root


def test_a_blank_page_of_the_program_itself_claims_it() -> None:
    read = page(TEXT)
    pdf = exported("pdf", edition(blank_pdf([read]), "pdf", [corrected(read)]))
    assert archival_of(pdf) == Archival(CLAIM)


def test_the_profile_that_is_stated_is_one_for_screens() -> None:
    with pikepdf.open(io.BytesIO(written(scan()))) as pdf:
        data = pdf.Root.OutputIntents[0].DestOutputProfile.read_bytes()
    assert ImageCms.ImageCmsProfile(io.BytesIO(data)).profile.xcolor_space == "RGB "
