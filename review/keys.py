"""Putting keys on the list of allowed signers, and taking them off."""

from __future__ import annotations

import base64
from datetime import UTC, datetime
from pathlib import Path

from ledger.disk import disk_errors
from ledger.people import users_at
from ledger.signing.allowed_signers import AllowedSigner, add_signer, end_signer, read_signers
from ledger.signing.certificate import certificates_in, key_of, shown_name
from ledger.signing.ssh_signature import SshKey, key_from
from model.decision import Who
from model.errors import BadInput, NoSpace, UsageError
from review.users import refuse_others
from review.who import who_manages
from workspace.workspace import Workspace


def public_key_in(file: Path) -> tuple[SshKey, str, datetime | None]:
    """The public key in a file as OpenSSH writes it and its comment; or of the certificate in it (PEM), whom that is
    for, and until when it is valid.

    Raises:
        BadInput: there is none, or of a kind that is not used here.
    """
    with disk_errors(file):
        text = file.read_bytes().decode("utf-8", "replace")
    kind, _, rest = text.strip().partition(" ")
    blob, _, comment = rest.partition(" ")
    try:
        for certificate in certificates_in(text.encode())[:1]:
            return key_of(certificate), shown_name(certificate.subject), certificate.not_valid_after_utc
        return key_from(kind, base64.b64decode(blob, validate=True)), comment.strip(), None
    except ValueError as error:
        raise BadInput(
            f"{file} is no public key that can sign pages.",
            remedy="Make one with `ssh-keygen -t ed25519` and give the file that ends in .pub, or give a certificate.",
        ) from error


def add_key(
    ws: Workspace,
    login: str,
    key: SshKey,
    comment: str = "",
    *,
    since: datetime | None = None,
    until: datetime | None = None,
) -> AllowedSigner:
    """Let a key count for a user, or for an account where there are no users, from a time on, by default now.

    Raises:
        UsageError: there is no such user, or the key is on the list already.
        NotAllowed: this account may not manage users.
        BadInput, NoSpace, WorkspaceError: the list cannot be read or written.
    """
    _refuse_others(ws)
    users = users_at(ws.ledger)
    if users and login not in users:
        raise UsageError(f"There is no user {login!r}.", remedy="`chamra user list` shows all users.")
    person = users[login].identity if users else login
    if not person or set(person) & set(' ,"*?!#'):
        raise UsageError(f"{person!r} cannot stand in a list of signers.", remedy="Name an account.")
    signer = AllowedSigner((person,), key, since or _now(), until, comment)
    add_signer(ws.signers, signer)
    return signer


def add_own_key(ws: Workspace, who: Who, key: SshKey, comment: str) -> AllowedSigner:
    """Let a key count for whoever gives it, from now on.

    Raises:
        UsageError: the key is on the list already.
        NoSpace: the list belongs to somebody else; the remedy is the line that they must add.
        BadInput, WorkspaceError: the list cannot be read or written.
    """
    signer = AllowedSigner((who.account,), key, _now(), None, comment)
    try:
        add_signer(ws.signers, signer)
    except NoSpace as error:
        raise NoSpace(
            error.message, remedy=f"Whoever keeps that list adds this line: {signer.line}"
        ) from error
    return signer


def end_own_key(ws: Workspace, who: Who, fingerprint: str) -> AllowedSigner:
    """Let one's own key count no longer; raises as `add_own_key` does, and a `UsageError` where it is not one's own."""
    if all(one.key.fingerprint != fingerprint for one in read_signers(ws.signers).of(who.account)):
        raise UsageError(
            "That key is not yours.", remedy="An administrator ends keys with `chamra user key revoke`."
        )
    return end_signer(ws.signers, fingerprint, _now())


def end_key(ws: Workspace, fingerprint: str, when: datetime | None = None) -> AllowedSigner:
    """Let a key count no longer, from a time on, by default now; raises as `add_key` does."""
    _refuse_others(ws)
    return end_signer(ws.signers, fingerprint, when or _now())


def _refuse_others(ws: Workspace) -> None:
    refuse_others(users_at(ws.ledger), who_manages(users_at(ws.ledger)))


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)
