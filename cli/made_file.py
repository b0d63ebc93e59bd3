"""The file that a command makes of a document: what it is called, and that it takes nobody's place."""

from __future__ import annotations

from pathlib import Path

from model.errors import UsageError


def made_file(output: Path, name: str, ending: str, document: str) -> Path:
    """Where to write what is made of a document (its SHA-256) of this name: in a folder a file that is called like it,
    with an ending of its own.

    Raises:
        UsageError: the scan itself lies there, and would be written over.
        NoSpace, WorkspaceError: what lies there may not be read.
    """
    path = output / f"{Path(name).stem}{ending}" if output.is_dir() else output
    must_not_be_the_scan(path, document)
    return path


def must_not_be_the_scan(path: Path, document: str) -> None:
    """Pass where another file lies there than the document's own, or none.

    Raises:
        UsageError: it is the document's own.
        NoSpace, WorkspaceError: what lies there may not be read.
    """
    import hashlib

    from ledger.disk import disk_errors

    if not path.is_file():
        return
    with disk_errors(path), path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found == document:
        raise UsageError(
            f"{path} is the scan itself, which nothing is written over.", remedy="Name another file."
        )
