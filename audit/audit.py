"""Does everything hold together? Replays and compares; knows no rule, no dictionary and no reader.

The chain of the ledger, the anchors outside it, and for each document the source, images, readings,
findings, decisions, sign-offs and published texts. What an auditor must know and is no fault is noted.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from audit.document_audit import AuditContext, DocumentAudit
from audit.report import About, AnchorState, AuditReport, Severity, report_json, report_text
from audit.sample_audit import audit_samples
from audit.signatures import audit_requirements
from audit.user_audit import audit_users
from ledger.anchors import Anchor, read_anchors
from ledger.catalogue import entry_as
from ledger.events.policy_stated import PolicyStated
from ledger.events.signed_off import SignedOff
from ledger.events.text_published import TextPublished
from model.decision import PAGE_BREAK
from model.errors import BadInput, LedgerError, NoSpace, WorkspaceError
from workspace.workspace import ANCHORED, Workspace


def audit(ws: Workspace, documents: Sequence[str] | None = None, *, text: str | None = None) -> AuditReport:
    """Verify the ledger and its anchors, and these documents (None: all).

    `text` is an exported text to compare with the one document that is given.

    Raises:
        BadInput: the ledger knows no such document.
    """
    head = ws.ledger.head(lenient=True)
    report = AuditReport(ws.id, head.seq, head.sha256)
    _ledger(ws, report)
    _anchors(ws, report)
    audit_users(ws, report)
    known = ws.ledger.documents()
    chosen = known if documents is None else tuple(documents)
    unknown = [one for one in chosen if one not in known]
    if unknown:
        raise BadInput(
            f"The workspace has no document {unknown[0]}.", remedy="`chamra status` lists the documents."
        )
    asked = audit_requirements(ws, report)
    context = AuditContext(ws.store, _heads(ws), _policies(ws, report), report, asked)
    for document in chosen:
        one = DocumentAudit(document, context)
        one.run(ws.ledger.records(document=document, lenient=True))
        if text is not None:
            _exported(one, text, report)
    audit_samples(ws, report)
    return report


def _ledger(ws: Workspace, report: AuditReport) -> None:
    for name in ws.ledger.missing_guards():
        message = f"the trigger {name} is gone or changed: the ledger could be rewritten"
        report.add(Severity.ERROR, About.GUARD, message)
    for fault in ws.ledger.verify():
        report.add(Severity.ERROR, About.LEDGER, fault.reason, record=fault.seq)
    report.counts.records = report.head_seq


def _anchors(ws: Workspace, report: AuditReport) -> None:
    signed = [one.seq for one in ws.ledger.records(kind=[one.KIND for one in ANCHORED], lenient=True)]
    if signed and not ws.anchors:
        report.add(Severity.ERROR, About.ANCHOR, "the workspace names no anchor file, and pages are signed")
    published = max((one.seq for one in ws.ledger.records(kind=TextPublished.KIND, lenient=True)), default=0)
    for path in ws.anchors:
        before = len(report.findings)
        sound = _anchor_lines(ws, path, report)
        agrees = all(one.severity is not Severity.ERROR for one in report.findings[before:])
        reached = max((one.seq for one in sound), default=0)
        later = [seq for seq in signed if seq > reached]
        due = [seq for seq in later if seq < published]
        if due:
            message = f"{path} lacks an anchor: pages were published after this record, and that writes one"
            report.add(Severity.ERROR, About.ANCHOR, message, record=due[-1])
        elif later:
            message = f"the record is not yet anchored in {path}; sign or publish again"
            report.add(Severity.WARNING, About.ANCHOR, message, record=later[-1])
        newest = max(sound, key=lambda one: one.seq, default=None)
        report.anchors.append(AnchorState(str(path), newest, agrees and newest is not None and not due))
        if 0 < reached < report.head_seq:
            message = f"{report.head_seq - reached} records after record {reached} are not yet anchored"
            report.add(Severity.NOTE, About.ANCHOR, message)


def _anchor_lines(ws: Workspace, path: Path, report: AuditReport) -> list[Anchor]:
    """The anchors of this workspace in a file that the ledger agrees with."""
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
            report.add(Severity.WARNING, About.ANCHOR, f"{place} is about another workspace")
        elif _anchor(ws, line.anchor, place, report):
            ours.append(line.anchor)
    return ours


def _anchor(ws: Workspace, anchor: Anchor, place: str, report: AuditReport) -> bool:
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
    if report.anchored is None or anchor.seq > report.anchored.seq:
        report.anchored = anchor
    return True


def _heads(ws: Workspace) -> dict[str, int]:
    """Where the records stand that sign-offs name as the state they cover."""
    named = {one.payload.get("ledger_head") for one in ws.ledger.records(kind=SignedOff.KIND, lenient=True)}
    return {one.sha256: one.seq for one in ws.ledger.records(lenient=True) if one.sha256 in named}


def _policies(ws: Workspace, report: AuditReport) -> dict[str, int]:
    """From which record on each policy stands."""
    found: dict[str, int] = {}
    texts: dict[str, str] = {}
    for record in ws.ledger.records(kind=PolicyStated.KIND, lenient=True):
        try:
            policy = entry_as(record, PolicyStated).event.policy
        except LedgerError as error:
            report.add(Severity.ERROR, About.DECISION, error.message, record=record.seq)
            continue
        found.setdefault(policy.name, record.seq)
        if texts.setdefault(policy.name, policy.text) != policy.text:
            message = f"another text stands under the name of the policy {policy.name}"
            report.add(Severity.ERROR, About.DECISION, message, record=record.seq)
    return found


def _exported(one: DocumentAudit, text: str, report: AuditReport) -> None:
    """Compare an exported text, page by page, with what was published."""
    published, given = one.texts(), text.split(PAGE_BREAK)
    if len(published) != len(given):
        message = f"the text has {len(given)} pages, and {len(published)} were published or left out"
        report.add(Severity.ERROR, About.TEXT, message)
        return
    for (number, expected), page in zip(published.items(), given, strict=True):
        if expected != page:
            message = "the text is not what was published"
            report.add(Severity.ERROR, About.TEXT, message, document=one.document, page=number)


__all__ = ["AuditReport", "audit", "report_json", "report_text"]
