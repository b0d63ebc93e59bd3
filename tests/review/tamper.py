"""What somebody who owns the workspace can do to it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from typing import Any

from ledger.chain import GENESIS, filed_under, record_sha256
from ledger.sqlite import GUARDS
from workspace.folder import LEDGER
from workspace.workspace import Workspace

Row = dict[str, Any]


def rewrite(
    ws: Workspace, change: Callable[[list[Row]], list[Row]], *, rehash: bool, guards: bool = True
) -> None:
    """Put other records into the ledger, and the guards back; `rehash`: with a chain that is sound, and
    with whatever names a record by its hash naming it by its new one."""
    connection = sqlite3.connect(ws.path / LEDGER)
    connection.row_factory = sqlite3.Row
    for name in GUARDS:
        connection.execute(f"DROP TRIGGER IF EXISTS {name}")
    rows = [dict(row) for row in connection.execute("SELECT * FROM records ORDER BY seq")]
    for row in rows:
        row["payload"] = json.loads(row["payload"])
    rows = change(rows)
    connection.execute("DELETE FROM records")
    previous = GENESIS
    renamed: dict[str, str] = {}
    for number, row in enumerate(rows, start=1):
        if rehash:
            row["seq"], row["previous"] = number, previous
            for key in {"ledger_head", "signoff"} & row["payload"].keys():
                row["payload"][key] = renamed.get(row["payload"][key], row["payload"][key])
        text = json.dumps(row["payload"], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        if rehash:
            new = record_sha256(number, row["when"], row["kind"], text, previous)
            renamed[row["sha256"]] = row["sha256"] = new
            row["document"], row["page"] = filed_under(row["payload"])
            previous = row["sha256"]
        names = ", ".join(f'"{name}"' for name in row)
        marks = ", ".join("?" for _ in row)
        values = [text if name == "payload" else value for name, value in row.items()]
        connection.execute(f"INSERT INTO records ({names}) VALUES ({marks})", values)
    if guards:
        for statement in GUARDS.values():
            connection.execute(statement)
    connection.commit()
    connection.close()


def spoil(ws: Workspace, sha256: str, data: bytes | None) -> None:
    """Put other bytes under a blob's name, or take it away."""
    path = ws.store.path(sha256)
    path.chmod(0o644)
    if data is None:
        path.unlink()
    else:
        path.write_bytes(data)
