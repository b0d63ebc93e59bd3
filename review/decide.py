"""Record what a person decides: everything of one call, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from correction.in_force import NONE_IN_FORCE, EditsInForce, edits_in_force, newest_by_account, text_of
from ledger.batch import Batch
from ledger.events.decided import Decided, decision_of
from ledger.history import DocumentHistory
from ledger.people import allowed_to_decide, users_at
from model.addition import TEXT as OWN_TEXT
from model.decision import Decision, Subject, Verdict, Who
from model.edit import Finding
from model.errors import Outdated, UsageError
from model.state import Outcome, PageState
from model.two_people import contested_places
from model.user import User
from model.visible import refuse_invisible
from review.finding_names import LOOK_IT_UP, Found, find
from review.state import page_states, pages_with
from review.transact import with_history
from workspace.workspace import Workspace

TERMINAL = "terminal"
"""How a decision is made from the command line."""


@dataclass(frozen=True, slots=True)
class DecisionRequest:
    """What somebody asks to decide about a finding: an id, the unique beginning of one, or `PAGE:ID`
    where one id stands on several pages. `after` is the text of an EDIT."""

    reference: str
    verdict: Verdict
    after: str | None = None
    note: str = ""


Made = tuple[PageState, list[Decision]]


def decide(
    ws: Workspace,
    document: str,
    requests: Sequence[DecisionRequest],
    who: Who,
    *,
    waivers: Mapping[int, str] | None = None,
    remaining: Verdict | None = None,
    how: str = TERMINAL,
    expected: Mapping[str, Sequence[int]] | None = None,
) -> tuple[Decision, ...]:
    """Record decisions about a document, all of them or none.

    Accepting a flag acknowledges it; an EDIT gives the text for the finding's place. `waivers` leave out
    pages that could not be read, with a reason for each. `remaining` decides, after all else, what is still
    open: see `accept_remaining` and `reject_remaining`. Deciding again what one has decided already records
    nothing. `expected` holds, for a reference of a request, the version of the finding that the person had before
    them: the numbers of the records that decide about it. Another version stops the call, unless this account
    alone has since decided what is requested: asking again after a broken connection is safe.

    Returns:
        The decisions that are new, by page.

    Raises:
        Outdated: something was decided that the person has not seen. Then nothing is recorded.
        UsageError: an id is unknown or ambiguous, a text cannot stand, what would be accepted overlaps
            what is accepted already, or a page cannot be left out. Then nothing is recorded.
        NotAllowed: the workspace has users, and `who` is none who may decide this. Nothing is recorded.
    """

    def wanted(past: DocumentHistory) -> Iterator[Made]:
        made = _requested(ws, past, requests, who, how=how, expected=expected or {})
        for number, reason in (waivers or {}).items():
            made.setdefault(number, []).append(_waiver(past, number, reason, who, how))
        for page in page_states(ws, past, made if remaining is None else None):
            mine = made.get(page.number, [])
            rest = (
                []
                if remaining is None
                else _remaining(page, mine, document=past.id, who=who, how=how, verdict=remaining)
            )
            yield page, [*mine, *rest]

    alone = not waivers and remaining is None
    return _record(ws, document, wanted, _only_page(requests) if alone else None)


def accept(
    ws: Workspace, document: str, ids: Sequence[str], who: Who, *, how: str = TERMINAL
) -> tuple[Decision, ...]:
    """Accept proposals and acknowledge flags; see `decide`."""
    return decide(ws, document, [DecisionRequest(one, Verdict.ACCEPT) for one in ids], who, how=how)


def reject(
    ws: Workspace, document: str, ids: Sequence[str], who: Who, *, how: str = TERMINAL
) -> tuple[Decision, ...]:
    """Reject proposals and flags; see `decide`."""
    return decide(ws, document, [DecisionRequest(one, Verdict.REJECT) for one in ids], who, how=how)


def edit(
    ws: Workspace, document: str, reference: str, text: str, who: Who, *, how: str = TERMINAL
) -> tuple[Decision, ...]:
    """Give the text for a finding's place; see `decide`."""
    return decide(ws, document, [DecisionRequest(reference, Verdict.EDIT, text)], who, how=how)


def waive(
    ws: Workspace, document: str, page: int, reason: str, who: Who, *, how: str = TERMINAL
) -> tuple[Decision, ...]:
    """Leave out a page that could not be read; see `decide`."""
    return decide(ws, document, (), who, waivers={page: reason}, how=how)


def accept_remaining(ws: Workspace, document: str, who: Who, *, how: str = TERMINAL) -> tuple[Decision, ...]:
    """Accept every standing proposal that is open and acknowledge every flag.

    What needs two people stays open for the second, and what this account has decided keeps its decision.
    SAFE proposals are left to the policy.
    """
    return decide(ws, document, (), who, remaining=Verdict.ACCEPT, how=how)


def reject_remaining(ws: Workspace, document: str, who: Who, *, how: str = TERMINAL) -> tuple[Decision, ...]:
    """Reject everything that is open, and what comes back because its better was rejected."""
    return decide(ws, document, (), who, remaining=Verdict.REJECT, how=how)


def _only_page(requests: Sequence[DecisionRequest]) -> int | None:
    """The page that every request names, where they all name the same."""
    named = {request.reference.partition(":")[0] for request in requests if ":" in request.reference}
    number = named.pop() if len(named) == 1 else ""
    one = number.isdecimal() and number.isascii() and all(":" in request.reference for request in requests)
    return int(number) if one else None


def _record(
    ws: Workspace,
    document: str,
    wanted: Callable[[DocumentHistory], Iterator[Made]],
    only: int | None,
) -> tuple[Decision, ...]:
    def prepare(past: DocumentHistory) -> Callable[[Batch], tuple[Decision, ...]]:
        decisions: list[Decision] = []
        users = users_at(ws.ledger)
        for page, made in wanted(past):
            decisions += new_ones(users, page, made)

        def write(batch: Batch) -> tuple[Decision, ...]:
            return tuple(decision_of(batch.append(Decided.of(one))) for one in decisions)

        return write

    return with_history(ws.ledger, document, prepare, only)


def new_ones(users: Mapping[str, User], page: PageState, made: Sequence[Decision]) -> list[Decision]:
    """Those of the decisions about a page that say something new.

    Raises:
        NotAllowed: the person may not decide this.
        UsageError: what would be accepted overlaps what is accepted already.
    """
    new = [one for one in made if not _known(page, one)]
    for one in new:
        allowed_to_decide(users, one, _who_answered(page, one))
    _refuse_overlaps(page, new)
    return new


def _requested(
    ws: Workspace,
    past: DocumentHistory,
    requests: Sequence[DecisionRequest],
    who: Who,
    *,
    how: str,
    expected: Mapping[str, Sequence[int]],
) -> dict[int, list[Decision]]:
    """The requests as decisions, by page."""
    said: dict[Subject, Decision] = {}
    if requests:
        starts = {request.reference.rpartition(":")[2] for request in requests} - {""}
        # Pages are large: only those that may be meant are read, all of them when a hint is needed.
        pages = tuple(page_states(ws, past, pages_with(ws, past, starts) or None))
        for request in requests:
            found = find(past.name, pages, request.reference)
            one = _decision(found, request, past.id, who, how)
            if request.reference in expected:
                _refuse_outdated(past, found[0], one, expected[request.reference])
            if said.setdefault(one.subject, one) != one:
                raise UsageError(
                    f"{one.subject.finding} on page {one.subject.page} is decided in two ways at once.",
                    remedy="Nothing was recorded; say one of them.",
                )
    made: dict[int, list[Decision]] = {}
    for one in said.values():
        made.setdefault(one.subject.page, []).append(one)
    return made


def _refuse_outdated(
    past: DocumentHistory, page: PageState, wanted: Decision, expected: Sequence[int]
) -> None:
    key = wanted.subject.finding
    history = past.pages[page.number]
    if history.about(key) == tuple(expected):
        return
    since = [made for seq, made in history.decisions if made.subject.finding == key and seq not in expected]
    again = set(expected) < set(history.about(key)) and all(_same(made, wanted) for made in since)
    if not again:
        raise Outdated(
            f"{key} on page {page.number} was decided since it was shown.",
            remedy="Nothing was recorded; look at it again.",
        )


def _waiver(past: DocumentHistory, number: int, reason: str, who: Who, how: str) -> Decision:
    if not reason.strip():
        raise UsageError(f"Leaving out page {number} needs a reason.", remedy="Say why in words.")
    refuse_invisible(reason, allowed="\n")
    if number not in past.pages:
        raise UsageError(f"{past.name} has no page {number} that was asked for.", remedy=LOOK_IT_UP)
    if past.pages[number].page is not None:
        raise UsageError(
            f"Page {number} of {past.name} was read and cannot be left out.",
            remedy="Decide what was found on it.",
        )
    return Decision(Subject(past.id, number), Verdict.WAIVE, None, who, how, "", reason)


def _decision(found: Found, request: DecisionRequest, document: str, who: Who, how: str) -> Decision:
    page, finding = found
    verdict = request.verdict
    if finding.after is None and verdict is Verdict.ACCEPT:
        verdict = Verdict.ACKNOWLEDGE
    if verdict is Verdict.WAIVE:
        raise UsageError(f"A finding cannot be decided by {verdict}.", remedy=LOOK_IT_UP)
    if finding.after is not None and verdict is Verdict.ACKNOWLEDGE:
        raise UsageError(f"{finding.id} proposes a text.", remedy="Accept, reject or edit it.")
    after = None
    if verdict is Verdict.EDIT:
        before = _before(page, finding)
        if not before and finding.after is None:
            raise UsageError(f"{finding.id} covers no text that could be replaced.", remedy="Acknowledge it.")
        after = _sound_text(request.after or "", before, finding.id, lines=finding.rule == OWN_TEXT)
    return Decision(Subject(document, page.number, finding.id), verdict, after, who, how, "", request.note)


def _before(page: PageState, finding: Finding) -> str:
    span = finding.span
    return "" if page.page is None else page.page.reading.text[span.start : span.end]


def _sound_text(text: str, before: str, key: str, *, lines: bool) -> str:
    if text == before:
        raise UsageError(
            f"{text!r} is what stands there already.", remedy=f"To leave it as it is, reject {key}."
        )
    refuse_invisible(text, allowed="\n" if lines or "\n" in before else "")
    return text


def _who_answered(page: PageState, wanted: Decision) -> Collection[str]:
    """The accounts that have answered what takes two people; none where one person is enough."""
    key = wanted.subject.finding
    finding = next((one for one in page.all_findings if one.id == key), None)
    if finding is None or page.findings is None or page.page is None:
        return ()
    raw = page.page.reading.text
    texts = {finding.after, text_of(finding, wanted)}
    contested = contested_places(page.findings, lambda: raw)
    takes_two = any(contested.people(finding, text) > 1 for text in texts)
    return newest_by_account(page.decisions.get(key, ())) if takes_two else ()


def _known(page: PageState, wanted: Decision) -> bool:
    """True when the newest decision of this account about this subject says the same."""
    if wanted.verdict is Verdict.WAIVE:
        newest = page.waived if page.waived and page.waived.who.account == wanted.who.account else None
    else:
        made = page.decisions.get(wanted.subject.finding, ())
        newest = newest_by_account(made).get(wanted.who.account)
    if wanted.verdict is Verdict.WITHDRAW:
        return newest is None
    return newest is not None and _same(newest, wanted)


def _same(made: Decision, wanted: Decision) -> bool:
    """True when this account has said exactly this."""
    return made.who.account == wanted.who.account and (
        replace(made, who=wanted.who, how=wanted.how, when="") == wanted
    )


def _in_force_with(page: PageState, more: Mapping[str, Sequence[Decision]]) -> EditsInForce:
    """The page as it would stand after these decisions too."""
    if page.findings is None or page.page is None:
        return NONE_IN_FORCE
    raw = page.page.reading.text
    made = {key: [*page.decisions.get(key, ()), *more.get(key, ())] for key in page.outcomes}
    return edits_in_force(page.findings, made, lambda: raw)


def _refuse_overlaps(page: PageState, decisions: Sequence[Decision]) -> None:
    """Two accepted texts for one place cannot both stand, and neither may be dropped in silence."""
    more = _by_finding(decisions)
    if not more or page.findings is None:
        return
    after = _in_force_with(page, more)
    beaten_by = {one.proposal.id: one.beaten_by for one in after.standings}
    for key, outcome in after.outcomes.items():
        new = outcome is Outcome.CONFLICT and page.outcomes.get(key) is not Outcome.CONFLICT
        rival = beaten_by.get(key)
        if new and rival is not None and (key in more or rival in more):
            raise UsageError(
                f"{_quoted(page, key)} and {_quoted(page, rival)} on page {page.number} overlap and cannot both be "
                "accepted.",
                remedy="Reject one of them.",
            )


def _quoted(page: PageState, key: str) -> str:
    """A finding as people know it: what it puts in the place of what."""
    one = next(one for one in page.all_findings if one.id == key)
    return f"“{one.after}” for “{_before(page, one)}”"


def _by_finding(decisions: Sequence[Decision]) -> dict[str, list[Decision]]:
    found: dict[str, list[Decision]] = {}
    for one in decisions:
        found.setdefault(one.subject.finding, []).append(one)
    return found


def _remaining(
    page: PageState, before: Sequence[Decision], *, document: str, who: Who, how: str, verdict: Verdict
) -> list[Decision]:
    """Decide what is open on a page, and again what that opens, until nothing is left for this account.

    `before` is what is decided at the same time and counts already.
    """
    made = _by_finding(before)
    rest: list[Decision] = []
    while True:
        outcomes = _in_force_with(page, made).outcomes
        new = [
            _decision((page, finding), DecisionRequest(finding.id, verdict), document, who, how)
            for finding in page.all_findings
            if outcomes[finding.id] in (Outcome.OPEN, Outcome.SECOND)
            and finding.id not in made
            and who.account not in newest_by_account(page.decisions.get(finding.id, ()))
        ]
        if not new:
            return rest
        rest += new
        made |= _by_finding(new)
