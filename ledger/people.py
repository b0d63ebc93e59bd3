"""The users of a workspace as the ledger has them: who held which role when, and who may do what.

Each record says how a user stands from then on; the newest one of a login counts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from threading import Lock

from ledger.event import Entry
from ledger.events.user_changed import UserChanged
from ledger.ledger import Ledger
from model.decision import Decision, Who
from model.errors import NotAllowed
from model.user import Role, User, UserChange


def users_at(ledger: Ledger, upto: int | None = None) -> dict[str, User]:
    """Every user by login, in the order in which they came, as of the record `upto` (None: now)."""
    return folded(ledger.events(UserChanged, upto=upto))


class Users:
    """The users as they stand now, kept up to date record by record. Safe to use from several threads."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._lock = Lock()
        self._seq = 0
        self._users: dict[str, User] = {}

    def now(self) -> Mapping[str, User]:
        """Every user by login."""
        with self._lock:
            fresh = dict(self._users)
            for entry in self._ledger.events(UserChanged, after=self._seq):
                fresh[entry.event.login] = entry.event.user
                self._seq = entry.seq
            self._users = fresh
            return fresh


def allowed(users: Mapping[str, User], who: Who, roles: Collection[Role]) -> None:
    """Let somebody go on who holds one of these roles, or where there are no users.

    Raises:
        NotAllowed: they merely claim to be somebody, are no user, are disabled, or hold none of the roles.
    """
    if not users:
        return
    user = None if who.known is None else by_identity(users, who.account)
    if user is None or not user.roles & frozenset(roles):
        wanted = " or ".join(sorted(roles))
        raise NotAllowed(
            f"{who.name} (account {who.account}) does not hold the role {wanted}.",
            remedy="An administrator gives roles with `chamra user role`.",
        )


def allowed_to_decide(users: Mapping[str, User], decision: Decision, others: Collection[str]) -> None:
    """Let somebody decide: the first answer is a reviewer's; where `others` have answered what takes two
    people, the next one is a second reviewer's. Who has answered may change what they said.

    Raises:
        NotAllowed: they do not hold the role for that answer.
    """
    again = decision.who.account in others
    role = Role.SECOND_REVIEWER if others and not again else Role.REVIEWER
    allowed(users, decision.who, {role, Role.SECOND_REVIEWER} if again else {role})


def by_identity(users: Mapping[str, User], identity: str) -> User | None:
    """The enabled user who stands in the ledger as this account."""
    return next((one for one in users.values() if one.identity == identity and one.enabled), None)


def by_account(users: Mapping[str, User], account: str) -> User | None:
    """The enabled user to whom this account of the operating system is known to belong."""
    return next((one for one in users.values() if one.account == account and one.enabled), None)


def set_by(entries: Iterable[Entry[UserChanged]]) -> dict[str, Who]:
    """Who has set the password that each user has, by the user's account, after these events. Where that is another
    person, that person could log in as the user."""
    found: dict[str, Who] = {}
    before: dict[str, str] = {}
    for entry in entries:
        event = entry.event
        if event.change is not UserChange.REHASHED and event.credential != before.get(event.login, ""):
            found[event.user.identity] = event.who
        before[event.login] = event.credential
    return found


def folded(entries: Iterable[Entry[UserChanged]]) -> dict[str, User]:
    """Every user by login after these events."""
    return {entry.event.login: entry.event.user for entry in entries}
