"""Is the right reader chosen for a page that has a text layer? `auto` beside its two readers, page by page.

    .venv/bin/python -m benchmarks.layer_judge --data DIR [--pages 3] [--only gazette] [--json FILE]

For each page with a text layer and truth: the character error rate of OCR, of the text layer and of what `auto`
chooses, without white space and with sara am composed; leader dots, rules and check boxes are left out of all of them.
The last column is by how much `auto` is worse than the better of the two, in percentage points. Exit status 1 when that
is more than 0.3 on any page. OCR's readings are kept by content in --cache.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from benchmarks.common import PageCase, budget_auto, gazette_auto, identity, keep, prose_auto
from benchmarks.judge import compared
from benchmarks.reading import some
from model.errors import PageError
from model.page import Page, Reader, Reading
from ocr.engine import PageReader
from ocr.ensemble.auto import AutoReader
from ocr.image.prepare import Prepared
from ocr.page_image import made_ready, preparation_code
from ocr.select import select_reader
from ocr.source.rasterise import Source, open_source
from ocr.text_layer.reader import TextLayerReader
from workspace.codec import decode_page, encode_page
from workspace.store import recipe_key

MOST_WORSE = 0.3
"""Percentage points by which `auto` may be worse than the better of its readers."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One page: error rates in percent, None for a reader that cannot read it; who was chosen, and why."""

    page: str
    ocr: float
    layer: float | None
    auto: float
    chosen: str
    because: str

    @property
    def worse(self) -> float:
        """Percentage points by which the choice is worse than the better reader."""
        return self.auto - min(self.ocr, self.auto if self.layer is None else self.layer)


class KeptOcr:
    """OCR whose readings are kept by content: both `auto` and the comparison ask for the same ones."""

    def __init__(self, cache: Path) -> None:
        self._ocr = select_reader("cascade")
        self._cache = cache
        cache.mkdir(parents=True, exist_ok=True)

    @property
    def reader(self) -> Reader:
        """The reader whose readings are kept."""
        return self._ocr.reader

    def read(self, source: Source, number: int, prepared: Prepared, dpi: float) -> tuple[Reading, ...]:
        """The readings of the page, or of a picture on it, made now or before."""
        document = hashlib.sha256(source.path.read_bytes()).hexdigest()
        key = recipe_key(
            step="benchmark-layer-judge", document=document, page=number, preparation=preparation_code(),
            image=hashlib.sha256(prepared.image.tobytes()).hexdigest(), reader=identity(self.reader),
        )  # fmt: skip
        kept = self._cache / f"{key}.json"
        if kept.exists():
            return decode_page(kept.read_bytes()).readings
        print(f"reading {source.path.name}, page {number}", file=sys.stderr, flush=True)
        readings = self._ocr.read(source, number, prepared, dpi)
        page = Page(
            document, number, "0" * 64, prepared.width, prepared.height, dpi, prepared.quality, readings,
            prepared.preparation,
        )  # fmt: skip
        keep(kept, encode_page(page))
        return readings


def cases_of(data: Path, pages: int | None) -> list[PageCase]:
    """The pages of PDFs with truth, of each set at most so many."""
    found: list[PageCase] = []
    for make in (gazette_auto, budget_auto, prose_auto):
        group = make(data)
        if group.cases:
            found += some(group, pages).cases
    folder = data / "wild"
    for file in sorted((folder / "pages").glob("*.pdf")):
        truth = folder / "truth" / f"{file.stem}.txt"
        if truth.is_file():
            found.append(PageCase(file.stem, file, 1, truth))
    return found


def judged(case: PageCase, ocr: PageReader) -> Judged | None:
    """The page read all three ways; None where it has no text layer."""
    truth = compared(case.truth_text)

    def error_rate(readings: Sequence[Reading]) -> float:
        return 100 * Levenshtein.distance(truth, compared(readings[0].text)) / max(1, len(truth))

    with open_source(case.file) as source:
        if source.glyphs(case.number) is None:
            return None
        raster = source.page(case.number)
        prepared = made_ready(source, case.number, raster)
        chosen = AutoReader(ocr=ocr).read(source, case.number, prepared, raster.dpi)
        by_ocr = ocr.read(source, case.number, prepared, raster.dpi)
        try:
            by_layer = TextLayerReader().read(source, case.number, prepared, raster.dpi)
        except PageError:
            by_layer = ()
    return Judged(
        case.name, error_rate(by_ocr), error_rate(by_layer) if by_layer else None, error_rate(chosen),
        chosen[0].reader.name, chosen[0].reader.says("because"),
    )  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark: exit status 1 when a page is read worse than it could be, 2 when there are no pages."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--data", type=Path, required=True, help="folder with gazette/, budget/, prose/, wild/"
    )
    parser.add_argument("--pages", type=int, default=3, help="at most so many pages of a set, evenly spread")
    parser.add_argument("--only", default="", help="only pages whose names hold this")
    parser.add_argument("--cache", type=Path, default=Path("build/readings"), help="where readings are kept")
    parser.add_argument("--json", type=Path, help="also write the figures here")
    options = parser.parse_args(arguments)
    cases = [case for case in cases_of(options.data, options.pages) if options.only in case.name]
    if not cases:
        print(f"no pages in {options.data}", file=sys.stderr)
        return 2
    ocr = KeptOcr(options.cache)
    found = []
    print(f"{'page':22}{'OCR':>8}{'layer':>8}{'auto':>8}{'worse':>7}  chosen")
    for case in cases:
        page = judged(case, ocr)
        if page is None:
            continue
        found.append(page)
        layer = "–" if page.layer is None else f"{page.layer:.2f}"
        print(
            f"{page.page:22}{page.ocr:8.2f}{layer:>8}{page.auto:8.2f}{page.worse:7.2f}  {page.chosen}: "
            f"{page.because}", flush=True,
        )  # fmt: skip
    bad = [page.page for page in found if page.worse > MOST_WORSE]
    print(f"{len(found)} pages with a text layer; auto is worse than it could be on {len(bad)}: {bad}")
    if options.json:
        options.json.write_text(json.dumps([asdict(page) for page in found], indent=1, ensure_ascii=False))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
