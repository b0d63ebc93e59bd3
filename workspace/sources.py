"""Which document is meant: by path, by name, by id or by the beginning of an id."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ledger.disk import disk_errors
from model.errors import BadInput

_PREFIX = re.compile(r"[0-9a-f]{4,64}")


@dataclass(frozen=True, slots=True)
class KnownSource:
    """A source file that was registered: its document's id, its name and where it lay, which is its name where that
    is not on record."""

    document: str
    name: str
    path: str


def spoken(path: Path) -> str:
    """An absolute path as text that can be stored, also where its bytes are no UTF-8."""
    return printable(str(path.absolute()))


def printable(name: str) -> str:
    """A name or a message as text that can be stored, also where its bytes are no UTF-8."""
    return os.fsencode(name).decode("utf-8", "backslashreplace") if _holds_bytes(name) else name


def _holds_bytes(name: str) -> bool:
    return any("\udc80" <= letter <= "\udcff" for letter in name)


def find(reference: str, known: Sequence[KnownSource]) -> str:
    """The id of the one document that the reference means.

    Raises:
        BadInput: it means none or several, or the file has changed since it was read.
    """
    path = Path(reference)
    with disk_errors(path):
        if path.is_file():
            return _by_content(path, known)
    where = spoken(path)
    matches = {one.document for one in known if where == one.path}
    matches = matches or {one.document for one in known if printable(path.name) == one.name}
    if not matches and _PREFIX.fullmatch(reference):
        matches = {one.document for one in known if one.document.startswith(reference)}
    if len(matches) == 1:
        return matches.pop()
    if matches:
        listed = sorted(f"{one.document[:16]} ({one.path})" for one in known if one.document in matches)
        raise BadInput(
            f"{reference} may mean any of these documents: {', '.join(dict.fromkeys(listed))}.",
            remedy="Give more of the id.",
        )
    raise BadInput(
        f"The workspace has no document {reference}.",
        remedy="`chamra status` lists the documents; `chamra digitise` reads a new one.",
    )


def _by_content(path: Path, known: Sequence[KnownSource]) -> str:
    with path.open("rb") as file:
        document = hashlib.file_digest(file, "sha256").hexdigest()
    if any(one.document == document for one in known):
        return document
    where = {spoken(path), spoken(path.resolve())}
    before = [one.document for one in known if one.path in where or one.name == printable(path.name)]
    if before:
        raise BadInput(
            f"{path} has another content than {path.name} had when it was read ({before[-1][:16]}).",
            remedy="Read the new content with `chamra digitise`, or name the old one by its id.",
        )
    raise BadInput(f"{path} is not in the workspace.", remedy="Read it with `chamra digitise`, or check -w.")
