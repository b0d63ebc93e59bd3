"""The users of a workspace: records in the ledger, so that anybody can say later who held which role when.

Each record says how a user stands from then on; the newest one of a login counts. A login, and the account
of the operating system that it is linked to, stay the same person's for ever: decisions are told apart by
them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from enum import StrEnum
from threading import Lock

from model.decision import Decision, Who
from model.errors import LedgerError, NotAllowed, UsageError
from model.user import Role, User
from review.passwords import hashed, refuse_weak
from review.records import Payload, who_payload
from workspace.chain import Record
from workspace.ledger import Ledger
from workspace.password_file import PasswordFile
from workspace.workspace import Workspace

USER = "user"
"""The kind of these records."""

_LOGIN = re.compile(r"[a-z0-9][a-z0-9._@-]{0,63}")
_LONGEST_NAME = 100  # code points


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
    return _folded(ledger.records(kind=USER, upto=upto))


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


def add(
    ws: Workspace,
    login: str,
    name: str,
    roles: Collection[Role],
    password: str | None,
    who: Who,
    *,
    account: str = "",
) -> User:
    """Add a user, with a password or to come through a sign-on proxy alone; durable when it returns.

    Raises:
        UsageError: the login or account is somebody's, a name cannot stand, the password is too weak, or
            no role is given.
        NotAllowed: `who` may not manage users.
    """
    if not _LOGIN.fullmatch(login):
        raise UsageError(
            f"{login!r} cannot be a login.",
            remedy="Small Latin letters and digits, and . _ @ - after the first; 64 at most.",
        )
    if not name.strip() or len(name) > _LONGEST_NAME or not name.isprintable():
        raise UsageError("The name cannot stand.", remedy=f"1 to {_LONGEST_NAME} visible characters.")
    if not roles:
        raise UsageError(f"{login} would hold no role.", remedy=f"Give --role: {', '.join(Role)}.")
    if password is not None:
        refuse_weak(password, login, name)

    def added(users: Mapping[str, User]) -> User:
        taken = {known for one in users.values() for known in (one.login, one.account) if known}
        for wanted in filter(None, (login, account)):
            if wanted in taken:
                raise UsageError(
                    f"{wanted} is a user's already, and stays theirs.",
                    remedy="`chamra user list` shows all users; `enable`, `role` and `password` change one.",
                )
        return User(login, name, frozenset(roles), account)

    return _change(ws, Change.ADDED, who, added, password)


def set_roles(ws: Workspace, login: str, roles: Collection[Role], who: Who) -> User:
    """Let a user hold these roles and no others; raises as `add` does, and for an unknown login."""
    if not roles:
        raise UsageError(
            f"{login} would hold no role.", remedy=f"`chamra user disable {login}` keeps them out."
        )
    return _change(ws, Change.ROLES, who, lambda users: replace(_known(users, login), roles=frozenset(roles)))


def set_enabled(ws: Workspace, login: str, enabled: bool, who: Who) -> User:
    """Keep a user out, at once, or let them in again; raises as `set_roles` does."""
    change = Change.ENABLED if enabled else Change.DISABLED
    return _change(ws, change, who, lambda users: replace(_known(users, login), enabled=enabled))


def set_password(ws: Workspace, login: str, password: str, who: Who) -> User:
    """Give a user another password and end their sessions; raises as `add` does."""
    before = _known(users_at(ws.ledger), login)
    refuse_weak(password, login, before.name)
    return _change(ws, Change.PASSWORD, who, lambda users: _known(users, login), password)


def rehash(ws: Workspace, user: User, password: str, who: Who) -> User:
    """Hash a user's own password anew, because the parameters have grown since. Nothing is done where the
    password was changed meanwhile."""

    def same(users: Mapping[str, User]) -> User:
        return _known(users, user.login)

    return _change(ws, Change.REHASHED, who, same, password, unless_not=user.credential)


def _change(
    ws: Workspace,
    change: Change,
    who: Who,
    make: Callable[[Mapping[str, User]], User],
    password: str | None = None,
    *,
    unless_not: str | None = None,
) -> User:
    """Record what `make` makes of the users, in one step. Records nothing where it changes nothing."""
    encoded = None if password is None else hashed(password)  # slow: done before anybody has to wait
    file = PasswordFile(ws.path)
    with ws.ledger.writing() as batch:
        users = _folded(batch.records(kind=USER))
        if change is not Change.REHASHED:
            _refuse_others(users, who)
        user = make(users)
        if unless_not is not None and user.credential != unless_not:
            return user
        if encoded is not None:
            user = replace(user, credential=file.put(encoded))
        if users.get(user.login) != user:
            batch.append(USER, user_payload(user, change, who))
    if encoded is not None:
        with ws.ledger.writing() as batch:
            file.keep_only({one.credential for one in _folded(batch.records(kind=USER)).values()})
    return user


def _refuse_others(users: Mapping[str, User], who: Who) -> None:
    """Once an administrator is known by an account, only such accounts manage users, and the machine's
    own administrator, who could change the files anyway."""
    administrators = {
        one.account
        for one in users.values()
        if one.enabled and one.account and Role.ADMINISTRATOR in one.roles
    }
    if administrators and who.account not in administrators | {"root"}:
        raise NotAllowed(
            f"The account {who.account} may not manage users.",
            remedy=f"An administrator does: {', '.join(sorted(administrators))}.",
        )


def _known(users: Mapping[str, User], login: str) -> User:
    if login not in users:
        raise UsageError(f"There is no user {login!r}.", remedy="`chamra user list` shows all users.")
    return users[login]


def _folded(records: Iterable[Record]) -> dict[str, User]:
    found: dict[str, User] = {}
    for record in records:
        user = user_of(record)
        found[user.login] = user
    return found
