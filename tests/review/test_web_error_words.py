"""What goes wrong is said in Thai, too, and without the terminal's words."""

import ast
import re
from pathlib import Path

import pytest

from model.errors import GateError, UsageError
from review.web.error_words import MESSAGES, REMEDIES, error_words, reason_words
from review.web.requests import BadRequest, told

ROOT = Path(__file__).parents[2]
ERRORS = {
    "UsageError",
    "BadInput",
    "GateError",
    "NotAllowed",
    "Outdated",
    "LedgerError",
    "DamagedBlob",
    "WrongPassword",
}
NOT_IN_A_BROWSER = {"authenticator.py"}
"""What is told when the server starts."""
ELSEWHERE = ("audit/sampling/draw.py", "ledger/people.py", "model/visible.py", "reports/export_format.py")


def form(node):
    """The form of a message in the source, with braces for what differs; None where it is no text there."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return None


def reached(start):
    """The files of the room that this one imports, and what these import."""
    found, left = {ROOT / start}, [ROOT / start]
    while left:
        for node in ast.walk(ast.parse(left.pop().read_text("utf-8"))):
            if not (isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("review")):
                continue
            for name in (node.module, *(f"{node.module}.{one.name}" for one in node.names)):
                file = ROOT / f"{name.replace('.', '/')}.py"
                if file.is_file() and file not in found:
                    found.add(file)
                    left.append(file)
    return sorted(one for one in found if one.name not in NOT_IN_A_BROWSER)


def raised():
    """Every form of a message and of a remedy of the errors that the review page can meet."""
    for file in [*reached("review/web/app.py"), *(ROOT / one for one in ELSEWHERE)]:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
                continue
            if node.func.id == "plainly":
                yield f"{file.name}:{node.lineno}", MESSAGES, form(node.args[1])
            if node.func.id not in ERRORS:
                continue
            remedies = [form(one.value) for one in node.keywords if one.arg == "remedy"]
            for known, text in ((MESSAGES, form(node.args[0])), *((REMEDIES, one) for one in remedies)):
                if text:
                    yield f"{file.name}:{node.lineno}", known, text


def covered(table, text):
    """True for a form that the table has, or that one with fewer braces in it stands for."""
    return any(re.fullmatch(".*?".join(map(re.escape, one.split("{}"))), text, re.DOTALL) for one in table)


def test_every_error_that_the_review_page_can_meet_has_its_thai():
    lacking = [f"{place}: {text}" for place, table, text in raised() if not covered(table, text)]
    assert lacking == []
    assert sum(1 for _ in raised()) > 100


@pytest.mark.parametrize("table", [MESSAGES, REMEDIES])
def test_thai_is_thai_and_no_browser_is_sent_to_the_terminal(table):
    for english, (browser, thai) in table.items():
        assert re.search("[ก-๙]", thai), english
        said = browser or english
        assert "`" not in said, english
        assert not re.search(r"(?<!\w)--\w", said), english
        names = set(re.findall(r"\{(\w+)\}", browser + thai)) - {"pages"}
        assert names <= {str(number) for number in range(english.count("{}"))}, english


def test_ids_are_not_shown_and_pages_are():
    overlap = UsageError(
        "988cda2d23b3eebe and d98a3647f3d38689 on page 2 overlap and cannot both be accepted.",
        remedy="Reject one of them.",
    )
    assert error_words(overlap, "en") == (
        "Two changes on page 2 overlap, and both cannot be accepted. Reject one of them."
    )
    assert error_words(overlap, "th") == "การแก้ไขสองรายการในหน้า 2 ซ้อนกัน จึงรับทั้งสองไม่ได้ ปฏิเสธรายการหนึ่ง"
    gate = GateError(
        "scan.pdf cannot be signed yet. Page 2: 36 open: f7dc86381f895d97, 988cda2d. Page 5 was not read yet.",
        remedy="Decide what is open with `chamra decide`, then sign again.",
    )
    assert error_words(gate, "en") == (
        "scan.pdf cannot be signed yet; something is left on these pages: 2, 5. Decide what is open, then sign again."
    )
    assert error_words(gate, "th") == "ยังลงนาม scan.pdf ไม่ได้ ยังมีสิ่งค้างในหน้า 2, 5 ตัดสินส่วนที่ค้าง แล้วลงนามอีกครั้ง"


def test_why_a_page_failed_is_told_in_the_readers_language():
    reason = (
        "a.pdf, page 3: Tesseract took longer than 300 s and was stopped. "
        "Read the page again; if that fails, transcribe or waive it."
    )
    assert reason_words(reason, "en") == reason
    assert reason_words(reason, "th").startswith("a.pdf หน้า 3: Tesseract ใช้เวลานานเกิน 300 วินาที")
    assert "ยกเว้นหน้านี้" in reason_words(reason, "th")
    assert reason_words("of another program", "th") == "of another program"
    assert reason_words("{0} {pages}", "th") == "{0} {pages}"


def test_a_request_that_our_page_does_not_make_tells_a_person_what_to_do():
    assert "โหลดหน้าใหม่" in told(BadRequest("A text names its line."), "th")
    assert told(BadRequest("A text names its line."), "en").endswith("(A text names its line.)")


def test_an_error_is_said_in_the_language_of_who_asks(web_house):
    visitor = web_house.visitor()
    path = f"/api/documents/{web_house.document}/pages/1/return"
    for language, said in (
        ("th", "การส่งหน้ากลับต้องมีหมายเหตุ โปรดเขียนเหตุผล"),
        ("en", "Returning a page needs a note. Say why in words."),
    ):
        visitor.client.get(f"/?lang={language}")
        assert visitor.post(path, {"note": ""}).json()["message"] == said
    shown = visitor.client.get("/nothing?lang=th")
    assert (shown.status_code, "ไม่พบหน้าที่ต้องการ" in shown.text) == (404, True)
    assert visitor.client.get("/api/nothing").status_code == 404


@pytest.mark.parametrize(
    "quoted", ["of a has no pages", "is no mark", "a may mean b", "a does not answer: b"]
)
def test_what_a_sentence_quotes_does_not_make_it_another(quoted):
    assert error_words(UsageError(f"The page {quoted}."), "th") == f"ลายมือชื่อของหน้านี้ใช้ไม่ได้: {quoted}"
