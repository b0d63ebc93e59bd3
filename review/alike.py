"""Like cases: the same change everywhere, the same letter wherever the reader was least sure of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import nsmallest
from math import inf
from threading import Lock

from correction.in_force import newest_by_account
from ledger.events.findings_recorded import FindingsRecorded
from ledger.events.source_registered import SourceRegistered
from ledger.history import PageHistory, read_history, read_page_history
from model.decision import Decision, Verdict, Who
from model.edit import Finding, Span
from model.errors import BadInput, ChamraError
from model.state import Outcome, PageState
from reports.lines import Row, row_at
from review.decide import DecisionRequest, decide
from review.own_text import current_rows, row_text
from review.seeded_page import Shown, raw_as_shown, shown_rows
from review.state import page_state_of
from workspace.codec import decode_findings, decode_page
from workspace.workspace import Workspace

HOW = "browser:alike"
"""How a decision is made that was made for many like cases at once. Each is a record of its own."""

_WAITING = (Outcome.OPEN, Outcome.SECOND, Outcome.CONFLICT)


@dataclass(frozen=True, slots=True)
class ProposedChange:
    """What like cases have in common: the rule, what was read and what is proposed (None: a flag's nothing)."""

    rule: str
    before: str
    after: str | None


@dataclass(frozen=True, slots=True)
class Case:
    """One place where a change is proposed, and the version of it that somebody decides about: numbers of records."""

    document: str
    name: str
    page: int
    finding: str
    span: Span
    text: str
    version: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter as it was read, with the reader's own confidence, 0 to 1, None where it states none; and where it
    stands now: `row` of the page's text, counted from 0, which reads `line`, and how many code points before it."""

    page: int
    span: Span
    text: str
    confidence: float | None
    row: int = 0
    line: str = ""
    at: int = 0


@dataclass(frozen=True, slots=True)
class Done:
    """What deciding about like cases of one document has done: the new decisions, or why there are none."""

    document: str
    made: tuple[Decision, ...]
    problem: ChamraError | None = None


def change_of(finding: Finding, text: str) -> ProposedChange:
    """What a finding of a page with this raw text has in common with others."""
    return ProposedChange(finding.rule, text[finding.span.start : finding.span.end], finding.after)


class Alike:
    """Finds the pages on which a change is proposed. Safe to use from several threads.

    The findings of the workspace are gone through at the first question, later only new ones.
    """

    def __init__(self, ws: Workspace) -> None:
        self._ws = ws
        self._lock = Lock()
        self._seq = 0
        self._pages: dict[tuple[str, str, str | None], dict[tuple[str, int], None]] = {}

    def cases(
        self, change: ProposedChange, account: str, most: int, documents: Collection[str] | None = None
    ) -> tuple[list[Case], bool]:
        """Where the change waits for this account, in the order of documents and pages, and whether there
        are more than `most`. `documents` limits where is looked."""
        found: list[Case] = []
        for document, number in self._where(change):
            if documents is not None and document not in documents:
                continue
            found += _on_page(self._ws, document, number, change, account)
            if len(found) > most:
                return found[:most], True
        return found, False

    def _where(self, change: ProposedChange) -> Sequence[tuple[str, int]]:
        with self._lock:
            for entry in self._ws.ledger.events(FindingsRecorded, after=self._seq):
                self._seq = entry.seq
                findings = decode_findings(self._ws.store.get(entry.event.blob))
                where = (entry.event.document, entry.event.page)
                for one in findings.proposals:
                    key = (one.rule, one.edit.before, one.edit.after)
                    self._pages.setdefault(key, {})[where] = None
                for rule in {one.rule for one in findings.flags}:
                    self._pages.setdefault((rule, "", None), {})[where] = None
            before = change.before if change.after is not None else ""
            return tuple(self._pages.get((change.rule, before, change.after), ()))


def change_on(ws: Workspace, document: str, number: int, finding: str) -> ProposedChange:
    """The change that a finding of a page proposes.

    Raises:
        BadInput: there is no such finding.
    """
    _, state = _page(ws, document, number)
    for one in () if state.findings is None else state.findings.all:
        if one.id == finding and state.page is not None:
            return change_of(one, state.page.reading.text)
    raise BadInput(f"Page {number} has no finding {finding}.", remedy="Go back to the page.")


def decide_alike(
    ws: Workspace,
    cases: Mapping[str, Sequence[tuple[int, str, Sequence[int]]]],
    verdict: Verdict,
    who: Who,
    *,
    after: str | None = None,
    note: str = "",
) -> tuple[Done, ...]:
    """Decide about cases, `(page, finding, expected version)` by document, in the same way.

    All cases of a document stand together or not at all; a document whose cases cannot be decided does not
    keep another's from it. Whoever is interrupted asks again: what is on record is not recorded twice.
    """
    done = []
    for document, ones in cases.items():
        requests = [DecisionRequest(f"{page}:{finding}", verdict, after, note) for page, finding, _ in ones]
        expected = {f"{page}:{finding}": numbers for page, finding, numbers in ones}
        try:
            done.append(Done(document, decide(ws, document, requests, who, how=HOW, expected=expected)))
        except ChamraError as error:
            done.append(Done(document, (), error))
    return tuple(done)


def least_sure(
    ws: Workspace, document: str, letter: str, most: int, shown_to: str | None = None
) -> list[Letter]:
    """Where a letter was read in a document with the least confidence and still stands, the least sure first, those
    of readers that state no confidence last; as the account `shown_to` is shown the document, if it is shown
    another text than the true one.

    Raises:
        BadInput: the ledger knows no such document.
    """
    found = nsmallest(most, _letters(ws, document, letter, shown_to), key=_doubt)
    rows: dict[int, tuple[tuple[Row, ...], Shown]] = {}
    standing = []
    for one in found:
        if one.page not in rows:
            past, state = _page(ws, document, one.page)
            rows[one.page] = current_rows(state), _shown(ws, past, state, document, shown_to)
        now = _now(one, *rows[one.page])
        if now is not None:
            standing.append(now)
    return standing


def _doubt(letter: Letter) -> float:
    """What letters are ordered by."""
    return inf if letter.confidence is None else letter.confidence


def _shown(ws: Workspace, past: PageHistory, state: PageState, document: str, account: str | None) -> Shown:
    return {} if account is None else shown_rows(ws, past, state, document, account)


def _now(letter: Letter, rows: Sequence[Row], otherwise: Shown) -> Letter | None:
    """The letter with its place in the text as it is now and shown; None where something else stands there."""
    row = row_at(rows, letter.span)
    at = 0
    for piece in rows[row].pieces if row is not None else ():
        if row is not None and piece.edit is None and piece.span.contains(letter.span):
            line = otherwise[row][0] if row in otherwise else row_text(rows[row])
            return replace(letter, row=row, line=line, at=at + letter.span.start - piece.span.start)
        at += len(piece.corrected)
    return None


def _letters(ws: Workspace, document: str, letter: str, shown_to: str | None) -> Iterator[Letter]:
    for number, past in read_history(ws.ledger, document).pages.items():
        if past.page is None:
            continue
        reading = decode_page(ws.store.get(past.page.event.blob)).reading
        text = reading.text
        if past.requirement.seeds:
            state = page_state_of(ws.store, past)
            text = raw_as_shown(text, _shown(ws, past, state, document, shown_to))
        at = text.find(letter)
        while at >= 0:
            if reading.boxes[at] is not None:
                yield Letter(number, Span(at, at + len(letter)), text, reading.confidences[at])
            at = text.find(letter, at + 1)


def _page(ws: Workspace, document: str, number: int) -> tuple[PageHistory, PageState]:
    past = read_page_history(ws.ledger, document, number)
    return past, page_state_of(ws.store, past)


def _on_page(ws: Workspace, document: str, number: int, change: ProposedChange, account: str) -> list[Case]:
    past, state = _page(ws, document, number)
    if state.page is None:
        return []
    text = state.page.reading.text
    source = ws.ledger.newest(SourceRegistered, document=document)
    name = "" if source is None else source.event.name
    found = []
    for one in () if state.findings is None else state.findings.all:
        outcome = state.outcomes.get(one.id)
        mine = newest_by_account(state.decisions.get(one.id, ())).get(account)
        waits = outcome in _WAITING and not (outcome is Outcome.SECOND and mine is not None)
        if waits and change_of(one, text) == change:
            found.append(Case(document, name, number, one.id, one.span, text, past.about(one.id)))
    return found
