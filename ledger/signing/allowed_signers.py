"""Whose keys are whose, from when to when: a list outside the workspace, in the form of OpenSSH (ssh-keygen(1), ALLOWED
SIGNERS).

A line says `ACCOUNT namespaces="page@chamra",valid-after="20260101000000Z",valid-before="..." KIND KEY COMMENT`. The
account is the one that stands in the ledger; the key of a certificate stands there as any other. Whoever may write the
list says whose signature counts, so it belongs to somebody else than the workspace does, and an auditor brings their
own copy.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from ledger.disk import disk_errors, one_at_a_time, replacing_file
from ledger.signing.certificate import KINDS, certificate_key
from ledger.signing.ssh_signature import NAMESPACE, SshKey, key_from
from model.errors import BadInput, UsageError
from model.quoted import quoted

_OPTION = re.compile(r'([a-z-]+)(?:="([^"]*)")?(?:,|$)')
_FORMATS = {8: "%Y%m%d", 12: "%Y%m%d%H%M", 14: "%Y%m%d%H%M%S"}


@dataclass(frozen=True, slots=True)
class AllowedSigner:
    """A key of these accounts; it counts from `since` on and before `until` (None: without that limit)."""

    accounts: tuple[str, ...]
    key: SshKey
    since: datetime | None = None
    until: datetime | None = None
    comment: str = ""

    def counts(self, when: datetime) -> bool:
        """True when the key counted at that time."""
        return (self.since is None or self.since <= when) and (self.until is None or when < self.until)

    @property
    def line(self) -> str:
        """The line of the list."""
        options = [f'namespaces="{NAMESPACE}"']
        options += [f'valid-after="{_stamp(self.since)}"'] if self.since else []
        options += [f'valid-before="{_stamp(self.until)}"'] if self.until else []
        parts = (",".join(self.accounts), ",".join(options), self.key.line, self.comment)
        return " ".join(filter(None, parts))


@dataclass(frozen=True, slots=True)
class AllowedSigners:
    """The keys of a list, in its order. `name` is the file that it comes from, `faults` says of lines that cannot be
    understood what is wrong with them; who reads a list to sign by it has none."""

    name: str
    signers: tuple[AllowedSigner, ...] = ()
    faults: tuple[str, ...] = ()

    def shared(self) -> dict[str, tuple[str, ...]]:
        """The keys, by fingerprint, that stand there for several accounts, with these."""
        found: dict[str, set[str]] = {}
        for one in self.signers:
            found.setdefault(one.key.fingerprint, set()).update(one.accounts)
        return {key: tuple(sorted(accounts)) for key, accounts in found.items() if len(accounts) > 1}

    def of(self, account: str, when: datetime | None = None) -> tuple[AllowedSigner, ...]:
        """The keys of an account, those that counted at a time where one is given."""
        return tuple(
            one for one in self.signers if account in one.accounts and (when is None or one.counts(when))
        )


def read_signers(path: Path, namespace: str = NAMESPACE, *, lenient: bool = False) -> AllowedSigners:
    """The list in a file, of those keys that count for a namespace; nobody's where there is none.

    Raises:
        BadInput: a line cannot be understood; the message names it. A `lenient` reader is told of it as a fault.
        NoSpace, WorkspaceError: the file may not be read.
    """
    with disk_errors(path):
        data = path.read_bytes() if path.exists() else b""
    return signers_from(data, str(path), namespace, lenient=lenient)


def signers_from(
    data: bytes, name: str, namespace: str = NAMESPACE, *, lenient: bool = False
) -> AllowedSigners:
    """The list in the bytes of a file; raises as `read_signers` does."""
    faults: list[str] | None = [] if lenient else None
    found = [one for _, one in _lines(data, name, namespace, faults) if one is not None]
    return AllowedSigners(name, tuple(found), tuple(faults or ()))


def add_signer(path: Path, signer: AllowedSigner) -> None:
    """Add a key to the list in a file, durably.

    Raises:
        UsageError: the key stands there already.
        BadInput, NoSpace, WorkspaceError: the list cannot be read or written.
    """
    with disk_errors(path), one_at_a_time(path.parent):
        known = next((one for one in read_signers(path).signers if one.key == signer.key), None)
        if known is not None:
            raise UsageError(
                f"{path} has the key {signer.key.fingerprint} already, as {', '.join(known.accounts)}'s.",
                remedy="Make another key: one that was taken back is not used again.",
            )
        text = path.read_bytes() if path.exists() else b""
        torn = b"" if not text or text.endswith(b"\n") else b"\n"
        _write(path, text + torn + signer.line.encode() + b"\n")


def end_signer(path: Path, fingerprint: str, when: datetime) -> AllowedSigner:
    """Let the key with that fingerprint count no longer from that time on; what it signed before stands.

    Raises:
        UsageError: the list has no such key.
        BadInput, NoSpace, WorkspaceError: the list cannot be read or written.
    """
    with disk_errors(path), one_at_a_time(path.parent):
        data = path.read_bytes() if path.exists() else b""
        lines, ended = [], None
        for line, signer in _lines(data, str(path)):
            if signer is None or signer.key.fingerprint != fingerprint:
                lines.append(line)
                continue
            ended = replace(signer, until=min(when, signer.until or when))
            lines.append(ended.line)
        if ended is None:
            raise UsageError(
                f"{path} has no key {fingerprint}.", remedy="`chamra user key list` shows the keys."
            )
        _write(path, "".join(f"{line}\n" for line in lines).encode())
    return ended


def _write(path: Path, data: bytes) -> None:
    with replacing_file(path, 0o644) as file:
        file.write(data)


def _lines(
    data: bytes, name: str, namespace: str = NAMESPACE, faults: list[str] | None = None
) -> Iterator[tuple[str, AllowedSigner | None]]:
    """Each line of a list with what it says; a comment says nothing, and neither does one of the `faults`, where these
    are gathered."""
    for number, raw in enumerate(data.splitlines(), start=1):
        line, signer = raw.decode("utf-8", "replace"), None
        try:
            raw.decode("utf-8")
            if line.strip() and not line.lstrip().startswith("#"):
                signer = _signer(line, namespace)
        except ValueError as error:
            message = f"Line {number} of {name} is no allowed signer: {error}."
            if faults is None:
                raise BadInput(
                    message,
                    remedy='Lines say ACCOUNT namespaces="page@chamra" KIND KEY; ssh-keygen(1), ALLOWED SIGNERS.',
                ) from error
            faults.append(message)
        yield line, signer


def _signer(line: str, namespace: str) -> AllowedSigner | None:
    """What a line says; None where it is about another namespace."""
    accounts, _, rest = line.strip().partition(" ")
    if re.search(r"[*?!\"]", accounts):
        raise ValueError("accounts are named one by one, without patterns")
    options, rest = _options(rest.lstrip())
    kind, _, rest = rest.lstrip().partition(" ")
    blob, _, comment = rest.lstrip().partition(" ")
    if namespace not in options.get("namespaces", namespace).split(","):
        return None
    data = base64.b64decode(blob, validate=True)
    key = certificate_key(kind, data) if kind in KINDS else key_from(kind, data)
    since, until = (_time(options.get(name)) for name in ("valid-after", "valid-before"))
    return AllowedSigner(tuple(accounts.split(",")), key, since, until, comment.strip())


def _options(text: str) -> tuple[dict[str, str], str]:
    """The options at the beginning of a text, and what follows them."""
    found: dict[str, str] = {}
    if re.match(r"(?:sk-)?(?:ssh|ecdsa)-", text):
        return found, text
    field = re.match(r'(?:"[^"]*"|[^\s"])+', text)
    if field is None:
        raise ValueError("it has no key")
    at = 0
    for one in _OPTION.finditer(field[0]):
        if one.start() != at:
            break
        at = one.end()
        found[one[1]] = one[2] or ""
    unknown = found.keys() - {"namespaces", "valid-after", "valid-before"}
    if at != len(field[0]) or unknown:
        raise ValueError(f"the option {', '.join(sorted(unknown)) or field[0]} is not used here")
    return found, text[field.end() :]


def _time(text: str | None) -> datetime | None:
    if text is None:
        return None
    digits = text.removesuffix("Z")
    if len(digits) not in _FORMATS or not digits.isascii() or not digits.isdecimal():
        raise ValueError(f"{quoted(text)} is no time such as 20260131235900Z")
    found = datetime.strptime(digits, _FORMATS[len(digits)])
    return found.replace(tzinfo=UTC) if text.endswith("Z") else found.astimezone(UTC)


def _stamp(when: datetime) -> str:
    return when.astimezone(UTC).strftime("%Y%m%d%H%M%SZ")
