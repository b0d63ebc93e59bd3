"""How revocations, returns and their answers stand in the ledger."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from ledger.chain import Record
from ledger.records import Payload, who_of, who_payload
from model.errors import LedgerError
from model.rework import Answer, Return, Revocation

REVOCATION = "revocation"
RETURN = "return"
ANSWER = "answer"

T = TypeVar("T")


def revocation_payload(one: Revocation) -> Payload:
    """The record of a revocation. The time is the record's own."""
    return {
        "document": one.document, "page": one.page, "signoff": one.signoff, "reason": one.reason,
        "who": who_payload(one.who), "how": one.how,
    }  # fmt: skip


def revocation_of(record: Record) -> Revocation:
    """The revocation of a record.

    Raises:
        LedgerError: the record is not one.
    """

    def build(body: Payload) -> Revocation:
        return Revocation(
            str(body["document"]), int(body["page"]), str(body["signoff"]), str(body["reason"]),
            who_of(body["who"]), str(body["how"]), record.when,
        )  # fmt: skip

    return _understood(record, build)


def return_payload(one: Return) -> Payload:
    """The record of a return. Its id is the record's hash, and the time is the record's own."""
    return {
        "document": one.document, "page": one.page, "note": one.note, "who": who_payload(one.who),
        "how": one.how,
    }  # fmt: skip


def return_of(record: Record) -> Return:
    """The return of a record; raises as `revocation_of` does."""

    def build(body: Payload) -> Return:
        return Return(
            record.sha256, str(body["document"]), int(body["page"]), str(body["note"]), who_of(body["who"]),
            str(body["how"]), record.when,
        )  # fmt: skip

    return _understood(record, build)


def answer_payload(one: Answer) -> Payload:
    """The record of an answer. The time is the record's own."""
    return {
        "document": one.document, "page": one.page, "returned": one.returned, "note": one.note,
        "who": who_payload(one.who), "how": one.how,
    }  # fmt: skip


def answer_of(record: Record) -> Answer:
    """The answer of a record; raises as `revocation_of` does."""

    def build(body: Payload) -> Answer:
        return Answer(
            str(body["document"]), int(body["page"]), str(body["returned"]), str(body["note"]),
            who_of(body["who"]), str(body["how"]), record.when,
        )  # fmt: skip

    return _understood(record, build)


def _understood(record: Record, build: Callable[[Payload], T]) -> T:
    try:
        return build(record.payload)
    except (ValueError, TypeError, KeyError) as error:
        raise LedgerError(
            f"Record {record.seq} of the ledger is no sound {record.kind}.",
            remedy="Run `chamra audit` to see what is damaged; restore the ledger from a backup.",
        ) from error
