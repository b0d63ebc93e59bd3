import os
from dataclasses import replace

import pytest

from model.decision import Verdict
from model.edit import Safety
from model.errors import BadInput, UsageError
from model.state import Outcome, Stage
from review.decide import (
    DecisionRequest,
    accept,
    accept_remaining,
    decide,
    edit,
    reject,
    reject_remaining,
    waive,
)
from review.state import document_state
from review.who import account, at_the_terminal
from tests.review.house import (
    CHIANG_MAI,
    FIRST,
    KATHU,
    MAI,
    MALEE,
    ON_FIRST,
    ON_SECOND,
    SARA_AM,
    SATUN,
    SECOND,
    SOMCHAI,
    YEAR,
)
from tests.workspace import samples


def outcomes(house, number=1):
    return document_state(house.ws, house.document).pages[number - 1].outcomes


def decided(house):
    return [one.payload for one in house.ws.ledger.records(kind="decision")]


def test_before_anybody_decides_only_the_safe_ones_wait_for_nobody(house):
    house.two_pages()
    assert outcomes(house) == {
        SARA_AM.id: Outcome.POLICY, KATHU.id: Outcome.OPEN, SATUN.id: Outcome.OPEN, YEAR.id: Outcome.OPEN,
    }  # fmt: skip


def test_a_decision_stands_in_the_ledger_with_account_and_claimed_name(house):
    house.two_pages()
    (made,) = accept(house.ws, house.document, [KATHU.id], SOMCHAI)
    assert outcomes(house)[KATHU.id] is Outcome.ACCEPTED
    (payload,) = decided(house)
    assert payload == {
        "document": house.document, "page": 1, "finding": KATHU.id, "verdict": "accept", "after": None,
        "who": {"name": "สมชาย", "account": "somchai", "claimed": True}, "how": "terminal", "note": "",
    }  # fmt: skip
    assert made.when == house.ws.ledger.head().when


def test_rejecting_leaves_the_text_and_editing_puts_another(house):
    house.two_pages()
    reject(house.ws, house.document, [KATHU.id], SOMCHAI)
    edit(house.ws, house.document, YEAR.id, "๒๕๔๘", SOMCHAI)
    edit(house.ws, house.document, CHIANG_MAI.id, "เชียงราย", SOMCHAI)
    assert outcomes(house)[KATHU.id] is Outcome.REJECTED
    assert outcomes(house)[YEAR.id] is Outcome.EDITED
    assert outcomes(house, 2)[CHIANG_MAI.id] is Outcome.EDITED


def test_accepting_a_flag_acknowledges_it(house):
    house.two_pages()
    (made,) = accept(house.ws, house.document, [YEAR.id], SOMCHAI)
    assert made.verdict is Verdict.ACKNOWLEDGE
    assert outcomes(house)[YEAR.id] is Outcome.ACKNOWLEDGED


def test_the_newest_decision_of_a_person_counts_and_the_older_ones_stay_on_record(house):
    house.two_pages()
    accept(house.ws, house.document, [KATHU.id], SOMCHAI)
    reject(house.ws, house.document, [KATHU.id], SOMCHAI)
    page = document_state(house.ws, house.document).pages[0]
    assert page.outcomes[KATHU.id] is Outcome.REJECTED
    assert [one.verdict for one in page.decisions[KATHU.id]] == [Verdict.ACCEPT, Verdict.REJECT]


def test_deciding_the_same_again_records_nothing(house):
    house.two_pages()
    accept(house.ws, house.document, [KATHU.id], SOMCHAI)
    assert accept(house.ws, house.document, [KATHU.id], SOMCHAI) == ()
    assert len(decided(house)) == 1


def test_two_people_who_differ_are_a_conflict_until_one_changes_their_mind(house):
    house.two_pages()
    accept(house.ws, house.document, [KATHU.id], SOMCHAI)
    reject(house.ws, house.document, [KATHU.id], MALEE)
    assert outcomes(house)[KATHU.id] is Outcome.CONFLICT
    reject(house.ws, house.document, [KATHU.id], SOMCHAI)
    assert outcomes(house)[KATHU.id] is Outcome.REJECTED


def test_changing_a_fact_needs_two_accounts_whatever_names_they_give(house):
    house.two_pages()
    accept(house.ws, house.document, [SATUN.id], SOMCHAI)
    assert outcomes(house)[SATUN.id] is Outcome.SECOND
    under_another_name = replace(SOMCHAI, name="มาลี")
    edit(house.ws, house.document, SATUN.id, "สตูล", under_another_name)
    assert outcomes(house)[SATUN.id] is Outcome.SECOND
    edit(house.ws, house.document, SATUN.id, "สตูล", MALEE)
    assert outcomes(house)[SATUN.id] is Outcome.EDITED


def test_one_person_may_leave_a_fact_as_it_was_printed_but_not_against_another(house):
    house.two_pages()
    reject(house.ws, house.document, [SATUN.id], SOMCHAI)
    assert outcomes(house)[SATUN.id] is Outcome.REJECTED
    accept(house.ws, house.document, [SATUN.id], MALEE)
    assert outcomes(house)[SATUN.id] is Outcome.CONFLICT
    accept(house.ws, house.document, [SATUN.id], SOMCHAI)
    assert outcomes(house)[SATUN.id] is Outcome.ACCEPTED


def test_two_people_who_write_different_texts_are_a_conflict(house):
    house.two_pages()
    edit(house.ws, house.document, SATUN.id, "สตูล", SOMCHAI)
    edit(house.ws, house.document, SATUN.id, "ตรัง", MALEE)
    assert outcomes(house)[SATUN.id] is Outcome.CONFLICT


def test_the_beginning_of_an_id_is_enough_where_it_is_unique(house):
    house.two_pages()
    accept(house.ws, house.document, [KATHU.id[:6]], SOMCHAI)
    assert outcomes(house)[KATHU.id] is Outcome.ACCEPTED


def test_one_id_on_two_pages_needs_the_page(house):
    house.source(2)
    house.read(1, FIRST, ON_FIRST)
    house.read(2, FIRST, ON_FIRST)
    with pytest.raises(UsageError, match=f"may mean 1:{KATHU.id}.*2:{KATHU.id}"):
        accept(house.ws, house.document, [KATHU.id], SOMCHAI)
    accept(house.ws, house.document, [f"2:{KATHU.id[:8]}"], SOMCHAI)
    assert outcomes(house, 1)[KATHU.id] is Outcome.OPEN
    assert outcomes(house, 2)[KATHU.id] is Outcome.ACCEPTED


@pytest.mark.parametrize("wrong", ["", ":", "zzzz", "7:" + KATHU.id, KATHU.id + "0"])
def test_a_wrong_id_records_nothing_of_the_whole_call(house, wrong):
    house.two_pages()
    with pytest.raises(UsageError):
        accept(house.ws, house.document, [KATHU.id, wrong], SOMCHAI)
    assert decided(house) == []


def test_a_mistyped_id_is_told_what_is_near(house):
    house.two_pages()
    mistyped = KATHU.id[:-2] + "zz"
    with pytest.raises(UsageError) as caught:
        accept(house.ws, house.document, [mistyped], SOMCHAI)
    assert f"1:{KATHU.id} (GAZ001)" in caught.value.remedy


def test_one_call_cannot_say_two_things_about_one_finding(house):
    house.two_pages()
    overrides = [DecisionRequest(KATHU.id, Verdict.ACCEPT), DecisionRequest(KATHU.id[:8], Verdict.REJECT)]
    with pytest.raises(UsageError, match="two ways at once"):
        decide(house.ws, house.document, overrides, SOMCHAI)
    assert decided(house) == []


@pytest.mark.parametrize("text", ["กะทู้\x00", "กะ\nทู้", "กะ\u200bทู้", "\u202eกะทู้", "กะ\ue000", "\ud800"])
def test_a_text_that_nobody_can_see_whole_is_refused(house, text):
    house.two_pages()
    with pytest.raises(UsageError, match="invisible character"):
        edit(house.ws, house.document, KATHU.id, text, SOMCHAI)
    assert decided(house) == []


def test_a_text_may_keep_the_line_break_that_its_place_has(house):
    text = "เทศบาล\nตำบลศีขรภูมิ"
    broken = samples.proposal(text, "บาล\nตำ", "บาลตำ")
    house.source(1)
    house.read(1, text, samples.findings(text, broken))
    edit(house.ws, house.document, broken.id, "บาน\nตำ", SOMCHAI)
    assert outcomes(house)[broken.id] is Outcome.EDITED


def test_editing_to_what_stands_there_is_rejecting_and_says_so(house):
    house.two_pages()
    with pytest.raises(UsageError) as caught:
        edit(house.ws, house.document, KATHU.id, "กระทู้", SOMCHAI)
    assert "reject" in caught.value.remedy


def test_accepting_one_of_two_rivals_settles_the_other(house):
    house.source(1)
    house.read(1, SECOND, samples.findings(SECOND, CHIANG_MAI, MAI))
    assert outcomes(house) == {CHIANG_MAI.id: Outcome.BEATEN, MAI.id: Outcome.POLICY}
    accept(house.ws, house.document, [CHIANG_MAI.id], SOMCHAI)
    assert outcomes(house) == {CHIANG_MAI.id: Outcome.ACCEPTED, MAI.id: Outcome.BEATEN}


def test_rejecting_what_absorbed_another_brings_the_other_back(house):
    absorbed = samples.proposal(SECOND, "ไหม่", "ใหม่", rule="LEX001")
    winner = samples.proposal(SECOND, "เชียงไหม่", "เชียงใหม่", supersedes=(absorbed.id,))
    house.source(1)
    house.read(1, SECOND, samples.findings(SECOND, winner, absorbed))
    assert outcomes(house) == {winner.id: Outcome.OPEN, absorbed.id: Outcome.BEATEN}
    reject(house.ws, house.document, [winner.id], SOMCHAI)
    assert outcomes(house) == {winner.id: Outcome.REJECTED, absorbed.id: Outcome.OPEN}


@pytest.mark.parametrize("together", [True, False])
def test_two_accepted_texts_for_one_place_are_refused(house, together):
    house.source(1)
    house.read(1, SECOND, samples.findings(SECOND, CHIANG_MAI, MAI))
    if together:
        with pytest.raises(UsageError, match="overlap"):
            accept(house.ws, house.document, [CHIANG_MAI.id, MAI.id], SOMCHAI)
        assert decided(house) == []
        return
    accept(house.ws, house.document, [CHIANG_MAI.id], SOMCHAI)
    with pytest.raises(UsageError, match="Reject one of them"):
        accept(house.ws, house.document, [MAI.id], MALEE)
    assert len(decided(house)) == 1


def test_a_text_for_a_flagged_place_beats_what_was_proposed_there(house):
    about_the_year = samples.proposal(FIRST, "พ.ศ. ๒๕๕๕", "พ.ศ. ๒๕๕๖", safety=Safety.SAFE)
    house.source(1)
    house.read(1, FIRST, samples.findings(FIRST, about_the_year, YEAR))
    edit(house.ws, house.document, YEAR.id, "๒๕๔๘", SOMCHAI)
    page = document_state(house.ws, house.document).pages[0]
    assert page.outcomes == {about_the_year.id: Outcome.BEATEN, YEAR.id: Outcome.EDITED}
    assert [one.beaten_by for one in page.standings] == [YEAR.id]


def test_accepting_the_rest_leaves_the_second_persons_part_and_what_is_decided(house):
    house.two_pages()
    reject(house.ws, house.document, [KATHU.id], SOMCHAI)
    accept_remaining(house.ws, house.document, SOMCHAI)
    assert outcomes(house) == {
        SARA_AM.id: Outcome.POLICY, KATHU.id: Outcome.REJECTED, SATUN.id: Outcome.SECOND,
        YEAR.id: Outcome.ACKNOWLEDGED,
    }  # fmt: skip
    assert outcomes(house, 2) == {CHIANG_MAI.id: Outcome.ACCEPTED}
    assert accept_remaining(house.ws, house.document, SOMCHAI) == ()
    (second,) = accept_remaining(house.ws, house.document, MALEE)
    assert second.subject.finding == SATUN.id
    assert outcomes(house)[SATUN.id] is Outcome.ACCEPTED


def test_one_call_may_decide_edit_leave_out_and_accept_the_rest_together(house):
    house.source(3)
    house.read(1, FIRST, ON_FIRST)
    house.read(2, SECOND, ON_SECOND)
    house.fail(3)
    overrides = [
        DecisionRequest(KATHU.id, Verdict.REJECT),
        DecisionRequest(YEAR.id, Verdict.EDIT, "๒๕๔๘", "as on page 4"),
    ]
    before = house.ws.ledger.head().seq
    made = decide(
        house.ws, house.document, overrides, SOMCHAI, waivers={3: "หน้าว่าง"}, remaining=Verdict.ACCEPT
    )
    assert {(one.subject.page, one.subject.finding, one.verdict, one.note) for one in made} == {
        (1, KATHU.id, Verdict.REJECT, ""), (1, YEAR.id, Verdict.EDIT, "as on page 4"),
        (1, SATUN.id, Verdict.ACCEPT, ""), (2, CHIANG_MAI.id, Verdict.ACCEPT, ""),
        (3, "", Verdict.WAIVE, "หน้าว่าง"),
    }  # fmt: skip
    assert len({one.when for one in house.ws.ledger.records(after=before)}) == 1


def test_a_page_that_one_request_names_does_not_bound_the_rest_of_the_call(house):
    house.two_pages()
    requests = [
        DecisionRequest(f"1:{KATHU.id}", Verdict.REJECT),
        DecisionRequest(CHIANG_MAI.id, Verdict.REJECT),
    ]
    decide(house.ws, house.document, requests, SOMCHAI)
    assert outcomes(house, 2)[CHIANG_MAI.id] is Outcome.REJECTED
    reject_first = [DecisionRequest(f"1:{YEAR.id}", Verdict.REJECT)]
    decide(house.ws, house.document, [DecisionRequest(f"2:{CHIANG_MAI.id}", Verdict.WITHDRAW)], SOMCHAI)
    decide(house.ws, house.document, reject_first, SOMCHAI, remaining=Verdict.ACCEPT)
    assert outcomes(house)[YEAR.id] is Outcome.REJECTED
    assert outcomes(house, 2)[CHIANG_MAI.id] is Outcome.ACCEPTED


def test_one_call_that_cannot_do_all_of_it_does_nothing(house):
    house.two_pages()
    with pytest.raises(UsageError, match="was read and cannot be left out"):
        decide(
            house.ws, house.document, [DecisionRequest(KATHU.id, Verdict.REJECT)], SOMCHAI,
            waivers={2: "หน้าว่าง"}, remaining=Verdict.ACCEPT,
        )  # fmt: skip
    assert decided(house) == []


def test_rejecting_the_rest_goes_on_until_nothing_comes_back(house):
    absorbed = samples.proposal(SECOND, "ไหม่", "ใหม่", rule="LEX001")
    winner = samples.proposal(SECOND, "เชียงไหม่", "เชียงใหม่", supersedes=(absorbed.id,))
    house.source(1)
    house.read(1, SECOND, samples.findings(SECOND, winner, absorbed))
    assert len(reject_remaining(house.ws, house.document, SOMCHAI)) == 2
    assert set(outcomes(house).values()) == {Outcome.REJECTED}


def test_a_failed_page_is_left_out_with_a_reason(house):
    house.source(2)
    house.read(1, SECOND, ON_SECOND)
    house.fail(2)
    waive(house.ws, house.document, 2, "หน้าว่าง", SOMCHAI)
    page = document_state(house.ws, house.document).pages[1]
    assert page.stage is Stage.WAIVED
    assert page.waived is not None
    assert page.waived.note == "หน้าว่าง"
    assert waive(house.ws, house.document, 2, "หน้าว่าง", SOMCHAI) == ()


@pytest.mark.parametrize(("page", "reason"), [(1, "หน้าว่าง"), (2, " "), (3, "หน้าว่าง"), (2, "a\x00b")])
def test_only_a_page_that_was_not_read_is_left_out_and_not_without_a_reason(house, page, reason):
    house.source(2)
    house.read(1, SECOND, ON_SECOND)
    house.fail(2)
    with pytest.raises(UsageError):
        waive(house.ws, house.document, page, reason, SOMCHAI)
    assert decided(house) == []


def test_a_page_that_could_be_read_after_all_is_not_left_out_and_the_waiver_is_listed(house):
    house.source(1)
    house.fail(1)
    waive(house.ws, house.document, 1, "หน้าว่าง", SOMCHAI)
    house.read(1, SECOND, ON_SECOND)
    (page,) = document_state(house.ws, house.document).pages
    assert page.stage is Stage.WAITING
    assert [one.verdict for one in page.lapsed] == [Verdict.WAIVE]


def test_decisions_about_what_a_new_reading_does_not_have_are_listed_as_lapsed(house):
    house.two_pages()
    accept(house.ws, house.document, [CHIANG_MAI.id, KATHU.id], SOMCHAI)
    other = SECOND.replace("องค์การ", "องค์กาน")
    house.read(2, other, samples.findings(other, samples.proposal(other, "กาน", "การ")), run=2)
    first, second = document_state(house.ws, house.document).pages
    assert first.lapsed == ()
    assert [one.subject.finding for one in second.lapsed] == [CHIANG_MAI.id]
    assert CHIANG_MAI.id not in second.outcomes


def test_a_finding_that_is_found_again_keeps_its_decision(house):
    house.two_pages()
    accept(house.ws, house.document, [KATHU.id], SOMCHAI)
    house.examine_again(1, KATHU, YEAR)
    page = document_state(house.ws, house.document).pages[0]
    assert page.outcomes == {KATHU.id: Outcome.ACCEPTED, YEAR.id: Outcome.OPEN}


def test_an_unknown_document_is_bad_input(house):
    with pytest.raises(BadInput):
        accept(house.ws, "a" * 64, [KATHU.id], SOMCHAI)


def test_the_account_does_not_come_from_the_environment(monkeypatch):
    monkeypatch.setenv("USER", "somebody-else")
    monkeypatch.setenv("LOGNAME", "somebody-else")
    assert account() != "somebody-else"
    assert at_the_terminal("มาลี").account == account()
    assert at_the_terminal("มาลี").claimed


def test_an_account_without_a_name_is_its_number(monkeypatch):
    monkeypatch.setattr(os, "getuid", lambda: 987654)
    assert account() == "uid-987654"
