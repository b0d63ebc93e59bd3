"""A user was given a token for programs."""

from __future__ import annotations

from dataclasses import dataclass

from ledger.event import Event, Sha256
from model.api_token import ApiToken, Scope
from model.decision import Who


@dataclass(frozen=True, slots=True)
class TokenGiven(Event):
    """A user was given a token; `token` is the SHA-256 of the 256 random bits that the program shows."""

    KIND = "token"
    SAYS = (
        "a token for programs was given to the user `login`: the SHA-256 of its secret, `scopes` sorted (`read`, "
        "`upload`), the time from which on it does not count, what it is called, and who gave it"
    )

    token: Sha256
    login: str
    scopes: tuple[Scope, ...]
    until: str
    note: str
    who: Who

    @property
    def given(self) -> ApiToken:
        """The token."""
        return ApiToken(self.token, self.login, frozenset(self.scopes), self.until, self.note)
