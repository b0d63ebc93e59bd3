"""The ledger as a file, at the command line."""

import json
from pathlib import Path

import jsonschema
import pytest

from model.errors import Exit
from tests.ledger import raw
from workspace.workspace import Workspace

SCHEMAS = Path(__file__).parents[2] / "docs" / "schemas"


@pytest.fixture
def place(tmp_path):
    with Workspace.open(tmp_path / "archive", create=True) as ws:
        raw.sign(ws.ledger)
        ws.anchor()
    return tmp_path / "archive"


def test_an_export_to_standard_output_is_the_file(chamra, place, tmp_path):
    file = tmp_path / "ledger.jsonl"
    assert chamra("ledger", "export", "-w", place, "-o", file) == (Exit.DONE, f"{file}\n", "")
    assert chamra("ledger", "export", "-w", place) == (Exit.DONE, file.read_text(), "")
    anchors = tmp_path / "archive.anchors.log"
    status, out, _ = chamra("ledger", "verify", file, "--anchors", anchors)
    assert status == Exit.DONE
    assert f"{anchors}: agrees up to record 2; 0 records came after it" in out


def test_verifying_ends_with_a_status_that_a_script_can_ask(chamra, place, tmp_path):
    file = tmp_path / "ledger.jsonl"
    chamra("ledger", "export", "-w", place, "-o", file)
    file.write_text(file.read_text().replace('"page":1', '"page":2'))
    status, out, _ = chamra("ledger", "verify", file, "--json")
    assert status == Exit.NEEDS_A_PERSON
    found = json.loads(out)
    jsonschema.validate(found, json.loads((SCHEMAS / "ledger-verify.json").read_text()))
    assert [one["record"] for one in found["faults"]] == [2]
    assert "does NOT hold" in chamra("ledger", "verify", file)[1]


def test_a_workspace_is_verified_with_its_own_anchors(chamra, place):
    status, out, _ = chamra("ledger", "verify", "-w", place, "--json")
    assert status == Exit.DONE
    assert [one["newest"]["seq"] for one in json.loads(out)["anchors"]] == [2]


@pytest.mark.parametrize(
    "arguments", [[], ["x.jsonl"], ["x.jsonl", "-w", "."], ["-w", ".", "--anchors", "no"]]
)
def test_what_cannot_be_meant_is_refused(chamra, monkeypatch, tmp_path, arguments):
    monkeypatch.chdir(tmp_path)
    assert chamra("ledger", "verify", *arguments)[0] == Exit.USAGE


def test_a_time_stamp_is_asked_for_the_newest_record(chamra, place, tmp_path):
    status, out, _ = chamra("ledger", "timestamp-request", tmp_path / "head.tsq", "-w", place)
    with Workspace.open(place, readonly=True) as ws:
        head = ws.ledger.head()
    assert status == Exit.DONE
    assert head.sha256 in out
    assert bytes.fromhex(head.sha256) in (tmp_path / "head.tsq").read_bytes()


def test_a_lost_ledger_is_restored_and_never_over_another(chamra, place, tmp_path):
    file = tmp_path / "ledger.jsonl"
    chamra("ledger", "export", "-w", place, "-o", file)
    assert chamra("ledger", "restore", file, "-w", place)[0] == Exit.WORKSPACE
    (place / "ledger.sqlite").unlink()
    assert chamra("audit", "-w", place)[0] == Exit.WORKSPACE
    assert chamra("ledger", "restore", file, "-w", place)[0] == Exit.DONE
    assert chamra("ledger", "export", "-w", place)[1] == file.read_text()
    file.write_text("no export\n")
    (place / "ledger.sqlite").unlink()
    assert chamra("ledger", "restore", file, "-w", place)[0] == Exit.BAD_INPUT
