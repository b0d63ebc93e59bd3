"""Whether faults are known in the packages that the lock file names, as far as pip-audit and its data can be had.

python -m benchmarks.advisories

pip-audit (`pipx install pip-audit`) asks the package index. What it could not look up counts as not checked, whatever
it says itself. Ends with status 1 where a fault is known, 0 where none is or nothing could be asked.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

LOCK = Path(__file__).resolve().parents[1] / "requirements.lock"
_SECONDS = 180


def asked() -> tuple[str, str]:
    """pip-audit's answer about the lock file, as JSON, and what it said besides; empty where it is not there or takes
    too long."""
    program = shutil.which("pip-audit")
    if program is None:
        return "", "pip-audit is not installed"
    command = [
        program,
        "--disable-pip",
        "--require-hashes",
        "-r",
        str(LOCK),
        "-f",
        "json",
        "--progress-spinner",
        "off",
    ]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=_SECONDS)
    except subprocess.TimeoutExpired:
        return "", f"pip-audit took longer than {_SECONDS} s"
    return done.stdout, (done.stderr.strip().splitlines() or [""])[-1]


def verdict(answer: str, said: str) -> tuple[int, str]:
    """The exit status, and what to tell."""
    try:
        packages: list[dict[str, Any]] = json.loads(answer)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return 0, f"known faults: NOT CHECKED: {said}"
    known = [
        f"{one['name']} {one['version']}: {fault['id']}, mended in {', '.join(fault['fix_versions']) or 'no version'}"
        for one in packages
        for fault in one.get("vulns", ())
    ]
    looked_up = [one for one in packages if "vulns" in one]
    if known:
        return 1, "\n".join(["known faults:", *known])
    if not looked_up:
        return (
            0,
            f"known faults: NOT CHECKED: the index has no advisories for any of {len(packages)} packages",
        )
    return (
        0,
        f"known faults: none in {len(looked_up)} of {len(packages)} packages; the others could not be looked up",
    )


def main() -> int:
    """Ask and print."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    status, told = verdict(*asked())
    print(told)
    return status


if __name__ == "__main__":
    sys.exit(main())
