"""The users of a workspace as the ledger has them: who held which role when, and who may do what.

Each record says how a user stands from then on; the newest one of a login counts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum
from threading import Lock

from ledger.chain import Record
from ledger.ledger import Ledger
from ledger.records import Payload, who_payload
from model.decision import Decision, Who
from model.errors import LedgerError, NotAllowed
from model.user import Role, User

USER = "user"
"""The kind of these records."""


class Change(StrEnum):
    """What a record about a user says has happened."""

    ADDED = "added"
    ROLES = "roles"
    DISABLED = "disabled"
    ENABLED = "enabled"
    PASSWORD = "password"
    REHASHED = "rehashed"  # the same password, hashed with today's parameters


def user_payload(user: User, change: Change, who: Who) -> Payload:
    """The record of how a user stands after a change, and who made it. The time is the record's own."""
    return {
        "login": user.login,
        "name": user.name,
        "roles": sorted(user.roles),
        "account": user.account,
        "enabled": user.enabled,
        "credential": user.credential,
        "change": change.value,
        "who": who_payload(who),
    }


def user_of(record: Record) -> User:
    """How a user stands from a record on.

    Raises:
        LedgerError: the record is not one.
    """
    body = record.payload
    try:
        Change(body["change"])
        return User(
            login=str(body["login"]),
            name=str(body["name"]),
            roles=frozenset(Role(one) for one in body["roles"]),
            account=str(body["account"]),
            enabled=body["enabled"] is True,
            credential=str(body["credential"]),
        )
    except (ValueError, TypeError, KeyError) as error:
        raise LedgerError(
            f"Record {record.seq} of the ledger is no sound user.",
            remedy="Run `chamra audit` to see what is damaged; restore the ledger from a backup.",
        ) from error


def users_at(ledger: Ledger, upto: int | None = None) -> dict[str, User]:
    """Every user by login, in the order in which they came, as of the record `upto` (None: now)."""
    return folded(ledger.records(kind=USER, upto=upto))


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
            for record in self._ledger.records(after=self._seq, kind=USER):
                fresh[str(record.payload.get("login"))] = user_of(record)
                self._seq = record.seq
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


def folded(records: Iterable[Record]) -> dict[str, User]:
    """Every user by login after these records."""
    found: dict[str, User] = {}
    for record in records:
        user = user_of(record)
        found[user.login] = user
    return found
