"""Blobs under their own SHA-256, and recipes that say which blob a step has made."""

from __future__ import annotations

import hashlib
import os
import re
import time
from collections.abc import Iterator
from contextlib import suppress
from io import BufferedReader
from pathlib import Path
from threading import Lock

from ledger.canonical import canonical_json
from ledger.disk import disk_errors, make_directory, sweep_stale, temporary_file
from model.errors import BadInput, DamagedBlob
from workspace.files import FOLDERS, PIECE, FileLook, Files, FolderFiles, sha256_of

_SHA256 = re.compile(r"[0-9a-f]{64}")


def recipe_key(**parts: object) -> str:
    """The key of a step: SHA-256 of canonical JSON of everything that its outcome depends on.

    The parts are named values of JSON: texts, numbers, truth values, None, lists and mappings.
    """
    return hashlib.sha256(canonical_json(parts)).hexdigest()


class BlobStore:
    """Blobs that several processes, or machines, may share; in the workspace's folder or elsewhere.

    A blob is there whole or not at all, and is verified whenever it is read. Nothing is ever changed under a name.
    """

    def __init__(self, root: Path, *, writable: bool = True, files: Files | None = None) -> None:
        """The store of the workspace in the folder `root`; `files` where its blobs do not lie there."""
        self.root = root
        self.writable = writable
        self.files = files or FolderFiles(root, writable=writable)
        self._incoming = root / "incoming"
        self._fetching = Lock()
        if writable and files is not None:
            with disk_errors(root):
                make_directory(self._incoming)
            sweep_stale(self._incoming)

    @property
    def name(self) -> str:
        """Where the blobs lie, as messages say it."""
        return self.files.name

    def path(self, sha256: str) -> Path:
        """A file of this machine with the blob: itself, where it lies in a folder and whether it is there or not;
        otherwise a copy in the folder `copies` of the workspace, which is fetched and verified first.

        Raises:
            DamagedBlob: it lies elsewhere, and is missing there or is not what its name says.
        """
        key = blob_key(sha256)
        if isinstance(self.files, FolderFiles):
            return self.files.path(key)
        copy = self.root / COPIES / sha256
        with disk_errors(copy), self._fetching:
            if not copy.is_file():
                make_directory(copy.parent)
                # Never replaced: whoever reads in it would take it for another file.
                with (
                    temporary_file(self._incoming, self._verified(sha256)) as fetched,
                    suppress(FileExistsError),
                ):
                    copy.hardlink_to(fetched)
            os.utime(copy, (time.time(), copy.stat().st_mtime))
        return copy

    def sweep_copies(self, now: float) -> None:
        """Remove the copies that nobody of this machine has asked for in a day."""
        for copy in (self.root / COPIES).glob("*"):
            with suppress(OSError):
                if now - copy.stat().st_atime > COPY_SECONDS:
                    copy.unlink()

    def look(self, sha256: str) -> FileLook | None:
        """How the blob's file looks, unopened; None where it is missing."""
        return self.files.look(blob_key(sha256))

    def put(self, data: bytes) -> str:
        """Keep these bytes and return their SHA-256. A blob that is there and sound is not written again.

        Raises:
            NoSpace: the disk is full or may not be written; nothing half-written stays.
        """
        sha256 = hashlib.sha256(data).hexdigest()
        key = blob_key(sha256)
        if self.files.read(key) != data:
            self.files.write(key, lambda: (data,))
        return sha256

    def put_file(self, file: BufferedReader) -> str:
        """Keep the content of an open file, which may be larger than memory, and return its SHA-256.

        Raises:
            NoSpace: as `put`.
            BadInput: the file changed while it was copied.
        """
        file.seek(0)
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        key = blob_key(sha256)
        there = self.files.pieces(key)
        if there is None or sha256_of(there) != sha256:
            self.files.write(key, lambda: _copied(file, sha256))
        return sha256

    def get(self, sha256: str) -> bytes:
        """The blob's bytes, verified.

        Raises:
            DamagedBlob: it is missing or is not what its name says.
        """
        data = self.files.read(blob_key(sha256))
        if data is None:
            raise self._missing(sha256)
        if hashlib.sha256(data).hexdigest() != sha256:
            raise self._spoilt(sha256)
        return data

    def has(self, sha256: str) -> bool:
        """True when the blob is there, whether sound or not."""
        return self.look(sha256) is not None

    def recall(self, key: str) -> str | None:
        """The hash of the blob that the step with this key has made, or None when it must be made.

        A recipe that names a missing or damaged blob counts as none: the step is done again.
        """
        content = self.files.read(recipe_file(key))
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
        content = f"{sha256}\n".encode("ascii")
        if self.files.create(recipe_file(key), content):
            return sha256
        with self.files.alone():
            winner = self.recall(key)
            if winner is None:
                self.files.write(recipe_file(key), lambda: (content,))
            return winner or sha256

    def _verified(self, sha256: str) -> Iterator[bytes]:
        """The blob piece by piece; an error in the end where it was not what its name says."""
        seen = hashlib.sha256()
        pieces = self.files.pieces(blob_key(sha256))
        if pieces is None:
            raise self._missing(sha256)
        for piece in pieces:
            seen.update(piece)
            yield piece
        if seen.hexdigest() != sha256:
            raise self._spoilt(sha256)

    def _missing(self, sha256: str) -> DamagedBlob:
        return DamagedBlob(f"The blob {self.files.where(blob_key(sha256))} is missing.", remedy=_REMEDY)

    def _spoilt(self, sha256: str) -> DamagedBlob:
        where = self.files.where(blob_key(sha256))
        return DamagedBlob(f"The blob {where} is not what its name says.", remedy=_REMEDY)


COPIES = "copies"
"""The folder of a workspace whose blobs lie elsewhere with the source files that this machine reads in: a cache."""
COPY_SECONDS = 24 * 3600.0

_REMEDY = "Restore it from a backup, or run `chamra digitise` on the source again to make it anew."


def blob_key(sha256: str) -> str:
    """The key of the file of a blob."""
    return f"blobs/{_checked(sha256)[:2]}/{sha256}"


def recipe_file(key: str) -> str:
    """The key of the file of a recipe."""
    return f"recipes/{_checked(key)[:2]}/{key}"


def is_kept(key: str) -> bool:
    """True for the key of a blob or a recipe, not for what a file server puts beside them, such as `Thumbs.db`."""
    folder, _, name = key.partition("/")
    head, _, name = name.partition("/")
    return folder in FOLDERS and _SHA256.fullmatch(name) is not None and head == name[:2]


def _checked(name: str) -> str:
    if not _SHA256.fullmatch(name):
        raise DamagedBlob(f"{name!r} is not the name of a blob.", remedy=_REMEDY)
    return name


def _copied(file: BufferedReader, sha256: str) -> Iterator[bytes]:
    """The file's content, piece by piece, if at its end it was what it was before."""
    file.seek(0)
    copied = hashlib.sha256()
    while piece := file.read(PIECE):
        copied.update(piece)
        yield piece
    if copied.hexdigest() != sha256:
        raise BadInput("A file changed while it was being copied.", remedy="Run again when it is complete.")
