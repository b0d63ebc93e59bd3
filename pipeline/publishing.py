"""Publishing as a step: what was published, as plain data, the same for command and flow."""

from __future__ import annotations

from typing import TypedDict

from review.publish import publish
from review.state import summarise
from workspace.workspace import Workspace

SCHEMA = "chamra/publish/1"


class PublishedDocument(TypedDict):
    """The pages of one document that were published now."""

    id: str
    name: str
    pages: list[int]


class PublishSummary(TypedDict):
    """What one sweep has done; `before` counts the pages that were published already."""

    schema: str
    published: list[PublishedDocument]
    before: int


def publish_signed(ws: Workspace, document: str | None = None) -> PublishSummary:
    """Publish what is signed and not published yet, of one document or of all."""
    sweep = publish(ws, document)
    pages: dict[str, list[int]] = {}
    for one in sweep.published:
        pages.setdefault(one.document, []).append(one.page)
    documents = [
        PublishedDocument(id=key, name=summarise(ws, key).name, pages=sorted(numbers))
        for key, numbers in pages.items()
    ]
    return PublishSummary(schema=SCHEMA, published=documents, before=sweep.before)
