"""`chamra up` for real: server, worker, deployments and review page under one process, harmed and stopped."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from model.state import Stage
from review.status_list import standing
from tests.flows.test_prefect_server import answers, ask, wait_until
from tests.pipeline.fake_reader import scan_pdf
from tests.pipeline.test_notify import Hook, Postbox
from tests.review.summaries import summaries
from workspace.workspace import Workspace

pytestmark = [pytest.mark.server, pytest.mark.tesseract, pytest.mark.timeout(900)]

BIN = Path(sys.executable).parent
SLOW = """#!/bin/sh
case " $* " in *" --version "*|*" --list-langs "*|*" stdin "*) exec {real} "$@";; esac
touch {at_work}
sleep 600
"""


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Up:
    """An installation of its own, and ways to look at it."""

    def __init__(self, home):
        self.home, self.inbox, self.workspace = home, home / "inbox", home / "workspace"
        self.inbox.mkdir()
        Workspace.open(self.workspace, create=True).close()
        self.port, self.review = free_port(), free_port()
        self.hook, self.postbox = Hook(), Postbox()
        self.environment = {
            **os.environ, "PREFECT_HOME": str(home / "prefect"), "CHAMRA_SETTLE_SECONDS": "0.5",
            "CHAMRA_JOBS": "1", "PATH": f"{home / 'bin'}{os.pathsep}{os.environ['PATH']}",
            "PREFECT_API_URL": self.api, "CHAMRA_LOG": "json", "CHAMRA_WEBHOOK": self.hook.address,
            "CHAMRA_SMTP": self.postbox.address, "CHAMRA_MAIL_TO": "malee@example.go.th",
        }  # fmt: skip
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def api(self):
        return f"http://127.0.0.1:{self.port}/api"

    def start(self):
        with (self.home / "log").open("a") as log:
            self.process = subprocess.Popen(
                [BIN / "chamra", "up", "-w", self.workspace, "--inbox", self.inbox, "--who", "สมชาย",
                 "--port", str(self.port), "--review-port", str(self.review)],
                env=self.environment, stdout=log, stderr=log,
            )  # fmt: skip
        wait_until(lambda: "running; Ctrl-C" in self.new_log(), 240, "everything to be started")

    def new_log(self):
        return (self.home / "log").read_text().rpartition("BEGIN")[2]

    def stop(self):
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        status = self.process.wait(120)
        with (self.home / "log").open("a") as log:
            log.write("BEGIN\n")
        return status

    def scan(self):
        command = [str(BIN / "prefect"), "deployment", "run", "scan-inbox/inbox"]
        subprocess.run(command, env=self.environment, check=True, capture_output=True)

    def runs(self, name):
        found = ask({"PREFECT_API_URL": self.api}, "/flow_runs/filter", {"flows": {"name": {"any_": [name]}}})
        return [one["state"] for one in found if one["state"]["type"] not in ("SCHEDULED", "PENDING")]

    def stages(self):
        with Workspace.open(self.workspace) as ws:
            return [page.stage for one in summaries(ws) for page in one.pages]

    def command(self, *arguments):
        return subprocess.run(
            [str(BIN / "chamra"), *map(str, arguments)],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def children(self):
        """Process ids of all that runs in an environment of ours."""
        found = []
        for entry in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                if f"PREFECT_HOME={self.home / 'prefect'}".encode() in (entry / "environ").read_bytes():
                    found.append((int(entry.name), (entry / "cmdline").read_bytes().split(b"\0")))
        return found


@pytest.fixture(scope="module")
def up(tmp_path_factory):
    made = Up(tmp_path_factory.mktemp("up"))
    made.start()
    yield made
    if made.process is not None and made.process.poll() is None:
        made.stop()
    made.hook.close()
    made.postbox.close()
    assert made.children() == []


def test_what_is_put_into_the_inbox_is_read_and_everything_is_sound(up):
    (up.inbox / "scan.pdf").write_bytes(scan_pdf())
    (up.inbox / os.fsdecode("หนังสือ.pdf".encode("tis-620"))).write_bytes(scan_pdf() + b"\n")
    up.scan()
    wait_until(
        lambda: up.stages().count(Stage.DECIDED) + up.stages().count(Stage.WAITING) == 6, 300, "reading"
    )
    wait_until(lambda: "COMPLETED" in {one["type"] for one in up.runs("scan-inbox")}, 60, "a green run")
    assert "FAILED" not in {one["type"] for one in up.runs("publish")}, "not even the very first one"
    assert answers(f"http://127.0.0.1:{up.review}/healthz")
    doctor = up.command(
        "doctor", "-w", up.workspace, "--inbox", up.inbox, "--review", f"http://127.0.0.1:{up.review}"
    )
    assert doctor.returncode == 0, doctor.stdout
    assert "FAIL" not in doctor.stdout
    artifacts = ask({"PREFECT_API_URL": up.api}, "/artifacts/filter", {})
    assert {"pages", "documents"} <= {one["key"] for one in artifacts}


def test_a_refused_file_makes_no_green_run_and_lies_in_the_quarantine(up):
    (up.inbox / "archive.zip").write_bytes(b"PK\x03\x04 something")
    up.scan()
    [state] = wait_until(
        lambda: [one for one in up.runs("scan-inbox") if one["type"] == "FAILED"], 120, "a run that failed"
    )
    assert state["name"] == "NeedsAPerson"
    assert "1 file was refused" in state["message"]
    with Workspace.open(up.workspace) as ws:
        assert [one.name for one in standing(ws).refused] == ["archive.zip"]
    assert len(list((up.workspace / "quarantine").iterdir())) == 2
    [body] = wait_until(lambda: up.hook.bodies, 180, "people to be told")
    assert "scan-inbox" in body["subject"]
    assert "NeedsAPerson" in body["subject"]
    assert "1 file was refused" in body["text"]
    [(_, mail)] = wait_until(lambda: up.postbox.mails, 60, "the mail")
    assert "NeedsAPerson" in mail
    lines = [line for line in up.new_log().splitlines() if line.startswith("{")]
    of_run = [one for one in map(json.loads, lines) if one.get("flow_run_name")]
    assert of_run, "runs log as JSON"
    assert {"when", "level", "logger", "message"} <= of_run[0].keys()
    assert up.command("status", "-w", up.workspace, "--check").returncode == 1


def test_a_worker_that_is_killed_is_started_again(up):
    [(worker, _)] = [
        (pid, line) for pid, line in up.children() if b"worker" in line and b"prefect" in line[1]
    ]
    os.kill(worker, signal.SIGKILL)
    wait_until(lambda: up.new_log().count("started!") >= 2, 120, "the worker to be started again")


def test_a_stop_in_the_middle_of_a_page_leaves_nobody_behind_and_holds_nothing_against_the_page(up):
    at_work, fake = up.home / "at work", up.home / "bin" / "tesseract"
    fake.parent.mkdir()
    fake.write_text(SLOW.format(real=shutil.which("tesseract"), at_work=f"'{at_work}'"))
    fake.chmod(0o755)
    before = up.stages()
    (up.inbox / "letter.pdf").write_bytes(scan_pdf() + b"\n\n")
    up.scan()
    wait_until(at_work.exists, 120, "a page to be in hand")
    begun = time.monotonic()
    assert up.stop() == 0
    assert time.monotonic() - begun < 90
    wait_until(lambda: up.children() == [], 30, "everybody to be gone")
    with Workspace.open(up.workspace) as ws:
        assert not list(ws.ledger.records(kind="failed"))
    fake.unlink()
    up.start()
    done = len(before) + 3
    wait_until(lambda: len([one for one in up.stages() if one not in (Stage.MISSING, Stage.FAILED)]) == done, 300,
               "the letter to be read after all")  # fmt: skip


def test_a_second_installation_on_the_same_port_is_refused(up):
    done = up.command("up", "-w", up.workspace, "--inbox", up.inbox, "--port", str(up.port))
    assert done.returncode == 2
    assert "answers at" in done.stderr
