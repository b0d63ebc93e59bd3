"""Anchors: heads of the ledger, written outside the database at every sign-off.

Whoever owns the ledger's file can rewrite the whole chain. They cannot do so unnoticed where an
anchor file lies out of their reach: it names the record that stood at each sign-off.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from ledger.canonical import canonical_json
from ledger.disk import append_line, disk_errors
from model.errors import WorkspaceError

SCHEMA = "chamra/anchor/1"

_END_BYTES = 64 * 1024
"""Of the end of an anchor file, in which the newest anchor stands: some three hundred anchors."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """The ledger of a workspace had the record `seq` with the hash `head` at that time (UTC, ISO 8601)."""

    workspace: str
    seq: int
    head: str
    when: str


@dataclass(frozen=True, slots=True)
class AnchorLine:
    """A line of an anchor file, counted from 1; `anchor` is None where it cannot be understood."""

    number: int
    anchor: Anchor | None


def append_anchor(path: Path, anchor: Anchor) -> None:
    """Append an anchor; it is durable when this returns.

    Raises:
        NoSpace: the file may not be written or the disk is full.
    """
    append_line(path, anchor_line(anchor))


def anchor_line(anchor: Anchor) -> bytes:
    """The line of an anchor, without its end."""
    return canonical_json({
        "schema": SCHEMA, "workspace": anchor.workspace, "seq": anchor.seq, "head": anchor.head,
        "when": anchor.when,
    })  # fmt: skip


def read_anchors(path: Path) -> Iterator[AnchorLine]:
    """The anchors of a file in order, none where there is no file.

    A line that was cut while it was written, and written again after that, is left out.
    """
    with disk_errors(path):
        data = path.read_bytes() if path.exists() else b""
    lines = data.split(b"\n")
    for number, (line, following) in enumerate(pairwise([*lines, b""]), start=1):
        cut = bool(following) and following.startswith(line)
        if line and not cut:
            yield AnchorLine(number, _parse(line))


def newest_anchor(path: Path, workspace: str) -> Anchor | None:
    """The anchor of this workspace that names the newest record, as the end of the file has it: anchors are appended as
    records are. All of the file is read only where its end names other workspaces alone."""
    with disk_errors(path):
        size = path.stat().st_size if path.exists() else 0
    for length in (min(size, _END_BYTES), size):
        anchors = [_parse(line) for line in _last_lines(path, length)] if length else []
        own = [one for one in anchors if one is not None and one.workspace == workspace]
        if own:
            return max(own, key=lambda one: one.seq)
    return None


def _last_lines(path: Path, length: int) -> list[bytes]:
    """The lines in the last so many bytes of a file; the first of them may be cut."""
    with disk_errors(path), path.open("rb") as file:
        file.seek(-length, os.SEEK_END)
        return file.read().split(b"\n")


def anchor_paths(folder: Path, configured: object) -> tuple[Path, ...]:
    """Where the anchors of a workspace lie, from what its settings say; relative to its folder."""
    if not isinstance(configured, list) or not all(isinstance(one, str) and one for one in configured):
        raise WorkspaceError(
            f"{folder / 'workspace.json'} does not say where the anchors lie.",
            remedy='Give "anchors" a list of file paths.',
        )
    return tuple((folder / one).resolve() for one in configured)


def _parse(line: bytes) -> Anchor | None:
    try:
        body = json.loads(line)
        anchor = Anchor(body["workspace"], body["seq"], body["head"], body["when"])
        known = body["schema"] == SCHEMA
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    texts = (anchor.workspace, anchor.head, anchor.when)
    sound = known and type(anchor.seq) is int and all(type(text) is str for text in texts)
    return anchor if sound else None
