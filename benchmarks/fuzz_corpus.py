"""The sound files that `benchmarks.fuzz` begins with, made here, small, one of each kind."""

from __future__ import annotations

import io
import json
import zipfile

import numpy as np
import pikepdf
from openpyxl import Workbook
from PIL import Image, ImageDraw

from review.decision_sheet import COLUMNS

PIECES = (
    b"\x00", b"\xff" * 4, b"-1", b"0", b"1e309", b"99999999999999999999", b"nan", b"%PDF-", b"%%EOF", b"endobj",
    b"stream\n", b"endstream", b"<<", b">>", b"[[[[", b"/Kids[1 0 R]", b"/Count 4000", b"/Length 0", b"1 0 R",
    b"/Filter/FlateDecode", b"<", b"</", b"/>", b"<!DOCTYPE a [", b"<!ENTITY a 'b'>", b"&a;", b"]]>", b"<![CDATA[",
    b"<?xml version='1.0'?>",
    b"<span class='ocr_line' title='bbox 0 0 1 1'>", b"<TextLine>", b"<Page>", b"bbox 1e9 -1 nan 5", b"\f", b"\n" * 100,
    "ำ".encode(), "\u202e".encode(), "\u0e4d\u0e32".encode(), b"\xed\xa0\x80", b"PK\x03\x04", b"PK\x01\x02", b"II*\x00",
    b"MM\x00*", b"\x89PNG\r\n\x1a\n", b"IHDR", b"IDAT", b"\xff\xd8\xff\xe0", b"\xff\xc4", b"\xff\xda",
)  # fmt: skip
"""What changes of a file put into it."""

_HOCR = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"
"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml"><head><meta name="ocr-system" content="tesseract 5.5.0" /></head><body>
<div class="ocr_page" title='bbox 0 0 1000 2000; ppageno 0'>
<p class="ocr_par"><span class="ocr_line" title="bbox 1 1 400 140">
<span class="ocrx_word" title="bbox 100 100 130 140; x_wconf 91">อำเภอ</span>
<span class="ocrx_word" title="bbox 190 100 240 140; x_wconf 96">ละงู</span></span></p></div></body></html>"""
_ALTO = """<alto xmlns="http://www.loc.gov/standards/alto/ns-v4#"><Description><OCRProcessing><ocrProcessingStep>
<processingSoftware><softwareName>Kraken</softwareName></processingSoftware></ocrProcessingStep></OCRProcessing></Description>
<Layout><Page WIDTH="1000" HEIGHT="2000"><PrintSpace><TextBlock><TextLine HPOS="1" VPOS="100" WIDTH="300" HEIGHT="40">
<String CONTENT="ตำบล" HPOS="100" VPOS="100" WIDTH="60" HEIGHT="40" WC="0.5"/><SP/><String CONTENT="กำแพง"/></TextLine>
</TextBlock></PrintSpace></Page></Layout></alto>"""
_PAGE = """<PcGts xmlns="http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15"><Metadata><Creator>Transkribus</Creator>
</Metadata><Page imageWidth="1000" imageHeight="2000"><ReadingOrder><OrderedGroup id="o"><RegionRefIndexed index="0"
regionRef="b"/></OrderedGroup></ReadingOrder><TextRegion id="b" custom="readingOrder {index:0;}"><TextLine><Coords
points="0,100 500,100 500,140 0,140"/><Word><Coords points="0,100 90,100 90,140 0,140"/>
<TextEquiv conf="0.9"><Unicode>ประกาศ</Unicode></TextEquiv></Word><TextEquiv index="1"><Unicode>ประกาศ</Unicode>
</TextEquiv></TextLine></TextRegion></Page></PcGts>"""
_CONTENT = (
    b"BT /F1 24 Tf 72 700 Td (Rayong 2568) Tj ET 0 0 0 rg 72 600 100 20 re f q 10 0 0 10 0 0 cm /X Do Q"
)


def source_files() -> list[bytes]:
    """PDF of several kinds, PNG, JPEG and TIFF."""
    page = Image.new("L", (220, 300), 255)
    ImageDraw.Draw(page).text((20, 40), "Rayong 2568", fill=0)
    coloured = page.convert("RGB")
    kinds = [
        _saved(page, "PNG"), _saved(coloured.convert("P"), "PNG"), _saved(coloured, "JPEG"), _saved(coloured, "PDF"),
        _saved(page.convert("1"), "TIFF", compression="group4"), _saved(coloured, "TIFF", compression="tiff_lzw"),
        _saved(Image.fromarray(np.full((40, 50), 30_000, np.uint16)), "TIFF"),
        _saved(page, "TIFF", save_all=True, append_images=[page]),
    ]  # fmt: skip
    return [*kinds, *(_pdf(**how) for how in ({}, {"streams": False}, {"encrypted": True}))]


def import_files() -> list[bytes]:
    """hOCR, ALTO, PAGE-XML, an archive of it, and text."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as members:
        members.writestr("1.xml", _PAGE)
    text = "ตำบลกำแพง อำเภอละงู\nจังหวัดสตูล\f๒๕๖๘\n"
    ours = _HOCR.replace("tesseract 5.5.0", "chamra 0.1.0"), _ALTO.replace("Kraken", "chamra")
    return [one.encode() for one in (_HOCR, _ALTO, _PAGE, text, *ours)] + [archive.getvalue()]


def sheet_files() -> list[bytes]:
    """A sheet of decisions, packed and not."""
    book = Workbook()
    review = book.worksheets[0]
    review.title = "Review"
    for row in (
        [english for english, _, _ in COLUMNS],
        ["1:x", "1", None, "ก", "ข", "", "", "รับ", None, "", 1.0],
    ):
        review.append(row)
    book.create_sheet("About").append(
        [json.dumps({"schema": "chamra/decision-sheet/1", "document": "0" * 64})]
    )
    out = io.BytesIO()
    book.save(out)
    plain = io.BytesIO()
    with zipfile.ZipFile(out) as packed, zipfile.ZipFile(plain, "w", zipfile.ZIP_STORED) as unpacked:
        for one in packed.infolist():
            unpacked.writestr(one.filename, packed.read(one))
    return [plain.getvalue(), out.getvalue()]


def _saved(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def _pdf(*, streams: bool = True, encrypted: bool = False) -> bytes:
    """A page that draws text, a bar and a form, with its objects in streams or plain."""
    with pikepdf.new() as document:
        page = document.add_blank_page(page_size=(300, 800))
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        form = pikepdf.Stream(document, b"0 0 1 1 re f")
        form.update({"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Form, "/BBox": [0, 0, 1, 1]})
        page.Resources = pikepdf.Dictionary(
            Font=pikepdf.Dictionary(F1=font), XObject=pikepdf.Dictionary(X=document.make_indirect(form))
        )
        page.Contents = document.make_stream(_CONTENT)
        out = io.BytesIO()
        document.save(
            out,
            compress_streams=streams,
            object_stream_mode=pikepdf.ObjectStreamMode.generate
            if streams
            else pikepdf.ObjectStreamMode.disable,
            encryption=pikepdf.Encryption(owner="o", user="") if encrypted else False,
        )
        return out.getvalue()
