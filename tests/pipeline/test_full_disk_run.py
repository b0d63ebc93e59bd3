"""A disk that fills up in the middle of a run: it ends with a sentence, and goes on where it was when there is room."""

import shutil

import pytest

from audit.audit import audit
from model.errors import NoSpace
from model.state import Stage
from pipeline.local import digitise_here
from pipeline.run import open_run
from pipeline.settings import Settings
from review.state import document_state
from tests.pipeline.fake_reader import TEXT, FakeReader, scan_pdf
from workspace.workspace import Workspace

pytestmark = [pytest.mark.mount, pytest.mark.slow]


@pytest.fixture
def small_disk(disk_of):
    """A file system of two megabytes."""
    return disk_of("2m")


@pytest.mark.parametrize("left", [250, 220, 190, 160, 130, 100])
def test_a_run_goes_on_where_the_disk_was_full(small_disk, tmp_path, left):
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(scan_pdf())
    ballast = small_disk / "ballast"
    with Workspace.open(small_disk / "w", create=True) as workspace:
        ballast.write_bytes(bytes(shutil.disk_usage(small_disk).free - left * 1024))
        with (
            pytest.raises(NoSpace),
            open_run(workspace, FakeReader(), Settings(jobs=1, min_free_mb=0)) as run,
        ):
            digitise_here(run, [scan])
        ballast.unlink()
        assert not list(workspace.ledger.records(kind="failed")), "no page is to blame"
        with open_run(workspace, FakeReader(), Settings(jobs=1, min_free_mb=0)) as run:
            [document] = digitise_here(run, [scan])["documents"]
        state = document_state(workspace, document["id"])
        assert [page.stage for page in state.pages] == [Stage.DECIDED] * 3
        assert [page.page and page.page.reading.text for page in state.pages] == [TEXT] * 3
        report = audit(workspace)
        assert report.holds, report.findings
