"""Does a chain of records hold, and is it the one that was anchored? From a database or from a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ledger.anchors import Anchor, AnchorLine, read_anchors
from ledger.chain import Fault, Link, follow
from model.errors import NoSpace, WorkspaceError

SCHEMA = "chamra/ledger-verify/1"


@dataclass(frozen=True, slots=True)
class Anchored:
    """An anchor file beside a chain: the newest anchor that the chain agrees with, and what does not agree.

    Each fault carries the number of the record that an anchor names, 0 where none is named.
    """

    path: str
    newest: Anchor | None
    faults: tuple[Fault, ...]

    @property
    def agrees(self) -> bool:
        """True when the file has anchors and the chain has the record that each of them names."""
        return self.newest is not None and not self.faults


@dataclass(frozen=True, slots=True)
class Verification:
    """A chain and its anchors: the newest record, what is wrong, and how each anchor file stands to it."""

    workspace: str
    head: Link
    faults: tuple[Fault, ...]
    anchors: tuple[Anchored, ...]

    @property
    def holds(self) -> bool:
        """True when the chain is whole and no anchor contradicts it."""
        return not self.faults and not any(one.faults for one in self.anchors)


def verify(
    rows: Iterable[Mapping[str, Any]], workspace: str, anchors: Sequence[Path], *, brought: bool = False
) -> Verification:
    """Go through a chain once and compare it with the anchor files.

    `rows` are records column by column, trusted in nothing; `workspace` is the id that the anchors name. With `brought`
    the files are the auditor's own, and one that has no anchor of this workspace is a fault.
    """
    lines = {path: _lines(path) for path in anchors}
    wanted = {line.anchor.seq for found, _ in lines.values() for line in found if line.anchor}
    link, faults, there = Link(), [], {}
    for row in rows:
        reasons, link = follow(link, row)
        faults += [Fault(link.seq, reason) for reason in reasons]
        if link.seq in wanted:
            there[link.seq] = (link.sha256, row["when"])
    if not link.seq:
        faults.append(Fault(0, "there is no record"))
    compared = [compare(path, found, workspace, there, problem) for path, (found, problem) in lines.items()]
    if brought:
        compared = [_of_this_workspace(one, workspace) for one in compared]
    return Verification(workspace, link, tuple(faults), tuple(compared))


def compare(
    path: Path,
    lines: Sequence[AnchorLine],
    workspace: str,
    there: Mapping[int, tuple[str, str]],
    problem: str = "",
) -> Anchored:
    """An anchor file against the hashes and times of the records that it names, by number."""
    faults = [Fault(0, problem)] if problem else []
    newest: Anchor | None = None
    for line in lines:
        place = f"line {line.number} of {path}"
        anchor = line.anchor
        if anchor is None:
            faults.append(Fault(0, f"{place} is no anchor"))
        elif anchor.workspace != workspace:
            continue
        elif anchor.seq not in there:
            why = f"{place} names record {anchor.seq}, which is not there: the ledger's tail was cut"
            faults.append(Fault(anchor.seq, why))
        elif there[anchor.seq] != (anchor.head, anchor.when):
            why = f"{place} names another record {anchor.seq} than the ledger has: one of them was rewritten"
            faults.append(Fault(anchor.seq, why))
        elif newest is None or anchor.seq > newest.seq:
            newest = anchor
    return Anchored(str(path), newest, tuple(faults))


def _of_this_workspace(one: Anchored, workspace: str) -> Anchored:
    """An anchor file that somebody has kept of this very workspace must have an anchor of it."""
    if one.newest is not None or one.faults:
        return one
    return Anchored(one.path, None, (Fault(0, f"{one.path} has no anchor of this workspace ({workspace})"),))


def verification_object(found: Verification) -> dict[str, Any]:
    """The verification as one object; its schema is `docs/schemas/ledger-verify.json`."""
    return {
        "schema": SCHEMA,
        "holds": found.holds,
        "workspace": found.workspace,
        "head": {"seq": found.head.seq, "sha256": found.head.sha256},
        "faults": [{"record": one.seq, "reason": one.reason} for one in found.faults],
        "anchors": [
            {
                "path": one.path,
                "agrees": one.agrees,
                "newest": None if one.newest is None else {"seq": one.newest.seq, "when": one.newest.when},
                "faults": [{"record": fault.seq, "reason": fault.reason} for fault in one.faults],
            }
            for one in found.anchors
        ],
    }


def _lines(path: Path) -> tuple[list[AnchorLine], str]:
    try:
        return list(read_anchors(path)), ""
    except (WorkspaceError, NoSpace) as error:
        return [], error.message
