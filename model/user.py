"""Who may do what in a workspace."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What somebody may do. A user may hold several."""

    OPERATOR = "operator"  # sees where documents and pages stand
    REVIEWER = "reviewer"  # decides and signs
    SECOND_REVIEWER = "second-reviewer"  # gives the second answer where two people must agree
    AUDITOR = "auditor"  # sees everything, decides nothing
    ADMINISTRATOR = "administrator"  # manages users, revokes signatures


class UserChange(StrEnum):
    """What has happened to a user."""

    ADDED = "added"
    ROLES = "roles"
    DISABLED = "disabled"
    ENABLED = "enabled"
    PASSWORD = "password"
    REHASHED = "rehashed"  # the same password, hashed with today's parameters


EVERY_ROLE = frozenset(Role)
"""What the one person holds who works in a workspace without users."""


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who may log in.

    `login` is what they type, `name` what goes on record. `account` is the account of the operating system
    that is known to be theirs, empty where none is. `credential` is the SHA-256 of the encoded hash of their
    password, empty where they have none and come through a sign-on proxy alone; `temporary` says that somebody else
    has set it, and that they must set their own before they do anything.
    """

    login: str
    name: str
    roles: frozenset[Role]
    account: str = ""
    enabled: bool = True
    credential: str = ""
    temporary: bool = False

    @property
    def identity(self) -> str:
        """What stands as the account in the ledger, and decides whether two people are different: the same
        in the browser and at the terminal."""
        return self.account or self.login
