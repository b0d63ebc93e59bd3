"""Record what a person adds: their own text, or a doubt. Everything of one call, or nothing.

An addition and what its writer decides about it are records of one transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from copy import copy

from ledger.batch import Batch
from ledger.events.added import Added
from ledger.events.decided import Decided
from ledger.events.findings_recorded import FindingsRecorded
from ledger.events.page_read import PageRead
from ledger.history import DocumentHistory, PageHistory
from ledger.people import users_at
from model.addition import DOUBTFUL, ILLEGIBLE, TEXT, Addition
from model.decision import Decision, Subject, Verdict, Who
from model.edit import Findings, Span, text_sha256
from model.errors import BadInput, UsageError
from model.page import Page, Quality, Reader, Reading
from model.state import PageState, Stage
from model.visible import refuse_invisible
from review.decide import new_ones
from review.own_text import Draft, nothing_to_put_in, place_of
from review.settle import settle
from review.state import page_state_of
from review.transact import with_history
from workspace.codec import encode_findings, encode_page
from workspace.store import BlobStore, recipe_key
from workspace.workspace import Workspace

PERSON = Reader("person", "1")
"""Who has read a page that a person transcribed."""

_UNMEASURED = Quality(0.0, 0.0, 0.0, 0.0, 0.0, blank=False)
_VERDICTS = {TEXT: Verdict.ACCEPT, ILLEGIBLE: Verdict.ACKNOWLEDGE}

Drafts = Callable[[PageState], Iterable[Draft]]

Made = Addition | Decision


def add_text(
    ws: Workspace, document: str, number: int, drafts: Drafts, who: Who, *, how: str, note: str = ""
) -> tuple[str, ...]:
    """Record a person's own text for places of a page, and that they accept it.

    `drafts` says from the page as it stands now what is to be written where; what it raises stops the call.

    Returns:
        The ids of the findings that this makes. Saying the same again makes and records nothing new.

    Raises:
        UsageError: the page was not read, a text cannot stand, or the place overlaps what is accepted.
        NotAllowed: the workspace has users, and `who` is none who may decide.
    """

    def wanted(state: PageState) -> list[Made]:
        found = list(drafts(state))
        for draft in found:
            refuse_invisible(draft.after, allowed="\n")
            if not (draft.before or draft.after.strip() or draft.after == "\n"):
                raise nothing_to_put_in()
        return [
            one if isinstance(one, Decision) else _addition(state, document, TEXT, one, who, how, note)
            for one in settle(state, document, found, who, how=how, note=note)
        ]

    return _add(ws, document, number, wanted)


def mark(
    ws: Workspace, document: str, number: int, finding: str, rule: str, who: Who, *, how: str, note: str = ""
) -> tuple[str, ...]:
    """Record that the place of a finding is `ILLEGIBLE`, whose text stays as it was read, or `DOUBTFUL`, which
    waits until somebody else decides; returns and raises as `add_text` does."""
    refuse_invisible(note)
    if rule not in (ILLEGIBLE, DOUBTFUL):
        raise UsageError(f"{rule} is no mark.", remedy="Mark a place as illegible or doubtful.")
    if rule == DOUBTFUL and not note.strip():
        raise UsageError("A doubt needs a note.", remedy="Say what is doubtful.")

    def wanted(state: PageState) -> list[Made]:
        found = next((one for one in state.all_findings if one.id == finding), None)
        if found is None or state.page is None:
            raise UsageError(f"Page {number} has no finding {finding}.", remedy="Look at it again.")
        span = found.span
        before = state.page.reading.text[span.start : span.end]
        draft = Draft(span, before, "", place_of(state.page, span))
        made: list[Made] = [_addition(state, document, rule, draft, who, how, note)]
        if rule == ILLEGIBLE:
            verdict = Verdict.ACKNOWLEDGE if found.after is None else Verdict.REJECT
            made.append(Decision(Subject(document, number, finding), verdict, None, who, how, "", note))
        return made

    return _add(ws, document, number, wanted)


def transcribe(
    ws: Workspace, document: str, number: int, text: str, who: Who, *, how: str, note: str = ""
) -> tuple[str, ...]:
    """Record a person's transcript of a page that could not be read; returns and raises as `add_text` does.

    The page then has an empty reading, by a person, and their text as an insertion. Reading it after all
    replaces both.
    """
    refuse_invisible(text, allowed="\n")
    if not text.strip():
        raise UsageError("There is no text to put in.", remedy="Leave the page out, with a reason.")
    reading = Reading.of_text("", PERSON, number)
    page = Page(document, number, "", 0, 0, 0.0, _UNMEASURED, (reading,))
    found = Findings(reading.sha256, (), (), "person", "person")
    state = PageState(number, Stage.WAITING, page, findings=found)
    draft = Draft(Span(0, 0), "", text, None)
    made = _addition(state, document, TEXT, draft, who, how, note)

    def prepare(past: DocumentHistory) -> Callable[[Batch], tuple[str, ...]]:
        history = past.pages.get(number)
        if history is None:
            raise BadInput(f"Page {number} of {past.name} was not asked for.")
        if history.page is not None:
            raise UsageError(f"Page {number} of {past.name} was read.", remedy="Edit its lines.")
        decision = _decision(made)
        new_ones(users_at(ws.ledger), state, [decision])
        return lambda batch: _write_page(ws.store, batch, page, found, made, decision)

    return with_history(ws.ledger, document, prepare, number)


def _write_page(
    store: BlobStore, batch: Batch, page: Page, found: Findings, made: Addition, decision: Decision
) -> tuple[str, ...]:
    key = recipe_key(step="transcribe", document=page.document, page=page.number)
    blob = store.put(encode_page(page))
    findings = store.put(encode_findings(found))
    batch.append(PageRead(page.document, page.number, blob, "", str(PERSON), key))
    batch.append(
        FindingsRecorded(page.document, page.number, blob, findings, found.ruleset, found.dictionaries, key)
    )
    batch.append(Added.of(made))
    batch.append(Decided.of(decision))
    return (made.finding,)


def _add(
    ws: Workspace, document: str, number: int, wanted: Callable[[PageState], Sequence[Made]]
) -> tuple[str, ...]:
    def prepare(past: DocumentHistory) -> Callable[[Batch], tuple[str, ...]]:
        history = past.pages.get(number)
        if history is None:
            raise BadInput(f"Page {number} of {past.name} was not asked for.")
        if history.current_findings is None:
            raise UsageError(f"Page {number} of {past.name} was not read.", remedy="Write its whole text.")
        before = page_state_of(ws.store, history)
        made = wanted(before)
        additions = [one for one in made if isinstance(one, Addition)]
        decided = [one for one in made if isinstance(one, Decision)]
        fresh = [one for one in additions if one.finding not in before.outcomes]
        state = page_state_of(ws.store, _with(history, fresh))
        decided += [_decision(one) for one in additions if one.rule in _VERDICTS]
        new = new_ones(users_at(ws.ledger), state, decided)

        def write(batch: Batch) -> tuple[str, ...]:
            for one in fresh:
                batch.append(Added.of(one))
            for decision in new:
                batch.append(Decided.of(decision))
            return tuple(
                dict.fromkeys((*(one.finding for one in additions), *(d.subject.finding for d in decided)))
            )

        return write

    return with_history(ws.ledger, document, prepare, number)


def _with(history: PageHistory, fresh: Sequence[Addition]) -> PageHistory:
    """The page as it would stand with these too. Whatever its writer had taken back stands again."""
    more = copy(history)
    again = {one.finding for one in fresh}
    more.additions = [*history.additions, *fresh]
    more.decisions = [made for made in history.decisions if made[1].subject.finding not in again]
    return more


def _addition(
    state: PageState, document: str, rule: str, draft: Draft, who: Who, how: str, note: str
) -> Addition:
    if state.page is None:
        raise UsageError(f"Page {state.number} was not read.", remedy="Write its whole text.")
    after = draft.after if rule == TEXT else None
    return Addition(
        document, state.number, text_sha256(state.page.reading.text), rule, draft.span, draft.before, after,
        draft.box, who, how, "", note,
    )  # fmt: skip


def _decision(made: Addition) -> Decision:
    subject = Subject(made.document, made.page, made.finding)
    return Decision(subject, _VERDICTS[made.rule], None, made.who, made.how, "", made.note)
