"""What changed in a document between two states of the ledger: readings, findings that came and went, outcomes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from model.edit import Finding
from model.state import DocumentState, Outcome, PageState, Stage


@dataclass(frozen=True, slots=True)
class TextChange:
    """Lines that were read otherwise, as they were and as they are, with newlines between them; one may be empty.
    `line` is the first of them in the new reading, counted from 1."""

    line: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class OutcomeChange:
    """A finding of which something has become; None: it was not there, or is not there any more."""

    finding: Finding
    before: Outcome | None
    after: Outcome | None


@dataclass(frozen=True, slots=True)
class PageChange:
    """What changed on a page. `before` is None where nobody had asked for the page then; `texts` are of the reading,
    `corrected` of the text with what is in force."""

    number: int
    before: Stage | None
    after: Stage
    readers: tuple[str, str]
    texts: tuple[TextChange, ...]
    corrected: tuple[TextChange, ...]
    outcomes: tuple[OutcomeChange, ...]


def changes(before: DocumentState, after: DocumentState) -> tuple[PageChange, ...]:
    """The pages on which anything is other than it was, in their order."""
    then = {page.number: page for page in before.pages}
    found = (_page(then.get(page.number), page) for page in after.pages)
    return tuple(one for one in found if one is not None)


def _page(then: PageState | None, now: PageState) -> PageChange | None:
    change = PageChange(
        now.number,
        None if then is None else then.stage,
        now.stage,
        (_reader(then), _reader(now)),
        tuple(_texts(_raw(then), _raw(now))),
        tuple(_texts(_in_force(then), _in_force(now))),
        tuple(_outcomes(then, now)),
    )
    same = change.before is change.after and change.readers[0] == change.readers[1]
    return None if same and not (change.texts or change.corrected or change.outcomes) else change


def _reader(page: PageState | None) -> str:
    return "" if page is None or page.page is None else str(page.page.reading.reader.program)


def _raw(page: PageState | None) -> str:
    return "" if page is None or page.page is None else page.page.reading.text


def _in_force(page: PageState | None) -> str:
    return "" if page is None or page.page is None else page.final_text


def _texts(before: str, after: str) -> Iterator[TextChange]:
    if before == after:
        return
    old, new = before.split("\n"), after.split("\n")
    for tag, start, end, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield TextChange(first + 1, "\n".join(old[start:end]), "\n".join(new[first:last]))


def _outcomes(then: PageState | None, now: PageState) -> Iterator[OutcomeChange]:
    old, new = _by_id(then), _by_id(now)
    for identity in {**old, **new}:
        finding, was = old.get(identity, (None, None))
        other, is_now = new.get(identity, (None, None))
        known = other or finding
        if was is not is_now and known is not None:
            yield OutcomeChange(known, was, is_now)


def _by_id(page: PageState | None) -> Mapping[str, tuple[Finding, Outcome]]:
    if page is None:
        return {}
    return {one.id: (one, page.outcomes.get(one.id, Outcome.OPEN)) for one in page.all_findings}
