"""One published page against what it must follow from. Pure, and without any rule or resolution:
it is told which edits were made, and asks of each who stands behind it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from audit.same_glyphs import draws_the_same
from model.decision import POLICY_WAY, AppliedEdit, Decision, Published, Verdict
from model.edit import Edit, Finding, Findings, Safety, apply_edits, text_sha256
from model.two_people import ContestedPlaces, contested_places, people_of


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a published page stands on: its raw text and the blob that has it, the findings and decisions as of the
    signed record, and the names of the policies that stood before each decision was made."""

    raw: str
    page_blob: str
    findings: Findings
    decisions: Sequence[Decision]
    policies: Collection[str]


def objections(grounds: Grounds, published: Published) -> Iterator[str]:
    """What is wrong with a published page, in words."""
    yield from _of_another_reading(grounds, published)
    yield from _replay(grounds.raw, published)
    by_id = {one.id: one for one in grounds.findings.all}
    decisions: dict[str, list[Decision]] = {}
    for decision in grounds.decisions:
        decisions.setdefault(decision.subject.finding, []).append(decision)
    contested = contested_places(grounds.findings, lambda: grounds.raw)
    for applied in published.edits:
        finding = by_id.get(applied.finding)
        if finding is None:
            yield f"the edit at {_place(applied.edit)} names no finding of the page"
        else:
            made = decisions.get(finding.id, [])
            yield from _unbacked(applied, finding, made, grounds.policies, contested)
            yield from _unseen(applied.edit, made, grounds.raw)
    for finding in by_id.values():
        yield from _left_out(finding, decisions.get(finding.id, []), published.edits, contested)


def edits_by_policy(grounds: Grounds, published: Published) -> int:
    """How many edits of a text no person has decided about."""
    by_people = {one.subject.finding for one in grounds.decisions if not one.by_policy}
    return sum(one.finding not in by_people for one in published.edits)


def repeats(decision: Decision, origin: Decision | None) -> bool:
    """True when a decision says what that earlier one of the same person says."""
    return origin is not None and (origin.who, origin.verdict, origin.after) == (
        decision.who, decision.verdict, decision.after,
    )  # fmt: skip


def _of_another_reading(grounds: Grounds, published: Published) -> Iterator[str]:
    """Texts name their reading since version 2 of their form; an earlier one is held to its reading by the replay."""
    if published.reading_sha256 not in ("", text_sha256(grounds.raw)):
        yield "it names another reading than the one that was signed"
    if published.page_blob not in ("", grounds.page_blob):
        yield "it names another blob of the page than the one that was signed"


def _replay(raw: str, published: Published) -> Iterator[str]:
    edits = tuple(one.edit for one in published.edits)
    try:
        text = apply_edits(raw, edits)
    except ValueError as error:
        yield f"its edits do not fit the raw text: {error}"
        return
    if text != published.text:
        at = next((i for i, (a, b) in enumerate(zip(text, published.text, strict=False)) if a != b),
                  min(len(text), len(published.text)))  # fmt: skip
        yield f"replaying its edits does not give its text: they part at character {at}"


def _unbacked(
    applied: AppliedEdit,
    finding: Finding,
    decisions: Sequence[Decision],
    policies: Collection[str],
    contested: ContestedPlaces,
) -> Iterator[str]:
    """Why nobody who may stands behind an edit."""
    place = _place(applied.edit)
    newest = _newest(decisions)
    if not newest:
        yield from _unbacked_by_policy(applied, finding, decisions, policies)
        return
    texts = {_text(finding, decision) for decision in newest}
    if texts != {applied.edit.after} or applied.edit.span != finding.span:
        yield f"the edit at {place} is not what was decided about {finding.id}"
    elif len(newest) < (people := contested.people(finding, applied.edit.after)):
        yield f"the edit at {place} needs {people} different people and has {len(newest)}"


def _unbacked_by_policy(
    applied: AppliedEdit, finding: Finding, decisions: Sequence[Decision], policies: Collection[str]
) -> Iterator[str]:
    place = _place(applied.edit)
    accepted = (one for one in decisions if one.by_policy and one.verdict is Verdict.ACCEPT)
    names = {one.how.removeprefix(POLICY_WAY) for one in accepted}
    if not names:
        yield f"no decision stands behind the edit at {place}"
    elif not names & set(policies):
        yield f"the edit at {place} was accepted by a policy that does not stand in the ledger"
    elif finding.safety is not Safety.SAFE or people_of(finding) > 1:
        yield f"the edit at {place} was accepted by a policy, but {finding.id} is not SAFE"
    elif (applied.edit.span, applied.edit.after) != (finding.span, finding.after):
        yield f"the edit at {place} is not what {finding.id} proposes"


def _unseen(edit: Edit, decisions: Sequence[Decision], raw: str) -> Iterator[str]:
    """Why a change that no person decided about is one that no policy may accept, whatever its finding is called."""
    beside = raw[: edit.span.start], raw[edit.span.end :]
    if not _newest(decisions) and not draws_the_same(edit.before, edit.after, *beside):
        place = _place(edit)
        yield f"the edit at {place} ({edit.before!r} to {edit.after!r}) is seen on paper: no policy may call it SAFE"


def _left_out(
    finding: Finding,
    decisions: Sequence[Decision],
    edits: Sequence[AppliedEdit],
    contested: ContestedPlaces,
) -> Iterator[str]:
    """Why a finding that is not in the text should be, or should have been decided."""
    if any(one.finding == finding.id for one in edits):
        return
    span = finding.span
    newest = _newest(decisions)
    agreed = len({(one.verdict, one.after) for one in newest}) == 1
    # One person may leave a place as it was printed; to change it may take several.
    people = contested.people(finding, _text(finding, newest[0])) if agreed else 1
    settled = agreed and (len(newest) >= people or newest[0].verdict is Verdict.REJECT)
    covered = any(one.edit.span.overlaps(span) for one in edits)
    accepted = any(_text(finding, one) is not None for one in newest)
    if accepted and settled:
        yield f"{finding.id} at {span.start} was accepted and is not in the text"
    elif not settled and not (covered and finding.after is not None):
        yield f"{finding.id} at {span.start} was signed while it was open"


def _newest(decisions: Sequence[Decision]) -> tuple[Decision, ...]:
    """The newest decision of each account about one finding that it still stands by; a policy is nobody."""
    newest = {one.who.account: one for one in decisions if not one.by_policy}
    return tuple(one for one in newest.values() if one.verdict is not Verdict.WITHDRAW)


def _text(finding: Finding, decision: Decision) -> str | None:
    """The text that a decision puts in the finding's place; None where it leaves the place alone."""
    if decision.verdict is Verdict.EDIT:
        return decision.after
    if decision.verdict is Verdict.ACCEPT:
        return finding.after
    return None


def _place(edit: Edit) -> str:
    return f"{edit.span.start}..{edit.span.end}"
