"""An audit as JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from audit.report import AnchorState, AuditReport
from audit.verdict import verdict

SCHEMA = "chamra/audit/1"


def report_json(report: AuditReport) -> dict[str, Any]:
    """The report as one object; its schema is `docs/schemas/audit.json`."""
    anchored = report.anchored
    return {
        "schema": SCHEMA,
        "holds": report.holds,
        "verdict": verdict(report),
        "workspace": report.workspace,
        "head": {"seq": report.head_seq, "sha256": report.head_sha256},
        "anchored": None if anchored is None else {"seq": anchored.seq, "when": anchored.when},
        "anchors": [_anchors(one) for one in report.anchors],
        "brought": [_anchors(one) for one in report.brought],
        "stamps": [asdict(one) for one in report.stamps],
        "covered": report.covered,
        "signers": {"path": report.signers, "brought": report.signers_brought},
        "counts": asdict(report.counts),
        "again": asdict(report.again),
        "readers": dict(report.readers),
        "policies": dict(report.policies),
        "pages": [asdict(one) | {"by_people": list(one.by_people)} for one in report.pages],
        "findings": [
            asdict(one) | {"severity": one.severity.value, "about": one.about.value}
            for one in report.findings
        ],
    }


def _anchors(one: AnchorState) -> dict[str, Any]:
    newest = None if one.newest is None else {"seq": one.newest.seq, "when": one.newest.when}
    return {"path": one.path, "agrees": one.agrees, "newest": newest}
