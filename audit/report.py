"""What an audit says: findings with severity, as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from ledger.anchors import Anchor

SCHEMA = "chamra/audit/1"


class Severity(StrEnum):
    """How much a finding weighs. Only an ERROR keeps the audit from holding."""

    ERROR = "error"  # something is not as the ledger says, or a rule of the house was broken
    WARNING = "warning"  # nothing is wrong yet, but something must be done
    NOTE = "note"  # what a reader of the verdict must know


class About(StrEnum):
    """Which of the things that hang together a finding is about."""

    LEDGER = "ledger"
    GUARD = "guard"
    ANCHOR = "anchor"
    SOURCE = "source"
    IMAGE = "image"
    PAGE = "page"
    FINDINGS = "findings"
    DECISION = "decision"
    SIGNOFF = "signoff"
    PUBLISHED = "published"
    TEXT = "text"
    INK = "ink"
    SAMPLE = "sample"


@dataclass(frozen=True, slots=True)
class AuditFinding:
    """One thing that an auditor must know. `record` is a number in the ledger; 0, "" where none is meant."""

    severity: Severity
    about: About
    message: str
    document: str = ""
    page: int = 0
    record: int = 0


@dataclass(frozen=True, slots=True)
class AnchorState:
    """An anchor file: the newest of its anchors that the ledger agrees with, and whether it agrees with all
    of them and has the newest record that is due."""

    path: str
    newest: Anchor | None
    agrees: bool


@dataclass(slots=True)
class Counts:
    """How much was looked at. `characters` are code points of published texts."""

    records: int = 0
    documents: int = 0
    pages: int = 0
    published: int = 0
    edits: int = 0
    by_policy: int = 0
    characters: int = 0


@dataclass(slots=True)
class AuditReport:
    """The verdict on a workspace, up to the newest anchor and beyond it."""

    workspace: str
    head_seq: int
    head_sha256: str
    anchored: Anchor | None = None
    anchors: list[AnchorState] = field(default_factory=list)
    counts: Counts = field(default_factory=Counts)
    findings: list[AuditFinding] = field(default_factory=list)

    def add(
        self,
        severity: Severity,
        about: About,
        message: str,
        *,
        document: str = "",
        page: int = 0,
        record: int = 0,
    ) -> None:
        """Add a finding. What it quotes may be anybody's, so what cannot be printed is spelled out."""
        shown = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in message)
        self.findings.append(AuditFinding(severity, about, shown, document, page, record))

    @property
    def holds(self) -> bool:
        """True when source, image, reading, proposals, decisions, signature and text hold together."""
        return all(finding.severity is not Severity.ERROR for finding in self.findings)


def report_json(report: AuditReport) -> dict[str, Any]:
    """The report as one object; its schema is `docs/schemas/audit.json`."""
    counts, anchored = report.counts, report.anchored
    return {
        "schema": SCHEMA,
        "holds": report.holds,
        "workspace": report.workspace,
        "head": {"seq": report.head_seq, "sha256": report.head_sha256},
        "anchored": None if anchored is None else {"seq": anchored.seq, "when": anchored.when},
        "anchors": [
            {
                "path": one.path,
                "agrees": one.agrees,
                "newest": None if one.newest is None else {"seq": one.newest.seq, "when": one.newest.when},
            }
            for one in report.anchors
        ],
        "counts": {
            "records": counts.records,
            "documents": counts.documents,
            "pages": counts.pages,
            "published": counts.published,
            "edits": counts.edits,
            "by_policy": counts.by_policy,
            "characters": counts.characters,
        },
        "findings": [
            {
                "severity": finding.severity.value,
                "about": finding.about.value,
                "message": finding.message,
                "document": finding.document,
                "page": finding.page,
                "record": finding.record,
            }
            for finding in report.findings
        ],
    }


def report_text(report: AuditReport) -> str:
    """The report in lines for a terminal."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: AuditReport) -> Iterator[str]:
    counts, anchored = report.counts, report.anchored
    yield f"Workspace {report.workspace}, ledger of {report.head_seq} records, head {report.head_sha256[:16]}"
    if anchored is not None:
        yield f"Anchored up to record {anchored.seq} ({anchored.when})"
    if len(report.anchors) > 1:
        for one in report.anchors:
            reached = "nothing" if one.newest is None else f"up to record {one.newest.seq}"
            yield f"  {one.path}: {reached}, {'agrees' if one.agrees else 'does NOT agree'}"
    yield (
        f"Looked at {counts.documents} documents, {counts.pages} pages, {counts.published} published texts "
        f"of {counts.characters} characters with {counts.edits} edits, {counts.by_policy} of them by policy"
    )
    for severity in Severity:
        for finding in report.findings:
            if finding.severity is severity:
                yield f"{severity.upper()} {_place(finding)}{finding.message}"
    yield "Everything holds." if report.holds else "It does NOT hold."


def _place(finding: AuditFinding) -> str:
    parts = [
        f"record {finding.record}" if finding.record else "",
        f"document {finding.document[:16]}" if finding.document else "",
        f"page {finding.page}" if finding.page else "",
    ]
    place = ", ".join(part for part in parts if part)
    return f"[{finding.about}] {place}: " if place else f"[{finding.about}] "
