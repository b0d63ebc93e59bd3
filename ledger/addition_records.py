"""How a person's own findings stand in the ledger, and how they stand beside those of the rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from ledger.chain import Record
from ledger.records import Payload, by_policy, who_of, who_payload
from model.addition import Addition
from model.decision import Decision, Verdict
from model.edit import Finding, Findings, Flag, Proposal, Span
from model.errors import LedgerError
from model.page import Box

ADDITION = "addition"
"""The kind of these records."""


def addition_payload(addition: Addition) -> Payload:
    """The record of a person's own finding. The time is the record's own."""
    box = addition.box
    return {
        "document": addition.document,
        "page": addition.page,
        "reading_sha256": addition.reading_sha256,
        "rule": addition.rule,
        "start": addition.span.start,
        "end": addition.span.end,
        "before": addition.before,
        "after": addition.after,
        "box": None if box is None else [box.left, box.top, box.right, box.bottom],
        "who": who_payload(addition.who),
        "how": addition.how,
        "note": addition.note,
    }


def addition_of(record: Record) -> Addition:
    """The person's finding of a record.

    Raises:
        LedgerError: the record is not one.
    """
    body = record.payload
    try:
        left, top, right, bottom = map(int, body["box"] or (0, 0, 0, 0))
        made = Addition(
            document=str(body["document"]),
            page=int(body["page"]),
            reading_sha256=str(body["reading_sha256"]),
            rule=str(body["rule"]),
            span=Span(int(body["start"]), int(body["end"])),
            before=str(body["before"]),
            after=None if body["after"] is None else str(body["after"]),
            box=None if body["box"] is None else Box(left, top, right, bottom),
            who=who_of(body["who"]),
            how=str(body["how"]),
            when=record.when,
            note=str(body["note"]),
        )
        made.as_finding()
    except (ValueError, TypeError, KeyError) as error:
        raise LedgerError(
            f"Record {record.seq} of the ledger is no sound {record.kind}.",
            remedy="Run `chamra audit` to see what is damaged; restore the ledger from a backup.",
        ) from error
    return made


def with_additions(
    findings: Findings, additions: Iterable[Addition], decisions: Mapping[str, Sequence[Decision]]
) -> Findings:
    """What the rules have found and what people have added to this reading of the page.

    A text whose writer took it back is not there any more.
    """
    own: dict[str, Finding] = {}
    for one in additions:
        if one.reading_sha256 == findings.reading_sha256 and not _taken_back(one, decisions):
            own[one.finding] = one.as_finding()
    if not own:
        return findings
    return replace(
        findings,
        proposals=(*findings.proposals, *(one for one in own.values() if isinstance(one, Proposal))),
        flags=(*findings.flags, *(one for one in own.values() if isinstance(one, Flag))),
    )


def _taken_back(addition: Addition, decisions: Mapping[str, Sequence[Decision]]) -> bool:
    made = [
        one
        for one in decisions.get(addition.finding, ())
        if one.who.account == addition.who.account and not by_policy(one)
    ]
    return bool(made) and made[-1].verdict is Verdict.WITHDRAW
