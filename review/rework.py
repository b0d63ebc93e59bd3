"""Take back what was signed or left out, or give a page back to be worked on again: new records, nothing is removed.

A revoked sign-off does not stand: its page is to be signed anew, and the text that was published under it
is no longer given out. A returned page waits for a person until somebody says that it was seen to, and
must then be signed anew too.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from ledger.batch import Batch
from ledger.events.answered import Answered, answer_of
from ledger.events.decided import Decided, decision_of
from ledger.events.reading_asked import ReadingAsked
from ledger.events.returned import Returned, return_of
from ledger.events.revoked import Revoked, revocation_of
from ledger.history import DocumentHistory, PageHistory, read_page_history
from ledger.people import allowed, users_at
from model.decision import Decision, Subject, Verdict, Who
from model.errors import UsageError
from model.rework import Answer, Return, Revocation
from model.user import Role
from model.visible import refuse_invisible
from review.decide import TERMINAL
from review.transact import with_history
from workspace.workspace import Workspace

_MAY_RETURN = (Role.REVIEWER, Role.SECOND_REVIEWER, Role.ADMINISTRATOR)
_MAY_ANSWER = (Role.REVIEWER, Role.SECOND_REVIEWER)


def revoke(
    ws: Workspace, document: str, pages: Collection[int], reason: str, who: Who, *, how: str = TERMINAL
) -> tuple[Revocation, ...]:
    """Revoke the sign-offs of these pages, all or none, and anchor the ledger.

    Where there are users, an administrator revokes any sign-off, and a reviewer their own.

    Raises:
        BadInput: the ledger knows no such document.
        NotAllowed: the workspace has users, and `who` is none who may.
        UsageError: no reason or no page is given, or a page has no sign-off that stands.
        NoSpace: an anchor file may not be written. The revocation stands, and the next signing or publishing
            writes the anchor.
    """
    _words(reason, "Revoking a signature needs a reason.")
    if not pages:
        raise UsageError("No page is named whose signature shall be revoked.", remedy="Name the pages.")

    def prepare(past: DocumentHistory) -> Callable[[Batch], tuple[Revocation, ...]]:
        users, found = users_at(ws.ledger), []
        for number in sorted(set(pages)):
            entry = _page(past, number).signoff_entry
            if entry is None or _page(past, number).revocation is not None:
                raise UsageError(
                    f"Page {number} of {past.name} has no signature that stands.",
                    remedy="Nothing was revoked; `chamra status DOCUMENT` lists the pages.",
                )
            others = (one.who.account for one in _page(past, number).signatures)
            own = who.account in {entry.event.who.account, *others}
            allowed(users, who, {Role.ADMINISTRATOR, Role.REVIEWER} if own else {Role.ADMINISTRATOR})
            found.append(Revocation(document, number, entry.sha256, reason, who, how, ""))
        return lambda batch: tuple(revocation_of(batch.append(Revoked.of(one))) for one in found)

    revoked = with_history(ws.ledger, document, prepare)
    ws.anchor()
    return revoked


def take_up_again(
    ws: Workspace, document: str, page: int, who: Who, *, note: str = "", how: str = TERMINAL
) -> tuple[Decision, ...]:
    """Take a page up again that was left out: it waits to be read, transcribed or left out anew.

    Raises:
        BadInput: the ledger knows no such document.
        NotAllowed: the workspace has users, and `who` is none who may.
        UsageError: there is no such page, or it is not left out.
    """
    refuse_invisible(note, allowed="\n")

    def prepare(past: DocumentHistory) -> Callable[[Batch], tuple[Decision, ...]]:
        allowed(users_at(ws.ledger), who, {Role.REVIEWER})
        if _page(past, page).waiver is None:
            raise UsageError(f"Page {page} of {past.name} is not left out.", remedy="Nothing was recorded.")
        one = Decision(Subject(document, page), Verdict.WITHDRAW, None, who, how, "", note)
        return lambda batch: (decision_of(batch.append(Decided.of(one))),)

    return with_history(ws.ledger, document, prepare, page)


def ask_reading(
    ws: Workspace, document: str, page: int, who: Who, *, note: str = "", how: str = TERMINAL
) -> tuple[int, ...]:
    """Ask that a page that could not be read be read again; returns the number of the record, nothing where somebody
    has asked already and nothing was tried since.

    Raises:
        BadInput: the ledger knows no such document.
        NotAllowed: the workspace has users, and `who` is none who may.
        UsageError: there is no such page, it was read, or it is left out.
    """
    refuse_invisible(note, allowed="\n")

    def prepare(past: DocumentHistory) -> Callable[[Batch], tuple[int, ...]]:
        allowed(users_at(ws.ledger), who, _MAY_ANSWER)
        history = _page(past, page)
        if history.page is not None or history.waiver is not None:
            raise UsageError(
                f"Page {page} of {past.name} does not wait to be read.", remedy="Nothing was recorded."
            )
        if history.reading_asked is not None:
            return lambda _: ()
        return lambda batch: (batch.append(ReadingAsked(document, page, note, who, how)).seq,)

    return with_history(ws.ledger, document, prepare, page)


def pages_asked_for(ws: Workspace) -> Mapping[str, tuple[int, ...]]:
    """The pages, by document, of which somebody has asked that they be read again and that nothing has tried since."""
    asked = {(one.event.document, one.event.page): None for one in ws.ledger.events(ReadingAsked)}
    found: dict[str, tuple[int, ...]] = {}
    for document, number in sorted(asked):
        past = read_page_history(ws.ledger, document, number)
        if past.reading_asked is not None and past.waiver is None:
            found[document] = (*found.get(document, ()), number)
    return found


def return_page(
    ws: Workspace, document: str, page: int, note: str, who: Who, *, how: str = TERMINAL
) -> Return:
    """Return a page to be worked on again; the note says why.

    Raises:
        BadInput: the ledger knows no such document.
        NotAllowed: the workspace has users, and `who` is none who may.
        UsageError: there is no note, or no such page, or it was never read.
    """
    _words(note, "Returning a page needs a note.")

    def prepare(past: DocumentHistory) -> Callable[[Batch], Return]:
        allowed(users_at(ws.ledger), who, _MAY_RETURN)
        if _page(past, page).page is None:
            raise UsageError(
                f"Page {page} of {past.name} was not read.", remedy="Read it again with `chamra digitise`."
            )
        one = Return("", document, page, note, who, how, "")
        return lambda batch: return_of(batch.append(Returned.of(one)))

    return with_history(ws.ledger, document, prepare, page)


def answer(
    ws: Workspace, document: str, page: int, who: Who, *, note: str = "", how: str = TERMINAL
) -> tuple[Answer, ...]:
    """Say that all a page was returned for has been seen to.

    Raises:
        BadInput: the ledger knows no such document.
        NotAllowed: the workspace has users, and `who` is none who may.
        UsageError: there is no such page, or it was not returned.
    """
    refuse_invisible(note, allowed="\n")

    def prepare(past: DocumentHistory) -> Callable[[Batch], tuple[Answer, ...]]:
        allowed(users_at(ws.ledger), who, _MAY_ANSWER)
        open_ones = _page(past, page).returned
        if not open_ones:
            raise UsageError(f"Page {page} of {past.name} was not returned.", remedy="Nothing was recorded.")
        found = [Answer(document, page, one.id, note, who, how, "") for one in open_ones]
        return lambda batch: tuple(answer_of(batch.append(Answered.of(one))) for one in found)

    return with_history(ws.ledger, document, prepare, page)


def _page(past: DocumentHistory, number: int) -> PageHistory:
    if number not in past.pages:
        raise UsageError(
            f"{past.name} has no page {number} that was asked for.",
            remedy="`chamra status DOCUMENT` lists the pages.",
        )
    return past.pages[number]


def _words(text: str, lacking: str) -> None:
    if not text.strip():
        raise UsageError(lacking, remedy="Say why in words.")
    refuse_invisible(text, allowed="\n")
