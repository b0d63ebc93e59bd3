"""Plain text by pages: which page of the file each text is of stands before it."""

from audit.exported_text import audit_text
from audit.report import AuditReport, Severity
from tests.reports.round_trip import document, exported


def audited(text: str) -> list[str]:
    report = AuditReport("w", 1, "h")
    published = {number: page.published.text for number, page in document().published.items()}
    audit_text("d", published, text, report)
    return [one.message for one in report.findings if one.severity is Severity.ERROR]


def test_every_page_begins_with_its_number_and_the_audit_knows_the_form() -> None:
    found = document()
    text = exported("pages", found).decode()
    for number, page in found.published.items():
        assert f"[หน้า {number}]\n{page.published.text}" in text
    assert audited(text) == []


def test_a_changed_page_a_page_too_few_and_one_more_are_found_with_their_place() -> None:
    text = exported("pages", document()).decode()
    first, *rest = text.split("[หน้า ")[1:]
    assert (
        "the text is not what was published" in audited(text.replace(first, first.replace("\n", "\nก", 1)))[0]
    )
    assert audited("[หน้า ".join(["", first, *rest[:-1]]))
    assert "goes on behind its last page" in audited(f"{text}[หน้า 99]\nก\n")[0]
