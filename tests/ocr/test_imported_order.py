"""Every letter of an imported file once, in the order that the file states, in whatever way it does."""

import pytest

from tests.ocr.test_imported import hocr, page_xml, reading_of, region, said, word

LINE = '<span class="ocr_line" title="bbox 0 100 900 140">{}</span>'


def alto(page, before=""):
    return (
        f'<alto xmlns="http://www.loc.gov/standards/alto/ns-v4#">{before}<Layout><Page WIDTH="1000" HEIGHT="2000">'
        f"<PrintSpace>{page}</PrintSpace></Page></Layout></alto>"
    )


def block(name, text, after=""):
    chain = f' IDNEXT="{after}"' if after else ""
    return f'<TextBlock ID="{name}"{chain}><TextLine ID="line-{name}"><String CONTENT="{text}"/></TextLine></TextBlock>'


def test_of_alternatives_in_hocr_the_one_that_is_inserted_is_read():
    offered = '<ins class="alt" title="nlp 0.3">ตำบล</ins><del class="alt" title="nlp 0.9">ตาบล</del>'
    inside = word("ที่", 0, 100) + f' <span class="alternatives">{offered}</span>'
    assert reading_of(hocr(LINE.format(inside))).text == "ที่ ตำบล"


def test_a_break_in_hocr_parts_rows_and_scripts_are_not_read():
    body = "<p class='ocr_par'>บรรทัดแรก<br/>บรรทัดที่สอง</p><script>var x = 1;</script><style>p {}</style>"
    assert reading_of(hocr(body)).text == "บรรทัดแรก\nบรรทัดที่สอง"


def test_a_string_of_alto_that_has_glyphs_alone_is_put_together():
    glyphs = '<Glyph CONTENT="ก"><Variant CONTENT="ถ"/></Glyph><Glyph CONTENT="ข"/>'
    assert (
        reading_of(alto(f"<TextBlock><TextLine><String>{glyphs}</String></TextLine></TextBlock>")).text
        == "กข"
    )


@pytest.mark.parametrize("references", [("b", "a"), ("line-b", "line-a"), ("b",), ("whole", "a")])
def test_the_reading_order_of_alto_goes_before_the_order_of_the_file(references):
    named = "".join(f'<ElementRef ID="r{n}" REF="{name}"/>' for n, name in enumerate(references))
    order = f'<ReadingOrder><OrderedGroup ID="g">{named}</OrderedGroup></ReadingOrder>'
    page = (
        block("a", "สอง")
        + f'<ComposedBlock ID="whole">{block("b", "หนึ่ง")}</ComposedBlock>'
        + block("c", "สาม")
    )
    assert reading_of(alto(page, order)).text == "หนึ่ง\nสอง\nสาม"


def test_blocks_of_alto_that_name_the_next_one_are_read_so():
    page = block("a", "หนึ่ง", "c") + block("b", "สาม") + block("c", "สอง", "b") + block("d", "สี่")
    assert reading_of(alto(page)).text == "หนึ่ง\nสอง\nสาม\nสี่"
    round_and_round = block("a", "หนึ่ง", "b") + block("b", "สอง", "a")
    assert reading_of(alto(round_and_round)).text == "หนึ่ง\nสอง"


def test_plain_text_of_page_xml_is_text():
    plain = "<TextEquiv><PlainText>ธรรมดา</PlainText></TextEquiv>"
    both = "<TextEquiv><PlainText>อีก</PlainText><Unicode></Unicode></TextEquiv>"
    found = reading_of(page_xml(region("a", f"<TextLine>{plain}</TextLine><TextLine>{both}</TextLine>")))
    assert found.text == "ธรรมดา\nอีก"


def test_cells_of_tables_and_regions_of_other_kinds_are_read_in_page_xml():
    cells = f'<TableCell row="0" col="0">{said("ก")}</TableCell><TableCell row="0" col="1">{said("ข")}</TableCell>'
    first, last = (f'custom="readingOrder {{index:{number};}}"' for number in (0, 1))
    maths = said("๒ + ๒", "MathsRegion")
    page = f'<TableRegion id="t" {last}>{cells}</TableRegion>' + region("a", said("ต้น")).replace(
        ">", f" {first}>", 1
    )
    assert reading_of(page_xml(page)).text == "ต้น\nก\nข"
    assert reading_of(page_xml(maths + region("a", said("ก")))).text == "๒ + ๒\nก"


def test_words_of_a_line_are_read_as_transkribus_numbers_them():
    words = said("ข", "Word", custom="readingOrder {index:1;}") + said(
        "ก", "Word", custom="readingOrder {index:0;}"
    )
    assert reading_of(page_xml(region("a", f"<TextLine>{words}</TextLine>"))).text == "ก ข"


@pytest.mark.parametrize(
    ("whole", "read"),
    [
        ("หนึ่ง\nสอง", "หนึ่ง\nสอง"),
        ("หนึ่ง", "หนึ่ง\nสอง"),
        ("หนึง\nสอง", "หนึ่ง\nสอง"),
        ("หนึ่ง\nสอง\nสาม", "หนึ่ง\nสอง\nสาม"),
    ],
    ids=["the same", "less", "another", "more"],
)
def test_what_a_region_of_page_xml_says_beyond_its_lines_is_not_lost(whole, read):
    lines = said("หนึ่ง") + said("สอง")
    text = f"<TextEquiv><Unicode>{whole}</Unicode></TextEquiv>"
    assert reading_of(page_xml(region("a", lines + text))).text == read
