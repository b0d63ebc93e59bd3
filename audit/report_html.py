"""What an audit says, as one HTML file that needs nothing else."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

from audit.finding_words import finding_words, phrase_words
from audit.local_time import local_time
from audit.report import AuditReport, Severity
from audit.report_text import anchored_in
from audit.report_words import AUDIT_WORDS
from audit.verdict import verdict
from model.program import program_version
from reports.atomic import write_atomically
from reports.diff_words import DiffWords
from reports.evidence_text import Language
from reports.rendering import environment, style


def write_audit(path: Path, report: AuditReport) -> None:
    """Write the report to a file whose name ends in `.html`, and in Thai beside it (`thai_beside`)."""
    write_atomically(path, audit_html(report).encode())
    write_atomically(thai_beside(path), audit_html(report, language="th").encode())


def thai_beside(path: Path) -> Path:
    """Where the Thai report lies beside an English one."""
    return path.with_suffix(".th.html")


def audit_html(report: AuditReport, auditor: str = "", made: str = "", language: Language = "en") -> str:
    """The report as HTML. Whatever it quotes is anybody's and is never markup.

    `auditor` is who has audited, as they say it; `made` when (UTC, ISO 8601), by default now.
    """
    findings = [one for severity in Severity for one in report.findings if one.severity is severity]
    counts = {severity: sum(one.severity is severity for one in findings) for severity in Severity}
    templates = environment()
    templates.filters["local"] = local_time
    documents = [(key, list(lines)) for key, lines in groupby(report.pages, lambda one: one.document)]
    return templates.get_template("audit.html.j2").render(
        report=report,
        t=DiffWords(language, AUDIT_WORDS),
        language=language,
        verdict=verdict(report, language),
        phrase=lambda said: phrase_words(said, language),
        message=lambda finding: finding_words(finding.message, language),
        auditor=auditor,
        made=made or datetime.now(UTC).isoformat(timespec="seconds"),
        version=program_version(),
        documents=documents,
        names={key: lines[0].name for key, lines in documents},
        anchored_in=anchored_in,
        findings=findings,
        counts=counts,
        css=style("base.css", "audit.css"),
    )
