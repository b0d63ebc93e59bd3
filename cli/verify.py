"""`chamra verify`: whether a file that left the house is what somebody signed, with nothing but the file at hand."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.given_file import given_bytes
from cli.options import JsonOption
from cli.trusted import CaOption, CrlOption, trusted_authorities
from model.errors import BadInput, Exit, UsageError

if TYPE_CHECKING:
    from ledger.signing.authorities import Authorities
    from reports.signing.file_signature import FileSignature

SCHEMA = "chamra/verify/1"
_SSH = b"-----BEGIN SSH SIGNATURE-----"


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("verify")(verify)


def verify(
    file: Annotated[
        Path, typer.Argument(help="A file that `chamra export` wrote and signed.", show_default=False)
    ],
    proof: Annotated[
        Path | None,
        typer.Option(
            help="The signature beside it: FILE.p7s or FILE.sig. A PDF has it within.", show_default=False
        ),
    ] = None,
    ca: CaOption = None,
    crl: CrlOption = None,
    signers: Annotated[
        Path | None,
        typer.Option(
            help="Whose OpenSSH key is whose: the list of ssh-keygen(1), ALLOWED SIGNERS.", show_default=False
        ),
    ] = None,
    package: Annotated[
        Path | None,
        typer.Option(help="The evidence package that the PDF must name.", show_default=False),
    ] = None,
    as_json: JsonOption = False,
) -> int:
    """Verify the signature of a file: needs no workspace, only the file and what you trust."""
    data = given_bytes(file)
    trusted = trusted_authorities(ca, crl) if ca or crl else None
    found = (
        _in_it(data, file, trusted)
        if proof is None
        else (_beside(data, given_bytes(proof), trusted, signers),)
    )
    named, named_ok = _packages(data, package)
    sound = all(not one.fault for one in found) and named_ok
    if as_json:
        rows = [_row(one) for one in found]
        said = {"schema": SCHEMA, "file": str(file), "ok": sound, "signatures": rows, "packages": list(named)}
        typer.echo(json.dumps(said, ensure_ascii=False))
    else:
        for one in found:
            typer.echo(_sentence(one))
        for sha256 in named:
            typer.echo(f"names the evidence package {sha256}")
        if not named_ok:
            typer.echo(f"{package} is not the evidence package that it names")
    return Exit.DONE if sound else Exit.NEEDS_A_PERSON


def _in_it(data: bytes, file: Path, trusted: Authorities | None) -> tuple[FileSignature, ...]:
    from reports.signing.checked import check_pdf

    if not data.startswith(b"%PDF-"):
        raise UsageError(f"{file} has no signature within.", remedy="Give the one beside it: --proof FILE.")
    found = check_pdf(data, trusted, datetime.now(UTC))
    if not found:
        raise BadInput(f"{file} is not signed.", remedy="If there is a signature beside it: --proof FILE.")
    return found


def _beside(data: bytes, proof: bytes, trusted: Authorities | None, signers: Path | None) -> FileSignature:
    from ledger.signing.allowed_signers import read_signers
    from ledger.signing.ssh_signature import OF_FILES
    from reports.signing.checked import check_beside
    from reports.signing.ssh import check_ssh

    if proof.lstrip().startswith(_SSH):
        listed = None if signers is None else read_signers(signers, OF_FILES)
        return check_ssh(data, proof.decode("ascii", "replace"), listed, datetime.now(UTC))
    return check_beside(data, proof, trusted, datetime.now(UTC))


def _packages(data: bytes, package: Path | None) -> tuple[tuple[str, ...], bool]:
    """The evidence packages that a file names, and whether the one that was given is among them."""
    import hashlib

    named: tuple[str, ...] = ()
    if data.startswith(b"%PDF-"):
        import tempfile

        from reports.searchable.document import packages_in

        with tempfile.TemporaryFile() as file:
            file.write(data)
            file.flush()
            named = packages_in(file, "a PDF")
    return named, package is None or hashlib.sha256(given_bytes(package)).hexdigest() in named


def _row(one: FileSignature) -> dict[str, Any]:
    return {
        "by": one.by, "fingerprint": one.fingerprint, "when": one.when and one.when.isoformat(),
        "vouched": one.vouched, "fault": one.fault,
    }  # fmt: skip


def _sentence(one: FileSignature) -> str:
    who = f"{one.by} ({one.fingerprint})" if one.by else one.fingerprint
    when = f", who says on {one.when:%Y-%m-%d %H:%M} UTC" if one.when else ""
    if one.fault:
        return f"NOT PROVEN: the signature by {who}{when} {one.fault}"
    whose = "" if one.vouched else "; whose that is only --ca or --signers tells"
    return f"the file is as it was signed by {who}{when}{whose}"
