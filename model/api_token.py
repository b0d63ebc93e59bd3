"""What a program shows in place of a password: a token of a user's."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Scope(StrEnum):
    """What a token is for; never more than its user may. No token decides, signs, publishes or manages users."""

    READ = "read"  # looks at what its user may see: addresses below /api, exports and reports
    UPLOAD = "upload"  # puts scans into the inbox


@dataclass(frozen=True, slots=True)
class ApiToken:
    """A token as the ledger has it: the SHA-256 of what the program shows, whose it is, for what, until when (UTC, ISO
    8601), and what it is called."""

    sha256: str
    login: str
    scopes: frozenset[Scope]
    until: str
    note: str

    @property
    def id(self) -> str:
        """By which it is named: the beginning of its hash."""
        return self.sha256[:12]
