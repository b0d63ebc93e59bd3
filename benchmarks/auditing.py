"""What the audit of a long document takes: `chamra audit` without `--again`, in seconds of processors and of the clock.

    .venv/bin/python -m benchmarks.auditing [--pages 300] [--workspace FOLDER] [PDF ...]

The pages of the sample, or of these PDFs, are read once and repeated until there are enough; signed by a key and
published. With `--workspace` it is made in that folder, once. Seconds of the processors are those of the audit and of
the processes that draw the pages; on two processors that nobody else uses the clock says half of them.
"""

from __future__ import annotations

import argparse
import hashlib
import resource
import shutil
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import pikepdf

from audit.trust import Trust
from benchmarks.tampering_house import (
    ANONG,
    PASSWORD,
    ROOT,
    SCAN,
    Clock,
    make_keys,
    register,
    tools,
    work_through,
)  # fmt: skip
from ledger.signing.allowed_signers import read_signers
from model.page import Reader, Reading
from model.user import Role
from ocr.image.prepare import Prepared
from ocr.source.rasterise import Source
from pipeline.examine import examine
from pipeline.full_audit import full_audit
from pipeline.hand_on import handed_to
from pipeline.read_page import PageReading, read_page
from review import users
from workspace.workspace import Workspace

_NAME = "long.pdf"


class _Once:
    """Reads each page image once, however often it comes."""

    def __init__(self) -> None:
        self._read: dict[bytes, tuple[Reading, ...]] = {}
        self._reader = tools()[0].reader

    @property
    def reader(self) -> Reader:
        return self._reader.reader

    def read(self, source: Source, number: int, prepared: Prepared, dpi: float) -> tuple[Reading, ...]:
        key = hashlib.sha256(prepared.image.tobytes()).digest()
        if key not in self._read:
            self._read[key] = self._reader.read(source, number, prepared, dpi)
        return tuple(replace(one, page=number) for one in self._read[key])


def build(folder: Path, sources: list[Path], count: int) -> None:
    """Make the workspace, which is kept where it was made already."""
    # A workspace knows where its anchors lie, so it is made where it stays.
    path, made_whole = folder / "archive", folder / "complete"
    if made_whole.exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    for one in (*folder.glob("archive*"), *folder.glob("keys")):
        shutil.rmtree(one) if one.is_dir() else one.unlink()
    long = folder / _NAME
    with pikepdf.new() as made:
        opened = [pikepdf.open(one) for one in sources]
        pages = [page for one in opened for page in one.pages]
        for number in range(count):
            made.pages.append(pages[number % len(pages)])
        made.save(long, deterministic_id=True)
    reading, known = PageReading(_Once(), tools()[0].sources), tools()[1]
    with Workspace.open(path, create=True, clock=Clock()) as ws:
        users.add(ws, "anong", "Anong", [Role.ADMINISTRATOR], PASSWORD, ROOT)
        users.add(ws, "malee", "Malee", [Role.REVIEWER], PASSWORD, ANONG)
        users.add(ws, "somchai", "Somchai", [Role.REVIEWER, Role.SECOND_REVIEWER], PASSWORD, ANONG)
        make_keys(ws, folder / "keys")
        document = register(ws, long, count, tuple(range(1, count + 1)))
        for number in range(1, count + 1):
            read = read_page(ws, reading, document, _NAME, number)
            under = handed_to(ws, document, number)
            examine(ws, known, read.page, read.blob, read.expected, under=under)
            print(f"read {number} of {count}", end="\r", flush=True)
        work_through(ws, document)
    made_whole.touch()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--workspace", type=Path)
    parser.add_argument("sources", nargs="*", type=Path, default=[SCAN])
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as own:
        folder = asked.workspace or Path(own)
        build(folder, asked.sources, asked.pages)
        began, used = time.monotonic(), _work()
        with Workspace.open(folder / "archive", readonly=True) as ws:
            report = full_audit(ws, trust=Trust(signers=read_signers(ws.signers)))
        total = _work() - used
    alarms = [one for one in report.findings if one.severity != "NOTE"]
    print(
        f"{len(report.pages)} pages: {total:.1f} s of processors, {time.monotonic() - began:.1f} s by the clock; "
        f"{report.again.images} images are what the source shows, {len(alarms)} alarms"
    )


def _work() -> float:
    both = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(used.ru_utime + used.ru_stime for used in both)


if __name__ == "__main__":
    main()
