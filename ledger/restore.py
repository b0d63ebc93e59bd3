"""Make a ledger from an export: after a loss, or to bring it into another database."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any

from sqlalchemy import Connection, insert

from ledger.chain import Link, follow
from ledger.database import Place
from ledger.databases import open_database
from ledger.table import RECORDS, make_tables, revision
from model.errors import BadInput, LedgerError

Row = Mapping[str, Any]

_CHUNK = 1000


def restore(place: Place, rows: Iterable[Row], workspace: str, *, timeout: float = 30.0) -> Link:
    """Make the ledger of a workspace from these records, whole or not at all.

    Returns:
        The newest record's number and hash.

    Raises:
        BadInput: the records are no sound chain, or are another workspace's.
        LedgerError: there is a ledger already.
        NoSpace: the disk is full or may not be used.
    """
    database = open_database(place, create=True, readonly=False, timeout=timeout)
    try:
        with (
            database.errors(),
            database.engine.connect().execution_options(writing=True) as connection,
            connection.begin(),
        ):
            if revision(connection) is not None:
                raise LedgerError(
                    f"There is a ledger at {database.name} already.",
                    remedy="Nothing was changed. Move it away first if it shall be replaced.",
                )
            make_tables(connection)
            database.make_guards(connection)
            return _fill(connection, iter(rows), workspace)
    finally:
        database.engine.dispose()


def _fill(connection: Connection, rows: Iterable[Row], workspace: str) -> Link:
    link = Link()
    while chunk := list(islice(rows, _CHUNK)):
        for row in chunk:
            reasons, link = follow(link, row)
            if reasons:
                raise BadInput(
                    f"The export does not hold: record {row['seq']}: {reasons[0]}.",
                    remedy="Nothing was restored. Take another copy; `chamra ledger verify` names all faults.",
                )
            if link.seq == 1 and json.loads(row["payload"]).get("workspace") != workspace:
                raise BadInput(
                    "The export is another workspace's.",
                    remedy="Nothing was restored. Restore workspace.json from the same backup first.",
                )
        connection.execute(insert(RECORDS), [dict(row) for row in chunk])
    if not link.seq:
        raise BadInput("The export is empty.", remedy="Nothing was restored. Take another copy.")
    return link
