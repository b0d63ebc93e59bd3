"""What somebody writes over findings: where their text is an answer to a finding, it decides that finding.

A text for the very place of a finding edits it, or rejects it where it is what was read; a text inside a flagged place
is the flag's text. What it covers beside that and is accepted by now is rejected with it, so that nothing accepted is
dropped in silence and nobody must first find out what stands in the way.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from model.decision import WITH_ITS_LINE, Decision, Subject, Verdict, Who
from model.edit import Finding, Flag, Proposal, Span
from model.state import Outcome, PageState
from review.own_text import Draft

_IN_FORCE = (Outcome.ACCEPTED, Outcome.EDITED, Outcome.SECOND, Outcome.CONFLICT)


def settle(
    state: PageState, document: str, drafts: Sequence[Draft], who: Who, *, how: str, note: str = ""
) -> Iterator[Draft | Decision]:
    """The drafts that are texts of their own, and decisions for those that answer a finding, in order of place."""
    if state.page is None:
        yield from drafts
        return
    raw = state.page.reading.text

    def decision(finding: Finding, verdict: Verdict, after: str | None = None, way: str = how) -> Decision:
        return Decision(Subject(document, state.number, finding.id), verdict, after, who, way, "", note)

    answered: dict[str, tuple[Finding, list[Draft]]] = {}
    for draft in drafts:
        finding = _answers(state, draft)
        if finding is not None:
            answered.setdefault(finding.id, (finding, []))[1].append(draft)
            continue
        for covered in _covered(state, draft.span):
            yield decision(covered, Verdict.REJECT, way=WITH_ITS_LINE if draft.moves else how)
        if draft.before != draft.after:
            yield draft
    for finding, own in answered.values():
        span = finding.span
        before = raw[span.start : span.end]
        after, at = "", span.start
        for one in own:
            after += raw[at : one.span.start] + one.after
            at = one.span.end
        after += raw[at : span.end]
        if after == before:
            yield decision(finding, Verdict.REJECT)
        elif after == finding.after:
            yield decision(finding, Verdict.ACCEPT)
        else:
            yield decision(finding, Verdict.EDIT, after)


def _answers(state: PageState, draft: Draft) -> Finding | None:
    """The finding whose text a draft gives: the one that stands at its very place (of a text put in only where the
    draft is given instead of it), or the smallest flag around it that nobody has given a text for."""
    shown = {one.finding for one in state.shown}
    at = draft.span
    exact = [
        one for one in state.all_findings if one.span == at and one.id in shown and (len(at) or draft.instead)
    ]
    if exact:
        return exact[0]
    around = [
        one
        for one in state.all_findings
        if isinstance(one, Flag)
        and len(at)
        and one.span.contains(at)
        and state.outcomes.get(one.id) is Outcome.OPEN
        and not any(_overlaps(one.span, other.edit.span) for other in state.shown)
    ]
    return min(around, key=lambda one: (len(one.span), one.id), default=None)


def _covered(state: PageState, span: Span) -> list[Finding]:
    """Proposals that are accepted by now, wholly or by one of two, and flags with a text, under a place."""
    shown = {one.finding for one in state.shown}
    return [
        one
        for one in state.all_findings
        if one.id in shown
        and state.outcomes.get(one.id) in _IN_FORCE
        and (isinstance(one, Proposal) or state.outcomes.get(one.id) is Outcome.EDITED)
        and _overlaps(one.span, span)
    ]


def _overlaps(one: Span, other: Span) -> bool:
    """Whether two texts cannot both stand: they share a letter, or one is put in where the other replaces."""
    return one.overlaps(other) or (not len(one) and len(other) > 0 and other.start <= one.start <= other.end)
