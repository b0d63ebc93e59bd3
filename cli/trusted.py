"""Whom somebody trusts who verifies: authorities and their revocation lists, from files of their own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.given_file import given_bytes
from model.errors import UsageError

if TYPE_CHECKING:
    from ledger.signing.authorities import Authorities

CaOption = Annotated[
    Path | None,
    typer.Option(
        "--ca",
        help="Certificates of authorities that you trust, PEM: one of them must vouch for a signer.",
        show_default=False,
    ),
]
CrlOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--crl",
        help="A revocation list (CRL) of such an authority: what it names counts no longer.",
        show_default=False,
    ),
]


def trusted_authorities(ca: Path | None, lists: list[Path] | None) -> Authorities:
    """What these files say, nobody where none is given.

    Raises:
        UsageError: there is no such file, or there are lists without authorities.
        BadInput: a file is something else.
    """
    from ledger.signing.authorities import NOBODY, authorities_from

    if ca is None:
        if lists:
            raise UsageError(
                "--crl needs --ca.", remedy="Give the certificates of the lists' authorities, PEM."
            )
        return NOBODY
    return authorities_from(given_bytes(ca), str(ca), [(str(one), given_bytes(one)) for one in lists or ()])
