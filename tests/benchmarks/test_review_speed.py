from pathlib import Path

import pytest

from benchmarks.review import CHROMIUM, made_workspace, measured, summary
from review.state import document_ids, document_state


def test_the_summary_tells_the_middle_and_the_slowest() -> None:
    found = summary({"decision": [10.0, 20.0, 90.0], "page": [1.0]})
    assert set(found) == {"decision"}
    assert (found["decision"]["median"], found["decision"]["most"], found["decision"]["count"]) == (20, 90, 3)


@pytest.mark.integration
@pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="Debian's chromium is not installed")
def test_every_measured_decision_is_on_record(tmp_path: Path) -> None:
    with made_workspace(tmp_path / "workspace", pages=2, findings=2) as ws:
        took = measured(tmp_path / "workspace", tmp_path / "state", decisions=3)
        state = document_state(ws, document_ids(ws)[0])
    assert [len(page.open_findings) for page in state.pages] == [0, 1]
    assert len(took["decision"]) == 3
    assert all(0 < one < 10_000 for one in took["decision"])
