"""Does everything hold together? Replays and compares; knows no rule, no dictionary and no reader.

The chain of the ledger, the anchors outside it, and for each document the source, images, readings,
findings, decisions, sign-offs and published texts. What an auditor must know and is no fault is noted.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace

from audit.anchor_audit import audit_anchors
from audit.audit_context import AuditContext, SeenImage
from audit.document_audit import DocumentAudit
from audit.exported_text import audit_text
from audit.ink import InkGrounds
from audit.page_image import KeptImage
from audit.record_audit import audit_records, list_later
from audit.report import About, AuditReport, Severity
from audit.report_audit import audit_reports
from audit.sample_audit import audit_samples
from audit.signatures import audit_requirements
from audit.timestamp_audit import audit_checkpoints, audit_timestamps
from audit.trust import NOTHING_BROUGHT, Trust
from audit.user_audit import audit_users
from ledger.catalogue import entry_as
from ledger.events.policy_stated import PolicyStated
from ledger.events.signed_off import SignedOff
from ledger.events.source_registered import SourceRegistered
from ledger.signing.allowed_signers import AllowedSigners, read_signers
from model.errors import BadInput, ChamraError, LedgerError
from workspace.workspace import Workspace

MOST_NAMED = 8
"""Accounts of one key that are named; the rest is counted."""


def audit(
    ws: Workspace,
    documents: Sequence[str] | None = None,
    *,
    text: str | None = None,
    trust: Trust = NOTHING_BROUGHT,
    jobs: int | None = None,
    seen: SeenImage | None = None,
) -> AuditReport:
    """Verify the ledger and its anchors, and these documents (None: all).

    `text` is an exported text to compare with the one document that is given; `trust` what the auditor brings;
    `jobs` how many page images are looked at at a time, as many as there are processors if None; `seen` is told of each
    that was opened, and raises nothing.

    Raises:
        BadInput: the ledger knows no such document.
    """
    head = ws.ledger.head(lenient=True)
    report = AuditReport(ws.id, head.seq, head.sha256)
    audit_records(ws, report)
    audit_anchors(ws, trust.anchors, report)
    audit_checkpoints(ws, report)
    audit_timestamps(ws, trust, report)
    audit_users(ws, report)
    known = ws.ledger.documents()
    chosen = known if documents is None else tuple(documents)
    unknown = [one for one in chosen if one not in known]
    if unknown:
        raise BadInput(
            f"The workspace has no document {unknown[0]}.", remedy="`chamra status` lists the documents."
        )
    with ThreadPoolExecutor(max_workers=jobs or os.cpu_count()) as executor:
        _audit_documents(ws, chosen, text, trust, report, executor, seen or _nobody)
    audit_samples(ws, report)
    audit_reports(ws, report)
    list_later(ws, trust.since, report)
    return report


def _audit_documents(
    ws: Workspace,
    documents: Sequence[str],
    text: str | None,
    trust: Trust,
    report: AuditReport,
    executor: ThreadPoolExecutor,
    seen: SeenImage,
) -> None:
    context = AuditContext(
        store=ws.store,
        heads=_heads(ws),
        policies=_policies(ws, report),
        names=_names(ws),
        workspace=ws.id,
        trust=replace(trust, signers=_signers(ws, trust, report)),
        report=report,
        executor=executor,
        seen=seen,
        requirements=audit_requirements(ws, report),
    )
    for document in documents:
        one = DocumentAudit(document, context)
        one.run(ws.ledger.records(document=document, lenient=True))
        if text is not None:
            audit_text(document, one.texts(), text, report)


def _nobody(page: InkGrounds, image: KeptImage) -> None:
    """Nobody else wants to see the images."""


def _heads(ws: Workspace) -> dict[str, int]:
    """Where the records stand that sign-offs, and what was stated with them, name as the state they cover."""
    signed = [one.payload for one in ws.ledger.records(kind=SignedOff.KIND, lenient=True)]
    stated = [one["statement"] for one in signed if isinstance(one.get("statement"), dict)]
    named = {head for one in [*signed, *stated] if isinstance(head := one.get("ledger_head"), str)}
    return {one.sha256: one.seq for one in ws.ledger.records(lenient=True) if one.sha256 in named}


def _signers(ws: Workspace, trust: Trust, report: AuditReport) -> AllowedSigners | None:
    """Whose keys are whose: the auditor's own list, else the one beside the workspace, None where there is none."""
    try:
        found = read_signers(ws.signers, lenient=True) if trust.signers is None else trust.signers
    except ChamraError as error:
        report.add(Severity.ERROR, About.SIGNOFF, error.message)
        return None
    for fault in found.faults:
        report.add(Severity.ERROR, About.SIGNOFF, fault)
    _shared_keys(ws, found, report)
    report.signers_brought = trust.signers is not None
    known = report.signers_brought or bool(found.signers)
    report.signers = found.name if known else ""
    return found if known else None


def _shared_keys(ws: Workspace, own: AllowedSigners, report: AuditReport) -> None:
    """Keys that stand for two people, on the list that counts or on the one beside the workspace: whoever has such a
    key is both of a pair."""
    lists = [own]
    with suppress(ChamraError):  # without a list of the auditor's the audit has said so
        lists.append(read_signers(ws.signers, lenient=True))
    said = {
        f"{one.name} has the key {key} for {_some(accounts)}: one key is one person's"
        for one in lists
        for key, accounts in one.shared().items()
    }
    for message in sorted(said):
        report.add(Severity.ERROR, About.SIGNOFF, message)


def _some(accounts: Sequence[str]) -> str:
    more = len(accounts) - MOST_NAMED
    return " and ".join([*accounts[:MOST_NAMED], *([f"others ({more})"] if more > 0 else [])])


def _names(ws: Workspace) -> dict[str, list[str]]:
    """The documents that were taken under each name."""
    found: dict[str, list[str]] = {}
    for record in ws.ledger.records(kind=SourceRegistered.KIND, lenient=True):
        found.setdefault(str(record.payload.get("name")), []).append(str(record.payload.get("document")))
    return found


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
        report.policies.setdefault(policy.name, policy.text)
        if texts.setdefault(policy.name, policy.text) != policy.text:
            message = f"another text stands under the name of the policy {policy.name}"
            report.add(Severity.ERROR, About.DECISION, message, record=record.seq)
    return found
