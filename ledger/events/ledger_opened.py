"""The first record of a ledger."""

from __future__ import annotations

from dataclasses import dataclass

from ledger.event import Event


@dataclass(frozen=True, slots=True)
class LedgerOpened(Event):
    """The first record: `schema` is the version of the records' format, `workspace` the id of the workspace."""

    KIND = "ledger"
    SAYS = "the first record: version of this format, id of the workspace"

    schema: int
    workspace: str
