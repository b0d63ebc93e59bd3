"""What a person adds to what the rules have found on a page: a text of their own, or a doubt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from model.box import Box
from model.decision import Decision, Verdict, Who
from model.edit import Edit, Finding, Findings, Flag, Proposal, Safety, Span, finding_id
from model.evidence import Evidence, EvidenceKind

TEXT = "HUM001"
"""A person's own text: in place of what was read, or where the reader missed something."""

ILLEGIBLE = "HUM002"
"""A person cannot read the place either; the text stands as it was read."""

DOUBTFUL = "HUM003"
"""A person doubts the place and asks somebody to look."""

_MESSAGES = {
    TEXT: "Written by a person",
    ILLEGIBLE: "Nobody can read this",
    DOUBTFUL: "Somebody doubts this and asks for another look",
}


@dataclass(frozen=True, slots=True)
class Addition:
    """A finding of a person's.

    `span` and `before` are of the reading whose text has the hash `reading_sha256`; an empty span is an
    insertion. `after` is the text of a TEXT and None otherwise. `box` is the place on the page image that
    was meant, in its pixels; None where the page has no image. `how`, `when` and `note` are as in a
    decision.
    """

    document: str
    page: int
    reading_sha256: str
    rule: str
    span: Span
    before: str
    after: str | None
    box: Box | None
    who: Who
    how: str
    when: str
    note: str = ""

    @property
    def finding(self) -> str:
        """The id under which it is decided about, as a rule's finding has one."""
        return finding_id(self.reading_sha256, self.rule, self.span, self.after)

    def as_finding(self) -> Finding:
        """As something that can be decided, beside what the rules have found.

        Raises:
            ValueError: it changes nothing, or `before` does not fill its span.
        """
        message = _MESSAGES.get(self.rule, self.rule)
        evidence = (Evidence(EvidenceKind.NOTE, (self.who.name, self.note)),) if self.note else ()
        if self.after is None:
            return Flag(self.finding, self.rule, self.span, message, evidence)
        return Proposal(
            id=self.finding, rule=self.rule, rule_version=1, edit=Edit(self.span, self.before, self.after),
            message=message, evidence=evidence, confidence=1.0, safety=Safety.REVIEW,
        )  # fmt: skip


def with_additions(
    findings: Findings, additions: Iterable[Addition], decisions: Mapping[str, Sequence[Decision]]
) -> Findings:
    """What the rules have found and what people have added to this reading of the page.

    A text whose writer took it back is not there any more.
    """
    own: dict[str, Proposal | Flag] = {}
    for one in additions:
        if one.reading_sha256 == findings.reading_sha256 and not _taken_back(one, decisions):
            own[one.finding] = one.as_finding()
    if not own:
        return findings
    return replace(
        findings,
        proposals=(*findings.proposals, *(one for one in own.values() if isinstance(one, Proposal))),
        flags=(*findings.flags, *(one for one in own.values() if isinstance(one, Flag))),
    )


def _taken_back(addition: Addition, decisions: Mapping[str, Sequence[Decision]]) -> bool:
    made = [
        one
        for one in decisions.get(addition.finding, ())
        if one.who.account == addition.who.account and not one.by_policy
    ]
    return bool(made) and made[-1].verdict is Verdict.WITHDRAW
