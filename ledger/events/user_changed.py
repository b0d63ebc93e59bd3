"""How a user stands from here on."""

from __future__ import annotations

from dataclasses import dataclass

from ledger.event import Event
from model.decision import Who
from model.user import Role, User, UserChange


@dataclass(frozen=True, slots=True)
class UserChanged(Event):
    """How a user stands from here on, what has changed, and who changed it."""

    KIND = "user"
    VERSION = 2
    SAYS = (
        "so a user stands from here on: `roles` sorted; `credential` the SHA-256 of the encoded hash of their "
        "password, empty for none; `change` is `added`, `roles`, `disabled`, `enabled`, `password` or `rehashed`; "
        "`who` made it; `temporary`: somebody else set the password, and they must set their own first"
    )

    login: str
    name: str
    roles: tuple[Role, ...]
    account: str
    enabled: bool
    credential: str
    change: UserChange
    who: Who
    temporary: bool | None = None

    @classmethod
    def of(cls, user: User, change: UserChange, who: Who) -> UserChanged:
        """The event of how a user stands after a change."""
        return cls(
            user.login,
            user.name,
            tuple(sorted(user.roles)),
            user.account,
            user.enabled,
            user.credential,
            change,
            who,
            user.temporary or None,
        )

    @property
    def user(self) -> User:
        """The user as they stand from here on."""
        return User(
            self.login, self.name, frozenset(self.roles), self.account, self.enabled, self.credential,
            bool(self.temporary),
        )  # fmt: skip
