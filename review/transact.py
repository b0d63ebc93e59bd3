"""Write what follows from a document's state, and only if it still is its state."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from model.errors import LedgerError
from model.state import DocumentState
from review.state import document_state
from workspace.ledger import Batch
from workspace.workspace import Workspace

_ATTEMPTS = 20

T = TypeVar("T")


def with_state(ws: Workspace, document: str, prepare: Callable[[DocumentState], Callable[[Batch], T]]) -> T:
    """Prepare from the document's state, then write in one transaction.

    A large document takes long to fold, and nobody shall wait for that; so it is folded without a lock, and
    again if anything about the document was recorded meanwhile.

    Raises:
        LedgerError: others kept writing about the document.
    """
    for _ in range(_ATTEMPTS):
        seq = ws.ledger.head().seq
        write = prepare(document_state(ws, document, upto=seq))
        with ws.ledger.writing() as batch:
            if next(batch.records(after=seq, document=document), None) is None:
                return write(batch)
    raise LedgerError(
        f"Others keep writing about {document[:16]}.", remedy="Wait for the other run and try again."
    )
