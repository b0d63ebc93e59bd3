"""Which blobs the ledger names: those that must never be lost."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ledger.ledger import Ledger

_SHA256 = re.compile(r"[0-9a-f]{64}")


def named_blobs(ledger: Ledger, after: int = 0) -> set[str]:
    """Every SHA-256 that a record above `after` names, in whatever field of its payload: more than the blobs there are,
    and never fewer. A record that cannot be understood raises LedgerError, so that nothing is taken for unnamed."""
    return {name for record in ledger.records(after) for name in _hashes(record.payload)}


def _hashes(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield from _SHA256.findall(value)
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _hashes(one)
    elif isinstance(value, list):
        for one in value:
            yield from _hashes(one)


def blobs_named_in(content: bytes) -> set[str]:
    """Every SHA-256 that stands in a blob of ours, which is JSON; a source file or a picture names none."""
    if not content.startswith(b"{"):
        return set()
    return set(_SHA256.findall(content.decode("utf-8", "replace")))
