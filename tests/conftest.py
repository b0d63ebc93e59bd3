"""What the tests of several rooms stand on."""

import itertools
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from cli import app as cli
from pipeline.progress import silent
from pipeline.run import open_run
from pipeline.settings import Settings
from tests.ledger import postgres
from tests.pipeline.fake_reader import scan_pdf
from tests.review.house import House
from workspace.workspace import Workspace

# Properties are judged by what holds, not by how busy the machine is.
settings.register_profile("whole", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("quick", parent=settings.get_profile("whole"), max_examples=20)  # of `make check`
settings.load_profile("whole")

_numbers = itertools.count(1)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item):
    """A test finds no Tesseract unless it is marked as one that runs it."""
    found = os.environ["PATH"]
    if item.get_closest_marker("tesseract") is None:
        os.environ["PATH"] = f"{Path(__file__).parent / 'unmarked'}{os.pathsep}{found}"
    try:
        return (yield)
    finally:
        os.environ["PATH"] = found


@pytest.fixture(scope="session")
def postgres_server():
    """A PostgreSQL server of our own, where one can be started."""
    why_not = postgres.why_not()
    if why_not:
        pytest.skip(why_not)
    with postgres.server() as url:
        yield url


@pytest.fixture
def postgres_url(postgres_server):
    """An empty place for a ledger in PostgreSQL."""
    return postgres.fresh_schema(postgres_server, f"test_{next(_numbers)}")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.server)])
def place(request, tmp_path):
    """An empty place for a ledger: the path of a file, or the URL of a database."""
    if request.param == "sqlite":
        return tmp_path / "ledger.sqlite"
    return request.getfixturevalue("postgres_url")


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    path = tmp_path / "scan.pdf"
    path.write_bytes(scan_pdf())
    return path


@pytest.fixture
def workspace(tmp_path):
    with Workspace.open(tmp_path / "workspace", create=True) as opened:
        yield opened


@pytest.fixture
def run_with(workspace):
    """Make a run with a reader; closed at the end."""
    runs = []

    def make(reader, listener=silent, password=None, **settings):
        chosen = Settings(jobs=2, **settings)
        runs.append(open_run(workspace, reader, chosen, password=password, listener=listener))
        return runs[-1]

    yield make
    for run in runs:
        run.close()


@pytest.fixture
def chamra(capfd, monkeypatch):
    """Run a command in this process; gives status, standard output and standard error."""

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["chamra", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        out, err = capfd.readouterr()
        return ended.value.code, out, err

    return run


@pytest.fixture
def house(tmp_path):
    made = House(tmp_path)
    yield made
    made.ws.close()


@pytest.fixture
def disk_of(tmp_path):
    """Makes a file system of a size, such as `1m`, for as long as the test runs."""
    mounted: list[Path] = []

    def make(size):
        disk = tmp_path / f"disk-{len(mounted)}"
        disk.mkdir()
        mount = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(disk)],
            capture_output=True,
            check=False,
        )
        if mount.returncode:
            pytest.skip(f"a tmpfs cannot be mounted here: {mount.stderr.decode().strip()}")
        mounted.append(disk)
        return disk

    yield make
    for disk in mounted:
        subprocess.run(["umount", "-l", str(disk)], check=True)
