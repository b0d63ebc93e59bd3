"""A path entrypoint puts flows/ first on sys.path: a file there must not shadow a package of ours."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_no_file_in_flows_is_named_like_a_top_level_package():
    packages = set(
        tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["root_packages"]
    )
    names = {path.stem for path in (ROOT / "flows").iterdir()}
    assert not names & packages


def test_there_are_no_packages_below_tests():
    assert not list((ROOT / "tests").rglob("__init__.py"))
