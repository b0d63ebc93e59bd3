"""Revoking a signature and returning a page: new records, after which the page must be signed anew."""

import pytest

from audit.audit import audit
from audit.report import Severity
from model.addition import DOUBTFUL
from model.decision import Known, Verdict
from model.errors import GateError, NotAllowed, Outdated, UsageError
from model.state import Stage
from model.user import Role
from reports.scorecard import scorecard
from review.add import mark
from review.decide import DecisionRequest, accept_remaining, decide
from review.publish import publish
from review.published import published_pages
from review.rework import answer, return_page, revoke
from review.sign import obstacles, sign
from review.state import document_state, page_state, summarise
from review.users import add
from review.web.overview import Overview
from review.who import logged_in, who_manages
from tests.ledger import raw
from tests.review.house import KATHU, MALEE, SOMCHAI, YEAR, document_text
from tests.review.tamper import rewrite


@pytest.fixture
def done(house):
    """Two pages that were signed and published."""
    document = house.two_pages()
    accept_remaining(house.ws, document, SOMCHAI)
    accept_remaining(house.ws, document, MALEE)
    sign(house.ws, document, SOMCHAI)
    publish(house.ws)
    return house


def stages(house):
    return [page.stage for page in summarise(house.ws, house.document).pages]


def errors(house):
    return [one.message for one in audit(house.ws).findings if one.severity is Severity.ERROR]


def notes(house):
    return [one.message for one in audit(house.ws).findings if one.severity is Severity.NOTE]


def test_a_revoked_page_is_to_be_signed_anew_and_its_text_is_not_given_out(done):
    (revocation,) = revoke(done.ws, done.document, [1], "ลงนามผิดฉบับ", MALEE)
    assert (revocation.page, revocation.reason, revocation.who) == (1, "ลงนามผิดฉบับ", MALEE)
    assert stages(done) == [Stage.DECIDED, Stage.PUBLISHED]
    assert page_state(done.ws, done.document, 1).revoked == revocation
    assert summarise(done.ws, done.document).pages[0].revoked
    assert set(published_pages(done.ws, done.document)) == {2}
    with pytest.raises(GateError, match="page 1 is not published"):
        document_text(done.ws, done.document)


def test_what_was_published_stays_on_record_and_the_audit_tells_of_the_revocation(done):
    before = raw.newest(done.ws.ledger, "published", document=done.document, page=1)
    revoke(done.ws, done.document, [1], "ลงนามผิดฉบับ", MALEE)
    assert raw.newest(done.ws.ledger, "published", document=done.document, page=1) == before
    assert errors(done) == []
    assert any("มาลี" in note and "ลงนามผิดฉบับ" in note for note in notes(done))


def test_a_revoked_page_can_be_signed_and_published_again(done):
    revoke(done.ws, done.document, [1], "ลงนามผิดฉบับ", MALEE)
    assert publish(done.ws).published == ()
    signed = sign(done.ws, done.document, MALEE)
    assert [one.page for one in signed.signoffs] == [1]
    assert [one.page for one in publish(done.ws).published] == [1]
    assert stages(done) == [Stage.PUBLISHED] * 2
    assert page_state(done.ws, done.document, 1).revoked is None
    assert set(published_pages(done.ws, done.document)) == {1, 2}
    assert errors(done) == []


def test_a_revocation_is_anchored(done):
    revoke(done.ws, done.document, [1], "ลงนามผิดฉบับ", MALEE)
    report = audit(done.ws)
    assert report.anchored is not None
    assert report.anchored.seq == report.head_seq


@pytest.mark.parametrize(
    ("pages", "reason", "why"),
    [([1], " ", "reason"), ([], "x", "No page"), ([9], "x", "no page 9"), ([1], "x\u202e", "invisible")],
)
def test_what_cannot_be_revoked_is_refused_and_nothing_is_recorded(done, pages, reason, why):
    head = done.ws.ledger.head()
    with pytest.raises(UsageError, match=why):
        revoke(done.ws, done.document, pages, reason, MALEE)
    assert done.ws.ledger.head() == head


def test_nothing_is_revoked_twice_and_all_pages_of_a_call_or_none(done):
    revoke(done.ws, done.document, [1], "ลงนามผิดฉบับ", MALEE)
    head = done.ws.ledger.head()
    with pytest.raises(UsageError, match=r"Page 1 .* no signature that stands"):
        revoke(done.ws, done.document, [1, 2], "ทั้งสองหน้า", MALEE)
    assert done.ws.ledger.head() == head


def test_a_returned_page_waits_and_says_why_until_somebody_has_seen_to_it(done):
    returned = return_page(done.ws, done.document, 1, "บรรทัดแรกขาดคำ", MALEE)
    assert stages(done) == [Stage.WAITING, Stage.PUBLISHED]
    assert page_state(done.ws, done.document, 1).returned == (returned,)
    assert summarise(done.ws, done.document).pages[0].returned == 1
    with pytest.raises(GateError, match="Page 1 was returned by มาลี: บรรทัดแรกขาดคำ"):
        sign(done.ws, done.document, SOMCHAI)
    answer(done.ws, done.document, 1, SOMCHAI, note="เติมแล้ว")
    assert stages(done) == [Stage.DECIDED, Stage.PUBLISHED]
    assert page_state(done.ws, done.document, 1).returned == ()
    sign(done.ws, done.document, SOMCHAI)
    publish(done.ws)
    assert stages(done) == [Stage.PUBLISHED] * 2
    assert errors(done) == []


def test_the_gate_tells_of_a_return_and_of_what_is_open_besides(done):
    return_page(done.ws, done.document, 1, "บรรทัดแรกขาดคำ", MALEE)
    told = "Page 1 was returned by มาลี: บรรทัดแรกขาดคำ"
    assert obstacles(document_state(done.ws, done.document)) == (told,)
    for who in (SOMCHAI, MALEE):
        decide(done.ws, done.document, [DecisionRequest(f"1:{YEAR.id}", Verdict.WITHDRAW)], who)
    assert obstacles(document_state(done.ws, done.document)) == (f"{told} Page 1: 1 open: {YEAR.id}.",)


def test_a_returned_page_keeps_what_was_published_until_another_text_is(done):
    return_page(done.ws, done.document, 1, "บรรทัดแรกขาดคำ", MALEE)
    assert set(published_pages(done.ws, done.document)) == {1, 2}


def test_each_return_needs_its_answer(done):
    return_page(done.ws, done.document, 1, "บรรทัดแรก", MALEE)
    return_page(done.ws, done.document, 1, "บรรทัดที่สอง", SOMCHAI)
    assert len(answer(done.ws, done.document, 1, SOMCHAI)) == 2
    with pytest.raises(UsageError, match="was not returned"):
        answer(done.ws, done.document, 1, SOMCHAI)


@pytest.mark.parametrize(
    ("page", "note", "why"), [(1, "", "note"), (7, "x", "no page 7"), (1, "\x07", "invisible")]
)
def test_what_cannot_be_returned_is_refused(done, page, note, why):
    with pytest.raises(UsageError, match=why):
        return_page(done.ws, done.document, page, note, MALEE)


def test_a_page_that_was_never_read_cannot_be_returned(house):
    house.source(1)
    house.fail(1)
    with pytest.raises(UsageError, match="was not read"):
        return_page(house.ws, house.document, 1, "อ่านใหม่", MALEE)


@pytest.mark.parametrize("taken", [lambda d: return_page(d.ws, d.document, 1, "แก้", MALEE),
                                   lambda d: revoke(d.ws, d.document, [1], "ผิด", MALEE)])  # fmt: skip
def test_who_signs_must_have_seen_what_was_taken_back(done, taken):
    version = done.ws.ledger.head().seq
    taken(done)
    with pytest.raises(Outdated):
        sign(done.ws, done.document, SOMCHAI, expected_version=version)


def test_a_page_that_is_revoked_while_it_is_published_stays_unpublished(done, monkeypatch):
    revoke(done.ws, done.document, [1], "ลงนามผิดฉบับ", MALEE)
    sign(done.ws, done.document, MALEE)
    put = done.ws.store.put
    hits: list[object] = []

    def revoked_meanwhile(data):
        if not hits:
            hits.append(revoke(done.ws, done.document, [1], "อีกครั้ง", MALEE))
        return put(data)

    monkeypatch.setattr(done.ws.store, "put", revoked_meanwhile)
    assert publish(done.ws).published == ()
    assert hits
    assert stages(done)[0] is Stage.DECIDED
    assert errors(done) == []


def test_where_there_are_users_an_administrator_revokes_any_signature_and_a_reviewer_their_own(done):
    somchai, malee, admin = (
        logged_in(add(done.ws, login, name, roles, None, who_manages({})), Known.PROXY)
        for login, name, roles in (
            ("somchai", "สมชาย", {Role.REVIEWER}),
            ("malee", "มาลี", {Role.REVIEWER}),
            ("admin", "ผู้ดูแล", {Role.ADMINISTRATOR}),
        )
    )
    with pytest.raises(NotAllowed):
        revoke(done.ws, done.document, [1], "ไม่ใช่ของตน", malee)
    revoke(done.ws, done.document, [1], "ของตนเอง", somchai)
    revoke(done.ws, done.document, [2], "โดยผู้ดูแล", admin)
    with pytest.raises(NotAllowed):
        return_page(done.ws, done.document, 1, "แก้", SOMCHAI)
    return_page(done.ws, done.document, 1, "แก้", malee)


def test_the_report_says_what_was_taken_back_and_by_whom(done):
    revoke(done.ws, done.document, [1], "ลงนามผิดฉบับ", MALEE)
    return_page(done.ws, done.document, 1, "บรรทัดแรกขาดคำ", SOMCHAI)
    first, second = scorecard(document_state(done.ws, done.document)).pages
    assert first.reason == "Returned by สมชาย: บรรทัดแรกขาดคำ Signature revoked by มาลี: ลงนามผิดฉบับ"
    assert second.reason == ""


def test_the_audit_finds_a_text_that_was_published_under_a_revoked_signature(done):
    revoke(done.ws, done.document, [1], "ลงนามผิดฉบับ", MALEE)
    before = raw.newest(done.ws.ledger, "published", document=done.document, page=1)
    assert before is not None
    raw.append(done.ws.ledger, "published", before.payload)
    assert any("published under a sign-off that was revoked" in one for one in errors(done))


def test_the_audit_finds_a_page_that_was_signed_while_it_was_returned(done):
    return_page(done.ws, done.document, 1, "บรรทัดแรกขาดคำ", MALEE)
    answer(done.ws, done.document, 1, SOMCHAI)
    sign(done.ws, done.document, SOMCHAI)
    assert errors(done) == []
    rewrite(done.ws, lambda rows: [row for row in rows if row["kind"] != "answer"], rehash=True)
    assert any("signs a page that was returned" in one for one in errors(done))


def test_the_audit_finds_what_takes_nothing_back(done):
    revoke(done.ws, done.document, [1], "ลงนามผิดฉบับ", MALEE)
    revocation = raw.newest(done.ws.ledger, "revocation")
    assert revocation is not None
    raw.append(done.ws.ledger, "revocation", revocation.payload)
    raw.append(done.ws.ledger, "revocation", {**revocation.payload, "signoff": "0" * 64})
    raw.append(done.ws.ledger, "answer", {
        "document": done.document, "page": 1, "returned": "0" * 64, "note": "", "how": "terminal",
        "who": revocation.payload["who"],
    })  # fmt: skip
    found = errors(done)
    for words in ("was revoked before", "was not there before it", "was not open before it"):
        assert any(words in one for one in found)


def test_a_queue_that_was_open_before_follows_whatever_happens_to_a_page(done):
    ws, document = done.ws, done.document
    open_before = Overview(ws)
    assert stages_in(open_before, document) == [Stage.PUBLISHED] * 2
    for act in (
        lambda: revoke(ws, document, [1], "ลงนามผิดฉบับ", MALEE),
        lambda: return_page(ws, document, 1, "ขาดหนึ่งบรรทัด", SOMCHAI),
        lambda: answer(ws, document, 1, MALEE),
        lambda: sign(ws, document, MALEE),
        lambda: mark(ws, document, 1, KATHU.id, DOUBTFUL, SOMCHAI, how="browser", note="ควรเทียบกับหน้า 2"),
    ):
        act()
        assert stages_in(open_before, document) == stages_in(Overview(ws), document) == stages(done)


def stages_in(overview, document):
    entry = overview.document(document)
    return [entry.pages[number].stage for number in sorted(entry.pages)]
