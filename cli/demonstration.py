"""The demonstration: the real commands, one after the other, on a scan of our own."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

from model.errors import Exit

SAMPLE = Path(__file__).parent / "sample" / "scan.pdf"
_WHO = "Demo Reviewer"


def run_demo(workspace: Path, *, prefect: bool) -> Exit:
    """Run the whole loop in `workspace`, printing each command before it runs.

    Running it again is harmless: what was read is kept, what was decided stands.
    """
    place = ["-w", str(workspace)]
    _title("Read the scan and propose corrections")
    _run(["digitise", str(SAMPLE), *place, *(["--prefect"] if prefect else [])])
    _title("What waits for a person")
    _run(["status", str(SAMPLE), *place])
    _decide(place)
    _title("Sign, publish, audit")
    who = ["--who", _WHO]
    steps = (
        ["sign", str(SAMPLE), *place, *who],
        ["publish", *place],
        ["audit", *place],
        ["report", str(SAMPLE), *place],
    )
    for step in steps:
        status = _run(step)
        if status is not Exit.DONE:
            return status
    published = workspace / "published.txt"
    _run(["export", str(SAMPLE), *place, "--format", "text", "-o", str(published)])
    reports = sorted((workspace / "reports").glob("*.html"))
    _say("")
    _say(f"The diff report:    {reports[0].resolve()}")
    _say(f"The published text: {published.resolve()}")
    _say("")
    _say("Next: open the report in a browser. Then read and review documents of your own:")
    _say("  .venv/bin/chamra digitise YOUR.pdf -w my-workspace")
    _say("  .venv/bin/chamra review -w my-workspace --who YOUR-NAME")
    return Exit.DONE


def _decide(place: list[str]) -> None:
    """Decide as a careful reviewer would: what needs two people is left as it was printed."""
    waiting = _open_findings(place)
    two = [f"{one['page']}:{one['id']}" for one in waiting if one["people"] > 1]
    _title("Decide")
    if two:
        _say("# To change what the page says of a place needs two people. Here it is left as printed.")
        note = ["--note", "quoted as printed; the author was asked"]
        _run(
            [
                "decide",
                str(SAMPLE),
                *place,
                "--who",
                _WHO,
                *[arg for one in two for arg in ("--reject", one)],
                *note,
            ]
        )
    if len(waiting) > len(two):
        _run(["decide", str(SAMPLE), *place, "--who", _WHO, "--accept-remaining"])


def _open_findings(place: list[str]) -> list[dict[str, Any]]:
    command = [*_program(), "status", str(SAMPLE), *place, "--json"]
    answer = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return [
        finding for document in answer["documents"] for page in document["pages"] for finding in page["open"]
    ]


def _program() -> list[str]:
    return [sys.executable, "-m", "cli.app"]


def _run(arguments: list[str]) -> Exit:
    _say(f"$ chamra {shlex.join(arguments)}")
    return Exit(subprocess.run([*_program(), *arguments], check=False).returncode)


def _title(words: str) -> None:
    _say(f"\n== {words} ==")


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201  the demonstration speaks to the person at the terminal
