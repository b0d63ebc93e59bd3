"""What an audit says, as one HTML file that needs nothing else."""

from __future__ import annotations

from audit.report import AuditReport, Severity
from reports.rendering import environment, style


def audit_html(report: AuditReport) -> str:
    """The report as HTML. Whatever it quotes is anybody's and is never markup."""
    findings = [one for severity in Severity for one in report.findings if one.severity is severity]
    counts = {severity: sum(one.severity is severity for one in findings) for severity in Severity}
    template = environment().get_template("audit.html.j2")
    return template.render(
        report=report, findings=findings, counts=counts, css=style("base.css", "audit.css")
    )
