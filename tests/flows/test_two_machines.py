"""One archive, two machines: ledger in PostgreSQL, blobs in an object store, each machine with its own folder, its own
network and its code at a path of its own."""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

from benchmarks.kills_run import draw
from ledger.events.findings_recorded import FindingsRecorded
from ledger.events.page_read import PageRead
from model.errors import ChamraError
from tests.flows import machines
from tests.ledger import postgres
from tests.workspace import object_store
from workspace.folder import BLOBS_URL, LEDGER_URL
from workspace.workspace import Workspace

BIN = Path(sys.executable).parent
PAGES = 4
pytestmark = [
    pytest.mark.server, pytest.mark.mount, pytest.mark.tesseract, pytest.mark.timeout(2400),
    pytest.mark.skipif(bool(machines.why_not() or postgres.why_not()), reason=machines.why_not() or postgres.why_not()),
]  # fmt: skip


class Office:
    """What both machines use: database, object store, Prefect server, Dask scheduler; all of them on this one."""

    def __init__(self, place, there, ledger, store):
        self.place, self.there, self.ledger = place, there, ledger
        self.workspace, self.inbox = place / "srv" / "archive", place / "inbox"
        self.inbox.mkdir()
        draw(self.inbox / "drawn.pdf")
        port = object_store.free_port()
        self.api = f"http://{machines.HERE}:{port}/api"
        self.environment = {
            **object_store.set_environment(store), "PREFECT_HOME": str(place / "prefect"), "PREFECT_API_URL": self.api,
            LEDGER_URL: ledger, BLOBS_URL: "", "CHAMRA_JOBS": "1", "CHAMRA_SETTLE_SECONDS": "0.2",
            "CHAMRA_INBOX": str(self.inbox), "CHAMRA_WORKSPACE": str(self.workspace),
            "PREFECT_SERVER_API_HOST": machines.HERE, "PREFECT_SERVER_API_PORT": str(port),
        }  # fmt: skip
        self.processes = []

    def here(self, *command, log="here.log"):
        """Start a command on this machine."""
        with (self.place / log).open("a") as out:
            self.processes.append(
                subprocess.Popen(list(map(str, command)), env=self.environment, stdout=out, stderr=subprocess.STDOUT,
                                 cwd=machines.ROOT, start_new_session=True)
            )  # fmt: skip
        return self.processes[-1]

    def chamra(self, *arguments, **more):
        """Run a command of ours on this machine to its end."""
        done = subprocess.run([BIN / "chamra", *map(str, arguments)], env=self.environment | more, capture_output=True,
                              text=True, check=False)  # fmt: skip
        return done.returncode, done.stdout, done.stderr

    def wait(self, holds, what, seconds=600):
        end = time.monotonic() + seconds
        while not (found := holds()):
            assert time.monotonic() < end, f"waited for {what}\n{self.logs()}"
            time.sleep(0.3)
        return found

    def logs(self):
        return "\n".join(f"== {path.name}\n{path.read_text()[-3000:]}" for path in self.place.glob("*.log"))

    def records(self):
        """The blobs of every page that was read and gone through, so far; as many as there are records."""
        with suppress(ChamraError), pytest.MonkeyPatch.context() as patch:
            for name, value in self.environment.items():
                patch.setenv(name, value)
            with Workspace.open(self.workspace, readonly=True) as ws:
                return records_of(ws)
        return []

    def close(self):
        for process in self.processes:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait(30)


def records_of(ws):
    events = [one.event for one in ws.ledger.events((PageRead, FindingsRecorded))]
    return sorted((type(one).__name__, one.page, one.blob) for one in events)


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    place = tmp_path_factory.mktemp("office")
    with (
        machines.Machine("chamrab", place / "srv", place / "b") as there,
        postgres.server(machines.HERE) as ledger,
        object_store.server(machines.HERE) as store,
        pytest.MonkeyPatch.context() as patch,
    ):
        made = Office(place, there, ledger, store)
        for name, value in {**object_store.KEYS, "AWS_ENDPOINT_URL": store}.items():
            patch.setenv(name, value)
        made.environment[BLOBS_URL] = object_store.make_bucket("office")
        try:
            made.here(BIN / "prefect", "server", "start", "--host", machines.HERE, log="server.log")
            status, out, error = made.chamra("init", "-w", made.workspace)
            assert status == 0, error
            joined = there.start([BIN / "chamra", "init", "-w", made.workspace, "--join"], made.environment,
                                 place / "there.log")  # fmt: skip
            assert joined.wait(120) == 0, made.logs()
            assert out.split()[1] in (place / "there.log").read_text(), "it is the same workspace"
            made.wait(lambda: is_healthy(made.api), "the Prefect server")
            yield made
        finally:
            made.close()


def is_healthy(api):
    try:
        return httpx.get(f"{api}/health", timeout=5).status_code == 200
    except httpx.TransportError:
        return False


@pytest.fixture(scope="module")
def alone(tmp_path_factory, office):
    """What one machine makes of the same document."""
    workspace = tmp_path_factory.mktemp("alone") / "w"
    environment = {
        key: value for key, value in os.environ.items() if key not in ("PREFECT_API_URL", BLOBS_URL)
    }
    subprocess.run([BIN / "chamra", "digitise", office.inbox / "drawn.pdf", "-w", workspace, "--json"],
                   env=environment, check=True, capture_output=True)  # fmt: skip
    with Workspace.open(workspace) as ws:
        return records_of(ws)


def test_dask_workers_on_both_one_killed_and_the_database_restarted_make_what_one_machine_makes(
    office, alone
):
    scheduler = f"tcp://{machines.HERE}:{object_store.free_port()}"
    port = scheduler.rpartition(":")[2]
    office.here(
        BIN / "dask", "scheduler", "--host", machines.HERE, "--port", port, "--no-dashboard", log="dask.log"
    )
    worker = [BIN / "dask", "worker", scheduler, "--nthreads", "1", "--no-nanny", "--no-dashboard"]
    there = office.there.start(worker, office.environment, office.place / "worker-there.log")
    office.here(*worker, log="worker-here.log")
    office.wait(lambda: (office.place / "dask.log").read_text().count("Register worker") >= 2, "two workers")
    driver = subprocess.Popen(
        [BIN / "chamra", "digitise", office.inbox / "drawn.pdf", "-w", office.workspace, "--dask", scheduler, "--json"],
        env=office.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    office.wait(lambda: office.records() or driver.poll() is not None, "the first page")
    os.killpg(there.pid, signal.SIGKILL)
    postgres.restart(office.ledger)
    out, error = driver.communicate(timeout=900)
    assert driver.returncode == 0, f"{error}\n{office.logs()}"
    assert {page["outcome"] for page in json.loads(out)["documents"][0]["pages"]} <= {"read", "kept"}
    assert office.records() == alone, "byte for byte, and nothing twice"
    status, _, _ = office.chamra("audit", "-w", office.workspace)
    assert status == 0


def test_a_prefect_worker_there_reads_the_inbox_with_its_own_code_and_two_drivers_read_nothing_twice(
    office, alone
):
    (office.inbox / "second.pdf").write_bytes((office.inbox / "drawn.pdf").read_bytes() + b"\n")
    prefect = BIN / "prefect"
    for words in ("work-pool create chamra --type process", "--no-prompt deploy --all"):
        done = subprocess.run([prefect, *words.split()], env=office.environment, cwd=machines.ROOT, check=False,
                              capture_output=True, text=True)  # fmt: skip
        assert done.returncode == 0, done.stderr + done.stdout
    log = office.place / "pool-there.log"
    office.there.start([prefect, "worker", "start", "--pool", "chamra"], office.environment, log)
    before = len(office.records())
    subprocess.run([prefect, "deployment", "run", "scan-inbox/inbox"], env=office.environment, check=True,
                   capture_output=True)  # fmt: skip
    office.wait(lambda: len(office.records()) > before, "the worker there")
    here = office.chamra(
        "digitise", office.inbox / "second.pdf", "-w", office.workspace, "--json", PREFECT_API_URL=""
    )
    assert here[0] == 0, here
    office.wait(lambda: "Finished in state" in log.read_text(), "the end of the scan there")
    assert str(office.there.code) in log.read_text() or "own_code" in log.read_text()
    found = office.records()
    assert len(found) == 2 * len(alone), "each page of each document once"
    assert {(kind, page) for kind, page, _ in found} == {(kind, page) for kind, page, _ in alone}
