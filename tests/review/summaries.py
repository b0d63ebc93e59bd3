"""Every document of a workspace in a few lines."""

from review.state import DocumentSummary, document_ids, summarise
from workspace.workspace import Workspace


def summaries(ws: Workspace) -> tuple[DocumentSummary, ...]:
    """The documents in the order in which they were read first."""
    return tuple(summarise(ws, one) for one in document_ids(ws))
