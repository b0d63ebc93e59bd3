"""Was everybody who acted a user then, with the role that it takes? Follows the ledger record by record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from audit.report import About, AuditReport, Severity
from audit.sampling.draw import INSPECTORS
from ledger.catalogue import entry_as, entry_of
from ledger.chain import Record
from ledger.event import Made
from ledger.events.added import Added
from ledger.events.answered import Answered
from ledger.events.decided import Decided
from ledger.events.defect_found import DefectFound
from ledger.events.inspected import Inspected
from ledger.events.keyed import Keyed
from ledger.events.letters_seen import LettersSeen
from ledger.events.lines_seen import LinesSeen
from ledger.events.reading_asked import ReadingAsked
from ledger.events.required import Required
from ledger.events.returned import Returned
from ledger.events.revoked import Revoked
from ledger.events.sample_drawn import SampleDrawn
from ledger.events.scan_uploaded import ScanUploaded
from ledger.events.seeded import Seeded
from ledger.events.signed_off import SignedOff
from ledger.events.source_dismissed import SourceDismissed
from ledger.events.spot_checked import SpotChecked
from ledger.events.token_ended import TokenEnded
from ledger.events.token_given import TokenGiven
from ledger.events.user_changed import UserChanged
from ledger.people import by_identity
from model.decision import Known, Who, is_carried
from model.errors import LedgerError, UsageError
from model.names import look_alike, refuse_unsound
from model.user import Role, User
from workspace.workspace import Workspace

_READERS = frozenset({Role.REVIEWER, Role.SECOND_REVIEWER})

_ROLES: dict[str, frozenset[Role]] = {
    Decided.KIND: _READERS,
    Added.KIND: _READERS,
    Answered.KIND: _READERS,
    ReadingAsked.KIND: _READERS,
    Keyed.KIND: _READERS,
    LinesSeen.KIND: _READERS,
    LettersSeen.KIND: _READERS,
    SpotChecked.KIND: _READERS,
    Seeded.KIND: _READERS,
    Returned.KIND: _READERS | {Role.ADMINISTRATOR},
    Revoked.KIND: frozenset({Role.REVIEWER, Role.ADMINISTRATOR}),
    SignedOff.KIND: frozenset({Role.REVIEWER}),
    Required.KIND: frozenset({Role.ADMINISTRATOR}),
    ScanUploaded.KIND: frozenset({Role.OPERATOR, Role.ADMINISTRATOR}),
    SourceDismissed.KIND: frozenset({Role.OPERATOR, Role.ADMINISTRATOR}),
    SampleDrawn.KIND: frozenset(INSPECTORS),
    Inspected.KIND: frozenset(INSPECTORS),
    DefectFound.KIND: frozenset(INSPECTORS),
}
"""What only some may do; every other event may be any user's."""

_ABOUT = {
    Decided.KIND: About.DECISION,
    SignedOff.KIND: About.SIGNOFF,
    Added.KIND: About.DECISION,
    Revoked.KIND: About.SIGNOFF,
    Required.KIND: About.SIGNOFF,
    SourceDismissed.KIND: About.SOURCE,
    SampleDrawn.KIND: About.SAMPLE,
    Inspected.KIND: About.SAMPLE,
    DefectFound.KIND: About.SAMPLE,
}


def audit_users(ws: Workspace, report: AuditReport) -> None:
    """Go through all records in order and note who acted without being a user, or without the role, and who managed
    users without being one who may.

    Before the first user everybody may act who can write the workspace.
    """
    users: dict[str, User] = {}
    signed: set[tuple[str, int, str]] = set()
    given: dict[str, str] = {}
    first = next(ws.ledger.records(kind=UserChanged.KIND, lenient=True), None)
    if first is None:
        return
    founder = ""
    for record in ws.ledger.records(after=first.seq - 1, lenient=True):
        if record.kind == UserChanged.KIND:
            try:
                event = entry_as(record, UserChanged).event
            except LedgerError as error:
                report.add(Severity.ERROR, About.USER, error.message, record=record.seq)
                continue
            founder = founder or event.who.account
            for severity, message in _managed(users, event, founder):
                report.add(severity, About.USER, message, record=record.seq)
            for message in _as_another(users.get(event.login), event):
                report.add(Severity.ERROR, About.USER, message, record=record.seq)
            for message in _names_alike(users, event):
                report.add(Severity.WARNING, About.USER, message, record=record.seq)
            users[event.login] = event.user
        elif users and "who" in record.payload:
            objection = _objection(users, record, signed, given)
            if objection:
                _add(report, record, objection)


def _managed(users: dict[str, User], event: UserChanged, founder: str) -> Iterator[tuple[Severity, str]]:
    """What is wrong with how a user came to stand so. `founder` is the account that made the first user: whoever
    manages from there, or from root's, could change the files anyway."""
    before, who = users.get(event.login), event.who
    what = f"{event.change} {event.login} ({event.name})"
    by = f"{who.name} (account {who.account})"
    own = before if before is not None and before.enabled and before.identity == who.account else None
    if own is not None and who.known is not None and _as_changed(own, event) == event.user:
        return  # everybody may change their own password
    linked = {one.account for one in users.values() if one.account and _administers(one)}
    user = by_identity(users, who.account)
    if not users or (user is not None and who.known is not None and _administers(user)):
        return
    if who.known is not Known.ACCOUNT:
        yield Severity.ERROR, f"{what} by {by}, who was no administrator then"
    elif linked and who.account not in linked | {"root"}:
        yield Severity.ERROR, f"{what} by {by}, which was no administrator's account then"
    elif who.account not in {founder, "root"}:
        yield Severity.WARNING, f"{what} from {by}, which is no user's account"


def _as_another(before: User | None, event: UserChanged) -> Iterator[str]:
    """What of a user never changes, and has: decisions are told apart by it."""
    if before is None:
        return
    for what, was, now in (("name", before.name, event.name), ("account", before.account, event.account)):
        if was != now:
            yield f"the {what} of {event.login} was {was or 'none'} and is {now or 'none'} since: it never changes"


def _names_alike(users: dict[str, User], event: UserChanged) -> Iterator[str]:
    """Whose name could be taken for another's, or is not what it seems."""
    if event.login in users and users[event.login].name == event.name:
        return
    other = look_alike(event.name, event.login, users.values())
    if other is not None:
        yield f"{event.name} ({event.login}) looks like {other.name} ({other.login})"
    try:
        refuse_unsound(event.name)
    except UsageError as error:
        yield f"the name {event.name} ({event.login}) may be read otherwise than it is written: {error.remedy}"


def _as_changed(own: User, event: UserChanged) -> User:
    """A user who has another password, and nothing else that is another."""
    return replace(own, credential=event.credential, temporary=event.user.temporary)


def _may_manage(users: dict[str, User], who: Who) -> bool:
    """Whether somebody was an administrator then, or worked at the machine where none but root's account must be."""
    user = by_identity(users, who.account)
    if user is not None and who.known is not None and _administers(user):
        return True
    linked = {one.account for one in users.values() if one.account and _administers(one)}
    return who.known is Known.ACCOUNT and (not linked or who.account in linked | {"root"})


def _administers(user: User) -> bool:
    return user.enabled and Role.ADMINISTRATOR in user.roles


def _objection(
    users: dict[str, User], record: Record, signed: set[tuple[str, int, str]], given: dict[str, str]
) -> str:
    """Why whoever made a record might not; empty where they might. `signed` keeps who has signed which page, `given`
    whom each token was given to."""
    try:
        event = entry_of(record).event
    except LedgerError:
        return "does not say who made it"
    who = event.who if isinstance(event, Made) else None
    if who is None or (isinstance(event, Decided) and is_carried(event.how)):
        # The program repeats what somebody decided about the same ink, when they might.
        return ""
    user = by_identity(users, who.account)
    if isinstance(event, TokenGiven):
        given[event.token] = event.login
    if isinstance(event, TokenGiven | TokenEnded) and _may_manage(users, who):
        return ""
    if user is None:
        return f"was made by {who.name} (account {who.account}), who was no user then, or was kept out"
    if who.known is None:
        return f"was made by {who.name} (account {who.account}), who merely claimed that name"
    if who.name != user.name:
        return f"was made in the name of {who.name} by the user {user.name} ({user.login})"
    if isinstance(event, SignedOff):
        signed.add((event.document, event.page, who.account))
    own = not isinstance(event, Revoked) or (event.document, event.page, who.account) in signed
    if not own and not _administers(user):
        return f"was made by {who.name}, who was no administrator then and had not signed the page"
    if isinstance(event, TokenGiven | TokenEnded) and given.get(event.token) != user.login:
        owner = given.get(event.token, "nobody")
        return f"was made by {who.name}, who was no administrator then, and is about a token of {owner}"
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
