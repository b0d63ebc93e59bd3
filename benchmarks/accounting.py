"""Is every drop of ink in the text, and every letter on the page? Damage by seed, and what the account finds of it.

    .venv/bin/python -m benchmarks.accounting --data DIR [--pages 12] [--rounds 20] [--seed 1] [--json FILE]

Clean pages of real material whose readings are complete are damaged in every way of `benchmarks.accounting_damage`, six
words a time, in the text or in the image. A lost word is found where a place of missing ink lies on it,
an invented, hidden or struck one where a place of unseen letters overlaps it. Counted too: places on undamaged pages,
which are false alarms, and processor seconds a page. Readings are kept by content in --cache.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.accounting_damage import FALSEHOODS, LOSSES, CleanPage, DamagedPage, words
from benchmarks.common import PageCase, Readings, Set, gazette, machine, prose
from benchmarks.reading import some
from model.account import Account
from model.box import Box
from model.page import Page
from ocr.accounting.account import account
from ocr.image.png import dpi_of
from ocr.image.prepare import Prepared, prepare_pixels
from ocr.source.rasterise import open_source

WORDS = 6
"""Words damaged at a time."""

POINTED = 0.25
"""Share of a lost word's width or height that a place of missing ink takes at least to be one of its."""

LAYERS = ("courses-p1", "gazette-travel-p1", "std-p12", "word-army-p150", "word-bill-p1")
"""Real pages whose text layers are exact."""


@dataclass(slots=True)
class Counted:
    """How many words were damaged in one way, and how many of these were found."""

    damaged: int = 0
    found: int = 0

    @property
    def share(self) -> float:
        """Which share was found, 1 where nothing was damaged."""
        return self.found / self.damaged if self.damaged else 1.0


@dataclass(slots=True)
class Result:
    """What was measured. `alarms`: places on undamaged pages, by page."""

    ways: dict[str, Counted] = field(default_factory=dict)
    alarms: dict[str, int] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)


def layers(data: Path) -> Set:
    """Word files, a standard and a gazette, by their text layers."""
    folder = data / "wild"
    cases = (PageCase(n, folder / "pages" / f"{n}.pdf", 1, folder / "truth" / f"{n}.txt") for n in LAYERS)
    return Set("layers", tuple(cases), "real text layers that are exact", reader="text-layer")


def sets(data: Path) -> list[Set]:
    """The clean pages: scans read by our own readers, and text layers."""
    scans = [prose("l300")(data), prose("h200")(data), gazette(data)]
    return [Set(one.name, one.cases, one.about, reader="cascade") for one in scans] + [layers(data)]


def measure(data: Path, cache: Path, rounds: int, seed: int, pages: int | None = None) -> Result:
    """Damage every page, of each set at most so many, in every way, so many times."""
    result = Result()
    for group in (some(one, pages) for one in sets(data)):
        for case, page in zip(group.cases, Readings(cache, jobs=1).of(group), strict=True):
            _page(case, page, rounds, random.Random(f"{seed} {case.name}"), result)
    return result


def _page(case: PageCase, page: Page, rounds: int, rng: random.Random, result: Result) -> None:
    with open_source(case.file) as source:
        raster = source.page(case.number)
        dpi = dpi_of(raster.png)
        prepared = prepare_pixels(raster.pixels, dpi)
    if prepared.image.shape != (page.height, page.width) or prepared.preparation.skew:
        return  # damage is done in the frame of the page image
    clean = _timed(prepared, page, result)
    result.alarms[case.name] = clean.open_places

    def make_ready(scan: NDArray[np.uint8]) -> Prepared:
        return prepare_pixels(scan, dpi, turns=0)

    whole = CleanPage(raster.pixels, make_ready, prepared, page.reading)
    for name, damage in {**LOSSES, **FALSEHOODS}.items():
        counted = result.ways.setdefault(name, Counted())
        for _ in range(rounds):
            spans = words(page.reading, WORDS, rng)
            damaged = damage(whole, spans, rng)
            found = list(found_of(account(damaged.prepared, damaged.reading), damaged))
            counted.damaged += len(found)
            counted.found += sum(found)


def _timed(prepared: Prepared, page: Page, result: Result) -> Account:
    before = time.process_time()
    found = account(prepared, page.reading)
    result.seconds.append(time.process_time() - before)
    return found


def found_of(seen: Account, damaged: DamagedPage) -> Iterator[bool]:
    """Of each damaged word whether it was found."""
    for box in damaged.lost:
        overlapped = _overlapped(box, [place.box for place in seen.missing])
        yield overlapped >= POINTED * min(box.width, box.height)
    for span in damaged.false:
        yield any(place.span.overlaps(span) for place in seen.unseen)


def _overlapped(box: Box, places: Sequence[Box]) -> int:
    """The columns of a box in which there is some place, of the same rows."""
    columns: set[int] = set()
    for place in places:
        if min(place.bottom, box.bottom) > max(place.top, box.top):
            columns.update(range(max(place.left, box.left), min(place.right, box.right)))
    return len(columns)


def report(result: Result) -> str:
    """The figures as a table."""
    rows = [f"{'damage':34} {'words':>7} {'found':>8}"]
    rows += [f"{name:34} {one.damaged:7,} {one.share:8.2%}" for name, one in result.ways.items()]
    for kind, ways in (("lost", LOSSES), ("false", FALSEHOODS)):
        total = Counted(sum(result.ways[w].damaged for w in ways), sum(result.ways[w].found for w in ways))
        rows.append(f"{'all ' + kind:34} {total.damaged:7,} {total.share:8.2%}")
    alarms = {name: count for name, count in result.alarms.items() if count}
    rows.append(f"false alarms a clean page: {sum(alarms.values()) / len(result.alarms):.2f} {alarms}")
    mean, most = sum(result.seconds) / len(result.seconds), max(result.seconds)
    rows.append(f"processor seconds a page: {mean:.3f} on average, {most:.3f} at most")
    return "\n".join(rows)


def main() -> int:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="folder with the real material")
    parser.add_argument("--pages", type=int, help="at most so many pages of a set, evenly spread")
    parser.add_argument("--rounds", type=int, default=20, help="how often each page is damaged in each way")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cache", type=Path, default=Path("build/benchmark-readings"))
    parser.add_argument("--json", type=Path, help="write the figures here too")
    arguments = parser.parse_args()
    result = measure(arguments.data, arguments.cache, arguments.rounds, arguments.seed, arguments.pages)
    print(report(result))
    if arguments.json:
        figures = {"machine": machine(), "seed": arguments.seed, **asdict(result)}
        arguments.json.write_text(json.dumps(figures, indent=1) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
