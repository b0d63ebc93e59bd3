"""The diff reports in a workspace against what was written: people have looked at them before they decided."""

from __future__ import annotations

import hashlib

from audit.report import About, AuditReport, Severity
from ledger.catalogue import entry_as
from ledger.events.report_written import ReportWritten
from model.errors import LedgerError
from workspace.workspace import Workspace


def audit_reports(ws: Workspace, report: AuditReport) -> None:
    """Note every diff report that is another file than the program wrote last."""
    newest: dict[str, tuple[int, ReportWritten]] = {}
    for record in ws.ledger.records(kind=ReportWritten.KIND, lenient=True):
        try:
            event = entry_as(record, ReportWritten).event
            newest[event.document] = (record.seq, event)
        except LedgerError as error:
            report.add(Severity.ERROR, About.REPORT, error.message, record=record.seq)
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
