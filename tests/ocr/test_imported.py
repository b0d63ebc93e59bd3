"""Another engine's output becomes a reading with its boxes, or is refused with a reason."""

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.box import Box
from model.errors import BadInput, PageError
from model.page import Preparation, Quality, Reader
from ocr.image.prepare import Prepared
from ocr.imported.formats import parse
from ocr.imported.reader import ImportedReader, page_reading
from ocr.imported.worker_parse import page_of
from ocr.source.rasterise import open_source
from tests.ocr import made

HOCR = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml"><head><meta name="ocr-system" content="tesseract 5.5.0" /></head><body>
<div class="ocr_page" title='image "a.png"; bbox 0 0 1000 2000; ppageno 0'>
 <p class="ocr_par"><span class="ocr_line" title="bbox 100 100 400 140">
  <span class="ocrx_word" title="bbox 100 100 130 140; x_wconf 91">อำ</span>
  <span class="ocrx_word" title="bbox 132 100 170 140; x_wconf 80">เภอ</span>
  <span class="ocrx_word" title="bbox 190 100 240 140; x_wconf 96">ละงู</span>
  <span class="ocrx_word" title="bbox 241 100 300 140; x_wconf 96">2568</span>
 </span></p>
</div></body></html>"""

ALTO = """<alto xmlns="http://www.loc.gov/standards/alto/ns-v4#"><Description><MeasurementUnit>mm10</MeasurementUnit>
<OCRProcessing><ocrProcessingStep><processingSoftware><softwareName>Kraken</softwareName>
<softwareVersion>5.2</softwareVersion></processingSoftware></ocrProcessingStep></OCRProcessing></Description>
<Layout><Page WIDTH="1000" HEIGHT="2000"><PrintSpace><TextBlock><TextLine HPOS="100" VPOS="100" WIDTH="300" HEIGHT="40">
<String CONTENT="ตำบล" HPOS="100" VPOS="100" WIDTH="60" HEIGHT="40" WC="0.5"/><SP/>
<String CONTENT="กำแพง" HPOS="200" VPOS="100" WIDTH="100" HEIGHT="40"/></TextLine></TextBlock>
</PrintSpace></Page></Layout></alto>"""

PAGE = """<PcGts xmlns="http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15"><Metadata><Creator>Transkribus</Creator>
</Metadata><Page imageWidth="1000" imageHeight="2000"><ReadingOrder><OrderedGroup id="o">
<RegionRefIndexed index="0" regionRef="b"/><RegionRefIndexed index="1" regionRef="a"/></OrderedGroup></ReadingOrder>
<TextRegion id="a"><TextLine><Coords points="0,200 500,200 500,240 0,240"/>
<TextEquiv><Unicode>จังหวัดสตูล</Unicode></TextEquiv></TextLine></TextRegion>
<TextRegion id="b"><TextLine><Coords points="0,100 500,100 500,140 0,140"/>
<Word><Coords points="0,100 90,100 90,140 0,140"/><TextEquiv conf="0.9"><Unicode>ประกาศ</Unicode></TextEquiv></Word>
<Word><Coords points="120,100 200,100 200,140 120,140"/><TextEquiv><Unicode>เรื่อง</Unicode></TextEquiv></Word>
<TextEquiv><Unicode>ประกาศ เรื่อง</Unicode></TextEquiv></TextLine></TextRegion></Page></PcGts>"""


def reading_of(text, number=1, width=500, height=1000):
    _, found = parse(text.encode(), "other.xml")
    return page_reading(number, Reader("x", "1"), found.pages[number - 1], width, height)


def test_hocr_gives_words_and_boxes_scaled_to_our_image():
    reading = reading_of(HOCR)
    assert reading.text == "อำเภอ ละงู 2568"
    assert reading.boxes[0] == Box(50, 50, 65, 70)
    assert reading.boxes[5] is None
    assert reading.confidences[0] == 0.91
    assert reading.lines[0].box == Box(50, 50, 200, 70)
    assert reading.gaps[4] == 10.0


def test_a_space_between_thai_words_needs_room_in_hocr():
    assert "อำ เภอ" not in reading_of(HOCR).text
    assert reading_of(HOCR.replace("bbox 132 100 170", "bbox 139 100 170")).text.startswith("อำ เภอ")


def hocr(body):
    return (
        '<html xmlns="http://www.w3.org/1999/xhtml"><head/><body><div class="ocr_page" title="bbox 0 0 1000 2000">'
        f"{body}</div></body></html>"
    )


def word(text, left, top):
    return f'<span class="ocrx_word" title="bbox {left} {top} {left + 90} {top + 40}">{text}</span> '


def test_words_of_hocr_that_stand_in_no_line_are_read_in_rows():
    reading = reading_of(
        hocr(word("ที่ประชุม", 100, 100) + word("เห็นชอบ", 300, 102) + word("ปิดประชุม", 100, 180))
    )
    assert reading.text == "ที่ประชุม เห็นชอบ\nปิดประชุม"
    assert reading.lines[0].box == Box(50, 50, 195, 71)


def test_text_of_hocr_that_stands_beside_words_is_read_where_it_stands():
    line = f'<span class="ocr_line" title="bbox 0 100 900 140">รวม {word("๑๒<sup>๓</sup>", 100, 100)} แห่ง</span> ท้าย'
    assert reading_of(hocr(line)).text == "รวม ๑๒๓ แห่ง\nท้าย"


def test_a_line_of_hocr_in_a_float_or_a_caption_is_read_once():
    inner = f'<span class="ocr_line" title="bbox 0 100 900 140">{word("แผนที่", 100, 100)}</span>'
    reading = reading_of(
        hocr(f'<div class="ocr_textfloat">{inner}</div><div class="ocr_caption">ภาพ {inner}</div>')
    )
    assert reading.text == "แผนที่\nภาพ\nแผนที่"


@given(st.recursive(st.sampled_from("กขคงจ ๑๒"), lambda inner: st.tuples(
    st.sampled_from(["ocr_line", "ocr_caption", "ocrx_word", "ocr_par", "b"]), st.lists(inner, max_size=4)
)))  # fmt: skip
def test_every_character_of_hocr_is_taken_once_and_in_order(tree):
    def written(node):
        if isinstance(node, str):
            return node
        return f'<span class="{node[0]}">{"".join(map(written, node[1]))}</span>'

    def plain(node):
        return node if isinstance(node, str) else "".join(map(plain, node[1]))

    assert "".join(reading_of(hocr(written(tree))).text.split()) == "".join(plain(tree).split())


def test_alto_has_its_spaces_marked_and_its_boxes_in_any_unit():
    reading = reading_of(ALTO)
    assert reading.text == "ตำบล กำแพง"
    assert reading.boxes[-1] == Box(100, 50, 150, 70)
    assert reading.confidences[0] == 0.5
    assert reading.confidences[-1] is None


def test_alto_without_any_marked_space_parts_its_strings():
    assert reading_of(ALTO.replace("<SP/>", "")).text == "ตำบล กำแพง"


def test_page_xml_is_read_in_its_reading_order_with_the_lines_own_text():
    reading = reading_of(PAGE)
    assert reading.text == "ประกาศ เรื่อง\nจังหวัดสตูล"
    assert reading.boxes[0] == Box(0, 50, 45, 70)
    assert reading.boxes[-1] is None
    assert reading.lines[1].box == Box(0, 100, 250, 120)


def page_xml(body):
    return (
        '<PcGts xmlns="http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15">'
        f'<Page imageWidth="1000" imageHeight="2000">{body}</Page></PcGts>'
    )


def region(name, inner, **attributes):
    more = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return f'<TextRegion id="{name}"{more}>{inner}</TextRegion>'


def said(text, tag="TextLine", **attributes):
    more = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return f"<{tag}{more}><TextEquiv><Unicode>{text}</Unicode></TextEquiv></{tag}>"


def test_page_xml_that_has_text_by_region_alone_is_read_row_by_row():
    whole = "<TextEquiv><Unicode>บรรทัดแรก\nบรรทัดที่สอง</Unicode></TextEquiv>"
    assert reading_of(page_xml(region("a", whole))).text == "บรรทัดแรก\nบรรทัดที่สอง"
    outer = region("o", region("i", said("ใน")) + "<TextEquiv><Unicode>ใน</Unicode></TextEquiv>")
    assert reading_of(page_xml(outer)).text == "ใน"


def test_the_reading_order_of_page_xml_goes_by_its_index_and_its_groups():
    order = (
        '<ReadingOrder><OrderedGroup id="g"><OrderedGroupIndexed id="h" index="1"><RegionRefIndexed index="1" '
        'regionRef="b"/><RegionRefIndexed index="0" regionRef="c"/></OrderedGroupIndexed><RegionRefIndexed index="0" '
        'regionRef="a"/></OrderedGroup></ReadingOrder>'
    )
    regions = "".join(region(name, said(name)) for name in "cba")
    assert reading_of(page_xml(order + regions)).text == "a\nc\nb"


def test_transkribus_order_of_regions_and_lines_is_kept():
    lines = said("สอง", custom="readingOrder {index:1;}") + said("หนึ่ง", custom="readingOrder {index:0;}")
    first, last = (f"readingOrder {{index:{number};}}" for number in (0, 1))
    found = reading_of(page_xml(region("a", said("ท้าย"), custom=last) + region("b", lines, custom=first)))
    assert found.text == "หนึ่ง\nสอง\nท้าย"


def test_a_word_of_page_xml_that_has_glyphs_alone_is_put_together():
    word = "<Word>" + said("ก", "Glyph") + said("ข", "Glyph") + "</Word>"
    assert reading_of(page_xml(region("a", f"<TextLine>{word}</TextLine>"))).text == "กข"


def test_words_that_do_not_make_up_their_line_leave_it_its_text_without_boxes():
    reading = reading_of(PAGE.replace("ประกาศ เรื่อง", "ประกาศอื่น"))
    assert reading.text.startswith("ประกาศอื่น\n")
    assert set(reading.boxes) == {None}


def test_plain_text_has_a_form_feed_between_pages_and_may_end_with_one():
    assert [len(page.lines) for page in parse("หนึ่ง\nสอง\fสาม\f".encode(), "a.txt")[1].pages] == [2, 1]
    assert len(parse("หนึ่ง\f\fสาม".encode(), "a.txt")[1].pages) == 3


@pytest.mark.parametrize(
    ("text", "form", "program", "version"),
    [
        (HOCR, "hOCR", "tesseract", "5.5.0"),
        (ALTO, "ALTO", "Kraken", "5.2"),
        (PAGE, "PAGE-XML", "Transkribus", ""),
    ],
)
def test_the_file_says_what_made_it(text, form, program, version):
    named, found = parse(text.encode(), "other.xml")
    assert (named, found.program, found.version) == (form, program, version)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b'<!DOCTYPE a [<!ENTITY x "y"><!ENTITY z "&x;&x;">]><alto>&z;</alto>', "declares entities"),
        (b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><alto>&x;</alto>', "declares entities"),
        (b'<!DOCTYPE html [<!ATTLIST b a CDATA "x">]><html/>', "declares entities or the like"),
        (b"<html>" + b"<b>" * 64 + b"</b>" * 64 + b"</html>", "nests elements more than 64 deep"),
        (b"<alto><Page/><Page><b><Page/></b></Page></alto>", "has a Page within a Page"),
        (
            b"<x:alto xmlns:x='y'><x:TextLine><x:TextLine/></x:TextLine></x:alto>",
            "a TextLine within a TextLine",
        ),
        (("ก" * 700_000).encode(), "more than 500000 characters on its page 1"),
        (b"a\fb\f" + b"a\n" * 20_001, "more than 20000 lines on its page 3"),
        (b"<alto><Layout>", "not well-formed"),
        (b"<svg/>", "no OCR result: it begins with <svg>"),
        (b"<alto/>", "has no pages"),
        ("รายงาน".encode("cp874"), "not UTF-8"),
    ],
)
def test_what_is_no_ocr_result_is_refused_with_a_reason(data, message):
    with pytest.raises(BadInput, match=message):
        parse(data, "other.xml")


@pytest.mark.parametrize("box", ["9e999 0 1 1", "5 5 1 1", "nan 1 2 3", "1 2 3"])
def test_a_box_that_is_none_is_left_out(box):
    reading = reading_of(HOCR.replace("bbox 190 100 240 140", f"bbox {box}"))
    assert reading.text == "อำเภอ ละงู 2568"
    assert reading.boxes[6] is None


@pytest.fixture
def prepared():
    quality = Quality(20, 0.9, 0.0, 1.0, 0.05, False)
    return Prepared(np.full((1000, 500), 255, np.uint8), quality, Preparation(), 500, 1000)


def test_the_reader_gives_the_page_asked_for_under_the_programs_name(tmp_path, prepared):
    (tmp_path / "other.xml").write_text(HOCR, "utf-8")
    (tmp_path / "a.pdf").write_bytes(made.pdf(made.text_page()))
    reader = ImportedReader(tmp_path / "other.xml")
    with open_source(tmp_path / "a.pdf") as source:
        (reading,) = reader.read(source, 1, prepared, 300)
    assert (reading.reader.name, reading.reader.version) == ("tesseract", "5.5.0")
    assert reading.reader.says("format") == "hOCR"
    assert len(reading.reader.says("sha256")) == 64
    assert reading.text == "อำเภอ ละงู 2568"


def test_a_file_of_other_pages_than_the_document_is_refused(tmp_path, prepared):
    (tmp_path / "other.txt").write_text("หนึ่ง\fสอง\fสาม", "utf-8")
    (tmp_path / "a.pdf").write_bytes(made.pdf(made.text_page(), made.text_page()))
    reader = ImportedReader(tmp_path / "other.txt")
    with pytest.raises(BadInput, match=r"other.txt has 3 pages, but a.pdf has 2"):
        reader.expect(2, "a.pdf")
    with open_source(tmp_path / "a.pdf") as source, pytest.raises(PageError, match="has 3 pages"):
        reader.read(source, 1, prepared, 300)


def test_a_page_that_is_not_blank_and_has_no_text_in_the_file_fails_and_a_blank_one_does_not(
    tmp_path, prepared
):
    (tmp_path / "other.txt").write_text("\f \fสาม", "utf-8")
    (tmp_path / "a.pdf").write_bytes(made.pdf(made.text_page(), made.text_page(), made.text_page()))
    reader = ImportedReader(tmp_path / "other.txt")
    blank = replace(prepared, quality=replace(prepared.quality, blank=True))
    with open_source(tmp_path / "a.pdf") as source:
        (reading,) = reader.read(source, 1, blank, 300)
        assert not reading.text.strip()
        with pytest.raises(
            PageError, match=r"a.pdf, page 2: .*other.txt has no text for this page"
        ) as failed:
            reader.read(source, 2, prepared, 300)
    assert "transcribe it" in failed.value.remedy


def test_what_files_of_that_kind_do_have_is_taken():
    lines = "\n".join(["บรรทัด"] * 5_000)
    assert len(parse(f"{lines}\f{lines}".encode(), "book.txt")[1].pages) == 2
    deep = "<div>" * 40 + '<span class="ocr_line">ลึก</span>' + "</div>" * 40
    assert reading_of(hocr(deep)).text == "ลึก"
    assert reading_of(HOCR).text  # with the DOCTYPE that Tesseract writes


def test_what_a_worker_says_is_checked_before_it_is_believed():
    assert page_of(b'[1, 2, [[null, [["a", [0, 0, 1, 1], 0.5]]]]]').lines[0].runs[0].text == "a"
    for nonsense in (
        b"", b"{}", b"[1, 2]", b"[1, 2, 3]", b'[1, 2, [[null, [["a", [1, 1, 0, 0], 0.5]]]]]',
        b'[1, 2, [[null, [["a", null, 7]]]]]', b'[1, 2, [[null, [[5, null, null]]]]]', b'["x", 2, []]',
        b'[1, 2, [[null, [["\\ud800", null, null]]]]]', b'[1, 2, [[[0, 0, NaN, 1], []]]]',
    ):  # fmt: skip
        with pytest.raises(ValueError):  # noqa: PT011  whatever it says
            page_of(nonsense)


def test_a_worker_that_dies_over_a_file_is_a_sentence_about_that_file(tmp_path, monkeypatch):
    (tmp_path / "other.txt").write_text("หนึ่ง", "utf-8")
    monkeypatch.setattr("ocr.sandbox.process._START", "import os; os.abort()")
    with pytest.raises(BadInput, match=r"other.txt cannot be parsed: the process that opens it crashed"):
        ImportedReader(tmp_path / "other.txt")


TEI = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><encodingDesc><appInfo>
<application ident="Transkribus" version="2.1"><label/></application></appInfo></encodingDesc></teiHeader>
<facsimile><surface xml:id="s1" ulx="0" uly="0" lrx="1000" lry="2000">
<zone xml:id="z1" ulx="100" uly="200" lrx="500" lry="240"/></surface></facsimile>
<text><body><pb facs="#s1"/><p><lb facs="#z1"/>ตำบล  <choice><sic>กําแพง</sic><corr>กำแพง</corr></choice>
<lb/>อำเภอ<choice><reg>ละงู</reg><orig>ลงู</orig></choice></p><pb/><head>จังหวัด</head><p>สตูล</p></body></text></TEI>"""


def test_tei_has_lines_by_their_breaks_and_the_corrected_text():
    form, found = parse(TEI.encode(), "other.xml")
    assert (form, found.program, found.version, len(found.pages)) == ("TEI", "Transkribus", "2.1", 2)
    reading = reading_of(TEI)
    assert reading.text == "ตำบล กำแพง\nอำเภอลงู"
    assert reading.lines[0].box == Box(50, 100, 250, 120)
    assert reading_of(TEI, 2).text == "จังหวัด\nสตูล"


@pytest.mark.parametrize("number", ["999999999999", "-4", "x", "0"])
def test_the_number_of_a_line_of_tei_makes_no_page_of_empty_ones(number):
    ours = TEI.replace("Transkribus", "chamra").replace("<lb facs", f'<lb n="{number}" facs')
    assert len(parse(ours.encode(), "other.xml")[1].pages[0].lines) < 10


def json_line(**changed):
    line = {"start": 0, "text": "กกก", "box": [0, 0, 9, 9], "boxes": [[0, 0, 4, 9], None, None],
            "confidences": [0.5, None, None]}  # fmt: skip
    return line | changed


def json_page(**changed):
    page = {"schema": "chamra/export-jsonl/2", "page": 2, "text": "กกก\nข", "lines": [json_line()],
            "image": {"width": 10, "height": 20}}  # fmt: skip
    return json.dumps(page | changed)


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        '{"schema": "chamra/export-jsonl/2"}',
        '{"schema": "chamra/export-jsonl/2", "text": 1}',
        "[" * 100_000,
        '{"schema": "chamra/export-jsonl/2", "text": 0}',
        '{"schema": "chamra/export-jsonl/2", "text": []}',
        '{"schema": "other/1", "text": "ก"}',
        json_page(text="\ud800"),
        json_page(page="2"),
        json_page(page=0.5),
        json_page(image={"width": float("nan"), "height": 20}),
        json_page(image={"width": -10, "height": 20}),
        json_page(image={"width": 1e400, "height": 20}),
        json_page(lines=[json_line(box=[5, 0, 1, 9])]),
        json_page(lines=[json_line(box=[0, 0, 10**12, 9])]),
        json_page(lines=[json_line(boxes=[[0, 0, 4, 9], None])]),
        json_page(lines=[json_line(boxes=[[0, 0, "4", 9], None, None])]),
        json_page(lines=[json_line(confidences=[float("nan"), None, None])]),
        json_page(lines=[json_line(confidences=[2, None, None])]),
        json_page(lines=[json_line(text="ขข")]),
        json_page(lines=[json_line(start=2)]),
        json_page(lines=[json_line(), json_line()]),
        json_page(lines=[None]),
    ],
)
def test_what_is_no_page_of_json_lines_is_refused(line):
    first = '{"schema": "chamra/export-jsonl/2", "text": null}'
    assert len(parse(first.encode(), "a.jsonl")[1].pages) == 1
    with pytest.raises(BadInput, match=r"Line 2 of a\.jsonl is no page"):
        parse(f"{first}\n{line}\n".encode(), "a.jsonl")


def test_pages_of_json_lines_come_in_the_order_of_their_numbers():
    pages = [json_page(page=number, text=f"กกก{number}") for number in (3, 2, 4)]
    _, found = parse("\n".join(pages).encode(), "a.jsonl")
    assert ["".join(run.text for run in page.lines[0].runs) for page in found.pages] == [
        "กกก2",
        "กกก3",
        "กกก4",
    ]


@pytest.mark.parametrize(
    ("numbers", "why"),
    [
        ((1, 2, 2), "Line 3 of a.jsonl is page 2, and so is line 2"),
        ((1, 4, 2), "Line 2 of a.jsonl is page 4, and page 3 is missing"),
    ],
)
def test_pages_of_json_lines_that_are_twice_or_missing_are_refused(numbers, why):
    with pytest.raises(BadInput, match=why):
        parse("\n".join(json_page(page=number) for number in numbers).encode(), "a.jsonl")
