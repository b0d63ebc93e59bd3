"""Who is at the terminal."""

from __future__ import annotations

import os
import pwd

from model.decision import Who


def account() -> str:
    """The account of the operating system that runs this process, from its user id: a variable of the
    environment such as USER can say anything."""
    number = os.getuid()
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return f"uid-{number}"


def at_the_terminal(name: str) -> Who:
    """The person who gave this name at the terminal: the account is known, the name is claimed."""
    return Who(name=name, account=account(), claimed=True)
