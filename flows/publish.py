"""The flow `publish`: an idempotent sweep over what is signed and not yet published."""

from __future__ import annotations

from pathlib import Path

from prefect import flow, get_run_logger, task
from prefect.cache_policies import NO_CACHE

from flows.states import ended
from model.errors import ChamraError, NoSpace
from model.visible import in_a_row
from pipeline.publishing import PublishSummary, publish_signed
from review.publish import signed_documents
from review.summary_store import document_lines
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

    Failed where a document could not be published; the others are.

    Returns:
        The ids of the documents of which pages were published now.
    """
    with Workspace.open(Path(workspace)) as ws:
        waiting = signed_documents(document_lines(ws))
    done: list[str] = []
    troubles: list[str] = []
    for document in waiting:
        try:
            published = publish_task(workspace, document)["published"]
        except NoSpace:
            raise
        except ChamraError as error:
            troubles.append(f"{document[:12]}: {error}")
            continue
        for row in published:
            get_run_logger().info("%s: published pages %s", in_a_row(row["name"]), row["pages"])
            done.append(row["id"])
    return ended("; ".join(troubles), done)
