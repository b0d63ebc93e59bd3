"""`chamra sign`: sign the pages of a document."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.key_password import key_password
from cli.options import DocumentArgument, JsonOption, WhoOption, WorkspaceOption
from cli.page_lists import listed_pages
from cli.told import tell
from model.errors import Exit, UsageError

if TYPE_CHECKING:
    from model.decision import Who
    from review.attest import Pen
    from review.sign import Signed
    from workspace.workspace import Workspace

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
    as_json: JsonOption = False,
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
        tell("sign", _values(signed, person), _lines(signed, person, ws), as_json=as_json)
    if signed.not_stamped:
        typer.echo(f"  NOT stamped: {signed.not_stamped}", err=True)
    return Exit.DONE


def _values(signed: Signed, person: Who) -> dict[str, object]:
    first = signed.signoffs[0] if signed.signoffs else None
    return {
        "who": person.name,
        "account": person.account,
        "pages": [one.page for one in signed.signoffs],
        "key": first.key or None if first else None,
        "policy": first.policy if first else None,
        "accepted_by_policy": signed.accepted_by_policy,
        "unchanged": list(signed.unchanged),
        "countersign": list(signed.countersign),
        "waived": list(signed.waived),
        "anchored": signed.anchor.seq if signed.anchor else None,
        "stamped": signed.stamped.seq if signed.stamped else None,
        "not_stamped": signed.not_stamped or None,
    }


def _lines(signed: Signed, person: Who, ws: Workspace) -> Iterator[str]:
    pages = listed_pages(signoff.page for signoff in signed.signoffs)
    yield f"signed by {person.name} (account {person.account}): {pages}"
    if signed.signoffs:
        used = signed.signoffs[0].key
        yield f"  with the key {used}" if used else "  claimed, not signed: no key was used"
        yield f"  policy {signed.signoffs[0].policy} accepted {signed.accepted_by_policy} safe changes"
    if signed.unchanged:
        yield f"  signed before and unchanged: {listed_pages(signed.unchanged)}"
    if signed.countersign:
        yield f"  a second person must sign, from another account: {listed_pages(signed.countersign)}"
    if signed.waived:
        yield f"  left out: {listed_pages(signed.waived)}"
    if signed.anchor:
        yield f"  anchored: record {signed.anchor.seq} in {', '.join(map(str, ws.anchors))}"
    if signed.stamped:
        yield f"  stamped: record {signed.stamped.seq} at {signed.stamped.timestamp.when:%Y-%m-%d %H:%M:%S} UTC"


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
