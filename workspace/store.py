"""Blobs under their own SHA-256, and recipes that say which blob a step has made."""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path

from ledger.canonical import canonical_json
from ledger.disk import (
    disk_errors,
    make_directory,
    replace_file,
    sweep_stale,
    sync_directory,
    temporary_file,
)
from model.errors import BadInput, DamagedBlob

_PIECE = 1 << 20
_SHA256 = re.compile(r"[0-9a-f]{64}")


def recipe_key(**parts: object) -> str:
    """The key of a step: SHA-256 of canonical JSON of everything that its outcome depends on.

    The parts are named values of JSON: texts, numbers, truth values, None, lists and mappings.
    """
    return hashlib.sha256(canonical_json(parts)).hexdigest()


class BlobStore:
    """A folder of blobs that several processes may share.

    A blob is written under a temporary name, made durable and then renamed, so it is there whole or
    not at all; it is verified whenever it is read. Nothing is ever changed under a name.
    """

    def __init__(self, root: Path, *, writable: bool = True) -> None:
        self.root = root
        self.writable = writable
        self._incoming = root / "incoming"
        if writable:
            with disk_errors(root):
                for directory in (root / "blobs", root / "recipes", self._incoming):
                    make_directory(directory)
            sweep_stale(self._incoming)

    def path(self, sha256: str) -> Path:
        """Where the blob of this hash lies, if it is there."""
        return self.root / "blobs" / _checked(sha256)[:2] / sha256

    def put(self, data: bytes) -> str:
        """Keep these bytes and return their SHA-256. A blob that is there and sound is not written again.

        Raises:
            NoSpace: the disk is full or may not be written; nothing half-written stays.
        """
        sha256 = hashlib.sha256(data).hexdigest()
        path = self.path(sha256)
        with disk_errors(path):
            if _content(path) != data:
                make_directory(path.parent)
                replace_file(path, data, self._incoming)
        return sha256

    def put_file(self, file: BufferedReader) -> str:
        """Keep the content of an open file, which may be larger than memory, and return its SHA-256.

        Raises:
            NoSpace: as `put`.
            BadInput: the file changed while it was copied.
        """
        file.seek(0)
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        path = self.path(sha256)
        with disk_errors(path):
            if _hash_of(path) != sha256:
                make_directory(path.parent)
                replace_file(path, _copied(file, sha256), self._incoming)
        return sha256

    def get(self, sha256: str) -> bytes:
        """The blob's bytes, verified.

        Raises:
            DamagedBlob: it is missing or is not what its name says.
        """
        path = self.path(sha256)
        with disk_errors(path):
            data = _content(path)
        if data is None:
            raise DamagedBlob(f"The blob {path} is missing.", remedy=_REMEDY)
        if hashlib.sha256(data).hexdigest() != sha256:
            raise DamagedBlob(f"The blob {path} is not what its name says.", remedy=_REMEDY)
        return data

    def has(self, sha256: str) -> bool:
        """True when the blob is there, whether sound or not."""
        return self.path(sha256).is_file()

    def recall(self, key: str) -> str | None:
        """The hash of the blob that the step with this key has made, or None when it must be made.

        A recipe that names a missing or damaged blob counts as none: the step is done again.
        """
        path = self._recipe(key)
        with disk_errors(path):
            content = _content(path)
        name = (content or b"").decode("ascii", "replace").strip()
        if not _SHA256.fullmatch(name):
            return None
        try:
            self.get(name)
        except DamagedBlob:
            return None
        return name

    def remember(self, key: str, sha256: str) -> str:
        """Say that the step with this key has made this blob; the first to say so wins.

        Returns:
            The winner's hash, which everyone must use: `sha256`, or what another process has said
            before. A recipe that has lost its blob is replaced.
        """
        path = self._recipe(key)
        with disk_errors(path):
            make_directory(path.parent)
            with temporary_file(self._incoming, f"{sha256}\n".encode("ascii")) as temporary:
                try:
                    path.hardlink_to(temporary)
                except FileExistsError:
                    return self._second(key, sha256, temporary)
                sync_directory(path.parent)
        return sha256

    def _second(self, key: str, sha256: str, temporary: Path) -> str:
        """Another has spoken before: take its word, or heal it where its blob is gone."""
        with self._healing():
            winner = self.recall(key)
            if winner is not None:
                return winner
            temporary.replace(self._recipe(key))
            sync_directory(self._recipe(key).parent)
            return sha256

    def _recipe(self, key: str) -> Path:
        return self.root / "recipes" / _checked(key)[:2] / key

    @contextmanager
    def _healing(self) -> Iterator[None]:
        """One process at a time replaces a recipe that has lost its blob."""
        descriptor = os.open(self.root / "recipes" / ".lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)


_REMEDY = "Restore it from a backup, or run `chamra digitise` on the source again to make it anew."


def _checked(name: str) -> str:
    if not _SHA256.fullmatch(name):
        raise DamagedBlob(f"{name!r} is not the name of a blob.", remedy=_REMEDY)
    return name


def _copied(file: BufferedReader, sha256: str) -> Iterator[bytes]:
    """The file's content, piece by piece, if at its end it was what it was before."""
    file.seek(0)
    copied = hashlib.sha256()
    while piece := file.read(_PIECE):
        copied.update(piece)
        yield piece
    if copied.hexdigest() != sha256:
        raise BadInput("A file changed while it was being copied.", remedy="Run again when it is complete.")


def _hash_of(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return ""


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
