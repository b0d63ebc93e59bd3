"""Was everybody who acted a user then, with the role that it takes? Follows the ledger record by record."""

from __future__ import annotations

from audit.report import About, AuditReport, Severity
from ledger.chain import Record
from ledger.people import USER, by_identity, user_of
from ledger.records import CARRIED_WAY, DECISION, SIGNOFF, who_of
from model.errors import LedgerError
from model.user import Role, User
from workspace.workspace import Workspace

_ROLES = {
    DECISION: frozenset({Role.REVIEWER, Role.SECOND_REVIEWER}),
    SIGNOFF: frozenset({Role.REVIEWER}),
}
_ABOUT = {DECISION: About.DECISION, SIGNOFF: About.SIGNOFF}


def audit_users(ws: Workspace, report: AuditReport) -> None:
    """Go through all records in order and note who acted without being a user, or without the role.

    Before the first user everybody may act who can write the workspace. Who managed users is noted by the
    records themselves.
    """
    users: dict[str, User] = {}
    first = next(ws.ledger.records(kind=USER, lenient=True), None)
    if first is None:
        return
    for record in ws.ledger.records(after=first.seq - 1, lenient=True):
        if record.kind == USER:
            try:
                user = user_of(record)
            except LedgerError as error:
                report.add(Severity.ERROR, About.LEDGER, error.message, record=record.seq)
            else:
                users[user.login] = user
        elif users and "who" in record.payload and not _carried(record):
            objection = _objection(users, record)
            if objection:
                _add(report, record, objection)


def _carried(record: Record) -> bool:
    """True when the program repeats what somebody decided about the same ink, when they might."""
    return str(record.payload.get("how", "")).startswith(CARRIED_WAY)


def _objection(users: dict[str, User], record: Record) -> str:
    try:
        who = who_of(record.payload["who"])
    except (ValueError, TypeError, KeyError):
        return "does not say who made it"
    user = by_identity(users, who.account)
    if user is None:
        return f"was made by {who.name} (account {who.account}), who was no user then, or was kept out"
    if who.known is None:
        return f"was made by {who.name} (account {who.account}), who merely claimed that name"
    wanted = _ROLES.get(record.kind)
    if wanted is not None and not user.roles & wanted:
        return f"was made by {who.name}, who did not hold the role {' or '.join(sorted(wanted))} then"
    return ""


def _add(report: AuditReport, record: Record, message: str) -> None:
    document, page = record.payload.get("document", ""), record.payload.get("page", 0)
    report.add(
        Severity.ERROR,
        _ABOUT.get(record.kind, About.LEDGER),
        message,
        document=document if isinstance(document, str) else "",
        page=page if type(page) is int else 0,
        record=record.seq,
    )
