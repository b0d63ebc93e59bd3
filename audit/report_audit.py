"""The diff reports in a workspace against what was written: people have looked at them before they decided."""

from __future__ import annotations

import hashlib

from audit.record_audit import MOST_NAMED
from audit.report import About, AuditReport, Severity
from ledger.catalogue import entry_as
from ledger.events.report_written import ReportWritten
from model.errors import LedgerError
from workspace.workspace import Workspace


def audit_reports(ws: Workspace, report: AuditReport) -> None:
    """Note every diff report that is another file than the program wrote last, and what is no report of ours."""
    newest: dict[str, tuple[int, ReportWritten]] = {}
    written: list[ReportWritten] = []
    for record in ws.ledger.records(kind=ReportWritten.KIND, lenient=True):
        try:
            event = entry_as(record, ReportWritten).event
            newest[event.document] = (record.seq, event)
            written.append(event)
        except LedgerError as error:
            report.add(Severity.ERROR, About.REPORT, error.message, record=record.seq)
    names = {event.name.replace("/", "_") for event in written}
    others = [one.name for one in sorted((ws.path / "reports").glob("*.html")) if one.name not in names]
    strange = [one for one in others if one != "index.html" and not one.startswith("changes-")]
    for name in strange[:MOST_NAMED]:
        message = f"{name} lies among the reports, and no record says that this program has written it"
        report.add(Severity.NOTE, About.REPORT, message)
    if len(strange) > MOST_NAMED:
        report.add(Severity.NOTE, About.REPORT, f"and {len(strange) - MOST_NAMED} more such files")
    for seq, event in newest.values():
        path = ws.path / "reports" / event.name.replace("/", "_")
        try:
            data = path.read_bytes()
        except OSError:
            continue  # it can be written anew
        if hashlib.sha256(data).hexdigest() != event.sha256:
            message = (
                f"{path.name} is not the report that was written: people may have decided by something else"
            )
            report.add(Severity.WARNING, About.REPORT, message, document=event.document, record=seq)
