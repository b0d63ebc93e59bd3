"""Where a collection asks for two signatures, a page is signed when two different people have signed it."""

import pytest

from audit.audit import audit
from audit.report import Severity
from ledger.events.required import Required
from ledger.people import users_at
from model.decision import Known, Who
from model.errors import NotAllowed, UsageError
from model.requirement import Requirement
from model.state import Stage
from model.user import Role
from review.decide import accept_remaining, edit
from review.publish import publish
from review.requirements import require, required
from review.rework import answer, return_page, revoke
from review.sign import sign
from review.state import page_state, summarise
from review.summary_store import document_lines
from review.todo import Viewer, todo
from review.users import add
from review.web.overview import Overview
from review.who import logged_in
from tests.ledger import raw
from tests.review.house import MALEE, SECOND, SOMCHAI, document_text
from tests.review.web_house import WebHouse
from tests.review.web_users import PASSWORD, ROOT, cheap_passwords
from tests.workspace import samples

SAME_PERSON = Who("คนอื่น", SOMCHAI.account, claimed=True)


@pytest.fixture
def page(house):
    """One page on which everything is decided; two must sign."""
    house.source(1)
    house.read(1, SECOND, samples.findings(SECOND, samples.proposal(SECOND, "เชียงไหม่", "เชียงใหม่")))
    accept_remaining(house.ws, house.document, SOMCHAI)
    require(house.ws, house.document, SOMCHAI, signatures=2)
    return house


def stage(house):
    (found,) = summarise(house.ws, house.document).pages
    assert page_state(house.ws, house.document, 1).stage is found.stage
    return found.stage


def errors(house):
    return [one.message for one in audit(house.ws).findings if one.severity is Severity.ERROR]


def test_one_signature_is_not_enough_and_the_same_persons_second_is_none(page):
    first = sign(page.ws, page.document, SOMCHAI)
    assert (len(first.signoffs), first.countersign) == (1, (1,))
    head = page.ws.ledger.head()
    for again in (SOMCHAI, SAME_PERSON):
        done = sign(page.ws, page.document, again)
        assert (done.signoffs, done.countersign) == ((), (1,))
    assert page.ws.ledger.head() == head
    assert stage(page) is Stage.COUNTERSIGN
    assert publish(page.ws).published == ()


def test_two_people_sign_and_it_is_published_with_both(page):
    sign(page.ws, page.document, SOMCHAI)
    second = sign(page.ws, page.document, MALEE)
    assert (len(second.signoffs), second.countersign) == (1, ())
    assert stage(page) is Stage.SIGNED
    assert [one.who for one in page_state(page.ws, page.document, 1).signatures] == [SOMCHAI, MALEE]
    publish(page.ws)
    assert stage(page) is Stage.PUBLISHED
    assert document_text(page.ws, page.document) == "องค์การบริหารส่วนจังหวัดเชียงใหม่"
    assert errors(page) == []


@pytest.mark.parametrize("change", ["decision", "revocation", "return"])
def test_what_changes_between_the_two_signatures_asks_both_again(page, change):
    sign(page.ws, page.document, SOMCHAI)
    finding = page_state(page.ws, page.document, 1).all_findings[0].id
    if change == "decision":
        edit(page.ws, page.document, finding, "เชียงราย", SOMCHAI)
        edit(page.ws, page.document, finding, "เชียงใหม่", SOMCHAI)
    elif change == "revocation":
        revoke(page.ws, page.document, [1], "ผิดฉบับ", SOMCHAI)
    else:
        return_page(page.ws, page.document, 1, "ดูบรรทัดแรก", MALEE)
        answer(page.ws, page.document, 1, MALEE)
    assert stage(page) is Stage.DECIDED
    sign(page.ws, page.document, MALEE)
    assert stage(page) is Stage.COUNTERSIGN
    sign(page.ws, page.document, SOMCHAI)
    publish(page.ws)
    assert (stage(page), errors(page)) == (Stage.PUBLISHED, [])


def test_a_reading_that_changes_nothing_keeps_the_first_signature(page):
    sign(page.ws, page.document, SOMCHAI)
    page.examine_again(1, samples.proposal(SECOND, "เชียงไหม่", "เชียงใหม่"), text=SECOND)
    assert stage(page) is Stage.COUNTERSIGN
    sign(page.ws, page.document, MALEE)
    publish(page.ws)
    assert (stage(page), errors(page)) == (Stage.PUBLISHED, [])


def test_the_first_signer_may_revoke_as_the_second_may(page, monkeypatch):
    sign(page.ws, page.document, SOMCHAI)
    sign(page.ws, page.document, MALEE)
    revoke(page.ws, page.document, [1], "ผิดฉบับ", SOMCHAI)
    assert stage(page) is Stage.DECIDED


def test_asking_for_two_later_stops_what_is_signed_and_not_what_is_published(house):
    house.two_pages()
    accept_remaining(house.ws, house.document, SOMCHAI)
    accept_remaining(house.ws, house.document, MALEE)
    sign(house.ws, house.document, SOMCHAI, pages=[1])
    publish(house.ws)
    sign(house.ws, house.document, SOMCHAI, pages=[2])
    require(house.ws, "", SOMCHAI, signatures=2)
    assert [one.stage for one in summarise(house.ws, house.document).pages] == [
        Stage.PUBLISHED, Stage.COUNTERSIGN,
    ]  # fmt: skip
    assert publish(house.ws).published == ()
    assert errors(house) == []


def test_the_kept_lists_follow_what_is_asked_of_all(house):
    house.two_pages()
    accept_remaining(house.ws, house.document, SOMCHAI)
    accept_remaining(house.ws, house.document, MALEE)
    sign(house.ws, house.document, SOMCHAI)
    overview = Overview(house.ws)
    (line,) = document_lines(house.ws)
    (entry,) = overview.documents()
    assert line.stages[Stage.SIGNED] == entry.stages[Stage.SIGNED] == 2
    require(house.ws, "", SOMCHAI, signatures=2)
    (line,) = document_lines(house.ws)
    (entry,) = overview.documents()
    assert line.stages[Stage.COUNTERSIGN] == entry.stages[Stage.COUNTERSIGN] == 2


def test_what_is_said_of_a_document_goes_before_what_is_said_of_all(house):
    document = house.source(1)
    require(house.ws, "", SOMCHAI, signatures=2, seeds=40)
    assert required(house.ws, document) == Requirement(2, keyed=False, seeds=40)
    require(house.ws, document, SOMCHAI, keyed=True)
    require(house.ws, "", SOMCHAI, signatures=1)
    assert required(house.ws, document) == Requirement(2, keyed=True, seeds=40)
    head = house.ws.ledger.head()
    require(house.ws, document, SOMCHAI, keyed=True)
    assert house.ws.ledger.head() == head


def test_what_all_are_asked_may_be_made_a_documents_own_and_then_stays(house):
    document, other = house.source(1), house.source(2, name="สอง.pdf")
    require(house.ws, "", SOMCHAI, signatures=2)
    head = house.ws.ledger.head()
    require(house.ws, document, SOMCHAI)
    assert house.ws.ledger.head() == head, "to ask what is asked says nothing"
    require(house.ws, document, SOMCHAI, signatures=2, keyed=False, seeds=0)
    require(house.ws, "", SOMCHAI, signatures=1)
    assert (required(house.ws, document).signatures, required(house.ws, other).signatures) == (2, 1)
    head = house.ws.ledger.head()
    require(house.ws, document, SOMCHAI, signatures=2)
    assert house.ws.ledger.head() == head, "it was said already"


@pytest.mark.parametrize("wrong", [{"signatures": 0}, {"signatures": 3}, {"seeds": -1}, {"seeds": 501}])
def test_what_nobody_can_mean_is_refused(house, wrong):
    with pytest.raises(UsageError):
        require(house.ws, "", SOMCHAI, **wrong)
    assert next(house.ws.ledger.events(Required), None) is None


def test_an_administrator_asks_and_nobody_else(house, monkeypatch):
    cheap_passwords(monkeypatch)
    for login, role in (("pra", Role.ADMINISTRATOR), ("malee", Role.REVIEWER)):
        add(house.ws, login, login, {role}, PASSWORD, ROOT)
    pra, malee = (logged_in(users_at(house.ws.ledger)[login], Known.LOGIN) for login in ("pra", "malee"))
    with pytest.raises(NotAllowed, match="administrator"):
        require(house.ws, "", malee, signatures=2)
    require(house.ws, "", pra, signatures=2)
    payload = dict(next(house.ws.ledger.records(kind="requirement")).payload)
    known = {"name": "malee", "account": "malee", "claimed": False, "known": "login"}
    raw.append(house.ws.ledger, "requirement", payload | {"who": known, "signatures": 1})
    assert errors(house) == ["was made by malee, who did not hold the role administrator then"]


def test_the_audit_finds_what_was_published_with_one_signature(page):
    sign(page.ws, page.document, SOMCHAI)
    require(page.ws, page.document, SOMCHAI, signatures=1)
    publish(page.ws)
    assert errors(page) == []
    require(page.ws, page.document, SOMCHAI, signatures=2)
    published = dict(next(page.ws.ledger.records(kind="published")).payload)
    raw.append(page.ws.ledger, "published", published)
    assert errors(page) == ["was published with 1 of the 2 signatures that were asked for"]


def test_what_was_asked_is_noted_in_the_audit(page):
    notes = [one.message for one in audit(page.ws).findings if one.severity is Severity.NOTE]
    assert any("สมชาย (somchai) asked for 2 signatures on each page" in one for one in notes)


@pytest.fixture
def web(tmp_path):
    house = WebHouse(tmp_path)
    house.source(1)
    house.read(1, SECOND, samples.findings(SECOND))
    require(house.ws, "", SOMCHAI, signatures=2)
    yield house
    house.ws.close()


def sign_in_browser(visitor):
    data = visitor.page()
    visitor.passes_drawn_lines(1, data)
    body = {
        "pages": [1], "texts": {"1": data["text_sha256"]}, "expected_version": data["seq"],
        "looked": {"1": [one["line"] for one in data["sign"]["sample"]]},
    }  # fmt: skip
    return visitor.post(f"/api/documents/{visitor.house.document}/sign", body)


def test_in_the_browser_the_first_sees_that_they_have_signed_and_the_second_may(web):
    first, second = web.visitor(), web.visitor(MALEE)
    assert sign_in_browser(first).json()["signed"] == [1]
    mine, theirs = first.page(), second.page()
    assert mine["stage"] == theirs["stage"] == "countersign"
    assert (mine["sign"]["can"], mine["sign"]["signed"]["account"]) == (False, "somchai")
    assert (theirs["sign"]["can"], theirs["sign"]["signed"]) == (True, None)
    assert sign_in_browser(first).json()["signed"] == []
    assert sign_in_browser(second).json()["signed"] == [1]
    assert second.page()["stage"] == "signed"


def test_the_page_of_one_signature_asks_the_second_person_and_not_the_first(web):
    sign(web.ws, web.document, SOMCHAI)
    (page,) = summarise(web.ws, web.document).pages
    assert [todo(page, Viewer(one.account)).sign for one in (SOMCHAI, MALEE)] == [False, True]
