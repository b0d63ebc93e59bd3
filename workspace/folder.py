"""The folder of a workspace: its settings, and where its ledger and its blobs lie."""

from __future__ import annotations

import json
import os
import socket
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from ledger.canonical import canonical_json
from ledger.database import Place
from ledger.disk import disk_errors, make_directory, replace_file
from ledger.ledger import Clock, Ledger
from ledger.postgres import without_password
from model.errors import LedgerError, UsageError, WorkspaceError
from workspace.files import Files, FolderFiles
from workspace.objects import ObjectFiles, without_secrets
from workspace.store import BlobStore

VERSION = 2
"""The version of the folder's layout. 1 has its blobs in the folder; 2 names a store for them."""

SETTINGS = "workspace.json"
LEDGER = "ledger.sqlite"
LEDGER_URL = "CHAMRA_LEDGER_URL"
"""Variable of the environment: the URL of the PostgreSQL database for the ledger of a new workspace."""
BLOBS_URL = "CHAMRA_BLOBS_URL"
"""Variable of the environment: the URL of the store for the blobs of a new workspace."""

MARKER = "chamra.json"
"""The file of a store that says whose blobs lie there: a store without it is not mounted, or another one."""

_SCHEMA = "chamra/workspace/"
_MACHINES = uuid.UUID("7d3f1c52-6f0e-4b7e-9c1a-2f4d8e5b9a60")
_LEDGER_FILES = ("", "-wal", "-shm", "-journal")


def make_folder(folder: Path, clock: Clock, timeout: float, *, joining: bool = False) -> dict[str, Any]:
    """Make a workspace and return its settings, which are written last: they say that the rest is whole.

    Where the ledger and the blobs shall lie, the environment says. `joining` takes those of a workspace that another
    machine has made.

    Raises:
        UsageError: there is no folder, or nothing to join.
        WorkspaceError: there is something else, or ledger or blobs are another workspace's.
    """
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is not a folder.", remedy="Choose another workspace with -w.")
    with disk_errors(folder):
        make_directory(folder.absolute())
        present = {entry.name for entry in folder.iterdir()}
    # Another process may be making the same workspace right now, or have been killed while it did.
    ours = {"blobs", "recipes", "incoming", SETTINGS, *(LEDGER + end for end in _LEDGER_FILES)}
    if present - ours:
        raise WorkspaceError(
            f"{folder} holds other files ({', '.join(sorted(present - ours)[:3])}) and is not a workspace.",
            remedy="Choose a new or an empty folder with -w.",
        )
    url, blobs = os.environ.get(LEDGER_URL), os.environ.get(BLOBS_URL)
    if joining and not (url and blobs):
        raise UsageError(
            "Only a workspace whose ledger and blobs lie elsewhere can be joined.",
            remedy=f"Give --ledger and --blobs, or set {LEDGER_URL} and {BLOBS_URL}.",
        )
    BlobStore(folder, files=_files_at(blobs, writable=True) if blobs else None)
    # Two processes that make one workspace at once meet in the ledger: the first one's id counts. A database
    # may be another folder's already, so there the id follows from the folder.
    identity = uuid.uuid5(_MACHINES, f"{socket.gethostname()} {folder.resolve()}") if url else uuid.uuid4()
    created_for = None if joining else identity.hex
    ledger = Ledger(url or folder / LEDGER, create_for=created_for, clock=clock, timeout=timeout)
    made = read_settings(folder)
    if made is not None:
        ledger.close()
        return made
    anchors = [f"../{folder.resolve().name}.anchors.log"]
    settings: dict[str, Any] = {
        "schema": f"{_SCHEMA}{2 if blobs else 1}",
        "id": ledger.workspace,
        "anchors": anchors,
    }
    ledger.close()
    if url and not joining and settings["id"] != identity.hex:
        raise others_ledger(ledger)
    if url:
        settings["ledger"] = without_password(url)
    if blobs:
        settings["blobs"] = blobs
        _claim(_files_at(blobs, writable=True), settings["id"], joining=joining)
    with disk_errors(folder / SETTINGS):
        replace_file(folder / SETTINGS, canonical_json(settings) + b"\n", folder / "incoming")
    return settings


def files_of(folder: Path, settings: Mapping[str, Any], *, writable: bool) -> Files | None:
    """The files of the store that a workspace's settings name, None where its blobs lie in its folder. The environment
    may give another address of the same store.

    Raises:
        WorkspaceError: the store does not answer, is not there, or is another workspace's.
    """
    named = settings.get("blobs")
    if named is None:
        return None
    if not isinstance(named, str):
        raise WorkspaceError(
            f"{folder / SETTINGS} does not say where the blobs lie.",
            remedy='Give "blobs" the URL of their store.',
        )
    url = os.environ.get(BLOBS_URL) or named
    files = _files_at(url, writable=False)
    content = files.read(MARKER)
    if content is None:
        raise WorkspaceError(
            f"{files.name} is not the store of the blobs of {folder}.",
            remedy=f"Check whether it is mounted, its address in {folder / SETTINGS}, and {BLOBS_URL}.",
        )
    if content != _marker(settings["id"]):
        raise _others_store(files)
    return _files_at(url, writable=True) if writable else files


def claim_store(url: str, identity: str) -> Files:
    """The files of a store, new or of the workspace with this id; from now on its blobs lie there.

    Raises:
        UsageError: the URL names no store that can be used.
        WorkspaceError: it is another workspace's, or does not refuse a second writer.
    """
    files = _files_at(url, writable=True)
    _claim(files, identity, joining=False)
    return files


def with_blobs_at(settings: Mapping[str, Any], url: str) -> dict[str, Any]:
    """The settings of a workspace, whose blobs lie in its folder from now on, or in the store at this URL."""
    made = {key: value for key, value in settings.items() if key != "blobs"}
    made["schema"] = f"{_SCHEMA}{2 if url else 1}"
    return made | {"blobs": url} if url else made


def _files_at(url: str, *, writable: bool) -> Files:
    parts = urlsplit(url)
    if parts.scheme != "file":
        return ObjectFiles(url)
    if parts.netloc or not parts.path.startswith("/"):
        raise UsageError(
            f"{without_secrets(url)} names no folder.", remedy="Give file:///FOLDER, with three strokes."
        )
    return FolderFiles(Path(unquote(parts.path)), writable=writable)


def _claim(files: Files, identity: str, *, joining: bool) -> None:
    if not joining and files.create(MARKER, _marker(identity)) and files.create(MARKER, _marker(identity)):
        raise WorkspaceError(
            f"{files.name} does not refuse a second writer of a file.",
            remedy="Use a store that knows conditional writes (If-None-Match).",
        )
    if files.read(MARKER) != _marker(identity):
        raise _others_store(files)


def _marker(identity: str) -> bytes:
    return canonical_json({"schema": "chamra/blobs/1", "workspace": identity}) + b"\n"


def _others_store(files: Files) -> WorkspaceError:
    return WorkspaceError(
        f"{files.name} holds the blobs of another workspace.", remedy="Name a bucket or folder of its own."
    )


def ledger_place(folder: Path, settings: Mapping[str, Any]) -> Place:
    """Where the ledger of a workspace lies. One in a file stays there whatever the environment says; for one
    in PostgreSQL the environment may give another address or a password."""
    named = settings.get("ledger")
    if named is None:
        return folder / LEDGER
    if not isinstance(named, str):
        raise WorkspaceError(
            f"{folder / SETTINGS} does not say where the ledger lies.",
            remedy='Give "ledger" the URL of a PostgreSQL database, or leave it out.',
        )
    return os.environ.get(LEDGER_URL) or named


def others_ledger(ledger: Ledger) -> LedgerError:
    """The error of a ledger that is not the workspace's."""
    return LedgerError(
        f"The ledger {ledger.name} belongs to another workspace.",
        remedy="Put the workspace's own ledger back from a backup, or name a database of its own; another machine "
        "joins a workspace with `chamra init --join`.",
    )


def read_settings(folder: Path) -> dict[str, Any] | None:
    """The workspace's settings, None where the folder is no workspace."""
    path = folder / SETTINGS
    with disk_errors(path):
        try:
            data = path.read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None
    try:
        settings = json.loads(data)
        schema, identity = settings["schema"], settings["id"]
        version = int(schema.removeprefix(_SCHEMA))
        sound = schema.startswith(_SCHEMA) and isinstance(identity, str)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        sound, version = False, VERSION
    if not sound:
        raise WorkspaceError(
            f"{path} is damaged.", remedy="Restore it from a backup; blobs and ledger are not touched."
        )
    if version > VERSION:
        raise WorkspaceError(
            f"The workspace {folder} has version {version}; this program knows version {VERSION}.",
            remedy="Use the newer Chamra that wrote it.",
        )
    return dict(settings)


def known_settings(folder: Path) -> dict[str, Any]:
    """The settings of a folder that must be a workspace; raises `WorkspaceError` where it is none."""
    settings = read_settings(folder)
    if settings is None:
        raise no_workspace(folder)
    return settings


def no_workspace(folder: Path) -> WorkspaceError:
    """The error of a folder that is no workspace."""
    return WorkspaceError(
        f"{folder} is not a workspace.",
        remedy="Check -w, and whether its disk or share is mounted; `chamra init -w WORKSPACE` makes a new one.",
    )
