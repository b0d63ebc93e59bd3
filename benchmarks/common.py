"""What the benchmarks share: sets of pages with their truth, readings kept by content, machine facts."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from model.page import Page, Reader
from ocr.engine import PageReader, SecondReader
from ocr.page_image import made_ready
from ocr.select import select_reader
from ocr.source.rasterise import open_source
from workspace.codec import decode_page, encode_page
from workspace.store import recipe_key


@dataclass(frozen=True, slots=True)
class PageCase:
    """One page with truth: page `number` of `file`, and the text file that says what is printed on it."""

    name: str
    file: Path
    number: int
    truth: Path

    @property
    def truth_text(self) -> str:
        """The truth: one printed line a line, TAB for a column gap."""
        return self.truth.read_text("utf-8")


@dataclass(frozen=True, slots=True)
class Set:
    """A named group of pages of one kind, read with one reader."""

    name: str
    cases: tuple[PageCase, ...]
    about: str
    reader: str = "cascade"


GAZETTE_PAGES = (1, 20, 40)
DEGRADATIONS = {
    "l300": "light degradation, 300 dpi",
    "h200": "heavy degradation, 200 dpi",
    "h150": "heavy degradation, 150 dpi",
}

Maker = Callable[[Path], Set]


def gazette(data: Path) -> Set:
    """Three pages of a Royal Gazette notification, rendered from the PDF."""
    folder = data / "gazette"
    cases = (
        PageCase(f"gazette-p{n:03}", folder / "constituency.pdf", n, folder / "truth" / f"p{n:03}.txt")
        for n in GAZETTE_PAGES
    )
    return Set("gazette", tuple(cases), "Royal Gazette, born digital, read by OCR")


def prose(degradation: str) -> Maker:
    """News prose in seven fonts, rendered and degraded."""

    def make(data: Path) -> Set:
        folder = data / "prose"
        images = sorted((folder / "scans").glob(f"*-{degradation}.*"))
        cases = (
            PageCase(image.stem, image, 1, folder / "truth" / f"{image.stem.split('-')[0]}.txt")
            for image in images
        )
        return Set(f"prose-{degradation}", tuple(cases), f"news prose, {DEGRADATIONS[degradation]}")

    return make


def election(data: Path) -> Set:
    """A real scan of an election announcement, full of Thai digits."""
    folder = data / "scans"
    name = "election-10-24-p1"
    case = PageCase(name, folder / f"{name}.png", 1, folder / "truth" / f"{name}.txt")
    return Set("election", (case,), "real 300 dpi scan, Thai digits everywhere")


def wild(data: Path) -> Set:
    """Pages of other kinds, each read from its image: forms, letters, tables, photographs, gazettes of today."""
    folder = data / "wild"
    cases = (
        PageCase(truth.stem, next((folder / "pages").glob(f"{truth.stem}.*")), 1, truth)
        for truth in sorted((folder / "truth").glob("*.txt"))
    )
    return Set("wild", tuple(cases), "real documents of other kinds, read by OCR")


def gazette_auto(data: Path) -> Set:
    """Every page of the notification, by its own text where that holds."""
    folder = data / "gazette"
    cases = (
        PageCase(f"gazette-{truth.stem}", folder / "constituency.pdf", int(truth.stem[1:]), truth)
        for truth in sorted((folder / "truth").glob("p*.txt"))
    )
    return Set("gazette-auto", tuple(cases), "Royal Gazette, broken character map", "auto")


def budget_auto(data: Path) -> Set:
    """Tables and prose of two budget documents, by their own text where that holds."""
    folder = data / "budget"
    cases = (
        PageCase(truth.stem, folder / f"{truth.stem.split('-')[0]}.pdf", int(truth.stem[-3:]), truth)
        for truth in sorted((folder / "truth").glob("*.txt"))
    )
    return Set("budget-auto", tuple(cases), "budget documents, tone marks without characters", "auto")


def prose_auto(data: Path) -> Set:
    """News in seven fonts as a browser printed it."""
    folder = data / "prose"
    cases = (
        PageCase(f"prose-{truth.stem}", folder / "prose.pdf", int(truth.stem[1:]), truth)
        for truth in sorted((folder / "truth").glob("p*.txt"))
    )
    return Set("prose-auto", tuple(cases), "news prose as printed by a browser", "auto")


SETS: dict[str, Maker] = {
    "gazette": gazette,
    **{f"prose-{name}": prose(name) for name in DEGRADATIONS},
    "election": election,
    "wild": wild,
}
"""Sets of page images by name. A new kind of material is one more entry."""

LAYERS: dict[str, Maker] = {
    "gazette-auto": gazette_auto,
    "budget-auto": budget_auto,
    "prose-auto": prose_auto,
}
"""Sets of pages with a text layer, read as `auto` chooses."""


def sets_of(data: Path, names: Iterable[str] = ()) -> list[Set]:
    """The sets of those names (those of page images by default) whose files are there.

    Raises:
        KeyError: there is no set of that name.
        FileNotFoundError: a file of a set is missing.
    """
    makers = {**SETS, **LAYERS}
    found = [makers[name](data) for name in names or SETS]
    for group in found:
        missing = [path for case in group.cases for path in (case.file, case.truth) if not path.is_file()]
        if missing or not group.cases:
            raise FileNotFoundError(f"set {group.name}: {missing[0] if missing else 'no page'} is not there")
    return found


class Readings:
    """Reads pages, and keeps what was read by the content of the file, the page and the reader's identity.

    `second` says which lines the second reader reads too; `reader` reads the pages in place of each set's own.
    """

    def __init__(
        self, cache: Path, jobs: int = 2, second: SecondReader = "doubtful", reader: str | None = None
    ) -> None:
        self._cache = cache
        self._jobs = jobs
        self._second = second
        self._reader = reader
        cache.mkdir(parents=True, exist_ok=True)

    def of(self, group: Set) -> list[Page]:
        """The pages of a set in its order, read now or before."""
        reader = select_reader(self._reader or group.reader, second_reader=self._second)
        with ThreadPoolExecutor(self._jobs) as pool:
            return list(pool.map(lambda case: self._page(case, reader), group.cases))

    def _page(self, case: PageCase, reader: PageReader) -> Page:
        document = hashlib.sha256(case.file.read_bytes()).hexdigest()
        key = recipe_key(
            step="benchmark", document=document, page=case.number, reader=identity(reader.reader)
        )
        kept = self._cache / f"{key}.json"
        if kept.exists():
            return decode_page(kept.read_bytes())
        page = read_page(case, document, reader)
        keep(kept, encode_page(page))
        return page


def read_page(case: PageCase, document: str, reader: PageReader) -> Page:
    """Read the page of a case; `document` is its file's SHA-256."""
    with open_source(case.file) as source:
        raster = source.page(case.number)
        prepared = made_ready(source, case.number, raster)
        readings = reader.read(source, case.number, prepared, raster.dpi)
    return Page(
        document=document,
        number=case.number,
        image_sha256=hashlib.sha256(raster.png).hexdigest(),
        width=raster.width,
        height=raster.height,
        dpi=raster.dpi,
        quality=prepared.quality,
        readings=readings,
        preparation=prepared.preparation,
    )


def keep(path: Path, data: bytes) -> None:
    """Write a file of the cache whole or not at all: several processes may share the cache."""
    temporary = path.with_suffix(f".{os.getpid()}.part")
    temporary.write_bytes(data)
    temporary.replace(path)


def identity(reader: Reader) -> dict[str, object]:
    """What a reading depends on besides the page."""
    return {"name": reader.name, "version": reader.version, "settings": dict(reader.settings)}


def machine() -> dict[str, object]:
    """Where a benchmark ran."""
    return {
        "cpus": os.cpu_count(),
        "machine": platform.machine(),
        "system": platform.platform(),
        "python": platform.python_version(),
    }


def run_on_sets(
    about: str | None, measure: Callable[[argparse.Namespace], dict[str, Any]], cache: Path | None = None
) -> int:
    """The command line of a benchmark over sets of pages, which prints its figures as JSON: exit status 0, or 1 when
    the material is not there.

    `measure` gets `data`, `sets` and, where readings are kept in a `cache`, that folder.
    """
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with the real material")
    parser.add_argument("--sets", nargs="*", default=[], choices=list(SETS), help="all by default")
    if cache is not None:
        parser.add_argument("--cache", type=Path, default=cache, help="where readings are kept")
    parser.add_argument("--json", type=Path, help="write the figures here too")
    arguments = parser.parse_args()
    try:
        figures = measure(arguments)
    except FileNotFoundError as error:
        print(f"{error}: get the material or name other sets", file=sys.stderr)
        return 1
    written = json.dumps(figures, ensure_ascii=False, indent=1)
    print(written)
    if arguments.json:
        arguments.json.write_text(written + "\n", "utf-8")
    return 0
