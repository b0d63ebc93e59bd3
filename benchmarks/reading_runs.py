"""Reading pages with the processor time they take, kept by content: time is measured when a page is first read."""

from __future__ import annotations

import hashlib
import json
import resource
import sys
from dataclasses import dataclass
from pathlib import Path

from benchmarks.common import PageCase, Set, identity, keep, read_page
from model.page import Page
from ocr.engine import PageReader
from ocr.page_image import preparation_code
from ocr.select import select_reader
from workspace.codec import decode_page, encode_page
from workspace.store import recipe_key


@dataclass(frozen=True, slots=True)
class Read:
    """A page that was read, and the processor seconds that took, child processes among them."""

    page: Page
    seconds: float


class TimedReadings:
    """Reads the pages of a set one after the other, as the product does by default: with the line reader."""

    def __init__(self, cache: Path) -> None:
        self._cache = cache
        cache.mkdir(parents=True, exist_ok=True)

    def of(self, group: Set) -> list[Read]:
        """The pages of a set in its order, read now or before."""
        reader = select_reader(group.reader)
        return [self._read(case, reader) for case in group.cases]

    def _read(self, case: PageCase, reader: PageReader) -> Read:
        document = hashlib.sha256(case.file.read_bytes()).hexdigest()
        key = recipe_key(
            step="benchmark-timed", document=document, page=case.number, preparation=preparation_code(),
            reader=identity(reader.reader),
        )  # fmt: skip
        kept = self._cache / f"{key}.json"
        if kept.exists():
            found = json.loads(kept.read_text("utf-8"))
            return Read(decode_page(found["page"].encode()), found["seconds"])
        print(f"reading {case.name}", file=sys.stderr, flush=True)
        before = processor_seconds()
        page = read_page(case, document, reader)
        seconds = processor_seconds() - before
        keep(kept, json.dumps({"seconds": seconds, "page": encode_page(page).decode()}).encode())
        return Read(page, seconds)


def processor_seconds() -> float:
    """What this process and its ended children have used so far."""
    return sum(
        used.ru_utime + used.ru_stime
        for used in (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    )
