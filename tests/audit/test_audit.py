import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import jsonschema
import pytest

from audit.audit import audit
from audit.exported_text import audit_text
from audit.local_time import local_time
from audit.report import About, AuditReport, Severity
from audit.report_html import audit_html
from audit.report_json import report_json
from audit.report_text import report_text
from audit.sampling.draw import draw_sample
from audit.sampling.inspection import record_inspection, verdict_file
from audit.sampling.plans import LimitScheme
from ledger.documentation import schema as ledger_schema
from ledger.events.source_refused import SourceRefused
from model.errors import BadInput
from review.decide import accept_remaining, edit, waive
from review.publish import publish
from review.rework import revoke
from review.sign import sign
from tests.ledger import raw
from tests.review.house import (
    CHIANG_MAI,
    FIRST,
    KATHU,
    MALEE,
    SARA_AM,
    SATUN,
    SECOND,
    SOMCHAI,
    YEAR,
    House,
    document_text,
)
from tests.review.tamper import rewrite, spoil
from tests.workspace import samples
from workspace.codec import (
    decode_findings,
    decode_page,
    decode_published,
    encode_findings,
    encode_page,
    encode_published,
)
from workspace.workspace import Workspace

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "docs" / "schemas" / "audit.json").read_text())


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """A document that went the whole way, after another one whose only page failed."""
    folder = tmp_path_factory.mktemp("template")
    house = House(folder)
    house.source(1, "อีกฉบับ.pdf")
    house.fail(1)
    document = house.two_pages()
    accept_remaining(house.ws, document, SOMCHAI)
    accept_remaining(house.ws, document, MALEE)
    sign(house.ws, document, SOMCHAI)
    publish(house.ws)
    house.ws.close()
    return folder, document


@pytest.fixture
def done(template, tmp_path):
    folder, document = template
    shutil.copytree(folder, tmp_path / "copy")
    house = House(tmp_path / "copy")
    house.document = document
    assert errors(house) == []
    yield house
    house.ws.close()


def findings(house, severity, **kwargs):
    report = audit(house.ws, **kwargs)
    jsonschema.validate(report_json(report), SCHEMA)
    assert report.holds == (not any(one.severity is Severity.ERROR for one in report.findings))
    return [one for one in report.findings if one.severity is severity]


def errors(house, **kwargs):
    return findings(house, Severity.ERROR, **kwargs)


def newest(house, kind, page=1):
    record = raw.newest(house.ws.ledger, kind, document=house.document, page=page)
    assert record is not None
    return record


def test_a_document_that_went_the_whole_way_holds_and_is_counted(done):
    report = audit(done.ws)
    assert report.holds
    assert report.counts.published == 2
    assert report.counts.edits == 4
    assert report.counts.by_policy == 1
    assert report.counts.characters == len(document_text(done.ws, done.document)) - 1
    assert report.anchored is not None
    head = done.ws.ledger.head()
    assert report_text(report).splitlines()[:7] == [
        f"Consistent with itself and with the anchors that lie beside it ({done.ws.anchors[0]}). Whoever can write "
        "both could have made both. 2 of 2 are names that somebody has written, not signatures.",
        f"Workspace {done.ws.id}, ledger of {head.seq} records, head {head.sha256[:16]}",
        f"Anchored up to record {report.anchored.seq} ({local_time(report.anchored.when)})",
        f"Looked at 2 documents, 2 pages, 2 published texts of {report.counts.characters} characters "
        "with 4 edits, 1 of them by policy",
        "Read by tesseract 5.3.0: 2 pages",
        f"อีกฉบับ.pdf ({report.pages[0].document[:16]})",
        "  page 1: failed",
    ]
    anchor = {"seq": report.anchored.seq, "when": report.anchored.when}
    said = report_json(report)
    assert (said["anchored"], said["head"]) == (anchor, {"seq": head.seq, "sha256": head.sha256})
    assert said["anchors"] == [{"path": str(done.ws.anchors[0]), "agrees": True, "newest": anchor}]


def test_it_says_what_was_not_read_and_what_was_left_out_and_by_whom(house):
    house.source(3)
    house.fail(1, "the page is encrypted")
    house.fail(2)
    waive(house.ws, house.document, 2, "หน้าว่าง", MALEE)
    notes = {one.page: one.message for one in findings(house, Severity.NOTE)}
    assert notes == {
        1: "could not be read: the page is encrypted",
        2: "was left out by มาลี (malee): หน้าว่าง",
        3: "was asked for and not read",
    }


def test_it_says_what_is_signed_and_not_published_and_what_is_not_anchored_yet(house, monkeypatch):
    house.two_pages()
    accept_remaining(house.ws, house.document, SOMCHAI)
    with monkeypatch.context() as patch:
        patch.setattr("workspace.workspace.append_anchor", lambda *args: None)
        sign(house.ws, house.document, SOMCHAI, pages=[2])
    (warning,) = findings(house, Severity.WARNING)
    assert (warning.about, warning.record) == (About.ANCHOR, house.ws.ledger.head().seq)
    assert "not yet anchored" in warning.message
    assert [one.message for one in findings(house, Severity.NOTE)] == ["is signed and not published yet"]
    publish(house.ws)
    assert findings(house, Severity.WARNING) == []


def test_records_after_the_newest_anchor_are_named_as_not_yet_anchored(done):
    edit(done.ws, done.document, CHIANG_MAI.id, "เชียงราย", SOMCHAI)
    notes = [one.message for one in findings(done, Severity.NOTE)]
    assert any("1 record after record" in note and "not yet anchored" in note for note in notes)


def test_where_the_newest_record_is_anchored_nothing_is_said_to_be_not_anchored(done):
    revoke(done.ws, done.document, [1], "ลงนามผิดฉบับ", MALEE)
    report = audit(done.ws)
    assert report.anchored is not None
    assert report.anchored.seq == report.head_seq
    assert [one.message for one in report.findings if one.about is About.ANCHOR] == []


def of_finding(rows, finding):
    return next(row for row in rows if row["payload"].get("finding") == finding)


def another_person(rows):
    of_finding(rows, KATHU.id)["payload"]["who"]["account"] = "malee"
    return rows


def another_text(rows):
    of_finding(rows, YEAR.id)["payload"]["note"] = "seen"
    return rows


def another_time(rows):
    of_finding(rows, KATHU.id)["when"] = "2020-01-01T00:00:00.000000Z"
    return rows


def another_order(rows):
    first, second = rows[-2], rows[-1]
    for key in ("when", "kind", "payload", "previous", "sha256", "document", "page"):
        first[key], second[key] = second[key], first[key]
    return rows


def without_one(rows):
    return [row for row in rows if row["payload"].get("finding") != KATHU.id]


def without_the_tail(rows):
    return rows[:-4]


@pytest.mark.parametrize("change", [another_person, another_text, another_time, another_order, without_one])
def test_a_changed_record_breaks_the_chain(done, change):
    rewrite(done.ws, change, rehash=False)
    assert About.LEDGER in {one.about for one in errors(done)}
    assert all(one.record for one in errors(done) if one.about is About.LEDGER)


@pytest.mark.parametrize("change", [another_person, another_text, another_time, without_one])
def test_a_chain_that_was_hashed_anew_is_found_by_the_anchor(done, change):
    rewrite(done.ws, change, rehash=True)
    found = errors(done)
    assert list(done.ws.ledger.verify()) == []
    assert any(one.about is About.ANCHOR and "rewritten" in one.message for one in found)


def test_a_cut_tail_is_found_by_the_anchor(done):
    rewrite(done.ws, without_the_tail, rehash=False)
    assert list(done.ws.ledger.verify()) == []
    assert any(one.about is About.ANCHOR and "tail was cut" in one.message for one in errors(done))


def test_dropped_guards_are_found(done):
    rewrite(done.ws, lambda rows: rows, rehash=False, guards=False)
    found = errors(done)
    assert [(one.about, one.document, one.page, one.record) for one in found] == [(About.GUARD, "", 0, 0)] * 3
    lines = [line for line in report_text(audit(done.ws)).splitlines() if line.startswith("ERROR")]
    assert [line.split(":")[0] for line in lines] == [
        f"ERROR [guard] {one.message.split(':')[0]}" for one in found
    ]


def anchor_lines(house):
    (path,) = house.ws.anchors
    return path, path.read_text().splitlines()


@pytest.mark.parametrize(
    ("key", "value"), [("head", "0" * 64), ("seq", 3), ("when", "2020-01-01T00:00:00.000000Z"), ("seq", "x")]
)
def test_a_changed_anchor_is_found(done, key, value):
    path, lines = anchor_lines(done)
    path.write_text(json.dumps({**json.loads(lines[-1]), key: value}) + "\n")
    assert About.ANCHOR in {one.about for one in errors(done)}


@pytest.mark.parametrize("content", [None, "", "{}\n", '{"workspace":"another"}\n'])
def test_a_lost_anchor_of_a_published_page_is_found(done, content):
    path, lines = anchor_lines(done)
    if content is None:
        path.unlink()
    elif "another" in content:
        path.write_text(json.dumps({**json.loads(lines[-1]), "workspace": "another"}) + "\n")
    else:
        path.write_text(content)
    assert any(one.about is About.ANCHOR and "lacks an anchor" in one.message for one in errors(done))


def test_a_workspace_that_names_no_anchor_file_any_more_is_found(done):
    settings = done.ws.path / "workspace.json"
    settings.write_text(json.dumps({**json.loads(settings.read_text()), "anchors": []}))
    done.ws.close()
    done.ws = Workspace.open(done.ws.path)
    assert any("names no anchor file" in one.message for one in errors(done))


def test_an_anchor_file_that_cannot_be_read_is_found_and_named(done):
    path, _ = anchor_lines(done)
    path.unlink()
    path.mkdir()
    found = [one.message for one in errors(done) if one.about is About.ANCHOR]
    assert len(found) == 2
    assert str(path) in found[0]
    assert "lacks an anchor" in found[1]


def test_an_anchor_line_that_was_cut_and_written_again_is_no_finding(done):
    path, lines = anchor_lines(done)
    path.write_text(lines[0][:40] + "\n" + lines[0] + "\n")
    assert errors(done) == []


@pytest.mark.parametrize(
    ("blob", "about"),
    [
        (lambda house: house.document, About.SOURCE),
        (lambda house: newest(house, "page").payload["image"], About.IMAGE),
        (lambda house: newest(house, "page").payload["blob"], About.PAGE),
        (lambda house: newest(house, "findings").payload["blob"], About.FINDINGS),
        (lambda house: newest(house, "published").payload["blob"], About.PUBLISHED),
    ],
)
@pytest.mark.parametrize("data", [None, b"", b"another"])
def test_a_blob_that_was_swapped_or_taken_away_is_found_and_named(done, blob, about, data):
    sha256 = blob(done)
    spoil(done.ws, sha256, data)
    assert any(one.about is about and sha256 in one.message for one in errors(done))


def swap(house, kind, old, new, page=1):
    """Keep a forged blob under its own hash, and make the ledger name it in a chain that is sound."""
    sha256 = house.ws.store.put(new)

    def change(rows):
        for row in rows:
            if row["kind"] == kind and row["payload"].get("blob") == old:
                row["payload"]["blob"] = sha256
        return rows

    rewrite(house.ws, change, rehash=True)


@pytest.mark.parametrize("another", [{"document": "a" * 64}, {"number": 2}, {"image_sha256": "b" * 64}])
def test_a_record_that_names_the_reading_of_another_page_or_image_is_found(house, another):
    house.two_pages()
    record = newest(house, "page")
    page = replace(decode_page(house.ws.store.get(record.payload["blob"])), **another)
    changed = {
        "blob": house.ws.store.put(encode_page(page)),
        "key": "e" * 64,
    }  # a recipe that no other record has
    raw.append(house.ws.ledger, "page", {**record.payload, **changed})
    (found,) = errors(house)
    assert (found.about, found.page) == (About.PAGE, 1)
    assert found.message == "the page's blob is about another page or image"


def test_an_edited_published_text_is_found_even_where_the_ledger_was_forged_with_it(done):
    old = newest(done, "published").payload["blob"]
    forged = done.ws.store.get(old).replace("ละงู".encode(), "ละงุ".encode())
    swap(done, "published", old, forged)
    messages = [one.message for one in errors(done) if one.about is About.PUBLISHED]
    assert "the published text is not the text that was signed" in messages
    assert any("replaying its edits does not give its text" in one for one in messages)


def test_an_edit_that_nobody_decided_is_found(done):
    old = newest(done, "published").payload["blob"]
    body = json.loads(done.ws.store.get(old))
    body["edits"][0]["after"] = "่ำ"
    swap(done, "published", old, json.dumps(body).encode())
    messages = [one.message for one in errors(done) if one.about is About.PUBLISHED]
    assert any(f"is not what {SARA_AM.id} proposes" in one for one in messages)


def test_an_edit_that_names_no_finding_is_found(done):
    old = newest(done, "published").payload["blob"]
    body = json.loads(done.ws.store.get(old))
    body["edits"][1]["finding"] = "0" * 16
    swap(done, "published", old, json.dumps(body).encode())
    messages = [one.message for one in errors(done)]
    assert any("names no finding of the page" in one for one in messages)
    assert f"{KATHU.id} at {KATHU.edit.span.start} was accepted and is not in the text" in messages


@pytest.mark.parametrize(
    ("forge", "message"),
    [
        (
            lambda one: replace(one, reading_sha256="0" * 64),
            "it names another reading than the one that was signed",
        ),
        (
            lambda one: replace(one, page_blob="0" * 64),
            "it names another blob of the page than the one that was signed",
        ),
    ],
)
def test_a_published_text_that_names_another_reading_is_found(done, forge, message):
    old = newest(done, "published").payload["blob"]
    assert not errors(done)
    swap(
        done,
        "published",
        old,
        encode_published(forge(decode_published(done.ws.store.get(old)))),
    )
    messages = [one.message for one in errors(done) if one.about is About.PUBLISHED]
    assert messages == [message]


def test_a_text_that_was_published_before_texts_named_their_reading_holds(done):
    old = newest(done, "published").payload["blob"]
    body = json.loads(done.ws.store.get(old))
    del body["reading_sha256"], body["page_blob"]
    swap(done, "published", old, json.dumps(body | {"schema": "chamra/published/1"}).encode())
    assert [one for one in errors(done) if one.about is About.PUBLISHED] == []


def test_an_accepted_change_that_was_left_out_is_found(done):
    old = newest(done, "published").payload["blob"]
    published = decode_published(done.ws.store.get(old))
    fewer = replace(published, edits=published.edits[:-1])
    swap(done, "published", old, encode_published(fewer))
    assert any(f"{SATUN.id} at" in one.message and "not in the text" in one.message for one in errors(done))


def test_edited_findings_are_found_even_where_the_ledger_was_forged_with_them(done):
    old = newest(done, "findings").payload["blob"]
    found = decode_findings(done.ws.store.get(old))
    without = type(found)(found.reading_sha256, found.proposals[1:], found.flags, found.ruleset, "")
    swap(done, "findings", old, encode_findings(without))
    assert {About.DECISION, About.PUBLISHED} <= {one.about for one in errors(done)}


def forged(house, change):
    rewrite(house.ws, change, rehash=True)
    return [one.message for one in errors(house)]


def test_a_contradiction_that_one_account_decided_twice_is_found(done):
    def one_account(rows):
        for row in rows:
            if row["payload"].get("finding") == SATUN.id:
                row["payload"]["who"]["account"] = "somchai"
        return rows

    assert any("needs 2 different people and has 1" in one for one in forged(done, one_account))


def test_a_decision_that_was_taken_out_leaves_its_edit_without_one(done):
    messages = forged(done, without_one)
    assert any("no decision stands behind the edit" in one for one in messages)


def test_a_flag_that_nobody_saw_is_found(done):
    messages = forged(done, lambda rows: [row for row in rows if row["payload"].get("finding") != YEAR.id])
    assert f"{YEAR.id} at {YEAR.span.start} was signed while it was open" in messages


def test_an_open_flag_under_somebodys_edit_is_found_and_an_open_proposal_there_is_none(house):
    flag, below = samples.flag(FIRST, "ทู้"), samples.proposal(FIRST, "ระ", "ะ")
    house.source(1)
    house.read(1, FIRST, samples.findings(FIRST, KATHU, flag, below))
    accept_remaining(house.ws, house.document, SOMCHAI)
    sign(house.ws, house.document, SOMCHAI)
    publish(house.ws)
    assert errors(house) == []
    assert below.id not in {
        one.payload["finding"] for one in house.ws.ledger.records(kind="decision", document=house.document)
    }
    messages = forged(house, lambda rows: [r for r in rows if r["payload"].get("finding") != flag.id])
    assert f"{flag.id} at {flag.span.start} was signed while it was open" in messages
    assert not any(below.id in one for one in messages)


def test_a_policy_that_was_taken_out_or_given_another_text_is_found(done):
    messages = forged(done, lambda rows: [row for row in rows if row["kind"] != "policy"])
    assert any("was accepted by a policy that does not stand" in one for one in messages)


def test_two_texts_under_one_policys_name_are_found(done):
    raw.append(
        done.ws.ledger,
        "policy",
        {"name": "safe-1", "text": "anything goes", "who": {"name": "", "account": "", "claimed": True}},
    )
    assert any("another text stands under the name" in one.message for one in errors(done))


def test_a_policy_may_not_accept_what_is_not_safe(done):
    def by_policy(rows):
        of_finding(rows, KATHU.id)["payload"]["how"] = "policy:safe-1"
        policy = next(row for row in rows if row["kind"] == "policy")
        rows.remove(policy)
        return [rows[0], policy, *rows[1:]]

    assert any(f"by a policy, but {KATHU.id} is not SAFE" in one for one in forged(done, by_policy))


def test_a_sign_off_that_comes_before_what_it_covers_is_found(done):
    def late(rows):
        late_one = of_finding(rows, KATHU.id)
        rows.remove(late_one)
        signoff = next(n for n, row in enumerate(rows) if row["kind"] == "signoff")
        return [*rows[:signoff], late_one, *rows[signoff:]]

    assert any("does not cover record" in one for one in forged(done, late))


def test_a_sign_off_over_a_state_that_never_was_is_found(done):
    raw.append(done.ws.ledger, "signoff", {**newest(done, "signoff").payload, "ledger_head": "0" * 64})
    assert any("names a state of the ledger that never was" in one.message for one in errors(done))


@pytest.mark.parametrize("stated_later", [False, True])
def test_a_sign_off_under_a_policy_that_nobody_had_stated_before_is_found(done, stated_later):
    payload = newest(done, "signoff").payload
    head = done.ws.ledger.head().sha256
    raw.append(done.ws.ledger, "signoff", {**payload, "policy": "mine-1", "ledger_head": head})
    if stated_later:
        raw.append(
            done.ws.ledger, "policy", {"name": "mine-1", "text": "anything goes", "who": payload["who"]}
        )
    (found,) = errors(done)
    assert found.about is About.SIGNOFF
    assert found.message == "names the policy mine-1, which does not stand in the ledger before it"


def test_a_page_published_without_a_sign_off_is_found(done):
    messages = forged(done, lambda rows: [row for row in rows if row["kind"] != "signoff"])
    assert "was published without a sign-off before it" in messages


@pytest.mark.parametrize("payload", ["{}", "[]", "1", '{"page":"x"}', '{"who":3}'])
@pytest.mark.parametrize("kind", ["source", "page", "findings", "decision", "signoff", "policy", "published"])
def test_no_record_however_strange_stops_the_audit(done, kind, payload):
    def change(rows):
        row = next(row for row in reversed(rows) if row["kind"] == kind)
        strange = json.loads(payload)
        row["payload"] = {**row["payload"], **strange} if isinstance(strange, dict) and strange else strange
        return rows

    rewrite(done.ws, change, rehash=False)
    assert errors(done)


def test_a_document_whose_source_record_was_taken_out_is_still_looked_at(done):
    messages = forged(done, lambda rows: [row for row in rows if row["kind"] != "source"])
    assert "has records and was never registered as a source" in messages


def test_a_file_that_was_refused_is_a_note_and_no_document(done):
    event = SourceRefused("f" * 64, "scan.pdf", "scan.pdf is encrypted.")
    with done.ws.ledger.writing() as batch:
        batch.append(event)
    report = audit(done.ws)
    assert report.holds
    assert ("note", "is no document, it was refused: scan.pdf is encrypted.") in {
        (str(one.severity), one.message) for one in report.findings
    }


def test_what_a_record_quotes_cannot_play_with_the_terminal(done):
    waiver = {"finding": "\x1b[2J\u202e", "verdict": "accept", "after": None, "how": "terminal", "note": ""}
    who = {"name": "", "account": "", "claimed": True}
    raw.append(done.ws.ledger, "decision", {"document": done.document, "page": 1, "who": who, **waiver})
    assert "decides about \\u001b[2J\\u202e" in report_text(audit(done.ws))


def test_only_the_documents_that_are_named_are_looked_at(done):
    spoil(done.ws, done.document, b"")
    other = next(
        one for one in done.ws.ledger.records(kind="source") if one.payload["document"] != done.document
    )
    assert errors(done, documents=[other.payload["document"]]) == []
    with pytest.raises(BadInput):
        audit(done.ws, ["a" * 64])


def test_an_exported_text_is_compared_with_what_was_published(done):
    text = document_text(done.ws, done.document)
    assert errors(done, documents=[done.document], text=text) == []
    (wrong,) = errors(done, documents=[done.document], text=text.replace("เชียงใหม่", "เชียงไหม่"))
    assert (wrong.about, wrong.page) == (About.TEXT, 2)
    where = "from character 29 (line 1) on"
    assert wrong.message == f"the text is not what was published: {where} {SECOND[17:]!r} is given, " + (
        f"{SECOND[17:].replace('ไหม่', 'ใหม่')!r} published"
    )
    (long,) = errors(done, documents=[done.document], text=text + "\fx")
    assert "3 pages, and 2 were published" in long.message


@pytest.mark.parametrize(
    ("saved", "told"),
    [
        (lambda text: "\ufeff" + text, "a byte order mark"),
        (lambda text: text.replace("\f", "\r\n\f") if "\n" in text else text + "\n", "a line end at its end"),
        (
            lambda text: "\ufeff" + text + "\r\n",
            "a byte order mark and line ends of another system and a line end",
        ),
    ],
)
def test_what_a_program_adds_to_a_text_that_it_saves_is_told_and_no_fault(done, saved, told):
    text = saved(document_text(done.ws, done.document))
    report = audit(done.ws, [done.document], text=text)
    assert report.holds
    (note,) = [one for one in report.findings if one.about is About.TEXT]
    assert note.severity is Severity.NOTE
    assert told in note.message


@pytest.mark.parametrize("page", [1, 2])
def test_some_of_the_pages_of_a_text_are_told_to_be_that_and_no_fault(done, page):
    text = document_text(done.ws, done.document).split("\f")[page - 1]
    report = audit(done.ws, [done.document], text=text)
    assert report.holds
    (note,) = [one for one in report.findings if one.about is About.TEXT]
    assert note.message == f"the text is page {page} as published: 1 of 2 pages"
    (wrong,) = errors(done, documents=[done.document], text=text[1:])
    assert "the text has 1 page, and 2 were published" in wrong.message


def test_a_text_of_more_pages_than_the_only_one_says_that_one_was_published():
    report = AuditReport("workspace", 0, "")
    audit_text("document", {1: FIRST}, "ก\fข", report)
    (wrong,) = report.findings
    assert wrong.message == "the text has 2 pages, and 1 was published or left out"


def test_the_audit_writes_nothing(done):
    before = {path: path.read_bytes() for path in done.ws.path.parent.rglob("*") if path.is_file()}
    audit(done.ws)
    assert {path: path.read_bytes() for path in done.ws.path.parent.rglob("*") if path.is_file()} == before


def test_the_report_names_the_worst_first_and_the_place(done):
    spoil(done.ws, newest(done, "page").payload["image"], None)
    lines = report_text(audit(done.ws)).splitlines()
    severities = [line.split()[0] for line in lines if line.split()[0] in ("ERROR", "WARNING", "NOTE")]
    assert severities == sorted(severities)
    assert any(line.startswith("ERROR [image] record 5, document") and "page 1: " in line for line in lines)
    assert lines[0].startswith("It does NOT hold: ")


def test_the_audit_loads_no_rule_no_dictionary_and_no_reader():
    program = (
        "import sys, audit.audit, audit.report_html, audit.sampling.draw, audit.sampling.inspection; "
        "print([n for n in sys.modules if n.split('.')[0] in ('correction', 'dictionaries', 'ocr')])"
    )
    result = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert result.stdout.strip() == "[]"


def test_every_anchor_file_is_compared_and_told_of(done):
    second = done.ws.path.parent / "other storage.log"
    shutil.copy(done.ws.anchors[0], second)
    done.ws.anchors = (*done.ws.anchors, second)
    assert [one.agrees for one in audit(done.ws).anchors] == [True, True]
    second.write_text(second.read_text().replace('"head":"', '"head":"0'))
    report = audit(done.ws)
    assert [one.agrees for one in report.anchors] == [True, False]
    assert report.anchored is not None
    assert f"{second}: nothing, does NOT agree" in report_text(report)
    jsonschema.validate(report_json(report), SCHEMA)
    assert not report.holds


def test_the_html_report_holds_every_finding_and_no_markup_of_others(done):
    report = audit(done.ws)
    report.add(Severity.ERROR, About.TEXT, "หน้า <script>alert(1)</script>\u202e", page=1)
    page = audit_html(report)
    assert "It does not hold." in page
    assert page.count('<span class="severity') == len(report.findings)
    assert "&lt;script&gt;" in page
    assert "<script" not in page
    assert "\u202e" not in page
    assert str(done.ws.anchors[0]) in page


def sampled(done):
    sample = draw_sample(done.ws, [done.document], LimitScheme(Fraction(1, 5), Fraction(95, 100)), MALEE)
    text = verdict_file(sample).replace(",,,\r\n", ",right,,\r\n")
    record_inspection(done.ws, text, MALEE)
    return sample


def test_an_inspection_is_told_of_and_one_that_is_due_too(done):
    sample = draw_sample(done.ws, [done.document], LimitScheme(Fraction(1, 5), Fraction(95, 100)), MALEE)
    assert any(sample.id[:12] in one.message for one in findings(done, Severity.NOTE))
    assert any("drawn and not inspected" in one.message for one in findings(done, Severity.NOTE))
    sampled(done)
    assert any("was accepted by มาลี (malee)" in one.message for one in findings(done, Severity.NOTE))
    assert errors(done) == []


def test_a_sample_other_than_the_ledger_gives_is_found(done):
    sampled(done)

    def another_seed(rows):
        for row in rows:
            if row["kind"] == "sample":
                row["payload"]["seed"] = rows[3]["sha256"]
        return rows

    rewrite(done.ws, another_seed, rehash=False)
    assert any("another sample follows" in one.message for one in errors(done) if one.about is About.SAMPLE)


def test_a_verdict_that_its_marks_do_not_give_is_found(done):
    sampled(done)

    def turned(rows):
        rows[-1]["payload"]["accepted"] = False
        return rows

    rewrite(done.ws, turned, rehash=False)
    assert any("not what its verdicts come to" in one.message for one in errors(done))


def test_what_a_workspace_writes_follows_the_schema(done):
    schema = jsonschema.Draft202012Validator(ledger_schema())
    kinds = set()
    for one in done.ws.ledger.records():
        schema.validate({"kind": one.kind, "payload": json.loads(json.dumps(dict(one.payload)))})
        kinds.add(one.kind)
    assert kinds >= {"ledger", "source", "page", "findings", "decision", "policy", "signoff", "published"}
