"""No command speaks to anybody: traced by `strace` in a network of its own, where nothing would answer anyway."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

CHAMRA = Path(sys.executable).with_name("chamra")
SAMPLE = Path(__file__).resolve().parents[2] / "cli" / "sample"
NAME_SERVICE = re.compile(r'sun_path="(/var)?/run/nscd/socket"|^\d+ +socket\(AF_UNIX, SOCK_STREAM')
"""How libc asks this machine who an account is: a socket in its file system."""
PAIR = re.compile(r"^\d+ +(socketpair\(AF_UNIX, |getsockname\(\d+, \{sa_family=AF_UNIX\})")
"""How a loop of events wakes itself: two ends without a name, both within one process."""

COMMANDS = (
    ("digitise", SAMPLE / "scan.pdf", "-w", "work", "--pages", "1"),
    ("text", "scan.pdf", "-w", "work", "--layer", "raw"),
    ("text", "scan.pdf", "-w", "work", "--layer", "safe"),
    ("correct", SAMPLE / "truth.txt"),
    ("status", "-w", "work"),
    ("decide", "scan.pdf", "-w", "work", "--who", "Malee", "--accept-remaining"),
    ("sign", "scan.pdf", "-w", "work", "--who", "Malee"),
    ("publish", "-w", "work"),
    ("export", "scan.pdf", "-w", "work", "--format", "pdf", "-o", "scan-out.pdf"),
    ("export", "scan.pdf", "-w", "work", "--format", "jsonl", "-o", "scan.jsonl"),
    ("audit", "-w", "work"),
    ("trace", "scan.pdf", "1", "5", "-w", "work"),
    ("evaluate", SAMPLE / "truth.txt", SAMPLE / "truth.txt"),
    ("learn", "-w", "work"),
    ("doctor", "-w", "work"),
    ("places", "scan.pdf", "-w", "work"),
    ("ledger", "export", "-w", "work", "-o", "ledger.jsonl"),
    ("ledger", "verify", "ledger.jsonl", "--anchors", "work.anchors.log"),
    ("ledger", "checkpoint", "-w", "work", "-o", "checkpoint"),
    *(("export", "scan.pdf", "-w", "work", "--format", form, "-o", f"out.{form}")
      for form in ("evidence", "tei", "pages", "lines", "director", "scorecard", "parquet", "iiif")),
    ("verify", "scan-out.pdf"),  # it is not signed
    ("status", "-w", "work", "--json"),
    ("sheet", "scan.pdf", "-w", "work", "-o", "sheet.xlsx"),
    ("tables", "scan.pdf", "-w", "work"),
    ("report", "scan.pdf", "-w", "work"),
    ("audit", "-w", "work", "--again"),
    ("tidy", "-w", "work"),
    ("upgrade", "-w", "work"),
    ("backup", "backup", "-w", "work"),
)  # fmt: skip


IN_THIS_MACHINE = ("sh", "-c", 'ip link set lo up && exec "$@"', "sh")
"""A network that has this machine alone: what is meant for elsewhere has no way."""

own_network = pytest.mark.skipif(
    not shutil.which("strace")
    or not shutil.which("ip")
    or subprocess.run(["unshare", "-n", "true"], check=False, capture_output=True).returncode != 0,
    reason="no strace, no ip, or this account may make no network of its own",
)


def tracing(folder, home, words, *within):
    """A command that writes the network calls of `words` and of all that it starts to `folder/trace`."""
    strace = (
        "strace",
        "-f",
        "-qq",
        "--seccomp-bpf",
        "-e",
        "trace=%network",
        "-e",
        "signal=none",
        "-o",
        folder / "trace",
    )
    kept = {"PATH": os.environ["PATH"], "HOME": str(home), "TMPDIR": str(home), "LANG": "C.UTF-8"}
    return [*map(str, ("unshare", "-n", *within, *strace, CHAMRA, *words))], {"cwd": folder, "env": kept}


def calls_in(folder):
    return [line for line in (folder / "trace").read_text().splitlines() if " exited with " not in line]


def traced(folder, home, *words):
    """The calls that concern networks, of a command and of all that it starts; and its exit status."""
    command, how = tracing(folder, home, words)
    return subprocess.run(command, capture_output=True, check=False, **how), calls_in(folder)


ADDRESS = re.compile(r'inet_addr\("([^"]+)"\)|inet_pton\(AF_INET6, "([^"]+)"')


def elsewhere(calls):
    """The addresses of calls that are none of this machine's."""
    found = {one[1] or one[2] for line in calls for one in ADDRESS.finditer(line)}
    return {one for one in found if not one.startswith("127.") and one not in ("0.0.0.0", "::1", "::")}


@pytest.mark.tesseract
@own_network
@pytest.mark.timeout(900)
def test_processes_that_read_for_one_run_speak_to_nobody_but_each_other(tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    words = ("digitise", SAMPLE / "scan.pdf", "-w", "work", "--pages", "1", "--dask", "here")
    command, how = tracing(tmp_path, home, words, *IN_THIS_MACHINE)
    done = subprocess.run(command, capture_output=True, check=False, **how)
    assert done.returncode == 0, done.stderr.decode()[-500:]
    calls = calls_in(tmp_path)
    assert any("127.0.0.1" in line for line in calls), "they do speak to each other"
    assert elsewhere(calls) == set()


@pytest.mark.server
@own_network
@pytest.mark.timeout(900)
def test_what_is_started_together_listens_here_and_speaks_to_nobody_else(tmp_path):
    home = tmp_path / "home"
    for folder in (home, tmp_path / "inbox"):
        folder.mkdir()
    subprocess.run([CHAMRA, "init", "-w", "work"], cwd=tmp_path, check=True, capture_output=True)
    words = ("up", "-w", "work", "--inbox", "inbox")
    command, how = tracing(tmp_path, home, words, *IN_THIS_MACHINE)
    with (tmp_path / "said").open("wb") as said:
        running = subprocess.Popen(command, stdout=said, stderr=said, start_new_session=True, **how)
        try:
            deadline = time.monotonic() + 300
            while b"chamra: running" not in (tmp_path / "said").read_bytes() and time.monotonic() < deadline:
                assert running.poll() is None, (tmp_path / "said").read_text()[-500:]
                time.sleep(1)
            assert b"chamra: running" in (tmp_path / "said").read_bytes()
            time.sleep(20)
        finally:
            os.killpg(running.pid, signal.SIGINT)
            running.wait(120)
    calls = calls_in(tmp_path)
    assert any("127.0.0.1" in line for line in calls)
    assert elsewhere(calls) == set()


@pytest.mark.tesseract
@own_network
@pytest.mark.timeout(1800)
def test_no_command_opens_a_socket_or_leaves_files_of_others(tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    for words in COMMANDS:
        done, calls = traced(tmp_path, home, *words)
        told = f"{words[0]}: {done.stderr.decode()[-300:]}"
        assert done.returncode in ((3,) if words[0] == "verify" else (0, 1)), told
        assert b"Traceback" not in done.stderr, told
        assert [call for call in calls if not (NAME_SERVICE.search(call) or PAIR.search(call))] == [], words[
            0
        ]
        assert [str(path.relative_to(home)) for path in home.rglob("*")] == [], words[0]


@pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed")
def test_the_trace_would_find_a_socket(tmp_path):
    """A guard that sees nothing proves nothing."""
    script = "import socket; socket.socket().connect(('192.0.2.1', 80))"
    log = tmp_path / "trace"
    subprocess.run(
        ["unshare", "-n", "strace", "-f", "-qq", "-e", "trace=%network", "-o", log, sys.executable, "-c", script],
        check=False,
        capture_output=True,
    )  # fmt: skip
    assert any("192.0.2.1" in line and not NAME_SERVICE.search(line) for line in log.read_text().splitlines())


def test_what_reports_to_its_maker_is_switched_off_by_the_first_import_of_ours():
    ask = "import model, os; print(os.environ['ORT_DISABLE_TELEMETRY'], os.environ['DO_NOT_TRACK'])"
    done = subprocess.run(
        [sys.executable, "-c", ask], env={"PATH": os.environ["PATH"], "DO_NOT_TRACK": "0"},
        cwd=Path(__file__).resolve().parents[2], capture_output=True, check=True,
    )  # fmt: skip
    assert done.stdout.split() == [b"1", b"1"]
