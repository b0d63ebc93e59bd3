"""Which edits are in force: the one answer for whoever shows, signs or publishes a text. Pure: the same
findings and decisions always give the same text. Only the audit has its own replay, so that it can contradict."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from correction.resolve import resolve
from model.decision import AppliedEdit, Decision, Verdict
from model.edit import Edit, Finding, Findings, Flag, Proposal, Safety, Standing
from model.state import Outcome
from model.two_people import ContestedPlaces, contested_places, people_of

Decisions = Mapping[str, Sequence[Decision]]

_SETTLED = {
    Verdict.ACCEPT: Outcome.ACCEPTED,
    Verdict.REJECT: Outcome.REJECTED,
    Verdict.EDIT: Outcome.EDITED,
    Verdict.ACKNOWLEDGE: Outcome.ACKNOWLEDGED,
}

_FINAL = (Outcome.ACCEPTED, Outcome.EDITED, Outcome.POLICY)
_UNDECIDED = (Outcome.OPEN, Outcome.SECOND, Outcome.CONFLICT)


@dataclass(frozen=True, slots=True)
class EditsInForce:
    """Where every finding of a page stands, and the edits that follow, disjoint and in order of place.

    `edits` are those that would be published: what people have settled and what the policy accepts. `shown` are
    these and what stands undecided, as it is proposed: what the page becomes if every open proposal is accepted.
    Where nothing is open the two are the same. `people` is how many must decide a finding alike for what it proposes.
    """

    standings: tuple[Standing, ...]
    outcomes: Mapping[str, Outcome]
    edits: tuple[AppliedEdit, ...]
    shown: tuple[AppliedEdit, ...]
    people: Mapping[str, int]


NONE_IN_FORCE = EditsInForce((), {}, (), (), {})
"""Of a page that was not read or not examined."""


def newest_by_account(decisions: Sequence[Decision]) -> dict[str, Decision]:
    """The newest decision of each person about one finding, without those that were taken back. What a
    policy decided is no person's."""
    newest = {d.who.account: d for d in decisions if not d.by_policy}
    return {account: d for account, d in newest.items() if d.verdict is not Verdict.WITHDRAW}


def text_of(finding: Finding, decision: Decision) -> str | None:
    """The text that a decision puts in a finding's place; None where it leaves the place as it was read."""
    if decision.verdict is Verdict.EDIT:
        return decision.after
    return finding.after if decision.verdict is Verdict.ACCEPT else None


def verdict_of(finding: Finding, decisions: Sequence[Decision], contested: ContestedPlaces) -> Outcome | None:
    """What people have made of one finding, of whom some changes take two; None: nothing yet.

    One rejection is enough: it leaves the page as it was printed, and so changes no fact.
    """
    newest = tuple(newest_by_account(decisions).values())
    if not newest:
        return None
    if len({(d.verdict, d.after) for d in newest}) > 1:
        return Outcome.CONFLICT
    verdict = newest[-1].verdict
    people = contested.people(finding, text_of(finding, newest[-1]))
    if verdict is not Verdict.REJECT and len(newest) < people:
        return Outcome.SECOND
    return _SETTLED[verdict]


def wording_of(decisions: Sequence[Decision]) -> str | None:
    """The text for the place of an `EDITED` finding, which all who stand by their decision have given alike; None
    where nobody stands by one."""
    return next((d.after for d in newest_by_account(decisions).values() if d.verdict is Verdict.EDIT), None)


def edits_in_force(findings: Findings, decisions: Decisions, raw: Callable[[], str]) -> EditsInForce:
    """Resolve the findings under the decisions; `raw` gives the raw text, asked only where it is needed.

    A person's text for a flagged place competes for that place as an accepted proposal does.
    """
    contested = contested_places(findings, raw)
    settled = {one.id: verdict_of(one, decisions.get(one.id, ()), contested) for one in findings.all}
    repairs = [
        _repair(flag, _agreed(decisions[flag.id]), raw())
        for flag in findings.flags
        if settled[flag.id] is Outcome.EDITED
    ]
    decided = {
        key: outcome is not Outcome.REJECTED
        for key, outcome in settled.items()
        if outcome in (Outcome.ACCEPTED, Outcome.EDITED, Outcome.REJECTED)
    }
    resolved = resolve((*findings.proposals, *repairs), decided=decided)
    stands = {standing.proposal.id for standing in resolved if standing.stands}
    outcomes = {
        one.id: _proposal_outcome(one, settled[one.id], one.id in stands) for one in findings.proposals
    }
    outcomes |= {one.id: _flag_outcome(settled[one.id], one.id in stands) for one in findings.flags}
    standing = sorted(
        (
            AppliedEdit(_edit(one.proposal, outcomes, decisions), one.proposal.id)
            for one in resolved
            if one.stands
        ),
        key=lambda one: one.edit,
    )
    flags = {flag.id for flag in findings.flags}
    return EditsInForce(
        standings=tuple(one for one in resolved if one.proposal.id not in flags),
        outcomes=outcomes,
        edits=tuple(one for one in standing if outcomes[one.finding] in _FINAL),
        shown=tuple(one for one in standing if outcomes[one.finding] in (*_FINAL, *_UNDECIDED)),
        people={one.id: contested.people(one, one.after) for one in findings.all},
    )


def _proposal_outcome(proposal: Proposal, settled: Outcome | None, stands: bool) -> Outcome:
    if settled is Outcome.REJECTED:
        return settled
    if not stands:
        # Two people's accepted texts for one place: nobody's may be dropped in silence.
        return Outcome.CONFLICT if settled in (Outcome.ACCEPTED, Outcome.EDITED) else Outcome.BEATEN
    if settled is not None:
        return settled
    safe = proposal.safety is Safety.SAFE and people_of(proposal) == 1
    return Outcome.POLICY if safe else Outcome.OPEN


def _flag_outcome(settled: Outcome | None, stands: bool) -> Outcome:
    if settled is Outcome.EDITED and not stands:
        return Outcome.CONFLICT
    return Outcome.OPEN if settled is None else settled


def _agreed(decisions: Sequence[Decision]) -> str:
    return wording_of(decisions) or ""


def _repair(flag: Flag, after: str, raw: str) -> Proposal:
    before = raw[flag.span.start : flag.span.end]
    return Proposal(
        id=flag.id, rule=flag.rule, rule_version=1, edit=Edit(flag.span, before, after), message=flag.message,
        evidence=flag.evidence, confidence=1.0, safety=Safety.REVIEW, people=flag.people,
    )  # fmt: skip


def _edit(proposal: Proposal, outcomes: Mapping[str, Outcome], decisions: Decisions) -> Edit:
    if outcomes[proposal.id] is not Outcome.EDITED:
        return proposal.edit
    return Edit(proposal.edit.span, proposal.edit.before, _agreed(decisions[proposal.id]))
