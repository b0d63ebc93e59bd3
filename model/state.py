"""Where a document stands: what was read, found, decided, signed. Derived from the ledger, never stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from model.decision import AppliedEdit, Decision, SignOff
from model.edit import Finding, Findings, Standing, apply_edits
from model.keyed import KeyedValue, StandingValue
from model.page import FailedPage, Page
from model.rework import Return, Revocation
from model.seed import SeedPutBack


class Stage(StrEnum):
    """How far a page has come."""

    MISSING = "missing"  # asked for, not read yet
    FAILED = "failed"
    WAIVED = "waived"
    WAITING = "waiting"  # read, something is open
    DECIDED = "decided"  # read, nothing is open, not signed
    COUNTERSIGN = "countersign"  # signed by one person, and a second must
    SIGNED = "signed"
    PUBLISHED = "published"


TO_SIGN = (Stage.DECIDED, Stage.COUNTERSIGN)
"""Stages in which a page waits for a signature."""


class Outcome(StrEnum):
    """What has become of one finding."""

    OPEN = "open"
    SECOND = "second"  # one person has decided, a second and different one must
    CONFLICT = "conflict"  # two people have decided differently
    BEATEN = "beaten"  # undecided and not standing: another proposal covers its place
    POLICY = "policy"  # level SAFE and undecided: accepted by the policy when the page is signed
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    EDITED = "edited"
    ACKNOWLEDGED = "acknowledged"


@dataclass(frozen=True, slots=True)
class PageState:
    """One page of a document. `edits` are in force and would be published; `shown` are these and what stands
    undecided. `decisions` maps a finding's id to its decisions, oldest first; `lapsed` are
    decisions whose subject is gone since the page was read or examined anew, `conflicts` of them because
    something else was found at their place; `carried` decisions followed the ink; `returned` are the returns that
    nobody has answered; `signatures` are the sign-offs that stand, each by another
    person; `revoked` says that the newest sign-off was revoked. `people` is how many different people must
    decide each finding alike. `seeded` are letters that had been changed on purpose in what people were shown, `keyed`
    numbers and names that people typed for this reading, `unconfirmed` those that two have not typed as they stand,
    where that is asked for. `drawn_by` is the hash of the record of the reading, by which lines of it are drawn."""

    number: int
    stage: Stage
    page: Page | None = None
    failed: FailedPage | None = None
    waived: Decision | None = None
    findings: Findings | None = None
    standings: tuple[Standing, ...] = ()
    outcomes: Mapping[str, Outcome] = field(default_factory=dict)
    edits: tuple[AppliedEdit, ...] = ()
    shown: tuple[AppliedEdit, ...] = ()
    decisions: Mapping[str, tuple[Decision, ...]] = field(default_factory=dict)
    signoff: SignOff | None = None
    signatures: tuple[SignOff, ...] = ()
    lapsed: tuple[Decision, ...] = ()
    carried: int = 0
    conflicts: int = 0
    returned: tuple[Return, ...] = ()
    revoked: Revocation | None = None
    people: Mapping[str, int] = field(default_factory=dict)
    seeded: tuple[SeedPutBack, ...] = ()
    keyed: tuple[KeyedValue, ...] = ()
    unconfirmed: tuple[StandingValue, ...] = ()
    drawn_by: str = ""

    @property
    def all_findings(self) -> tuple[Finding, ...]:
        """Proposals, beaten ones too, and flags, in order of place; none where the page was not examined."""
        return () if self.findings is None else self.findings.all

    @property
    def open_findings(self) -> tuple[str, ...]:
        """Ids of what still needs a person, in no promised order."""
        waiting = (Outcome.OPEN, Outcome.SECOND, Outcome.CONFLICT)
        return tuple(key for key, outcome in self.outcomes.items() if outcome in waiting)

    @property
    def final_text(self) -> str:
        """What would be signed and published now; empty where the page was not read."""
        return self._with(self.edits)

    @property
    def shown_text(self) -> str:
        """What the page becomes if every open proposal is accepted; where nothing is open, `final_text`."""
        return self._with(self.shown)

    def _with(self, edits: tuple[AppliedEdit, ...]) -> str:
        if self.page is None:
            return ""
        return apply_edits(self.page.reading.text, tuple(one.edit for one in edits))


@dataclass(frozen=True, slots=True)
class DocumentState:
    """A document: `id` is the SHA-256 of its source file, `name` the file name it came with, `path` where
    it lay, `page_count` how many pages the file has; `pages` are those that were asked for."""

    id: str
    name: str
    path: str
    kind: str
    page_count: int
    pages: tuple[PageState, ...]
