"""The ledger as a log that others watch, at the command line: checkpoints, proofs, witnesses, time stamps."""

import json

import pytest

from ledger.chain import record_sha256
from ledger.checkpoint import checkpoint_from, checkpoints_beside, read_checkpoints, verify_checkpoints
from ledger.events.signed_off import SignedOff
from ledger.merkle import Inclusion, included, record_leaf
from ledger.note import WITNESS, note_from, note_key_from
from ledger.timestamp import read_timestamps, timestamps_beside, verify_timestamp
from model.errors import Exit, UsageError
from review.decide import accept_remaining
from review.ledger_part import ledger_part
from review.sign import sign
from tests.ledger import raw
from tests.review.house import MALEE, SOMCHAI
from tests.review.tamper import rewrite
from tests.time_authority import TimeAuthority
from workspace.workspace import Workspace


@pytest.fixture
def signed(house):
    house.two_pages()
    accept_remaining(house.ws, house.document, SOMCHAI)
    accept_remaining(house.ws, house.document, MALEE)
    sign(house.ws, house.document, MALEE)
    return house


def beside(house):
    return checkpoints_beside(house.ws.anchors[0])


def checkpoints(house):
    found = [one for _, one in read_checkpoints(beside(house))]
    return [one for one in found if one is not None]


def test_every_sign_off_writes_a_checkpoint_up_to_it(signed):
    (first,) = checkpoints(signed)
    assert first.sound
    assert first.checkpoint.size == signed.ws.ledger.newest(SignedOff).seq
    sign(signed.ws, signed.document, MALEE)  # nothing to sign, nothing to write
    assert len(checkpoints(signed)) == 1
    raw.append(signed.ws.ledger, "policy", {"name": "mine-1", "text": "", "who": {}})
    raw.sign(signed.ws.ledger)
    signed.ws.anchor()
    found = checkpoints(signed)
    assert [one.checkpoint.size for one in found] == [first.checkpoint.size, first.checkpoint.size + 2]
    assert verify_checkpoints(found, signed.ws.id, signed.ws.ledger.hashes()) == []


def test_a_checkpoint_that_was_cut_off_is_written_again(signed):
    path = beside(signed)
    path.write_bytes(path.read_bytes()[:-40])
    assert [one for _, one in read_checkpoints(path)] == [None]
    signed.ws.anchor()
    (again,) = checkpoints(signed)
    assert again.sound


def changed(rows):
    """Another note in a decision."""
    decision = next(row for row in rows if row["kind"] == "decision")
    decision["payload"]["note"] = "changed"
    return rows


def test_a_rewritten_ledger_is_not_the_one_of_its_checkpoints(signed):
    found = checkpoints(signed)
    rewrite(signed.ws, changed, rehash=True)
    (fault,) = verify_checkpoints(found, signed.ws.id, signed.ws.ledger.hashes())
    assert "another than its checkpoint" in fault.reason


def test_each_record_of_a_document_is_proven_without_the_others(chamra, signed, tmp_path):
    raw.append(signed.ws.ledger, "policy", {"name": "mine-1", "text": "", "who": {}})
    file = tmp_path / "proofs.json"
    assert chamra("ledger", "prove", signed.document, "-w", signed.ws.path, "-o", file)[0] == Exit.DONE
    body = json.loads(file.read_text())
    note, key = note_from(body["checkpoint"]), note_key_from(body["key"])
    checkpoint = checkpoint_from(note.text)
    assert note.signed_by(key)
    paths = {one["seq"]: one for one in body["proofs"]}
    own = list(signed.ws.ledger.records(document=signed.document))
    assert {one.seq for one in own} <= {one["seq"] for one in body["records"]}
    for record in body["records"]:
        text = json.dumps(record["payload"], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        leaf = record_leaf(
            record_sha256(record["seq"], record["when"], record["kind"], text, record["previous"])
        )
        path = tuple(paths[record["seq"]]["path"])
        assert included(leaf, Inclusion(record["seq"] - 1, checkpoint.size, path), checkpoint.root)


def test_without_an_anchor_file_nothing_is_proven_and_the_remedy_is_told(signed):
    signed.ws.anchors = ()
    with pytest.raises(UsageError, match="names no anchor file"):
        ledger_part(signed.ws, signed.document)


def test_a_witness_signs_what_goes_on_from_what_it_saw_and_nothing_else(chamra, signed, tmp_path):
    first, second, third = (tmp_path / name for name in ("first", "second", "third"))
    seen, key, place = tmp_path / "seen", tmp_path / "witness.key", signed.ws.path
    own = ("--seen", seen, "--key", key, "--name", "archive")
    status, out, said = chamra("ledger", "checkpoint", "-w", place, "-o", first)
    log = said.strip().rpartition(" ")[2]
    assert chamra("ledger", "cosign", first, *own)[0] == Exit.BAD_INPUT  # whose log?
    status, out, said = chamra("ledger", "cosign", first, *own, "--log-key", log)
    witness = note_key_from(said.strip().rpartition(" ")[2])
    assert (status, witness.kind) == (Exit.DONE, WITNESS)
    assert note_from(out).cosigned_at(witness)
    raw.sign(signed.ws.ledger)
    assert chamra("ledger", "consistency", first, "-w", place, "-o", second)[0] == Exit.DONE
    status, out, _ = chamra("ledger", "cosign", second, *own)
    assert (status, checkpoint_from(note_from(out).text).size) == (Exit.DONE, signed.ws.ledger.head().seq)
    assert (
        chamra("ledger", "cosign", second, *own)[0] == Exit.WORKSPACE
    )  # begins at what is not the newest any more
    (tmp_path / "cosigned").write_text(out)
    rewrite(signed.ws, changed, rehash=True)
    beside(signed).unlink()
    asked = ("ledger", "consistency", tmp_path / "cosigned", "-w", place, "-o", third)
    assert chamra(*asked)[0] == Exit.WORKSPACE  # the anchors have another record
    for anchors in signed.ws.anchors:
        anchors.unlink()
    status, out, said = chamra(*asked)
    assert (status, third.exists()) == (Exit.NEEDS_A_PERSON, False)
    assert "does NOT go on" in said
    assert chamra("ledger", "consistency", key, "-w", place)[0] == Exit.BAD_INPUT


def test_nobody_is_asked_for_a_time_stamp_unless_it_is_set(chamra, signed, monkeypatch):
    monkeypatch.delenv("CHAMRA_TSA", raising=False)
    assert chamra("ledger", "timestamp", "-w", signed.ws.path)[0] == Exit.USAGE
    assert not timestamps_beside(signed.ws.anchors[0]).exists()


def test_an_authority_that_is_set_stamps_every_sign_off_and_its_answer_is_kept(
    chamra, house, tmp_path, monkeypatch
):
    authority = TimeAuthority(tmp_path / "authority")
    house.two_pages()
    accept_remaining(house.ws, house.document, SOMCHAI)
    accept_remaining(house.ws, house.document, MALEE)
    monkeypatch.setenv("CHAMRA_TSA_CA", str(authority.ca))
    with authority.serving() as url:
        monkeypatch.setenv("CHAMRA_TSA", url)
        done = sign(house.ws, house.document, MALEE)
        head = house.ws.ledger.head()
        assert (done.stamped and done.stamped.seq, done.not_stamped) == (head.seq, "")
        status, out, _ = chamra("ledger", "timestamp", "-w", house.ws.path)
        assert (status, "CN=Test root" in out) == (Exit.DONE, True)
    (_, kept), _ = read_timestamps(timestamps_beside(house.ws.anchors[0]))
    assert kept is not None
    verify_timestamp(kept.answer, bytes.fromhex(kept.head), authority.ca.read_bytes())
    assert (kept.seq, kept.head) == (head.seq, head.sha256)


def test_an_authority_that_does_not_answer_keeps_nobody_from_signing(house, tmp_path, monkeypatch):
    house.two_pages()
    accept_remaining(house.ws, house.document, SOMCHAI)
    accept_remaining(house.ws, house.document, MALEE)
    monkeypatch.setenv("CHAMRA_TSA", "http://127.0.0.1:9/")
    monkeypatch.setenv("CHAMRA_TSA_CA", __file__)
    done = sign(house.ws, house.document, MALEE)
    assert len(done.signoffs) == 2
    assert "does not answer" in done.not_stamped


def test_an_answer_that_somebody_else_has_fetched_is_kept_if_it_is_about_this_ledger(
    chamra, signed, tmp_path, monkeypatch
):
    authority = TimeAuthority(tmp_path / "authority")
    monkeypatch.setenv("CHAMRA_TSA_CA", str(authority.ca))
    query, answer = tmp_path / "head.tsq", tmp_path / "head.tsr"
    chamra("ledger", "timestamp-request", query, "-w", signed.ws.path)
    answer.write_bytes(authority.answer(query.read_bytes()))
    status, out, _ = chamra("ledger", "timestamp", "--answer", answer, "-w", signed.ws.path)
    assert (status, f"record {signed.ws.ledger.head().seq} was there" in out) == (Exit.DONE, True)
    with Workspace.open(tmp_path / "other", create=True) as ws:
        ws.ledger.head()
    assert chamra("ledger", "timestamp", "--answer", answer, "-w", tmp_path / "other")[0] == Exit.BAD_INPUT
