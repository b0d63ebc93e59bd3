"""A page as a reviewer is shown it, with letters changed on purpose, and how they are put back.

What is shown comes from the page's true text each time; nothing that is shown is kept. What comes back from the
browser was written over what was shown, so the letters are put back first, and what became of them is a record of
its own; only then what the person wrote goes on, over the true text. Whatever else names a line by the text that
was shown does not fit the page and is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from ledger.batch import Batch
from ledger.events.seeded import Seeded
from ledger.history import DocumentHistory, PageHistory
from model.decision import Who
from model.errors import GateError, Outdated
from model.seed import Seed, SeedOutcome
from model.state import PageState, Stage
from reports.lines import Row
from review.own_text import current_rows, row_text
from review.seeding import Unseeded, seeds_for, unseeded
from review.state import page_state_of
from review.transact import with_history
from workspace.secret_file import workspace_secret
from workspace.workspace import Workspace

_WORKED_ON = (Stage.WAITING, Stage.DECIDED, Stage.COUNTERSIGN)

_WHY = "to learn how many wrong letters are passed over"

Shown = Mapping[int, tuple[str, tuple[Seed, ...]]]
"""Rows with changed letters, by their number: the text that is shown, and which letters of it."""


def shown_rows(ws: Workspace, past: PageHistory, state: PageState, document: str, account: str) -> Shown:
    """The rows of a page of which this account is shown another text than theirs; none where nobody asked for that."""
    if not past.requirement.seeds or not ws.store.writable or state.stage not in _WORKED_ON:
        return {}
    if (
        state.page is None
        or state.findings is None
        or account in {one.who.account for one in state.signatures}
    ):
        return {}
    reading = state.page.reading
    by_rules = (one.span for one in state.all_findings if not one.rule.startswith("HUM"))
    seeds = seeds_for(
        workspace_secret(ws.path), document, past.number, account, reading.text, tuple(by_rules),
        rate=past.requirement.seeds,
    )  # fmt: skip
    done = {
        one.seed for one in past.seeded if one.who.account == account and one.reading_sha256 == reading.sha256
    }
    said = [one.span for one in state.all_findings]
    found: dict[int, tuple[str, tuple[Seed, ...]]] = {}
    for index, row in enumerate(current_rows(state)):
        mine = tuple(one for one in seeds if row.span.start <= one.start < row.span.end and one not in done)
        untouched = not row.changed and not any(span.overlaps(row.span) for span in said)
        if mine and untouched:
            found[index] = _with(row, mine), mine
    return found


def text_as_shown(state: PageState, otherwise: Shown) -> str:
    """The text of a page as it now stands, with the letters of the rows that are shown otherwise."""
    rows = (
        row.corrected
        if index not in otherwise
        else row.corrected.replace(row_text(row), otherwise[index][0], 1)
        for index, row in enumerate(current_rows(state))
    )
    return "".join(rows)


def raw_as_shown(raw: str, otherwise: Shown) -> str:
    """The raw text of a page, with the letters that are shown otherwise."""
    letters = list(raw)
    for _, seeds in otherwise.values():
        for one in seeds:
            letters[one.start] = one.shown
    return "".join(letters)


def put_back_line(
    ws: Workspace, document: str, number: int, line: int, was: str, text: str, who: Who, *, how: str
) -> tuple[str, str]:
    """Put the letters of a line back that somebody has written anew; `was` is the line as they had it before them.

    Returns:
        The true line, and what they wrote, without the changed letters that they left in it. Both as they came where
        the line was shown as it is.

    Raises:
        Outdated: it cannot be told what they wrote and what they were shown. The letters are put back, nothing else
            is recorded, and they have to look at the line as it is.
    """

    def judge(true: str, seeds: Sequence[Seed]) -> Unseeded:
        return unseeded(true, was, seeds, text)

    found = _put_back(ws, document, number, {line: (was, judge)}, who, how=how)
    if line not in found:
        return was, text
    true, made = found[line]
    if made.unclear:
        raise Outdated(
            f"In line {line + 1} of page {number} a letter had been changed on purpose, {_WHY}. It was put back.",
            remedy="Nothing else was recorded; look at the line again.",
        )
    return true, made.text


def put_back_passed(
    ws: Workspace,
    document: str,
    number: int,
    lines: Mapping[int, str],
    who: Who,
    *,
    how: str,
    outcome: SeedOutcome = SeedOutcome.MISSED,
) -> Mapping[int, str]:
    """Put the letters of lines back that somebody passed as they were shown, by number and text (with `VOID`: took out,
    or named as the place of something else); returns the true text of those that had any."""

    def judge(true: str, seeds: Sequence[Seed]) -> Unseeded:
        return Unseeded(true, tuple(outcome for _ in seeds), unclear=False)

    asked = {line: (was, judge) for line, was in lines.items()}
    found = _put_back(ws, document, number, asked, who, how=how)
    return {line: true for line, (true, _) in found.items()}


def put_back_page(ws: Workspace, document: str, number: int, who: Who, *, how: str) -> None:
    """Put all letters of a page back because somebody asks to sign it.

    Raises:
        GateError: there were any. The person has to look at the page as it is before they sign it.
    """

    def prepare(past: DocumentHistory) -> Callable[[Batch], int]:
        history = past.pages.get(number)
        if history is None:
            return lambda _: 0
        state = page_state_of(ws.store, history)
        shown = shown_rows(ws, history, state, document, who.account)
        made = [(one, SeedOutcome.MISSED) for _, seeds in shown.values() for one in seeds]
        return lambda batch: len(_record(batch, state, document, made, who, how))

    count = with_history(ws.ledger, document, prepare, number)
    if count:
        raise GateError(
            f"On page {number} letters had been changed on purpose ({count}), {_WHY}. All are put back.",
            remedy="Nothing was signed; look at the page as it is, then sign.",
        )


Judge = Callable[[str, Sequence[Seed]], Unseeded]
"""What became of the letters of a line: from the true line and the letters, by their place in it."""


def _put_back(
    ws: Workspace, document: str, number: int, lines: Mapping[int, tuple[str, Judge]], who: Who, *, how: str
) -> dict[int, tuple[str, Unseeded]]:
    """The true text of each of the lines that was shown otherwise, and what became of its letters."""

    def prepare(past: DocumentHistory) -> Callable[[Batch], dict[int, tuple[str, Unseeded]]]:
        if number not in past.pages:
            return lambda _: {}
        history = past.pages[number]
        state = page_state_of(ws.store, history)
        shown = shown_rows(ws, history, state, document, who.account)
        rows = current_rows(state) if shown else ()
        found: dict[int, tuple[str, Unseeded]] = {}
        made: list[tuple[Seed, SeedOutcome]] = []
        for line, (was, judge) in lines.items():
            text, seeds = shown.get(line, (None, ()))
            if text == was:
                start, true = rows[line].span.start, row_text(rows[line])
                judged = judge(true, [replace(one, start=one.start - start) for one in seeds])
                found[line] = true, judged
                made += zip(seeds, judged.outcomes, strict=True)

        def write(batch: Batch) -> dict[int, tuple[str, Unseeded]]:
            _record(batch, state, document, made, who, how)
            return found

        return write

    return with_history(ws.ledger, document, prepare, number)


def _record(
    batch: Batch,
    state: PageState,
    document: str,
    made: Sequence[tuple[Seed, SeedOutcome]],
    who: Who,
    how: str,
) -> Sequence[tuple[Seed, SeedOutcome]]:
    for seed, outcome in made:
        if state.page is not None:
            sha256 = state.page.reading.sha256
            batch.append(
                Seeded(document, state.number, sha256, seed.start, seed.before, seed.shown, outcome, who, how)
            )
    return made


def _with(row: Row, seeds: Sequence[Seed]) -> str:
    letters = list(row_text(row))
    for one in seeds:
        letters[one.start - row.span.start] = one.shown
    return "".join(letters)
