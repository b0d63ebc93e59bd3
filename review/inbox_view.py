"""What the newest scan of each inbox has seen: a file of the workspace, to look at and to throw away."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from ledger.disk import disk_errors, replace_file

_FILE = "inbox-scans.json"


@dataclass(frozen=True, slots=True)
class InboxScan:
    """A scan: which inbox, when (UTC, ISO 8601), how many files were taken, and each file that was not with the reason.

    `copies` have the content of the other file that is named.
    """

    inbox: str
    when: str
    ready: int
    waiting: tuple[tuple[str, str], ...] = ()
    troubles: tuple[tuple[str, str], ...] = ()
    copies: tuple[tuple[str, str], ...] = ()


def inbox_scans(workspace: Path) -> tuple[InboxScan, ...]:
    """The newest scan of each inbox; none where none was, or where the file is damaged."""
    try:
        rows = json.loads((workspace / _FILE).read_bytes())
        return tuple(
            InboxScan(
                str(row["inbox"]),
                str(row["when"]),
                int(row["ready"]),
                *(
                    tuple((str(one), str(two)) for one, two in row[key])
                    for key in ("waiting", "troubles", "copies")
                ),
            )
            for row in rows
        )
    except (OSError, ValueError, TypeError, KeyError):
        return ()


def write_inbox_scans(workspace: Path, scans: Iterable[InboxScan]) -> None:
    """Keep the newest scan of each inbox."""
    path = workspace / _FILE
    data = json.dumps([asdict(one) for one in scans], ensure_ascii=False).encode()
    with disk_errors(path):
        replace_file(path, data, workspace / "incoming")
