"""The flows that keep an installation sound: nightly audit, weekly sample, housekeeping, backup."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from prefect import flow, get_run_logger

from audit.audit import audit
from audit.report_html import write_audit
from audit.report_text import report_text
from audit.sampling.plans import SampleUnit, scheme_asked_for
from flows.states import ended
from ledger.people import users_at
from model.state import Stage
from pipeline.backup import back_up
from pipeline.sampling import draw_to
from pipeline.tidy import tidy
from review.summary_store import document_lines
from review.who import account, at_the_terminal
from workspace.workspace import Workspace


@flow(name="audit", persist_result=False, retries=0)
def nightly_audit(workspace: str) -> str:
    """Verify everything; failed where it does not hold. The report lies in the workspace's folder `audits`."""
    with Workspace.open(Path(workspace), readonly=True) as ws:
        found = audit(ws)
    path = Path(workspace) / "audits" / f"{datetime.now(UTC):%Y-%m-%d}.html"
    write_audit(path, found)
    words = report_text(found)
    get_run_logger().info("%s", words)
    return ended(
        "" if found.holds else f"The archive does not hold: {words.splitlines()[0]} {path}", str(path)
    )


@flow(name="sample", persist_result=False, retries=0)
def weekly_sample(workspace: str, who: str = "") -> str:
    """Draw a sample of all that is published, to be inspected by a person; nothing where nothing is.

    `who` is by whom, as the ledger shall say it: by default the account that runs this. In a workspace with users it
    must be an auditor's.
    """
    with Workspace.open(Path(workspace)) as ws:
        published = [one.id for one in document_lines(ws) if one.stages[Stage.PUBLISHED]]
        if not published:
            get_run_logger().info("nothing is published")
            return ""
        person = at_the_terminal(who or account(), users_at(ws.ledger))
        scheme = scheme_asked_for(None, "95%", 0, None, "II", SampleUnit.LINES)
        drawn = draw_to(ws, published, scheme, person, Path(workspace) / "samples")
    get_run_logger().info(
        "sample %s: compare %s, fill in %s", drawn.sample.id[:12], drawn.sheet, drawn.verdicts
    )
    return str(drawn.sheet)


@flow(name="housekeeping", persist_result=False, retries=0)
def housekeeping(workspace: str) -> int:
    """Tidy the workspace. Returns how many bytes were moved into the trash."""
    with Workspace.open(Path(workspace)) as ws:
        done = tidy(ws)
    size = sum(one.size for one in done.moved)
    get_run_logger().info(
        "%d blobs of %d bytes into the trash, %d files removed", len(done.moved), size, len(done.removed)
    )
    return size


@flow(name="backup", persist_result=False, retries=2, retry_delay_seconds=300)
def nightly_backup(workspace: str, folder: str) -> str:
    """Bring the backup in `folder` up to date; nothing where no folder is set. Returns the ledger's head in it."""
    if not folder.strip():
        get_run_logger().warning(
            "CHAMRA_BACKUP is not set where the deployments were made: nothing is backed up"
        )
        return ended("no folder is set for the backup", "")
    with Workspace.open(Path(workspace)) as ws:
        done = back_up(ws, Path(folder))
    get_run_logger().info("%d records, %d blobs, %d files copied", done.seq, done.blobs, done.copied)
    return done.head
