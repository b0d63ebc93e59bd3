"""The flow `publish`: an idempotent sweep over what is signed and not yet published."""

from __future__ import annotations

from pathlib import Path

from prefect import flow, get_run_logger, task
from prefect.cache_policies import NO_CACHE

from model.state import Stage
from pipeline.publishing import PublishSummary, publish_signed
from review.state import summaries
from workspace.workspace import Workspace


@task(
    name="publish document", task_run_name="publish {document}", cache_policy=NO_CACHE, persist_result=False
)
def publish_task(workspace: str, document: str) -> PublishSummary:
    """Publish the signed pages of one document."""
    with Workspace.open(Path(workspace)) as ws:
        return publish_signed(ws, document)


@flow(name="publish", persist_result=False, retries=0)
def publish(workspace: str) -> list[str]:
    """Publish what is signed, document by document. Running it again changes nothing.

    Returns:
        The ids of the documents of which pages were published now.
    """
    with Workspace.open(Path(workspace)) as ws:
        waiting = [one.id for one in summaries(ws) if any(page.stage is Stage.SIGNED for page in one.pages)]
    done: list[str] = []
    for document in waiting:
        for row in publish_task(workspace, document)["published"]:
            get_run_logger().info("%s: published pages %s", row["name"], row["pages"])
            done.append(row["id"])
    return done
