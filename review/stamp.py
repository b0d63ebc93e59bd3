"""Asking an authority for a time stamp of the ledger's head: the one place that opens a connection, and only where set.

The authority is told one hash. Its answer is verified before it is kept.
"""

from __future__ import annotations

import os
import secrets
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from ledger.chain import Record
from ledger.disk import disk_errors
from ledger.timestamp import (
    KeptTimestamp,
    Timestamp,
    append_timestamp,
    stamped_digest,
    timestamp_request,
    timestamps_beside,
    verify_timestamp,
)
from model.errors import BadInput, ChamraError, UsageError
from workspace.workspace import Workspace

URL = "CHAMRA_TSA"
"""Variable of the environment: the address of a time-stamping authority. Without it nobody is asked."""

CA = "CHAMRA_TSA_CA"
"""Variable of the environment: a file with the certificates that the authority is known by, PEM."""

_SECONDS = 8.0
_LARGEST = 256 * 1024  # bytes of an answer; usual ones have 5,000


@dataclass(frozen=True, slots=True)
class Stamped:
    """The record whose hash was stamped, and what the authority said."""

    seq: int
    timestamp: Timestamp


def stamp(ws: Workspace) -> Stamped:
    """Ask the authority that is set for a time stamp of the newest record, verify the answer and keep it.

    Raises:
        UsageError: none is set, or not by which certificates it is known.
        BadInput: it does not answer, or its answer does not hold.
        NoSpace: the answer cannot be kept.
    """
    url = os.environ.get(URL, "")
    if not url.startswith(("https://", "http://")):
        raise UsageError("No time-stamping authority is set.", remedy=f"Set {URL} to its address.")
    head, nonce, ca = ws.ledger.head(), secrets.randbits(64), _certificates()
    answer = _asked(url, timestamp_request(head.sha256, nonce))
    return _keep(ws, head, answer, ca, nonce)


def keep_answer(ws: Workspace, answer: bytes) -> Stamped:
    """Keep the answer to a request that somebody else has sent; raises as `stamp` does."""
    try:
        digest = stamped_digest(answer).hex()
    except ValueError as error:
        raise BadInput(f"Not kept: {error}.", remedy="Give the authority's answer (.tsr).") from error
    seq = next((seq for seq, sha256 in enumerate(ws.ledger.hashes(), start=1) if sha256 == digest), None)
    if seq is None:
        raise BadInput("Not kept: it is about no record of this ledger.", remedy="Check the workspace.")
    return _keep(ws, ws.ledger.at(seq), answer, _certificates(), None)


def stamp_if_set(ws: Workspace) -> tuple[Stamped | None, str]:
    """A time stamp where an authority is set, or why there is none: what stands does not wait for the authority."""
    if not os.environ.get(URL):
        return None, ""
    try:
        return stamp(ws), ""
    except ChamraError as error:
        return None, str(error)


def _keep(ws: Workspace, record: Record, answer: bytes, ca: bytes, nonce: int | None) -> Stamped:
    try:
        said = verify_timestamp(answer, bytes.fromhex(record.sha256), ca, nonce)
    except ValueError as error:
        raise BadInput(f"Not kept: {error}.", remedy=f"Check the authority, and {CA}.") from error
    kept = KeptTimestamp(ws.id, record.seq, record.sha256, answer)
    for path in ws.anchors:
        append_timestamp(timestamps_beside(path), kept)
    return Stamped(record.seq, said)


def _certificates() -> bytes:
    path = Path(os.environ.get(CA, ""))
    if not path.is_file():
        raise UsageError(
            "By which certificates is the time-stamping authority known?",
            remedy=f"Set {CA} to a file with them, in PEM: the answer is verified before it is kept.",
        )
    with disk_errors(path):
        return path.read_bytes()


def _asked(url: str, request: bytes) -> bytes:
    asking = urllib.request.Request(url, request, {"Content-Type": "application/timestamp-query"})
    try:
        with urllib.request.urlopen(asking, timeout=_SECONDS) as answer:
            data: bytes = answer.read(_LARGEST + 1)
    except (urllib.error.URLError, OSError, ValueError) as error:
        raise BadInput(f"{url} does not answer: {error}.", remedy="Ask again later.") from error
    if len(data) > _LARGEST:
        raise BadInput(f"{url} answers more than a time stamp.", remedy="Check the address.")
    return data
