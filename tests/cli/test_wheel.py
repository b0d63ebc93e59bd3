"""The wheel has all that the program needs to run from anywhere."""

import os
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from cli.man_page import man_page
from reports.export_format import export_names

ROOT = Path(__file__).resolve().parents[2]
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """The wheel as `make wheel` builds it, unpacked as an installation has it."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder / "dist"],
        cwd=ROOT, check=True, capture_output=True,
    )  # fmt: skip
    (wheel,) = (folder / "dist").glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def run(site: Path, *words: str) -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("CHAMRA_")}
    done = subprocess.run(
        [sys.executable, "-c", "from cli.app import main; main()", *words],
        cwd=site.parent, env=environment | {"PYTHONPATH": str(site)}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout


@pytest.mark.slow
def test_what_is_installed_says_its_version_and_finds_its_exports(installed) -> None:
    assert run(installed, "--version") == f"chamra {VERSION}\n"
    listed = run(installed, "export", "--formats").splitlines()
    assert sorted(line.split()[0] for line in listed) == sorted(export_names())


@pytest.mark.slow
def test_files_that_are_read_while_it_runs_are_in_the_wheel(installed) -> None:
    for name in ("reports/templates/director.html.j2", "reports/evidence/verify.py", "cli/sample/scan.pdf"):
        assert (installed / name).read_bytes() == (ROOT / name).read_bytes()
    assert not (installed / "tests").exists()
    assert not (installed / "training").exists()


@pytest.mark.slow
def test_the_manual_page_is_installed_where_man_looks(installed) -> None:
    (page,) = installed.glob("*.data/data/share/man/man1/chamra.1")
    assert page.read_bytes() == (ROOT / "docs/chamra.1").read_bytes()


def test_the_manual_page_is_that_of_the_commands() -> None:
    assert (ROOT / "docs/chamra.1").read_text("utf-8") == man_page(), "make man"


def test_a_checkout_says_its_version(chamra) -> None:
    assert chamra("--version") == (0, f"chamra {VERSION}\n", "")
