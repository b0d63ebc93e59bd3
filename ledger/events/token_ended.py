"""A token does not count any more."""

from __future__ import annotations

from dataclasses import dataclass

from ledger.event import Event, Sha256
from model.decision import Who


@dataclass(frozen=True, slots=True)
class TokenEnded(Event):
    """A token was taken back before its time."""

    KIND = "token-end"
    SAYS = "from here on the token with this SHA-256 does not count any more"

    token: Sha256
    who: Who
