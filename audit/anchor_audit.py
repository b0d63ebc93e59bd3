"""The anchors against the ledger: those that lie beside the workspace, and those that the auditor has brought."""

from __future__ import annotations

from pathlib import Path

from audit.report import About, AnchorState, AuditReport, Severity
from ledger.anchors import Anchor, read_anchors
from ledger.events.text_published import TextPublished
from model.counted import counted
from model.errors import LedgerError, NoSpace, WorkspaceError
from workspace.workspace import ANCHORED, Workspace


def audit_anchors(ws: Workspace, brought: tuple[Path, ...], report: AuditReport) -> None:
    """Compare every anchor file with the ledger and note how far each proves."""
    kinds = [one.KIND for one in ANCHORED]
    signed = [(one.seq, one.kind) for one in ws.ledger.records(kind=kinds, lenient=True)]
    if signed and not ws.anchors:
        report.add(Severity.ERROR, About.ANCHOR, "the workspace names no anchor file, and pages are signed")
    for path in ws.anchors:
        _beside(ws, path, signed, report)
    for path in brought:
        _brought(ws, path, report)


def _beside(ws: Workspace, path: Path, signed: list[tuple[int, str]], report: AuditReport) -> None:
    """An anchor file that the workspace names: it must have what is due."""
    before = len(report.findings)
    sound = _anchor_lines(ws, path, report, Severity.WARNING)
    agrees = all(one.severity is not Severity.ERROR for one in report.findings[before:])
    reached = max((one.seq for one in sound), default=0)
    published = max((seq for seq, kind in signed if kind == TextPublished.KIND), default=0)
    later = [seq for seq, _ in signed if seq > reached]
    # Publishing writes the anchor of what was signed before it, and after it its own: a crash may lie between.
    due = [seq for seq, kind in signed if reached < seq < published and kind != TextPublished.KIND]
    if due:
        message = f"{path} lacks an anchor: pages were published after this record, and that writes one"
        report.add(Severity.ERROR, About.ANCHOR, message, record=due[-1])
    elif later:
        message = f"the record is not yet anchored in {path}; sign or publish again"
        report.add(Severity.WARNING, About.ANCHOR, message, record=later[-1])
    newest = max(sound, key=lambda one: one.seq, default=None)
    report.anchors.append(AnchorState(str(path), newest, agrees and newest is not None and not due))
    if newest is not None and (report.anchored is None or newest.seq > report.anchored.seq):
        report.anchored = newest
    if 0 < reached < report.head_seq:
        count = report.head_seq - reached
        are = "is" if count == 1 else "are"
        message = f"{counted(count, 'record')} after record {reached} {are} not yet anchored"
        report.add(Severity.NOTE, About.ANCHOR, message)


def _brought(ws: Workspace, path: Path, report: AuditReport) -> None:
    """An anchor file of the auditor's: one that says nothing of this workspace is about another ledger."""
    before = len(report.findings)
    sound = _anchor_lines(ws, path, report, Severity.NOTE)
    agrees = all(one.severity is not Severity.ERROR for one in report.findings[before:])
    newest = max(sound, key=lambda one: one.seq, default=None)
    if newest is None and agrees:
        message = (
            f"{path} has no anchor of this workspace ({ws.id}): whoever kept it has never seen this ledger"
        )
        report.add(Severity.ERROR, About.ANCHOR, message)
        agrees = False
    report.brought.append(AnchorState(str(path), newest, agrees))
    if newest is not None and newest.seq > report.covered:
        report.covered = newest.seq


def _anchor_lines(ws: Workspace, path: Path, report: AuditReport, foreign: Severity) -> list[Anchor]:
    """The anchors of this workspace in a file that the ledger agrees with; `foreign` is how much another workspace's
    weighs."""
    try:
        lines = list(read_anchors(path))
    except (WorkspaceError, NoSpace) as error:
        report.add(Severity.ERROR, About.ANCHOR, error.message)
        return []
    ours = []
    for line in lines:
        place = f"line {line.number} of {path}"
        if line.anchor is None:
            report.add(Severity.ERROR, About.ANCHOR, f"{place} is no anchor")
        elif line.anchor.workspace != ws.id:
            report.add(foreign, About.ANCHOR, f"{place} is about another workspace")
        elif _agrees(ws, line.anchor, place, report):
            ours.append(line.anchor)
    return ours


def _agrees(ws: Workspace, anchor: Anchor, place: str, report: AuditReport) -> bool:
    """True when the ledger has the record that an anchor names."""
    if anchor.seq > report.head_seq:
        message = f"{place} names record {anchor.seq}, and the ledger ends before it: its tail was cut"
        report.add(Severity.ERROR, About.ANCHOR, message, record=anchor.seq)
        return False
    try:
        record = ws.ledger.at(anchor.seq, lenient=True)
    except LedgerError as error:
        report.add(Severity.ERROR, About.ANCHOR, f"{place}: {error.message}", record=anchor.seq)
        return False
    if (record.sha256, record.when) != (anchor.head, anchor.when):
        message = f"{place} names another record {anchor.seq} than the ledger has: one of them was rewritten"
        report.add(Severity.ERROR, About.ANCHOR, message, record=anchor.seq)
        return False
    return True
