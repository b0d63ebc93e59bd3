"""Folders of the inbox as collections with settings of their own: `folders.toml` in the workspace.

It lies there and not in the inbox: who may put files into the inbox shall not say how much is asked of those who read
them. A table is named as the folder is, from the inbox down; what it does not say, it has from the folder above.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, TypeAdapter, ValidationError

from correction.catalogue import every_rule
from correction.levels import at_levels, parse_wishes
from ledger.disk import disk_errors
from ledger.people import allowed, users_at
from model import extensions
from model.decision import Who
from model.errors import ChamraError, UsageError
from model.user import Role
from pipeline.admit import DocumentPlan
from pipeline.settings import Settings
from review.requirements import require
from review.who import account, at_the_terminal
from workspace.workspace import Workspace

FILE = "folders.toml"

OF_RUN = ("quality", "second_reader", "unreadable", "rules", "ask_again", "document_seconds")
"""Settings of a run that a folder may have of its own."""


@dataclass(frozen=True, slots=True)
class Collection:
    """A folder of the inbox with what is said of it and of those above it: `reader` is empty where nothing is said."""

    name: str = ""
    reader: str = ""
    settings: Mapping[str, Any] = field(default_factory=dict)
    signatures: int | None = None
    keyed: bool | None = None

    def may_ask(self, workspace: Workspace) -> None:
        """Nothing where this account may ask what is asked here of the people who work on its documents.

        Raises:
            NotAllowed: the workspace has users, and this account is no administrator's.
        """
        if self.signatures is not None or self.keyed is not None:
            allowed(users_at(workspace.ledger), _who(workspace), {Role.ADMINISTRATOR})

    def ask(self, workspace: Workspace, plans: Sequence[DocumentPlan]) -> None:
        """Put on record what is asked of the people who work on these documents, before any page can be signed; raises
        as `may_ask` does."""
        if self.signatures is None and self.keyed is None:
            return
        who = _who(workspace)
        for plan in plans:
            how = f"folder {self.name}"
            require(workspace, plan.document, who, signatures=self.signatures, keyed=self.keyed, how=how)

    def plain(self) -> dict[str, Any]:
        """As data that may stand in a flow run's parameters."""
        return {"name": self.name, "signatures": self.signatures, "keyed": self.keyed}


Said = Mapping[str, Mapping[str, Any]]
"""What is said of each folder that anything is said of, by its name from the inbox down."""


def folders_said(workspace: Path) -> Said:
    """What the workspace says of folders of its inbox; nothing where there is no such file.

    Raises:
        UsageError: the file is no TOML, or says what nobody can mean; the message names the file, the folder and the
            key.
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
        raise UsageError(f"{path}: {error}.", remedy=_REMEDY) from error
    by_name: dict[str, Mapping[str, Any]] = {}
    for name, said in found.items():
        folder = name.strip("/")
        trouble = _trouble(folder, said, by_name)
        if trouble:
            raise UsageError(f"{path}: [{name}] {trouble}.", remedy=_REMEDY)
        by_name[folder] = said
    return by_name


def by_collection(said: Said, inbox: Path, paths: Sequence[Path]) -> list[tuple[Collection, list[Path]]]:
    """The files in groups that are read alike, in the order in which they come."""
    groups: dict[str, tuple[Collection, list[Path]]] = {}
    for path in paths:
        found = _collection(said, path.relative_to(inbox).parent)
        groups.setdefault(found.name, (found, []))[1].append(path)
    return list(groups.values())


def _who(workspace: Workspace) -> Who:
    """The person to whom the account at work belongs."""
    users = users_at(workspace.ledger)
    mine = account()
    return at_the_terminal(next((one.login for one in users.values() if one.account == mine), mine), users)


def _collection(said: Said, folder: Path) -> Collection:
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


def _trouble(folder: str, said: object, others: Said) -> str:
    """What cannot be meant by a table; empty where all of it can."""
    if any(part in ("", ".", "..") for part in folder.split("/")):
        return "names no folder of the inbox; write it from the inbox down, such as court/2567"
    if folder in others:
        return "says something of a folder of which another table has said something"
    if not isinstance(said, dict):
        return "is no table"
    for key, value in said.items():
        known = _MEANT.get(key)
        if known is None:
            below = f'; a folder below is written ["{folder}/{key}"]' if isinstance(value, dict) else ""
            return f"has {key!r}; known are {', '.join(_MEANT)}{below}"
        try:
            known.validate_python(value, strict=True)
            if key == "rules":
                at_levels(every_rule(), parse_wishes(value))
        except ValidationError as error:
            return f"{key} = {value!r} cannot be meant: {error.errors()[0]['msg']}"
        except ChamraError as error:
            return f"{key} = {value!r} cannot be meant: {error}".rstrip(".")
        if key == "reader" and value not in extensions.names(extensions.ENGINES):
            return f"{key} = {value!r} is none; there are {', '.join(extensions.names(extensions.ENGINES))}"
    return ""


def _of_run(key: str) -> TypeAdapter[Any]:
    """What may be said of a setting of a run."""
    said = Settings.model_fields[key]
    meant: Any = Annotated[said.annotation, said]
    return TypeAdapter(meant)


_REMEDY = "Mend it; nothing was taken from the inbox."
_MEANT: Mapping[str, TypeAdapter[Any]] = {
    "reader": TypeAdapter(str),
    **{key: _of_run(key) for key in OF_RUN},
    "signatures": TypeAdapter(Annotated[int, Field(ge=1, le=2)]),
    "keyed": TypeAdapter(bool),
}
"""What may be said of a folder, by its key."""
