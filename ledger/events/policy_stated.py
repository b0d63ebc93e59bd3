"""A policy was approved."""

from __future__ import annotations

from dataclasses import dataclass

from ledger.event import Event
from model.decision import Policy, Who


@dataclass(frozen=True, slots=True)
class PolicyStated(Event):
    """Under what changes of level SAFE are accepted, and who approved that."""

    KIND = "policy"
    SAYS = "under what SAFE changes are accepted, and who approved that"

    name: str
    text: str
    who: Who

    @property
    def policy(self) -> Policy:
        """The policy itself."""
        return Policy(self.name, self.text)
