"""What the audit says of one published page: every edit has somebody behind it, and nothing was left open."""

from __future__ import annotations

from dataclasses import replace

import pytest

from audit.replay import Grounds, objections
from model.decision import POLICY_WAY, AppliedEdit, Decision, Published, Subject, Verdict, Who
from model.edit import Edit, Flag, Proposal, Safety, Span, apply_edits, text_sha256
from tests.review.house import FIRST, KATHU, MALEE, SARA_AM, SATUN, SOMCHAI, YEAR
from tests.workspace import samples

POLICY = f"{POLICY_WAY}safe-1"
OTHER_DIGITS = "๒๕๕๖"


def said(finding: Proposal | Flag, verdict: Verdict, who: Who = SOMCHAI, after: str | None = None,
         how: str = "terminal") -> Decision:  # fmt: skip
    return Decision(Subject("d" * 64, 1, finding.id), verdict, after, who, how, "2026-01-05T08:00:00Z")


def put(finding: Proposal | Flag, after: str | None = None) -> AppliedEdit:
    span = finding.span if isinstance(finding, Flag) else finding.edit.span
    proposed = "" if isinstance(finding, Flag) else finding.edit.after
    return AppliedEdit(
        Edit(span, FIRST[span.start : span.end], proposed if after is None else after), finding.id
    )


def published(*edits: AppliedEdit, text: str | None = None) -> Published:
    composed = apply_edits(FIRST, [one.edit for one in edits]) if text is None else text
    return Published("d" * 64, 1, text_sha256(FIRST), "b" * 64, composed, edits, "0" * 64)


def said_of(
    page: Published, *found: Proposal | Flag, by: list[Decision], policies: tuple[str, ...] = ("safe-1",)
):
    """The objections, with the names of the findings in place of their ids."""
    names = {KATHU.id: "KATHU", SATUN.id: "SATUN", SARA_AM.id: "SARA_AM", YEAR.id: "YEAR"}
    grounds = Grounds(FIRST, "b" * 64, samples.findings(FIRST, *found), by, policies)
    messages = "\n".join(objections(grounds, page))
    for key, name in names.items():
        messages = messages.replace(key, name)
    return messages.splitlines()


def at(finding: Proposal | Flag) -> int:
    return finding.span.start if isinstance(finding, Flag) else finding.edit.span.start


def place(finding: Proposal) -> str:
    return f"{finding.edit.span.start}..{finding.edit.span.end}"


ACCEPT, REJECT, EDIT = Verdict.ACCEPT, Verdict.REJECT, Verdict.EDIT
ACKNOWLEDGE, WITHDRAW = Verdict.ACKNOWLEDGE, Verdict.WITHDRAW
KATHU_OPEN = f"KATHU at {at(KATHU)} was signed while it was open"
SATUN_OPEN = f"SATUN at {at(SATUN)} was signed while it was open"
YEAR_OPEN = f"YEAR at {at(YEAR)} was signed while it was open"
KATHU_LEFT_OUT = f"KATHU at {at(KATHU)} was accepted and is not in the text"


@pytest.mark.parametrize(
    ("finding", "decisions"),
    [
        (KATHU, [said(KATHU, REJECT)]),
        (KATHU, [said(KATHU, ACCEPT), said(KATHU, REJECT)]),
        (YEAR, [said(YEAR, ACKNOWLEDGE)]),
        (YEAR, [said(YEAR, REJECT)]),
        (SATUN, [said(SATUN, REJECT)]),
        (SATUN, [said(SATUN, REJECT), said(SATUN, REJECT, MALEE)]),
    ],
)
def test_what_was_left_as_it_was_read_needs_one_person(finding, decisions):
    assert said_of(published(), finding, by=decisions) == []


@pytest.mark.parametrize(
    ("finding", "decisions", "objection"),
    [
        (KATHU, [], KATHU_OPEN),
        (KATHU, [said(KATHU, ACCEPT), said(KATHU, WITHDRAW)], KATHU_OPEN),
        (KATHU, [said(KATHU, REJECT), said(KATHU, ACCEPT, MALEE)], KATHU_OPEN),
        (KATHU, [said(KATHU, EDIT, after="กะทุ้"), said(KATHU, EDIT, MALEE, "กะทู")], KATHU_OPEN),
        (YEAR, [], YEAR_OPEN),
        (YEAR, [said(YEAR, ACKNOWLEDGE), said(YEAR, WITHDRAW)], YEAR_OPEN),
        (SATUN, [said(SATUN, ACCEPT)], SATUN_OPEN),
        (SATUN, [said(SATUN, ACCEPT), said(SATUN, ACCEPT)], SATUN_OPEN),
        (SATUN, [said(SATUN, ACCEPT), said(SATUN, REJECT, MALEE)], SATUN_OPEN),
        (KATHU, [said(KATHU, ACCEPT)], KATHU_LEFT_OUT),
        (KATHU, [said(KATHU, EDIT, after="กะทุ้")], KATHU_LEFT_OUT),
        (KATHU, [said(KATHU, REJECT), said(KATHU, ACCEPT)], KATHU_LEFT_OUT),
        (YEAR, [said(YEAR, EDIT, after=OTHER_DIGITS)],
         f"YEAR at {at(YEAR)} was accepted and is not in the text"),
    ],
)  # fmt: skip
def test_what_was_not_decided_to_the_end_or_was_accepted_may_not_be_left_out(finding, decisions, objection):
    assert said_of(published(), finding, by=decisions) == [objection]


@pytest.mark.parametrize(
    ("edit", "finding", "decisions"),
    [
        (put(KATHU), KATHU, [said(KATHU, ACCEPT)]),
        (put(KATHU), KATHU, [said(KATHU, ACCEPT), said(KATHU, ACCEPT, MALEE)]),
        (put(KATHU, "กะทุ้"), KATHU, [said(KATHU, EDIT, after="กะทุ้")]),
        (put(KATHU), KATHU, [said(KATHU, EDIT, after=KATHU.edit.after)]),
        (put(KATHU), KATHU, [said(KATHU, REJECT), said(KATHU, ACCEPT)]),
        (put(YEAR, OTHER_DIGITS), YEAR, [said(YEAR, EDIT, after=OTHER_DIGITS)]),
        (put(SATUN), SATUN, [said(SATUN, ACCEPT), said(SATUN, ACCEPT, MALEE)]),
        (put(SARA_AM), SARA_AM, [said(SARA_AM, ACCEPT, how=POLICY)]),
    ],
)
def test_an_edit_stands_on_the_newest_decisions_of_as_many_people_as_it_takes(edit, finding, decisions):
    assert said_of(published(edit), finding, by=decisions) == []


NOT_DECIDED = f"the edit at {place(KATHU)} is not what was decided about KATHU"
NOBODY = f"no decision stands behind the edit at {place(KATHU)}"


@pytest.mark.parametrize(
    ("edit", "decisions", "objection"),
    [
        (put(KATHU), [said(KATHU, REJECT)], NOT_DECIDED),
        (put(KATHU, "กะทุ้"), [said(KATHU, ACCEPT)], NOT_DECIDED),
        (put(KATHU), [said(KATHU, EDIT, after="กะทุ้")], NOT_DECIDED),
        (put(KATHU), [said(KATHU, ACCEPT), said(KATHU, EDIT, MALEE, "กะทุ้")], NOT_DECIDED),
        (put(KATHU), [], NOBODY),
        (put(KATHU), [said(KATHU, ACCEPT), said(KATHU, WITHDRAW)], NOBODY),
        (put(KATHU), [said(KATHU, REJECT, how=POLICY)], NOBODY),
        (
            put(KATHU),
            [said(KATHU, ACCEPT), said(KATHU, WITHDRAW), said(KATHU, REJECT, MALEE, how=POLICY)],
            NOBODY,
        ),
    ],
)
def test_an_edit_that_nobody_decided_so_is_found(edit, decisions, objection):
    assert said_of(published(edit), KATHU, by=decisions)[0] == objection


def test_an_edit_at_another_place_than_the_finding_is_found():
    span = Span(KATHU.edit.span.start, KATHU.edit.span.end - 1)
    edit = AppliedEdit(Edit(span, FIRST[span.start : span.end], KATHU.edit.after), KATHU.id)
    (objection,) = said_of(published(edit), KATHU, by=[said(KATHU, ACCEPT)])
    assert objection == f"the edit at {span.start}..{span.end} is not what was decided about KATHU"


@pytest.mark.parametrize("second", [said(SATUN, ACCEPT), said(SATUN, ACCEPT, MALEE, how=POLICY)])
def test_neither_the_same_account_nor_a_policy_is_a_second_person(second):
    messages = said_of(published(put(SATUN)), SATUN, by=[said(SATUN, ACCEPT), second])
    assert messages == [f"the edit at {place(SATUN)} needs 2 different people and has 1"]


@pytest.mark.parametrize(
    ("finding", "objection"),
    [
        (replace(SARA_AM, safety=Safety.REVIEW), "was accepted by a policy, but SARA_AM is not SAFE"),
        (replace(SARA_AM, people=2), "was accepted by a policy, but SARA_AM is not SAFE"),
        (
            Flag(SARA_AM.id, "ENC001", SARA_AM.edit.span, "", ()),
            "was accepted by a policy, but SARA_AM is not SAFE",
        ),
        (replace(SARA_AM, edit=replace(SARA_AM.edit, after="ะ")), "is not what SARA_AM proposes"),
    ],
)
def test_a_policy_may_accept_a_safe_proposal_as_it_stands_and_nothing_else(finding, objection):
    messages = said_of(published(put(SARA_AM)), finding, by=[said(SARA_AM, ACCEPT, how=POLICY)])
    assert messages == [f"the edit at {place(SARA_AM)} {objection}"]


def test_a_persons_acceptance_that_was_taken_back_is_no_policys_whatever_policies_are_called():
    by = [said(SARA_AM, ACCEPT), said(SARA_AM, WITHDRAW)]
    messages = said_of(published(put(SARA_AM)), SARA_AM, by=by, policies=("terminal",))
    assert messages == [f"no decision stands behind the edit at {place(SARA_AM)}"]


def test_a_policy_that_does_not_stand_in_the_ledger_accepts_nothing():
    by = [said(SARA_AM, ACCEPT, how=f"{POLICY_WAY}mine-1")]
    messages = said_of(published(put(SARA_AM)), SARA_AM, by=by)
    assert messages == [
        f"the edit at {place(SARA_AM)} was accepted by a policy that does not stand in the ledger"
    ]


def test_an_open_proposal_gives_way_to_an_edit_that_covers_it_and_an_open_flag_does_not():
    below, beside = samples.proposal(FIRST, "ทู้", "ทุ้"), samples.proposal(FIRST, " ต.", "ต.")
    flag = samples.flag(FIRST, "ทู้")
    messages = said_of(published(put(KATHU)), KATHU, below, beside, flag, by=[said(KATHU, ACCEPT)])
    assert messages == [
        f"{one.id} at {at(one)} was signed while it was open" for one in (flag, beside)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "part"),
    [(FIRST.replace("กระทู้", "กะทู่"), at(KATHU) + 4), (FIRST.replace("กระทู้", "กะทู้") + " ", len(FIRST) - 1)],
)
def test_a_text_that_its_edits_do_not_give_is_found_with_the_place(text, part):
    messages = said_of(published(put(KATHU), text=text), KATHU, by=[said(KATHU, ACCEPT)])
    assert messages == [f"replaying its edits does not give its text: they part at character {part}"]


def test_edits_that_overlap_or_were_made_of_another_text_are_found():
    part = AppliedEdit(Edit(Span(at(KATHU), at(KATHU) + 1), "ก", "ข"), KATHU.id)
    messages = said_of(published(put(KATHU), part, text=FIRST), KATHU, by=[said(KATHU, ACCEPT)])
    assert f"its edits do not fit the raw text: edits overlap at {at(KATHU)}" in messages
    other = AppliedEdit(replace(KATHU.edit, before="กระทุ้"), KATHU.id)
    messages = said_of(published(other, text=FIRST), KATHU, by=[said(KATHU, ACCEPT)])
    assert messages[0].startswith("its edits do not fit the raw text: expected")


def test_an_edit_of_no_finding_is_found():
    edit = AppliedEdit(KATHU.edit, "f" * 16)
    messages = said_of(published(edit), KATHU, by=[said(KATHU, ACCEPT)])
    assert messages == [f"the edit at {place(KATHU)} names no finding of the page", KATHU_LEFT_OUT]
