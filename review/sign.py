"""Sign pages: the gate, what a policy accepts, and the sign-off with its anchor."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from model.decision import Decision, Policy, SignOff, Subject, Verdict, Who
from model.edit import text_sha256
from model.errors import GateError, UsageError
from model.state import DocumentState, Outcome, PageState, Stage
from review.judge import compose
from review.records import (
    DECISION,
    POLICY,
    POLICY_WAY,
    SIGNOFF,
    decision_payload,
    policy_of,
    policy_payload,
    signoff_of,
    signoff_payload,
)
from review.transact import with_state
from workspace.anchors import Anchor
from workspace.ledger import Batch
from workspace.workspace import Workspace

SAFE_POLICY = Policy(
    name="safe-1",
    text=(
        "Changes of level SAFE are accepted without a person looking at each of them. A rule is SAFE only if "
        "it cannot fire on legitimate text, as its examples show. Names of places and people, digits, dates "
        "and amounts are never SAFE, except for changes after which the drawn glyphs are the same: sara am "
        "composed, marks put in order, a doubled mark, zero-width and control characters, a space before a "
        "mark. Every change accepted in this way is recorded by itself, counted and listed, and may be "
        "rejected by a person, after which the page must be signed again."
    ),
)
"""Under what SAFE changes are accepted. Another text needs another name: both stand in the ledger."""

_LISTED = 5


@dataclass(frozen=True, slots=True)
class Signed:
    """What a signing has done: the new sign-offs, how many changes the policy accepted, the pages whose
    sign-off stood already, the pages left out, and the newest anchor."""

    signoffs: tuple[SignOff, ...]
    accepted_by_policy: int
    unchanged: tuple[int, ...]
    waived: tuple[int, ...]
    anchor: Anchor | None


def obstacles(state: DocumentState, pages: Collection[int] | None = None) -> tuple[str, ...]:
    """What keeps a document, or these pages of it, from being signed: one line for each page."""
    lines = (_obstacle(page) for page in state.pages if pages is None or page.number in pages)
    return tuple(line for line in lines if line)


def sign(
    ws: Workspace,
    document: str,
    who: Who,
    *,
    pages: Collection[int] | None = None,
    policy: Policy = SAFE_POLICY,
) -> Signed:
    """Sign every page of a document, or these, as their text now stands, and anchor the ledger.

    What the policy accepts is recorded first, each change by itself; all of it and the sign-offs stand
    together or not at all. A page whose sign-off stands is not signed again.

    Raises:
        UsageError: there is no such page.
        GateError: something is open, was not read, or failed and was not left out.
        NoSpace: an anchor file may not be written. The sign-off stands, and the next signing or publishing
            writes the anchor.
    """

    def prepare(state: DocumentState) -> Callable[[Batch], Signed]:
        unknown = sorted(set(pages or ()) - {page.number for page in state.pages})
        if unknown:
            raise UsageError(f"{state.name} has no page {unknown[0]} that was asked for.")
        blocked = obstacles(state, pages)
        if blocked:
            raise GateError(
                f"{state.name} cannot be signed yet. " + " ".join(blocked),
                remedy="Decide what is open with `chamra decide`, then sign again.",
            )
        chosen = [page for page in state.pages if pages is None or page.number in pages]
        return lambda batch: _write(batch, document, chosen, who, policy)

    signed = with_state(ws, document, prepare)
    anchor = ws.anchor()
    return Signed(signed.signoffs, signed.accepted_by_policy, signed.unchanged, signed.waived, anchor)


def _write(batch: Batch, document: str, pages: Sequence[PageState], who: Who, policy: Policy) -> Signed:
    to_sign = [page for page in pages if page.stage is Stage.DECIDED]
    accepted = [
        Decision(Subject(document, page.number, key), Verdict.ACCEPT, None, who, POLICY_WAY + policy.name, "")
        for page in to_sign
        for key in _for_the_policy(page, policy)
    ]
    if to_sign and policy not in map(policy_of, batch.records(kind=POLICY)):
        batch.append(POLICY, policy_payload(policy, who))
    for decision in accepted:
        batch.append(DECISION, decision_payload(decision))
    head = batch.head
    signoffs = [
        SignOff(document, page.number, head, text_sha256(_text(page)), policy.name, who, "")
        for page in to_sign
    ]
    records = [batch.append(SIGNOFF, signoff_payload(signoff)) for signoff in signoffs]
    return Signed(
        signoffs=tuple(map(signoff_of, records)),
        accepted_by_policy=len(accepted),
        unchanged=tuple(p.number for p in pages if p.stage in (Stage.SIGNED, Stage.PUBLISHED)),
        waived=tuple(p.number for p in pages if p.stage is Stage.WAIVED),
        anchor=None,
    )


def _for_the_policy(page: PageState, policy: Policy) -> list[str]:
    """SAFE proposals that stand, that no person decided and that this policy has not accepted before."""
    way = POLICY_WAY + policy.name
    return [
        key
        for key, outcome in page.outcomes.items()
        if outcome is Outcome.POLICY and all(made.how != way for made in page.decisions.get(key, ()))
    ]


def _text(page: PageState) -> str:
    if page.page is None or page.findings is None:
        raise GateError(f"Page {page.number} was not read.")
    return compose(page.page, page.findings, page.decisions, "").text


def _obstacle(page: PageState) -> str:
    if page.stage is Stage.MISSING:
        return f"Page {page.number} was not read yet."
    if page.stage is Stage.FAILED:
        reason = page.failed.reason if page.failed else ""
        return f"Page {page.number} could not be read ({reason}); read it again or leave it out with --waive."
    if page.page is not None and page.findings is None:
        return f"Page {page.number} was not examined by the rules yet."
    if page.stage is not Stage.WAITING:
        return ""
    waiting = page.open_findings
    counts = _counts(page.outcomes, waiting)
    shown = ", ".join(waiting[:_LISTED]) + (", ..." if len(waiting) > _LISTED else "")
    return f"Page {page.number}: {counts}: {shown}."


_WORDS = {
    Outcome.OPEN: "open",
    Outcome.SECOND: "waiting for a second person",
    Outcome.CONFLICT: "decided in two ways",
}


def _counts(outcomes: Mapping[str, Outcome], waiting: Sequence[str]) -> str:
    found = [outcomes[key] for key in waiting]
    return ", ".join(f"{found.count(one)} {words}" for one, words in _WORDS.items() if one in found)
