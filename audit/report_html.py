"""What an audit says, as one HTML file that needs nothing else."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import groupby

from audit.local_time import local_time
from audit.report import AuditReport, Severity
from audit.report_text import anchored_in
from audit.verdict import verdict, verdict_thai
from model.program import program_version
from reports.rendering import environment, style


def audit_html(report: AuditReport, auditor: str = "", made: str = "") -> str:
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
        verdict=verdict(report),
        verdict_th=verdict_thai(report),
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
