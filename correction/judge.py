"""What decisions make of findings. Pure: the same findings and decisions always give the same text."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from correction.resolve import resolve
from model.decision import AppliedEdit, Decision, Published, Verdict
from model.edit import Edit, Findings, Flag, Proposal, Safety, Standing, apply_edits
from model.page import Page
from model.state import Outcome

Decisions = Mapping[str, Sequence[Decision]]

_SETTLED = {
    Verdict.ACCEPT: Outcome.ACCEPTED,
    Verdict.REJECT: Outcome.REJECTED,
    Verdict.EDIT: Outcome.EDITED,
    Verdict.ACKNOWLEDGE: Outcome.ACKNOWLEDGED,
}


@dataclass(frozen=True, slots=True)
class Judgement:
    """Where every finding of a page stands, and the edits that would be published, in order of place."""

    standings: tuple[Standing, ...]
    outcomes: Mapping[str, Outcome]
    edits: tuple[AppliedEdit, ...]


def newest_by_account(decisions: Sequence[Decision]) -> dict[str, Decision]:
    """The newest decision of each person about one finding, without those that were taken back. What a
    policy decided is no person's."""
    newest = {d.who.account: d for d in decisions if not d.by_policy}
    return {account: d for account, d in newest.items() if d.verdict is not Verdict.WITHDRAW}


def verdict_of(people: int, decisions: Sequence[Decision]) -> Outcome | None:
    """What people have made of one finding that `people` of them must accept alike; None: nothing yet.

    One rejection is enough: it leaves the page as it was printed, and so changes no fact.
    """
    newest = tuple(newest_by_account(decisions).values())
    if not newest:
        return None
    if len({(d.verdict, d.after) for d in newest}) > 1:
        return Outcome.CONFLICT
    verdict = newest[-1].verdict
    if verdict is not Verdict.REJECT and len(newest) < people:
        return Outcome.SECOND
    return _SETTLED[verdict]


def judge(findings: Findings, decisions: Decisions, raw: Callable[[], str]) -> Judgement:
    """Resolve the findings under the decisions; `raw` gives the raw text, asked only where it is needed.

    A person's text for a flagged place competes for that place as an accepted proposal does.
    """
    said = {one.id: verdict_of(one.people, decisions.get(one.id, ())) for one in findings.all}
    repairs = [
        _repair(flag, _text_of(decisions[flag.id]), raw())
        for flag in findings.flags
        if said[flag.id] is Outcome.EDITED
    ]
    decided = {
        key: outcome is not Outcome.REJECTED
        for key, outcome in said.items()
        if outcome in (Outcome.ACCEPTED, Outcome.EDITED, Outcome.REJECTED)
    }
    resolved = resolve((*findings.proposals, *repairs), decided=decided)
    stands = {standing.proposal.id for standing in resolved if standing.stands}
    outcomes = {one.id: _proposal_outcome(one, said[one.id], one.id in stands) for one in findings.proposals}
    outcomes |= {one.id: _flag_outcome(said[one.id], one.id in stands) for one in findings.flags}
    applied = [
        AppliedEdit(_applied(standing.proposal, outcomes, decisions), standing.proposal.id)
        for standing in resolved
        if standing.stands
        and outcomes[standing.proposal.id] in (Outcome.ACCEPTED, Outcome.EDITED, Outcome.POLICY)
    ]
    flags = {flag.id for flag in findings.flags}
    standings = tuple(standing for standing in resolved if standing.proposal.id not in flags)
    return Judgement(standings, outcomes, tuple(sorted(applied, key=lambda one: one.edit)))


def compose(page: Page, findings: Findings, decisions: Decisions, ledger_head: str) -> Published:
    """The text that follows from a page, its findings and the decisions up to a record of the ledger.

    What is still open is left as it was read; the gate sees to it that nothing is.
    """
    edits = judge(findings, decisions, lambda: page.reading.text).edits
    text = apply_edits(page.reading.text, tuple(one.edit for one in edits))
    return Published(page.document, page.number, text, edits, ledger_head)


def _proposal_outcome(proposal: Proposal, said: Outcome | None, stands: bool) -> Outcome:
    if said is Outcome.REJECTED:
        return said
    if not stands:
        # Two people's accepted texts for one place: nobody's may be dropped in silence.
        return Outcome.CONFLICT if said in (Outcome.ACCEPTED, Outcome.EDITED) else Outcome.BEATEN
    if said is not None:
        return said
    safe = proposal.safety is Safety.SAFE and proposal.people == 1
    return Outcome.POLICY if safe else Outcome.OPEN


def _flag_outcome(said: Outcome | None, stands: bool) -> Outcome:
    if said is Outcome.EDITED and not stands:
        return Outcome.CONFLICT
    return Outcome.OPEN if said is None else said


def _text_of(decisions: Sequence[Decision]) -> str:
    """The text that people agree on."""
    return next(iter(newest_by_account(decisions).values())).after or ""


def _repair(flag: Flag, after: str, raw: str) -> Proposal:
    before = raw[flag.span.start : flag.span.end]
    return Proposal(
        id=flag.id, rule=flag.rule, rule_version=1, edit=Edit(flag.span, before, after), message=flag.message,
        evidence=flag.evidence, confidence=1.0, safety=Safety.REVIEW, people=flag.people,
    )  # fmt: skip


def _applied(proposal: Proposal, outcomes: Mapping[str, Outcome], decisions: Decisions) -> Edit:
    if outcomes[proposal.id] is not Outcome.EDITED:
        return proposal.edit
    return Edit(proposal.edit.span, proposal.edit.before, _text_of(decisions[proposal.id]))
