"""The text of a page as it stands now: what was published, or what would be if nobody said more."""

from __future__ import annotations

from dataclasses import dataclass

from model.decision import Decision, Published, Verdict
from model.edit import Edit, Span
from model.state import Outcome, PageState

NOT_APPLIED = (Outcome.REJECTED, Outcome.BEATEN, Outcome.ACKNOWLEDGED)


@dataclass(frozen=True, slots=True)
class CurrentEdit:
    """An edit in force and the id of the finding behind it."""

    edit: Edit
    finding: str


def current_edits(state: PageState, published: Published | None = None) -> tuple[CurrentEdit, ...]:
    """The disjoint edits to show on a page, in the order of the text.

    A published page shows the edits of the published text. Any other shows the standing proposals that
    nobody has rejected, with a person's own wording where one was given: what the page becomes if every
    open proposal is accepted. What a person decided wins over what is undecided.
    """
    if published is not None:
        return tuple(CurrentEdit(applied.edit, applied.finding) for applied in published.edits)
    decided: list[CurrentEdit] = []
    undecided: list[CurrentEdit] = []
    for standing in state.standings:
        proposal = standing.proposal
        outcome = state.outcomes.get(proposal.id, Outcome.OPEN)
        if outcome is Outcome.EDITED:
            _add_edited(decided, state, proposal.id, proposal.edit.span, proposal.edit.before)
        elif standing.stands and outcome not in NOT_APPLIED:
            group = decided if outcome is Outcome.ACCEPTED else undecided
            group.append(CurrentEdit(proposal.edit, proposal.id))
    for flag in state.findings.flags if state.findings and state.page else ():
        if state.outcomes.get(flag.id) is Outcome.EDITED and state.page:
            before = state.page.reading.text[flag.span.start : flag.span.end]
            _add_edited(decided, state, flag.id, flag.span, before)
    return _disjoint([*decided, *undecided])


def _add_edited(edits: list[CurrentEdit], state: PageState, finding: str, span: Span, before: str) -> None:
    decision = last_edit(state.decisions.get(finding, ()))
    if decision is not None and decision.after is not None and decision.after != before:
        edits.append(CurrentEdit(Edit(span, before, decision.after), finding))


def last_edit(decisions: tuple[Decision, ...]) -> Decision | None:
    """The newest decision that gives a person's own wording."""
    return next((d for d in reversed(decisions) if d.verdict is Verdict.EDIT), None)


def _disjoint(edits: list[CurrentEdit]) -> tuple[CurrentEdit, ...]:
    """Keep the first of each two that overlap: a report must show a page whatever its state is."""
    kept: list[CurrentEdit] = []
    for candidate in edits:
        span = candidate.edit.span
        if not any(other.edit.span.overlaps(span) or other.edit.span == span for other in kept):
            kept.append(candidate)
    return tuple(sorted(kept, key=lambda current: current.edit.span))
