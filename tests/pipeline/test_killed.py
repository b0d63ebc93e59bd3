"""kill -9 anywhere, run again: the same bytes, and nothing that was finished is done twice."""

import json
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from audit.audit import audit
from model.decision import Who
from model.edit import text_sha256
from review.published import published_pages
from review.sign import sign
from review.state import document_ids
from tests.pipeline.fake_reader import scan_pdf
from workspace.workspace import Workspace

WHO = Who("Reviewer", "reviewer", claimed=True)


@pytest.fixture(scope="module")
def run():
    """Run a step in a process of its own; answers its exit status."""
    script = Path(__file__).with_name("killed_run.py")
    with subprocess.Popen(
        [sys.executable, str(script)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdin
        assert parent.stdout
        tasks, answers = parent.stdin, parent.stdout

        def step(name, workspace, scan, log, nth=0):
            task = {"step": name, "workspace": str(workspace), "scan": str(scan), "log": str(log), "nth": nth}
            tasks.write(json.dumps(task) + "\n")
            tasks.flush()
            return int(answers.readline())

        yield step
        tasks.close()


def made(workspace):
    """Every blob and recipe, and what the ledger says, whatever the order and the time."""
    files = {
        str(path.relative_to(workspace)): path.read_bytes()
        for folder in ("blobs", "recipes")
        for path in (workspace / folder).rglob("*")
        if path.is_file() and path.name != ".lock"
    }
    with Workspace.open(workspace) as opened:
        said = sorted((one.kind, _lasting(one.payload)) for one in opened.ledger.records(after=1))
    return files, said


def _lasting(payload):
    """What a record says, but for the hash of a report, which names the newest record and its time."""
    return str({name: value for name, value in payload.items() if name != "sha256"})


@pytest.fixture(scope="module")
def unharmed(tmp_path_factory, run):
    """The scan, and the workspace of a run that nobody killed."""
    place = tmp_path_factory.mktemp("unharmed")
    scan = place / "scan.pdf"
    scan.write_bytes(scan_pdf())
    assert run("digitise", place / "workspace", scan, place / "log") == 0
    return scan, place / "workspace"


@pytest.mark.slow
@pytest.mark.parametrize("nth", [1, 4, 9, 14, 17, 20, 26, 33])
def test_digitise_killed_and_run_again_makes_the_same_and_reads_no_finished_page_again(
    run, unharmed, tmp_path, nth
):
    scan, whole = unharmed
    workspace, log = tmp_path / "workspace", tmp_path / "log"
    assert run("digitise", workspace, scan, log, nth) == -signal.SIGKILL
    with Workspace.open(workspace, create=True) as opened:
        finished = {one.payload["page"] for one in opened.ledger.records(kind="page")}
    log.write_text("")
    assert run("digitise", workspace, scan, log) == 0
    assert not finished & set(map(int, log.read_text().split()))
    assert made(workspace) == made(whole)


@pytest.mark.slow
@pytest.mark.parametrize("nth", [1, 2, 4, 6, 7])
def test_publish_killed_and_run_again_publishes_what_was_signed(run, unharmed, tmp_path, nth):
    scan, whole = unharmed
    workspace = tmp_path / "workspace"
    shutil.copytree(whole, workspace)
    with Workspace.open(workspace) as opened:
        [document] = document_ids(opened)
        signed = [one.text_sha256 for one in sign(opened, document, WHO).signoffs]
    assert run("publish", workspace, scan, tmp_path / "log", nth) == -signal.SIGKILL
    assert run("publish", workspace, scan, tmp_path / "log") == 0
    with Workspace.open(workspace) as opened:
        assert [
            text_sha256(one.published.text) for one in published_pages(opened, document).values()
        ] == signed
        report = audit(opened)
        assert report.holds, report.findings
        records = [one.payload["page"] for one in opened.ledger.records(kind="published")]
        assert sorted(records) == [1, 2, 3], "no page is published twice"
