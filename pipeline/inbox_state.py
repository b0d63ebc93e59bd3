"""What the newest scan of each inbox has seen, kept for whoever asks where things stand."""

from __future__ import annotations

from pathlib import Path

from ledger.ledger import utc_now
from pipeline.inbox import InboxFiles
from review.inbox_view import InboxScan, inbox_scans, write_inbox_scans
from workspace.sources import printable
from workspace.workspace import Workspace


def note_scan(workspace: Workspace, inbox: Path, found: InboxFiles) -> list[str]:
    """Keep what a scan has seen. Returns, in words, the troubles that the scan before had not met."""
    scans = {one.inbox: one for one in inbox_scans(workspace.path)}
    name = printable(str(inbox.absolute()))
    before = scans.get(name)
    scan = InboxScan(
        inbox=name,
        when=utc_now().isoformat(timespec="seconds"),
        ready=len(found.ready),
        waiting=tuple((printable(str(path)), reason) for path, reason in found.waiting),
        troubles=tuple((printable(str(path)), reason) for path, reason in found.troubles),
        copies=tuple((printable(str(path)), printable(str(other))) for path, other in found.copies),
    )
    scans[name] = scan
    write_inbox_scans(workspace.path, scans.values())
    known = set(before.troubles) if before is not None else set()
    return [f"{path} {reason}" for path, reason in scan.troubles if (path, reason) not in known]
