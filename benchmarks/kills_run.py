"""Kills of a command that reads: of itself, of the processes that open files for it, of its Tesseract."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from PIL import Image, ImageDraw

from audit.audit import audit
from benchmarks.kills_tally import KillTally
from ledger.events.findings_recorded import FindingsRecorded
from ledger.events.page_failed import PageFailed
from ledger.events.page_read import PageRead
from ledger.events.source_registered import SourceRegistered
from workspace.folder import SETTINGS
from workspace.workspace import Workspace

ROOT = Path(__file__).resolve().parents[1]
SCAN = ROOT / "cli/sample/scan.pdf"
SOURCE = "drawn.pdf"
BIN = Path(sys.executable).parent
PAGES = 4
"""Of the document that `draw` makes."""
KILLS_A_ROUND = 4
"""On one workspace, before it is looked at."""
_TRIES = 6
"""Runs without a kill in which everything must be read after all."""

PageBlobs = dict[tuple[str, int], tuple[str, str]]
"""Of each page of each document the blobs of its reading and of its findings."""


def kill_runs(
    place: Path, kinds: list[str], tallies: Mapping[str, KillTally], dice: random.Random
) -> Iterator[None]:
    """One kill of each of these kinds, a few on each workspace; then what it holds is compared."""
    if not kinds:
        return
    place.mkdir(parents=True)
    draw(place / SOURCE)
    begun = time.monotonic()
    subprocess.run(command(place / "whole"), check=True, capture_output=True)
    longest = time.monotonic() - begun
    whole = blobs_of(place / "whole")
    todo = list(kinds)
    number = 0
    while todo:
        workspace, done = place / f"round-{number}", set[str]()
        for _ in range(min(KILLS_A_ROUND, len(todo))):
            if not kill_one(command(workspace), todo[-1], dice.uniform(0, longest)):
                break  # it was done before, so nothing is left to be harmed here
            done.add(todo[-1])
            tallies[todo.pop()].kills += 1
            yield
        finish(workspace)
        judge(workspace, whole, [tallies[kind] for kind in sorted(done)])
        number += 1


def draw(path: Path) -> None:
    """A document of a few small pages that are quickly read."""
    pages = []
    for number in range(1, PAGES + 1):
        page = Image.new("L", (700, 400), 250)
        words = ImageDraw.Draw(page)
        for row in range(5):
            words.text(
                (60, 60 + 40 * row), f"Page {number}, line {row}: dolor sit amet", fill=10, font_size=22
            )
        pages.append(page)
    pages[0].save(path, "PDF", save_all=True, append_images=pages[1:], resolution=100)


def command(workspace: Path) -> list[str]:
    """The command that reads the document that lies beside the workspace."""
    return [str(BIN / "chamra"), "digitise", str(workspace.with_name(SOURCE)), "-w", str(workspace),
            "--reader", "tesseract", "--jobs", "2", "--json"]  # fmt: skip


def kill_one(words: list[str], kind: str, after: float) -> bool:
    """Start the command and kill the victim that is asked for so many seconds later, or as soon as there is one. False
    where the command ended before."""
    with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as driver:
        time.sleep(after)
        while driver.poll() is None:
            victim = driver.pid if kind == "driver" else next(iter(victims(driver.pid, kind)), None)
            if victim is not None:
                with suppress(ProcessLookupError):
                    os.kill(victim, signal.SIGKILL)
                driver.wait()
                return True
            time.sleep(0.005)
    return False


def victims(driver: int, kind: str) -> list[int]:
    """The processes below this one that are Tesseract, or that are none."""
    return [pid for pid, name in below(driver) if name.startswith("tesseract") == (kind == "tesseract")]


def below(parent: int) -> list[tuple[int, str]]:
    """Ids and names of all processes that this one has started, and those have."""
    children: dict[int, list[tuple[int, str]]] = {}
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError, ValueError):
            head, _, rest = (entry / "stat").read_text(errors="replace").rpartition(")")
            children.setdefault(int(rest.split()[1]), []).append((int(entry.name), head.partition("(")[2]))
    found: list[tuple[int, str]] = []
    todo = [parent]
    while todo:
        direct = children.get(todo.pop(), [])
        found += direct
        todo += [pid for pid, _ in direct]
    return found


def finish(workspace: Path) -> None:
    """Run it again, undisturbed, until it says that all is done."""
    for _ in range(_TRIES):
        if subprocess.run(command(workspace), check=False, capture_output=True).returncode == 0:
            return


def judge(workspace: Path, whole: PageBlobs, tallies: list[KillTally]) -> None:
    """Compare what a workspace holds with what it should, and write down what is wrong against these kinds."""
    found = blobs_of(workspace)
    if not found:
        for tally in tallies:
            tally.lost.append(f"{workspace.name}: nothing is on record")
        return
    with Workspace.open(workspace, readonly=True) as ws:
        failures = sum(1 for _ in ws.ledger.events(PageFailed))
        report = audit(ws)
    for tally in tallies:
        tally.failed_meanwhile += failures
        tally.skipped += [
            f"{workspace.name}: page {number} of {document[:12]}"
            for document, number in whole.keys() - found.keys()
        ]
        tally.different += [
            f"{workspace.name}: page {key[1]}"
            for key in whole.keys() & found.keys()
            if whole[key] != found[key]
        ]
        if not report.holds:
            tally.lost.append(f"{workspace.name}: the audit does not hold")
        failures = 0  # counted once


def _page(workspace: Path, key: tuple[str, int]) -> str:
    return f"{workspace.name}: page {key[1]} of {key[0][:12]}"


def blobs_of(workspace: Path) -> PageBlobs:
    """What the ledger says of the pages asked for that were read and gone through."""
    if not (workspace / SETTINGS).exists():
        return {}
    with Workspace.open(workspace, readonly=True) as ws:
        asked = {
            (one.event.document, number)
            for one in ws.ledger.events(SourceRegistered)
            for number in one.event.requested
        }
        read = {(one.event.document, one.event.page): one.event.blob for one in ws.ledger.events(PageRead)}
        gone = {
            (one.event.document, one.event.page): one.event.blob for one in ws.ledger.events(FindingsRecorded)
        }
    return {key: (read[key], gone[key]) for key in asked if key in read and key in gone}
