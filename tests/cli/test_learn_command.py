"""`chamra learn` on a workspace that was read, decided and is read again."""

import json
from pathlib import Path

import jsonschema

from model.decision import Who
from model.errors import Exit
from model.state import Outcome
from pipeline.local import digitise_here
from review.decide import reject
from review.state import document_ids, document_state
from tests.pipeline.fake_reader import FakeReader

SOMCHAI = Who("สมชาย", "somchai", claimed=True)
SCHEMA = Path("docs/schemas/learn.json")


def proposals(workspace):
    (document,) = document_ids(workspace)
    return document, [
        (page.number, proposal, page.outcomes[proposal.id])
        for page in document_state(workspace, document).pages
        if page.findings
        for proposal in page.findings.proposals
    ]


def test_what_is_rejected_is_rejected_on_like_pages_and_learned_on_request(run_with, scan, workspace, chamra):
    digitise_here(run_with(FakeReader(), rules="ENC001=review"), [scan])
    document, found = proposals(workspace)
    assert len(found) == 3
    reject(workspace, document, [f"1:{found[0][1].id}", f"2:{found[1][1].id}"], SOMCHAI)
    digitise_here(run_with(FakeReader(), rules="ENC001=review"), [scan])
    assert [outcome for _, _, outcome in proposals(workspace)[1]] == [Outcome.REJECTED] * 3

    status, out, _ = chamra("learn", "-w", workspace.path)
    assert status == Exit.DONE
    assert "leave:" in out
    assert "nothing is changed" in out
    assert not (workspace.path / "dictionaries").exists()

    status, out, _ = chamra("learn", "-w", workspace.path, "--apply", "--json")
    assert status == Exit.DONE
    told = json.loads(out)
    jsonschema.validate(told, json.loads(SCHEMA.read_text("utf-8")))
    assert told["applied"]
    assert told["decisions"] == 2
    (left,) = told["leave"]
    assert left["rejected"] == 2

    digitise_here(run_with(FakeReader(), rules="ENC001=review"), [scan])
    assert proposals(workspace)[1] == []
    assert "nothing new to learn" in chamra("learn", "-w", workspace.path)[1]


def test_asked_to_a_run_proposes_anew_what_was_rejected(run_with, scan, workspace):
    digitise_here(run_with(FakeReader(), rules="ENC001=review"), [scan])
    document, found = proposals(workspace)
    reject(workspace, document, [f"1:{found[0][1].id}"], SOMCHAI)
    digitise_here(run_with(FakeReader(), rules="ENC001=review", ask_again=True), [scan])
    assert [outcome for _, _, outcome in proposals(workspace)[1]] == [
        Outcome.REJECTED,
        Outcome.OPEN,
        Outcome.OPEN,
    ]
