"""How often reviewers took what a rule proposed, against what it promised."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from statistics import fmean
from typing import Any

from model.decision import SAYS_NOTHING_OF_THE_RULE
from model.edit import Proposal, Safety
from model.state import DocumentState, Outcome

RECENT = 200
"""Decisions of one rule that count, the newest."""
FEWEST = 10
"""Decisions below which nothing is concluded."""
_PROMISED = {Safety.SAFE: 0.999, Safety.REVIEW: 0.9}
"""What a level promises; a rule that says itself less sure of its proposals promises that."""
_Z = 1.96


@dataclass(frozen=True, slots=True)
class RulePrecision:
    """A rule's newest decided proposals: how many were `right` as proposed, how many it promised would be.

    `level` is the highest that any of them had. A proposal that a person wrote otherwise was not right.
    """

    rule: str
    level: Safety
    decided: int
    right: int
    promised: float

    @property
    def precision(self) -> float:
        """The share that was right."""
        return self.right / self.decided

    @property
    def kept(self) -> bool:
        """False when so few were right that the promise cannot hold, at 97.5 % certainty (Wilson's interval)."""
        return self.decided < FEWEST or self._upper() >= self.promised

    @property
    def lowered(self) -> Safety:
        """The level below the one it had; its own where it kept its promise."""
        if self.kept:
            return self.level
        return Safety.REVIEW if self.level is Safety.SAFE else Safety.FLAG

    def _upper(self) -> float:
        n, p, z = self.decided, self.precision, _Z
        middle = p + z * z / (2 * n)
        return (middle + z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))) / (1 + z * z / n)


def precisions(decided: Iterable[tuple[Proposal, bool]]) -> tuple[RulePrecision, ...]:
    """Each rule's precision, in order of code, from its proposals and whether each was right, oldest first."""
    by_rule: dict[str, list[tuple[Proposal, bool]]] = {}
    for proposal, right in decided:
        by_rule.setdefault(proposal.rule, []).append((proposal, right))
    return tuple(_precision(rule, by_rule[rule][-RECENT:]) for rule in sorted(by_rule))


def decided_proposals(state: DocumentState) -> Iterator[tuple[Proposal, bool]]:
    """The proposals of a document that people have decided, and whether each was right as proposed."""
    for page in state.pages:
        for proposal in page.findings.proposals if page.findings else ():
            outcome = page.outcomes.get(proposal.id)
            looked_at = any(
                one.how not in SAYS_NOTHING_OF_THE_RULE for one in page.decisions.get(proposal.id, ())
            )
            if looked_at and outcome in (Outcome.ACCEPTED, Outcome.REJECTED, Outcome.EDITED):
                yield proposal, outcome is Outcome.ACCEPTED


def precision_object(rule: RulePrecision) -> dict[str, Any]:
    """How often reviewers took what a rule proposed, as JSON has it."""
    return {
        "decided": rule.decided,
        "right": rule.right,
        "promised": round(rule.promised, 3),
        "kept": rule.kept,
        "level": rule.level.name.lower(),
        "lowered": rule.lowered.name.lower(),
    }


def _precision(rule: str, decided: list[tuple[Proposal, bool]]) -> RulePrecision:
    level = max(proposal.safety for proposal, _ in decided)
    said = fmean(proposal.confidence for proposal, _ in decided)
    right = sum(was_right for _, was_right in decided)
    return RulePrecision(rule, level, len(decided), right, min(said, _PROMISED[level]))
