"""Lines, cells, raised numbers and leaders of a text layer are where they are drawn, not where gaps make one guess."""

from typing import Any

import pytest

from ocr.image.prepare import prepare
from ocr.source.rasterise import open_source
from ocr.text_layer.reader import TextLayerReader
from tests.ocr import thai_pdf

pytestmark = pytest.mark.slow

SIZE = thai_pdf.SIZE


@pytest.fixture
def read(tmp_path):
    def read(lines, **build):
        path = tmp_path / "source.pdf"
        drawn = [line if isinstance(line, list) else line.replace("ำ", "ํา") for line in lines]
        path.write_bytes(thai_pdf.build(drawn, **build))
        with open_source(path) as source:
            raster = source.page(1)
            (reading,) = TextLayerReader().read(source, 1, prepare(raster.png), raster.dpi)
            return reading.text

    return read


PROSE = ["รายงานการประชุมสภาเทศบาลเมืองสตูล", "ที่ประชุมเห็นชอบให้ซ่อมแซมถนนสายหลัก"]


def right(face, x, text, size=SIZE):
    """Where a text begins that ends at x."""
    return round(x - face_width(face, text) * size / SIZE, 2)


def face_width(face, text):
    """Points that a text takes at the usual size."""
    return sum(face.width(face.number(letter)) for letter in text) * SIZE / 1000


def rules(xs, ys):
    down = [f"{x} {ys[0]} m {x} {ys[-1]} l S" for x in xs]
    return "0.5 w " + " ".join(down + [f"{xs[0]} {y} m {xs[-1]} {y} l S" for y in ys])


def test_a_rule_ends_a_cell_however_near_the_next_one_is(read):
    face = thai_pdf.Face()
    rows = [("๒๕๖๔", "๑,๒๕๐", "๙๗๕"), ("๒๕๖๕", "๑๒,๔๐๐", "๑๐๐๘"), ("๒๕๖๖", "๑๓,๙๐๕", "๑๕๖")]
    ends, edge = [], 66.0
    for column in zip(*rows, strict=True):
        edge += max(face_width(face, text) for text in column) + 1.4
        ends.append(round(edge, 2))
    lines = [
        [(right(face, end - 0.7, text), text) for end, text in zip(ends, row, strict=True)] for row in rows
    ]
    ys = [760 - 52 + 18 - 26 * row for row in range(4)]
    text = read([*PROSE, *lines], drawing=rules([66, *ends], ys))
    assert text.split("\n")[2:] == ["\t".join(row) for row in rows]


def test_within_the_cells_of_a_table_a_wide_gap_is_a_space(read):
    lines = [[(72, "๑"), (110, "ถนน"), (165, "ลูกรัง"), (300, "๙๐"), (400, "ครบ")]] * 3
    ys = [760 - 52 + 18 - 26 * row for row in range(4)]
    text = read([*PROSE, *lines], drawing=rules([66, 100, 290, 390, 460], ys))
    assert text.split("\n")[2:] == ["๑\tถนน ลูกรัง\t๙๐\tครบ"] * 3


def test_a_full_table_is_read_row_by_row_whatever_runs_down_between_its_columns(read):
    face = thai_pdf.Face()
    ends = [110, 170, 230, 290, 400, 520]
    rows = [[str(n), *(str(100 + (37 * n + 211 * c) % 900) for c in range(5))] for n in range(1, 26)]
    thai = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
    rows = [[cell.translate(thai) for cell in row] for row in rows]
    lines = [[(right(face, end, text), text) for end, text in zip(ends, row, strict=True)] for row in rows]
    assert read(lines).split("\n") == ["\t".join(row) for row in rows]


def test_the_wide_spaces_of_justified_text_are_no_columns(read):
    face = thai_pdf.Face()
    halves = [
        ("ที่ประชุมสภาเทศบาล", "ให้ซ่อมแซมถนน"), ("ให้กองช่าง", "และให้รายงานผลต่อสภา"),
        ("ในการประชุมคราวหน้า", "โดยใช้เงินสะสม"), ("และท่อระบายน้ำ", "พิจารณาแล้วเห็นชอบ"),
        ("เพื่อใช้เป็นกรอบในการจัดทำแผน", "ทั้งนี้"), ("โดยใช้เงินสะสม", "ดำเนินการให้แล้วเสร็จ"),
    ]  # fmt: skip
    drawn = [[part.replace("้ำ", "ํ้า").replace("ำ", "ํา") for part in half] for half in halves]
    lines = [[(72, left), (right(face, 322, end), end)] for left, end in drawn]
    assert read(lines).split("\n") == [" ".join(half) for half in halves]


def test_three_columns_of_prose_are_read_down(read):
    words = ("ให้กองช่างตรวจถนน", "สภาเทศบาลเห็นชอบ", "รายงานผลการประชุม", "แผนพัฒนาตำบลนาดี")
    columns = [[words[(row + column) % 4] for row in range(14)] for column in range(3)]
    face = thai_pdf.Face()
    wide = max(face_width(face, word) for word in words)
    rows = [
        [(round(60 + (wide + 14) * column, 2), text) for column, text in enumerate(row)]
        for row in zip(*columns, strict=True)
    ]
    assert read(rows).split("\n") == [line for column in columns for line in column]


def test_a_raised_number_is_parted_from_the_number_before_it(read):
    face = thai_pdf.Face("Laksaman")
    x = 72 + sum(face.width(face.number(letter)) for letter in "ครัวเรือน12") * SIZE / 1000
    line = [(72, "ครัวเรือน12"), (round(x, 2), "2", 9, 6), (round(x + 12, 2), "ตำบล".replace("ำ", "ํา"))]
    assert read([line, *PROSE], face=face).split("\n")[0] == "ครัวเรือน12² ตำบล"


@pytest.mark.parametrize("size", [9, round(SIZE * 0.834, 2)], ids=["word processor", "browser"])
def test_a_raised_thai_digit_is_parted_by_a_space(read, size):
    face = thai_pdf.Face("Laksaman")
    x = round(72 + face_width(face, "มาตรา๗"), 2)
    assert read([[(72, "มาตรา๗"), (x, "๓", size, 6)], *PROSE], face=face).split("\n")[0] == "มาตรา๗ ๓"


def test_parentheses_around_a_raised_thai_digit_are_like_it(read):
    face = thai_pdf.Face("Laksaman")
    x = round(72 + face_width(face, "มาตรา๗"), 2)
    assert read([[(72, "มาตรา๗"), (x, "(๑)", 9, 6)], *PROSE], face=face).split("\n")[0] == "มาตรา๗ (๑)"


def test_a_number_of_the_same_size_is_not_raised_and_a_small_line_stays_a_line(read):
    lines = [[(72, "๒๕๖๘"), (124, "๑๒", SIZE, 2)], [(72, "๑ หมายเหตุท้ายตาราง", 9, 0)], *PROSE]
    assert read(lines).split("\n")[:2] == ["๒๕๖๘ ๑๒", "๑ หมายเหตุท้ายตาราง"]


def test_letter_spaced_heads_and_condensed_words_have_their_spaces(read):
    wide = [(72, "ประกาศ เทศบาล".replace(" ", ""), SIZE, 0, 5)]
    face = thai_pdf.Face()
    heads = []
    x = 72.0
    for word in ("ประกาศ", "เทศบาล", "เมืองสตูล"):
        heads.append((round(x, 2), word, SIZE, 0, 5))
        x += sum(face.width(face.number(letter)) * SIZE / 1000 + 5 for letter in word) + 5
    narrow = []
    x = 72.0
    for word in ("กองช่าง", "กองคลัง", "กองการศึกษา"):
        narrow.append((round(x, 2), word, SIZE, 0, -0.7))
        x += sum(face.width(face.number(letter)) * SIZE / 1000 - 0.7 for letter in word) + 2.6
    assert read([wide, heads, narrow, *PROSE]).split("\n")[:3] == [
        "ประกาศเทศบาล", "ประกาศ เทศบาล เมืองสตูล", "กองช่าง กองคลัง กองการศึกษา",
    ]  # fmt: skip


def test_a_word_across_the_page_is_no_part_of_its_lines(read):
    drawing = "Q BT /F1 60 Tf 0.7 0.7 -0.7 0.7 150 500 Tm <{}> Tj ET q"
    face = thai_pdf.Face()
    codes = "".join(f"{face.number(letter):04X}" for letter in "รายงาน")
    lines = PROSE * 8
    text = read(lines, drawing=drawing.format(codes))
    assert text.split("\n") == [*lines, "รายงาน"]


def test_a_row_of_dots_is_one_sign_and_an_abbreviation_keeps_its_dots(read):
    lines = [
        "ชื่อ........................นามสกุล............",
        "พ.ศ. ............",
        "วันที่ ......./......./.......",
        "และอื่น ๆ...",
        "บทที่ ๑ ........................ ๕",
    ]
    assert read(lines).split("\n") == [
        "ชื่อ……นามสกุล……", "พ.ศ. ……", "วันที่ ……/……/……", "และอื่น ๆ...", "บทที่ ๑ …… ๕",
    ]  # fmt: skip


def test_what_is_typed_on_a_row_of_dots_loses_the_dots_under_it(read):
    line = [(72, "." * 60), (120, "เทศบาลเมืองสตูล")]
    assert read([line, *PROSE]).split("\n")[0] == "……เทศบาลเมืองสตูล……"


def test_a_check_box_is_a_sign_whether_drawn_or_a_letter_of_a_symbol_font(read):
    box = "1 w 74 758 11 11 re S 174 758 11 11 re S 176 766 m 179 760 l 184 768 l S"
    lines = [[(92, "อนุมัติ"), (192, "อื่นๆ")], *PROSE]
    assert read(lines, drawing=box).split("\n")[0] == "☐ อนุมัติ ☑ อื่นๆ"


def test_a_rule_beside_words_is_a_blank(read):
    lines = [[(72, "ลงชื่อ"), (300, "ผู้ขอ")], *PROSE]
    assert read(lines, drawing="0.6 w 110 759 m 295 759 l S").split("\n")[0] == "ลงชื่อ …… ผู้ขอ"


NOTE = ["ข้อควรทราบ ให้ใช้ทาง", "เบี่ยงถนนสายวัดป่า", "ทุกวัน และงดจอดรถ", "สองข้างทาง"]
RUNNING = [
    "เทศบาลตำบลกระทู้จะปรับปรุง", "ถนนสายบ้านดอนถึงตลาดสด", "ระยะทางสองพันสี่ร้อยเมตร", "โดยใช้งบประมาณของเทศบาล",
    "ขอให้ผู้ใช้ถนนระมัดระวัง",
]  # fmt: skip


def beside_a_frame(first, step):
    """Running text with a framed note beside it, whose first line stands `first` points over the text's."""
    lines: list[list[tuple[Any, ...]]] = [[(72, text)] for text in RUNNING]
    lines[0] += [(336, text, SIZE, first - step * at) for at, text in enumerate(NOTE)]
    top, bottom = 760 + first + 20, 760 + first - step * (len(NOTE) - 1) - 9
    return {"lines": lines, "drawing": f"1 w 330 {bottom} 200 {top - bottom} re S"}


@pytest.mark.parametrize(("first", "step"), [(6, 21), (-34, 19), (9, 23)])
def test_a_framed_note_is_read_as_one_before_the_text_that_runs_past_it(read, first, step):
    first_line = 1 if first < 0 else 0
    text = [*RUNNING[:first_line], *NOTE, *RUNNING[first_line:]]
    assert read(**beside_a_frame(first, step)).split("\n") == text


def test_the_answers_in_a_frame_stay_beside_their_questions(read):
    rows = [f"{asked}\t{answer}" for asked, answer in zip(RUNNING, NOTE, strict=False)]
    assert read(**beside_a_frame(0, 26)).split("\n")[: len(rows)] == rows


def test_the_blanks_of_an_office_in_a_frame_stay_in_their_rows(read):
    office = ["กองการศึกษา", "เลขที่ ......................", "วันที่ ......................"]
    lines: list[list[tuple[Any, ...]]] = [[(72, text)] for text in RUNNING[:3]]
    lines[0] += [(336, text, SIZE, 4 - 24 * at) for at, text in enumerate(office)]
    text = read(lines, drawing="1 w 330 704 200 80 re S")
    assert text.split("\n")[0] == f"{RUNNING[0]}\t{office[0]}"
