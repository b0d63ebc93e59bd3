"""Records that a program which was tampered with might append: each is found, and nothing else is said of it."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest

from audit.audit import audit
from audit.report import About, AuditFinding, AuditReport, Severity
from ledger.events.added import Added
from ledger.events.decided import Decided
from ledger.events.revoked import Revoked
from ledger.events.signed_off import SignedOff
from model.addition import DOUBTFUL, TEXT, Addition
from model.decision import Decision, Subject, Verdict
from model.edit import Span, text_sha256
from review.add import mark
from review.decide import accept, accept_remaining, reject, waive
from review.publish import publish
from review.rework import answer, return_page, revoke
from review.sign import sign
from tests.ledger import raw
from tests.review.house import (
    CHIANG_MAI,
    FIRST,
    KATHU,
    MAI,
    MALEE,
    SATUN,
    SECOND,
    SOMCHAI,
    YEAR,
    House,
    document_text,
)
from tests.workspace import samples
from workspace.codec import decode_published, encode_findings, encode_published

OTHER = "0" * 64


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """Two pages, decided, signed and published."""
    house = House(tmp_path_factory.mktemp("template"))
    house.two_pages()
    accept_remaining(house.ws, house.document, SOMCHAI)
    accept_remaining(house.ws, house.document, MALEE)
    sign(house.ws, house.document, SOMCHAI)
    publish(house.ws)
    house.ws.close()
    return house.ws.path.parent, house.document


@pytest.fixture
def done(template, tmp_path):
    folder, document = template
    shutil.copytree(folder, tmp_path / "copy")
    made = House(tmp_path / "copy")
    made.document = document
    yield made
    made.ws.close()


def of(report: AuditReport, severity: Severity) -> list[AuditFinding]:
    return [one for one in report.findings if one.severity is severity]


def errors(house):
    return of(audit(house.ws), Severity.ERROR)


def notes(house):
    """The notes about documents; that the newest records are not anchored yet is none."""
    return [
        (one.page, one.message)
        for one in of(audit(house.ws), Severity.NOTE)
        if one.about is not About.ANCHOR
    ]  # fmt: skip


def newest(house, kind, page=1):
    record = raw.newest(house.ws.ledger, kind, document=house.document, page=page)
    assert record is not None
    return record


def appended(house, kind, payload):
    """The one error that a record brings; it must name the record."""
    record = raw.append(house.ws.ledger, kind, {"document": house.document, "page": 1} | payload)
    (found,) = errors(house)
    assert (found.document, found.page, found.record) == (house.document, payload.get("page", 1), record.seq)
    return found.about, found.message


def test_a_source_of_another_size_than_recorded_is_found(house):
    house.source(1)
    payload = dict(newest(house, "source", page=0).payload)
    record = raw.append(house.ws.ledger, "source", payload | {"size": payload["size"] + 1})
    (found,) = errors(house)
    assert (found.about, found.record) == (About.SOURCE, record.seq)
    assert found.message == "the source file does not have the recorded size"


OTHER_RECIPE = "e" * 64
"""No other record has it: what is made by the same recipe is the same."""


def findings_payload(house, found):
    payload = dict(newest(house, "findings").payload)
    return payload | {"blob": house.ws.store.put(encode_findings(found)), "key": OTHER_RECIPE}


def test_findings_about_another_text_are_found(house):
    house.two_pages()
    found = replace(samples.findings(FIRST, YEAR), reading_sha256=text_sha256(SECOND))
    said = appended(house, "findings", findings_payload(house, found))
    assert said == (About.FINDINGS, "the findings are about another text")


def test_a_proposal_for_letters_that_the_page_does_not_have_is_found(house):
    house.two_pages()
    wrong = replace(KATHU, edit=replace(KATHU.edit, before="กระทุ้"))
    said = appended(house, "findings", findings_payload(house, samples.findings(FIRST, wrong, SATUN)))
    assert said == (About.FINDINGS, f"{KATHU.id} was proposed for a text that the page does not have")


def test_findings_of_a_reading_that_was_replaced_meanwhile_are_no_error_and_count_for_nothing(house):
    house.source(1)
    house.read(1, FIRST)
    late = newest(house, "page").payload["blob"]
    house.read(1, SECOND, samples.findings(SECOND, CHIANG_MAI), run=2)
    house.examine(1, late, samples.findings(FIRST, KATHU), run=3)
    assert errors(house) == []


def addition(**changed):
    span = Span(KATHU.edit.span.start, KATHU.edit.span.end)
    made = Addition("d" * 64, 1, text_sha256(FIRST), TEXT, span, "กระทู้", "กะทุ้", None, SOMCHAI, "terminal", "")
    return replace(made, **changed)


def test_an_own_text_for_letters_that_the_page_does_not_have_is_found(house):
    house.two_pages()
    wrong = replace(addition(before="กระทุ้"), document=house.document)
    said = appended(house, "addition", Added.of(wrong).encode())
    assert said == (About.FINDINGS, f"{wrong.finding} was written for a text that the page does not have")


def test_an_own_text_for_a_reading_that_was_replaced_meanwhile_is_no_error(house):
    house.two_pages()
    late = replace(addition(before="กระทุ้", reading_sha256=OTHER), document=house.document)
    raw.append(house.ws.ledger, "addition", Added.of(late).encode())
    assert errors(house) == []


@pytest.mark.parametrize("stated_later", [False, True])
def test_a_decision_by_a_policy_that_nobody_had_stated_before_is_found(house, stated_later):
    house.two_pages()
    decision = Decision(
        Subject(house.document, 1, KATHU.id), Verdict.ACCEPT, None, SOMCHAI, "policy:mine-1", ""
    )
    record = raw.append(house.ws.ledger, "decision", Decided.of(decision).encode())
    if stated_later:
        who = record.payload["who"]
        raw.append(house.ws.ledger, "policy", {"name": "mine-1", "text": "anything", "who": who})
    (found,) = errors(house)
    assert (found.about, found.record) == (About.DECISION, record.seq)
    assert found.message == "was made by the policy mine-1, which does not stand in the ledger before it"


def signoff_now(house, **changed):
    payload = dict(newest(house, "signoff").payload)
    return payload | {"ledger_head": house.ws.ledger.head().sha256} | changed


def test_a_sign_off_of_a_page_without_findings_is_found(done):
    done.read(1, SECOND, run=2)
    said = appended(done, "signoff", signoff_now(done))
    assert said == (About.SIGNOFF, "signs a page whose reading or findings are not there")


@pytest.mark.parametrize(
    "what", ["page", "findings", "decision", "return", "answer", "addition", "revocation"]
)
def test_a_sign_off_must_cover_whatever_was_recorded_about_the_page_before(done, what):
    if what == "answer":
        return_page(done.ws, done.document, 1, "ดูอีกครั้ง", MALEE)
    payload = signoff_now(done)
    change = {
        "page": lambda: done.read(1, FIRST, run=2),
        "findings": lambda: done.examine_again(1, KATHU, SATUN, YEAR),
        "decision": lambda: reject(done.ws, done.document, [KATHU.id], SOMCHAI),
        "return": lambda: return_page(done.ws, done.document, 1, "ดูอีกครั้ง", MALEE),
        "answer": lambda: answer(done.ws, done.document, 1, SOMCHAI),
        "addition": lambda: mark(
            done.ws, done.document, 1, KATHU.id, DOUBTFUL, MALEE, how="terminal", note="?"
        ),
        "revocation": lambda: revoke(done.ws, done.document, [1], "ผิดฉบับ", MALEE),
    }
    change[what]()
    last = max(r.seq for r in done.ws.ledger.records(document=done.document, page=1))
    raw.append(done.ws.ledger, "signoff", payload)
    assert f"does not cover record {last}, which stands before it" in [one.message for one in errors(done)]


def test_a_publication_composed_at_another_state_than_signed_is_found(done):
    payload = published_as(done, ledger_head=OTHER)
    said = appended(done, "published", payload)
    assert said == (About.PUBLISHED, "was composed at another state of the ledger than signed")


def published_as(house, **changed):
    payload = dict(newest(house, "published").payload)
    published = replace(decode_published(house.ws.store.get(payload["blob"])), **changed)
    return payload | {"blob": house.ws.store.put(encode_published(published))}


@pytest.mark.parametrize("changed", [{"document": OTHER}, {"page": 2}])
def test_a_publication_of_another_page_is_found(done, changed):
    said = appended(done, "published", published_as(done, **changed))
    assert said == (About.PUBLISHED, "the published blob is about another page")


def test_a_publication_whose_record_names_another_text_is_found(done):
    said = appended(done, "published", dict(newest(done, "published").payload) | {"text_sha256": OTHER})
    assert said == (About.PUBLISHED, "the published text is not the text that was signed")


def test_a_publication_without_a_sign_off_is_found_and_counted_and_nothing_more_is_asked_of_it(done):
    before = audit(done.ws).counts
    said = appended(done, "published", dict(newest(done, "published").payload) | {"signoff": OTHER})
    assert said == (About.PUBLISHED, "was published without a sign-off before it")
    after = audit(done.ws).counts
    assert (after.published, after.edits) == (before.published + 1, before.edits + 3)
    assert after.by_policy == before.by_policy


def test_a_publication_under_a_revoked_sign_off_is_found(done):
    revoke(done.ws, done.document, [1], "ผิดฉบับ", MALEE)
    said = appended(done, "published", dict(newest(done, "published").payload))
    assert said == (About.PUBLISHED, "was published under a sign-off that was revoked before")


def test_a_revocation_of_a_sign_off_that_never_was_is_found(done):
    event = Revoked(done.document, 1, OTHER, "ผิดฉบับ", MALEE, "terminal")
    said = appended(done, "revocation", event.encode())
    assert said == (About.SIGNOFF, "revokes a sign-off that was not there before it")


def test_a_page_that_is_no_page_is_found_whatever_its_record_says(house):
    house.two_pages()
    event = SignedOff(house.document, 1, OTHER, OTHER, "safe-1", SOMCHAI)
    raw.append(house.ws.ledger, "signoff", {**event.encode(), "page": 0})
    raw.append(house.ws.ledger, "signoff", {**event.encode(), "page": True})
    found = errors(house)
    assert [one.about for one in found] == [About.SIGNOFF] * 2
    assert {one.page for one in found} == {0}


def test_what_was_published_and_revoked_is_told_with_who_when_and_why_and_then_is_no_text(done):
    (revocation,) = revoke(done.ws, done.document, [1], "ผิดฉบับ", MALEE)
    told = f"what was published was revoked by มาลี (malee) at {revocation.when}: ผิดฉบับ"
    assert notes(done) == [(1, told)]
    sign(done.ws, done.document, SOMCHAI)
    assert notes(done) == [(1, told), (1, "is signed and not published yet")]
    publish(done.ws)
    assert notes(done) == []
    assert errors(done) == []


def test_revoking_a_sign_off_under_which_nothing_was_published_leaves_the_text_that_was(done):
    text = document_text(done.ws, done.document)
    reject(done.ws, done.document, [KATHU.id], SOMCHAI)
    reject(done.ws, done.document, [KATHU.id], MALEE)
    sign(done.ws, done.document, SOMCHAI)
    revoke(done.ws, done.document, [1], "ผิดฉบับ", MALEE)
    assert notes(done) == []
    assert of(audit(done.ws, [done.document], text=text), Severity.ERROR) == []


def test_revoking_an_older_sign_off_leaves_the_newer_text(done):
    older = newest(done, "signoff")
    reject(done.ws, done.document, [KATHU.id], SOMCHAI)
    reject(done.ws, done.document, [KATHU.id], MALEE)
    sign(done.ws, done.document, SOMCHAI)
    publish(done.ws)
    text = document_text(done.ws, done.document)
    raw.append(
        done.ws.ledger,
        "revocation",
        Revoked(done.document, 1, older.sha256, "ผิดฉบับ", MALEE, "terminal").encode(),
    )
    assert notes(done) == []
    assert of(audit(done.ws, [done.document], text=text), Severity.ERROR) == []


def test_every_open_return_is_told_and_an_answered_one_is_not(done):
    first = return_page(done.ws, done.document, 1, "บรรทัดแรก", MALEE)
    second = return_page(done.ws, done.document, 1, "บรรทัดที่สอง", SOMCHAI)
    assert notes(done) == [
        (1, f"was returned by มาลี (malee) at {first.when}: บรรทัดแรก"),
        (1, f"was returned by สมชาย (somchai) at {second.when}: บรรทัดที่สอง"),
    ]
    answer(done.ws, done.document, 1, SOMCHAI)
    assert notes(done) == []


def test_pages_are_told_of_in_their_order_and_left_out_ones_are_an_empty_text(house):
    house.source(3)
    house.fail(3)
    house.fail(1)
    waive(house.ws, house.document, 3, "หน้าว่าง", MALEE)
    house.read(2, SECOND, samples.findings(SECOND, MAI))
    accept(house.ws, house.document, [MAI.id], SOMCHAI)
    sign(house.ws, house.document, SOMCHAI, pages=[2])
    assert [page for page, _ in notes(house)] == [1, 2, 3]
    waive(house.ws, house.document, 1, "หน้าว่าง", MALEE)
    publish(house.ws)
    text = document_text(house.ws, house.document)
    assert text == "\f" + SECOND.replace("ไหม่", "ใหม่") + "\f"
    assert of(audit(house.ws, [house.document], text=text), Severity.ERROR) == []


def test_a_page_that_was_read_after_it_had_been_left_out_is_no_left_out_page(house):
    house.source(1)
    house.fail(1)
    waive(house.ws, house.document, 1, "หน้าว่าง", MALEE)
    assert len(notes(house)) == 1
    house.read(1, SECOND, samples.findings(SECOND, CHIANG_MAI))
    assert notes(house) == []
    (found,) = of(audit(house.ws, [house.document], text=""), Severity.ERROR)
    assert found.message == "the text has 1 page, and 0 were published or left out"


def test_everything_that_was_looked_at_is_counted(done):
    counts = audit(done.ws).counts
    assert (counts.records, counts.documents, counts.pages) == (done.ws.ledger.head().seq, 1, 2)
    assert (counts.published, counts.edits, counts.by_policy) == (2, 4, 1)


def test_what_was_decided_about_one_finding_follows_to_no_other_that_stands_beside_it(done):
    made = [
        one
        for one in done.ws.ledger.records(kind="decision", document=done.document)
        if one.payload["finding"]
    ]
    origin, other = next(
        (one, other)
        for one in made
        for other in made
        if one.payload["page"] == other.payload["page"] and one.payload["finding"] != other.payload["finding"]
    )
    payload = dict(origin.payload) | {"finding": other.payload["finding"], "how": f"carried:{origin.seq}"}
    record = raw.append(done.ws.ledger, "decision", payload)
    said = [one.message for one in errors(done) if one.record == record.seq]
    assert said == [f"repeats record {origin.seq}, which is about something else that the page still has"]
