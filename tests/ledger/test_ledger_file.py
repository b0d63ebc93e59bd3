"""The ledger as a file: our own verification and the one that the documentation gives agree."""

import hashlib
import json
import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from ledger.canonical import canonical_json
from ledger.export_file import export_lines, read_lines, workspace_of
from ledger.ledger import Ledger
from ledger.verify import verification_object, verify
from model.decision import Who
from tests.ledger import raw
from tests.workspace.samples import Ticking
from workspace.workspace import Workspace

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "docs" / "schemas" / "ledger-verify.json").read_text())
SOMCHAI = {"name": "สมชาย", "account": "somchai", "claimed": True}


@pytest.fixture
def program(tmp_path):
    """The program that `docs/ledger.md` gives to outsiders."""
    text = (ROOT / "docs" / "ledger.md").read_text(encoding="utf-8")
    (source,) = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    assert len([line for line in source.splitlines() if line.strip()]) <= 50
    path = tmp_path / "verifier.py"
    path.write_text(source, encoding="utf-8")
    return path


@pytest.fixture
def place(tmp_path):
    """A workspace with a signed page, an anchor at its sign-off and one record after it."""
    folder = tmp_path / "archive"
    with Workspace.open(folder, create=True, clock=Ticking()) as ws:
        document = "d" * 64
        raw.append(
            ws.ledger, "decision", {"document": document, "page": 2, "after": 'ก"\\\n\x01\x7f', "n": None}
        )
        raw.append(ws.ledger, "decision", {"document": document, "page": 1, "who": SOMCHAI})
        raw.sign(ws.ledger, document, who=Who("สมชาย", "somchai", claimed=True))
        ws.anchor()
        raw.append(ws.ledger, "decision", {"document": document, "page": 2, "who": SOMCHAI})
    return folder


@pytest.fixture
def exported(place, tmp_path):
    path = tmp_path / "ledger.jsonl"
    with Workspace.open(place, readonly=True) as ws:
        path.write_bytes(b"".join(export_lines(ws.ledger.rows())))
    return path


def both(program, file, place):
    """The verdict of the documented program and of our own, which must be the same."""
    anchors = place.with_name("archive.anchors.log")
    told = subprocess.run(
        [sys.executable, "-I", program, file, anchors], capture_output=True, text=True, check=False
    )
    assert told.returncode in (0, 1), told.stderr
    with file.open("rb") as lines:
        found = verify(read_lines(lines), json.loads((place / "workspace.json").read_text())["id"], [anchors])
    jsonschema.validate(verification_object(found), SCHEMA)
    assert found.holds == (told.returncode == 0), (told.stdout, found)
    return found


def records(file):
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def write(file, rows):
    file.write_bytes(b"".join(canonical_json(row) + b"\n" for row in rows))


def rehashed(rows):
    previous = "0" * 64
    for number, row in enumerate(rows, start=1):
        row |= {"seq": number, "previous": previous}
        body = {name: row[name] for name in row if name != "sha256"}
        row["sha256"] = previous = hashlib.sha256(canonical_json(body)).hexdigest()
    return rows


def test_an_export_holds_up_to_the_anchor_and_says_what_came_after(program, exported, place):
    found = both(program, exported, place)
    assert found.holds
    assert found.head.seq == 5
    (anchored,) = found.anchors
    assert anchored.agrees
    assert anchored.newest is not None
    assert anchored.newest.seq == 4


def test_an_export_is_the_same_whenever_it_is_written(exported, place):
    with Workspace.open(place) as ws:
        assert b"".join(export_lines(ws.ledger.rows())) == exported.read_bytes()
        with exported.open("rb") as lines:
            assert workspace_of(lines) == ws.id
        with exported.open("rb") as lines:
            assert list(read_lines(lines)) == list(ws.ledger.rows())


def who_changed(rows):
    rows[2]["payload"]["who"]["name"] = "มาลี"


def payload_changed(rows):
    rows[1]["payload"]["page"] = 1


def time_changed(rows):
    rows[2]["when"] = rows[1]["when"]


def order_changed(rows):
    rows[1], rows[2] = rows[2], rows[1]


def row_removed(rows):
    del rows[2]


def tail_cut(rows):
    del rows[3:]


def chain_rehashed(rows):
    rows[2]["payload"]["who"]["name"] = "มาลี"
    rehashed(rows)


def field_added(rows):
    rows[2]["note"] = "ไม่มีใครเห็น"


TAMPERINGS = [who_changed, payload_changed, time_changed, order_changed, row_removed, tail_cut,
              chain_rehashed, field_added]  # fmt: skip


@pytest.mark.parametrize("tampering", TAMPERINGS)
def test_every_tampering_before_the_anchor_is_found_by_both(program, exported, place, tampering):
    rows = records(exported)
    tampering(rows)
    write(exported, rows)
    assert not both(program, exported, place).holds


@pytest.mark.parametrize("tampering", [tail_cut, chain_rehashed])
def test_only_the_anchor_finds_a_chain_that_is_sound_in_itself(exported, tampering):
    rows = records(exported)
    tampering(rows)
    write(exported, rows)
    with exported.open("rb") as lines:
        assert verify(read_lines(lines), rows[0]["payload"]["workspace"], []).holds


def test_what_comes_after_the_newest_anchor_is_proven_as_a_chain_only(program, exported, place):
    rows = records(exported)
    rows[4]["payload"]["page"] = 9
    write(exported, rehashed(rows))
    found = both(program, exported, place)
    assert found.holds
    assert found.anchors[0].newest.seq == 4 < found.head.seq


def test_an_anchor_file_of_another_workspace_proves_nothing_and_is_a_fault_where_it_was_brought(
    exported, tmp_path
):
    other = tmp_path / "others.log"
    other.write_text(
        '{"head":"%s","schema":"chamra/anchor/1","seq":1,"when":"x","workspace":"other"}\n' % ("0" * 64)
    )
    workspace = records(exported)[0]["payload"]["workspace"]
    for brought in (False, True):
        with exported.open("rb") as lines:
            found = verify(read_lines(lines), workspace, [other], brought=brought)
        assert found.holds is not brought
    assert "has no anchor of this workspace" in found.anchors[0].faults[0].reason


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data.replace(b'"page":2', b'"page": 2', 1),
        lambda data: data.replace(b'"kind"', b'"\\u006bind"', 1),
        lambda data: data.replace(b"\n", b"\r\n", 1),
        lambda data: data[:-1],
    ],
)
def test_a_line_in_another_form_is_found_by_both(program, exported, place, spoil):
    exported.write_bytes(spoil(exported.read_bytes()))
    assert not both(program, exported, place).holds


@pytest.mark.parametrize(
    "junk", [b"[]\n", b"{}\n", b"1\n", b"\xff\n", b'{"seq":"1"}\n', b"[" * 5000 + b"\n", b""]
)
def test_what_is_no_export_does_not_hold_and_does_not_stop_us(tmp_path, junk):
    path = tmp_path / "junk.jsonl"
    path.write_bytes(junk)
    with path.open("rb") as lines:
        assert not verify(read_lines(lines), "", []).holds


def test_the_documented_program_reads_the_sqlite_file_too(program, place, tmp_path):
    copy = tmp_path / "copy.sqlite"
    shutil.copy(place / "ledger.sqlite", copy)
    anchors = place.with_name("archive.anchors.log")

    def told():
        done = subprocess.run(
            [sys.executable, "-I", program, copy, anchors], capture_output=True, text=True, check=False
        )
        return done.stdout.splitlines()

    assert told() == ["The chain holds."]
    connection = sqlite3.connect(copy)
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute("UPDATE records SET page = 7 WHERE seq = 3")
    connection.commit()
    assert told() == ["record 3 is not in its form, or is filed under another page"]
    connection.execute("DELETE FROM records WHERE seq > 3")
    connection.commit()
    connection.close()
    assert told()[-1] == "the ledger is not the one that was anchored at record 4"


def test_a_damaged_record_comes_out_as_it_lies_there(place, tmp_path):
    connection = sqlite3.connect(place / "ledger.sqlite")
    connection.execute("DROP TRIGGER records_refuse_update")
    connection.execute("UPDATE records SET payload = CAST(x'7bff7d' AS TEXT) WHERE seq = 3")
    connection.commit()
    connection.close()
    ledger = Ledger(place / "ledger.sqlite", readonly=True)
    lines = list(export_lines(ledger.rows()))
    ledger.close()
    assert b'"payload":{\xff}' in lines[2]
    assert {fault.seq for fault in verify(read_lines(lines), "", []).faults} == {3, 4}
