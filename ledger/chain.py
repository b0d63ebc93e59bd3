"""The chain: what a record is, how it is hashed, and how it must follow the one before it.

Knows no database: the same functions verify rows of any, and `docs/ledger.md` says the same in words.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ledger.canonical import canonical_json

VERSION = 1
"""The version of the ledger's format, written in its first record."""

GENESIS = "0" * 64
"""What the first record carries for the hash before it."""


@dataclass(frozen=True, slots=True)
class Record:
    """One record. `when` is UTC, ISO 8601; `previous` is the hash of the record before it."""

    seq: int
    when: str
    kind: str
    payload: Mapping[str, Any]
    previous: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Fault:
    """A record that breaks the chain, and how. `seq` is 0 when the ledger as a whole is meant."""

    seq: int
    reason: str


@dataclass(frozen=True, slots=True)
class Link:
    """The newest record of a chain: what the next one must follow."""

    seq: int = 0
    sha256: str = GENESIS


def record_sha256(seq: int, when: str, kind: str, payload: str, previous: str) -> str:
    """The hash of a record: of canonical JSON of its five fields, the payload as its stored text."""
    head = f'{{"kind":{_quoted(kind)},"payload":{payload},"previous":{_quoted(previous)},"seq":{seq},'
    text = f'{head}"when":{_quoted(when)}}}'
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()


_quoted = json.JSONEncoder(ensure_ascii=False).encode


def filed_under(payload: Mapping[str, Any]) -> tuple[str, int]:
    """The document and page that a payload is about: "" and 0 where it is about none."""
    document, page = payload.get("document", ""), payload.get("page", 0)
    return (document if type(document) is str else "", page if type(page) is int else 0)


def follow(link: Link, row: Mapping[str, Any]) -> tuple[list[str], Link]:
    """What is wrong with the record that comes after `link`, in words, and the link it makes itself.

    `row` is the record as it lies in the database, column by column, trusted in nothing.
    """
    reasons = []
    if row["seq"] != link.seq + 1:
        reasons.append(f"record {link.seq + 1} is missing before it")
    if row["previous"] != link.sha256:
        reasons.append("it does not carry the hash of the record before it")
    try:
        computed = record_sha256(row["seq"], row["when"], row["kind"], row["payload"], row["previous"])
        payload = json.loads(row["payload"])
        filed = filed_under(payload)
        canonical = canonical_json(payload).decode("utf-8") == row["payload"]
    except (ValueError, TypeError, AttributeError, RecursionError):
        computed, filed, canonical = "", ("", 0), True
    if computed != row["sha256"]:
        reasons.append("its content does not have its hash")
    elif not canonical:
        reasons.append("its payload is not in canonical form: another reader may see something else in it")
    elif filed != (row["document"], row["page"]):
        reasons.append("it is filed under another page than it is about")
    return reasons, Link(row["seq"], row["sha256"])
