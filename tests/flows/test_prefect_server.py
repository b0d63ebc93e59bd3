"""With a real Prefect server and worker: the guard of the pins, the inbox on its schedule, a killed run.

A wrong fastapi breaks the server's start or its list of runs, a wrong SQLAlchemy stops its scheduler
without a word: a flow that runs, runs listed without a filter, and a scheduled run that appears catch all.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from model.state import Stage
from model.user import Role
from review.users import add
from tests.pipeline.fake_reader import scan_pdf
from tests.pipeline.test_notify import Hook
from tests.review.house import MALEE
from tests.review.summaries import summaries
from workspace.workspace import Workspace

pytestmark = [pytest.mark.server, pytest.mark.tesseract, pytest.mark.timeout(900)]

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A server with its scheduler, in a home of its own; gives the environment for whoever talks to it."""
    home = tmp_path_factory.mktemp("prefect")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        **os.environ,
        "PREFECT_HOME": str(home),
        "PREFECT_SERVER_API_PORT": str(port),
        "PREFECT_API_URL": f"http://127.0.0.1:{port}/api",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "CHAMRA_SETTLE_SECONDS": "0.5",
        "CHAMRA_INBOX": str(home / "inbox"),
        "CHAMRA_WORKSPACE": str(home / "workspace"),
    }
    (home / "inbox").mkdir()
    Workspace.open(home / "workspace", create=True).close()
    with (home / "log").open("w") as log:
        process = subprocess.Popen(
            [BIN / "prefect", "server", "start", "--port", str(port)],
            env=environment, stdout=log, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
    try:
        wait_until(lambda: answers(environment["PREFECT_API_URL"] + "/health"), 240, "the server to start")
        yield environment
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(60)


def wait_until(holds, seconds, what):
    end = time.monotonic() + seconds
    while not (found := holds()):
        assert time.monotonic() < end, f"waited {seconds} s for {what}"
        time.sleep(0.5)
    return found


def answers(url):
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False


def ask(server, path, body):
    request = urllib.request.Request(
        server["PREFECT_API_URL"] + path, json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)


def run(server, *command):
    return subprocess.run(
        [BIN / command[0], *command[1:]], env=server, cwd=ROOT, capture_output=True, text=True, check=False
    )


def digitise_one_page(server, folder, *options, name="scan.pdf"):
    (folder / name).write_bytes(scan_pdf())
    return run(server, "chamra", "digitise", folder / name, "-w", folder / "w", "--pages", "1", *options)


def test_a_command_with_a_server_is_a_flow_run_that_the_server_lists(server, tmp_path):
    done = digitise_one_page(server, tmp_path, "--json", name="sc\x1b[31man\n.pdf")
    assert done.returncode == 0, done.stderr
    assert "\x1b[31man" not in done.stderr
    assert json.loads(done.stdout)["documents"][0]["pages"][0]["outcome"] == "read"
    runs = ask(server, "/flow_runs/filter", {})
    ours = [one for one in runs if one["parameters"].get("workspace") == str(tmp_path / "w")]
    assert [one["state"]["type"] for one in ours] == ["COMPLETED"]
    tasks = ask(server, "/task_runs/filter", {})
    assert "sc\\u001b[31man\\n.pdf page 1" in {one["name"] for one in tasks}


def test_the_password_of_a_file_is_not_in_what_the_server_keeps(server, tmp_path):
    secret = "กุญแจลับ-4711"
    digitise_one_page(server, tmp_path, "--password", secret)
    assert secret not in json.dumps(ask(server, "/flow_runs/filter", {}), ensure_ascii=False)
    assert secret not in json.dumps(ask(server, "/task_runs/filter", {}), ensure_ascii=False)


def test_the_inbox_is_scanned_on_schedule_and_each_content_is_read_once(server):
    assert run(server, "prefect", "work-pool", "create", "chamra", "--type", "process").returncode == 0
    deployed = run(server, "prefect", "--no-prompt", "deploy", "--all")
    assert deployed.returncode == 0, deployed.stdout + deployed.stderr

    def scheduled():
        runs = ask(server, "/flow_runs/filter", {"flow_runs": {"state": {"type": {"any_": ["SCHEDULED"]}}}})
        return [one for one in runs if one["deployment_id"] and one["auto_scheduled"]]

    wait_until(scheduled, 120, "the scheduler to schedule a run")
    inbox, place = Path(server["CHAMRA_INBOX"]), Path(server["CHAMRA_WORKSPACE"])
    for name in ("one.pdf", "copy of one.pdf"):
        (inbox / name).write_bytes(scan_pdf())
    assert run(server, "prefect", "deployment", "run", "scan-inbox/inbox").returncode == 0
    worked = run(server, "prefect", "worker", "start", "--pool", "chamra", "--run-once")
    assert worked.returncode == 0, worked.stdout + worked.stderr

    def whole():
        if not (place / "workspace.json").exists():
            return None
        with Workspace.open(place) as workspace:
            return [one for one in summaries(workspace) if Stage.MISSING not in {p.stage for p in one.pages}]

    [document] = wait_until(whole, 240, "the inbox to be read")
    assert len(document.pages) == 3
    assert {page.stage for page in document.pages} <= {Stage.DECIDED, Stage.WAITING}, "all of them were read"


def test_a_run_whose_process_was_killed_is_marked_as_crashed(server, tmp_path):
    (tmp_path / "scan.pdf").write_bytes(scan_pdf())
    place = tmp_path / "w"
    command = [BIN / "chamra", "digitise", tmp_path / "scan.pdf", "-w", place, "--jobs", "1"]
    process = subprocess.Popen(command, env=server, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    [lock] = wait_until(lambda: list((place / "runs").glob("*")), 120, "the run to begin")
    process.kill()
    process.wait()
    state = ask(server, "/flow_runs/filter", {"flow_runs": {"id": {"any_": [lock.name]}}})[0]["state"]["type"]
    assert state == "RUNNING", "Prefect does not notice by itself"
    mark = (
        "from pathlib import Path; from flows.reconcile import mark_crashed_runs; "
        f"print(len(mark_crashed_runs(Path({str(place)!r}))))"
    )
    for marked in ("1", "0"):
        done = run(server, "python", "-c", mark)
        assert done.stdout.split()[-1] == marked, done.stderr
    state = ask(server, "/flow_runs/filter", {"flow_runs": {"id": {"any_": [lock.name]}}})[0]["state"]["type"]
    assert state == "CRASHED"
    assert list((place / "runs").glob("*")) == []


def test_a_wrong_address_of_one_way_keeps_nobody_from_the_other_and_is_tried_once(server):
    hook = Hook()
    wrong = {"CHAMRA_MAIL_TO": "malee@example.go.th", "CHAMRA_SMTP": "mail", "CHAMRA_WEBHOOK": hook.address}
    code = "from flows.notify import notify; notify('scan-inbox', 'Failed')"
    done = run(server | wrong, "python", "-c", code)
    assert done.returncode != 0, "somebody must see that the mail server's address is wrong"
    assert "CHAMRA_SMTP is no address" in done.stderr
    assert [body["subject"] for body in hook.bodies] == ["Chamra: scan-inbox: Failed"]
    hook.close()


def test_what_ends_the_reading_of_one_folder_of_the_inbox_keeps_none_of_the_others_out(server, tmp_path):
    """Nobody may ask for two signatures here but an administrator, who is another account."""
    inbox, place = tmp_path / "inbox", tmp_path / "w"
    for name in ("archive", "court", "letters"):
        (inbox / name).mkdir(parents=True)
        (inbox / name / f"{name}.pdf").write_bytes(scan_pdf() + f"% {name}".encode())
    code = f"from flows.inbox import scan_inbox; scan_inbox({str(inbox)!r}, {str(place)!r})"
    said = (
        "['archive']\nreader = 'text-layer'\n['court']\nsignatures = 2\n['letters']\nreader = 'text-layer'\n"
    )
    with Workspace.open(place, create=True) as ws:
        add(ws, "malee", "มาลี", {Role.ADMINISTRATOR}, None, MALEE, account="somebody-else")
        (place / "folders.toml").write_text(said.replace("text-layer", "text-lair"))
        done = run(server, "python", "-c", code)
        assert "[archive] reader = 'text-lair' is none" in done.stderr
        assert ws.ledger.documents() == (), "nothing was taken"
        (place / "folders.toml").write_text(said)
        done = run(server, "python", "-c", code)
        assert done.returncode != 0
        assert "folder court: " in done.stderr
        assert "none of theirs" in done.stderr
        assert {one.name for one in summaries(ws)} == {"archive.pdf", "letters.pdf"}
