"""Tamperings with what is recorded: rows, the chain, the anchors, the database."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from contextlib import suppress

from benchmarks.tampering_case import Catalogue, Scene
from benchmarks.tampering_house import ANONG, copy
from benchmarks.tampering_insider import Insider, Row
from ledger.sqlite import GUARDS
from model.errors import ChamraError
from review.rework import revoke
from workspace.workspace import Workspace

RECORDS = Catalogue()

_BROKEN = r"ERROR \[ledger\] .*record \d+.*(hash|missing|carry)"
_OTHER = r"ERROR \[anchor\] .*another record \d+ than the ledger has"
_CUT = r"ERROR \[anchor\] .*its tail was cut"


def _decided(rows: list[Row]) -> Row:
    """The first decision of a person about a finding."""
    return next(row for row in rows if row["kind"] == "decision" and row["payload"]["finding"])


def _set(key: str, value: object) -> Callable[[list[Row]], list[Row]]:
    def change(rows: list[Row]) -> list[Row]:
        if key == "when":
            _decided(rows)["when"] = value
        else:
            _decided(rows)["payload"][key] = value
        return rows

    return change


_SOMCHAI = {"account": "somchai", "claimed": False, "known": "login", "name": "Somchai"}


@RECORDS("a decision's who changed", _BROKEN)
def _who(scene: Scene) -> None:
    scene.insider.rewrite(_set("who", _SOMCHAI))


@RECORDS("a record's when changed", _BROKEN)
def _when(scene: Scene) -> None:
    scene.insider.rewrite(_set("when", "2020-01-01T00:00:00.000000Z"))


@RECORDS("a decision's note changed", _BROKEN)
def _note(scene: Scene) -> None:
    scene.insider.rewrite(_set("note", "seen on the page"))


@RECORDS("a decision's verdict changed", _BROKEN)
def _verdict(scene: Scene) -> None:
    scene.insider.rewrite(_set("verdict", "reject"))


@RECORDS("two records exchanged", _BROKEN)
def _exchanged(scene: Scene) -> None:
    def change(rows: list[Row]) -> list[Row]:
        first, second = rows[20], rows[21]
        for key in first.keys() - {"seq"}:
            first[key], second[key] = second[key], first[key]
        return rows

    scene.insider.rewrite(change)


@RECORDS("one record removed", _BROKEN)
def _removed(scene: Scene) -> None:
    scene.insider.rewrite(lambda rows: rows[:20] + rows[21:])


@RECORDS("tail cut after a signature's anchor", _CUT)
def _tail_after(scene: Scene) -> None:
    """What came after the newest signature goes, with the anchors of it."""
    insider = scene.insider
    last = insider.newest("signoff")["seq"]
    insider.rewrite(lambda rows: rows[:last])
    lines = insider.anchors.read_text().splitlines(keepends=True)
    insider.anchors.write_text("".join(line for line in lines if json.loads(line)["seq"] <= last))


@RECORDS("tail cut before an anchor", _CUT)
def _tail_before(scene: Scene) -> None:
    last = scene.insider.newest("signoff")["seq"] - 1
    scene.insider.rewrite(lambda rows: rows[:last])


@RECORDS("chain hashed anew, anchors as they were", _OTHER)
def _rehashed(scene: Scene) -> None:
    scene.insider.rewrite(_set("note", "seen on the page"), rehash=True)


@RECORDS("chain hashed anew with its anchors", _OTHER)
def _rehashed_anchors(scene: Scene) -> None:
    scene.insider.rewrite(_set("note", "seen on the page"), rehash=True, anchors=True)


@RECORDS("policy's text changed", _BROKEN)
def _policy(scene: Scene) -> None:
    scene.insider.rewrite(_other_policy)


@RECORDS("policy's text changed, hashed anew with anchors", rf"{_OTHER}|ERROR \[decision\] .*policy")
def _policy_rehashed(scene: Scene) -> None:
    scene.insider.rewrite(_other_policy, rehash=True, anchors=True)


def _other_policy(rows: list[Row]) -> list[Row]:
    row = next(row for row in rows if row["kind"] == "policy")
    row["payload"]["text"] = "Whatever the program finds is accepted."
    return rows


@RECORDS("old workspace in the place of the new one, anchors gone", rf"{_CUT}|ERROR \[anchor\] .*no anchor")
def _old(scene: Scene) -> None:
    insider = scene.insider
    shutil.rmtree(insider.path)
    insider.anchors.unlink()
    copy(scene.house.earlier, insider.path)
    insider.anchors.unlink()


@RECORDS("failed page removed", _BROKEN)
def _failed(scene: Scene) -> None:
    scene.insider.rewrite(_without("failed"))


@RECORDS("failed page removed, hashed anew with anchors", _OTHER)
def _failed_rehashed(scene: Scene) -> None:
    scene.insider.rewrite(_without("failed"), rehash=True, anchors=True)


def _without(kind: str) -> Callable[[list[Row]], list[Row]]:
    return lambda rows: [row for row in rows if row["kind"] != kind]


@RECORDS("page 1 names page 4's blob", r"ERROR \[page\] .*page 1: the page's blob is about another page")
def _other_blob(scene: Scene) -> None:
    insider, scan = scene.insider, scene.house.scan
    other = insider.newest("page", 4, scan)["payload"]
    insider.append("page", {**insider.newest("page", 1, scan)["payload"], "blob": other["blob"]})


@RECORDS("a record dated back", r"WARNING \[ledger\] record \d+.*clock")
def _back_dated(scene: Scene) -> None:
    insider = scene.insider
    event = insider.newest("source")["payload"]
    first = insider.rows()[0]["when"]
    insider.append("source", {**event, "requested": [1]}, first)


@RECORDS("a record dated tomorrow", r"(ERROR|WARNING) \[ledger\] record \d+.*(to come|future)")
def _tomorrow(scene: Scene) -> None:
    insider = scene.insider
    insider.append("source", insider.newest("source")["payload"], "2093-01-01T00:00:00.000000Z")


@RECORDS("triggers dropped", r"ERROR \[guard\] .*records_refuse_update")
def _dropped(scene: Scene) -> None:
    scene.insider.statement("DROP TRIGGER records_refuse_update")


@RECORDS("triggers dropped, a record changed, triggers restored", _BROKEN)
def _restored(scene: Scene) -> None:
    scene.insider.rewrite(_set("note", "nobody saw it"))


@RECORDS("an extra trigger swallows revocations", r"ERROR \[guard\] .*quiet")
def _swallowed(scene: Scene) -> None:
    insider = scene.insider
    insider.statement(
        "CREATE TRIGGER quiet BEFORE INSERT ON records WHEN NEW.kind = 'revocation' "
        "BEGIN SELECT RAISE(IGNORE); END"
    )
    # A program that reads back what it wrote refuses to go on; one that does not says that it revoked.
    with Workspace.open(insider.path) as ws, suppress(ChamraError):
        revoke(ws, scene.house.scan, [1], "wrong annex", ANONG)


@RECORDS("anchor file deleted", r"ERROR \[anchor\] .*lacks an anchor")
def _no_anchors(scene: Scene) -> None:
    scene.insider.anchors.unlink()


@RECORDS("`anchors` pointed elsewhere, chain hashed anew", rf"{_OTHER}|ERROR \[anchor\] .*own-anchors")
def _elsewhere(scene: Scene) -> None:
    insider = scene.insider
    insider.rewrite(_set("note", "seen on the page"), rehash=True, anchors=True)
    insider.anchors.rename(scene.folder / "elsewhere.log")
    _settings(insider, anchors=["../elsewhere.log"])


def _settings(insider: Insider, **changed: object) -> None:
    path = insider.path / "workspace.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **changed}))


@RECORDS("a record of an unknown kind", r"NOTE \[ledger\] record \d+.*kind 'approval'")
def _unknown(scene: Scene) -> None:
    scene.insider.append("approval", {"by": "Malee", "of": "everything"})


@RECORDS("duplicate keys in a payload", r"ERROR \[ledger\] record \d+.*canonical form")
def _duplicate(scene: Scene) -> None:
    insider = scene.insider
    event = insider.newest("source")["payload"]
    text = json.dumps(event, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    insider.append("source", event, text='{"name":"other.pdf",' + text[1:])


@RECORDS("a row with the number -1", r"ERROR \[ledger\] record -1")
def _negative(scene: Scene) -> None:
    insider = scene.insider
    row = insider.newest("signoff")
    insider.statement(
        "DROP TRIGGER records_refuse_fork",
        'INSERT INTO records SELECT -1, "when", kind, payload, previous, lower(hex(randomblob(32))), document, page '
        f"FROM records WHERE seq = {row['seq']}",
    )
    insider.statement(GUARDS["records_refuse_fork"])


@RECORDS("a record filed under another page", r"ERROR \[ledger\] record \d+.*filed under another page")
def _misfiled(scene: Scene) -> None:
    def change(rows: list[Row]) -> list[Row]:
        _decided(rows)["page"] = 5
        return rows

    scene.insider.rewrite(change)


@RECORDS("a signature's who changed, hashed anew with anchors", rf"{_OTHER}|ERROR \[signoff\]")
def _signer(scene: Scene) -> None:
    def change(rows: list[Row]) -> list[Row]:
        next(row for row in rows if row["kind"] == "signoff")["payload"]["who"] = _SOMCHAI
        return rows

    scene.insider.rewrite(change, rehash=True, anchors=True)


@RECORDS("a revocation removed with its anchor", _CUT)
def _unrevoked(scene: Scene) -> None:
    insider = scene.insider
    insider.rewrite(_without("revocation"))
    insider.rewrite_anchors({})


@RECORDS("everything rewritten under a new workspace id", r"ERROR \[anchor\] .*no anchor of this workspace")
def _new_id(scene: Scene) -> None:
    insider = scene.insider

    def change(rows: list[Row]) -> list[Row]:
        rows[0]["payload"]["workspace"] = "0" * 32
        return _set("note", "seen on the page")(rows)

    insider.rewrite(change, rehash=True, anchors=True)
    lines = [json.loads(line) for line in insider.anchors.read_text().splitlines()]
    insider.anchors.write_text("".join(
        json.dumps({**line, "workspace": "0" * 32}, sort_keys=True, separators=(",", ":")) + "\n"
        for line in lines
    ))  # fmt: skip
    _settings(insider, id="0" * 32)
