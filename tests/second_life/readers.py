"""Everybody who shows or gives out the text of a page, asked side by side."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

from audit.audit import audit
from audit.report import Severity
from ledger.history import read_page_history
from model.decision import Decision, Verdict
from model.edit import apply_edits, text_sha256
from model.publication import Edition
from model.state import PageState, Stage
from reports.exports import jsonl
from reports.text_layers import layer_pages
from review.published import edition
from review.state import page_state, summarise
from review.trace import trace
from tests.review.house import House


def disagreements(house: House) -> list[str]:
    """What the readers of a document's text, and the audit, do not agree on; empty where all is one."""
    found = edition(house.ws, house.document)
    return [*_of_the_audit(house), *_of_the_pages(house, found), *_of_the_published(house, found)]


def _of_the_audit(house: House) -> Iterator[str]:
    for one in audit(house.ws).findings:
        if one.severity is Severity.ERROR:
            yield f"audit: page {one.page}: {one.message}"


def _of_the_pages(house: House, found: Edition) -> Iterator[str]:
    summaries = summarise(house.ws, house.document).pages
    for state, summary in zip(found.state.pages, summaries, strict=True):
        alone = page_state(house.ws, house.document, state.number)
        if not state.stage == summary.stage == alone.stage:
            yield f"page {state.number} is {state.stage}, {summary.stage} in the queue, {alone.stage} by itself"
        if state.page is None:
            continue
        edits = tuple(one.edit for one in state.shown)
        if not state.shown_text == apply_edits(state.page.reading.text, edits) == alone.shown_text:
            yield f"page {state.number} is shown as {state.shown_text!r}"
        if state.signoff is not None and text_sha256(state.final_text) != state.signoff.text_sha256:
            yield f"page {state.number} counts as signed with another text"
        published = found.published.get(state.number)
        if state.stage is Stage.PUBLISHED and (
            published is None or published.published.text != state.final_text
        ):
            yield f"page {state.number} counts as published with another text"
        yield from (f"page {state.number}: {text}" for text in lost(house, state))


def _of_the_published(house: House, found: Edition) -> Iterator[str]:
    for number, page in found.published.items():
        text = page.published.text
        if "".join(trace(house.ws, house.document, number, at).character for at in (0, len(text) - 1)) != (
            text[0] + text[-1]
        ):
            yield f"page {number} is traced to other characters"
        if apply_edits(page.page.reading.text, tuple(one.edit for one in page.published.edits)) != text:
            yield f"page {number} has edits that do not make its text"
    if len(found.published) == len(found.state.pages):
        texts = [one.text for one in layer_pages(found, "published")]
        if texts != [page.published.text for page in found.published.values()]:
            yield "the published layer is not what was published"
        given = [json.loads(line)["text"] for line in jsonl.pieces(replace(found, layer="published"))]
        if given != texts:
            yield "what is exported is not what was published"


def lost(house: House, state: PageState) -> Iterator[str]:
    """Decisions of people that stand nowhere: about no finding there is, repeated by none, and not listed as lapsed."""
    made = [one for ones in state.decisions.values() for one in ones]
    lapsed = set(map(_key, state.lapsed))
    repeated = {one.repeats for one in made if one.repeats is not None}
    newest: dict[tuple[str, str], tuple[int, Decision]] = {}
    for seq, decision in decisions(house, state.number):
        newest[decision.subject.finding, decision.who.account] = seq, decision
    for seq, decision in newest.values():
        about_it = decision.subject.finding in state.outcomes or seq in repeated or _key(decision) in lapsed
        if (
            not about_it
            and decision.verdict is not Verdict.WITHDRAW
            and not _repeated_anywhere(house, state, seq)
        ):
            yield f"the decision of record {seq} is gone"


def decisions(house: House, page: int) -> list[tuple[int, Decision]]:
    """What people have decided about a page, with the numbers of the records."""
    history = read_page_history(house.ws.ledger, house.document, page)
    return [(seq, one) for seq, one in history.decisions if not one.by_policy]


def _repeated_anywhere(house: House, state: PageState, seq: int) -> bool:
    return any(one.repeats == seq for _, one in decisions(house, state.number))


def _key(decision: Decision) -> tuple[str, str, str]:
    return decision.subject.finding, decision.who.account, decision.when
