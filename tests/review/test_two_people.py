"""What takes two people takes two, whatever it is called: another text, a wider or narrower span, several records."""

from contextlib import suppress
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.audit import audit
from audit.replay import Grounds, objections
from correction.in_force import edits_in_force
from model.addition import TEXT, Addition, with_additions
from model.decision import AppliedEdit, Decision, Published, Subject, Verdict, Who
from model.edit import Edit, Span, apply_edits, text_sha256
from model.errors import GateError, UsageError
from model.state import Outcome, Stage
from model.two_people import TWO_PEOPLE, effect
from review.add import add_text
from review.decide import DecisionRequest as Asked
from review.decide import accept, accept_remaining, decide, edit, reject
from review.own_text import Draft, edited_line
from review.publish import publish
from review.sign import sign
from review.state import page_state
from tests.review.house import FIRST, KATHU, MALEE, SATUN, SOMCHAI, YEAR
from tests.workspace import samples

PROVINCE = SATUN.span
TRANG = FIRST.replace("ภูเก็ต", "สตูล")


def place(before, start=0):
    at = FIRST.index(before, start)
    return Span(at, at + len(before))


def own(house, span, after, who=SOMCHAI):
    draft = Draft(span, FIRST[span.start : span.end], after, None)
    (made,) = add_text(house.ws, house.document, 1, lambda _: [draft], who, how="browser")
    return made


def outcome(house, finding):
    return page_state(house.ws, house.document, 1).outcomes[finding]


def text(house):
    return page_state(house.ws, house.document, 1).final_text


@pytest.fixture
def page(house):
    """One page; one change of it takes two people, and one of them has left it as it is printed."""
    house.source(1)
    house.read(1, FIRST, samples.findings(FIRST, KATHU, SATUN, YEAR))
    reject(house.ws, house.document, [SATUN.id], SOMCHAI)
    return house


def same(house):
    return own(house, PROVINCE, "สตูล")


def wider(house):
    return own(house, place("จ.ภูเก็ต พ"), "จ.สตูล พ")


def misspelt(house):
    return own(house, PROVINCE, "สตุล")


def other(house):
    return own(house, PROVINCE, "ตรัง")


def within(house):
    return own(house, place("ูเก็"), "ูก็")


def before_it(house):
    return own(house, Span(PROVINCE.start, PROVINCE.start), "สตูล ")


def taken_out(house):
    return own(house, PROVINCE, "")


def whole_line(house):
    return own(house, Span(0, len(FIRST)), TRANG)


def another_findings_edit(house):
    house.examine_again(1, KATHU, SATUN, samples.proposal(FIRST, "จ.ภูเก็ต", "จ. ภูเก็ต", rule="SPC102"), YEAR)
    wide = samples.proposal(FIRST, "จ.ภูเก็ต", "จ. ภูเก็ต", rule="SPC102")
    edit(house.ws, house.document, wide.id, "จ.สตูล", SOMCHAI)
    return wide.id


def a_flags_edit(house):
    wide = samples.flag(FIRST, "ละงู จ.ภูเก็ต", rule="LOW001")
    house.examine_again(1, KATHU, SATUN, wide, YEAR)
    edit(house.ws, house.document, wide.id, "ละงู จ.สตูล", SOMCHAI)
    return wide.id


def another_rules_proposal(house):
    again = samples.proposal(FIRST, "ภูเก็ต", "สตูล", rule="LEX101")
    house.examine_again(1, KATHU, SATUN, again, YEAR)
    accept(house.ws, house.document, [again.id], SOMCHAI)
    return again.id


@pytest.mark.parametrize(
    "way",
    [same, wider, misspelt, other, within, before_it, taken_out, whole_line, another_findings_edit, a_flags_edit,
     another_rules_proposal],
)  # fmt: skip
def test_one_person_does_not_change_it_in_any_way_and_two_do(page, way):
    made = way(page)
    assert outcome(page, made) is Outcome.SECOND
    assert text(page) == FIRST
    accept_remaining(page.ws, page.document, SOMCHAI)
    with pytest.raises(GateError, match="second person"):
        sign(page.ws, page.document, SOMCHAI)
    newest = page_state(page.ws, page.document, 1).decisions[made][-1]
    decide(page.ws, page.document, [Asked(made, newest.verdict, newest.after)], MALEE)
    assert outcome(page, made) in (Outcome.ACCEPTED, Outcome.EDITED)
    accept_remaining(page.ws, page.document, MALEE)
    sign(page.ws, page.document, SOMCHAI)
    publish(page.ws)
    assert audit(page.ws).holds


def test_several_records_that_make_it_together_each_take_two(page):
    with suppress(UsageError):
        for at, letter in enumerate("สตูล"):
            own(page, Span(PROVINCE.start + at, PROVINCE.start + at + 1), letter)
        own(page, Span(PROVINCE.start + 4, PROVINCE.end), "")
    accept_remaining(page.ws, page.document, SOMCHAI)
    state = page_state(page.ws, page.document, 1)
    assert state.stage is Stage.WAITING
    assert "จ.ภูเก็ต" in state.final_text


def test_what_was_written_before_the_contradiction_was_found_waits_for_a_second_person_too(house):
    house.source(1)
    house.read(1, FIRST, samples.findings(FIRST, KATHU, YEAR))
    made = own(house, PROVINCE, "สตูล")
    assert outcome(house, made) is Outcome.ACCEPTED
    house.examine_again(1, KATHU, SATUN, YEAR)
    assert outcome(house, made) is Outcome.SECOND


def test_the_line_around_it_is_one_persons(page):
    line = page_state(page.ws, page.document, 1).shown_text
    changed = line.replace("ละงู", "ละงุ").replace("๒๕๕๕", "๒๕๕๖")
    made = add_text(
        page.ws, page.document, 1, lambda state: edited_line(state, 0, line, changed), SOMCHAI, how="browser"
    )
    assert [outcome(page, one) for one in made] == [Outcome.ACCEPTED, Outcome.EDITED], (
        "the year's flag has its text"
    )


def test_one_account_is_one_person_from_the_browser_and_from_the_terminal(page):
    made = same(page)
    again = Who("มาลี", SOMCHAI.account, claimed=False)
    decide(page.ws, page.document, [Asked(made, Verdict.ACCEPT)], again, how="browser")
    accept_remaining(page.ws, page.document, again)
    assert outcome(page, made) is Outcome.SECOND


@pytest.mark.parametrize("rule", sorted(TWO_PEOPLE))
def test_a_rule_about_contradictions_takes_two_whatever_was_kept_of_it(house, rule):
    forged = samples.proposal(FIRST, "ภูเก็ต", "สตูล", people=1, rule=rule)
    house.source(1)
    house.read(1, FIRST, samples.findings(FIRST, KATHU, forged, YEAR))
    accept_remaining(house.ws, house.document, SOMCHAI)
    assert outcome(house, forged.id) is Outcome.SECOND


def test_the_audit_finds_what_one_person_has_changed_behind_the_programs_back(page):
    span = place("จ.ภูเก็ต")
    addition = Addition(
        page.document, 1, text_sha256(FIRST), TEXT, span, "จ.ภูเก็ต", "จ.สตูล", None, SOMCHAI, "browser", ""
    )
    accepted = Decision(
        Subject(page.document, 1, addition.finding), Verdict.ACCEPT, None, SOMCHAI, "browser", ""
    )
    found = with_additions(samples.findings(FIRST, SATUN), [addition], {})
    made = Edit(span, "จ.ภูเก็ต", "จ.สตูล")
    published = Published(
        page.document, 1, text_sha256(FIRST), "", apply_edits(FIRST, [made]),
        (AppliedEdit(made, addition.finding),), "",
    )  # fmt: skip
    no = Decision(Subject(page.document, 1, SATUN.id), Verdict.REJECT, None, SOMCHAI, "browser", "")
    said = list(objections(Grounds(FIRST, "", found, [no, accepted], set()), published))
    assert said == [f"the edit at {span.start}..{span.end} needs 2 different people and has 1"]


letters = st.text(st.sampled_from("กขค"), min_size=1, max_size=9)


@st.composite
def one_persons_records(draw):
    """A text with contested places, and anything that one person records about it."""
    raw = draw(letters)
    found = draw(samples.found_in(raw, messages=st.just("")))
    spans = st.tuples(st.integers(0, len(raw)), st.integers(0, len(raw))).map(lambda two: Span(*sorted(two)))
    additions, decisions = [], []
    who = SOMCHAI
    for span in draw(st.lists(spans, max_size=4)):
        before, after = raw[span.start : span.end], draw(st.text(st.sampled_from("กขค"), max_size=4))
        if after != before:
            additions.append(
                Addition("d" * 64, 1, text_sha256(raw), TEXT, span, before, after, None, who, "", "")
            )
    everything = with_additions(found, additions, {})
    for one in everything.all:
        verdict = draw(st.sampled_from([Verdict.ACCEPT, Verdict.REJECT, Verdict.EDIT, None]))
        after = draw(st.text(st.sampled_from("กขค"), max_size=4)) if verdict is Verdict.EDIT else None
        if verdict is Verdict.EDIT and after == raw[one.span.start : one.span.end]:
            continue
        if verdict is not None and not (one.after is None and verdict is Verdict.ACCEPT):
            decisions.append(Decision(Subject("d" * 64, 1, one.id), verdict, after, who, "browser", ""))
    return raw, found, everything, decisions


@settings(max_examples=600, deadline=None)
@given(one_persons_records())
def test_no_records_of_one_person_make_a_change_that_takes_two(course):
    raw, found, everything, decisions = course
    made: dict[str, list[Decision]] = {}
    for one in decisions:
        made.setdefault(one.subject.finding, []).append(one)
    answer = edits_in_force(everything, made, lambda: raw)
    safe = {one.id for one in found.proposals if one.safety > 1 and one.people == 1}
    edits = [one.edit for one in answer.edits if one.finding not in safe]
    mine = apply_edits(raw, edits)
    for contested in (one for one in found.proposals if one.people > 1):
        assert all(one != contested.id for one in (edit.finding for edit in answer.edits))
        clear = [one for one in edits if not one.span.overlaps(contested.span)]
        for count in range(len(clear) + 1):
            for others in combinations(clear, count):
                with suppress(ValueError):
                    assert mine != apply_edits(raw, [contested.edit, *others])


def test_the_effect_of_an_edit_covers_every_place_where_it_could_have_been_written():
    assert effect(Edit(Span(1, 2), "ก", "กก"), "ขกกค").span == Span(1, 3)
    assert effect(Edit(Span(1, 3), "กก", "ก"), "ขกกค").span == Span(1, 3)
    assert effect(Edit(Span(0, 4), "ขกกค", "ขกคค"), "ขกกค").span == Span(2, 3)
