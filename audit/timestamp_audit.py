"""Time stamps that the auditor has brought, and the checkpoints beside the anchors, against the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from audit.report import About, AuditReport, Severity, Stamp
from audit.trust import Trust
from ledger.anchors import Anchor
from ledger.checkpoint import SignedCheckpoint, checkpoints_beside, read_checkpoints, verify_checkpoints
from ledger.timestamp import read_timestamps, stamped_digest, timestamps_beside, verify_timestamp
from model.errors import ChamraError
from workspace.workspace import Workspace


def audit_timestamps(ws: Workspace, trust: Trust, report: AuditReport) -> None:
    """Verify every answer of a time-stamping authority and note up to which record and when it proves.

    A file is one answer as the authority gave it, or what `chamra ledger timestamp` keeps beside the anchors.
    """
    records: dict[str, int] = {}
    if trust.timestamps:
        records = {one.sha256: one.seq for one in ws.ledger.records(lenient=True)}
    for path in trust.timestamps:
        try:
            answers = [one.answer for _, one in read_timestamps(path) if one and one.workspace == ws.id]
            answers = answers or [path.read_bytes()]
        except (ChamraError, OSError) as error:
            report.add(Severity.ERROR, About.ANCHOR, f"{path} cannot be read: {error}")
            continue
        for answer in answers:
            _stamp(path, answer, trust.authorities.certificates, records, report)


def _stamp(path: Path, answer: bytes, ca: bytes, records: dict[str, int], report: AuditReport) -> None:
    try:
        digest = stamped_digest(answer)
        proven = verify_timestamp(answer, digest, ca)
    except ValueError as error:
        report.add(Severity.ERROR, About.ANCHOR, f"{path}: {error}")
        return
    seq = records.get(digest.hex())
    when = proven.when.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    if seq is None:
        message = f"{path} stamps a record that the ledger does not have: it was rewritten since {when}, or is another"
        report.add(Severity.ERROR, About.ANCHOR, message)
        return
    report.stamps.append(Stamp(str(path), seq, when, proven.authority))
    report.covered = max(report.covered, seq)


def audit_checkpoints(ws: Workspace, report: AuditReport) -> None:
    """Verify the signed checkpoints that lie beside the workspace's anchors, and that those are there that are due:
    with every anchor one is written."""
    for anchors in ws.anchors:
        _stamps_beside(ws, anchors, report)
        path = checkpoints_beside(anchors)
        try:
            lines = list(read_checkpoints(path))
        except ChamraError as error:
            report.add(Severity.ERROR, About.ANCHOR, error.message)
            continue
        for number, one in lines:
            if one is None:
                report.add(Severity.ERROR, About.ANCHOR, f"line {number} of {path} is no checkpoint")
        found = [one for _, one in lines if one is not None]
        _due(
            path,
            found,
            next((one.newest for one in report.anchors if one.path == str(anchors)), None),
            report,
        )
        for fault in verify_checkpoints(found, ws.id, ws.ledger.hashes()) if found else ():
            report.add(Severity.ERROR, About.ANCHOR, f"{path}: {fault.reason}", record=fault.seq)


def _stamps_beside(ws: Workspace, anchors: Path, report: AuditReport) -> None:
    """Whether the time stamps that lie beside the anchors are of the records that they name; whose they are only an
    authority's certificates say, which the auditor brings."""
    path = timestamps_beside(anchors)
    try:
        lines = list(read_timestamps(path))
    except ChamraError as error:
        report.add(Severity.ERROR, About.ANCHOR, error.message)
        return
    for number, one in lines:
        place = f"the time stamp on line {number} of {path}"
        if one is None:
            report.add(Severity.ERROR, About.ANCHOR, f"{place} is none")
        elif one.workspace == ws.id:
            try:
                sound = (
                    ws.ledger.at(one.seq, lenient=True).sha256 == one.head == stamped_digest(one.answer).hex()
                )
            except (ChamraError, ValueError):
                sound = False
            if not sound:
                message = f"{place} is not of the record that it names"
                report.add(Severity.ERROR, About.ANCHOR, message, record=one.seq)


def _due(path: Path, found: Sequence[SignedCheckpoint], anchor: Anchor | None, report: AuditReport) -> None:
    """Note checkpoints that are lacking, and that not all are signed by one key."""
    reached = max((one.checkpoint.size for one in found), default=0)
    if anchor is not None and not found:
        message = (
            f"{path}: no checkpoint lies beside the anchors: they were taken away, or none was ever written"
        )
        report.add(Severity.NOTE, About.ANCHOR, message)
    elif anchor is not None and reached < anchor.seq:
        message = (
            f"{path} lacks a checkpoint: this record was anchored, and that writes one; sign or publish again"
        )
        report.add(Severity.WARNING, About.ANCHOR, message, record=anchor.seq)
    keys = {str(one.key) for one in found}
    if len(keys) > 1:
        message = f"{path} has checkpoints by {len(keys)} keys: the key of the log is another than it was"
        report.add(Severity.WARNING, About.ANCHOR, message)
