"""SIGTERM is meant as Ctrl-C is: nobody is left behind, and nothing is held against a page."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ocr.scratch import scratch_folder, sweep_scratch
from tests.flows.test_prefect_server import wait_until
from tests.pipeline.fake_reader import scan_pdf
from workspace.workspace import Workspace

ROOT = Path(__file__).parents[2]
FAKE = """#!/bin/sh
case " $* " in *" --version "*|*" --list-langs "*) exec {real} "$@";; esac
echo $$ >> {pids}
{then}
"""


@pytest.fixture
def fake_tesseract(tmp_path, monkeypatch):
    """Put a Tesseract first on PATH that answers who it is, notes its process id, and then does this."""

    def make(then):
        program = tmp_path / "bin" / "tesseract"
        program.parent.mkdir(exist_ok=True)
        program.write_text(FAKE.format(real=shutil.which("tesseract"), pids=tmp_path / "pids", then=then))
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
        return tmp_path / "pids"

    return make


@pytest.fixture
def digitise(tmp_path):
    """Start `chamra digitise` on the scan, as a process of its own with a folder for temporary files of its own."""
    (tmp_path / "scan.pdf").write_bytes(scan_pdf())
    (tmp_path / "tmp").mkdir()

    def start():
        command = [
            sys.executable,
            "-m",
            "cli.app",
            "digitise",
            tmp_path / "scan.pdf",
            "-w",
            tmp_path / "w",
            "--jobs",
            "2",
        ]
        return subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, "TMPDIR": str(tmp_path / "tmp")},
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509  who runs us may ignore it
        )  # fmt: skip

    return start


def lives(pid):
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False


def records(place, kind):
    with Workspace.open(place) as ws:
        return list(ws.ledger.records(kind=kind))


@pytest.mark.tesseract
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_stop_ends_the_children_too_and_says_so(fake_tesseract, digitise, tmp_path, number):
    pids = fake_tesseract("sleep 600")
    process = digitise()
    wait_until(lambda: pids.exists() and len(pids.read_text().split()) == 2, 60, "two pages to be in hand")
    process.send_signal(number)
    begun = time.monotonic()
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert time.monotonic() - begun < 20
    assert "interrupted; what was finished is kept" in said
    assert "Traceback" not in said
    assert not any(map(lives, pids.read_text().split()))
    assert records(tmp_path / "w", "failed") == []
    assert list((tmp_path / "tmp").glob("chamra-*")) == []


@pytest.mark.tesseract
def test_a_tesseract_that_is_stopped_with_us_is_no_fault_of_the_page(fake_tesseract, digitise, tmp_path):
    pids = fake_tesseract("exec sleep 600")
    process = digitise()
    wait_until(lambda: pids.exists() and len(pids.read_text().split()) == 2, 60, "two pages to be in hand")
    for pid in [
        *map(int, pids.read_text().split()),
        process.pid,
    ]:  # as a service manager does: everybody at once
        os.kill(pid, signal.SIGTERM)
    process.communicate(timeout=60)
    assert process.returncode == 130
    assert records(tmp_path / "w", "failed") == []


@pytest.mark.tesseract
def test_a_tesseract_that_fails_on_everything_ends_the_run_and_is_repaired(
    fake_tesseract, digitise, tmp_path
):
    fake_tesseract("echo 'Error opening data file' >&2; exit 1")
    process = digitise()
    _, said = process.communicate(timeout=120)
    assert (process.returncode, "Tesseract does not work" in said) == (4, True)
    assert records(tmp_path / "w", "failed") == []
    (tmp_path / "bin" / "tesseract").unlink()
    process = digitise()
    process.communicate(timeout=120)
    assert process.returncode == 0
    assert len(records(tmp_path / "w", "page")) == 3


@pytest.mark.tesseract
def test_a_tesseract_that_crashes_now_and_then_costs_no_page(fake_tesseract, digitise, tmp_path):
    real = shutil.which("tesseract")
    once = f'[ $(wc -l < {tmp_path / "pids"}) -le 2 ] && kill -9 $$\nexec {real} "$@"'
    fake_tesseract(once)
    process = digitise()
    process.communicate(timeout=120)
    assert process.returncode == 0
    assert records(tmp_path / "w", "failed") == []


@pytest.mark.tesseract
def test_what_a_killed_run_leaves_among_the_temporary_files_the_next_one_sweeps(
    fake_tesseract, digitise, tmp_path
):
    pids = fake_tesseract("sleep 3")
    process = digitise()
    wait_until(lambda: pids.exists() and len(pids.read_text().split()) == 2, 60, "two pages to be in hand")
    process.kill()
    process.communicate()
    left = [path for path in (tmp_path / "tmp").iterdir() if path.name.startswith("chamra-scratch-")]
    assert left
    for path in left:
        os.utime(path, (1, 1))
    (tmp_path / "bin" / "tesseract").unlink()
    wait_until(lambda: not any(map(lives, pids.read_text().split())), 30, "the orphans to end")
    digitise().communicate(timeout=120)
    assert not any(path.exists() for path in left)


def test_only_what_nobody_holds_is_swept(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    for name in ("chamra-scratch-old", "chamra-work", "chamra-scratch-own", "other"):
        (tmp_path / name).mkdir()
    for name in ("chamra-work", "chamra-scratch-own"):
        (tmp_path / name / "a file of somebody's").touch()
    for path in tmp_path.iterdir():
        os.utime(path, (1, 1))
    with scratch_folder() as mine:
        os.utime(mine, (1, 1))
        (tmp_path / "chamra-scratch-young").mkdir()
        assert sweep_scratch() == 1
        left = ["chamra-work", "chamra-scratch-own", mine.name, "chamra-scratch-young", "other"]
        assert sorted(path.name for path in tmp_path.iterdir()) == sorted(left)


def test_a_prefect_server_that_is_away_is_a_sentence(tmp_path):
    (tmp_path / "scan.pdf").write_bytes(scan_pdf())
    done = subprocess.run(
        [sys.executable, "-m", "cli.app", "digitise", tmp_path / "scan.pdf", "-w", tmp_path / "w"],
        cwd=ROOT, env={**os.environ, "PREFECT_API_URL": "http://127.0.0.1:9/api", "PREFECT_HOME": str(tmp_path / "p")},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 4
    assert "No Prefect server answers at http://127.0.0.1:9/api" in done.stderr
    assert len(done.stderr.splitlines()) <= 2
    assert not (tmp_path / "w").exists()
