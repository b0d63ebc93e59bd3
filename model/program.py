"""What this program is called and which version of it runs."""

from __future__ import annotations

import tomllib
from importlib import metadata
from pathlib import Path

NAME = "chamra"

_PROJECT = Path(__file__).resolve().parents[1] / "pyproject.toml"


def program_version() -> str:
    """The version: a checkout states it itself, and of an installation its package does."""
    if _PROJECT.is_file():
        return str(tomllib.loads(_PROJECT.read_text("utf-8"))["project"]["version"])
    return metadata.version(NAME)
