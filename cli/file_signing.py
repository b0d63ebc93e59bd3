"""The signature of a file that leaves the house: which key is meant, and where the signature goes."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from cli.key_password import key_password
from model.errors import BadInput, UsageError


def write_signed(
    path: Path, form: str, pieces: Iterable[str | bytes], key: Path | None, *, beside: bool
) -> Path | None:
    """Write the pieces of a form to a file, and its signature where there is a key; the path of one that lies beside.

    Raises:
        UsageError: the key cannot sign in that way.
        BadInput: the key file or the PDF cannot be used.
        MissingProgram: an OpenSSH key is to sign, and OpenSSH is not installed.
        GateError: the published layer is asked for and a page is neither published nor left out.
    """
    from ledger.signing.certified_key import certified_key, is_certified
    from ledger.signing.ssh_signature import OF_FILES
    from reports.atomic import write_atomically
    from reports.signing.certificate_key import pen_of
    from review.ssh_keygen import SshPen

    if key is None:
        write_atomically(path, pieces)
        return None
    certified = is_certified(key)
    if not beside and form != "pdf":
        raise UsageError(f"The form {form} has no place for a signature.", remedy="Add --detached.")
    if not beside and not certified:
        raise UsageError(f"{key} has no certificate, as a PDF's signature needs.", remedy="Add --detached.")
    if not certified:
        data = _joined(pieces)
        return _write_both(path, data, SshPen(key, OF_FILES).sign(data).encode("ascii"), ".sig")
    now = datetime.now(UTC)
    pen = pen_of(certified_key(key, None, key_password), now)
    data = _joined(pieces)
    if beside:
        return _write_both(path, data, pen.sign_beside(data, now), ".p7s")
    write_atomically(path, pen.sign_pdf(data))
    return None


def _joined(pieces: Iterable[str | bytes]) -> bytes:
    return b"".join(one.encode() if isinstance(one, str) else one for one in pieces)


def _write_both(path: Path, data: bytes, signature: bytes, ending: str) -> Path:
    from reports.atomic import write_atomically

    write_atomically(path, data)
    beside = path.with_name(path.name + ending)
    write_atomically(beside, signature)
    return beside


def package_of(path: Path, document: str) -> str:
    """The SHA-256 of an evidence package, after a look whether it is that of the document.

    Raises:
        UsageError: it is the package of another document, or there is none.
        BadInput: it is no evidence package.
    """
    if not path.is_file():
        raise UsageError(f"There is no package {path}.", remedy="Check its name.")
    try:
        with zipfile.ZipFile(path) as archive:
            name = next(one for one in archive.namelist() if one.endswith("data/document.json"))
            about = json.loads(archive.read(name))["id"]
    except (zipfile.BadZipFile, StopIteration, ValueError, KeyError, TypeError) as error:
        raise BadInput(
            f"{path} is no evidence package.", remedy="`chamra export DOCUMENT --format evidence` writes one."
        ) from error
    if about != document:
        raise UsageError(f"{path} is the package of another document.", remedy="Name that of this one.")
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
