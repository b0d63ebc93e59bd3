"""The index of all reports, and what changed in a document since a record."""

import re
from urllib.parse import unquote

import pytest
from lxml import html

from model.errors import UsageError
from pipeline.report_index import write_changes, write_index
from review.decide import accept_remaining
from review.minutes import minutes_of_pages
from review.publish import publish
from review.sign import sign
from tests.review.house import MALEE, SECOND, SOMCHAI, House


@pytest.fixture
def house(tmp_path):
    made = House(tmp_path)
    made.two_pages()
    yield made
    made.ws.close()


def cells(page, row):
    return [" ".join(one.text_content().split()) for one in row]


def test_the_index_names_every_document_with_its_runs_and_leads_to_its_report(house):
    report = house.ws.path / "reports" / f"ประกาศ-{house.document[:12]}.html"
    report.parent.mkdir(exist_ok=True)
    report.write_text("")
    house.source(1, "แผน <b>.pdf")
    path = write_index(house.ws, None, "en")
    page = html.fromstring(path.read_bytes())
    first, second = page.xpath("//table[1]/tbody/tr")[:2]
    assert [unquote(address) for address in first.xpath(".//a/@href")] == [report.name]
    assert re.search(r"pages 1–2, \d{4}-\d\d-\d\d .*, record \d+", first.text_content())
    assert "แผน <b>.pdf" in second.text_content()
    assert "no report yet" in second.text_content()
    assert not page.xpath("//script")


def test_its_rows_carry_what_they_are_filtered_by(house):
    accept_remaining(house.ws, house.document, SOMCHAI)
    page = html.fromstring(write_index(house.ws, None, "en").read_bytes())
    rows = page.xpath("//tr[@class='found']")
    kathu = next(one for one in rows if one.get("data-rule") == "GAZ001" and one.get("data-page") == "1")
    assert kathu.get("data-level") == "review"
    assert kathu.get("data-outcome") == "accepted"
    (person,) = kathu.get("data-person").split()
    style = page.xpath("//style")[0].text
    for name, token in (("document", "d1"), ("page", "1"), ("rule", "GAZ001"), ("level", "review"),
                        ("outcome", "accepted"), ("person", person)):  # fmt: skip
        assert page.xpath(f"//select[@id='{name}']/option[@value='{token}']")
        assert f'body:has(#{name} [value="{token}"]:checked) .found:not([data-{name}~="{token}"])' in style


def test_a_document_that_cannot_be_shown_keeps_none_of_the_others_out(house):
    other = house.source(1, "อื่น.pdf")
    house.read(1, SECOND)
    for path in (house.ws.path / "blobs").rglob("*"):
        if path.is_file() and SECOND.encode() in path.read_bytes() and other.encode() in path.read_bytes():
            path.chmod(0o600)
            path.write_bytes(b"{}")
    page = html.fromstring(write_index(house.ws, None, "th").read_bytes())
    assert "แสดงไม่ได้" in page.xpath("//table[1]/tbody/tr[2]")[0].text_content()
    assert page.xpath("//tr[@class='found']")


def test_what_changed_since_a_record_is_readings_findings_and_outcomes(house):
    seq = house.ws.ledger.head().seq
    accept_remaining(house.ws, house.document, SOMCHAI)
    house.read(2, SECOND.replace("ไหม่", "ใหม่"), run=2)
    page = html.fromstring(write_changes(house.ws, house.document, str(seq), None, "en").read_bytes())
    assert "2 of 2 pages have changed." in page.text_content()
    second = page.xpath("//section[@id='page-2']")[0]
    assert [one.text for one in second.xpath(".//del")] == [SECOND]
    assert [one.text for one in second.xpath(".//ins")] == [SECOND.replace("ไหม่", "ใหม่")]
    outcomes = " ".join(page.xpath("//section[@id='page-1']")[0].text_content().split())
    assert "waits for a person → accepted" in outcomes


def test_nothing_changed_is_said_and_what_is_about_other_documents_is_none(house):
    seq = house.ws.ledger.head().seq
    document = house.document
    house.source(1, "อื่น.pdf")
    house.read(1, SECOND)
    page = html.fromstring(write_changes(house.ws, document, str(seq), None, "en").read_bytes())
    assert "Nothing has changed." in page.text_content()


def test_since_takes_a_time_as_well_and_refuses_what_is_neither(house):
    for who in (SOMCHAI, MALEE):
        accept_remaining(house.ws, house.document, who)
    last = list(house.ws.ledger.records(document=house.document))[-1]
    sign(house.ws, house.document, SOMCHAI)
    publish(house.ws)
    path = write_changes(house.ws, house.document, f"{last.when[:-1]}", None, "en")
    assert "published" in path.read_text()
    for wrong in ("yesterday", "0", "1999-01-01", "२०"):
        with pytest.raises(UsageError):
            write_changes(house.ws, house.document, wrong, None, "en")


def test_the_index_charts_documents_and_days_with_the_minutes_that_pages_took(house):
    for who in (SOMCHAI, MALEE):
        accept_remaining(house.ws, house.document, who)
    sign(house.ws, house.document, SOMCHAI)
    took = dict(minutes_of_pages(house.ws.ledger, house.document))
    assert set(took) == {1, 2}
    assert 0 <= max(took.values()) < 5
    page = html.fromstring(write_index(house.ws, None, "en").read_bytes())
    assert len(page.xpath("//figure")) == 2
    assert "Minutes of a reviewer" in page.xpath("//figure")[0].text_content()
