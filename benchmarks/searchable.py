"""Whether the text of a searchable PDF comes out again as it went in, by who reads it, and what it costs.

    .venv/bin/python -m benchmarks.searchable --data DIR [--sets wild] [--replace-text] [--json FILE] [--failures FILE]

A line counts as extracted exactly when each of its stretches between TABs and runs of spaces stands in the reader's
text between line ends or white space, character for character. Readers: pdfium, pdfminer; poppler (`pdftotext -raw`)
and MuPDF (`pymupdf`) where they are installed. Readings are kept by content in --cache; the text is the reading with
every proposal accepted.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import importlib.util
import io
import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pdfminer.high_level import extract_text
from rich.console import Console
from rich.table import Table

from benchmarks.common import PageCase, Set, machine
from benchmarks.reading_runs import TimedReadings
from correction.engine import propose
from model.mark import MarkKind
from model.page import Page
from model.publication import Edition, LedgerPart
from model.state import DocumentState, PageState, Stage
from ocr.source.rasterise import open_source
from reports.searchable.document import SearchablePdf
from reports.text_layers import layer_pages

pdfium: Any = importlib.import_module("pypdfium2")

Extractor = Callable[[bytes], list[str]]
"""What a reader finds on each page of a PDF."""


def with_pdfium(pdf: bytes) -> list[str]:
    """What a browser finds."""
    with pdfium.PdfDocument(pdf) as opened:
        texts = [page.get_textpage().get_text_range() for page in opened]
    return [text.replace("\r\n", "\n") for text in texts]


def with_pdfminer(pdf: bytes) -> list[str]:
    """What pdfminer finds with its usual settings."""
    return extract_text(io.BytesIO(pdf)).split("\f")[:-1]


def with_poppler(pdf: bytes) -> list[str]:
    """What `pdftotext -raw` finds."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        done = subprocess.run(["pdftotext", "-raw", file.name, "-"], capture_output=True, check=True)
    return done.stdout.decode("utf-8").split("\f")[:-1]


def with_mupdf(pdf: bytes) -> list[str]:
    """What MuPDF finds."""
    mupdf: Any = importlib.import_module("pymupdf")
    with mupdf.open(stream=pdf, filetype="pdf") as opened:
        return [page.get_text() for page in opened]


def extractors() -> dict[str, Extractor]:
    """Those that are installed, by name."""
    found: dict[str, Extractor] = {"pdfium": with_pdfium, "pdfminer": with_pdfminer}
    if shutil.which("pdftotext"):
        found["poppler"] = with_poppler
    if importlib.util.find_spec("pymupdf"):
        found["mupdf"] = with_mupdf
    return found


def is_extracted(line: str, text: str) -> bool:
    """True when each stretch of the line stands in the text whole."""
    parts = re.split(r"\s*\t\s*|\s{2,}", line.strip())
    return all(not part or re.search(rf"(?<!\S){re.escape(part)}(?!\S)", text) for part in parts)


@dataclass(frozen=True, slots=True)
class Given:
    """An archive of what a benchmark has at hand."""

    blobs: Mapping[str, bytes]
    password: str | None = None

    def blob(self, sha256: str) -> bytes:
        """The source file or page image of that hash."""
        return self.blobs[sha256]

    def ledger_part(self, document: str) -> LedgerPart:
        """There is no ledger."""
        del document
        return LedgerPart(b"", b"", {}, {}, "")


def edition_of(file: Path, pages: Sequence[Page], *, replaces_text: bool = False) -> Edition:
    """A document of these pages with all that is proposed for them."""
    data = file.read_bytes()
    document = hashlib.sha256(data).hexdigest()
    blobs = {document: data}
    with open_source(file) as source:
        count, kind = source.page_count, source.kind
        blobs |= {
            page.image_sha256: source.page(page.number).png
            for page in pages
            if kind != "pdf" or any(mark.kind is MarkKind.HIDDEN for mark in page.reading.marks)
        }
    states = tuple(
        PageState(page.number, Stage.WAITING, page, findings=propose(page.reading)) for page in pages
    )
    state = DocumentState(document, file.name, str(file), kind, count, states)
    return Edition(state, layer="proposed", replaces_text=replaces_text, archive=Given(blobs))


def mixed(data: Path) -> list[Set]:
    """A hundred pages of six kinds."""

    def of(name: str, file: Path, numbers: Iterable[int], reader: str = "auto") -> Set:
        cases = tuple(PageCase(f"{file.stem}-{n}", file, n, file) for n in numbers)
        return Set(name, cases, file.name, reader)

    wild = sorted(path for path in (data / "wild/pages").iterdir() if path.suffix in (".pdf", ".png", ".jpg"))
    scans = sorted((data / "prose/scans").iterdir())[::4]
    announcements = sorted(
        path for path in (data / "scans").iterdir() if path.suffix in (".png", ".jpg", ".pdf")
    )
    return [
        *(of("wild", file, (1,)) for file in wild),
        *(of("prose scans", file, (1,)) for file in scans),
        *(of("announcements", file, (1,)) for file in announcements),
        of("prose", data / "prose/prose.pdf", range(1, 23)),
        of("budget", data / "budget/budget13.pdf", range(1, 27)),
        of("gazette", data / "gazette/constituency.pdf", range(1, 11)),
    ]


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--sets", nargs="*")
    parser.add_argument("--replace-text", action="store_true")
    parser.add_argument(
        "--cache", type=Path, default=Path(tempfile.gettempdir()) / "chamra-benchmark-readings"
    )
    parser.add_argument("--json", type=Path)
    parser.add_argument("--failures", type=Path)
    options = parser.parse_args()
    readings = TimedReadings(options.cache)
    totals: dict[str, Any] = defaultdict(lambda: defaultdict(float))
    failures: list[dict[str, Any]] = []
    for group in mixed(options.data):
        if options.sets and group.name not in options.sets:
            continue
        pages = [read.page for read in readings.of(group)]
        one = measure(group.cases[0].file, pages, failures, replaces_text=options.replace_text)
        for name, value in one.items():
            totals[group.name][name] += value
            totals["all"][name] += value
    show(totals)
    if options.json:
        options.json.write_text(
            json.dumps({"machine": machine(), "sets": totals}, ensure_ascii=False, indent=1)
        )
    if options.failures:
        options.failures.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in failures))
    return 0


def measure(
    file: Path, pages: Sequence[Page], failures: list[dict[str, Any]], *, replaces_text: bool
) -> dict[str, float]:
    """The figures of one document."""
    edition = edition_of(file, pages, replaces_text=replaces_text)
    began = time.perf_counter()
    made = SearchablePdf(edition)
    pdf = b"".join(made)
    found: dict[str, float] = {"pages": len(pages), "seconds": time.perf_counter() - began}
    source = len(edition.kept.blob(edition.state.id))
    found["bytes"] = len(pdf) - source
    found["documents"], found["archival"] = 1, bool(made.archival.claims)
    texts = list(layer_pages(edition, edition.layer))
    lines = [(page.number, line) for page in texts for line in page.text.split("\n") if line.strip()]
    found["lines"] = len(lines)
    for name, extract in extractors().items():
        seen = extract(pdf)
        by_number = (
            seen if edition.state.kind == "pdf" else dict(zip((p.number for p in texts), seen, strict=True))
        )
        for number, line in lines:
            text = by_number[number - 1] if isinstance(by_number, list) else by_number[number]
            right = is_extracted(line, text)
            found[name] = found.get(name, 0) + right
            if not right:
                failures.append({"file": file.name, "page": number, "reader": name, "line": line})
    return found


def show(totals: Mapping[str, Mapping[str, float]]) -> None:
    """One row a set."""
    names = list(extractors())
    table = Table(*("set", "pages", "lines", *names, "bytes a page more", "ms a page", "PDF/A"))
    for name, row in totals.items():
        exact = [f"{row[reader] / row['lines']:.2%}" if row["lines"] else "-" for reader in names]
        more, milliseconds = row["bytes"] / row["pages"], 1000 * row["seconds"] / row["pages"]
        archival = f"{row['archival']:.0f} of {row['documents']:.0f}"
        counts = f"{row['pages']:.0f}", f"{row['lines']:.0f}"
        table.add_row(name, *counts, *exact, f"{more:.0f}", f"{milliseconds:.0f}", archival)
    Console(width=140).print(table)


if __name__ == "__main__":
    sys.exit(main())
