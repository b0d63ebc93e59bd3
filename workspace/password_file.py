"""The encoded password hashes of a workspace, in a file of their own: nothing exports it.

An entry is found by its credential, the SHA-256 of the encoded hash, and the ledger says which credential
counts for whom. So a hash that was put into the file by hand lets nobody in, and a change of password takes
effect in one step, when its record stands: the entry is written before it, and the old one taken out after.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection
from pathlib import Path

from ledger.canonical import canonical_json
from ledger.disk import disk_errors, replace_file
from model.errors import WorkspaceError

NAME = "passwords.json"

_SCHEMA = "chamra/passwords/1"
_MODE = 0o660  # for the account and its group, as far as the umask allows; never for others


class PasswordFile:
    """The file in the folder of a workspace. Whoever changes it holds the ledger's lock for writing."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME
        self._incoming = folder / "incoming"

    def get(self, credential: str) -> str | None:
        """The encoded hash with this credential, None where there is none or it is not what it should be.

        Raises:
            WorkspaceError: the file is damaged.
            NoSpace: this account may not read it.
        """
        encoded = self._read().get(credential)
        return encoded if encoded is not None and _credential(encoded) == credential else None

    def put(self, encoded: str) -> str:
        """Keep an encoded hash, durably, and return its credential; raises as `get` does."""
        credential = _credential(encoded)
        self._write(self._read() | {credential: encoded})
        return credential

    def keep_only(self, credentials: Collection[str]) -> None:
        """Take out what counts for nobody any more; raises as `get` does."""
        entries = self._read()
        kept = {key: value for key, value in entries.items() if key in credentials}
        if kept != entries:
            self._write(kept)

    def _read(self) -> dict[str, str]:
        with disk_errors(self._path):
            try:
                data = self._path.read_bytes()
            except FileNotFoundError:
                return {}
        try:
            body = json.loads(data)
            entries = body["entries"]
            sound = body["schema"] == _SCHEMA and isinstance(entries, dict)
            sound = sound and all(isinstance(one, str) for one in entries.values())
        except (ValueError, TypeError, KeyError, RecursionError):
            sound, entries = False, {}
        if not sound:
            raise WorkspaceError(
                f"{self._path} is damaged.",
                remedy="Restore it from a backup, or remove it and set every password anew.",
            )
        return dict(entries)

    def _write(self, entries: dict[str, str]) -> None:
        data = canonical_json({"schema": _SCHEMA, "entries": entries}) + b"\n"
        with disk_errors(self._path):
            replace_file(self._path, data, self._incoming, _MODE)


def _credential(encoded: str) -> str:
    return hashlib.sha256(encoded.encode("utf-8", "surrogatepass")).hexdigest()
