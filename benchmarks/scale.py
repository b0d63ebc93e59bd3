"""Long documents and many of them, through the inbox: time, memory, and what comes after.

python -m benchmarks.scale [--pages 2000] [--files 5000] [--documents 10000] [--jobs 2] [--only long,many,again,status]

- long: one PDF of so many pages through the inbox; then the same command over the whole of it, unchanged; then with a
  word more in the dictionary, so that every page is proposed anew and none read.
- many: so many files of one page through the inbox, by as many scans as that takes.
- status: `chamra status` over so many documents, whose records are written without reading anything.

Pages are small ones of our own with a text layer, so that reading is cheap and the pipeline is measured. Memory is the
most that all processes of a run held together (the proportional set size, which counts what they share once). Times
are seconds on the clock, and of processors of all processes of the command together: the latter tell what others at
work on the machine do not change.
"""

from __future__ import annotations

import argparse
import io
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pikepdf

from benchmarks.kills_run import BIN, ROOT, below
from ledger.events.findings_recorded import FindingsRecorded
from ledger.events.page_read import PageRead
from ledger.events.source_registered import SourceRegistered
from model.page import Page, Quality, Reader, Reading
from pipeline.knowledge import knowledge
from tests.ocr.thai_pdf import build
from workspace.codec import encode_findings, encode_page
from workspace.store import recipe_key
from workspace.workspace import Workspace

PARTS = ("long", "many", "again", "status")
_LINES = (
    "องค์การบริหารส่วนตำบลเชียงบาน",
    "อำเภอเชียงคำ จังหวัดพะเยา",
    "เรื่อง ขอเชิญประชุมสภาสมัยสามัญ",
    "ครั้งที่ ๒ ประจำปี พ.ศ. ๒๕๖๗",
)
_BOX = (60, 660, 360, 800)
"""What of the page is kept, points."""
_QUALITY = Quality(x_height=22.5, contrast=0.8, noise=0.01, sharpness=3.5, ink=0.07, blank=False)
_ROUNDS = 3
_SCAN = """
import sys
from pathlib import Path
from pipeline.inbox import new_files
from pipeline.local import digitise_here
from pipeline.run import open_run
from pipeline.settings import Settings
from workspace.workspace import Workspace

if __name__ == "__main__":
    inbox, settings = Path(sys.argv[1]), Settings(jobs=int(sys.argv[3]))
    with Workspace.open(sys.argv[2]) as ws, open_run(ws, "text-layer", settings) as run:
        while ready := new_files(ws, inbox, 0.0, most=settings.inbox_files).ready:
            digitise_here(run, ready)
"""
"""What a scan of the inbox does, without Prefect."""


@dataclass(frozen=True, slots=True)
class RunCost:
    """What a run took: seconds on the clock, seconds of processors, and the most memory of all its processes, MiB."""

    seconds: float
    processor: float
    memory: float

    def __str__(self) -> str:
        return f"{self.seconds:.1f} s, {self.processor:.1f} s of processors, {self.memory:.0f} MiB"


def main() -> int:
    """Measure and print."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--pages", type=int, default=2000)
    options.add_argument("--files", type=int, default=5000)
    options.add_argument("--documents", type=int, default=10_000)
    options.add_argument("--jobs", type=int, default=2)
    options.add_argument("--only", default=",".join(PARTS))
    asked = options.parse_args()
    parts = asked.only.split(",")
    with tempfile.TemporaryDirectory(prefix="scale-") as folder:
        place = Path(folder)
        if "long" in parts:
            _long(place / "long", asked.pages, asked.jobs, again="again" in parts)
        if "many" in parts:
            _many(place / "many", asked.files, asked.jobs, again="again" in parts)
        if "status" in parts:
            _status(place / "status", asked.documents)
    return 0


def _long(place: Path, pages: int, jobs: int, *, again: bool) -> None:
    inbox, workspace = _places(place)
    path = inbox / "long.pdf"
    path.write_bytes(document(pages))
    run = _scanned(place, inbox, workspace, jobs)
    print(f"{pages} pages in one file: {run}", flush=True)
    if not again:
        return
    words = _words(workspace, [path], jobs)
    _say(f"{pages} pages, unchanged", [_watched(words) for _ in range(_ROUNDS)])
    (workspace / "dictionaries").mkdir(exist_ok=True)
    (workspace / "dictionaries" / "words.txt").write_text("word: ฮีตสิบสอง\n", encoding="utf-8")
    run = _watched(words)
    print(f"{pages} pages, proposed anew: {run}; {pages / run.seconds:.1f} pages/s", flush=True)


def _many(place: Path, files: int, jobs: int, *, again: bool) -> None:
    inbox, workspace = _places(place)
    page = document(1)
    paths = [inbox / f"{number // 500:03}" / f"{number}.pdf" for number in range(files)]
    for number, path in enumerate(paths):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(page + b"\n" * number)
    run = _scanned(place, inbox, workspace, jobs)
    print(f"{files} files of a page: {run}", flush=True)
    if again:
        some = paths[:1000]
        words = _words(workspace, some, jobs)
        _say(f"{len(some)} documents, unchanged", [_watched(words) for _ in range(_ROUNDS)])
        _say(f"status of {files} documents", [_watched(_status_of(workspace)) for _ in range(_ROUNDS)])


def _status(place: Path, documents: int) -> None:
    place.mkdir()
    with Workspace.open(place / "workspace", create=True) as ws:
        record(ws, documents)
    first, *more = [_watched(_status_of(place / "workspace")) for _ in range(1 + _ROUNDS)]
    print(f"status of {documents} documents, for the first time: {first}", flush=True)
    _say(f"status of {documents} documents", more)


def record(ws: Workspace, documents: int) -> None:
    """Records of so many documents of a page as a run writes them; nothing is read."""
    reader = Reader("recited", "1", ())
    reading = Reading.of_text("\n".join(_LINES) + "\n", reader, 1)
    known = knowledge()
    findings = known.find(reading)
    found = ws.store.put(encode_findings(findings))
    image = ws.store.put(b"an image")
    with ws.ledger.writing() as batch:
        for number in range(documents):
            document = recipe_key(document=number)
            page = Page(
                document=document, number=1, image_sha256=image, width=10, height=10, dpi=300, quality=_QUALITY,
                readings=(reading,),
            )  # fmt: skip
            blob = ws.store.put(encode_page(page))
            key = recipe_key(page=number)
            batch.append(SourceRegistered(document, f"{number}.pdf", "pdf", 1, 1, (1,)))
            batch.append(PageRead(document, 1, blob, image, str(reader), key))
            batch.append(FindingsRecorded(document, 1, blob, found, known.ruleset, known.dictionaries, key))


def _places(place: Path) -> tuple[Path, Path]:
    (place / "inbox").mkdir(parents=True)
    Workspace.open(place / "workspace", create=True).close()
    return place / "inbox", place / "workspace"


def document(pages: int) -> bytes:
    """A PDF of so many small pages with a text layer."""
    made: Callable[[list[str]], bytes] = build  # which has no types
    with pikepdf.open(io.BytesIO(made(list(_LINES)))) as one, pikepdf.new() as whole:
        one.pages[0].MediaBox = pikepdf.Array(_BOX)
        for _ in range(pages):
            whole.pages.append(one.pages[0])
        out = io.BytesIO()
        whole.save(out)
    return out.getvalue()


def _scanned(place: Path, inbox: Path, workspace: Path, jobs: int) -> RunCost:
    program = place / "scan.py"
    program.write_text(_SCAN)
    return _watched([BIN / "python", program, inbox, workspace, str(jobs)])


def _words(workspace: Path, paths: Sequence[Path], jobs: int) -> list[str | Path]:
    return [
        BIN / "chamra", "digitise", *paths, "-w", workspace, "--reader", "text-layer", "--jobs", str(jobs), "--json",
    ]  # fmt: skip


def _status_of(workspace: Path) -> list[str | Path]:
    return [BIN / "chamra", "status", "-w", workspace]


def _say(what: str, runs: Sequence[RunCost]) -> None:
    """The run in the middle of several, by its processors."""
    print(f"{what}: {sorted(runs, key=lambda run: run.processor)[len(runs) // 2]}", flush=True)


def _watched(words: Sequence[str | Path]) -> RunCost:
    """Run a command to its end, and see how much memory it takes on the way."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "CHAMRA_SECOND_READER": "off"}
    environment.pop("PREFECT_API_URL", None)
    begun, before = time.monotonic(), used()
    with subprocess.Popen(words, env=environment, stdout=subprocess.PIPE, stderr=sys.stderr) as process:
        assert process.stdout is not None
        with _most_memory(process.pid) as most:
            process.stdout.read()
        if process.wait():
            raise RuntimeError(f"{words[:2]} ended with status {process.returncode}")
    return RunCost(time.monotonic() - begun, used() - before, most() / 1024)


def used() -> float:
    """Seconds of processors of all processes that this one and those have started, and that have ended."""
    of_children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return of_children.ru_utime + of_children.ru_stime


@contextmanager
def _most_memory(root: int) -> Iterator[Callable[[], float]]:
    """The most that a process and those below it hold while the block lasts, KiB, looked at twice a second."""
    found, over = [0.0], threading.Event()

    def look() -> None:
        while not over.wait(0.5):
            found.append(sum(_held(pid) for pid in (root, *(pid for pid, _ in below(root)))))

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    try:
        yield lambda: max(found)
    finally:
        over.set()
        thread.join()


def _held(pid: int) -> float:
    """The proportional set size of a process, KiB; nothing of one that is gone."""
    with suppress(OSError, ValueError):
        for line in (Path("/proc") / str(pid) / "smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return float(line.split()[1])
    return 0.0


if __name__ == "__main__":
    sys.exit(main())
