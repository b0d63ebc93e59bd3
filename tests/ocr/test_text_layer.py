"""A PDF's text is what its glyphs draw, whatever its character map says."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name

from model.errors import PageError
from ocr.image.prepare import prepare
from ocr.sandbox.limits import Limits
from ocr.source.rasterise import open_source
from ocr.source.worker_outlines import MAX_POINTS, FontProgram, TooManyPoints
from ocr.text_layer.claims import How
from ocr.text_layer.judge import judge
from ocr.text_layer.mapping import identify
from ocr.text_layer.reader import TextLayerReader
from ocr.text_layer.shapes import reference_distances
from tests.ocr import made, thai_pdf

pytestmark = pytest.mark.slow

LINES = [
    "ประกาศองค์การบริหารส่วนตำบลกำแพง อำเภอละงู จังหวัดสตูล",
    "เรื่อง การจัดทำแผนพัฒนาท้องถิ่น ปีงบประมาณ ๒๕๖๘",
    "ด้วยที่ประชุมสภาได้เห็นชอบให้ซ่อมแซมถนนและท่อระบายน้ำ เฉพาะเท่าที่เหมาะ",
    "หมู่ที่ ๔ บ้านปากปิง ระยะทาง ๑,๗๖๙ เมตร ก๊าซ จ๋า ผู้ใหญ่บ้าน ฎีกา ฏ ฐาน",
]
# Drawn in this order; น้ำ is nikhahit, mai tho and sara aa there.
DRAWN = [line.replace("้ำ", "ํ้า").replace("ำ", "ํา") for line in LINES]
TEXT = "\n".join(LINES)


@pytest.fixture
def read(tmp_path):
    def read(data, **limits):
        path = tmp_path / "source.pdf"
        path.write_bytes(data)
        with open_source(path, limits=Limits(**limits)) as source:
            raster = source.page(1)
            (reading,) = TextLayerReader().read(source, 1, prepare(raster.png), raster.dpi)
            return reading

    return read


def test_a_sound_layer_is_read_as_it_is(read):
    reading = read(thai_pdf.build(DRAWN))
    assert reading.text == TEXT
    assert reading.reader.says("repaired") == ""
    assert float(reading.reader.says("score")) > 0.99


@pytest.mark.parametrize("name", ["Norasi", "Garuda", "Laksaman", "Umpush-Bold"])
def test_a_nikhahit_called_space_and_a_sara_aa_called_sara_am_are_told_by_what_they_draw(read, name):
    broken = {"ํ": " ", "า": "ำ"}
    data = thai_pdf.build(
        DRAWN, face=thai_pdf.Face(name), claims=lambda letter, _: broken.get(letter, letter)
    )
    reading = read(data)
    assert reading.text == TEXT
    assert "U+0E33 is า" in reading.reader.says("repaired")
    assert "U+0020 is ํ" in reading.reader.says("repaired")


def test_the_fonts_own_map_tells_what_the_character_map_has_wrong(read):
    swapped = {"ข": "ช", "ช": "ข"}
    data = thai_pdf.build(DRAWN, claims=lambda letter, _: swapped.get(letter, letter), with_map=True)
    assert read(data).text == TEXT


@pytest.mark.parametrize(
    "claim",
    [
        lambda letter: {"่": "\uf70a", "้": "\uf70b", "์": "\uf70e"}.get(letter, letter),
        lambda letter: {"่": "\u00e8", "้": "\u00e9", "๊": "\u00ea", "๋": "\u00eb"}.get(letter, letter),
        lambda letter: None if letter in "่้" else letter,
        lambda letter: "\0" if letter in "ิี่" else letter,
    ],
    ids=["private use", "Latin-1", "no character", "NUL"],
)
def test_tone_marks_with_other_or_no_characters_are_read(read, claim):
    assert read(thai_pdf.build(DRAWN, claims=lambda letter, _: claim(letter))).text == TEXT


def test_raised_forms_without_a_character_are_their_letters(read):
    face = thai_pdf.Face("Garuda")
    raised = {"่": face.number("\uf705"), "้": face.number("\uf706")}
    usual = {face.number("่"): "่", face.number("้"): "้"}

    def claims(letter, number):
        return None if number in raised.values() else letter

    data = thai_pdf.build(DRAWN, face=face, claims=claims, glyphs=raised, extra=usual)
    assert read(data).text == TEXT


def test_ascii_codes_that_draw_thai_digits_are_thai_digits(read):
    digits = {chr(0x0E50 + value): str(value) for value in range(10)}
    data = thai_pdf.build(DRAWN, claims=lambda letter, _: digits.get(letter, letter))
    assert read(data).text == TEXT


def test_spaces_are_where_the_gaps_are_not_where_space_characters_are(read):
    lines = [[(72, "เทศบาล"), (130, "ตำบล".replace("ำ", "ํา")), (300, "๒๕๖๘")]]
    assert read(thai_pdf.build(lines)).text == "เทศบาล ตำบล\t๒๕๖๘"


def test_letters_drawn_one_by_one_in_any_order_are_one_line(read):
    face = thai_pdf.Face()
    pieces, x = [], 72.0
    for letter in "ที่ว่าการอำเภอ".replace("ำ", "ํา"):
        pieces.append((round(x, 3), letter))
        x += face.width(face.number(letter)) * thai_pdf.SIZE / 1000
    assert read(thai_pdf.build([pieces[::-1]])).text == "ที่ว่าการอำเภอ"


PROSE = [
    "ด้วยองค์การบริหารส่วนจังหวัดได้",
    "พิจารณาแผนพัฒนาท้องถิ่นซึ่งสภาใด",
    "เห็นชอบแล้วและให้ถือปฏิบัติตามมติ",
    "ที่ประชุมโดยให้ดำเนินการภายในปีนี้",
    "และรายงานผลต่อผู้ว่าราชการจังหวัด",
    "เพื่อทราบและพิจารณาดำเนินการต่อไป",
]


def test_columns_of_running_text_are_read_one_after_the_other_under_their_heading(read):
    drawn = [line.replace("ำ", "ํา") for line in PROSE * 6]
    heading = "รายงานการประชุมสภาองค์การบริหารส่วนจังหวัดสมัยสามัญประจำปีและข้อมูลทั่วไป".replace("ำ", "ํา")
    data = thai_pdf.build([[(72, heading)], *([(72, line), (320, line)] for line in drawn)], step=19)
    assert read(data).text == "\n".join([heading.replace("ํา", "ำ"), *PROSE * 6, *PROSE * 6])


def test_the_columns_of_a_table_are_read_row_by_row(read):
    rows = [("๑", "ตำบลกำแพง", "๑,๒๐๐"), ("๒", "ตำบลละงู", "๙๘๐"), ("๓", "ตำบลปากน้ำ", "๗๕๐")] * 6
    data = thai_pdf.build(
        [[(x, cell.replace("้ำ", "ํ้า").replace("ำ", "ํา")) for x, cell in zip((72, 120, 320), row, strict=True)]
         for row in rows]
    )  # fmt: skip
    assert read(data).text == "\n".join("\t".join(row) for row in rows)


def test_each_letter_has_its_box_and_the_gap_to_the_next(read):
    reading = read(thai_pdf.build(["กา นา"]))
    assert [box is None for box in reading.boxes] == [False, False, True, False, False]
    lefts = [box.left for box in reading.boxes if box]
    assert lefts == sorted(lefts)
    assert reading.gaps[0] < reading.gaps[1]
    assert reading.gaps[2] is None
    assert reading.gaps[-1] is None


def test_what_nothing_explains_is_a_replacement_character_and_counts_against_the_layer(read):
    face = thai_pdf.Face()
    # The at sign, by number alone: no Thai letter looks like it, and nothing names it.
    reading = read(
        thai_pdf.build(["ขอรับรองว่าถูกต้อง @"], face=face, claims=lambda c, _: None if c == "@" else c)
    )
    assert reading.text == "ขอรับรองว่าถูกต้อง \ufffd"
    assert float(reading.reader.says("score")) < 0.98


def test_letters_where_none_can_stand_and_missing_tone_marks_speak_against_a_layer(tmp_path):
    path = tmp_path / "source.pdf"
    path.write_bytes(thai_pdf.build(DRAWN))
    with open_source(path) as source:
        page = source.glyphs(1)
    assert page
    meanings = identify(page.fonts)
    drawn = [meanings[glyph.font][glyph.code] for glyph in page.glyphs]

    def against(text):
        return " ".join(judge(drawn, text, None).doubts)

    assert against(TEXT) == ""
    assert against("เฉพาะเพราะเหมาะ " * 9) == ""
    assert "stand where none can" in against(TEXT + " ่ก ้ข เ แ" * 2)
    assert "stand where none can" in against(TEXT.replace("ำ", "ำา"))
    assert "tone marks" in against("การประชุมสภาตำบลกำแพง อำเภอละงู จังหวัดสตูล " * 15)


def test_what_ocr_reads_there_explains_a_glyph_that_nothing_else_does(tmp_path):
    path = tmp_path / "source.pdf"
    path.write_bytes(thai_pdf.build(["ร้อยละ @"], claims=lambda c, _: None if c == "@" else c))
    with open_source(path) as source:
        page = source.glyphs(1)
    assert page
    code = thai_pdf.Face().number("@")
    votes = {page.fonts[0].key(code): {"@": 4, "6": 1}}
    assert identify(page.fonts)[0][code].how is How.NOTHING
    found = identify(page.fonts, votes)[0][code]
    assert (found.text, found.how) == ("@", How.VOTE)


def test_votes_do_not_take_away_a_letter_that_ocr_cannot_know(tmp_path):
    path = tmp_path / "source.pdf"
    path.write_bytes(thai_pdf.build(["พ.ศ. ๒๕๔๘"]))
    with open_source(path) as source:
        page = source.glyphs(1)
    assert page
    code = thai_pdf.Face().number("๘")
    votes = {page.fonts[0].key(code): {"๕": 40}}
    assert identify(page.fonts, votes)[0][code].text == "๘"


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.text(alphabet="กขคงจชดตทนบปมยรลวสหอะาเแโ ", min_size=3, max_size=40).map(str.split).filter(bool))
def test_any_letters_come_back_as_they_were_drawn(read, words):
    line = " ".join(words)
    assert read(thai_pdf.build([line])).text == line


def test_a_form_that_draws_itself_ends_in_words(read):
    data = made.pdf((300, 300, b"/X Do", _cyclic))
    with pytest.raises(PageError, match=r"took longer than 4 s|cannot be made out"):
        read(data, seconds=4)


def _cyclic(document):
    form = document.make_stream(b"/X Do /X Do")
    form.update({"/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": Array([0, 0, 9, 9])})
    resources = Dictionary(XObject=Dictionary(X=form))
    form.Resources = resources
    return resources


def test_a_page_of_too_many_glyphs_is_refused(read):
    content = b"BT /F1 1 Tf " + b"(" + b"a" * 30_000 + b") Tj (" + b"b" * 31_000 + b") Tj ET"
    with pytest.raises(PageError, match="more than 60000 glyphs"):
        read(made.pdf(made.text_page(content)))


def test_an_outline_of_too_many_points_is_a_glyph_of_unknown_shape(tmp_path):
    program = FontProgram(thai_pdf.font_path().read_bytes())

    class Endless:
        def draw(self, pen):
            pen.moveTo((0, 0))
            for step in range(MAX_POINTS + 1):
                pen.lineTo((step, step))

    program._set = {"a": Endless()}
    with pytest.raises(TooManyPoints):
        program.outline("a")


def test_a_reader_keeps_what_it_found_about_a_glyph_and_no_other_reader_sees_it(tmp_path, monkeypatch):
    asked = []

    def counted(outline, x_height):
        asked.append(outline)
        return reference_distances(outline, x_height)

    monkeypatch.setattr("ocr.text_layer.reader.reference_distances", counted)
    path = tmp_path / "source.pdf"
    path.write_bytes(thai_pdf.build(DRAWN))
    with open_source(path) as source:
        glyphs = source.glyphs(1)
    reader = TextLayerReader()
    first = reader.analyse(glyphs, None)
    once = len(asked)
    assert once > 0
    assert reader.analyse(glyphs, None) == first
    assert len(asked) == once
    assert TextLayerReader().analyse(glyphs, None) == first
    assert len(asked) == 2 * once
