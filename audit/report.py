"""What an audit says: its findings with their severity, and what the pages stand on."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from ledger.anchors import Anchor


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
    USER = "user"
    REPORT = "report"


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


@dataclass(frozen=True, slots=True)
class PageLine:
    """What a page stands on, for the table of a report.

    `state`: published, signed, revoked, read, left out, failed or not read. `signed_by` the newest signature's person,
    `known` how that is known, `attested` how far it is proven, `when` and `record` when and where it stands; empty and
    0 without one. `edits` are those of the published text, `by_policy` of them looked at by nobody, the others decided
    `by_people`.
    """

    document: str
    name: str
    page: int
    state: str
    signed_by: str
    known: str
    attested: str
    when: str
    record: int
    reader: str
    edits: int
    by_policy: int
    by_people: tuple[str, ...]


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


@dataclass(frozen=True, slots=True)
class Stamp:
    """An answer of a time-stamping authority that holds: the record was there at that time (UTC, ISO 8601)."""

    path: str
    record: int
    when: str
    authority: str


@dataclass(slots=True)
class Again:
    """How much was made anew from the source and compared: page images, readings, findings. `pages` there are, and
    `untold` are those of which something could not be told."""

    pages: int = 0
    images: int = 0
    readings: int = 0
    findings: int = 0
    untold: int = 0


def spelled_out(text: str) -> str:
    """A text as it may be printed anywhere: what a terminal would take for a command is spelled out."""
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)


@dataclass(slots=True)
class AuditReport:
    """The verdict on a workspace, up to the newest anchor and beyond it.

    `anchors` are the files that the workspace names, `brought` those of the auditor's own and `stamps` their time
    stamps; the ledger agrees with these up to the record `covered`. `signers` is the list of whose key is whose, and
    whether the auditor has brought it; empty where there is none. `readers` counts the newest readings by who made
    them; `policies` has the text of each policy by its name.
    """

    workspace: str
    head_seq: int
    head_sha256: str
    anchored: Anchor | None = None
    anchors: list[AnchorState] = field(default_factory=list)
    brought: list[AnchorState] = field(default_factory=list)
    stamps: list[Stamp] = field(default_factory=list)
    covered: int = 0
    signers: str = ""
    signers_brought: bool = False
    counts: Counts = field(default_factory=Counts)
    findings: list[AuditFinding] = field(default_factory=list)
    pages: list[PageLine] = field(default_factory=list)
    readers: dict[str, int] = field(default_factory=dict)
    policies: dict[str, str] = field(default_factory=dict)
    again: Again = field(default_factory=Again)

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
        self.findings.append(AuditFinding(severity, about, spelled_out(message), document, page, record))

    @property
    def holds(self) -> bool:
        """True when source, image, reading, proposals, decisions, signature and text hold together."""
        return all(finding.severity is not Severity.ERROR for finding in self.findings)
