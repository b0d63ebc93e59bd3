"""Counts of a workspace in the text format that Prometheus reads."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime

from model.state import Outcome, Stage
from review.status_list import WorkspaceStanding, standing
from workspace.workspace import Workspace


def metrics(ws: Workspace) -> str:
    """All counts, one family after the other. Looks only at what has new records since it was asked last."""
    found = standing(ws)
    return "".join(
        [
            *_family("chamra_documents", "Documents.", [("", found.totals["documents"])]),
            *_family("chamra_documents_damaged", "Documents of which a file is damaged or missing.",
                     [("", found.totals["damaged"])]),
            *_family("chamra_pages", "Pages by how far they have come.",
                     [(f'{{stage="{stage}"}}', _pages(found, stage)) for stage in Stage]),
            *_family("chamra_findings", "Findings by what has become of them.",
                     [(f'{{outcome="{one}"}}', _findings(found, one)) for one in Outcome]),
            *_family("chamra_findings_waiting", "Findings that wait for a person.",
                     [("", found.totals["waiting"])]),
            *_family("chamra_expected_errors", "Letters of all readings that are thought to be wrong.",
                     [("", round(sum(one.expected for one in found.documents), 1))]),
            *_family("chamra_files_refused", "Files that could not be taken.", [("", len(found.refused))]),
            *_family("chamra_inbox_files_waiting", "Files that the newest scans left for a later one.",
                     [("", sum(len(one.waiting) for one in found.scans))]),
            *_family("chamra_inbox_troubles", "Files and folders of the inbox that cannot be read.",
                     [("", sum(len(one.troubles) for one in found.scans))]),
            *_family("chamra_inbox_scanned_timestamp_seconds", "When the inbox was scanned last.",
                     [("", max((_seconds(one.when) for one in found.scans), default=0))]),
            *_family("chamra_disk_free_bytes", "Free on the disk of the workspace.",
                     [("", shutil.disk_usage(ws.path).free)]),
            *_family("chamra_ledger_records", "Records of the ledger.", [("", ws.ledger.head().seq)]),
        ]
    )  # fmt: skip


def _pages(found: WorkspaceStanding, stage: Stage) -> int:
    return sum(one.stages[stage] for one in found.documents)


def _findings(found: WorkspaceStanding, outcome: Outcome) -> int:
    return sum(one.outcomes[outcome] for one in found.documents)


def _seconds(when: str) -> int:
    return int(datetime.fromisoformat(when).timestamp())


def _family(name: str, says: str, rows: list[tuple[str, float]]) -> Iterator[str]:
    yield f"# HELP {name} {says}\n# TYPE {name} gauge\n"
    yield from (f"{name}{labels} {value}\n" for labels, value in rows)
