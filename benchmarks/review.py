"""What the review page costs a reviewer: keys to finish pages, wrong letters that nothing marks, and how long it takes.

    .venv/bin/python -m benchmarks.review [--data DIR] [--only NAME] [--workspace DIR] [--json FILE]
    .venv/bin/python -m benchmarks.review --proposals 100 10000 [--decisions 60] [--delay MS] [--json FILE]

The first lets a scripted reviewer who knows the truth finish the sample, and the pages of DIR where it is there. The
second makes for each number a workspace with so many proposals (34 on a page, 300 pages in a document), serves it as
`chamra review` does and presses A in Debian's Chromium. "shown" is from the key to the frame in which the next thing is
shown, "recorded" until the decision is durable, "bytes" what each decision brought over the network; "open" is the
first look at the queue, "queue" a later one.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles

import cv2
import numpy as np
from numpy.typing import NDArray
from playwright.sync_api import Page as Tab
from playwright.sync_api import sync_playwright

from benchmarks.common import PageCase, machine
from benchmarks.review_server import ARGUMENTS, CHROMIUM, review_server
from benchmarks.scripted_reviewer import ScriptedReviewer, Work, marked_letters, wrong_letters
from ledger.event import Event
from ledger.events.findings_recorded import FindingsRecorded
from ledger.events.page_read import PageRead
from ledger.events.source_registered import SourceRegistered
from model.box import Box
from model.edit import Edit, Findings, Proposal, Safety, Span, finding_id
from model.evidence import Evidence, EvidenceKind
from model.page import Line, Page, Quality, Reader, Reading
from review.state import page_state
from workspace.codec import encode_findings, encode_page
from workspace.store import recipe_key
from workspace.workspace import Workspace

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
    yield SourceRegistered(identity, name, "pdf", len(data), len(numbers), tuple(numbers))
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


@contextmanager
def served(workspace: Path, state: Path) -> Iterator[tuple[str, Tab]]:
    """`chamra review` on a workspace and a tab of Debian's Chromium; gives the address to open and the tab."""
    with review_server(workspace, state) as served, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        tab = chromium.new_page(viewport={"width": 1366, "height": 768}, locale="en-GB")
        tab.set_default_timeout(600_000)
        yield served.url, tab


def latency(workspace: Path, state: Path, decisions: int, delay: int) -> dict[str, list[float]]:
    """Milliseconds of each decision until the next is shown and until it is on record, of opening pages and lists;
    `delay` is the time that a request takes to the server and back beside its own."""
    took: dict[str, list[float]] = {
        "open": [],
        "shown": [],
        "recorded": [],
        "queue": [],
        "page": [],
        "bytes": [],
    }
    with served(workspace, state) as (url, tab):
        took["open"].append(_timed(lambda: tab.goto(url)))
        for _ in range(3):
            took["queue"].append(_timed(lambda: tab.goto(url)))
        network = tab.context.new_cdp_session(tab)
        conditions = {"offline": False, "latency": delay, "downloadThroughput": -1, "uploadThroughput": -1}
        network.send("Network.enable")
        network.send("Network.emulateNetworkConditions", conditions)
        tab.click("section a.button")
        tab.wait_for_selector("#change ins")
        while len(took["shown"]) < decisions:
            if tab.locator("#accept:visible").count() == 0:
                before = tab.locator("#number").inner_text()
                tab.keyboard.press("n")
                if tab.locator("#accept:visible").count() == 0:
                    tab.wait_for_function(
                        "was => document.getElementById('number').textContent !== was", arg=before
                    )
                tab.wait_for_selector("#accept:visible")
                continue
            tab.keyboard.press("a")
            tab.wait_for_selector("#review[aria-busy=false]")
            for name in ("shown", "recorded"):
                took[name] += _measures(
                    tab, {"shown": "chamra-decision", "recorded": "chamra-recorded"}[name]
                )
            took["bytes"] += tab.evaluate(
                """() => { const all = performance.getEntriesByType('resource')
                   .filter(one => one.name.endsWith('/decisions'));
                   performance.clearResourceTimings(); return all.map(one => one.transferSize); }"""
            )
    return took


def _measures(tab: Tab, name: str) -> list[float]:
    tab.wait_for_function("name => performance.getEntriesByName(name).length > 0", arg=name)
    found: list[float] = tab.evaluate(
        """name => { const all = performance.getEntriesByName(name).map(one => one.duration);
           performance.clearMeasures(name); return all; }""",
        name,
    )
    return found


def finished_pages(data: Path, read: Path, folder: Path, only: str) -> dict[str, dict[str, object]]:
    """What it takes a scripted reviewer who knows the truth to finish the pages whose names have `only` in them.

    They are read into the workspace `read`, and finished on a copy of it.
    """
    cases = [case for case in study_pages(data, folder) if only in case.name]
    numbered = {case.name: _read(read, case) for case in cases}
    shutil.copytree(read, folder / "workspace")
    with Workspace.open(folder / "workspace") as ws:
        total, found = Work(), dict[str, dict[str, object]]()
        with served(folder / "workspace", folder / "state") as (url, tab):
            tab.goto(url)
            root = tab.url.rstrip("/")
            for case in cases:
                document = numbered[case.name]
                state = page_state(ws, document, case.number)
                wrong, marked = marked_letters(state, case.truth_text)
                tab.goto(f"{root}/documents/{document}/pages/{case.number}")
                tab.wait_for_selector("#stage:not(:empty)")
                work = ScriptedReviewer(tab, case).finish()
                work.wrong, work.marked = wrong, marked
                work.left = wrong_letters(page_state(ws, document, case.number).shown_text, case.truth_text)
                found[case.name] = work.summary()
                total.add(work)
                print(json.dumps({case.name: found[case.name]}, ensure_ascii=False), flush=True)
    return found | {"all": total.summary()}


def study_pages(data: Path, folder: Path) -> tuple[PageCase, ...]:
    """The sample, its empty page too, and of the data where it is there: gazette, degraded prose, an election
    announcement. Twelve pages in all."""
    sample = Path(__file__).parents[1] / "cli" / "sample"
    found: list[PageCase] = []
    truths = (sample / "truth.txt").read_text("utf-8").split("\f")
    for number, truth in enumerate(truths, 1):
        file = folder / f"scan-{number}.txt"
        file.write_text(truth, "utf-8")
        found.append(PageCase(f"scan-{number}", sample / "scan.pdf", number, file))
    if not data.is_dir():
        return tuple(found)
    gazette, prose, scans = data / "gazette", data / "prose", data / "scans"
    found += [PageCase(f"gazette-p{n:03}", gazette / "constituency.pdf", n, gazette / "truth" / f"p{n:03}.txt")
              for n in (2, 3, 4)]  # fmt: skip
    found += [PageCase(f"prose-{name}", prose / "scans" / f"{name}.jpg", 1, prose / "truth" / f"{name[:4]}.txt")
              for name in ("p004-l300", "p008-h200", "p010-h150")]  # fmt: skip
    name = "election-10-24-p1"
    found.append(PageCase(name, scans / f"{name}.png", 1, scans / "truth" / f"{name}.txt"))
    return tuple(found)


def _read(workspace: Path, case: PageCase) -> str:
    """Read a page as the cascade reads it, and examine it; the id of its document."""
    reader = "cascade" if case.file.suffix == ".pdf" else "auto"
    command = [
        sys.executable, "-m", "cli.app", "digitise", str(case.file), "--pages", str(case.number), "--reader", reader,
        "-w", str(workspace),
    ]  # fmt: skip
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode not in (0, 1):
        raise RuntimeError(done.stderr)
    return hashlib.sha256(case.file.read_bytes()).hexdigest()


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
    parser.add_argument("--data", type=Path, default=Path("nowhere"))
    parser.add_argument("--only", default="")
    parser.add_argument(
        "--workspace", type=Path, help="where the pages are read to, and kept for the next run"
    )
    parser.add_argument("--proposals", type=int, nargs="+", default=[])
    parser.add_argument("--decisions", type=int, default=60)
    parser.add_argument("--delay", type=int, default=0)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    results: dict[str, object] = {}
    with tempfile.TemporaryDirectory() as folder:
        if not given.proposals:
            read = given.workspace or Path(folder) / "read"
            results["pages"] = finished_pages(given.data, read, Path(folder), given.only)
        for wanted in given.proposals:
            workspace = Path(folder) / str(wanted)
            made = made_workspace(workspace, wanted)
            took = latency(workspace, Path(folder) / "state", min(given.decisions, made), given.delay)
            results[f"{made} proposals, {given.delay} ms"] = summary(took)
    print(json.dumps(results, indent=1, ensure_ascii=False))
    if given.json:
        text = json.dumps({"results": results, "machine": machine()}, indent=1, ensure_ascii=False)
        given.json.write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
