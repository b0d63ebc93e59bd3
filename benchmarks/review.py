"""How long the review page takes from a key to the next proposal, the decision being durable in between.

    .venv/bin/python benchmarks/review.py [--proposals 100 10000 1000000] [--decisions 60] [--json FILE]

For each number makes a workspace with so many proposals (34 on a page, 300 pages in a document), serves it as
`chamra review` does and presses A in Debian's Chromium. The page measures itself, from the key to the frame
after the next proposal is drawn. "answer" is the server's part of
that; "open" is the first look at the queue, "queue" a later one.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median, quantiles

import cv2
import numpy as np
from numpy.typing import NDArray
from playwright.sync_api import Page as Tab
from playwright.sync_api import sync_playwright

from benchmarks.common import machine
from ledger.event import Event
from ledger.events.findings_recorded import FindingsRecorded
from ledger.events.page_read import PageRead
from ledger.events.source_registered import SourceRegistered
from model.box import Box
from model.edit import Edit, Findings, Proposal, Safety, Span, finding_id
from model.evidence import Evidence, EvidenceKind
from model.page import Line, Page, Quality, Reader, Reading
from workspace.codec import encode_findings, encode_page
from workspace.store import recipe_key
from workspace.workspace import Workspace

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking")
ON_PAGE, IN_DOCUMENT, TEXTS = 34, 300, 16
WIDTH, HEIGHT = 1654, 2339  # pixels of A4 at 200 dpi
QUALITY = Quality(22.0, 0.8, 0.01, 3.5, 0.07, False)
LINE = "เทศบาลตำบลกระทู้ อำเภอกระทู้ จังหวัดภูเก็ต ดูแลผู้สูงอายุ"


def made_workspace(folder: Path, proposals: int) -> int:
    """A workspace with at least so many proposals that need a person; returns how many.

    In one transaction, and pages take turns with a few texts (more than are kept decoded), or a million
    would take hours to make.
    """
    pages = max(2, round(proposals / ON_PAGE))
    with Workspace.open(folder, create=True) as ws:
        done, image = cv2.imencode(".png", _paper())
        if not done:
            raise RuntimeError("cv2 was built without PNG")
        picture = ws.store.put(image.tobytes())
        blobs = [_blobs(ws, text, picture) for text in range(1, TEXTS + 1)]
        with ws.ledger.writing() as batch:
            for first in range(0, pages, IN_DOCUMENT):
                numbers = range(1, min(IN_DOCUMENT, pages - first) + 1)
                for event in _events(ws, first // IN_DOCUMENT, numbers, picture, blobs):
                    batch.append(event)
    return pages * ON_PAGE


def _blobs(ws: Workspace, text: int, picture: str) -> tuple[str, str]:
    reading = _reading(text, ON_PAGE)
    page = Page("0" * 64, text, picture, WIDTH, HEIGHT, 200.0, QUALITY, (reading,))
    return ws.store.put(encode_page(page)), ws.store.put(encode_findings(_findings(reading)))


def _events(
    ws: Workspace, document: int, numbers: range, picture: str, blobs: list[tuple[str, str]]
) -> Iterator[Event]:
    name = f"long-{document}.pdf"
    data = b"%PDF " + name.encode("ascii")
    identity = ws.store.put(data)
    yield SourceRegistered(identity, name, f"/inbox/{name}", "pdf", len(data), len(numbers), tuple(numbers))
    for number in numbers:
        page, found = blobs[number % TEXTS]
        key = recipe_key(step="made", page=number)
        yield PageRead(identity, number, page, picture, "made 1", key)
        yield FindingsRecorded(identity, number, page, found, "rules-1", "dictionaries-1", key)


def _paper() -> NDArray[np.uint8]:
    """A page with rows of dark strokes on uneven paper: compresses as a scan does."""
    chance = np.random.default_rng(1)
    paper = np.full((HEIGHT, WIDTH), 232, np.uint8) + chance.integers(0, 8, (HEIGHT, WIDTH), np.uint8)
    for top in range(100, HEIGHT - 100, 62):
        for left in range(100, WIDTH - 100, 20):
            paper[top : top + int(chance.integers(12, 40)), left : left + int(chance.integers(2, 9))] = 40
    return np.asarray(paper, np.uint8)


def _reading(number: int, lines: int) -> Reading:
    rows = [f"{number}.{row} {LINE}" for row in range(lines)]
    text = "\n".join(rows)
    boxes: list[Box | None] = []
    spans: list[Line] = []
    height = (HEIGHT - 200) // lines
    for row, line in enumerate(rows):
        top = 100 + row * height
        start = len(boxes)
        boxes += [
            None if letter == " " else Box(100 + 20 * i, top, 118 + 20 * i, top + height - 12)
            for i, letter in enumerate(line)
        ]
        spans.append(Line(Span(start, len(boxes)), Box(100, top, WIDTH - 100, top + height - 12)))
        boxes.append(None)
    size = len(text)
    reader = Reader("made", "1")
    return Reading(number, reader, text, tuple(spans), tuple(boxes[:size]), (0.9,) * size, (None,) * size)


def _findings(reading: Reading) -> Findings:
    wrong, right = "กระทู้", "กะทู้"
    sha = reading.sha256
    spans = [Span(m.start(), m.end()) for m in re.finditer(f"ตำบล({wrong})", reading.text)]
    proposals = tuple(
        Proposal(
            finding_id(sha, "GAZ101", place, right), "GAZ101", 1, Edit(place, wrong, right),
            "Misspelt subdistrict", (Evidence(EvidenceKind.PLACE, (("ตำบลกะทู้",),)),), 0.97, Safety.REVIEW, ("กระทุ้",),
        )
        for place in (Span(one.start + len("ตำบล"), one.end) for one in spans)
    )  # fmt: skip
    return Findings(sha, proposals, (), "rules-1", "dictionaries-1")


def proportion(workspace: Path, state: Path, decisions: int) -> dict[str, list[float]]:
    """Milliseconds of each decision, and of each opening of a page."""
    command = [sys.executable, "-m", "cli.app", "review", "-w", str(workspace), "--who", "B", "--port", "0"]
    environment = os.environ | {"XDG_STATE_HOME": str(state), "PYTHONUNBUFFERED": "1"}
    took: dict[str, list[float]] = {"open": [], "decision": [], "answer": [], "queue": [], "page": []}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as server:
        try:
            if server.stdout is None:
                raise RuntimeError("the server says nothing")
            url = next(m[0] for line in server.stdout if (m := re.search(r"http://\S+", line)))
            with sync_playwright() as playwright:
                page = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS).new_page()
                page.set_default_timeout(600_000)
                took["open"].append(_timed(lambda: page.goto(url)))
                for _ in range(3):
                    took["queue"].append(_timed(lambda: page.goto(url)))
                page.click("section a.button")
                while len(took["decision"]) < decisions:
                    page.wait_for_selector("#change ins, #trouble.end")
                    if page.query_selector("#trouble.end"):
                        took["page"].append(_timed(lambda: _next_page(page)))
                        continue
                    before = len(took["decision"])
                    page.keyboard.press("a")
                    page.wait_for_function(
                        "n => performance.getEntriesByName('chamra-decision').length > n", arg=0
                    )
                    took["decision"] += page.evaluate(
                        """() => { const all = performance.getEntriesByName('chamra-decision');
                           performance.clearMeasures(); return all.map(one => one.duration); }"""
                    )
                    took["answer"] += page.evaluate(
                        """() => { const all = performance.getEntriesByType('resource')
                           .filter(one => one.name.endsWith('/decisions'));
                           performance.clearResourceTimings(); return all.map(one => one.duration); }"""
                    )
                    if len(took["decision"]) != before + 1:
                        raise RuntimeError("one key, one decision")
        finally:
            server.kill()
    return took


def _next_page(page: Tab) -> None:
    with page.expect_navigation():
        page.keyboard.press("n")
    page.wait_for_selector("#change ins")


def _timed(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return 1000 * (time.perf_counter() - start)


def summary(took: dict[str, list[float]]) -> dict[str, dict[str, float]]:
    """Median, 95th percentile and most, in milliseconds."""
    return {
        name: {
            "count": len(values),
            "median": round(median(values), 1),
            "p95": round(quantiles([*values, values[-1]], n=20, method="inclusive")[-1], 1),
            "most": round(max(values), 1),
        }
        for name, values in took.items()
        if values
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--proposals", type=int, nargs="+", default=[100, 10_000, 1_000_000])
    parser.add_argument("--decisions", type=int, default=60)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    results = []
    for wanted in given.proposals:
        with tempfile.TemporaryDirectory() as folder:
            workspace = Path(folder) / "workspace"
            made = made_workspace(workspace, wanted)
            took = summary(proportion(workspace, Path(folder) / "state", min(given.decisions, made)))
        results.append({"proposals": made, "milliseconds": took})
        print(json.dumps(results[-1], indent=1), flush=True)
    if given.json:
        given.json.write_text(
            json.dumps({"results": results, "machine": machine()}, indent=1) + "\n", "utf-8"
        )


if __name__ == "__main__":
    main()
