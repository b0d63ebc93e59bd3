"""The places of a document, as the rules about places saw them."""

import json
from pathlib import Path

import jsonschema

from dictionaries.resources import default_resources
from model.place import PlaceStatus
from pipeline.local import digitise_here
from reports.places import places_object
from review.place_list import document_places
from review.state import document_state
from tests.pipeline.fake_reader import TEXT, FakeReader

SCHEMA = Path(__file__).parents[2] / "docs/schemas/places.json"


def places(run_with, scan, workspace):
    result = digitise_here(run_with(FakeReader(placed=True)), [scan], "2")
    return document_places(document_state(workspace, result["documents"][0]["id"]), default_resources())


def test_places_are_coded_with_page_span_and_box(run_with, scan, workspace):
    found = places(run_with, scan, workspace)
    jsonschema.validate(places_object([found]), json.loads(SCHEMA.read_text()))
    [body, province] = found.mentions
    assert (province.code, province.page, province.status) == ("50", 2, PlaceStatus.EXACT)
    assert TEXT[province.span.start : province.span.end] == "เชียงใหม่"
    assert TEXT[body.span.start : body.span.end] == "ป่าบง"
    assert body.box is not None


def test_the_report_lists_the_places_of_each_page(run_with, scan, workspace):
    result = digitise_here(run_with(FakeReader()), [scan], "2")
    report = Path(result["documents"][0]["report"]).read_text()
    assert "Places: 2 exact" in report
    assert "ตำบลป่าบง อำเภอสารภี จังหวัดเชียงใหม่" in report


def test_a_word_of_the_user_changes_the_dictionaries_on_record(run_with, scan, workspace):
    digitise_here(run_with(FakeReader()), [scan], "1")
    (workspace.path / "dictionaries").mkdir()
    (workspace.path / "dictionaries" / "own.txt").write_text("word: ป่าบง\n")
    digitise_here(run_with(FakeReader()), [scan], "1")
    versions = [one.payload["dictionaries"] for one in workspace.ledger.records(kind="findings")]
    assert len(set(versions)) == 2, "a changed dictionary proposes again"
    assert len(list(workspace.ledger.records(kind="page"))) == 1, "without reading again"
