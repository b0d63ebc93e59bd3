"""A page was signed."""

from __future__ import annotations

from dataclasses import dataclass

from ledger.event import Entry, Event, PageNumber, Sha256
from ledger.signing.statement import PageSignature, Statement
from model.decision import Confirmation, SignOff, Who


@dataclass(frozen=True, slots=True)
class SignedOff(Event):
    """The text that follows from all records up to the one with the hash `ledger_head` is approved.

    `statement` and `signature` stand where a key has signed, `confirmed` where the password was given again.
    """

    KIND = "signoff"
    VERSION = 2
    SAYS = (
        "the text that follows from all records up to the one with the hash `ledger_head` is approved; where a key has "
        "signed, what it says and the `signature` of that (see *Signatures*); `confirmed`: the password was given again"
    )

    document: Sha256
    page: PageNumber
    ledger_head: Sha256
    text_sha256: Sha256
    policy: str
    who: Who
    statement: Statement | None = None
    signature: PageSignature | None = None
    confirmed: Confirmation | None = None

    @classmethod
    def of(
        cls,
        one: SignOff,
        statement: Statement | None = None,
        signature: PageSignature | None = None,
    ) -> SignedOff:
        """The event of a sign-off; the time will be the record's own."""
        return cls(
            one.document, one.page, one.ledger_head, one.text_sha256, one.policy, one.who, statement, signature,
            one.confirmed,
        )  # fmt: skip


def signoff_of(entry: Entry[SignedOff]) -> SignOff:
    """The sign-off that an entry records."""
    one = entry.event
    key = "" if one.signature is None else one.signature.key
    return SignOff(
        one.document, one.page, one.ledger_head, one.text_sha256, one.policy, one.who, entry.when, key,
        one.confirmed,
    )  # fmt: skip
