"""Adding and changing users. A login, and the account
of the operating system that it is linked to, stay the same person's for ever: decisions are told apart by
them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

from ledger.events.user_changed import UserChanged
from ledger.people import allowed, folded, users_at
from model.decision import Known, Who
from model.errors import NotAllowed, UsageError
from model.names import refuse_look_alike, refuse_unsound
from model.user import Role, User, UserChange
from review.passwords import hashed, matches, refuse_weak
from workspace.password_file import PasswordFile
from workspace.workspace import Workspace

_LOGIN = re.compile(r"[a-z0-9][a-z0-9._@-]{0,63}")
_LOGGED_IN = (Known.LOGIN, Known.PROXY)


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
    refuse_unsound(name)
    if not roles:
        raise UsageError(f"{login} would hold no role.", remedy=f"Give --role: {', '.join(Role)}.")
    if password is not None:
        refuse_weak(password, login, name)

    def added(users: Mapping[str, User]) -> User:
        # Of names that differ by their capitals alone two people could be made of one.
        taken = {known.casefold() for one in users.values() for known in (one.login, one.account)}
        for wanted in filter(None, (login, account)):
            if wanted.casefold() in taken:
                raise UsageError(
                    f"{wanted} is a user's already, and stays theirs.",
                    remedy="`chamra user list` shows all users; `enable`, `role` and `password` change one.",
                )
        refuse_look_alike(name, login, users.values())
        return User(login, name, frozenset(roles), account)

    return _change(ws, UserChange.ADDED, who, added, password)


def set_roles(ws: Workspace, login: str, roles: Collection[Role], who: Who) -> User:
    """Let a user hold these roles and no others; raises as `add` does, and for an unknown login."""
    if not roles:
        raise UsageError(
            f"{login} would hold no role.", remedy=f"`chamra user disable {login}` keeps them out."
        )
    return _change(
        ws, UserChange.ROLES, who, lambda users: replace(_known(users, login), roles=frozenset(roles))
    )


def set_enabled(ws: Workspace, login: str, enabled: bool, who: Who) -> User:
    """Keep a user out, at once, or let them in again; raises as `set_roles` does."""
    change = UserChange.ENABLED if enabled else UserChange.DISABLED
    return _change(ws, change, who, lambda users: replace(_known(users, login), enabled=enabled))


def set_password(ws: Workspace, login: str, password: str, who: Who) -> User:
    """Give a user another password and end their sessions; raises as `add` does.

    What somebody else gives them is temporary: they must set their own before they do anything.
    """
    before = _known(users_at(ws.ledger), login)
    refuse_weak(password, login, before.name)
    return _change(ws, UserChange.PASSWORD, who, lambda users: _known(users, login), password)


def set_own_password(ws: Workspace, user: User, current: str, new: str, who: Who) -> User:
    """Give oneself another password, where the current one is known to be right; raises as `set_password` does.

    Raises:
        UsageError: it is the same.
    """
    if new == current:
        raise UsageError("That is the password that you have.", remedy="Take another one.")
    return set_password(ws, user.login, new, who)


def refuse_wrong(ws: Workspace, user: User, password: str) -> None:
    """Refuse what is not the user's password.

    Raises:
        NotAllowed: it is wrong, or they have none.
    """
    encoded = PasswordFile(ws.path).get(user.credential) if user.credential else None
    if not matches(password, encoded):
        raise NotAllowed("The password is wrong.", remedy="An administrator can give you a new one.")


def rehash(ws: Workspace, user: User, password: str, who: Who) -> User:
    """Hash a user's own password anew, because the parameters have grown since. Nothing is done where the
    password was changed meanwhile."""

    def same(users: Mapping[str, User]) -> User:
        return _known(users, user.login)

    return _change(ws, UserChange.REHASHED, who, same, password, unless_not=user.credential)


def _change(
    ws: Workspace,
    change: UserChange,
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
        users = folded(batch.events(UserChanged))
        user = make(users)
        own = change in (UserChange.PASSWORD, UserChange.REHASHED) and _is(user, who)
        if not own:
            refuse_others(users, who)
            _refuse_own_end(users.get(user.login), user, who)
        if unless_not is not None and user.credential != unless_not:
            return user
        if encoded is not None:
            temporary = user.temporary if change is UserChange.REHASHED else not _is(user, who)
            user = replace(user, credential=file.put(encoded), temporary=temporary)
        if users.get(user.login) != user:
            batch.append(UserChanged.of(user, change, who))
    if encoded is not None:
        with ws.ledger.writing() as batch:
            file.keep_only({one.credential for one in folded(batch.events(UserChanged)).values()})
    return user


def _is(user: User, who: Who) -> bool:
    """True where a user acts upon themselves, and it is known that they do."""
    return who.known is not None and who.account == user.identity


def refuse_others(users: Mapping[str, User], who: Who) -> None:
    """Whoever has logged in must be an administrator. At the terminal, once an administrator is known by an account,
    only such accounts manage users, and the machine's own administrator, who could change the files anyway.

    Raises:
        NotAllowed: this is another account.
    """
    if who.known in _LOGGED_IN:
        allowed(users, who, {Role.ADMINISTRATOR})
        return
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


def _refuse_own_end(before: User | None, after: User, who: Who) -> None:
    """Nobody shuts themselves out: an administrator is left then, and it is no slip of the hand."""
    own = before is not None and who.known in _LOGGED_IN and before.identity == who.account
    if own and not (after.enabled and Role.ADMINISTRATOR in after.roles):
        raise UsageError(
            "Nobody takes the role of administrator from themselves.", remedy="Another administrator does."
        )


def _known(users: Mapping[str, User], login: str) -> User:
    if login not in users:
        raise UsageError(f"There is no user {login!r}.", remedy="`chamra user list` shows all users.")
    return users[login]
