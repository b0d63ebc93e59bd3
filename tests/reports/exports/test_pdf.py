"""The searchable PDF: every line comes out as it went in, lies where it is printed, and the source stays as it is."""

import io
import shutil
import subprocess
import time
from dataclasses import replace
from typing import Any

import pikepdf
import pypdfium2
import pytest
from pdfminer.high_level import extract_text
from PIL import Image

from model.errors import BadInput, GateError
from model.page import Preparation
from model.publication import Edition
from model.state import Stage
from reports.laid_out import laid_out
from reports.searchable.aslant import line_frame
from reports.searchable.layer import stretches
from tests.ocr import thai_pdf
from tests.reports.made_pages import Given, blank_pdf, corrected, edition, page
from tests.reports.round_trip import exported

PROSE = """องค์การบริหารส่วนตำบลหวยสัก อำเภอเมืองเชียงราย จังหวัดเชียงราย
จัดทำแผนพัฒนาท้องถิ่นสี่ปี โดยให้ประชาชนมีส่วนร่วมในการจำกัดขอบเขต
ของโครงการ และกำหนดให้มีการประชุมประชาคมหมู่บ้านก่อนวันที่ ๒๔ มิถุนายน
ข่าวประชาสัมพันธ์ รัฐบาลไทย-
ผู้ใหญ่บ้านเป็นผู้น้ำ น้ำใจ น้ำป่า สิ่งที่ทำ ปฏิบัติ พิสูจน์ ญี่ปุ่น ฐานะ ๆลๆ ฯลฯ

Sustainable Development Goals (SDGs) 17 ข้อ, "ยั่งยืน" & <กำลัง>
๑"""
TABLE = """ที่\tจังหวัด\tจำนวน\tเขตเลือกตั้งที่
๑\tกระบี่\t๓\t๑. อำเภอเมืองกระบี่
๒\tกาญจนบุรี\t๕\t๑. อำเภอด่านมะขามเตี้ย
๒\t\t๒
๑๐\tฟิวชัน\t-\t๐
รวม\t๗๗"""
KINDS = {"prose": PROSE, "table": TABLE}


def made(found: Edition) -> bytes:
    return exported("pdf", found)


def with_pdfium(pdf: bytes) -> list[str]:
    with pypdfium2.PdfDocument(pdf) as opened:
        return [one.get_textpage().get_text_range().replace("\r\n", "\n") for one in opened]


def with_pdfminer(pdf: bytes) -> list[str]:
    return extract_text(io.BytesIO(pdf)).split("\f")[:-1]


def with_poppler(pdf: bytes) -> list[str]:
    if shutil.which("pdftotext") is None:
        pytest.skip("poppler is not installed")
    done = subprocess.run(["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode("utf-8").split("\f")[:-1]


def with_mupdf(pdf: bytes) -> list[str]:
    mupdf = pytest.importorskip("pymupdf")
    with mupdf.open(stream=pdf, filetype="pdf") as opened:
        return [one.get_text() for one in opened]


READERS = [with_pdfium, with_pdfminer, with_poppler, with_mupdf]


def lines(text: str) -> list[str]:
    """Lines as they are compared: what parts columns is white space of the reader's own."""
    return [line for line in (" ".join(row.split()) for row in text.split("\n")) if line]


def assert_extracted(text: str, seen: str, *, by_cell: bool) -> None:
    """Every line is there in its order, character for character; by cells where a reader takes columns apart."""
    if not by_cell:
        assert lines(seen) == lines(text)
        return
    assert sorted(seen.split()) == sorted(text.split())


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("extract", READERS, ids=lambda one: one.__name__)
def test_every_line_is_extracted_as_it_was_published(extract, kind) -> None:
    read = page(KINDS[kind])
    published = corrected(read, ("หวยสัก", "ห้วยสัก"), ("๒๔", "๒๕")) if kind == "prose" else corrected(read)
    (seen,) = extract(made(edition(blank_pdf([read]), "pdf", [published])))
    by_cell = kind == "table" and extract in (with_pdfminer, with_mupdf)
    assert_extracted(published.published.text, seen, by_cell=by_cell)


@pytest.mark.parametrize("extract", READERS, ids=lambda one: one.__name__)
@pytest.mark.parametrize("skew", [1.4, -2.0])
def test_a_skewed_page_is_extracted_like_a_straight_one(extract, skew) -> None:
    read = page(PROSE, preparation=Preparation(0, skew))
    (seen,) = extract(made(edition(blank_pdf([read]), "pdf", [corrected(read)])))
    assert_extracted(PROSE, seen, by_cell=False)


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("extract", READERS, ids=lambda one: one.__name__)
def test_a_page_that_the_pdf_turns_is_extracted_like_any_other(extract, rotate) -> None:
    read = page(PROSE)
    (seen,) = extract(made(edition(blank_pdf([read], rotate, box=(20.0, -30.0)), "pdf", [corrected(read)])))
    assert_extracted(PROSE, seen, by_cell=False)


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_a_page_that_was_scanned_sideways_is_extracted_line_by_line(turns) -> None:
    read = page(PROSE, preparation=Preparation(turns))
    (seen,) = with_pdfium(made(edition(blank_pdf([read]), "pdf", [corrected(read)])))
    # Of lines that all begin at one height pdfium takes the leftmost first.
    assert sorted(lines(seen)) == sorted(lines(PROSE))


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_each_line_lies_where_it_is_printed(rotate, turns) -> None:
    read = page(PROSE, preparation=Preparation(turns))
    pdf = made(edition(blank_pdf([read], rotate, box=(20.0, -30.0)), "pdf", [corrected(read)]))
    with pypdfium2.PdfDocument(pdf) as opened:
        shown = opened[0]
        text = shown.get_textpage()
        width, height = shown.get_size()
        scale = read.dpi / 72
        place = text.get_text_range().index("จังหวัด")
        first, last = text.get_charbox(place), text.get_charbox(place + len("จังหวัดเชียงราย") - 1)
    start = PROSE.index("จังหวัด")
    wanted = read.reading.box_of(type(read.reading.lines[0].span)(start, start + len("จังหวัดเชียงราย")))
    assert wanted
    corners = [
        on_screen(x, y, rotate, (20.0, -30.0), width, height)
        for box in (first, last)
        for x, y in (box[:2], box[2:])
    ]
    left, top = (min(values) * scale for values in zip(*corners, strict=True))
    right, bottom = (max(values) * scale for values in zip(*corners, strict=True))
    assert abs((left + right) / 2 - (wanted.left + wanted.right) / 2) < 40
    assert abs((top + bottom) / 2 - (wanted.top + wanted.bottom) / 2) < 40


def on_screen(x, y, rotate, corner, width, height):
    """A place of the page's own coordinates as it is shown: points from the upper left corner."""
    x, y = x - corner[0], y - corner[1]
    return {0: (x, height - y), 90: (y, x), 180: (width - x, y), 270: (width - y, height - x)}[rotate]


def test_lines_whose_place_nobody_knows_are_extracted_all_the_same() -> None:
    read = page(PROSE)
    nowhere = replace(read.reading, boxes=(None,) * len(PROSE))
    for extract in (with_pdfium, with_pdfminer):
        unplaced = corrected(replace(read, readings=(nowhere,)))
        (seen,) = extract(made(edition(blank_pdf([read]), "pdf", [unplaced])))
        assert_extracted(PROSE, seen, by_cell=False)


def test_what_the_source_draws_stays_as_it_is_to_the_last_byte() -> None:
    read = page(PROSE)
    source = blank_pdf([read, read])
    second = corrected(replace(read, number=2, readings=(replace(read.reading, page=2),)))
    pdf = made(edition(source, "pdf", [corrected(read), second]))
    with pikepdf.open(io.BytesIO(source)) as before, pikepdf.open(io.BytesIO(pdf)) as after:
        for one, other in zip(before.pages, after.pages, strict=True):
            assert other.obj.Contents[1].read_raw_bytes() == one.obj.Contents.read_raw_bytes()
            assert other.obj.MediaBox == one.obj.MediaBox
    with pypdfium2.PdfDocument(source) as before, pypdfium2.PdfDocument(pdf) as after:
        for one, other in zip(before, after, strict=True):
            assert bytes(one.render().buffer) == bytes(other.render().buffer)


def damaged_layer():
    """A PDF whose own text says ก for every letter."""
    face = thai_pdf.Face()
    return thai_pdf.build(["ประกาศเทศบาล"] * 3, face=face, claims=lambda letter, number: "ก")


@pytest.mark.parametrize("extract", READERS, ids=lambda one: one.__name__)
def test_text_of_the_source_stays_or_is_replaced_as_asked(extract) -> None:
    source = damaged_layer()
    read = replace(page(PROSE), width=1239, height=1754)
    found = edition(source, "pdf", [corrected(read)])
    (beside,) = extract(made(found))
    assert "กกก" in beside
    assert set(lines(PROSE)) <= set(lines(beside))
    replaced = made(replace(found, replaces_text=True))
    (alone,) = extract(replaced)
    assert_extracted(PROSE, alone, by_cell=False)
    with pypdfium2.PdfDocument(source) as before, pypdfium2.PdfDocument(replaced) as after:
        assert bytes(before[0].render().buffer) == bytes(after[0].render().buffer)


def with_helvetica(content: bytes) -> bytes:
    """A PDF of one page with a font that is not embedded."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        name = pikepdf.Name
        font = pikepdf.Dictionary(Type=name.Font, Subtype=name.Type1, BaseFont=name.Helvetica)
        pdf.pages[0].obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(H=pdf.make_indirect(font)))
        pdf.pages[0].obj.Contents = pdf.make_stream(content)
        data = io.BytesIO()
        pdf.save(data)
    return data.getvalue()


def replaced(source: bytes) -> bytes:
    read = replace(page(PROSE), width=1239, height=1754)
    return made(replace(edition(source, "pdf", [corrected(read)]), replaces_text=True))


def assert_drawn_alike(source: bytes, pdf: bytes) -> None:
    with pypdfium2.PdfDocument(source) as before, pypdfium2.PdfDocument(pdf) as after:
        assert bytes(before[0].render().buffer) == bytes(after[0].render().buffer)


@pytest.mark.parametrize("extract", READERS, ids=lambda one: one.__name__)
def test_a_hidden_layer_is_replaced_also_where_its_font_is_not_embedded(extract) -> None:
    source = with_helvetica(b"BT 3 Tr /H 12 Tf 72 700 Td (Wr0ng hidden text) Tj ET")
    (seen,) = extract(replaced(source))
    assert_extracted(PROSE, seen, by_cell=False)


def test_what_is_seen_in_a_font_that_is_not_embedded_stays_as_it_is() -> None:
    source = with_helvetica(b"q BT 3 Tr /H 12 Tf (x) Tj ET Q BT /H 12 Tf 72 90 Td (Seen) Tj ET")
    pdf = replaced(source)
    assert "Seen" in with_pdfium(pdf)[0]
    assert_drawn_alike(source, pdf)


@pytest.mark.parametrize("extract", READERS, ids=lambda one: one.__name__)
def test_text_that_the_source_states_instead_of_what_it_draws_is_replaced(extract) -> None:
    with pikepdf.open(io.BytesIO(damaged_layer())) as pdf:
        own = pdf.pages[0].Contents.read_bytes()
        pdf.pages[0].obj.Contents = pdf.make_stream(b"/Span <</ActualText (Stated)>> BDC " + own + b" EMC")
        data = io.BytesIO()
        pdf.save(data)
    made_silent = replaced(data.getvalue())
    (seen,) = extract(made_silent)
    assert_extracted(PROSE, seen, by_cell=False)
    assert_drawn_alike(data.getvalue(), made_silent)


def test_replacing_leaves_the_text_of_pages_that_were_not_asked_for() -> None:
    read = page(PROSE)
    with pikepdf.open(io.BytesIO(damaged_layer())) as pdf:
        pdf.pages.append(pdf.pages[0])
        data = io.BytesIO()
        pdf.save(data)
    found = replace(edition(data.getvalue(), "pdf", [corrected(read)]), replaces_text=True)
    _, other = with_pdfium(made(found))
    assert "กกก" in other


def test_a_pdf_that_was_exported_can_be_exported_again() -> None:
    read = page(PROSE)
    once = made(edition(blank_pdf([read]), "pdf", [corrected(read)]))
    other = page("ข้อความอื่น")
    twice = made(replace(edition(once, "pdf", [corrected(other)]), replaces_text=True))
    assert lines(with_pdfium(twice)[0]) == ["ข้อความอื่น"]


def test_a_jpeg_and_a_png_are_put_in_as_they_came() -> None:
    read = page(PROSE)
    data = io.BytesIO()
    Image.new("RGB", (WIDE, 1754), (250, 240, 230)).save(data, "JPEG")
    pdf = made(edition(data.getvalue(), "jpeg", [corrected(read)]))
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert opened.pages[0].Resources.XObject.Image.read_raw_bytes() == data.getvalue()
    assert_extracted(PROSE, with_pdfium(pdf)[0], by_cell=False)
    data = io.BytesIO()
    Image.new("RGB", (WIDE, 1754), (250, 240, 230)).save(data, "PNG")
    pdf = made(edition(data.getvalue(), "png", [corrected(read)]))
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        image = opened.pages[0].Resources.XObject.Image
        assert image.read_raw_bytes() in data.getvalue()
        assert picture_of(image).as_pil_image().getpixel((5, 5)) == (250, 240, 230)


WIDE = 1240


def picture_of(image) -> Any:
    return pikepdf.PdfImage(image)


def test_an_image_that_a_camera_turned_is_shown_as_it_was_read() -> None:
    picture = Image.new("L", (1754, 1240), 255)
    picture.paste(0, (0, 0, 200, 100))
    data = io.BytesIO()
    exif = Image.Exif()
    for orientation, corner in ((6, "upper right"), (8, "lower left"), (3, "lower right")):
        exif[274] = orientation
        data = io.BytesIO()
        picture.save(data, "JPEG", exif=exif)
        read = page("ก") if orientation != 3 else replace(page("ก"), width=1754, height=1240)
        pdf = made(edition(data.getvalue(), "jpeg", [corrected(read)]))
        with pypdfium2.PdfDocument(pdf) as opened:
            shown = opened[0].render().to_pil().convert("L")
        width, height = shown.size
        dark = {
            "upper right": (width - 5, 5), "lower left": (5, height - 5), "lower right": (width - 5, height - 5),
        }  # fmt: skip
        assert shown.getpixel(dark[corner]) < 60
        assert shown.getpixel((width // 2, height // 2)) > 200


@pytest.mark.parametrize("kind", ["tiff", "interlaced", "transparent"])
def test_an_image_that_a_pdf_cannot_hold_is_given_as_it_was_read(kind) -> None:
    data = io.BytesIO()
    if kind == "transparent":
        Image.new("LA", (WIDE, 1754), (200, 128)).save(data, "PNG")
    elif kind == "tiff":
        Image.new("L", (WIDE, 1754), 200).save(data, "TIFF")
    else:
        Image.new("L", (WIDE, 1754), 200).save(data, "PNG")
        raw = bytearray(data.getvalue())
        raw[28] = 1  # the last byte of the head: interlaced
        data = io.BytesIO(bytes(raw))
    read = page(PROSE)
    found = edition(data.getvalue(), "png" if kind != "tiff" else "tiff", [corrected(read)])
    pdf = made(found)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        image = picture_of(opened.pages[0].Resources.XObject.Image)
        assert image.as_pil_image().getpixel((5, 5)) == 240


def test_a_screen_reader_finds_the_paragraphs_in_their_order() -> None:
    read = page(PROSE)
    with pikepdf.open(io.BytesIO(made(edition(blank_pdf([read]), "pdf", [corrected(read)])))) as pdf:
        assert pdf.Root.Lang == "th"
        assert pdf.Root.MarkInfo.Marked
        document = pdf.Root.StructTreeRoot.K[0]
        numbers = [number for element in document.K for number in element.K]
        assert numbers == sorted(set(numbers))
        parents = pdf.Root.StructTreeRoot.ParentTree.Nums[1]
        assert len(parents) == len(numbers)
        content = pdf.pages[0].Contents[0].read_bytes()
        assert content.count(b"BDC") == len(numbers)


def test_a_source_that_is_tagged_keeps_its_tags() -> None:
    read = page(PROSE)
    with pikepdf.open(io.BytesIO(blank_pdf([read]))) as pdf:
        pdf.Root.StructTreeRoot = pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot, K=pikepdf.Array())
        data = io.BytesIO()
        pdf.save(data)
    with pikepdf.open(io.BytesIO(made(edition(data.getvalue(), "pdf", [corrected(read)])))) as pdf:
        assert len(pdf.Root.StructTreeRoot.K) == 0
        assert b"/Artifact BMC" in pdf.pages[0].Contents[0].read_bytes()


def test_a_pdf_of_images_says_that_it_is_one_for_archives() -> None:
    read = page(PROSE)
    with (
        pikepdf.open(io.BytesIO(made(edition(picture_file(), "png", [corrected(read)])))) as pdf,
        pdf.open_metadata() as meta,
    ):
        assert meta.pdfa_status == "2U"
        assert pdf.Root.OutputIntents[0].S == "/GTS_PDFA1"


@pytest.mark.parametrize(("part", "has_streams"), [("1", False), ("2", True), ("", True)])
def test_a_pdf_for_archives_stays_what_it_claims_to_be(part, has_streams) -> None:
    read = page(PROSE)
    with pikepdf.open(io.BytesIO(blank_pdf([read]))) as pdf:
        if part:
            with pdf.open_metadata(set_pikepdf_as_editor=False) as meta:
                meta["pdfaid:part"], meta["pdfaid:conformance"] = part, "B"
        data = io.BytesIO()
        pdf.save(data)
    written = made(edition(data.getvalue(), "pdf", [corrected(read)]))
    assert (b"/ObjStm" in written) is has_streams
    assert (b"\nxref\n" in written) is not has_streams
    with pikepdf.open(io.BytesIO(written)) as pdf, pdf.open_metadata() as meta:
        assert meta.pdfa_status == (f"{part}B" if part else "2U")


def picture_file() -> bytes:
    data = io.BytesIO()
    Image.new("L", (WIDE, 1754), 200).save(data, "PNG")
    return data.getvalue()


def test_the_text_costs_less_than_4_kilobytes_a_page() -> None:
    read = page("\n".join([PROSE] * 5))
    numbers = range(1, 21)
    source = blank_pdf([read] * len(numbers))
    pages = [corrected(replace(read, number=n, readings=(replace(read.reading, page=n),))) for n in numbers]
    assert (len(made(edition(source, "pdf", pages))) - len(source)) / len(numbers) < 4096


def test_the_same_document_gives_the_same_bytes() -> None:
    read = page(PROSE)
    assert made(edition(blank_pdf([read]), "pdf", [corrected(read)])) == made(
        edition(blank_pdf([read]), "pdf", [corrected(read)])
    )


def test_a_document_of_images_gives_the_same_bytes_at_another_time() -> None:
    read = page(PROSE)
    once = made(edition(picture_file(), "png", [corrected(read)]))
    time.sleep(1.1)  # dates in a file are seconds
    assert made(edition(picture_file(), "png", [corrected(read)])) == once


def test_an_encrypted_source_needs_its_password() -> None:
    read = page(PROSE)
    with pikepdf.open(io.BytesIO(blank_pdf([read]))) as pdf:
        data = io.BytesIO()
        pdf.save(data, encryption=pikepdf.Encryption(owner="o", user="secret"))
    found = edition(data.getvalue(), "pdf", [corrected(read)])
    with pytest.raises(BadInput, match=r"is encrypted.*CHAMRA_PDF_PASSWORD"):
        made(found)
    given = replace(found, archive=Given({found.state.id: data.getvalue()}, password="secret"))
    assert_extracted(PROSE, with_pdfium(made(given))[0], by_cell=False)


def test_an_unfinished_document_is_refused_and_another_layer_is_not() -> None:
    read = page(PROSE)
    found = edition(blank_pdf([read]), "pdf", [corrected(read, ("หวยสัก", "ห้วยสัก"))])
    open_ = replace(found.state, pages=(replace(found.state.pages[0], stage=Stage.WAITING),))
    waiting = replace(found, state=open_, published={})
    with pytest.raises(GateError, match="page 1 is not published"):
        made(waiting)
    assert "หวยสัก" in with_pdfium(made(replace(waiting, layer="raw")))[0]
    assert "ห้วยสัก" in with_pdfium(made(replace(waiting, layer="proposed")))[0]


def test_the_metadata_say_who_signed_and_that_a_name_alone_is_claimed() -> None:
    """Of the published text alone; beside contributors that the source names."""
    read = page("ประกาศ")
    found = edition(blank_pdf([read]), "pdf", [corrected(read)])
    with pikepdf.open(io.BytesIO(made(found))) as pdf, pdf.open_metadata() as metadata:
        assert metadata["dc:contributor"] == {"มาลี (claimed, not signed)"}
    with pikepdf.open(io.BytesIO(made(replace(found, layer="raw")))) as pdf, pdf.open_metadata() as metadata:
        assert "dc:contributor" not in metadata


@pytest.mark.parametrize("extract", READERS)
def test_a_run_that_was_read_as_reaching_into_the_next_one_ends_before_it(extract) -> None:
    read = page("(ข้อความ……)\tปัด ๑")
    boxes = list(read.reading.boxes)
    last, first = read.reading.text.index(")"), read.reading.text.index("ป")
    after = boxes[first]
    assert after is not None
    boxes[last] = replace(after, left=after.left - 30, right=after.left + 2)
    wide = replace(read, readings=(replace(read.reading, boxes=tuple(boxes)),))
    found = edition(blank_pdf([wide]), "pdf", [corrected(wide)])
    (line,) = next(iter(laid_out(found))).lines
    assert line.box is not None
    one, other = stretches(line, line.box, line_frame(line, wide))
    assert one.left < one.right < other.left - 0.15 * (one.bottom - one.top)
    assert "(ข้อความ……) ปัด ๑" in " ".join(extract(made(found))[0].split())
