"""A path entrypoint puts flows/ first on sys.path: a file there must not shadow a package of ours."""

import subprocess
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]


def packages():
    """Whatever Python can import from the root: each folder that is under version control and holds code."""
    listed = subprocess.run(
        ["git", "ls-files", "*.py"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    return {first for first, slash, _ in (path.partition("/") for path in listed) if slash}


def test_no_file_in_flows_is_named_like_a_top_level_package():
    assert {"ledger", "audit", "pipeline", "cli", "training"} < packages(), "the rooms are seen"
    assert not {path.stem for path in (ROOT / "flows").iterdir()} & packages()


def test_every_room_stands_in_the_floor_plan_that_is_checked():
    plan = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["root_packages"]
    assert packages() - {"training", "tests", "benchmarks"} == set(plan)


def test_there_are_no_packages_below_tests():
    assert not list((ROOT / "tests").rglob("__init__.py"))
