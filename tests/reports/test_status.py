import io
import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from rich.console import Console

from model.edit import Safety
from model.state import DocumentState, Outcome, Stage
from reports.scorecard import family_of, histogram, scorecard
from reports.status import show_status, status_object
from tests.reports.sample_document import sample

SCHEMA = json.loads(Path("docs/schemas/status.json").read_text("utf-8"))


def printed(state: DocumentState) -> str:
    file = io.StringIO()
    show_status(state, Console(file=file, width=140))
    return file.getvalue()


def test_status_is_what_its_schema_says() -> None:
    state, _ = sample()
    jsonschema.validate(status_object([state]), SCHEMA)
    jsonschema.validate(status_object([]), SCHEMA)


def test_a_document_is_counted_by_page_and_finding() -> None:
    state, _ = sample()
    document = status_object([state])["documents"][0]
    assert document["stages"] == {
        "missing": 1, "failed": 1, "waived": 1, "waiting": 1,
        "decided": 1, "countersign": 0, "signed": 0, "published": 1
    }  # fmt: skip
    assert (document["requested"], document["read"], document["blank"]) == (6, 3, 1)
    assert document["waiting"] == 3
    assert document["families"]["GAZ"]["outcomes"]["second"] == 1
    assert document["families"]["DIG"]["levels"] == {"flag": 1, "review": 0, "safe": 0}


def test_letters_are_counted_without_white_space() -> None:
    state, _ = sample()
    page = state.pages[1]
    assert page.page
    expected = len("".join(page.page.reading.text.split()))
    assert scorecard(replace(state, pages=(page,))).letters == expected


def test_the_share_of_letters_with_low_confidence_leaves_out_white_space() -> None:
    state, _ = sample()
    card = scorecard(replace(state, pages=state.pages[:1]))
    assert state.pages[0].page
    letters = "".join(state.pages[0].page.reading.text.split())
    low = sum(letter in "๒๕" for letter in letters)
    assert card.low_share == pytest.approx(low / len(letters))


def test_families_count_levels_and_outcomes() -> None:
    state, _ = sample()
    families = {family.family: family for family in scorecard(state).families}
    assert families["ENC"].by_safety[Safety.SAFE] == families["ENC"].findings
    assert families["LEX"].by_outcome[Outcome.EDITED] == 1
    assert families["LEX"].by_outcome[Outcome.BEATEN] == 1
    assert family_of("ENC001") == "ENC"


def test_the_histogram_puts_a_whole_one_into_the_last_bin() -> None:
    assert histogram([0.0, 0.05, 0.95, 1.0]) == (2, 0, 0, 0, 0, 0, 0, 0, 0, 2)


def test_one_document_is_shown_page_by_page_with_the_reason_of_each_failure() -> None:
    state, _ = sample()
    shown = printed(state)
    assert "Tesseract was stopped after 300 seconds." in shown
    assert "blank" in shown
    assert "3 wait for a person" in shown


def test_a_name_is_no_markup() -> None:
    state, _ = sample()
    assert "รายงาน[bold].pdf" in printed(replace(state, name="รายงาน[bold].pdf"))


def test_a_page_stage_without_pages_is_zero_not_absent() -> None:
    state, _ = sample()
    stages = status_object([replace(state, pages=())])["documents"][0]["stages"]
    assert stages == {str(stage): 0 for stage in Stage}


def test_the_errors_expected_on_a_page_come_with_their_range() -> None:
    state, _ = sample()
    expected = [page["expected_errors"] for page in status_object([state])["documents"][0]["pages"]]
    assert {"likely": 12.4, "low": 7.6, "high": 18.2} in expected
    assert None in expected
    assert "12 (8–18)" in printed(state)
