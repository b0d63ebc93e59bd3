"""How decisions, policies, sign-offs and publications stand in the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ledger.chain import Record
from model.decision import Decision, Known, Policy, SignOff, Subject, Verdict, Who
from model.errors import LedgerError

DECISION = "decision"
POLICY = "policy"
SIGNOFF = "signoff"
PUBLISHED = "published"

POLICY_WAY = "policy:"
"""How a decision begins its `how` when a policy made it and no person looked."""

CARRY = "carry"
"""The kind of the records that say what has become of a page's decisions after a new reading."""

CARRIED_WAY = "carried:"
"""How a decision begins its `how` when it repeats an earlier one about the same ink; its number follows."""

PAGE_BREAK = "\f"
"""What stands between two pages of a published text."""

Payload = Mapping[str, Any]


def decision_payload(decision: Decision) -> Payload:
    """The record of a decision. The time is the record's own."""
    return {
        "document": decision.subject.document,
        "page": decision.subject.page,
        "finding": decision.subject.finding,
        "verdict": decision.verdict.value,
        "after": decision.after,
        "who": who_payload(decision.who),
        "how": decision.how,
        "note": decision.note,
    }


def decision_of(record: Record) -> Decision:
    """The decision of a record.

    Raises:
        LedgerError: the record is not one.
    """
    body = record.payload
    try:
        return Decision(
            subject=Subject(str(body["document"]), int(body["page"]), str(body["finding"])),
            verdict=Verdict(body["verdict"]),
            after=None if body["after"] is None else str(body["after"]),
            who=who_of(body["who"]),
            how=str(body["how"]),
            when=record.when,
            note=str(body["note"]),
        )
    except (ValueError, TypeError, KeyError) as error:
        raise _not_understood(record) from error


def by_policy(decision: Decision) -> bool:
    """True when a policy decided and no person looked at this very change."""
    return decision.how.startswith(POLICY_WAY)


def carried_from(decision: Decision) -> int | None:
    """The number of the record that a decision repeats after a new reading, None where it repeats none."""
    number = decision.how.removeprefix(CARRIED_WAY)
    carried = decision.how.startswith(CARRIED_WAY) and number.isdecimal() and number.isascii()
    return int(number) if carried else None


def policy_payload(policy: Policy, who: Who) -> Payload:
    """The record of a policy and of who approved it."""
    return {"name": policy.name, "text": policy.text, "who": who_payload(who)}


def policy_of(record: Record) -> Policy:
    """The policy of a record; raises as `decision_of` does."""
    try:
        return Policy(str(record.payload["name"]), str(record.payload["text"]))
    except KeyError as error:
        raise _not_understood(record) from error


def signoff_payload(signoff: SignOff) -> Payload:
    """The record of a sign-off. The time is the record's own."""
    return {
        "document": signoff.document,
        "page": signoff.page,
        "ledger_head": signoff.ledger_head,
        "text_sha256": signoff.text_sha256,
        "policy": signoff.policy,
        "who": who_payload(signoff.who),
    }


def signoff_of(record: Record) -> SignOff:
    """The sign-off of a record; raises as `decision_of` does."""
    body = record.payload
    try:
        return SignOff(
            document=str(body["document"]),
            page=int(body["page"]),
            ledger_head=str(body["ledger_head"]),
            text_sha256=str(body["text_sha256"]),
            policy=str(body["policy"]),
            who=who_of(body["who"]),
            when=record.when,
        )
    except (ValueError, TypeError, KeyError) as error:
        raise _not_understood(record) from error


def who_payload(who: Who) -> Payload:
    """A person, as every record that names one has them."""
    known = {} if who.known is None else {"known": who.known.value}
    return {"name": who.name, "account": who.account, "claimed": who.claimed} | known


def who_of(body: Payload) -> Who:
    """The person whom a record names.

    Raises:
        ValueError, TypeError, KeyError: it names none.
    """
    known = Known(body["known"]) if "known" in body else None
    return Who(str(body["name"]), str(body["account"]), bool(body["claimed"]), known)


def _not_understood(record: Record) -> LedgerError:
    return LedgerError(
        f"Record {record.seq} of the ledger is no sound {record.kind}.",
        remedy="Run `chamra audit` to see what is damaged; restore the ledger from a backup.",
    )
