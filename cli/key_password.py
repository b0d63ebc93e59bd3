"""The password of a key file, from the environment or asked for at the terminal."""

from __future__ import annotations

import os

import typer


def key_password() -> str:
    """The password of the key that is being opened."""
    from ledger.signing.certified_key import PASSWORD

    return os.environ.get(PASSWORD) or typer.prompt("Password of the key", hide_input=True, err=True)
