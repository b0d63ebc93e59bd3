"""A page of an audited document while its records go by."""

from __future__ import annotations

from dataclasses import dataclass, field

from audit.ink import InkGrounds
from audit.replay import Grounds
from ledger.event import Entry
from ledger.events.keyed import Keyed
from ledger.events.seeded import Seeded
from ledger.signing.attestation import Attestation
from model.addition import Addition
from model.decision import AppliedEdit, Decision, SignOff
from model.edit import Findings
from model.page import Reader
from model.rework import Return, Revocation


@dataclass(slots=True)
class AuditedSignOff:
    """A sign-off, the number of its record, what it stands on, how it is known whose it is, and the page of which the
    ink is held against what is published under it."""

    signoff: SignOff
    record: int
    grounds: Grounds | None
    attested: Attestation
    ink: InkGrounds | None
    published: bool = False
    revoked: Revocation | None = None


@dataclass(slots=True)
class AuditedPage:
    """A page while its records go by, in order.

    `reader` is the newest reading's; `recipes` are the keys of that reading and of what was found in it, with the blob
    of each; `edits` made the newest published `text`. `reconsidered` is the newest decision of a person that the newest
    signature does not cover.
    """

    number: int
    read: bool = False
    failed: str = ""
    waived: Decision | None = None
    page_blob: str = ""
    image: str = ""
    recipes: dict[str, str] = field(default_factory=dict)
    account: str | None = None
    raw: str | None = None
    ink: InkGrounds | None = None
    findings: Findings | None = None
    known: set[str] = field(default_factory=set)
    additions: list[Addition] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    by_number: dict[int, Decision] = field(default_factory=dict)
    newest: int = 0
    signed: dict[str, AuditedSignOff] = field(default_factory=dict)
    reader: Reader | None = None
    text: str | None = None
    edits: tuple[AppliedEdit, ...] = ()
    reconsidered: Decision | None = None
    text_revoked: Revocation | None = None
    returned: dict[str, Return] = field(default_factory=dict)
    taken_back: int = 0
    seeded: list[Entry[Seeded]] = field(default_factory=list)
    keyed: list[Keyed] = field(default_factory=list)
