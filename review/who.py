"""Who is at the terminal."""

from __future__ import annotations

import os
import pwd
from collections.abc import Mapping
from types import MappingProxyType

from ledger.people import by_account
from model.decision import Known, Who
from model.errors import NotAllowed, UsageError
from model.user import User

_NOBODY: Mapping[str, User] = MappingProxyType({})


def account() -> str:
    """The account of the operating system that runs this process, from its user id: a variable of the
    environment such as USER can say anything."""
    number = os.getuid()
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return f"uid-{number}"


def at_the_terminal(name: str, users: Mapping[str, User] = _NOBODY) -> Who:
    """The person who gave this name at the terminal: the account is known, the name is claimed.

    Where the workspace has users, the account says who it is, and `name` is their name or login.

    Raises:
        NotAllowed: there are users, and the account is not known to be one's.
        UsageError: the account is another user's than the one who is named.
    """
    mine = account()
    if not users:
        return Who(name=name, account=mine, claimed=True)
    user = by_account(users, mine)
    if user is None:
        raise NotAllowed(
            f"This workspace has users, and the account {mine} is none of theirs.",
            remedy="Log in to the review page, or have an account linked with `chamra user add --account`.",
        )
    if name not in (user.name, user.login):
        raise UsageError(
            f"The account {mine} belongs to {user.name}, not to {name}.", remedy=f"Give --who {user.login}."
        )
    return known_by_account(user)


def who_am_i(users: Mapping[str, User]) -> tuple[User, Who]:
    """The user to whom the account at this terminal belongs.

    Raises:
        NotAllowed: it is none's.
    """
    user = by_account(users, account())
    if user is None:
        raise NotAllowed(
            f"The account {account()} belongs to no user.",
            remedy="Change your password on the review page, under your name.",
        )
    return user, known_by_account(user)


def who_manages(users: Mapping[str, User]) -> Who:
    """Whoever manages users from this terminal: the user to whom the account belongs, or the account."""
    mine = account()
    user = by_account(users, mine)
    return Who(mine, mine, claimed=False, known=Known.ACCOUNT) if user is None else known_by_account(user)


def known_by_account(user: User) -> Who:
    """A user who acts from the account of the operating system that is theirs."""
    return Who(user.name, user.identity, claimed=False, known=Known.ACCOUNT)


def logged_in(user: User, known: Known) -> Who:
    """A user who has logged in, or for whom a sign-on proxy has vouched."""
    return Who(user.name, user.identity, claimed=False, known=known)
