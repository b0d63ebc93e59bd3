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
        ("แก้", datetime.date(2026, 1, 2), "is a date"),
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
