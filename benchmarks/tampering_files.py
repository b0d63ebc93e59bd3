"""Tamperings with files: blobs, recipes, sources, exported texts, imports, and honest texts that look otherwise."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from benchmarks.tampering_case import CaseKind, Catalogue, Scene
from benchmarks.tampering_forged import FALSE, TRUE, safe_change
from benchmarks.tampering_house import (
    part_of_scan,
    published_text,
    read_into,
    register,
    tools,
    work_through,
)
from benchmarks.tampering_insider import with_text
from model.edit import Edit, Findings, Span
from model.page import Page
from ocr.imported.reader import ImportedReader
from pipeline.examine import examine, findings_key
from pipeline.read_page import PageReading, read_page, reading_key
from review.passwords import hashed
from workspace.codec import encode_findings, encode_page
from workspace.password_file import PasswordFile
from workspace.workspace import Workspace

FILES = Catalogue()


def _other(data: bytes) -> bytes:
    return data[:-1] + bytes([data[-1] ^ 1])


def _spoil(kind: str, field: str) -> Callable[[Scene], None]:
    def do(scene: Scene) -> None:
        insider = scene.insider
        insider.spoil(insider.newest(kind, 1, scene.house.scan)["payload"][field], _other)

    return do


_NOT_ITS_NAME = "is not what its name says"
FILES("bytes of a page image changed", rf"ERROR \[image\] .*{_NOT_ITS_NAME}")(_spoil("page", "image"))
FILES("bytes of a reading changed", rf"ERROR \[page\] .*{_NOT_ITS_NAME}")(_spoil("page", "blob"))
FILES("bytes of a published text changed", rf"ERROR \[published\] .*{_NOT_ITS_NAME}")(
    _spoil("published", "blob")
)


@FILES("bytes of a source changed", rf"ERROR \[source\] .*{_NOT_ITS_NAME}")
def _source(scene: Scene) -> None:
    scene.insider.spoil(scene.house.scan, _other)


@FILES("exported text edited", r"ERROR \[text\] .*page 1: .*2599")
def _text(scene: Scene) -> None:
    hold(scene, scene.house.text.read_text("utf-8").replace(TRUE, FALSE, 1).encode())


def hold(scene: Scene, data: bytes) -> None:
    """Let the auditor compare the scan with a text of these bytes."""
    scene.reference = scene.house.scan
    scene.text = scene.folder / "held.txt"
    scene.text.write_bytes(data)


@FILES("text with CRLF", r"NOTE \[text\] .*line ends", CaseKind.TOLD)
def _crlf(scene: Scene) -> None:
    hold(scene, scene.house.text.read_bytes().replace(b"\n", b"\r\n"))


@FILES("text with BOM", r"NOTE \[text\] .*byte order mark", CaseKind.TOLD)
def _bom(scene: Scene) -> None:
    hold(scene, b"\xef\xbb\xbf" + scene.house.text.read_bytes())


@FILES("one page of a text", r"NOTE \[text\] .*page 3.*1 of 5 pages", CaseKind.TOLD)
def _part(scene: Scene) -> None:
    hold(scene, scene.house.text.read_bytes().split(b"\f")[2])


@FILES("source changed in its place", r"has another content than")
def _changed_source(scene: Scene) -> None:
    original = scene.house.path.with_name("inbox") / "scan.pdf"
    kept = original.read_bytes()
    original.write_bytes(_other(kept))
    scene.reference = str(original)


@FILES("source changed and elsewhere", r"another content than scan.pdf .*c7dcd3")
def _source_elsewhere(scene: Scene) -> None:
    other = scene.folder / "elsewhere"
    other.mkdir()
    path = other / "scan.pdf"
    path.write_bytes(_other((scene.house.path.with_name("inbox") / "scan.pdf").read_bytes()))
    scene.reference = str(path)


@FILES("password file emptied", "", CaseKind.HARMLESS)
def _no_passwords(scene: Scene) -> None:
    (scene.insider.path / "passwords.json").write_text("{}")


@FILES("an entry of the password file alone", "", CaseKind.HARMLESS)
def _entry(scene: Scene) -> None:
    PasswordFile(scene.insider.path).put(hashed("the ninth bridge is closed"))


@FILES("diff report changed", r"WARNING \[report\] .*scan-c7dcd3")
def _report(scene: Scene) -> None:
    path = next((scene.insider.path / "reports").glob("scan-*.html"))
    path.write_text(path.read_text().replace("</h1>", " ๒</h1>", 1))


def third(scene: Scene, *pages: int) -> tuple[Path, str]:
    """Another PDF that is about to be read, and the id that it will have."""
    path = part_of_scan(scene.folder / "third.pdf", *pages)
    return path, hashlib.sha256(path.read_bytes()).hexdigest()


@FILES("a recipe that names a false reading, then an honest run", r"ERROR \[page\] .*page 1: .*read again")
def _recipe_reading(scene: Scene) -> None:
    insider = scene.insider
    path, document = third(scene, 5)
    page = with_text(insider.page(scene.house.pair, 1)[0], TRUE, FALSE)
    blob = insider.put(encode_page(replace(page, document=document)))
    insider.point_recipe(reading_key(tools()[0], document, 1), blob)
    honest_run(scene, path)


def read_another(scene: Scene, page: int) -> None:
    """Read, sign and publish another document, a page of the sample."""
    path, _ = third(scene, page)
    honest_run(scene, path)


def honest_run(scene: Scene, path: Path) -> None:
    """Let the program read, sign and publish a file of one page, as everybody does."""
    with Workspace.open(scene.insider.path, clock=scene.insider.clock()) as ws:
        document = register(ws, path, 1, (1,))
        read_into(ws, document, path.name, 1)
        work_through(ws, document)


@FILES(
    "a recipe that names a false finding, then an honest run",
    r"ERROR \[(findings|published)\] .*(SAFE|rules)",
)
def _recipe_finding(scene: Scene) -> None:
    def more(found: Findings, page: Page) -> Findings:
        at = page.reading.text.index(TRUE)
        own = safe_change(page.reading.sha256, Edit(Span(at, at + len(TRUE)), TRUE, FALSE))
        return replace(
            found, proposals=tuple(sorted((*found.proposals, own), key=lambda one: (one.span, one.id)))
        )

    find_instead(scene, 5, more)


def find_instead(scene: Scene, number: int, change: Callable[[Findings, Page], Findings]) -> None:
    """Read a page of the sample as another document; let a recipe name changed findings, then go on honestly."""
    insider, known = scene.insider, tools()[1]
    path, document = third(scene, number)
    with Workspace.open(insider.path, clock=insider.clock()) as ws:
        register(ws, path, 1, (1,))
        read = read_page(ws, tools()[0], document, path.name, 1)
    found = known.find(read.page.reading, read.page.readings[1:], read.page.account)
    kept = encode_findings(change(found, read.page))
    insider.point_recipe(findings_key(known, read.page, read.blob), insider.put(kept))
    honest_run(scene, path)


@FILES("pages that were never asked for", r"NOTE \[source\] .*pages 2, 4-5 of 5 .*never asked for")
def _never_asked(scene: Scene) -> None:
    path, _ = third(scene, 1, 2, 3, 4, 5)
    with Workspace.open(scene.insider.path, clock=scene.insider.clock()) as ws:
        document = register(ws, path, 5, (1, 3))
        for number in (1, 3):
            read_into(ws, document, path.name, number)
        work_through(ws, document)
        data = published_text(ws, document)
    scene.reference, scene.text = document, scene.folder / "third.txt"
    scene.text.write_bytes(data)


_IMPORTED = r"imported from hOCR, which says that tesseract 5.3.0"


@FILES(
    "an import that calls itself tesseract 5.3.0",
    rf"NOTE \[page\] .*page 1: .*{_IMPORTED}",
)
def _import(scene: Scene) -> None:
    path, document = third(scene, 5)
    given = scene.folder / "claims.hocr"
    given.write_text(
        '<html><head><meta name="ocr-system" content="tesseract 5.3.0"/></head><body>'
        '<div class="ocr_page" title="bbox 0 0 2480 3508"><span class="ocr_line" title="bbox 300 300 900 360">'
        '<span class="ocrx_word" title="bbox 300 300 900 360; x_wconf 99">9,999,999</span></span></div>'
        "</body></html>"
    )
    reading = PageReading(ImportedReader(given), tools()[0].sources)
    with Workspace.open(scene.insider.path, clock=scene.insider.clock()) as ws:
        register(ws, path, 1, (1,))
        read = read_page(ws, reading, document, path.name, 1)
        examine(ws, tools()[1], read.page, read.blob, read.expected)
        work_through(ws, document)
