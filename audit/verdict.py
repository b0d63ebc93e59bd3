"""What an audit comes to, in a few sentences that say no more than was shown."""

from __future__ import annotations

from collections.abc import Iterator

from audit.report import AuditReport, Severity


def verdict(report: AuditReport) -> str:
    """The first line of a report: whether it holds, and as far as whose word goes."""
    errors = sum(one.severity is Severity.ERROR for one in report.findings)
    if errors:
        return f"It does NOT hold: {errors} {'error' if errors == 1 else 'errors'}."
    return " ".join(_sentences(report))


def _sentences(report: AuditReport) -> Iterator[str]:
    if not report.brought:
        files = ", ".join(one.path for one in report.anchors if one.newest is not None)
        beside = f" and with the anchors that lie beside it ({files})" if files else "; it has no anchor"
        yield f"Consistent with itself{beside}. Whoever can write both could have made both."
    else:
        yield from _covered(report)
    warnings = sum(one.severity is Severity.WARNING for one in report.findings)
    if warnings:
        yield f"{warnings} {'warning needs' if warnings == 1 else 'warnings need'} somebody to look."


def _covered(report: AuditReport) -> Iterator[str]:
    """How far what the auditor has brought goes."""
    files = ", ".join(one.path for one in report.brought)
    later = report.head_seq - report.covered
    yield f"Consistent with itself, and the ledger is the one that {files} knows up to record {report.covered}."
    if later:
        one = "record" if later == 1 else "records"
        yield f"{later} {one} after it {'is' if later == 1 else 'are'} covered by nothing that you have brought."
