"""No command speaks to anybody: traced by `strace` in a network of its own, where nothing would answer anyway."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CHAMRA = Path(sys.executable).with_name("chamra")
SAMPLE = Path(__file__).resolve().parents[2] / "cli" / "sample"
NAME_SERVICE = re.compile(r'sun_path="(/var)?/run/nscd/socket"|^\d+ +socket\(AF_UNIX, SOCK_STREAM')
"""How libc asks this machine who an account is: a socket in its file system."""

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
)  # fmt: skip


def traced(folder, home, *words):
    """The calls that concern networks, of a command and of all that it starts; and its exit status."""
    log = folder / "trace"
    strace = ["strace", "-f", "-qq", "--seccomp-bpf", "-e", "trace=%network", "-e", "signal=none", "-o", log]
    kept = {"PATH": os.environ["PATH"], "HOME": str(home), "TMPDIR": str(home), "LANG": "C.UTF-8"}
    done = subprocess.run(
        ["unshare", "-n", *strace, CHAMRA, *words], cwd=folder, env=kept, capture_output=True, check=False
    )
    calls = [line for line in log.read_text().splitlines() if " exited with " not in line]
    return done, calls


@pytest.mark.tesseract
@pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed")
@pytest.mark.skipif(
    subprocess.run(["unshare", "-n", "true"], check=False, capture_output=True).returncode != 0,
    reason="this account may make no network of its own",
)
@pytest.mark.timeout(600)
def test_no_command_opens_a_socket_or_leaves_files_of_others(tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    for words in COMMANDS:
        done, calls = traced(tmp_path, home, *words)
        told = f"{words[0]}: {done.stderr.decode()[-300:]}"
        assert done.returncode in (0, 1), told
        assert b"Traceback" not in done.stderr, told
        assert [call for call in calls if not NAME_SERVICE.search(call)] == [], words[0]
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
