"""Decisions follow the ink: image, place, text and replacement must agree, or they lapse and are listed."""

from dataclasses import replace

import pytest

from audit.audit import audit
from ledger.people import users_at
from model.box import Box
from model.decision import Known, Verdict
from model.state import Outcome, Stage
from model.user import Role
from review.add import add_text
from review.decide import DecisionRequest, accept, decide, reject
from review.own_text import edited_line
from review.publish import publish
from review.published import published_pages
from review.reanchor import reanchor
from review.sign import sign
from review.state import page_state
from review.users import add as add_user
from review.who import logged_in
from tests.ledger import raw
from tests.review.house import MALEE, SOMCHAI, document_text
from tests.review.web_users import PASSWORD, ROOT, cheap_passwords
from tests.workspace import samples
from workspace.store import recipe_key

OLD = "ตําบลกระทู้ จ.ภูเก็ต"
NEW = "ตําบล กระทู้ จ.ภูเก็ต"
"""The same paper read again: a space more, so everything behind it is one letter further."""


def spot(text, what, after, **kind):
    return samples.proposal(text, what, after, **kind)


def read(house, text, *found, moved=0, run=1, image="the page"):
    """Read the page; letters lie where the same letters of OLD do, `moved` pixels to the right."""
    at = 0
    boxes = []
    for letter in text:
        boxes.append(None if letter == " " else Box(10 + 20 * at + moved, 30, 28 + 20 * at + moved, 60))
        at += letter != " "
    reading = replace(samples.reading(text), boxes=tuple(boxes))
    blob = house.ws.store.put(image.encode())
    page = replace(samples.page(text, document=house.document, image=blob), readings=(reading,))
    key = recipe_key(step="read", run=run, text=text)
    house.examine(1, house.ws.record_page(page, key), samples.findings(text, *found), run)


@pytest.fixture
def decided(house):
    """One proposal accepted, and one of two people's by one of them."""
    house.source(1)
    read(house, OLD, spot(OLD, "กระทู้", "กะทู้"), spot(OLD, "ภูเก็ต", "สตูล", people=2))
    state = page_state(house.ws, house.document, 1)
    accept(house.ws, house.document, list(state.outcomes), SOMCHAI)
    return house


def again(house, *found, text=NEW, **how):
    read(house, text, *(spot(text, *one[:2], **one[2]) for one in found), run=2, **how)
    return reanchor(house.ws.ledger, house.ws.store, house.document, 1)


Spot = tuple[str, str, dict[str, int]]
KATHU: Spot = ("กระทู้", "กะทู้", {})
SATUN: Spot = ("ภูเก็ต", "สตูล", {"people": 2})


def outcomes(house):
    return sorted(page_state(house.ws, house.document, 1).outcomes.values())


def test_decisions_follow_to_a_new_reading_and_name_what_they_repeat(decided):
    before = list(decided.ws.ledger.records(kind="decision"))
    done = again(decided, KATHU, SATUN)
    made = list(decided.ws.ledger.records(kind="decision"))[2:]
    assert done.carried == tuple(r.seq for r in before)
    assert [r.payload["how"] for r in made] == [f"carried:{r.seq}" for r in before]
    assert all(r.payload["who"]["account"] == "somchai" for r in made)
    assert outcomes(decided) == [Outcome.ACCEPTED, Outcome.SECOND]
    state = page_state(decided.ws, decided.document, 1)
    assert (state.carried, state.conflicts, state.lapsed) == (2, 0, ())


def test_reanchoring_again_does_nothing(decided):
    again(decided, KATHU, SATUN)
    head = decided.ws.ledger.head()
    assert reanchor(decided.ws.ledger, decided.ws.store, decided.document, 1) is None
    assert decided.ws.ledger.head() == head


def test_the_second_person_is_still_asked(decided):
    again(decided, KATHU, SATUN)
    state = page_state(decided.ws, decided.document, 1)
    second = next(key for key, outcome in state.outcomes.items() if outcome is Outcome.SECOND)
    accept(decided.ws, decided.document, [second], MALEE)
    assert outcomes(decided) == [Outcome.ACCEPTED, Outcome.ACCEPTED]


def test_another_replacement_at_the_place_is_a_conflict_and_stays_open(decided):
    done = again(decided, ("กระทู้", "กะทุ้", {}), SATUN)
    assert (len(done.carried), len(done.conflicts), len(done.lapsed)) == (1, 1, 0)
    assert outcomes(decided) == [Outcome.OPEN, Outcome.SECOND]


def test_what_is_found_nowhere_lapses(decided):
    done = again(decided, SATUN)
    assert (len(done.carried), len(done.conflicts), len(done.lapsed)) == (1, 0, 1)
    assert len(page_state(decided.ws, decided.document, 1).lapsed) == 1


@pytest.mark.parametrize(("rule", "outcome"), [("LOW001", Outcome.ACKNOWLEDGED), ("DIG001", Outcome.OPEN)])
def test_a_flag_that_was_acknowledged_stands_for_the_same_rule_alone(house, rule, outcome):
    house.source(1)
    read(house, OLD, samples.flag(OLD, "กระทู้", rule="LOW001"))
    accept(house.ws, house.document, list(page_state(house.ws, house.document, 1).outcomes), SOMCHAI)
    read(house, NEW, samples.flag(NEW, "กระทู้", rule=rule), run=2)
    done = reanchor(house.ws.ledger, house.ws.store, house.document, 1)
    assert done is not None
    same = rule == "LOW001"
    assert (len(done.carried), len(done.conflicts), len(done.lapsed)) == (same, not same, 0)
    assert outcomes(house) == [outcome]


@pytest.mark.parametrize("change", [{"moved": 60}, {"image": "another scan"}])
def test_other_ink_carries_nothing(decided, change):
    done = again(decided, KATHU, SATUN, **change)
    assert done.carried == ()
    assert outcomes(decided) == [Outcome.OPEN, Outcome.OPEN]


def test_a_few_pixels_are_the_same_ink(decided):
    assert len(again(decided, KATHU, SATUN, moved=3).carried) == 2


def test_a_persons_own_wording_and_own_text_follow(house):
    house.source(1)
    read(house, OLD, spot(OLD, "กระทู้", "กะทู้"))
    state = page_state(house.ws, house.document, 1)
    decide(
        house.ws, house.document, [DecisionRequest(next(iter(state.outcomes)), Verdict.EDIT, "กะทุ้")], SOMCHAI
    )
    line = OLD.replace("กระทู้", "กะทุ้")
    add_text(
        house.ws, house.document, 1,
        lambda now: edited_line(now, 0, line, line.replace("ภูเก็ต", "ภูเก็ด")), SOMCHAI, how="browser",
    )  # fmt: skip
    assert len(again(house, KATHU).carried) == 2
    sign(house.ws, house.document, SOMCHAI)
    publish(house.ws)
    assert document_text(house.ws, house.document) == "ตําบล กะทุ้ จ.ภูเก็ด"
    assert audit(house.ws).holds


def test_an_own_text_follows_its_ink_past_the_same_letters_elsewhere(house):
    house.source(1)
    read(house, OLD)
    add_text(
        house.ws, house.document, 1,
        lambda now: edited_line(now, 0, OLD, OLD.replace("จ.", "จ ")), SOMCHAI, how="browser",
    )  # fmt: skip
    (own,) = house.ws.ledger.records(kind="addition")
    text = own.payload["before"] + NEW
    assert NEW.count(own.payload["before"]) == 1
    at = 0
    boxes: list[Box | None] = [Box(0, 0, 5, 5) for _ in own.payload["before"]]
    for letter in NEW:
        boxes.append(None if letter == " " else Box(10 + 20 * at, 30, 28 + 20 * at, 60))
        at += letter != " "
    image = house.ws.store.put(b"the page")
    reading = replace(samples.reading(text), boxes=tuple(boxes))
    page = replace(samples.page(text, document=house.document, image=image), readings=(reading,))
    house.examine(1, house.ws.record_page(page, recipe_key(step="read", run=2)), samples.findings(text), 2)
    done = reanchor(house.ws.ledger, house.ws.store, house.document, 1)
    assert done is not None
    assert len(done.carried) == 1
    again = list(house.ws.ledger.records(kind="addition"))[-1]
    assert again.payload["start"] == text.rindex(own.payload["before"])


def test_what_was_signed_does_not_change_and_is_signed_anew_where_the_text_differs(house):
    house.source(1)
    read(house, OLD, spot(OLD, "กระทู้", "กะทู้"))
    accept(house.ws, house.document, list(page_state(house.ws, house.document, 1).outcomes), SOMCHAI)
    sign(house.ws, house.document, SOMCHAI)
    publish(house.ws)
    assert not published_pages(house.ws, house.document)[1].read_anew
    again(house, KATHU)
    assert published_pages(house.ws, house.document)[1].read_anew
    assert page_state(house.ws, house.document, 1).stage is Stage.DECIDED
    assert document_text(house.ws, house.document) == OLD.replace("กระทู้", "กะทู้")


def test_a_signature_stands_where_the_carried_decisions_give_the_signed_text(house):
    house.source(1)
    read(house, OLD, spot(OLD, "กระทู้", "กะทู้"))
    accept(house.ws, house.document, list(page_state(house.ws, house.document, 1).outcomes), SOMCHAI)
    sign(house.ws, house.document, SOMCHAI)
    again(house, ("กระทู้", "กะทู้", {"rule": "GAZ002"}), text=OLD, moved=2)
    state = page_state(house.ws, house.document, 1)
    assert (state.stage, state.carried) == (Stage.SIGNED, 1)


def test_a_decision_taken_back_is_not_carried(decided):
    state = page_state(decided.ws, decided.document, 1)
    decide(
        decided.ws,
        decided.document,
        [DecisionRequest(key, Verdict.WITHDRAW) for key in state.outcomes],
        SOMCHAI,
    )
    assert again(decided, KATHU, SATUN) is None
    assert outcomes(decided) == [Outcome.OPEN, Outcome.OPEN]


def test_whoever_decided_the_new_finding_before_is_not_overruled(decided):
    read(decided, NEW, spot(NEW, *KATHU[:2]), run=2)
    reject(decided.ws, decided.document, list(page_state(decided.ws, decided.document, 1).outcomes), SOMCHAI)
    carried = reanchor(decided.ws.ledger, decided.ws.store, decided.document, 1)
    assert carried is not None
    assert len(carried.conflicts) == 1
    assert outcomes(decided) == [Outcome.REJECTED]


def test_the_audit_finds_a_carried_decision_that_repeats_nobodys(decided):
    again(decided, KATHU, SATUN)
    record = next(r for r in decided.ws.ledger.records(kind="decision") if r.payload["how"] != "terminal")
    forged = record.payload | {"verdict": "reject"}
    raw.append(decided.ws.ledger, "decision", forged)
    assert [one.message for one in audit(decided.ws).findings if "repeats record" in one.message]


def test_of_one_persons_decisions_the_newest_alone_is_carried(decided):
    state = page_state(decided.ws, decided.document, 1)
    reject(decided.ws, decided.document, list(state.outcomes), SOMCHAI)
    newest = [record.seq for record in decided.ws.ledger.records(kind="decision")][2:]
    assert again(decided, KATHU, SATUN).carried == tuple(newest)
    assert outcomes(decided) == [Outcome.REJECTED, Outcome.REJECTED]


def test_what_was_found_where_no_letter_has_a_box_is_at_nobodys_place(decided):
    gap = samples.proposal(NEW, " ", "")
    read(decided, NEW, gap, run=2)
    done = reanchor(decided.ws.ledger, decided.ws.store, decided.document, 1)
    assert done is not None
    assert (done.carried, done.conflicts, len(done.lapsed)) == ((), (), 2)


def test_two_reviewers_of_what_takes_one_person_are_both_repeated(house, monkeypatch):
    cheap_passwords(monkeypatch)
    for login in ("malee", "somchai"):
        add_user(house.ws, login, login, {Role.REVIEWER}, PASSWORD, ROOT)
    house.source(1)
    read(house, OLD, spot(OLD, "กระทู้", "กะทู้"))
    for login in ("malee", "somchai"):
        who = logged_in(users_at(house.ws.ledger)[login], Known.LOGIN)
        accept(house.ws, house.document, list(page_state(house.ws, house.document, 1).outcomes), who)
    assert len(again(house, KATHU).carried) == 2


def test_nothing_is_repeated_for_who_may_decide_no_more(decided):
    add_user(decided.ws, "boss", "ผู้ดูแล", {Role.ADMINISTRATOR}, None, MALEE)
    done = again(decided, KATHU, SATUN)
    assert (done.carried, len(done.conflicts)) == ((), 2)
    assert outcomes(decided) == [Outcome.OPEN, Outcome.OPEN]
