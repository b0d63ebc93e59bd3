"""Folders of the inbox as collections with settings of their own: `folders.toml` in the workspace.

It lies there and not in the inbox: who may put files into the inbox shall not say how much is asked of those who read
them. A table is named as the folder is, from the inbox down; what it does not say, it has from the folder above.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ledger.disk import disk_errors
from ledger.people import users_at
from model.errors import ChamraError, UsageError
from pipeline.admit import DocumentPlan
from pipeline.settings import Settings
from review.requirements import require
from review.who import account, at_the_terminal
from workspace.workspace import Workspace

FILE = "folders.toml"

OF_RUN = ("quality", "second_reader", "unreadable", "rules", "ask_again", "document_seconds")
"""Settings of a run that a folder may have of its own."""
OF_PEOPLE = ("signatures", "keyed")
"""What a folder may ask of the people who work on its documents, beyond what is asked of all."""


@dataclass(frozen=True, slots=True)
class Collection:
    """A folder of the inbox with what is said of it and of those above it: `reader` is empty where nothing is said."""

    name: str = ""
    reader: str = ""
    settings: Mapping[str, Any] = field(default_factory=dict)
    signatures: int | None = None
    keyed: bool | None = None

    def ask(self, workspace: Workspace, plans: Sequence[DocumentPlan]) -> None:
        """Put on record what is asked of the people who work on these documents, before any page can be signed.

        Raises:
            NotAllowed: the workspace has users, and this account is no administrator's.
        """
        if self.signatures is None and self.keyed is None:
            return
        users = users_at(workspace.ledger)
        who = at_the_terminal(
            next((one.login for one in users.values() if one.account == account()), account()), users
        )
        for plan in plans:
            how = f"folder {self.name}"
            require(workspace, plan.document, who, signatures=self.signatures, keyed=self.keyed, how=how)

    def plain(self) -> dict[str, Any]:
        """As data that may stand in a flow run's parameters."""
        return {"name": self.name, "signatures": self.signatures, "keyed": self.keyed}


def collections(workspace: Path) -> dict[str, dict[str, Any]]:
    """What the workspace says of each folder, by its name; nothing where there is no such file.

    Raises:
        UsageError: the file is no TOML, or says what nobody can mean.
    """
    path = workspace / FILE
    with disk_errors(path):
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            return {}
    try:
        found = tomllib.loads(data.decode("utf-8"))
    except ValueError as error:
        raise UsageError(f"{path}: {error}.", remedy="Mend it; nothing was taken from the inbox.") from error
    for name, said in found.items():
        _check(path, name, said)
    return {name.strip("/"): said for name, said in found.items()}


def by_collection(workspace: Path, inbox: Path, paths: Sequence[Path]) -> list[tuple[Collection, list[Path]]]:
    """The files in groups that are read alike, in the order in which they come."""
    said = collections(workspace)
    groups: dict[str, tuple[Collection, list[Path]]] = {}
    for path in paths:
        found = _collection(said, path.relative_to(inbox).parent)
        groups.setdefault(found.name, (found, []))[1].append(path)
    return list(groups.values())


def _collection(said: Mapping[str, Mapping[str, Any]], folder: Path) -> Collection:
    merged: dict[str, Any] = {}
    name = ""
    for above in [*reversed(folder.parents), folder]:
        if str(above) in said:
            name = str(above)
            merged |= said[name]
    return Collection(
        name,
        merged.get("reader", ""),
        {key: merged[key] for key in OF_RUN if key in merged},
        merged.get("signatures"),
        merged.get("keyed"),
    )


def _check(path: Path, name: str, said: object) -> None:
    """Nothing where a table says what can be meant.

    Raises:
        UsageError: it does not; the message names the table.
    """
    known = ("reader", *OF_RUN, *OF_PEOPLE)
    trouble = ""
    if not isinstance(said, dict):
        trouble = "is no table"
    elif strange := sorted(said.keys() - set(known)):
        trouble = f"has {strange[0]!r}; known are {', '.join(known)}"
    elif not isinstance(said.get("reader", ""), str):
        trouble = "has a reader that is no name"
    elif said.get("signatures", 1) not in (1, 2) or not isinstance(said.get("keyed", True), bool):
        trouble = "asks for signatures that are not 1 or 2, or for keyed that is not true or false"
    else:
        try:
            Settings(**{key: said[key] for key in OF_RUN if key in said})
        except (ValidationError, ChamraError) as error:
            trouble = f"cannot be meant: {' '.join(str(error).split())[:200]}"
    if trouble:
        raise UsageError(f"{path}: [{name}] {trouble}.", remedy="Mend it; nothing was taken from the inbox.")
