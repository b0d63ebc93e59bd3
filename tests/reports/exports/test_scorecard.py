"""The scorecard as JSON: the schema describes it, its sums are those of its pages, each page has one way to go."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from model.edit import Expectation
from model.errors import UsageError
from model.publication import Edition
from pipeline.settings import Settings
from reports.exports.scorecard import DEFAULT_UNREADABLE, UNREADABLE
from tests.reports.round_trip import exported
from tests.reports.sample_document import edition, finished, sample

SCHEMA = json.loads((Path(__file__).parents[3] / "docs/schemas/scorecard.json").read_text("utf-8"))


def card(found: Edition) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(exported("scorecard", replace(found, layer="raw")))
    jsonschema.validate(made, SCHEMA)
    return made


def test_every_page_has_its_way_and_the_sums_are_those_of_the_pages() -> None:
    found = card(edition(sample()[0]))
    routes = {page["page"]: page["route"] for page in found["pages"]}
    assert routes == {1: "review", 2: "pass", 3: "sign", 4: "rescan", 5: "pass", 6: "read"}
    assert found["routes"] == {"read": 1, "rescan": 1, "review": 1, "sign": 1, "pass": 2}
    for name in ("letters", "proposals", "flags", "waiting"):
        assert found[name] == sum(page[name] for page in found["pages"])
    assert found["expected"] == {"letters": 1800, "errors": 24.8, "low": 15.2, "high": 36.4}


@pytest.mark.parametrize(("rate", "route"), [("0.5", "review"), ("0.39", "rescan"), ("1", "review")])
def test_a_page_of_which_too_much_is_thought_wrong_is_scanned_again(monkeypatch, rate, route) -> None:
    monkeypatch.setenv("CHAMRA_UNREADABLE", rate)
    state, _ = sample()
    first = state.pages[0]
    assert first.findings
    bad = replace(first, findings=replace(first.findings, expected=Expectation(100, 40.0, 30.0, 50.0)))
    found = card(edition(replace(state, pages=(bad, *state.pages[1:]))))
    assert found["pages"][0]["route"] == route
    assert found["rescan_rate"] == float(rate)


def test_a_signed_page_is_not_sent_back_by_a_number(monkeypatch) -> None:
    monkeypatch.setenv("CHAMRA_UNREADABLE", "0")
    assert {page["route"] for page in card(finished())["pages"]} == {"pass"}


@pytest.mark.parametrize("rate", ["viel", "-0.1", "2", "nan"])
def test_a_rate_that_is_none_is_refused(monkeypatch, rate) -> None:
    monkeypatch.setenv("CHAMRA_UNREADABLE", rate)
    with pytest.raises(UsageError, match="CHAMRA_UNREADABLE"):
        card(finished())


def test_the_gate_is_the_one_that_a_run_obeys() -> None:
    assert Settings.model_fields["unreadable"].default == DEFAULT_UNREADABLE
    assert f"{Settings.model_config['env_prefix']}UNREADABLE" == UNREADABLE
