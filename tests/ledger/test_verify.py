"""Anchor files beside a chain: which anchor it agrees with, and each that it does not."""

from __future__ import annotations

import pytest

from ledger.anchors import Anchor, append_anchor
from ledger.chain import Fault, Link
from ledger.ledger import Ledger
from ledger.verify import verification_object, verify
from tests.ledger import raw
from tests.workspace.samples import Ticking

WORKSPACE = "w" * 32


@pytest.fixture
def rows(tmp_path):
    """Four records of a ledger, column by column."""
    ledger = Ledger(tmp_path / "ledger.sqlite", create_for=WORKSPACE, clock=Ticking())
    raw.append_many(ledger, (("decision", {"n": n}) for n in range(3)))
    found = [dict(row) for row in ledger.rows()]
    ledger.close()
    return found


@pytest.fixture
def path(tmp_path):
    return tmp_path / "anchors.log"


def anchor(rows, number, **changed):
    row = rows[number - 1]
    values = {"workspace": WORKSPACE, "seq": number, "head": row["sha256"], "when": row["when"]}
    return Anchor(**(values | changed))


def beside(rows, path, *anchors):
    for one in anchors:
        append_anchor(path, one)
    return verify(rows, WORKSPACE, [path])


def test_the_newest_anchor_that_the_chain_agrees_with_is_told_wherever_it_stands(rows, path):
    found = beside(rows, path, anchor(rows, 2), anchor(rows, 4), anchor(rows, 3))
    (file,) = found.anchors
    assert (file.newest, file.faults, file.agrees, found.holds) == (anchor(rows, 4), (), True, True)
    assert found.head == Link(4, rows[3]["sha256"])


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"head": "0" * 64}, "names another record 3 than the ledger has: one of them was rewritten"),
        ({"when": "2020-01-01T00:00:00.000000Z"}, "names another record 3 than the ledger has"),
        ({"seq": 9}, "names record 9, which is not there: the ledger's tail was cut"),
    ],
)
def test_an_anchor_that_the_chain_contradicts_is_a_fault_of_the_record_it_names(rows, path, changed, fault):
    found = beside(rows, path, anchor(rows, 2), anchor(rows, 3, **changed))
    (file,) = found.anchors
    ((seq, reason),) = [(one.seq, one.reason) for one in file.faults]
    assert seq == changed.get("seq", 3)
    assert reason.startswith(f"line 2 of {path} {fault}")
    assert (file.newest, file.agrees, found.holds) == (anchor(rows, 2), False, False)


def test_another_workspaces_anchor_is_none_of_ours_and_no_fault(rows, path):
    found = beside(rows, path, anchor(rows, 3, workspace="v" * 32))
    (file,) = found.anchors
    assert (file.newest, file.faults, file.agrees, found.holds) == (None, (), False, True)


def test_a_line_that_is_no_anchor_is_a_fault_of_no_record(rows, path):
    path.write_text("x\n")
    (file,) = verify(rows, WORKSPACE, [path]).anchors
    assert file.faults == (Fault(0, f"line 1 of {path} is no anchor"),)


def test_an_anchor_file_that_cannot_be_read_is_a_fault_and_the_others_are_compared(rows, path, tmp_path):
    append_anchor(path, anchor(rows, 4))
    (tmp_path / "folder").mkdir()
    found = verify(rows, WORKSPACE, [tmp_path / "folder", path])
    unread, read = found.anchors
    ((seq, reason),) = [(one.seq, one.reason) for one in unread.faults]
    assert (seq, unread.newest, unread.agrees, read.agrees, found.holds) == (0, None, False, True, False)
    assert str(tmp_path / "folder") in reason
    assert verification_object(found)["anchors"][0] == {
        "path": str(tmp_path / "folder"), "agrees": False, "newest": None,
        "faults": [{"record": 0, "reason": reason}],
    }  # fmt: skip
    assert verification_object(found)["anchors"][1]["newest"] == {"seq": 4, "when": rows[3]["when"]}


def test_a_ledger_without_a_record_does_not_hold():
    found = verify([], WORKSPACE, [])
    assert (found.holds, found.faults) == (False, (Fault(0, "there is no record"),))


def test_every_fault_of_a_record_carries_its_number(rows):
    rows[2]["when"] = rows[0]["when"]
    found = verify(rows, WORKSPACE, [])
    assert found.faults == (Fault(3, "its content does not have its hash"),)
    assert verification_object(found)["faults"] == [
        {"record": 3, "reason": "its content does not have its hash"}
    ]
