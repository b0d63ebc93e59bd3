"""Decisions by spreadsheet: what is filled in is recorded by the rules of everywhere, or nothing is."""

import datetime
import io
from typing import Any

import pytest
from openpyxl import load_workbook

from model.decision import Verdict
from model.errors import BadInput, Outdated, UsageError
from review.decide import accept, decide
from review.decision_sheet import COLUMNS, WAY, read_decision_sheet, write_decision_sheet
from review.state import document_state
from tests.reports.made_pages import picture
from tests.review.house import CHIANG_MAI, FIRST, KATHU, MALEE, SATUN, SOMCHAI, YEAR
from tests.workspace import samples

NAMES = [english for english, _, _ in COLUMNS]


class Sheet:
    """The sheet of the house's document as a reviewer has it open."""

    def __init__(self, house) -> None:
        self.house = house
        self.book = load_workbook(io.BytesIO(write_decision_sheet(house.ws, house.document)))
        self.cells = self.book["Review"]
        self.saved: bytes | None = None

    def rows(self) -> list[dict[str, str]]:
        return [
            {name: "" if value is None else str(value) for name, value in zip(NAMES, row, strict=True)}
            for row in self.cells.iter_rows(min_row=2, values_only=True)
        ]

    def row_of(self, finding: str) -> int:
        return next(n for n, row in enumerate(self.rows(), 2) if row["Reference"].endswith(finding))

    def fill(self, finding: str, decision: object = None, text: object = None, reason: object = None) -> None:
        row = self.row_of(finding)
        for name, value in (("Decision", decision), ("Own text", text), ("Reason", reason)):
            cell: Any = self.cells.cell(row, NAMES.index(name) + 1)
            cell.value = value

    def data(self) -> bytes:
        if self.saved is None:
            out = io.BytesIO()
            self.book.save(out)
            self.saved = out.getvalue()
        return self.saved

    def record(self, who=SOMCHAI):
        ws, document = self.house.ws, self.house.document
        asked = read_decision_sheet(ws, document, self.data(), "sheet.xlsx")
        return decide(ws, document, asked.requests, who, how=WAY, expected=asked.expected)


@pytest.fixture
def sheet(house, monkeypatch):
    monkeypatch.setattr(house, "image", lambda number: drawn())
    house.two_pages()
    return Sheet(house)


def drawn() -> bytes:
    return picture(2480, 3508)


def test_it_lists_what_waits_with_its_line_and_a_picture_and_nothing_else(sheet) -> None:
    waiting = {
        f"{page.number}:{finding}"
        for page in document_state(sheet.house.ws, sheet.house.document).pages
        for finding in page.open_findings
    }
    assert {row["Reference"] for row in sheet.rows()} == waiting
    row = sheet.rows()[sheet.row_of(KATHU.id) - 2]
    assert (row["As read"], row["Proposed"], row["Line"]) == ("กระทู้", "กะทู้", FIRST)
    assert len(sheet.cells._images) == len(waiting)


def test_what_is_filled_in_is_recorded_and_the_rest_goes_on_waiting(sheet) -> None:
    sheet.fill(KATHU.id, "รับ")
    sheet.fill(CHIANG_MAI.id, "แก้", "เชียงใหม่ ", "เทียบกับต้นฉบับ")
    sheet.fill(YEAR.id, "accept")
    made = {one.subject.finding: one for one in sheet.record()}
    assert {key: one.verdict for key, one in made.items()} == {
        KATHU.id: Verdict.ACCEPT, CHIANG_MAI.id: Verdict.EDIT, YEAR.id: Verdict.ACKNOWLEDGE,
    }  # fmt: skip
    assert made[CHIANG_MAI.id].after == "เชียงใหม่ "
    assert made[CHIANG_MAI.id].note == "เทียบกับต้นฉบับ"
    assert made[KATHU.id].how == "spreadsheet"
    first = document_state(sheet.house.ws, sheet.house.document).pages[0]
    assert SATUN.id in first.open_findings
    assert sheet.record() == ()


def test_a_second_person_decides_in_a_sheet_of_their_own(sheet) -> None:
    sheet.fill(SATUN.id, "รับ")
    sheet.record()
    second = Sheet(sheet.house)
    second.fill(SATUN.id, "รับ")
    second.record(MALEE)
    assert SATUN.id not in document_state(sheet.house.ws, sheet.house.document).pages[0].open_findings


def test_what_was_decided_since_is_not_decided_over(sheet) -> None:
    sheet.fill(KATHU.id, "ไม่รับ")
    accept(sheet.house.ws, sheet.house.document, [KATHU.id], MALEE)
    with pytest.raises(Outdated):
        sheet.record()


@pytest.mark.parametrize(
    ("decision", "text", "says"),
    [
        ("ตกลง", None, "'ตกลง' is no decision"),
        (None, "กะทู้", "no decision"),
        ("แก้", None, "to edit is to give a text"),
        ("รับ", "กะทู้", "nobody edits"),
        ("แก้", datetime.date(2026, 1, 2), "a date of a text"),
        ("แก้", datetime.time(9, 30), "a date of a text"),
        ("แก้", True, "true or false of a text"),
        ("แก้", 1234567890123456, "shown in another way of a text"),
    ],
)
def test_a_row_that_cannot_be_meant_is_named_and_nothing_is_recorded(sheet, decision, text, says) -> None:
    sheet.fill(CHIANG_MAI.id, "รับ")
    sheet.fill(KATHU.id, decision, text)
    with pytest.raises(UsageError, match=rf"row {sheet.row_of(KATHU.id)}: .*{says}"):
        sheet.record()
    state = document_state(sheet.house.ws, sheet.house.document)
    assert not any(made for page in state.pages for made in page.decisions.values())


def test_columns_that_were_sorted_apart_are_noticed(sheet) -> None:
    column = NAMES.index("As read") + 1
    first, second = sheet.row_of(KATHU.id), sheet.row_of(SATUN.id)
    values = sheet.cells.cell(first, column).value, sheet.cells.cell(second, column).value
    sheet.cells.cell(first, column).value, sheet.cells.cell(second, column).value = values[::-1]
    sheet.fill(KATHU.id, "รับ")
    with pytest.raises(UsageError, match="sorted apart"):
        sheet.record()


def test_a_number_that_a_spreadsheet_made_of_a_text_is_the_text_again(sheet) -> None:
    sheet.fill(KATHU.id, "แก้", 25.0, 2569)
    (made,) = sheet.record()
    assert (made.after, made.note) == ("25", "2569")


@pytest.mark.parametrize(
    ("written", "form"),
    [(25, "[$-D07041E]t0"), (1250.5, "#,##0.00"), (0.5, "0%"), (7, "0000"), (12500, '#,##0" บาท"')],
)
def test_a_number_that_is_shown_otherwise_than_it_is_kept_is_no_text(sheet, written, form) -> None:
    """In Thai digits, with commas, as a share, with noughts: nobody knows what the person has seen and meant."""
    sheet.fill(KATHU.id, "แก้", written)
    sheet.cells.cell(sheet.row_of(KATHU.id), NAMES.index("Own text") + 1).number_format = form
    with pytest.raises(UsageError, match="a number that is shown in another way"):
        sheet.record()


def test_thai_digits_noughts_and_dates_that_are_texts_come_back_as_they_are(sheet) -> None:
    sheet.fill(KATHU.id, "แก้", "๐๒๕", "๑ ม.ค. ๒๕๖๙")
    (made,) = sheet.record()
    assert (made.after, made.note) == ("๐๒๕", "๑ ม.ค. ๒๕๖๙")


@pytest.mark.parametrize("word", ["รับ ", "\u200bรับ", " Accept", "\u00a0รับ"])
def test_a_decision_is_the_word_whatever_white_stands_around_it(sheet, word) -> None:
    sheet.fill(KATHU.id, word)
    (made,) = sheet.record()
    assert made.verdict is Verdict.ACCEPT


def test_two_vowels_that_look_like_one_are_that_one_in_the_decision_alone(sheet) -> None:
    sheet.fill(KATHU.id, "เเก้", "เเก้ว")
    (made,) = sheet.record()
    assert (made.verdict, made.after) == (Verdict.EDIT, "เเก้ว")


def test_columns_that_nobody_fills_in_may_be_deleted_and_moved(sheet) -> None:
    sheet.fill(KATHU.id, "ไม่รับ", reason="เทียบแล้ว")
    for name in ("Why", "Line", "Picture", "Page"):
        sheet.cells.delete_cols(NAMES.index(name) + 1)
    kept = [one for one in NAMES if one not in ("Why", "Line", "Picture", "Page")]
    for row in sheet.cells.iter_rows():
        values = dict(zip(kept, [cell.value for cell in row], strict=False))
        for cell, name in zip(row, reversed(kept), strict=False):
            cell.value = values[name]
    (made,) = sheet.record()
    assert (made.verdict, made.note) == (Verdict.REJECT, "เทียบแล้ว")


@pytest.mark.parametrize("name", ["Reference", "As read", "Proposed", "Decision", "Version"])
def test_a_column_that_is_needed_and_gone_is_named(sheet, name) -> None:
    sheet.fill(KATHU.id, "รับ")
    sheet.cells.delete_cols(NAMES.index(name) + 1)
    says = "no row that names its columns" if name == "Reference" else f"twice or not at all: {name}"
    with pytest.raises(BadInput, match=says):
        sheet.record()


def test_a_column_that_was_copied_is_named(sheet) -> None:
    sheet.cells.cell(1, len(NAMES) + 2).value = "ผลการพิจารณา"
    with pytest.raises(BadInput, match="twice or not at all: Decision"):
        sheet.record()


def test_rows_may_be_moved_deleted_and_parted_by_blank_ones_and_a_title(sheet) -> None:
    sheet.fill(KATHU.id, "รับ")
    sheet.fill(CHIANG_MAI.id, "ไม่รับ")
    rows = [[cell.value for cell in row] for row in sheet.cells.iter_rows()]
    sheet.cells.delete_rows(1, len(rows))
    filled = [row for row in rows[1:] if row[NAMES.index("Decision")]]
    for at, row in enumerate([["ประชุมครั้งที่ ๒"], [], rows[0], filled[1], [], [], filled[0]], 1):
        for column, value in enumerate(row, 1):
            sheet.cells.cell(at, column).value = value
    made = {one.subject.finding: one.verdict for one in sheet.record()}
    assert made == {KATHU.id: Verdict.ACCEPT, CHIANG_MAI.id: Verdict.REJECT}


def test_a_row_is_named_by_its_number_in_the_sheet(sheet) -> None:
    sheet.cells.insert_rows(1, 3)
    sheet.cells.cell(sheet.row_of(KATHU.id), NAMES.index("Decision") + 1).value = "ตกลง"
    with pytest.raises(UsageError, match=rf"row {sheet.row_of(KATHU.id)}: 'ตกลง' is no decision"):
        sheet.record()


def test_a_sheet_that_was_given_another_name_is_read(sheet) -> None:
    sheet.fill(KATHU.id, "รับ")
    sheet.cells.title = "ตรวจแล้ว"
    assert len(sheet.record()) == 1


def test_two_people_share_a_sheet_and_neither_decides_over_the_other(sheet) -> None:
    """Each fills in rows of a copy of their own; one row both."""
    other, late = Sheet(sheet.house), Sheet(sheet.house)
    sheet.fill(KATHU.id, "รับ")
    other.fill(CHIANG_MAI.id, "รับ")
    assert len(sheet.record(SOMCHAI)) == 1
    assert len(other.record(MALEE)) == 1
    late.fill(KATHU.id, "ไม่รับ")
    with pytest.raises(Outdated):
        late.record(MALEE)


def test_nothing_in_it_is_a_formula(house, monkeypatch) -> None:
    text = '=HYPERLINK("x") +1 @a -2'
    monkeypatch.setattr(house, "image", lambda number: drawn())
    house.source(1)
    house.read(1, text, samples.findings(text, samples.proposal(text, "=HYPERLINK", "=1+1")))
    cells = load_workbook(io.BytesIO(write_decision_sheet(house.ws, house.document)))["Review"]
    assert {cell.data_type for row in cells.iter_rows() for cell in row} <= {"s", "inlineStr", "n"}
    assert cells.cell(2, NAMES.index("Proposed") + 1).value == "=1+1"


def test_a_sheet_of_another_document_or_none_is_refused(sheet, tmp_path) -> None:
    ws = sheet.house.ws
    data = sheet.data()
    other = sheet.house.source(1, name="อื่น.pdf")
    with pytest.raises(BadInput, match="about another document"):
        read_decision_sheet(ws, other, data, "sheet.xlsx")
    for wrong in (b"", b"PK", b"text"):
        with pytest.raises(BadInput, match="is no sheet of decisions"):
            read_decision_sheet(ws, other, wrong, "sheet.xlsx")


def test_the_commands_write_and_read_it(chamra, house, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(house, "image", lambda number: drawn())
    document = house.two_pages()
    file = tmp_path / "sheet.xlsx"
    assert chamra("sheet", document, "-w", house.ws.path, "-o", file)[0] == 0
    book = load_workbook(file)
    row = next(n for n in range(2, 9) if str(book["Review"].cell(n, 1).value).endswith(KATHU.id))
    book["Review"].cell(row, NAMES.index("Decision") + 1).value = "ไม่รับ"
    book.save(file)
    status, out, _ = chamra("decide", document, "-w", house.ws.path, "--who", "สมชาย", "--sheet", file)
    assert status == 0
    assert "recorded 1 decision by" in out
