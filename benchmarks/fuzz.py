"""Files and requests that nobody sane would send, by the thousand: whatever is not a clear refusal is kept and told.

python -m benchmarks.fuzz [--minutes 30] [--seed 1] [--only readers|imports|sheets|web] [--keep FOLDER]

A corpus of sound files and requests of ours is changed at random: bytes, numbers, names and whole pieces, and pieces of
one in another. Readers open what comes of it in the worker, as `chamra digitise` does; imports and sheets are parsed by
the code that runs in the worker; the review page is asked as a server would ask it, by somebody who is logged in. A
finding is an exception that is no refusal, an answer of status 500 or more, a process left behind, or what takes longer
than its limit. Ends with status 1 where there is one; --keep has each with its traceback.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import random
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks.fuzz_corpus import PIECES, import_files, sheet_files, source_files
from benchmarks.fuzz_web import WebTarget
from model.errors import BadInput, PageError
from model.page import Reader
from ocr.imported.formats import known_formats, parse
from ocr.imported.reader import page_reading
from ocr.imported.worker_parse import handler, page_of
from ocr.sandbox.limits import Limits
from ocr.sandbox.protocol import Refusal
from ocr.source.rasterise import open_source
from review import sheet_worker
from review.decision_sheet import column_names

LIMITS = Limits(pages=50, pixels=4_000_000, seconds=12, memory_mb=1024)
SLOW = {"readers": 30.0, "imports": 10.0, "sheets": 10.0, "web": 5.0}
"""Seconds after which one case counts as a hang: of this process's work, but for readers, whose worker has its own
limit, on the clock."""

_KNOWN = known_formats()

Target = Callable[[bytes], str]
"""Does something with the bytes and says what came of it; raises what is a finding."""


def mutated(data: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    """The data with one to eight changes."""
    made = bytearray(data)
    for _ in range(chance.choice((1, 1, 1, 2, 3, 8))):
        at = chance.randrange(len(made) + 1)
        end = min(len(made), at + chance.choice((1, 1, 2, 8, 64, 1024)))
        match chance.randrange(7):
            case 0:
                made[at:end] = bytes(chance.randrange(256) for _ in range(end - at))
            case 1:
                del made[at:end]
            case 2:
                made[at:at] = made[at:end] * chance.choice((1, 2, 50))
            case 3:
                made[at:end] = chance.choice(PIECES)
            case 4:
                other = chance.choice(others)
                start = chance.randrange(len(other) + 1)
                made[at:end] = other[start : start + chance.choice((4, 64, 4096))]
            case 5:
                del made[at:]
            case _:
                if at < len(made):
                    made[at] ^= 1 << chance.randrange(8)
    return bytes(made)


def read_source(folder: Path) -> Target:
    """Open a file and look at its first two pages."""

    def target(data: bytes) -> str:
        path = folder / "source"
        path.write_bytes(data)
        said = "read"
        try:
            with open_source(path, limits=LIMITS) as source:
                for number in range(1, min(source.page_count, 2) + 1):
                    for look in (source.page, source.glyphs):
                        try:
                            look(number)
                        except PageError:
                            said = "a page refused"
        except BadInput:
            return "refused"
        return said

    return target


def take_import(data: bytes) -> str:
    """Parse another engine's output, and make readings of its first pages."""
    try:
        _, found = parse(data, "given", _KNOWN)
    except BadInput:
        return "refused"
    for number, page in enumerate(found.pages[:3], 1):
        page_reading(number, Reader("fuzz", "1"), page, 1000, 1400)
    return "read"


def take_import_in_the_worker(folder: Path) -> Target:
    """What the worker answers about a file is what the parent can read."""
    answer = handler("given")

    def target(data: bytes) -> str:
        path = folder / "given"
        path.write_bytes(data)
        try:
            _, payload = answer({"path": str(path)})
        except Refusal:
            return "refused"
        for page in payload.split(b"\n"):
            page_of(page)
        return "read"

    return target


def take_sheet(folder: Path) -> Target:
    """Parse a sheet of decisions."""
    answer = sheet_worker.handler(column_names())

    def target(data: bytes) -> str:
        path = folder / "sheet"
        path.write_bytes(data)
        try:
            answer({"path": str(path)})
        except Refusal:
            return "refused"
        return "read"

    return target


def cases(corpus: Sequence[bytes], chance: random.Random) -> Iterator[bytes]:
    """The corpus itself, then changes of it for ever; what comes out of some is changed again."""
    yield from corpus
    pool = list(corpus)
    while True:
        made = mutated(chance.choice(pool), corpus, chance)
        if len(made) < 4_000_000:
            if chance.random() < 0.05:
                pool[len(corpus) :] = [*pool[len(corpus) :], made][-200:]
            yield made


class FuzzFaults:
    """What went wrong, each kind once, kept with its bytes."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self.kinds: Counter[str] = Counter()

    def add(self, name: str, data: bytes, told: str) -> None:
        """Note a finding; the first of its kind is kept."""
        kind = f"{name}: {told.strip().splitlines()[-1][:150]}"
        self.kinds[kind] += 1
        if self.kinds[kind] == 1 and self._folder is not None:
            self._folder.mkdir(parents=True, exist_ok=True)
            stem = self._folder / f"{name}-{hashlib.sha256(data).hexdigest()[:12]}"
            stem.with_suffix(".bytes").write_bytes(data)
            stem.with_suffix(".txt").write_text(told)


def fuzz(
    name: str, target: Target, tries: Iterator[bytes], seconds: float, found: FuzzFaults
) -> Counter[str]:
    """Try until the time is over; how often each outcome came."""
    outcomes: Counter[str] = Counter()
    end = time.monotonic() + seconds
    for data in tries:
        if time.monotonic() > end:
            break
        clock = time.monotonic if name == "readers" else time.process_time
        start = clock()
        try:
            outcomes[target(data)] += 1
        except Exception:  # noqa: BLE001  whatever it is, it is what we look for
            outcomes["FINDING"] += 1
            found.add(name, data, traceback.format_exc())
        took = clock() - start
        if took > SLOW[name]:
            outcomes["TOO SLOW"] += 1
            found.add(name, data, f"took {took:.0f} s")
    return outcomes


@contextmanager
def _targets(chance: random.Random) -> Iterator[dict[str, tuple[Target, Iterator[bytes]]]]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        imports = take_import_in_the_worker(folder)
        turn = itertools.count()
        web = WebTarget(folder / "workspace")

        def either(data: bytes) -> str:
            return imports(data) if next(turn) % 10 == 0 else take_import(data)

        yield {
            "readers": (read_source(folder), cases(source_files(), chance)),
            "imports": (either, cases(import_files(), chance)),
            "sheets": (take_sheet(folder), cases(sheet_files(), chance)),
            "web": (web.ask, web.requests(chance)),
        }
        web.close()


def main() -> int:
    """Fuzz and print."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--minutes", type=float, default=30.0, help="for all targets together")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--only", choices=tuple(SLOW))
    options.add_argument("--keep", type=Path, help="a folder for what was found")
    asked = options.parse_args()
    found = FuzzFaults(asked.keep)
    with _targets(random.Random(asked.seed)) as targets:
        chosen = [asked.only] if asked.only else list(targets)
        for name in chosen:
            target, tries = targets[name]
            outcomes = fuzz(name, target, tries, asked.minutes * 60 / len(chosen), found)
            counts = ", ".join(f"{count} {outcome}" for outcome, count in outcomes.most_common())
            print(f"{name}: {outcomes.total()} cases; {counts}", flush=True)
    for kind, count in found.kinds.most_common():
        print(f"{count} times {kind}")
    return 1 if found.kinds else 0


if __name__ == "__main__":
    sys.exit(main())
