"""A list that goes on over a page's end is read under the heading of the page on which it began."""

from dataclasses import replace

import pytest

from audit.audit import audit
from audit.report import About, Severity
from ledger.events.findings_recorded import FindingsRecorded
from model.carried import Carried, CarriedHeading
from pipeline.local import digitise_here
from pipeline.look_again import Reread, look_again
from tests.pipeline.fake_reader import FakeReader
from tests.pipeline.test_look_again import Maker
from workspace.codec import decode_findings, encode_findings

pytestmark = pytest.mark.slow

SATUN = "รายชื่ออำเภอ\nจังหวัดสตูล\n๑. อำเภอเมืองสตูล\n๒. อำเภอควนโดน\n"
TRANG = "รายชื่ออำเภอ\nจังหวัดตรัง\n๑. อำเภอกันตัง\n๒. อำเภอย่านตาขาว\n"
MIDDLE = "๓. อำเภอควนกาหลง\n๔. อำเภอท่าแพ\n"
DAMAGED = "๕. อำเภอละง\n"
TEXTS = {1: SATUN, 2: MIDDLE, 3: DAMAGED}


def findings(workspace, number):
    newest = workspace.ledger.newest(FindingsRecorded, page=number)
    return decode_findings(workspace.store.get(newest.event.blob))


def repaired(workspace, number):
    return [one.edit.after for one in findings(workspace, number).proposals]


def reader_of(texts, before=lambda number: None, version="1"):
    reader = FakeReader(before, texts=texts)
    reader.reader = replace(reader.reader, version=version)
    return reader


def test_a_district_two_pages_behind_its_heading_is_found_and_the_evidence_names_heading_and_page(
    run_with, scan, workspace
):
    digitise_here(run_with(reader_of(TEXTS)), [scan])
    assert findings(workspace, 3).under.headings[0] == CarriedHeading(1, "จังหวัดสตูล", "91")
    [found] = findings(workspace, 3).proposals
    assert (found.edit.before, found.edit.after) == ("ละง", "ละงู")
    assert found.evidence[-1].named == {"heading": "จังหวัดสตูล", "page": 1}


def test_pages_that_are_read_last_to_first_come_out_the_same(run_with, scan, workspace):
    for pages in ("3", "2"):
        digitise_here(run_with(reader_of(TEXTS)), [scan], pages)
        assert repaired(workspace, 3) == []
    summary = digitise_here(run_with(reader_of(TEXTS)), [scan], "1,3")
    assert repaired(workspace, 3) == ["ละงู"]
    [document] = summary["documents"]
    assert [page["proposals"] for page in document["pages"]] == [0, 1]


def test_a_page_that_is_read_anew_changes_what_the_pages_behind_it_are_read_under(run_with, scan, workspace):
    digitise_here(run_with(reader_of(TEXTS)), [scan])
    digitise_here(run_with(reader_of({**TEXTS, 1: TRANG}, version="2")), [scan])
    assert findings(workspace, 2).under.headings[0] == CarriedHeading(1, "จังหวัดตรัง", "92")
    assert repaired(workspace, 3) == []


def test_a_second_run_records_nothing(run_with, scan, workspace):
    digitise_here(run_with(reader_of(TEXTS)), [scan])
    head = workspace.ledger.head()
    (workspace.path / "kept.sqlite").unlink()
    digitise_here(run_with(reader_of(TEXTS)), [scan])
    assert workspace.ledger.head() == head


def test_the_audit_finds_the_same_again(run_with, scan, workspace):
    digitise_here(run_with(reader_of(TEXTS)), [scan])
    report = twice_looked_at(workspace)
    assert report.again.findings == 3
    assert not [one for one in report.findings if one.about is About.FINDINGS]


def twice_looked_at(workspace):
    """The audit's report, with the findings of all pages made anew."""
    report = audit(workspace)
    look_again(workspace, report, reread=Reread.ALL, anew=Maker(pages=3))
    return report


def change(workspace, number, **what):
    """Another recorded what a page begins under or hands on, with everything else as it was."""
    newest = workspace.ledger.newest(FindingsRecorded, page=number)
    other = replace(findings(workspace, number), **what)
    blob = workspace.store.put(encode_findings(other))
    with workspace.ledger.writing() as batch:
        batch.append(replace(newest.event, blob=blob))


def test_the_audit_says_which_pages_were_not_examined_under_what_is_handed_on(run_with, scan, workspace):
    digitise_here(run_with(reader_of(TEXTS)), [scan])
    change(workspace, 3, under=None)
    said = [one for one in audit(workspace).findings if "hands on" in one.message]
    assert [(one.severity, one.page) for one in said] == [(Severity.WARNING, 3)]


def test_the_audit_finds_a_heading_that_the_page_does_not_have(run_with, scan, workspace):
    digitise_here(run_with(reader_of(TEXTS)), [scan])
    forged = Carried((CarriedHeading(1, "จังหวัดตรัง", "92"),))
    change(workspace, 1, hands_on=forged)
    change(workspace, 2, under=forged, hands_on=forged)
    change(workspace, 3, under=forged, hands_on=forged)
    errors = [one for one in twice_looked_at(workspace).findings if one.severity is Severity.ERROR]
    assert any(one.page == 1 and "handed on" in one.message for one in errors)
    assert {2, 3} <= {one.page for one in errors}
