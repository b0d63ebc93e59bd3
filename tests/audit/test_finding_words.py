"""The findings of the audit in Thai: every one, and in the report's tables, on the command line and in the browser."""

import ast
import json
import re
from pathlib import Path
from time import process_time

import pytest

from audit.audit import audit
from audit.finding_words import finding_words, phrase_words
from audit.report import About, AuditReport, Severity
from audit.report_html import audit_html, thai_beside, write_audit
from audit.report_json import report_json
from audit.report_text import report_text
from audit.report_words import AUDIT_WORDS
from audit.sampling.draw import Stratum
from audit.thai_findings import FINDINGS
from audit.thai_phrases import PHRASES
from model.decision import Known
from model.user import Role, UserChange
from reports.known_forms import gaps_in, spoken_gaps
from review.decide import accept_remaining
from review.publish import publish
from review.sign import sign
from tests.review.house import MALEE, SOMCHAI, House
from tests.review.tamper import rewrite

ROOT = Path(__file__).resolve().parents[2]
SPEAKING = [
    *(
        one
        for one in sorted((ROOT / "audit").glob("*.py"))
        if one.stem
        not in {"thai_findings", "thai_phrases", "report_words", "verdict", "local_time", "page_image"}
    ),
    ROOT / "pipeline" / "look_again.py",
    ROOT / "pipeline" / "compared.py",
]
THAI = re.compile("[\u0e01-\u0e5b]")
NOT_SAID = {"audit of a document", "{} x {}", "{} ({}) at {}..{}{}"}


def forms(path):
    """The English of a module, with braces for what differs; what is raised is said by whoever catches it."""
    tree = ast.parse(path.read_text())
    silent = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            silent.add(id(node.value))
        elif isinstance(node, ast.Raise | ast.Assert):
            silent.update(map(id, ast.walk(node)))
        elif isinstance(node, ast.JoinedStr):
            silent.update(id(part) for part in node.values if isinstance(part, ast.Constant))
            silent.update(id(one.format_spec) for one in node.values if isinstance(one, ast.FormattedValue))
    for node in ast.walk(tree):
        if id(node) in silent:
            continue
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif isinstance(node, ast.JoinedStr):
            yield "".join(str(one.value) if isinstance(one, ast.Constant) else "{}" for one in node.values)


def said_forms():
    for path in SPEAKING:
        for form in forms(path):
            words = form.replace("{}", " ")
            if " " in form.strip() and re.search("[a-z]{2}", words) and form not in NOT_SAID:
                yield pytest.param(form, id=f"{path.stem}: {form[:60]}")


@pytest.mark.parametrize("form", list(said_forms()))
def test_whatever_the_audit_says_has_its_thai(form):
    known = [one.replace("{~}", "{}") for one in (*FINDINGS, *PHRASES)]
    pattern = re.compile(".*?".join(map(re.escape, form.strip(" ;").split("{}"))))
    assert any(pattern.search(one) for one in known)


@pytest.mark.parametrize(("form", "thai"), [*FINDINGS.items(), *PHRASES.items()])
def test_the_thai_of_a_form_says_all_that_differs_and_is_thai(form, thai):
    gaps = len(spoken_gaps(form))
    assert {int(one) for one in re.findall(r"\{(\d+)\}", thai)} == set(range(gaps))
    assert THAI.search(thai) or not re.search("[a-z]", form.replace("{~}", "").replace("{}", ""))


@pytest.mark.parametrize("form", list(FINDINGS))
def test_a_sentence_has_the_thai_of_its_own_form(form):
    parts = re.split(r"\{~?\}", form)
    names = [f"ก{number}" for number in range(len(parts))]
    sentence = "".join(word for both in zip(parts, names, strict=True) for word in both)[: -len(names[-1])]
    assert finding_words(sentence, "th") == FINDINGS[form].format(*names)
    assert finding_words(sentence, "en") == sentence


@pytest.mark.parametrize(
    "phrase",
    [
        *Severity, *About, *Role, *(one.value for one in UserChange),
        *(f"{one}, not signed" for one in Known), *(f"{one}: 1 of 9 wrong" for one in Stratum),
        "published", "signed", "revoked", "read", "left out", "failed", "not read",
    ],
)  # fmt: skip
def test_every_word_of_the_tables_is_said_in_thai(phrase):
    assert THAI.search(phrase_words(phrase, "th"))
    assert phrase_words(phrase, "en") == phrase


def test_phrases_within_a_sentence_are_said_and_what_is_quoted_stands_as_it_is():
    said = finding_words("line 3 of /srv/5 pages.log is no anchor", "th")
    assert said == "บรรทัดที่ 3 ของ /srv/5 pages.log ไม่ใช่หลักยึด"
    named = finding_words("was left out by reviewer (signed): 3 pages", "th")
    assert named == "reviewer (signed) ยกเว้นหน้านี้: 3 pages"


def test_places_on_a_page_are_said_in_thai_too():
    said = finding_words(
        "the published text has letters where the page is black, and nobody was asked: "
        "1, 2 to 3, 4; 5, 6 to 7, 8 in pixels of the page image, and 3 more places",
        "th",
    )
    assert said.endswith(
        "ตรงที่หน้าเป็นสีดำ และไม่เคยถามผู้ใด: 1, 2 ถึง 3, 4; 5, 6 ถึง 7, 8 พิกเซลของภาพหน้า และอีก 3 แห่ง"
    )


@pytest.mark.parametrize("form", [one for one in (*FINDINGS, *PHRASES) if len(spoken_gaps(one)) >= 3])
def test_a_form_is_known_in_whatever_is_quoted_at_once(form):
    first, *middle, _ = re.split(r"\{~?\}", form)
    text = first + "".join(f"x{words}" * (20_000 // len(middle)) for words in middle) + "\0"
    begun = process_time()
    assert (gaps_in(form, text) is not None) == form.endswith("}")
    assert process_time() - begun < 1


@pytest.mark.parametrize(
    ("form", "text", "gaps"),
    [
        ("{} of {}", "1 of 2 of 3", ("1", "2 of 3")),
        ("{} of {}.", "1 of 2. of 3.", ("1", "2. of 3")),
        ("a {} a", "a a", None),
        ("a{}a", "a\na", ("\n",)),
        ("{}{}", "ab", ("", "ab")),
        ("whole", "whole", ()),
        ("whole", "wholes", None),
        ("a {~} b {} c", "a b b c", None),
        ("a {~} b {} c", "a 1 b 2 c b c", ("1", "2 c b")),
    ],
)
def test_gaps_are_as_short_as_may_be_from_the_left(form, text, gaps):
    assert gaps_in(form, text) == gaps
    pattern = "(.*?)".join(map(re.escape, re.split(r"\{~?\}", form)))
    found = re.fullmatch(pattern, text, re.DOTALL)
    assert gaps == (found.groups() if found else None)


@pytest.mark.parametrize(
    ("begins", "quoted"),
    [
        ("cannot be understood: ValueError: ", "x has y, and its record says 3"),
        ("cannot be understood: TypeError: ", "line 3 of a is no anchor"),
        ("could not be read: ", "x was proposed for a text that the page does not have"),
        ("was taken under several names: ", "a.pdf, b.pdf at 3 was signed while it was open"),
        ("is no document, it was refused: ", "a cannot be read: published"),
    ],
)
def test_what_a_sentence_quotes_does_not_make_it_another(begins, quoted):
    own = finding_words(f"{begins}xyz", "th")
    assert finding_words(begins + quoted, "th") == own.replace("xyz", quoted)


@pytest.mark.parametrize(("between", "thai"), [(" and ", "และ"), (", ", ", "), (" or ", "หรือ")])
def test_lists_of_any_length_are_said(between, thai):
    roles = between.join(["operator"] * 3000)
    assert phrase_words(roles, "th") == thai.join(["ผู้ปฏิบัติงาน"] * 3000)


@pytest.mark.parametrize("end", [" is no anchor", ", password given again", " in pixels of the page image"])
def test_what_looks_like_phrases_within_phrases_without_end_is_said_too(end):
    said = finding_words(f"x{end * 3000} is none", "th")
    assert said.startswith("x")
    assert said.endswith(FINDINGS["{~} is none"].format(""))


def test_what_nobody_knows_stays_as_it_is_said():
    assert finding_words("something of a library's", "th") == "something of a library's"


@pytest.fixture
def done(tmp_path):
    """A document that went the whole way."""
    house = House(tmp_path / "house")
    document = house.two_pages()
    accept_remaining(house.ws, document, SOMCHAI)
    accept_remaining(house.ws, document, MALEE)
    sign(house.ws, document, SOMCHAI)
    publish(house.ws)
    yield house
    house.ws.close()


def broken(done):
    def change(rows):
        rows[-2]["when"], rows[-1]["when"] = "2093-01-01T00:00:00.000000Z", "2026-01-01T00:00:00.000000Z"
        return rows

    rewrite(done.ws, change, rehash=False)
    return audit(done.ws)


def test_the_report_of_a_broken_workspace_is_thai_in_lines_and_in_the_file_and_json_stays(done, tmp_path):
    report = broken(done)
    lines = report_text(report, "th").splitlines()
    assert lines[0].startswith("ไม่ผ่าน พบข้อผิดพลาด")
    assert len(lines) == len(report_text(report).splitlines())
    weighed = [one for one in lines if one.startswith(("ERROR", "WARNING"))]
    assert weighed
    for line in (*lines[1:4], *weighed):
        assert THAI.search(line), line
    assert any("นาฬิกาถูกตั้งย้อนหลัง" in one for one in weighed)
    assert any("เนื้อหาไม่ตรงกับค่าแฮชของบันทึก" in one for one in weighed)
    write_audit(tmp_path / "a.html", report)
    english, thai = ((tmp_path / "a.html").read_text(), thai_beside(tmp_path / "a.html").read_text())
    assert '<html lang="en">' in english
    assert '<html lang="th">' in thai
    assert "It does not hold." in english
    assert "พบสิ่งที่ไม่ถูกต้อง" in thai
    assert "เนื้อหาไม่ตรงกับค่าแฮชของบันทึก" in thai
    found = report_json(report)
    assert [one["message"] for one in found["findings"]] == [one.message for one in report.findings]
    assert not THAI.search(json.dumps([one["message"] for one in found["findings"]], ensure_ascii=False))


def test_what_others_have_written_is_no_markup_in_thai_either():
    report = AuditReport("w", 1, "0" * 64)
    report.add(Severity.NOTE, About.PAGE, "was left out by <b>x</b> (y): \u202e<script>")
    page = audit_html(report, language="th")
    assert "&lt;script&gt;" in page
    assert "<script" not in page
    assert "\u202e" not in page


@pytest.mark.parametrize(("name", "words"), list(AUDIT_WORDS.items()))
def test_the_words_around_the_findings_are_in_both_languages_and_take_the_same_values(name, words):
    english, thai = words
    assert THAI.search(thai) or name == "anchor_file", name
    values = [set(re.findall(r"\{(\w+)", one)) for one in words]
    assert values[1] <= values[0]
    assert english.strip()
