"""`chamra tables`: cells by place, numbers, places, sums, tables over pages."""

import csv
import io
import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import jsonschema
import openpyxl
import pytest

from dictionaries.resources import default_resources
from model.region import TableCellRole
from model.state import Outcome
from pipeline.table_list import document_tables
from reports.table_values import number_of
from reports.tables import tables_csv, tables_html, tables_object
from reports.tables_xlsx import tables_xlsx
from tests.pipeline import table_pages
from tests.workspace import samples

SCHEMA = Path(__file__).parents[2] / "docs/schemas/tables.json"
XS = [180, 700, 1100, 1500]
ROWS = [
    [(200, "รายการ"), (720, "๒๕๖๖"), (1120, "๒๕๖๗")],
    [(200, "ถนน"), (720, "๑,๒๐๐"), (1120, "1,500")],
    [(200, "สะพาน"), (720, "๓๐๐"), (1120, "250")],
    [(200, "รวม"), (720, "๑,๕๐๐"), (1120, "1,760")],
]
YS = [190, 250, 310, 370, 430]


def tables_of(edition, layer="raw"):
    return document_tables(edition, layer, default_resources())


def ruled(**more):
    return table_pages.page(ROWS, tables=[table_pages.grid(XS, YS)], **more)


def texts(table):
    return [
        [cell.text if (cell := table.at(row, column)) else None for column in range(table.column_count)]
        for row in range(table.row_count)
    ]


def test_each_cell_has_the_letters_that_stand_in_it_its_page_and_its_box():
    (table,) = tables_of(table_pages.edition(ruled())).tables
    assert table.ruled
    assert texts(table) == [[text for _, text in row] for row in ROWS]
    cell = table.at(1, 1)
    assert (cell.page, cell.box.left, cell.box.top, cell.box.right) == (1, 700, 250, 1100)


def test_numbers_are_numbers_in_both_scripts_and_years_make_a_head():
    (table,) = tables_of(table_pages.edition(ruled())).tables
    assert [table.at(row, 1).number for row in (1, 2)] == [Decimal(1200), Decimal(300)]
    assert [cell.header for cell in table.cells] == [True] * 3 + [False] * 9


def test_letters_of_neighbouring_cells_that_were_read_as_one_word_are_parted():
    page = table_pages.page([[(650, "๒๕๖๗๑๓,๙๐๕")]], tables=[table_pages.grid([500, 730, 1100], [190, 250])])
    (table,) = tables_of(table_pages.edition(page)).tables
    assert texts(table) == [["๒๕๖๗", "๑๓,๙๐๕"]]


def test_a_cell_with_several_lines_and_one_that_spans():
    rows = [
        [(200, "ฐานะการเงิน")], [(200, "ทุน"), (720, "วงเงิน")], [(200, "จดทะเบียน"), (720, "สินเชื่อ")],
        [(200, "100"), (720, "200")],
    ]  # fmt: skip
    spans = [TableCellRole(0, 0, 1, 2)]
    page = table_pages.page(rows, tables=[table_pages.grid([180, 700, 1100], [190, 250, 370, 430], spans)])
    (table,) = tables_of(table_pages.edition(page)).tables
    assert [cell.text for cell in table.cells] == [
        "ฐานะการเงิน", "ทุน\nจดทะเบียน", "วงเงิน\nสินเชื่อ", "100", "200",
    ]  # fmt: skip
    assert table.cells[0].column_span == 2


def test_sums_hold_or_are_wrong_by_a_digit_and_other_totals_are_none():
    (table,) = tables_of(table_pages.edition(ruled())).tables
    assert [(one.column, one.of, one.adds_up_to, one.holds) for one in table.sums] == [
        (1, 2, Decimal(1500), True), (2, 2, Decimal(1750), False),
    ]  # fmt: skip
    other = [row if at < 3 else [(200, "รวม"), (720, "๙"), (1120, "88")] for at, row in enumerate(ROWS)]
    page = table_pages.page(other, tables=[table_pages.grid(XS, YS)])
    assert tables_of(table_pages.edition(page)).tables[0].sums == ()


def test_the_sums_of_rows_are_checked_where_a_column_says_so():
    rows = [
        [(200, "หมู่"), (720, "ชาย"), (1120, "หญิง"), (1520, "รวม")],
        [(200, "1"), (720, "265"), (1120, "280"), (1520, "545")],
        [(200, "2"), (720, "608"), (1120, "323"), (1520, "981")],
    ]
    page = table_pages.page(rows, tables=[table_pages.grid([*XS, 1900], YS[:4])])
    (table,) = tables_of(table_pages.edition(page)).tables
    assert [(one.row, one.down, one.holds) for one in table.sums] == [(1, False, True), (2, False, False)]


def test_places_have_their_codes():
    rows = [[(200, "จังหวัด"), (720, "ครัวเรือน")], [(200, "เชียงราย"), (720, "120")], [(200, "สตูล"), (720, "95")]]
    page = table_pages.page(rows, tables=[table_pages.grid(XS[:3], YS[:4])])
    (table,) = tables_of(table_pages.edition(page)).tables
    assert [table.at(row, 0).code for row in range(3)] == ["", "57", "91"]


def test_the_layer_decides_the_text_and_what_waits_is_counted():
    page = ruled()
    proposal = samples.proposal(page.reading.text, "สะพาน", "สะพานไม้")
    edition = table_pages.edition(
        page, findings=table_pages.found(page, proposal), outcomes={proposal.id: Outcome.OPEN}
    )
    raw, proposed = (tables_of(edition, layer).tables[0].at(2, 0) for layer in ("raw", "proposed"))
    assert (raw.text, proposed.text) == ("สะพาน", "สะพานไม้")
    assert raw.waiting == 1
    assert tables_of(edition).tables[0].at(1, 0).waiting == 0


def test_a_table_that_goes_on_on_the_next_page_is_one_with_its_head_known_again():
    first = table_pages.page(ROWS[:3], top=3000, tables=[table_pages.grid(XS, [y + 2800 for y in YS[:4]])])
    rest = table_pages.page([ROWS[0], ROWS[3]], number=2, tables=[table_pages.grid(XS, YS[:3])])
    (table,) = tables_of(table_pages.edition(first, rest)).tables
    assert table.pages == (1, 2)
    assert texts(table) == [[text for _, text in row] for row in (*ROWS[:3], ROWS[0], ROWS[3])]
    assert [cell.row for cell in table.cells if cell.header] == [0, 0, 0, 3, 3, 3]
    assert table.at(4, 1).page == 2


def test_another_table_on_the_next_page_is_another_table():
    first = table_pages.page(ROWS, tables=[table_pages.grid(XS, YS)])
    rest = table_pages.page(ROWS, number=2, tables=[table_pages.grid(XS, YS)])
    assert len(tables_of(table_pages.edition(first, rest)).tables) == 2


def test_lines_with_columns_are_a_table_without_rules():
    prose = [[(200, "รายงานการประชุมสภาเทศบาลเมืองสตูล")]]
    (table,) = tables_of(table_pages.edition(table_pages.page([*prose, *ROWS, *prose]))).tables
    assert not table.ruled
    assert texts(table) == [[text for _, text in row] for row in ROWS]


@pytest.mark.parametrize(
    "rows",
    [
        ROWS[:2],
        [[(200, "ที่ประชุมรับทราบ"), (1200, "และเห็นชอบ")], [(200, "ตามที่เสนอ")], [(200, "ก"), (900, "ข")]],
        [[(200, "รายงานการประชุมสภาเทศบาล"), (1200, "รายงานการประชุมสภาเทศบาล")]] * 4,
    ],
    ids=["two lines", "no lines below each other", "two pages side by side"],
)
def test_what_is_no_table(rows):
    assert tables_of(table_pages.edition(table_pages.page(rows))).tables == ()


def test_a_table_with_rules_is_not_found_again_by_its_white():
    assert len(tables_of(table_pages.edition(ruled())).tables) == 1


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("๑,๒๕๐", 1250), ("1 250", 1250), ("12.50", "12.5"), ("-3", -3), ("(1,250)", -1250), ("(1)", None),
        ("0812345678", None), ("๐", 0), ("0.5", "0.5"), ("-", None), ("12%", None), ("12,50", None), ("", None),
        ("ชั้น ๑", None), ("1250", 1250),
    ],
)  # fmt: skip
def test_what_is_a_number(text, number):
    assert number_of(text) == (None if number is None else Decimal(number))


def test_the_json_is_as_its_schema_says():
    found = tables_object(tables_of(table_pages.edition(ruled())))
    jsonschema.validate(found, json.loads(SCHEMA.read_text()))
    (table,) = found["tables"]
    assert table["cells"][4] == {
        "page": 1, "box": [700, 250, 1100, 310], "row": 1, "column": 1, "row_span": 1, "column_span": 1,
        "header": False, "text": "๑,๒๐๐", "number": 1200, "code": "", "waiting": 0,
    }  # fmt: skip


def test_the_csv_has_one_line_a_cell():
    rows = list(csv.DictReader(io.StringIO(tables_csv(tables_of(table_pages.edition(ruled()))))))
    assert len(rows) == 12
    assert (
        rows[10] | {"text": "๑,๕๐๐", "number": "1500", "sum": "holds", "left": "700", "page": "1"} == rows[10]
    )
    assert rows[11]["sum"] == "wrong"


def test_the_workbook_has_numbers_spans_and_no_formulas():
    rows = [[(200, "=1+1")], [(200, "ก"), (720, "๑๒")]]
    spans = [TableCellRole(0, 0, 1, 2)]
    page = table_pages.page(rows, tables=[table_pages.grid(XS[:3], YS[:3], spans)])
    book = openpyxl.load_workbook(io.BytesIO(tables_xlsx(tables_of(table_pages.edition(page)))))
    sheet, cells = book["table 1 page 1"], book["cells"]
    assert (sheet["A1"].value, sheet["A1"].data_type) == ("=1+1", "s")
    assert (sheet["B2"].value, sheet["B2"].data_type) == (12, "n")
    assert [str(merged) for merged in sheet.merged_cells.ranges] == ["A1:B1"]
    assert cells.max_row == 4
    assert cells["H2"].data_type == "s"


def test_the_page_says_page_and_box_of_each_cell_and_escapes_its_text():
    rows = [[(200, "<b>"), (720, "12")], [(200, "ก"), (720, "๑๒")]]
    page = table_pages.page(rows, tables=[table_pages.grid(XS[:3], YS[:3])])
    html = tables_html(tables_of(table_pages.edition(page)))
    assert 'data-page="1" data-box="180,190,700,250"' in html
    assert "&lt;b&gt;" in html
    assert "<b>" not in html
    assert 'data-number="12"' in html


def test_a_page_that_was_not_read_has_no_tables():
    edition = table_pages.edition(ruled())
    state = replace(edition.state.pages[0], page=None)
    assert tables_of(replace(edition, state=replace(edition.state, pages=(state,)))).tables == ()
