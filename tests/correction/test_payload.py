"""What `chamra correct` prints, from findings alone."""

import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from correction.engine import propose
from correction.payload import corrected_text, correction_object, render_correction_diff
from dictionaries.lexicon import load_lexicon
from model.edit import Edit, Findings, Flag, Proposal, Safety, Span, apply_edits, text_sha256
from model.evidence import Evidence, EvidenceKind
from tests.correction.texts import ANY_TEXT, DAMAGED, reading

SCHEMA = json.loads(Path("docs/schemas/correct.json").read_text("utf-8"))

LEXICON = load_lexicon()
PLACE = "เช ียงไหม่"
PLACE_FINDINGS = Findings(
    reading_sha256=text_sha256(PLACE),
    proposals=(
        Proposal("a" * 16, "SPC001", 1, Edit(Span(2, 3), " ", ""), "A space.", (), 1.0, Safety.SAFE),
        Proposal(
            id="b" * 16,
            rule="GAZ101",
            rule_version=1,
            edit=Edit(Span(0, 10), PLACE, "เชียงใหม่"),
            message="Misspelt.",
            evidence=(Evidence(EvidenceKind.PLACE, (("จังหวัดเชียงใหม่",),), 0.9),),
            confidence=0.8,
            safety=Safety.REVIEW,
            alternatives=("เชียงราย",),
            supersedes=("a" * 16,),
        ),
    ),
    flags=(Flag("c" * 16, "LOW001", Span(9, 10), "Hard to read."),),
    ruleset="1",
    dictionaries="1",
)


def test_the_object_holds_what_stands_and_the_flags():
    assert correction_object(PLACE, PLACE_FINDINGS, LEXICON) == {
        "schema": "chamra/correct/1",
        "text_sha256": text_sha256(PLACE),
        "diagnosis": [],
        "proposals": [
            {
                "id": "b" * 16,
                "rule": "GAZ101",
                "start": 0,
                "end": 10,
                "before": PLACE,
                "after": "เชียงใหม่",
                "safety": "review",
                "confidence": 0.8,
                "message": "Misspelt.",
                "evidence": [{"kind": "place", "values": {"place": ["จังหวัดเชียงใหม่"]}, "score": 0.9}],
                "alternatives": ["เชียงราย"],
            }
        ],
        "flags": [{"rule": "LOW001", "start": 9, "end": 10, "message": "Hard to read."}],
    }


def test_nothing_what_is_safe_or_all_that_stands_is_applied():
    assert corrected_text(PLACE, PLACE_FINDINGS, "none") == PLACE
    assert corrected_text(PLACE, PLACE_FINDINGS, "safe") == "เชียงไหม่"
    assert corrected_text(PLACE, PLACE_FINDINGS, "all") == "เชียงใหม่"


def test_there_is_no_other_way_to_accept():
    with pytest.raises(ValueError, match="'most'"):
        corrected_text(PLACE, PLACE_FINDINGS, "most")


@pytest.mark.parametrize(
    "use",
    [
        lambda text, findings: correction_object(text, findings, LEXICON),
        lambda text, findings: render_correction_diff(text, findings, LEXICON),
        lambda text, findings: corrected_text(text, findings, "none"),
    ],
)
def test_findings_about_another_text_are_refused(use):
    with pytest.raises(ValueError, match="another text"):
        use("กขค", PLACE_FINDINGS)


@given(st.one_of(ANY_TEXT, DAMAGED))
def test_the_object_keeps_its_schema_and_survives_being_written(text):
    made = correction_object(text, propose(reading(text), strict=True), LEXICON)
    jsonschema.validate(made, SCHEMA)
    assert json.loads(json.dumps(made, ensure_ascii=False)) == made


@given(DAMAGED)
def test_applying_the_objects_proposals_gives_the_text_with_all_accepted(text):
    findings = propose(reading(text), strict=True)
    made = json.loads(json.dumps(correction_object(text, findings, LEXICON)))
    edits = [Edit(Span(p["start"], p["end"]), p["before"], p["after"]) for p in made["proposals"]]
    assert apply_edits(text, edits) == corrected_text(text, findings, "all")


def test_the_schema_refuses_what_the_object_never_holds():
    made = correction_object(PLACE, PLACE_FINDINGS, LEXICON)
    for broken in (
        {**made, "extra": 1},
        {**made, "schema": "chamra/correct/2"},
        {"schema": "chamra/correct/1"},
    ):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(broken, SCHEMA)


def test_newlines_stay_as_they_are():
    text = "ตําบล\r\nอําเภอ\n\fจังหวัด\r"
    findings = propose(reading(text), strict=True)
    assert corrected_text(text, findings, "safe") == "ตำบล\r\nอำเภอ\n\fจังหวัด\r"
