"""Records of whatever kind and content, as no part of the program writes them."""

from collections.abc import Iterable, Mapping
from typing import Any

from ledger.chain import Record
from ledger.events.signed_off import SignedOff
from ledger.ledger import Ledger
from model.decision import Who

SOMEBODY = Who("มาลี", "malee", claimed=True)


def append(ledger: Ledger, kind: str, payload: Mapping[str, Any]) -> Record:
    """Append one record."""
    return append_many(ledger, [(kind, payload)])[0]


def append_many(ledger: Ledger, entries: Iterable[tuple[str, Mapping[str, Any]]]) -> tuple[Record, ...]:
    """Append records together or not at all."""
    with ledger.writing() as batch:
        return tuple(batch.append_record(kind, payload) for kind, payload in entries)


def newest(ledger: Ledger, kind: str, **about: Any) -> Record | None:
    """The newest record of a kind, about a document or page where these are given."""
    found = list(ledger.records(kind=kind, **about))
    return found[-1] if found else None


def sign(ledger: Ledger, document: str = "d" * 64, page: int = 1, who: Who = SOMEBODY) -> Record:
    """Append a sign-off of a page as if it were one."""
    event = SignedOff(document, page, "0" * 64, "1" * 64, "safe-1", who)
    return append(ledger, event.KIND, event.encode())
