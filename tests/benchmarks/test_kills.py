"""The kills are counted, and what they broke is told."""

import json
from typing import cast

import pytest

from benchmarks.kills import WEIGHTS, main, shares, table
from benchmarks.kills_run import blobs_of, draw, judge
from benchmarks.kills_tally import KillTally
from pipeline.local import digitise_here
from tests.pipeline.fake_reader import FakeReader
from workspace.workspace import Workspace


def test_a_hundred_kills_are_shared_by_weight_and_each_kind_has_one() -> None:
    assert sum(shares(100, list(WEIGHTS)).values()) == 100
    assert set(shares(3, ["driver", "flow"]).values()) == {1, 3}


def test_a_page_that_is_missing_and_one_that_differs_are_told(run_with, tmp_path, workspace) -> None:
    draw(tmp_path / "drawn.pdf")
    digitise_here(run_with(FakeReader()), [tmp_path / "drawn.pdf"])
    whole = blobs_of(workspace.path)
    assert len(whole) == 4
    tally = KillTally(kills=1)
    judge(workspace.path, whole, [tally])
    assert tally.sound
    first, second, *_ = whole
    harmed = whole | {first: ("0" * 64, "0" * 64), (first[0], 9): whole[second]}
    judge(workspace.path, harmed, [tally])
    assert (len(tally.skipped), len(tally.different), tally.sound) == (1, 1, False)
    assert "| driver | 1 | 0 | 1 | 0 | 1 |" in table({"driver": tally})


@pytest.mark.tesseract
@pytest.mark.slow
def test_a_run_that_is_killed_for_real_is_counted(monkeypatch, tmp_path, capsys) -> None:
    told = tmp_path / "told.json"
    monkeypatch.setattr("sys.argv", ["kills", "--kills", "1", "--only", "driver", "--out", str(told)])
    assert main() == 0
    assert "| driver | 1 | 0 | 0 | 0 | 0 |" in capsys.readouterr().out
    assert cast("dict[str, object]", json.loads(told.read_text()))["seed"] == 1


def test_a_workspace_that_was_never_made_is_lost(tmp_path) -> None:
    tally = KillTally()
    judge(tmp_path / "w", {("d", 1): ("a", "b")}, [tally])
    assert tally.lost
    Workspace.open(tmp_path / "w", create=True).close()
