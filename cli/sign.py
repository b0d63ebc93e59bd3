"""`chamra sign`: sign the pages of a document."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.key_password import key_password
from cli.options import DocumentArgument, WhoOption, WorkspaceOption
from cli.page_lists import listed_pages
from model.errors import Exit, UsageError

if TYPE_CHECKING:
    from review.attest import Pen

KeyOption = Annotated[
    str | None,
    typer.Option(
        "--key",
        help="Sign with this key: an OpenSSH file, `agent` for the one that the SSH agent has, or an office's "
        "key with its certificate (PKCS#12, or PEM with --certificate).",
        show_default=False,
    ),
]
CertificateOption = Annotated[
    Path | None,
    typer.Option("--certificate", help="The certificate of the key in --key, PEM.", show_default=False),
]


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("sign")(sign)


def sign(
    document: DocumentArgument,
    workspace: WorkspaceOption,
    who: WhoOption,
    key: KeyOption = None,
    certificate: CertificateOption = None,
) -> int:
    """Sign every page of a document as its text now stands."""
    from ledger.people import users_at
    from review.sign import sign as put_name
    from review.who import at_the_terminal
    from workspace.workspace import Workspace

    with Workspace.open(workspace) as ws:
        person = at_the_terminal(who, users_at(ws.ledger))
        pen = _pen(key, certificate, person.account, ws.signers)
        signed = put_name(ws, ws.find_document(document), person, pen=pen)
    pages = listed_pages(signoff.page for signoff in signed.signoffs)
    typer.echo(f"signed by {person.name} (account {person.account}): {pages}")
    if signed.signoffs:
        used = signed.signoffs[0].key
        typer.echo(f"  with the key {used}" if used else "  claimed, not signed: no key was used")
        typer.echo(f"  policy {signed.signoffs[0].policy} accepted {signed.accepted_by_policy} safe changes")
    if signed.unchanged:
        typer.echo(f"  signed before and unchanged: {listed_pages(signed.unchanged)}")
    if signed.countersign:
        typer.echo(f"  a second person must sign, from another account: {listed_pages(signed.countersign)}")
    if signed.waived:
        typer.echo(f"  left out: {listed_pages(signed.waived)}")
    if signed.anchor:
        typer.echo(f"  anchored: record {signed.anchor.seq} in {', '.join(map(str, ws.anchors))}")
    if signed.stamped:
        typer.echo(
            f"  stamped: record {signed.stamped.seq} at {signed.stamped.timestamp.when:%Y-%m-%d %H:%M:%S} UTC"
        )
    if signed.not_stamped:
        typer.echo(f"  NOT stamped: {signed.not_stamped}", err=True)
    return Exit.DONE


def _pen(key: str | None, certificate: Path | None, account: str, signers: Path) -> Pen | None:
    """What signs; None where no key is meant."""
    from ledger.signing.allowed_signers import read_signers
    from ledger.signing.certified_key import certified_key, is_certified
    from review.certificate_pen import CertificatePen
    from review.ssh_keygen import AGENT, pen_of

    if key is None:
        if certificate is not None:
            raise UsageError("--certificate needs the key.", remedy="Give it with --key FILE.")
        return None
    if certificate is not None or (key != AGENT and is_certified(Path(key))):
        return CertificatePen(certified_key(Path(key), certificate, key_password))
    return pen_of(key, account, read_signers(signers))
