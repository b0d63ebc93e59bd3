"""A spreadsheet for reviewers: what waits for a decision, with its picture, to be filled in and read back."""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.drawing.image import Image
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from ledger.history import read_history
from model.box import Box
from model.decision import Verdict
from model.edit import Finding, Span
from model.errors import BadInput, UsageError
from model.state import PageState
from ocr.sandbox.limits import DEFAULT_LIMITS
from ocr.sandbox.process import WorkerDied, WorkerRefused, ask_once
from reports.crops import PageImage
from review import sheet_worker
from review.decide import DecisionRequest
from review.state import page_states
from review.web.rule_words import thai_words
from workspace.workspace import Workspace

SCHEMA = "chamra/decision-sheet/1"
WAY = "spreadsheet"
"""How a decision was made that comes from a sheet."""

MOST_BYTES = 256 * 1024 * 1024

COLUMNS = (
    ("Reference", "รหัส", 24), ("Page", "หน้า", 7), ("Picture", "ภาพ", 48), ("As read", "ที่อ่านได้", 24),
    ("Proposed", "ที่เสนอ", 24), ("Line", "บรรทัด", 48), ("Why", "เหตุที่เสนอ", 32), ("Decision", "ผลการพิจารณา", 14),
    ("Own text", "ข้อความที่แก้", 24), ("Reason", "เหตุผล", 24), ("Version", "รุ่น", 12),
)  # fmt: skip
_REFERENCE, _PAGE, _PICTURE, _BEFORE, _AFTER, _LINE, _WHY, _DECISION, _TEXT, _NOTE, _VERSION = range(11)
_FILLED_IN = (_DECISION, _TEXT, _NOTE)
_NEEDED = (_REFERENCE, _BEFORE, _AFTER, _DECISION, _VERSION)
_FIRST_ROW = 2

WORDS = {
    "รับ": Verdict.ACCEPT,
    "ไม่รับ": Verdict.REJECT,
    "แก้": Verdict.EDIT,
    "accept": Verdict.ACCEPT,
    "reject": Verdict.REJECT,
    "edit": Verdict.EDIT,
}
"""What may stand in the column of decisions. To accept a flag is to acknowledge it."""

_OFFERED = '"รับ,ไม่รับ,แก้"'
_POINTS_PER_PIXEL = 0.75
_MOST_WIDTH = 340  # pixels of a picture


@dataclass(frozen=True, slots=True)
class SheetDecisions:
    """What a sheet asks for: requests to decide, and the version of each finding that the reviewer had before them."""

    requests: tuple[DecisionRequest, ...]
    expected: Mapping[str, Sequence[int]]


def write_decision_sheet(ws: Workspace, document: str) -> bytes:
    """An XLSX file with a row for each finding of the document that waits for a person.

    Raises:
        BadInput: the ledger knows no such document.
        DamagedBlob, LedgerError: something that was kept is damaged.
    """
    past = read_history(ws.ledger, document)
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Review"
    _head(sheet)
    row = _FIRST_ROW
    thai = thai_words()
    for page in page_states(ws, past):
        waiting = set(page.open_findings)
        image: PageImage | None = None
        for finding in page.all_findings:
            if finding.id not in waiting or page.page is None:
                continue
            if image is None and page.page.image_sha256:
                image = PageImage(ws.store.get(page.page.image_sha256), page.page)
            _row(sheet, row, page, finding, past.pages[page.number].about(finding.id), thai)
            _picture(sheet, row, image, finding.span)
            row += 1
    offered = DataValidation(type="list", formula1=_OFFERED, allow_blank=True)
    sheet.add_data_validation(offered)
    offered.add(f"H{_FIRST_ROW}:H{max(row, _FIRST_ROW)}")
    sheet.protection.sheet = True
    about = book.create_sheet("About")
    _write(about.cell(1, 1), json.dumps({"schema": SCHEMA, "document": document}))
    about.sheet_state = "hidden"
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def read_decision_sheet(ws: Workspace, document: str, data: bytes, name: str) -> SheetDecisions:
    """The decisions that were filled in, in the order of the rows.

    Raises:
        BadInput: it is no such sheet, or one about another document.
        UsageError: rows cannot be meant; all of them are named.
    """
    rows = _rows(data, name, document)
    pages = {page.number: page for page in page_states(ws, read_history(ws.ledger, document))}
    requests: list[DecisionRequest] = []
    expected: dict[str, Sequence[int]] = {}
    troubles: list[str] = []
    for number, *row in rows:
        if not any(row[column] for column in _FILLED_IN):
            continue
        try:
            if not any(_text(row[column]).strip() for column in _FILLED_IN):
                continue
            request, version = _request(row, pages)
        except ValueError as error:
            troubles.append(f"row {number}: {error}")
            continue
        if request.reference in expected:
            troubles.append(f"row {number}: {request.reference} stands there twice")
        requests.append(request)
        expected[request.reference] = version
    if troubles:
        more = f"; and {len(troubles) - 20} more" if len(troubles) > 20 else ""
        raise UsageError(
            f"{name}: {'; '.join(troubles[:20])}{more}.", remedy="Nothing was recorded; mend these rows."
        )
    return SheetDecisions(tuple(requests), expected)


def _request(row: Sequence[Any], pages: Mapping[int, PageState]) -> tuple[DecisionRequest, tuple[int, ...]]:
    reference, word = _text(row[_REFERENCE]).strip(), _word(_text(row[_DECISION]))
    own, note = _text(row[_TEXT]), _text(row[_NOTE])
    number, _, identity = reference.partition(":")
    page = pages.get(int(number)) if number.isdecimal() else None
    finding = next((one for one in page.all_findings if one.id == identity), None) if page else None
    if page is None or finding is None:
        raise ValueError(f"there is no finding {reference!r} any more")
    before, after = _shown(page, finding)
    if (_text(row[_BEFORE]), _text(row[_AFTER])) != (before, after):
        raise ValueError(
            f"what stands beside {reference} is not what was found there: were columns sorted apart?"
        )
    verdict = WORDS.get(word)
    if verdict is None:
        raise ValueError(
            f"{word!r} is no decision" if word else "there is a text or a reason and no decision"
        )
    if (verdict is Verdict.EDIT) != bool(own):
        raise ValueError("to edit is to give a text" if not own else "a text stands there and nobody edits")
    version = tuple(int(one) for one in _text(row[_VERSION]).split())
    return DecisionRequest(reference, verdict, own or None, note), version


def _head(sheet: Worksheet) -> None:
    for column, (english, thai, width) in enumerate(COLUMNS, 1):
        cell: Any = sheet.cell(1, column)
        _write(cell, f"{thai}\n{english}")
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.column_dimensions[cell.column_letter].width = width
        sheet.column_dimensions[cell.column_letter].hidden = column - 1 == _VERSION
    sheet.freeze_panes = "A2"


def _row(
    sheet: Worksheet,
    row: int,
    page: PageState,
    finding: Finding,
    version: Sequence[int],
    thai: Mapping[str, str],
) -> None:
    assert page.page is not None
    text = page.page.reading.text
    before, after = _shown(page, finding)
    start = text.rfind("\n", 0, finding.span.start) + 1
    end = text.find("\n", finding.span.end)
    values: dict[int, str] = {
        _REFERENCE: f"{page.number}:{finding.id}",
        _PAGE: str(page.number),
        _BEFORE: before,
        _AFTER: after,
        _LINE: _sound(text[start : end if end >= 0 else None]),
        _WHY: _sound(f"{finding.rule} {thai.get(f'rule_{finding.rule}', '')}\n{finding.message}"),
        _VERSION: " ".join(map(str, version)),
    }
    for column in range(len(COLUMNS)):
        cell: Any = sheet.cell(row, column + 1)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.number_format = "@"  # a text: nothing that is written there becomes a number or a date
        if column in _FILLED_IN:
            cell.protection = Protection(locked=False)
            cell.fill = PatternFill("solid", fgColor="FFF8DC")
        elif column in values:
            _write(cell, values[column])


def _shown(page: PageState, finding: Finding) -> tuple[str, str]:
    text = page.page.reading.text if page.page else ""
    return _sound(text[finding.span.start : finding.span.end]), _sound(finding.after or "")


def _write(cell: Cell, text: str) -> None:
    """A text is a text, also where it begins like a formula."""
    cell.value = text
    cell.data_type = "s"
    cell.quotePrefix = True


def _sound(text: str) -> str:
    """What a spreadsheet can hold; line ends as it has them."""
    return str(ILLEGAL_CHARACTERS_RE.sub("\ufffd", text)).replace("\r", "\ufffd")


def _picture(sheet: Worksheet, row: int, image: PageImage | None, span: Span) -> None:
    place = None if image is None else image.place(span) or image.line_box(span)
    if image is None or place is None or not image.shows(place):
        return
    wide = 3 * place.height
    around = Box(max(0, place.left - wide), place.top, place.right + wide, place.bottom)
    crop = image.crop(around)
    picture = Image(io.BytesIO(base64.b64decode(crop.source.partition(",")[2])))
    scale = min(1.0, _MOST_WIDTH / crop.width)
    picture.width, picture.height = round(crop.width * scale), round(crop.height * scale)
    sheet.add_image(picture, sheet.cell(row, _PICTURE + 1).coordinate)
    sheet.row_dimensions[row].height = max(30.0, picture.height * _POINTS_PER_PIXEL + 6)


def column_names() -> str:
    """The columns as `review.sheet_worker` asks for them: JSON of the names of each, and whether it must be there."""
    return json.dumps([[*names[:2], at in _NEEDED] for at, names in enumerate(COLUMNS)])


def _rows(data: bytes, name: str, document: str) -> list[list[Any]]:
    """The rows: each one's number in the sheet, then its cells in the order of `COLUMNS`."""
    remedy = "Give the file that `chamra sheet` wrote, filled in and saved as XLSX."
    try:
        header, payload = ask_once(sheet_worker.__name__, column_names(), data, DEFAULT_LIMITS)
        rows: list[list[Any]] = json.loads(bytes(payload))
    except (WorkerRefused, WorkerDied, ValueError) as error:
        raise BadInput(f"{name} {_unfit(error)}.", remedy=remedy) from error
    schema, meant = str(header.get("schema")), str(header.get("document"))
    if schema != SCHEMA:
        raise BadInput(f"{name} is a sheet of another version ({schema}).", remedy=remedy)
    if meant != document:
        raise BadInput(f"{name} is about another document, {meant[:16]}.", remedy=remedy)
    return rows


def _unfit(error: Exception) -> str:
    if not isinstance(error, WorkerRefused):
        return "is no sheet of decisions"
    if error.code in ("too large", "memory"):
        return "is too large for a sheet of decisions"
    if error.code == "columns":
        return f"has columns twice or not at all: {error.facts.get('names')}"
    return "has no row that names its columns" if error.code == "no head" else "is no sheet of decisions"


def _text(value: object) -> str:
    """A cell's text.

    Raises:
        ValueError: the spreadsheet has made something else of it, so nobody knows what was written.
    """
    if not isinstance(value, str):
        became = value.get("became") if isinstance(value, dict) else value
        raise ValueError(f"the spreadsheet has made {became} of a text: write it as a text")  # noqa: TRY004  of a row
    return value


def _word(text: str) -> str:
    """A decision as `WORDS` has it: two เ, which look like แ, are often typed for it."""
    return text.replace("\u200b", "").strip().lower().replace("เเ", "แ")
