"""The tokens of a workspace as the ledger has them, kept up to date record by record."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from threading import Lock

from ledger.events.token_ended import TokenEnded
from ledger.events.token_given import TokenGiven
from ledger.ledger import Ledger
from model.api_token import ApiToken


class Tokens:
    """Every token that was given and not taken back, by the SHA-256 of its secret. Safe to use from several threads."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._lock = Lock()
        self._seq = 0
        self._tokens: dict[str, ApiToken] = {}

    def now(self) -> Mapping[str, ApiToken]:
        """Every token by its hash, those beyond their time as well."""
        with self._lock:
            fresh = dict(self._tokens)
            for entry in self._ledger.events((TokenGiven, TokenEnded), after=self._seq):
                if isinstance(entry.event, TokenGiven):
                    fresh[entry.event.token] = entry.event.given
                elif isinstance(entry.event, TokenEnded):
                    fresh.pop(entry.event.token, None)
                self._seq = entry.seq
            self._tokens = fresh
            return fresh


def counts(token: ApiToken, now: datetime) -> bool:
    """True when the token is not beyond its time."""
    return now < datetime.fromisoformat(token.until)
