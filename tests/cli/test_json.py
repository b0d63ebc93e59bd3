"""Every command has a form that a program may read: one JSON object that its schema describes."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import typer

from cli.app import app
from model.errors import Exit
from tests.review.house import House
from tests.workspace import samples

SCHEMAS = Path(__file__).parents[2] / "docs/schemas"
COMMANDS = json.loads((SCHEMAS / "commands.json").read_text("utf-8"))

WITHOUT = {
    "review", "up",  # these serve until they are ended
    "demo",  # shows other commands
    "correct", "tables",  # `--format json`
    "ledger export", "ledger prove", "ledger consistency",  # write JSON
    "ledger checkpoint", "ledger cosign",  # write signed notes
}  # fmt: skip


def leaves(command: Any, name: str = "") -> dict[str, Any]:
    inner = getattr(command, "commands", None)
    if inner is None:
        return {name: command}
    found: dict[str, Any] = {}
    for word, one in inner.items():
        found |= leaves(one, f"{name} {word}".strip())
    return found


def test_every_command_prints_json_where_it_is_asked_to():
    have = {name: {opt for one in command.params for opt in one.opts} for name, command in
            leaves(typer.main.get_command(app)).items()}  # fmt: skip
    assert {name for name, options in have.items() if "--json" not in options} == WITHOUT
    assert all("--format" in have[name] for name in ("correct", "tables"))


@pytest.fixture
def place(tmp_path):
    house = House(tmp_path)
    house.two_pages()
    house.ws.close()
    return house.ws.path


def said(run: tuple[int, str, str], status: int = Exit.DONE) -> dict[str, Any]:
    assert run[0] == status, run
    found: dict[str, Any] = json.loads(run[1])
    jsonschema.validate(found, COMMANDS)
    return found


def test_the_way_of_a_document_is_told_in_json(chamra, place):
    who, at = ("--who", "มาลี"), ("-w", place)
    assert said(chamra("init", *at, "--json"))["workspace"] == str(place)
    raw = said(chamra("text", "ประกาศ.pdf", *at, "--layer", "raw", "--json"))
    assert [one["page"] for one in raw["pages"]] == [1, 2]
    decided = said(chamra("decide", "ประกาศ.pdf", *at, *who, "--accept-remaining", "--json"))
    assert decided["decisions"] > 0
    assert decided["waits"]  # a place that contradicts others takes two people
    asked = said(chamra("require", "ประกาศ.pdf", *at, *who, "--signatures", "1", "--json"))
    assert (asked["signatures"], asked["keyed"]) == (1, False)
    returned = said(chamra("return", "ประกาศ.pdf", "2", "ดูใหม่", *at, *who, "--json"))
    assert (returned["page"], returned["answered"]) == (2, False)
    assert said(chamra("return", "ประกาศ.pdf", "2", "ดูแล้ว", "--done", *at, *who, "--json"))["answered"]


def test_signing_and_taking_back_are_told_in_json(chamra, tmp_path):
    house = House(tmp_path)
    house.source(1)
    house.read(1, "ประกาศ", samples.findings("ประกาศ"))
    house.ws.close()
    at = ("ประกาศ.pdf", "-w", house.ws.path, "--who", "มาลี", "--json")
    assert said(chamra("sign", *at))["pages"] == [1]
    assert said(chamra("revoke", "ประกาศ.pdf", "1", *at[1:], "--reason", "ผิด"))["pages"] == [1]


def test_housekeeping_is_told_in_json(chamra, place, tmp_path):
    at = ("-w", place)
    backup = said(chamra("backup", tmp_path / "copy", *at, "--json"))
    restored = said(chamra("restore", tmp_path / "copy", "-w", tmp_path / "anew", "--json"))
    assert (restored["records"], restored["head"], restored["bad"]) == (backup["records"], backup["head"], [])
    chamra("ledger", "export", *at, "-o", tmp_path / "all.jsonl")
    (tmp_path / "anew" / "ledger.sqlite").unlink()
    made = said(chamra("ledger", "restore", tmp_path / "all.jsonl", "-w", tmp_path / "anew", "--json"))
    assert made["records"] == backup["records"]
    asked = said(chamra("ledger", "timestamp-request", tmp_path / "request", *at, "--json"))
    assert asked["record"] == backup["records"]
    assert said(chamra("tidy", *at, "--dry-run", "--json"))["dry_run"] is True
    assert said(chamra("upgrade", *at, "--dry-run", "--json"))["needed"] is False


def test_the_doctor_says_at_what_it_has_not_looked(chamra, tmp_path, monkeypatch):
    for name in ("CHAMRA_INBOX", "PREFECT_API_URL", "CHAMRA_REVIEW_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.delenv("CHAMRA_WORKSPACE", raising=False)
    _, before_all, _ = chamra("doctor")
    assert "workspace: " not in before_all
    assert before_all.splitlines()[-1].startswith(
        "-     not looked at, for they were not named: the workspace (-w)"
    )
    assert chamra("doctor", "--inbox", str(tmp_path))[0] == Exit.USAGE
    _, alone, _ = chamra("doctor", "-w", str(tmp_path))
    assert "the inbox (--inbox), the Prefect server (--server), the review page (--review)" in alone
    _, named, _ = chamra(
        "doctor", "-w", str(tmp_path), "--inbox", str(tmp_path), "--review", "http://127.0.0.1:9"
    )
    assert named.splitlines()[-1].endswith("not named: the Prefect server (--server)")


def test_what_dictionaries_say_is_told_in_json(chamra):
    known = said(chamra("dictionaries", "explain", "ละงู", "--json"))
    assert known["entries"]
    assert said(chamra("dictionaries", "explain", "ฟหกด", "--json"), Exit.NEEDS_A_PERSON)["entries"] == []
    assert said(chamra("dictionaries", "check", "--json"))["complaints"] == []
