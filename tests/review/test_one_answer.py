"""Which edits are in force has one answer: what is shown, signed, published and replayed by the audit is one text."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.audit import audit
from audit.replay import Grounds, objections
from audit.report import Severity
from correction.in_force import edits_in_force
from model.decision import Decision, Published, Subject, Verdict, Who
from model.edit import Flag, apply_edits, text_sha256
from model.errors import Outdated, UsageError
from model.state import Outcome
from reports.diff import render_diff
from review.decide import DecisionRequest, decide, edit, reject
from review.own_text import current_rows
from review.publish import publish
from review.published import edition, published_pages
from review.sign import sign
from review.state import page_state
from tests.review.house import FIRST, KATHU, MALEE, SATUN, SOMCHAI, YEAR, House, document_text
from tests.workspace import samples

pytestmark = pytest.mark.slow

PEOPLE = [Who(name, name, claimed=True) for name in ("a", "b", "c")]
UNSEEN = (
    "no policy may call it SAFE"  # levels are drawn at random here, and the audit asks what is seen on paper
)
OPEN = (Outcome.OPEN, Outcome.SECOND, Outcome.CONFLICT)


@st.composite
def courses(draw):
    """A text, what was found in it, and what several people decide about it, one after the other."""
    text = draw(samples.thai)
    found = draw(samples.found_in(text))
    decisions = []
    for one in draw(st.lists(st.sampled_from(found.all), max_size=12)) if found.all else ():
        span = one.span
        verdicts = [
            Verdict.REJECT,
            Verdict.WITHDRAW,
            Verdict.ACKNOWLEDGE if isinstance(one, Flag) else Verdict.ACCEPT,
        ]
        if span:
            verdicts.append(Verdict.EDIT)
        verdict = draw(st.sampled_from(verdicts))
        after = None
        if verdict is Verdict.EDIT:
            before = text[span.start : span.end]
            after = draw(st.sampled_from([wording for wording in ("", "กข", "คง") if wording != before]))
        who = draw(st.sampled_from(PEOPLE))
        decisions.append(Decision(Subject("d" * 64, 1, one.id), verdict, after, who, "terminal", ""))
    return text, found, decisions


def by_finding(decisions):
    made: dict[str, list[Decision]] = {}
    for one in decisions:
        made.setdefault(one.subject.finding, []).append(one)
    return made


@settings(max_examples=300, deadline=None)
@given(courses(), st.randoms(use_true_random=False))
def test_what_is_shown_as_final_is_what_is_in_force_and_what_the_audit_replays(course, dice):
    text, found, decisions = course
    answer = edits_in_force(found, by_finding(decisions), lambda: text)
    assert set(answer.edits) <= set(answer.shown)
    shown = apply_edits(text, [one.edit for one in answer.shown])
    if any(outcome in OPEN for outcome in answer.outcomes.values()):
        return
    assert answer.edits == answer.shown
    policy = [
        Decision(Subject("d" * 64, 1, key), Verdict.ACCEPT, None, dice.choice(PEOPLE), "policy:safe-1", "")
        for key, outcome in answer.outcomes.items()
        if outcome is Outcome.POLICY
    ]
    published = Published("d" * 64, 1, found.reading_sha256, "b" * 64, shown, answer.edits, "e" * 64)
    grounds = Grounds(text, "b" * 64, found, [*decisions, *policy], {"safe-1"})
    assert [one for one in objections(grounds, published) if UNSEEN not in one] == []


@settings(max_examples=100, deadline=None)
@given(courses(), st.randoms(use_true_random=False))
def test_the_answer_depends_on_no_order_but_that_of_each_persons_own_decisions(course, dice):
    text, found, decisions = course
    answer = edits_in_force(found, by_finding(decisions), lambda: text)
    keys = [(one.subject.finding, one.who.account) for one in decisions]
    queues = {key: [one for one, own in zip(decisions, keys, strict=True) if own == key] for key in keys}
    dice.shuffle(keys)
    again = [queues[key].pop(0) for key in keys]
    mixed = samples.findings(text, *dice.sample(found.all, len(found.all)))
    other = edits_in_force(mixed, by_finding(again), lambda: text)
    assert (other.edits, other.shown, other.outcomes) == (answer.edits, answer.shown, answer.outcomes)


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    """One workspace for all examples; each is a document of its own."""
    house = House(tmp_path_factory.mktemp("answers"))
    yield house
    house.ws.close()


@settings(max_examples=25, deadline=None)
@given(courses())
def test_the_pages_text_is_the_one_that_is_signed_published_and_audited(archive, course):
    text, found, decisions = course
    house = archive
    document = house.source(1, f"{house.ws.ledger.head().seq}.pdf")
    house.read(1, text, found)
    for one in decisions:
        asked = DecisionRequest(one.subject.finding, one.verdict, one.after)
        with suppress(
            UsageError
        ):  # what cannot stand beside the rest is refused, and nothing of it is recorded
            decide(house.ws, document, [asked], one.who)
    for _ in range(3):
        state = page_state(house.ws, document, 1)
        rejections = [DecisionRequest(key, Verdict.REJECT) for key in state.open_findings]
        for who in PEOPLE:
            decide(house.ws, document, rejections, who)
    state = page_state(house.ws, document, 1)
    shown = "".join(row.corrected for row in current_rows(state))
    sign(house.ws, document, SOMCHAI)
    publish(house.ws, document)
    assert document_text(house.ws, document) == shown == state.final_text
    errors = [
        one for one in audit(house.ws, [document], text=shown).findings if one.severity is Severity.ERROR
    ]
    assert [one.message for one in errors if one.document == document and UNSEEN not in one.message] == []


def test_who_edits_otherwise_and_takes_it_back_leaves_the_others_text_everywhere(web_house):
    ws, document = web_house.ws, web_house.document
    for finding, texts in ((KATHU, ("กระทุ่ม", "กะทู้ใต้")), (YEAR, ("๒๕๔๘", "๒๕๖๖"))):
        edit(ws, document, finding.id, texts[0], MALEE)
        edit(ws, document, finding.id, texts[1], SOMCHAI)
        decide(ws, document, [DecisionRequest(finding.id, Verdict.WITHDRAW)], SOMCHAI)
    reject(ws, document, [SATUN.id], MALEE)
    expected = FIRST.replace("ํา", "ำ").replace("กระทู้", "กระทุ่ม").replace("๒๕๕๕", "๒๕๔๘")
    shown = web_house.visitor().page(1)
    assert shown["text_sha256"] == shown["sign"]["sha256"] == text_sha256(expected)
    assert shown["lines"][0]["text"] == shown["sign"]["text"] == expected
    report = render_diff(edition(ws, document), ws.store.get)
    corrected = report[report.index("<dt>corrected</dt>") : report.index("</dl>")]
    assert "กะทู้ใต้" not in corrected
    assert "๒๕๖๖" not in corrected
    sign(ws, document, MALEE, pages=[1])
    publish(ws)
    assert published_pages(ws, document)[1].published.text == expected


def test_a_text_that_was_not_shown_is_not_signed(house):
    house.source(1)
    house.read(1, FIRST, samples.findings(FIRST, KATHU))
    edit(house.ws, house.document, KATHU.id, "กระทุ่ม", MALEE)
    before = house.ws.ledger.head()
    for texts in ({}, {1: "0" * 64}):
        with pytest.raises(Outdated, match=r"Page 1 .* not as it was shown"):
            sign(house.ws, house.document, SOMCHAI, expected_texts=texts)
    assert house.ws.ledger.head() == before


@pytest.mark.parametrize(("wording", "refused"), [("กะทุ้", True), ("กระทุ่ม", False)])
def test_a_ledger_that_moves_while_one_signs_matters_only_where_the_text_changes(
    house, monkeypatch, wording, refused
):
    house.source(1)
    house.read(1, FIRST, samples.findings(FIRST, KATHU))
    edit(house.ws, house.document, KATHU.id, "กระทุ่ม", MALEE)
    moved = house.ws.ledger.head().seq

    def meanwhile(users, who, roles):
        if not list(house.ws.ledger.records(kind="decision", after=moved)):
            decide(house.ws, house.document, [DecisionRequest(KATHU.id, Verdict.EDIT, wording)], SOMCHAI)
            decide(house.ws, house.document, [DecisionRequest(KATHU.id, Verdict.EDIT, wording)], MALEE)

    monkeypatch.setattr("review.sign.allowed", meanwhile)
    if refused:
        with pytest.raises(Outdated):
            sign(house.ws, house.document, SOMCHAI)
        assert not list(house.ws.ledger.records(kind="signoff"))
    else:
        assert [one.page for one in sign(house.ws, house.document, SOMCHAI).signoffs] == [1]
