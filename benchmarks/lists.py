"""How long the lists of the review page take in a large workspace: the queue, a document, and searching all texts.

    .venv/bin/python -m benchmarks.lists [--documents 1000] [--pages 5] [--rounds 15] [--workspace DIR [--kept]]
        [--json FILE]

Makes a workspace of so many documents, serves it as `chamra review` does, and asks as a browser does: milliseconds
until the first byte of the answer, and kilobytes of it. "new" is the first look after a start that has nothing kept;
"kept" one after a start that finds what an earlier server has kept; then the median and the worst of further looks,
and for how many milliseconds of each the server kept a processor busy, with what it does between looks.
"counted" and "indexed" are seconds after the first start until no page is left to count and to search. With `--kept`
what an earlier run has counted and indexed is taken as it is, whatever code made it.
"""

from __future__ import annotations

import argparse
import hashlib
import http.client
import json
import random
import re
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from statistics import median
from urllib.parse import quote, urlsplit

from benchmarks.common import machine
from benchmarks.review_server import Served, review_server
from ledger.event import Event
from ledger.events.findings_recorded import FindingsRecorded
from ledger.events.page_read import PageRead
from ledger.events.source_registered import SourceRegistered
from model.edit import Edit, Expectation, Findings, Proposal, Safety, Span, finding_id
from model.page import Page, Quality, Reader, Reading
from review.search_index import FILE as SEARCHED
from review.state import ROOMS
from review.summary_store import FILE as SUMMARIES
from workspace.cache_file import code_stamp
from workspace.codec import encode_findings, encode_page
from workspace.store import recipe_key
from workspace.workspace import Workspace

QUALITY = Quality(22.0, 0.8, 0.01, 3.5, 0.07, False)
LINES, WORDS_A_LINE, TEXTS = 34, 9, 500
AT_ONCE = 500  # documents
CACHES = (SUMMARIES, SEARCHED)
WORDS = [
    "ประกาศ",
    "สำนักนายกรัฐมนตรี",
    "เรื่อง",
    "แต่งตั้ง",
    "คณะกรรมการ",
    "อำเภอ",
    "กระทู้",
    "จังหวัด",
    "ภูเก็ต",
    "ตำบล",
    "กำแพง",
    "ละงู",
    "สตูล",
    "พ.ศ.",
    "๒๕๖๗",
    "องค์การบริหารส่วน",
    "เทศบาล",
    "ผู้สูงอายุ",
    "ดูแล",
    "งบประมาณ",
    "รายจ่าย",
    "ประจำปี",
    "บาท",
    "จำนวน",
    "โครงการ",
    "ก่อสร้าง",
    "ถนน",
    "สาย",
    "บ้าน",
    "วัด",
    "โรงเรียน",
    "ตาม",
    "ระเบียบ",
    "กระทรวงมหาดไทย",
    "ว่าด้วย",
    "การ",
    "คลัง",
    "และ",
    "ให้",
    "มี",
    "ผล",
    "ตั้งแต่",
    "วันที่",
    "เป็นต้นไป",
    "เชียงใหม่",
    "ลำพูน",
    "นครราชสีมา",
]
ASKED = {
    "queue": "/", "queue, what waits for me": "/?show=mine", "queue, most gain first": "/?order=gain",
    "queue, last sheet": "/?sheet=999999", "search, a common word": f"/?q={quote('จังหวัด')}",
    "search, a rare one": f"/?q={quote('เลขที่ 77 ')}", "search, two letters": f"/?q={quote('๗ก')}",
    "search, nothing": f"/?q={quote('ไม่มีคำนี้เลย')}",
}  # fmt: skip


def main() -> int:
    """Measure and print."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--documents", type=int, default=1000)
    options.add_argument("--pages", type=int, default=5)
    options.add_argument("--rounds", type=int, default=15)
    options.add_argument(
        "--workspace", type=Path, help="where the workspace is made, and kept for the next run"
    )
    options.add_argument("--kept", action="store_true")
    options.add_argument("--json", type=Path)
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        workspace = asked.workspace or Path(folder) / "w"
        if not workspace.exists():
            _make(workspace, asked.documents, asked.pages)
        found = _measured(workspace, Path(folder) / "state", asked.rounds, kept=asked.kept)
    print(f"{asked.documents} documents of {asked.pages} pages")
    for name, row in found.items():
        print(f"{name:28}", "  ".join(f"{key} {value:g}" for key, value in row.items()))
    if asked.json:
        asked.json.write_text(
            json.dumps({"machine": machine(), "lists": found}, ensure_ascii=False, indent=1)
        )
    return 0


def _measured(workspace: Path, state: Path, rounds: int, *, kept: bool) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {name: {} for name in ASKED}
    if kept:
        _made_by_this_code(workspace)
    else:
        found |= _counted_anew(workspace, state, found)
    with _server(workspace, state) as ask:
        for name, path in ASKED.items():
            found[name]["kept"], size = ask(path)
            before = ask.processor_ms()
            times = [ask(path)[0] for _ in range(rounds)]
            busy = round((ask.processor_ms() - before) / rounds)
            found[name] |= {
                "median": median(times),
                "worst": max(times),
                "processor": busy,
                "kB": round(size / 1000),
            }
        document = re.findall(r'href="(/documents/[0-9a-f]{64})"', ask.body("/"))[0]
        times = [ask(document)[0] for _ in range(rounds)]
        found["document"] = {"median": median(times), "worst": max(times)}
    return found


def _made_by_this_code(workspace: Path) -> None:
    for name in CACHES:
        with closing(sqlite3.connect(workspace / name)) as database, database:
            database.execute("UPDATE made SET code = ?", (code_stamp(*ROOMS),))


def _counted_anew(
    workspace: Path, state: Path, found: dict[str, dict[str, float]]
) -> dict[str, dict[str, float]]:
    """What the first looks take after a start that finds nothing, and how long it is until all is counted."""
    for name in CACHES:
        (workspace / name).unlink(missing_ok=True)
    with _server(workspace, state) as ask:
        began = time.monotonic()
        for name, path in ASKED.items():
            found[name]["new"], _ = ask(path)
        counting = {
            "counted": ("/", "still being counted"),
            "indexed": (ASKED["search, nothing"], "not searched yet"),
        }
        behind: dict[str, float] = {}
        for name, (path, words) in counting.items():
            while words in _said(ask.body(path)):
                time.sleep(2)  # whoever asks again and again keeps it from its work
            behind[name] = round(time.monotonic() - began, 1)
    return {"behind the requests, s": behind}


def _said(page: str) -> str:
    return page.partition("<main")[2]


class _Asker:
    """A browser that has come in."""

    def __init__(self, served: Served) -> None:
        self.processor_ms = served.processor_ms
        self._parts = urlsplit(served.url)
        answer, _ = self._get(f"/?{self._parts.query}", "")
        self._cookie = answer.headers["set-cookie"].partition(";")[0]

    def __call__(self, path: str) -> tuple[float, int]:
        """Milliseconds until the first byte, and the size of the answer."""
        before = time.perf_counter()
        answer, connection = self._get(path, self._cookie)
        took = (time.perf_counter() - before) * 1000
        size = len(answer.read())
        connection.close()
        return round(took, 1), size

    def body(self, path: str) -> str:
        """The answer."""
        answer, connection = self._get(path, self._cookie)
        text = answer.read().decode()
        connection.close()
        return text

    def _get(self, path: str, cookie: str) -> tuple[http.client.HTTPResponse, http.client.HTTPConnection]:
        connection = http.client.HTTPConnection(self._parts.netloc, timeout=120)
        connection.request("GET", path, headers={"cookie": cookie, "accept-language": "en"})
        return connection.getresponse(), connection


@contextmanager
def _server(workspace: Path, state: Path) -> Iterator[_Asker]:
    with review_server(workspace, state) as served:
        yield _Asker(served)


def _make(folder: Path, documents: int, pages: int) -> None:
    """A workspace, some hundred documents a transaction; pages take turns with some hundred texts."""
    chance = random.Random(1)
    with Workspace.open(folder, create=True) as ws:
        blobs = [_blobs(ws, number, chance) for number in range(min(TEXTS, documents * pages))]
        for first in range(0, documents, AT_ONCE):
            with ws.ledger.writing() as batch:
                for document in range(first, min(first + AT_ONCE, documents)):
                    for event in _events(document, pages, blobs):
                        batch.append(event)


def _blobs(ws: Workspace, number: int, chance: random.Random) -> tuple[str, str]:
    rows = [" ".join(chance.choice(WORDS) for _ in range(WORDS_A_LINE)) for _ in range(LINES)]
    text = "\n".join([f"เลขที่ {number} กข", *rows])
    reading = Reading.of_text(text, Reader("made", "1"), 1)
    page = Page("0" * 64, 1, "", 0, 0, 200.0, QUALITY, (reading,))
    wrong, right = "กระทู้", "กะทู้"
    spans = [Span(m.start(), m.end()) for m in re.finditer(wrong, text)]
    proposals = tuple(
        Proposal(
            finding_id(reading.sha256, "GAZ101", one, right), "GAZ101", 1, Edit(one, wrong, right),
            "Misspelt subdistrict", (), 0.97, Safety.REVIEW, (),
        )
        for one in spans
    )  # fmt: skip
    expected = Expectation(len(text), chance.uniform(0, 20), 0.0, 30.0)
    findings = Findings(reading.sha256, proposals, (), "rules-1", "dictionaries-1", expected)
    return ws.store.put(encode_page(page)), ws.store.put(encode_findings(findings))


def _events(document: int, pages: int, blobs: list[tuple[str, str]]) -> Iterator[Event]:
    name = f"หนังสือ-{document}.pdf"
    data = b"%PDF " + name.encode()
    identity = hashlib.sha256(data).hexdigest()  # no list opens a file, and to keep them all takes an hour
    numbers = tuple(range(1, pages + 1))
    yield SourceRegistered(identity, name, "pdf", len(data), pages, numbers)
    for number in numbers:
        page, found = blobs[(document * pages + number) % len(blobs)]
        key = recipe_key(step="made", page=number)
        yield PageRead(identity, number, page, "", "made 1", key)
        yield FindingsRecorded(identity, number, page, found, "rules-1", "dictionaries-1", key)


if __name__ == "__main__":
    sys.exit(main())
