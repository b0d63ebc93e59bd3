"""Write what follows from a document's state, and only if it still is its state."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from ledger.batch import Batch
from ledger.events.required import Required
from ledger.events.user_changed import UserChanged
from ledger.history import DocumentHistory, read_history
from ledger.ledger import Ledger
from model.errors import LedgerError

_ATTEMPTS = 20

T = TypeVar("T")


def with_history(
    ledger: Ledger,
    document: str,
    prepare: Callable[[DocumentHistory], Callable[[Batch], T]],
    page: int | None = None,
) -> T:
    """Prepare from what the ledger says about a document, then write in one transaction.

    A large document takes long to go through, and nobody shall wait for that; so it is done without a
    lock, and again if anything about the document, the users or what is asked of them was recorded
    meanwhile. With `page`, only that page is gone through, and only what is recorded about it counts.

    Raises:
        BadInput: the ledger knows no such document.
        LedgerError: others kept writing about the document.
    """
    for _ in range(_ATTEMPTS):
        seq = ledger.head().seq
        write = prepare(read_history(ledger, document, upto=seq, page=page))
        with ledger.writing() as batch:
            about_all = batch.events((UserChanged, Required), after=seq)
            if not batch.anything_after(seq, document=document, page=page) and next(about_all, None) is None:
                return write(batch)
    raise LedgerError(
        f"Others keep writing about {document[:16]}.", remedy="Wait for the other run and try again."
    )
