"""Pages worked on by other processes: the same bytes as in one, whoever dies; nobody works who would read otherwise."""

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from prefect.task_runners import ThreadPoolTaskRunner

from flows.runs import run_options, shared_run
from flows.workers import Origin, must_be_alike, task_runner
from ledger.events.findings_recorded import FindingsRecorded
from ledger.events.page_read import PageRead
from model.errors import MissingProgram, UsageError, WorkspaceError
from pipeline.settings import Settings
from workspace.workspace import Workspace

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
SCAN = ROOT / "cli/sample/scan.pdf"


@pytest.fixture
def run(tmp_path):
    Workspace.open(tmp_path / "w", create=True).close()
    options = run_options("text-layer", Settings(jobs=1, second_reader="off"))
    with shared_run(str(tmp_path / "w"), options) as found:
        yield found


def test_a_worker_with_another_model_or_dictionary_reads_nothing(run):
    must_be_alike(run, Origin.of(run))
    other = replace(run, knowledge=replace(run.knowledge, dictionaries="another"))
    with pytest.raises(WorkspaceError, match="another version"):
        must_be_alike(other, Origin.of(run))


def test_a_ledger_in_a_file_is_no_ledger_for_two_machines(run):
    with pytest.raises(WorkspaceError, match="PostgreSQL"):
        must_be_alike(run, replace(Origin.of(run), machine="elsewhere"))


def test_without_dask_threads_work():
    assert isinstance(task_runner(Settings(jobs=3, dask="")), ThreadPoolTaskRunner)


def test_what_is_no_scheduler_is_said_before_anything_is_read(monkeypatch):
    with pytest.raises(UsageError, match="no address"):
        task_runner(Settings(dask="somewhere"))
    monkeypatch.setattr("flows.workers._CONNECT_SECONDS", 1)
    with pytest.raises(MissingProgram, match="No Dask scheduler answers"):
        task_runner(Settings(dask="tcp://127.0.0.1:9"))


def chamra(*arguments, **more):
    environment = {key: value for key, value in os.environ.items() if key != "PREFECT_API_URL"}
    return subprocess.run(
        [BIN / "chamra", *map(str, arguments)],
        env=environment | more,
        capture_output=True,
        text=True,
        check=False,
    )


def blobs(workspace):
    """What the ledger says of each page: the blobs of its reading and of its findings."""
    with Workspace.open(workspace) as ws:
        document = ws.ledger.documents()[0]
        return sorted(
            (type(event).__name__, event.page, event.blob)
            for entry in ws.ledger.events((PageRead, FindingsRecorded), document=document)
            if isinstance(event := entry.event, PageRead | FindingsRecorded)
        )


@pytest.mark.server
@pytest.mark.tesseract
@pytest.mark.timeout(600)
def test_a_run_on_dask_workers_of_which_one_is_killed_makes_the_same_bytes(tmp_path):
    home = {"PREFECT_HOME": str(tmp_path / "prefect")}
    alone = chamra("digitise", SCAN, "-w", tmp_path / "alone", "--json")
    assert alone.returncode == 0, alone.stderr
    with Cluster(tmp_path) as cluster:
        run = subprocess.Popen(
            [BIN / "chamra", "digitise", SCAN, "-w", tmp_path / "dask", "--dask", cluster.address, "--json"],
            env={**os.environ, **home}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        ledger = tmp_path / "dask/ledger.sqlite"
        cluster.wait(lambda: ledger.exists() and len(blobs_so_far(tmp_path / "dask")) >= 1, "the first page")
        cluster.kill_one()
        out, error = run.communicate(timeout=400)
    assert run.returncode == 0, error
    assert [page["outcome"] for page in json.loads(out)["documents"][0]["pages"]].count("failed") == 0
    assert blobs(tmp_path / "dask") == blobs(tmp_path / "alone")
    assert chamra("audit", "-w", tmp_path / "dask").returncode == 0


def blobs_so_far(workspace):
    try:
        return blobs(workspace)
    except (WorkspaceError, IndexError):
        return []


class Cluster:
    """A scheduler and two workers as an operator starts them."""

    def __init__(self, folder):
        self.folder = folder
        self.processes = []

    def __enter__(self):
        told = self.folder / "scheduler.json"
        self.start("scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", told)
        self.wait(told.exists, "the scheduler")
        self.address = json.loads(told.read_text())["address"]
        for _ in range(2):
            self.start("worker", self.address, "--nthreads", "1", "--no-nanny")
        self.wait(lambda: self.said().count("Register worker") >= 2, "two workers")
        return self

    def start(self, *arguments):
        with (self.folder / f"dask-{len(self.processes)}.log").open("w") as log:
            self.processes.append(
                subprocess.Popen(
                    [BIN / "dask", *arguments, "--no-dashboard"], cwd=self.folder, stdout=log, stderr=subprocess.STDOUT,
                    start_new_session=True,
                    env={**os.environ, "PREFECT_HOME": str(self.folder / "prefect"), "PYTHONPATH": str(ROOT)},
                )
            )  # fmt: skip

    def said(self):
        return (self.folder / "dask-0.log").read_text()

    def kill_one(self):
        os.killpg(self.processes[-1].pid, signal.SIGKILL)

    def wait(self, holds, what):
        end = time.monotonic() + 240
        while not holds():
            assert time.monotonic() < end, f"waited for {what}: {self.said()}"
            time.sleep(0.2)

    def __exit__(self, *_):
        for process in self.processes:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait(30)
