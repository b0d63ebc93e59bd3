"""What a page costs on this machine, and what worker processes on it come to; for `benchmarks.planning`."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.kills_run import BIN, PAGES, ROOT, SCAN, draw
from ledger.events.findings_recorded import FindingsRecorded
from ledger.events.page_failed import PageFailed
from ledger.ledger import Ledger
from pipeline.local import digitise_here
from pipeline.run import open_run
from pipeline.settings import Settings
from workspace.codec import decode_findings
from workspace.workspace import Workspace

_RECORDS_A_PAGE = 2
_APPENDS = 200
_MORE = 5
"""Documents that one run has more than the other."""
_SLEEP = """#!/bin/sh
case " $* " in *" --version "*|*" --list-langs "*|*" stdin "*) exec {real} "$@";; esac
sleep {seconds}
exec {real} "$@"
"""


@dataclass(frozen=True, slots=True)
class ScalingRun:
    """How long so many pages took, of which each waited for so many seconds, by workers who shared so many cores."""

    seconds: float
    pages: int
    waits: float
    cores: int


def measure() -> dict[str, float]:
    """The costs of a page of the bundled scan, by name as `benchmarks.planning.Costs` has them."""
    with tempfile.TemporaryDirectory(prefix="planning-") as folder:
        place = Path(folder)
        with Workspace.open(place / "w", create=True) as ws, open_run(ws, settings=Settings(jobs=1)) as run:
            digitise_here(run, [SCAN], "1")  # models and dictionaries are loaded once in a worker's life
            whole = _processor(lambda: digitise_here(run, [SCAN]))
            pages = len({one.event.page for one in ws.ledger.events(FindingsRecorded)})
            findings = [
                decode_findings(ws.store.get(one.event.blob)) for one in ws.ledger.events(FindingsRecorded)
            ]
            asked = sum(len(one.proposals) + len(one.flags) for one in findings) / pages
            stored = sum(
                look.size for tree in ("blobs", "recipes") for _, look in ws.store.files.listing(tree)
            )
            recorded = (place / "w" / "ledger.sqlite").stat().st_size
        return {
            "page": whole / (pages - 1),
            "driver": _driver_seconds(place),
            "ledger": _RECORDS_A_PAGE * _append_seconds(place / "ledger.sqlite"),
            "stored": stored / pages,
            "recorded": recorded / pages,
            "decisions": asked,
        }


def _append_seconds(path: Path) -> float:
    """A durable record: the quickest quarter of many, for others are at work on this machine, too."""
    ledger = Ledger(path, create_for="0" * 32)
    took = []
    for number in range(1, _APPENDS + 1):
        begun = time.perf_counter()
        ledger.append(PageFailed("0" * 64, number, "measured", 1, None))
        took.append(time.perf_counter() - begun)
    ledger.close()
    quick = sorted(took)[: _APPENDS // 4]
    return sum(quick) / len(quick)


_DRIVER = """
import resource, sys
from pathlib import Path

def main():
    from flows.launch import digitise_with_prefect
    from pipeline.progress import silent
    from pipeline.settings import Settings

    digitise_with_prefect(
        [Path(one) for one in sys.argv[2:]], Path(sys.argv[1]), reader="tesseract", pages=None, password=None,
        settings=Settings(jobs=2, dask="here"), dictionaries=[], listener=silent,
    )
    used = resource.getrusage(resource.RUSAGE_SELF)
    print("used", used.ru_utime + used.ru_stime)

if __name__ == "__main__":
    main()
"""


def _driver_seconds(place: Path) -> float:
    """What a page more costs the process that drives a run over Dask workers: of its own time, without theirs."""
    program = place / "driver.py"
    program.write_text(_DRIVER)
    own = {"PYTHONPATH": str(ROOT), "PREFECT_HOME": str(place / "prefect"), "PREFECT_LOGGING_LEVEL": "ERROR"}
    environment = {**os.environ, **own}
    environment.pop("PREFECT_API_URL", None)
    took = {}
    for count in (1, 1 + _MORE):
        words = [BIN / "python", program, place / f"w{count}", *_documents(place / f"d{count}", count)]
        done = subprocess.run(words, env=environment, check=True, capture_output=True, text=True)
        took[count] = float(done.stdout.rpartition("used ")[2])
    return max(0.0, (took[1 + _MORE] - took[1]) / (_MORE * PAGES))


def _documents(folder: Path, count: int) -> list[Path]:
    """So many documents of a few small pages."""
    folder.mkdir()
    paths = [folder / f"{number}.pdf" for number in range(count)]
    for number, path in enumerate(paths):
        draw(path)
        path.write_bytes(path.read_bytes() + b"\n" * number)
    return paths


def scaling(
    workers: Sequence[int], documents: int = 4, waits: float = 2.0
) -> Iterator[tuple[int, ScalingRun]]:
    """Runs by so many worker processes, whose Tesseract sleeps before it reads: more workers than cores have work."""
    with tempfile.TemporaryDirectory(prefix="planning-") as folder:
        place = Path(folder)
        paths = _documents(place / "documents", documents)
        program = place / "bin" / "tesseract"
        program.parent.mkdir()
        program.write_text(_SLEEP.format(real=shutil.which("tesseract"), seconds=waits))
        program.chmod(0o755)
        for count in workers:
            with _path_first(program.parent):
                yield count, _timed(place / f"w{count}", paths, count, waits)


def _timed(workspace: Path, paths: Sequence[Path], count: int, waits: float) -> ScalingRun:
    """One run, less what it takes before its first page: the difference of a run over all and over one document."""
    took = []
    for sources in (paths[:1], paths):
        place = workspace.with_name(f"{workspace.name}-{len(sources)}")
        words: list[str | Path] = [BIN / "chamra", "digitise", *sources, "-w", place,
                 "--reader", "tesseract", "--jobs", str(count), "--json"]  # fmt: skip
        begun = time.monotonic()
        subprocess.run(words, check=True, capture_output=True)
        took.append(time.monotonic() - begun)
    return ScalingRun(took[1] - took[0], (len(paths) - 1) * PAGES, waits, os.cpu_count() or 1)


@contextmanager
def _path_first(folder: Path) -> Iterator[None]:
    before = os.environ["PATH"]
    os.environ["PATH"] = f"{folder}{os.pathsep}{before}"
    try:
        yield
    finally:
        os.environ["PATH"] = before


def _processor(work: Callable[[], object]) -> float:
    """Seconds of processors that something takes, with all processes that it starts and that end."""
    before = _used()
    work()
    return _used() - before


def _used() -> float:
    both = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in both)
