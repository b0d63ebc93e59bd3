"""What an auditor brings, and what the audit says that nothing covers."""

import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

from audit.audit import audit
from audit.finding_words import finding_words
from audit.report import About, Severity
from audit.report_html import audit_html
from audit.report_json import report_json
from audit.report_text import report_text
from audit.trust import Trust
from audit.verdict import verdict
from ledger.signing.allowed_signers import AllowedSigners, read_signers
from ledger.signing.authorities import Authorities
from ledger.timestamp import append_timestamp, read_timestamps, timestamp_request, timestamps_beside
from review.decide import accept_remaining, reject
from review.publish import publish
from review.rework import revoke
from review.sign import sign
from review.stamp import stamp
from tests.ledger import raw
from tests.ledger.databases import swallow
from tests.review.house import FIRST, KATHU, MAI, MALEE, ON_FIRST, SECOND, SOMCHAI
from tests.review.pens import KeyPen, register
from tests.review.tamper import rewrite
from tests.time_authority import TimeAuthority
from tests.workspace import samples
from workspace.folder import LEDGER

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "schemas" / "audit.json").read_text())


@pytest.fixture
def pen(house):
    made = KeyPen()
    register(house.ws, SOMCHAI.account, made)
    return made


@pytest.fixture
def done(house, pen):
    house.two_pages()
    for who in (SOMCHAI, MALEE):
        accept_remaining(house.ws, house.document, who)
    sign(house.ws, house.document, SOMCHAI, pen=pen)
    publish(house.ws)
    return house


@pytest.fixture
def own(done, tmp_path):
    """The auditor's own copy of the anchors, as they are now."""
    path = tmp_path / "own.log"
    path.write_bytes(done.ws.anchors[0].read_bytes())
    return Trust((path,), read_signers(done.ws.signers))


def said(house, trust):
    report = audit(house.ws, trust=trust)
    jsonschema.validate(report_json(report), SCHEMA)
    return report


def newest_signoff(house):
    record = raw.newest(house.ws.ledger, "signoff", document=house.document, page=1)
    assert record is not None
    return record.payload


def errors(report):
    return [one.message for one in report.findings if one.severity is Severity.ERROR]


def test_without_anything_brought_the_verdict_says_that_it_is_consistent_with_itself_alone(done):
    report = said(done, Trust())
    assert verdict(report).startswith("Consistent with itself and with the anchors that lie beside it (")
    assert "2 of 2 signatures are by keys of " in verdict(report)
    assert "which lies beside it" in verdict(report)
    assert verdict(report, "th").startswith("สอดคล้องกันในตัวเองและกับหลักยึดที่อยู่ข้างกัน")
    for words in (report_text(report), audit_html(report), json.dumps(report_json(report))):
        assert "Everything holds" not in words


def test_with_anchors_and_signers_of_the_auditors_own_it_says_how_far_they_go(done, own):
    report = said(done, own)
    head = report.head_seq
    assert verdict(report) == (
        f"Consistent with itself, and the ledger is the one that {own.anchors[0]} knows up to record {head}. "
        f"2 of 2 signatures are by keys of {done.ws.signers}."
    )
    (brought,) = report.brought
    assert (report.covered, brought.agrees) == (head, True)
    assert report_json(report)["signers"] == {"path": str(done.ws.signers), "brought": True}


def test_what_came_after_is_counted_in_the_first_line_and_listed(done, own):
    reject(done.ws, done.document, [KATHU.id], SOMCHAI)
    report = said(done, own)
    assert "1 record after it is covered by nothing that you have brought." in verdict(report)
    (listed,) = [one for one in report.findings if "covered by no anchor" in one.message]
    assert (listed.severity, listed.record, listed.page) == (Severity.NOTE, report.head_seq, 1)
    assert f"decision (reject {KATHU.id}), by สมชาย (somchai, claimed)" in listed.message


def test_since_a_day_everything_that_people_made_is_listed(done):
    first = done.ws.ledger.at(2).when
    listed = [
        one.record for one in said(done, Trust(since=first)).findings if "recorded since" in one.message
    ]
    made = [one.seq for one in done.ws.ledger.records(after=1) if one.kind not in ("page", "findings")]
    assert listed == made
    assert [one for one in said(done, Trust(since="2093")).findings if "recorded since" in one.message] == []


def test_a_chain_and_anchors_that_were_both_written_anew_are_found_by_anchors_of_ones_own(done, own):
    def change(rows):
        rows[-1]["when"] = "2026-02-01T00:00:00.000000Z"
        return rows

    rewrite(done.ws, change, rehash=True)
    head = done.ws.ledger.head()
    line = {"schema": "chamra/anchor/1", "workspace": done.ws.id, "seq": head.seq, "head": head.sha256}
    done.ws.anchors[0].write_text(json.dumps({**line, "when": head.when}) + "\n")
    checkpoints = done.ws.anchors[0].with_name(done.ws.anchors[0].name + ".checkpoints")
    checkpoints.unlink(missing_ok=True)
    assert errors(said(done, Trust())) == []
    assert any("names another record" in one for one in errors(said(done, own)))


def test_an_anchor_file_that_was_kept_of_another_workspace_is_an_error(done, tmp_path):
    other = tmp_path / "other.log"
    other.write_text("")
    (wrong,) = errors(said(done, Trust((other,))))
    assert "has no anchor of this workspace" in wrong


def test_a_name_of_somebody_who_has_a_key_is_no_signature(done, own):
    payload = newest_signoff(done)
    bare = {key: value for key, value in payload.items() if key not in ("statement", "signature")}
    raw.append(done.ws.ledger, "signoff", {**bare, "ledger_head": done.ws.ledger.head().sha256})
    assert any("is not signed, though somchai had the key" in one for one in errors(said(done, own)))


def test_a_signature_under_another_page_is_none_of_this_page(done):
    old = newest_signoff(done)
    done.read(1, FIRST, ON_FIRST, run=2)
    head = done.ws.ledger.head().sha256
    raw.append(done.ws.ledger, "signoff", {**old, "ledger_head": head})
    raw.append(done.ws.ledger, "signoff", {**old, "page": 2, "ledger_head": head})
    wrong = errors(said(done, Trust()))
    assert any("statement about another page" in one for one in wrong)


def test_a_key_that_is_on_no_list_is_called_that(done):
    report = said(done, Trust(signers=AllowedSigners("empty")))
    assert any("which is none of somchai's in empty" in one for one in errors(report))
    done.ws.signers.unlink()
    report = said(done, Trust())
    assert {one.attested for one in report.pages} == {"signed by a key that no list vouches for"}
    assert "2 of 2 are names" in verdict(report)


def test_a_time_stamp_proves_the_ledger_up_to_its_record(done, tmp_path):
    authority = TimeAuthority(tmp_path / "tsa")
    head = done.ws.ledger.head()
    answer = tmp_path / "head.tsr"
    answer.write_bytes(authority.answer(timestamp_request(head.sha256, 5)))
    reject(done.ws, done.document, [KATHU.id], SOMCHAI)
    trust = Trust(timestamps=(answer,), authorities=Authorities(authority.ca.read_bytes()))
    report = said(done, trust)
    assert report.covered == head.seq
    assert f"{answer} (" in verdict(report)
    assert "1 record after it" in verdict(report)
    rewrite(done.ws, lambda rows: rows[:-2], rehash=False)
    assert any("stamps a record that the ledger does not have" in one for one in errors(said(done, trust)))
    other = TimeAuthority(tmp_path / "other")
    wrong = Trust(timestamps=(answer,), authorities=Authorities(other.ca.read_bytes()))
    assert any("does not hold" in one for one in errors(said(done, wrong)))


def test_the_report_says_of_every_page_what_it_stands_on(done):
    revoke(done.ws, done.document, [2], "ผิดฉบับ", MALEE)
    first, second = said(done, Trust()).pages
    assert (first.page, first.state, first.signed_by, first.attested) == (
        1, "published", "สมชาย (somchai)", "signed",
    )  # fmt: skip
    assert first.known.startswith("key SHA256:")
    assert (first.reader, first.edits, first.by_policy) == ("tesseract 5.3.0", 3, 1)
    assert set(first.by_people) <= {"สมชาย", "มาลี"}
    assert second.state == "revoked"
    page = audit_html(said(done, Trust()), "สมศรี", "2026-11-29T08:00:00Z")
    for words in ("สมศรี", "ประกาศ.pdf", "key SHA256:", "Audited 2026-11-29"):
        assert words in page
    page = audit_html(said(done, Trust()), "สมศรี", "2026-11-29T08:00:00Z", "th")
    for words in (
        "สมศรี",
        "ประกาศ.pdf",
        "กุญแจ SHA256:",
        "ตรวจสอบเมื่อ 2026-11-29",
        "เผยแพร่แล้ว",
        "ลงนามผู้ตรวจสอบ",
    ):
        assert words in page


def test_pages_that_were_never_asked_for_are_named(house):
    document = house.ws.register_source(Path("/inbox/เล่ม.pdf"), b"%PDF 9", "pdf", 9, [1, 3])
    notes = [one.message for one in audit(house.ws, [document]).findings if one.about is About.SOURCE]
    assert notes == ["pages 2, 4-9 of 9 of เล่ม.pdf were never asked for"]
    house.ws.register_source(Path("/inbox/เล่ม.pdf"), b"%PDF 9", "pdf", 9, [2, 4, 5, 6, 7, 9])
    notes = [one.message for one in audit(house.ws, [document]).findings if one.about is About.SOURCE]
    assert notes == ["page 8 of 9 of เล่ม.pdf was never asked for"]


def test_names_that_two_documents_have_borne_are_a_warning_and_a_new_name_alone_a_note(house):
    one = house.source(1, "ก.pdf")
    house.ws.register_source(Path("/inbox/ข.pdf"), b"%PDF " + "ก.pdf".encode(), "pdf", 1, [1])
    found = [each for each in audit(house.ws, [one]).findings if "several names" in each.message]
    assert [each.severity for each in found] == [Severity.NOTE]
    house.source(1, "ข.pdf")
    found = [each for each in audit(house.ws, [one]).findings if "several names" in each.message]
    assert [each.severity for each in found] == [Severity.WARNING]


def test_a_clock_that_went_back_and_a_time_to_come_are_warnings(done):
    def change(rows):
        rows[-2]["when"], rows[-1]["when"] = "2093-01-01T00:00:00.000000Z", "2026-01-01T00:00:00.000000Z"
        return rows

    rewrite(done.ws, change, rehash=True)
    found = [one for one in audit(done.ws).findings if one.about is About.LEDGER]
    assert [one.severity for one in found] == [Severity.WARNING] * 2
    assert "still to come" in found[0].message
    assert "went back" in found[1].message


def test_a_record_of_a_kind_that_nobody_knows_is_a_note_and_no_end(done):
    raw.append(done.ws.ledger, "approval", {"of": "everything"})
    found = [one for one in audit(done.ws).findings if one.about is About.LEDGER]
    assert [(one.severity, "approval" in one.message) for one in found] == [(Severity.NOTE, True)]


def test_a_trigger_of_somebody_elses_is_an_error(done):
    swallow(done.ws.path / LEDGER, "revocation")
    assert any("trigger quiet that is none of ours" in one for one in errors(audit(done.ws)))


def test_what_people_decided_after_the_signature_is_told(done):
    reject(done.ws, done.document, [KATHU.id], SOMCHAI)
    (note,) = [one.message for one in audit(done.ws).findings if one.about is About.DECISION]
    assert "สมชาย (somchai) decided" in note
    assert "it is as it was signed" in note


def test_what_is_read_otherwise_no_policy_may_accept_whatever_its_rule_is_called(house):
    house.source(1)
    house.read(1, SECOND, samples.findings(SECOND, MAI))
    sign(house.ws, house.document, SOMCHAI)
    publish(house.ws)
    (wrong,) = errors(audit(house.ws))
    assert wrong.endswith("is seen on paper: no policy may call it SAFE")


@pytest.mark.parametrize("spoil", [
    lambda kept, _: replace(kept, head="0" * 64),
    lambda kept, _: replace(kept, answer=b"no answer"),
    lambda kept, first: replace(kept, seq=first),
    lambda kept, _: replace(kept, seq=10_000),
], ids=range(4))  # fmt: skip
def test_a_time_stamp_beside_the_anchors_that_is_of_another_record_is_named(
    done, tmp_path, monkeypatch, spoil
):
    authority = TimeAuthority(tmp_path / "authority")
    monkeypatch.setenv("CHAMRA_TSA_CA", str(authority.ca))
    with authority.serving() as url:
        monkeypatch.setenv("CHAMRA_TSA", url)
        stamp(done.ws)
    assert errors(said(done, Trust())) == []
    path = timestamps_beside(done.ws.anchors[0])
    ((_, kept),) = read_timestamps(path)
    assert kept is not None
    path.unlink()
    append_timestamp(path, spoil(kept, kept.seq - 1))
    (error,) = errors(said(done, Trust()))
    assert error == f"the time stamp on line 1 of {path} is not of the record that it names"


def test_a_file_among_the_reports_that_no_record_names_is_noted(done):
    folder = done.ws.path / "reports"
    folder.mkdir(exist_ok=True)
    for name in ("index.html", "minutes.html"):
        (folder / name).write_text("<html></html>")
    notes = [one.message for one in said(done, Trust()).findings if one.about is About.REPORT]
    assert notes == [
        "minutes.html lies among the reports, and no record says that this program has written it"
    ]


def test_what_is_one_is_not_called_several(done):
    report = said(done, Trust())
    (line,) = [one for one in report_text(report).splitlines() if one.startswith("Looked at ")]
    assert line.startswith("Looked at 1 document, 2 pages, 2 published texts of ")


def test_one_key_for_two_people_is_an_error_on_whichever_list(done, own, pen):
    assert not errors(said(done, own))
    line = next(one for one in done.ws.signers.read_text().splitlines() if one.startswith("somchai "))
    with done.ws.signers.open("a") as file:
        file.write(line.replace("somchai ", "malee ", 1) + "\n")
    words = "for malee and somchai: one key is one person's"
    for trust in (Trust(), own, replace(own, signers=read_signers(done.ws.signers))):
        (message,) = errors(said(done, trust))
        assert message.endswith(words)
        assert str(done.ws.signers) in message


@pytest.mark.parametrize(
    ("accounts", "named"),
    [
        (6, "a004 and a005 and b and somchai"),
        (7, "a006 and b and others (1)"),
        (400, "a007 and others (394)"),
    ],
)
def test_of_one_key_for_many_a_few_are_named_in_either_language(done, accounts, named):
    line = next(one for one in done.ws.signers.read_text().splitlines() if one.startswith("somchai "))
    many = ",".join([*(f"a{at:03}" for at in range(accounts)), "b "])
    with done.ws.signers.open("a") as file:
        file.write(line.replace("somchai ", many, 1) + "\n")
    (message,) = errors(said(done, Trust()))
    assert message.endswith(f"{named}: one key is one person's")
    assert "กุญแจหนึ่งดอกเป็นของคนเดียว" in finding_words(message, "th")
    assert " and " not in finding_words(message, "th")
