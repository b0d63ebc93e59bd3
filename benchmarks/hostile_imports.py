"""Small files that stand for huge pages: how long each keeps us, how much memory it takes, and what is said of it.

python -m benchmarks.hostile_imports

Each is taken by a process of its own, as `chamra digitise --reading` and `chamra decide --sheet` take it. Time is the
work of the processors, which other programs of the machine do not prolong: of the process after its imports, and of the
worker that parses, with its own; memory the larger peak of the two. Ends with status 1 where one is not refused within
2 s and 300 MiB.
"""

from __future__ import annotations

import argparse
import copy
import io
import json
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from openpyxl import Workbook

SECONDS = 2.0
MIB = 300

_TAKE = """
import json, resource, sys
from pathlib import Path
from model.errors import BadInput
from ocr.imported.reader import ImportedReader
from review import decision_sheet
both = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
work = lambda: sum(used.ru_utime + used.ru_stime for used in map(resource.getrusage, both))
start, said = work(), ""
try:
    if sys.argv[1].endswith(".xlsx"):
        decision_sheet._rows(Path(sys.argv[1]).read_bytes(), Path(sys.argv[1]).name, "")
    else:
        ImportedReader(Path(sys.argv[1]))
except BadInput as error:
    said = str(error)
took = work() - start
peaks = [resource.getrusage(who).ru_maxrss for who in both]
print(json.dumps([took, max(peaks) / 1024, said]))
"""

# A process begins with the peak of the one that starts it.
_FROM_A_SMALL_PROCESS = ("sh", "-c", '"$@"; exit $?', "sh")

Rows = dict[str, Callable[[], bytes]]


class Taken(NamedTuple):
    """What one file came to: seconds, MiB, and the sentence that refuses it; empty where it was taken."""

    seconds: float
    mib: float
    said: str

    @property
    def fails(self) -> bool:
        """True where it was taken, or cost more than it may."""
        return not self.said or self.seconds > SECONDS or self.mib > MIB


def _hocr(body: str, doctype: str = "") -> bytes:
    return f'{doctype}<html><body><div class="ocr_page" title="bbox 0 0 1000 2000">{body}</div></body></html>'.encode()


def _nested(kind: str, depth: int) -> bytes:
    opening = f'<span class="{kind}" title="bbox 0 0 9 9">a'
    return _hocr(opening * depth + "</span>" * depth)


def _attributes() -> bytes:
    lists = "".join(f"<!ATTLIST b a{one} CDATA '{'x' * 200}'>" for one in range(100))
    return _hocr("<b/>" * 20_000, f"<!DOCTYPE html [{lists}]>")


def _alto_pages() -> bytes:
    return b"<alto><Layout>" + b'<Page WIDTH="9" HEIGHT="9">' * 2000 + b"</Page>" * 2000 + b"</Layout></alto>"


def _alto_lines() -> bytes:
    line = b'<TextLine><String CONTENT="a"/>'
    return b"<alto><Layout><Page>" + line * 50 + b"</TextLine>" * 50 + b"</Page></Layout></alto>"


def _alto_wide() -> bytes:
    line = b'<TextLine><String CONTENT="a"/></TextLine>'
    return b"<alto><Layout><Page>" + line * 30_000 + b"</Page></Layout></alto>"


def _page_zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("page.xml", b"<PcGts>" + b" " * (300 << 20) + b"</PcGts>")
    return out.getvalue()


def _sheet(rows: bytes) -> bytes:
    """A sheet of decisions with these rows behind its own, as they stand in the file."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Review")
    for _ in range(2):
        sheet.append(["a"])
    book.create_sheet("About").append([json.dumps({"schema": "x", "document": "y"})])
    out = io.BytesIO()
    book.save(out)
    bomb = io.BytesIO()
    with zipfile.ZipFile(out) as made, zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        for one in made.infolist():
            data = made.read(one)
            if one.filename.endswith("sheet1.xml"):
                data = data.replace(b"</sheetData>", rows + b"</sheetData>")
            archive.writestr(one, data)
    return bomb.getvalue()


def _sheet_rows() -> bytes:
    return _sheet(b'<row r="900000"><c/></row>')


def _sheet_wide() -> bytes:
    cell = b'<c t="inlineStr"><is><t>a</t></is></c>'
    return _sheet(200 * (b"<row>" + 16_384 * cell + b"</row>"))


def _sheet_strings() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", b"<sst>" + b"<si><t>a</t></si>" * (16 << 20) + b"</sst>")
    return out.getvalue()


def _declared(encoding: str) -> bytes:
    """In an encoding that some parsers know and others do not: what looks at a file first may see another one."""
    return f'<?xml version="1.0" encoding="{encoding}"?>'.encode() + _nested("ocrx_word", 4000)


def _alto_attributes() -> bytes:
    many = " ".join(f'a{one}="b"' for one in range(1_000_000))
    return f"<alto><Layout><Page {many}/></Layout></alto>".encode()


def _tei(body: str) -> bytes:
    head = '<?xml version="1.0"?><TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body>'
    return f"{head}{body}</body></text></TEI>".encode()


def _tei_lines() -> bytes:
    return _tei('<div type="page" n="1"><p>' + "<lb/>a" * 1_000_000 + "</p></div>")


def _many_files() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for one in range(100_000):
            archive.writestr(f"{one}.xml", b"")
    return out.getvalue()


def _one_file_many_times() -> bytes:
    """Every entry of the archive's list names the same packed bytes, so that a little is unpacked a thousand times."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("0.xml", b"<PcGts>" + b" " * (2 << 20) + b"</PcGts>")
        for one in range(1, 1000):
            again = copy.copy(archive.filelist[0])
            again.filename = f"{one}.xml"
            archive.filelist.append(again)
            archive.NameToInfo[again.filename] = again
    return out.getvalue()


_ALTO = b'<alto><Layout><Page><TextLine><String CONTENT="%s"/></TextLine></Page></Layout></alto>'

FILES: Rows = {
    "hOCR, attribute defaults, 20,000 elements": _attributes,
    "hOCR, entities in entities": lambda: _hocr("&b;", '<!DOCTYPE html [<!ENTITY a "x"><!ENTITY b "&a;&a;">]>'),
    "hOCR, words nested 4,000 deep": lambda: _nested("ocrx_word", 4000),
    "hOCR, lines nested 300 deep": lambda: _nested("ocr_line", 300),
    "hOCR, lines nested 1,200 deep": lambda: _nested("ocr_line", 1200),
    "hOCR, lines nested 3,000 deep": lambda: _nested("ocr_line", 3000),
    "hOCR, never closed, 1,000,000 deep": lambda: b"<html>" + b"<b>" * 1_000_000,
    "ALTO, pages nested 2,000 deep": _alto_pages,
    "ALTO, lines nested 50 deep": _alto_lines,
    "ALTO, a page of 30,000 lines": _alto_wide,
    "PAGE, an archive that unpacks to 300 MiB": _page_zip,
    "text, 2 million lines of a letter": lambda: b"a\n" * 2_000_000,
    "text, 8 million lines of a letter": lambda: b"a\n" * 8_000_000,
    "text, one line of 64 MiB": lambda: b"a" * (64 << 20),
    "text that begins as an archive, one line of 64 MiB": lambda: b"PK" + b"a" * (64 << 20),
    "sheet, a row with the number 900,000": _sheet_rows,
    "sheet, strings that unpack to 270 MiB": _sheet_strings,
    "hOCR in windows-874, words nested 4,000 deep": lambda: _declared("windows-874"),
    "hOCR in UTF-7, words nested 4,000 deep": lambda: _declared("UTF-7"),
    "hOCR in UTF-16, lines nested 300 deep": lambda: _nested("ocr_line", 300).decode().encode("utf-16"),
    "hOCR, 60,000 lines side by side": lambda: _hocr('<span class="ocr_line" title="bbox 0 0 9 9">a</span>' * 60_000),
    "ALTO, a million attributes": _alto_attributes,
    "ALTO, a word of 40 million letters": lambda: _ALTO % (b"a" * 40_000_000),
    "TEI, divisions nested 5,000 deep": lambda: _tei("<div>" * 5000 + "</div>" * 5000),
    "TEI, a page of a million line breaks": _tei_lines,
    "JSON Lines, brackets nested a million deep": lambda: b'{"schema":' + b"[" * 1_000_000,
    "JSON Lines, a number of 8 million digits": lambda: b'{"schema":' + b"9" * 8_000_000 + b"}",
    "PAGE, an archive of 100,000 empty files": _many_files,
    "PAGE, an archive that names one file a thousand times": _one_file_many_times,
    "sheet, 200 rows of 16,384 cells": _sheet_wide,
}  # fmt: skip


def write(name: str, path: str) -> None:
    """Write one of the files."""
    Path(path).write_bytes(FILES[name]())


def take(folder: Path, name: str) -> Taken:
    """Take one of the files and say what it came to."""
    path = folder / ("given.xlsx" if name.startswith("sheet") else "given.xml")
    # Elsewhere, for a process begins with the peak of the one that starts it.
    write = "import sys; from benchmarks.hostile_imports import write; write(*sys.argv[1:])"
    subprocess.run([sys.executable, "-c", write, name, str(path)], check=True, timeout=600)
    done = subprocess.run(
        [*_FROM_A_SMALL_PROCESS, sys.executable, "-c", _TAKE, str(path)],
        capture_output=True,
        text=True,
        check=True,
        timeout=600,
    )
    return Taken(*json.loads(done.stdout))


def _measured() -> Iterator[tuple[str, Taken]]:
    with tempfile.TemporaryDirectory() as folder:
        for name in FILES:
            yield name, take(Path(folder), name)


def main() -> int:
    """Measure and print."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    start = time.monotonic()
    failed = 0
    for name, taken in _measured():
        failed += taken.fails
        print(f"{taken.seconds:6.2f} s {taken.mib:5.0f} MiB  {name}: {taken.said or 'TAKEN'}", flush=True)
    took = time.monotonic() - start
    print(f"{len(FILES) - failed} of {len(FILES)} refused in {SECONDS:g} s and {MIB} MiB; {took:.0f} s")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
