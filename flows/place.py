"""Where the code of a flow run lies: where it is installed on the machine that runs it, whoever made the deployment."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).parents[1]
"""The folder of this installation."""


def own_code() -> dict[str, str]:
    """A step before a flow run, in its own process: the code of this machine is at work, at whatever path."""
    os.chdir(ROOT)
    return {"directory": str(ROOT)}
