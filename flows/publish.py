"""The flow `publish`: an idempotent sweep over what is signed and not yet published."""

from __future__ import annotations

import flows.prefect_environment  # noqa: F401, I001  must come before prefect

from pathlib import Path
from typing import Any

from prefect import flow, get_run_logger, task
from prefect.cache_policies import NO_CACHE

from flows.steps import publish_document
from review.state import document_ids
from workspace.workspace import Workspace


@task(name="publish document", cache_policy=NO_CACHE, persist_result=False)
def publish_task(workspace: str, document: str) -> dict[str, Any]:
    """Publish the signed pages of one document."""
    return publish_document(Workspace.open(Path(workspace)), document)


@flow(name="publish", persist_result=False, retries=0)
def publish(workspace: str, document: str | None = None) -> list[dict[str, Any]]:
    """Publish what is signed, of one document or of all. Running it again changes nothing."""
    documents = [document] if document else document_ids(Workspace.open(Path(workspace)))
    results = [publish_task(workspace, one) for one in documents]
    for result in results:
        if result["pages"]:
            get_run_logger().info("%s: published pages %s", result["name"], result["pages"])
    return results
