"""The ledger as a ledger: its chain, its guards, its clock, and what in it this program does not know."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

from audit.report import About, AuditReport, Severity
from ledger.catalogue import CATALOGUE
from ledger.chain import Record
from ledger.events.decided import Decided
from ledger.events.findings_recorded import FindingsRecorded
from ledger.events.page_read import PageRead
from ledger.events.policy_stated import PolicyStated
from ledger.events.user_changed import UserChanged
from workspace.workspace import Workspace

AHEAD = timedelta(minutes=5)
"""Clocks of several machines differ by less."""

MOST_NAMED = 40
"""Records that are listed one by one; of more the rest is counted."""

_FORM = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
_MADE_BY_THE_PROGRAM = {PageRead.KIND, FindingsRecorded.KIND}


def audit_records(ws: Workspace, report: AuditReport) -> None:
    """Verify the chain, and look at everything about it that no hash says."""
    for name in ws.ledger.missing_guards():
        message = f"the trigger {name} is gone or changed: the ledger could be rewritten"
        report.add(Severity.ERROR, About.GUARD, message)
    for name in ws.ledger.strange_objects():
        message = f"the database has a {name} that is none of ours: it could swallow or hide records"
        report.add(Severity.ERROR, About.GUARD, message)
    for words in ws.ledger.contradictions():
        message = f"the database does not agree with itself, so records could be hidden: {words}"
        report.add(Severity.ERROR, About.GUARD, message)
    for fault in ws.ledger.verify():
        report.add(Severity.ERROR, About.LEDGER, fault.reason, record=fault.seq)
    report.counts.records = report.head_seq
    _times(ws.ledger.records(lenient=True), datetime.now(UTC), report)
    for record in ws.ledger.records(lenient=True):
        if record.kind not in CATALOGUE:
            message = (
                f"is of the kind {record.kind!r}, which this program does not know: it was not looked at"
            )
            report.add(Severity.NOTE, About.LEDGER, message, record=record.seq)


def _times(records: Iterable[Record], now: datetime, report: AuditReport) -> None:
    """Times are what somebody's clock said: they must have their form, go on, and be past."""
    newest = ""
    limit = (now + AHEAD).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    for record in records:
        if not _FORM.fullmatch(record.when):
            message = f"its time {record.when!r} is none"
            report.add(Severity.ERROR, About.LEDGER, message, record=record.seq)
            continue
        if record.when > limit:
            message = f"is dated {record.when}, which is still to come"
            report.add(Severity.WARNING, About.LEDGER, message, record=record.seq)
            continue
        if record.when < newest:
            message = (
                f"is dated {record.when}, and a record before it {newest}: a clock went back, or somebody did"
            )
            report.add(Severity.WARNING, About.LEDGER, message, record=record.seq)
        newest = max(newest, record.when)


def list_later(ws: Workspace, since: str, report: AuditReport) -> None:
    """List what people have made that nothing covers which the auditor has brought, or that was recorded from a moment
    on, a note each."""
    found = []
    for record in ws.ledger.records(lenient=True):
        later = (report.brought or report.stamps) and record.seq > report.covered
        if (later or (since and record.when >= since)) and record.kind not in _MADE_BY_THE_PROGRAM:
            found.append(
                (record, "covered by no anchor that you have brought" if later else f"recorded since {since}")
            )
    for record, why in found[:MOST_NAMED]:
        payload = record.payload
        document, page = payload.get("document", ""), payload.get("page", 0)
        report.add(
            Severity.NOTE, About.ANCHOR, f"{_described(record)}; {why}",
            document=document if isinstance(document, str) else "",
            page=page if type(page) is int else 0, record=record.seq,
        )  # fmt: skip
    if len(found) > MOST_NAMED:
        message = f"and {len(found) - MOST_NAMED} more records up to record {found[-1][0].seq}"
        report.add(Severity.NOTE, About.ANCHOR, message)


def _described(record: Record) -> str:
    """A record in a few words: what it says, and by whom."""
    words = " ".join(("a record of the kind", record.kind, *_details(record)))
    who = record.payload.get("who")
    if isinstance(who, dict):
        claimed = ", claimed" if who.get("claimed") else ""
        words += f", by {who.get('name')} ({who.get('account')}{claimed})"
    return words


def _details(record: Record) -> Iterator[str]:
    payload = record.payload
    if record.kind == UserChanged.KIND:
        yield f"({payload.get('change')} {payload.get('login')}, {payload.get('name')}:"
        yield f"{', '.join(map(str, payload.get('roles') or []))})"
    elif record.kind == PolicyStated.KIND:
        yield f"({payload.get('name')})"
    elif record.kind == Decided.KIND:
        yield f"({payload.get('verdict')} {payload.get('finding')})"
