from pathlib import Path

import pytest

from benchmarks.review import latency, made_workspace, summary
from benchmarks.review_server import CHROMIUM
from model.state import Outcome
from review.state import document_ids, document_state
from workspace.workspace import Workspace


def test_the_summary_tells_the_middle_and_the_slowest() -> None:
    found = summary({"decision": [10.0, 20.0, 90.0], "page": [1.0], "queue": []})
    assert set(found) == {"decision", "page"}
    assert (found["page"]["median"], found["page"]["p95"], found["page"]["count"]) == (1, 1, 1)
    assert (found["decision"]["median"], found["decision"]["most"], found["decision"]["count"]) == (20, 90, 3)


@pytest.mark.browser
@pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="Debian's chromium is not installed")
def test_every_measured_decision_is_on_record(tmp_path: Path) -> None:
    place = tmp_path / "workspace"
    assert made_workspace(place, proposals=40) >= 40
    took = latency(place, tmp_path / "state", decisions=3, delay=0)
    with Workspace.open(place) as ws:
        pages = document_state(ws, document_ids(ws)[0]).pages
    decided = sum(outcome is not Outcome.OPEN for page in pages for outcome in page.outcomes.values())
    assert decided == len(took["recorded"]) >= 3
    assert all(one > 0 for one in took["recorded"])
