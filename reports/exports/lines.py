"""Pictures of lines with their text and where both come from: a data set for teaching readers."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator

from model.box import Box
from model.edit import text_sha256
from model.page import Page
from model.publication import Edition
from reports.archive_file import add, zipped
from reports.crops import PageImage
from reports.export_format import ExportFormat
from reports.laid_out import LaidOutLine, LaidOutPage, laid_out, upright_box


def pieces(edition: Edition) -> Iterator[bytes]:
    """A ZIP archive: for each line that has a place `lines/PAGE-LINE.png` and `.gt.txt`, and `metadata.jsonl` with a
    row for each. The pictures are cut from the straightened page, at its own resolution.

    Raises:
        GateError: the published layer is asked for and a page is neither published nor left out.
    """
    pages = list(laid_out(edition))

    def fill(archive: zipfile.ZipFile) -> None:
        rows = [row for page in pages for row in _page(archive, edition, page)]
        add(archive, "metadata.jsonl", "".join(rows).encode("utf-8"))

    yield from zipped(fill)


def _page(archive: zipfile.ZipFile, edition: Edition, page: LaidOutPage) -> Iterator[str]:
    """Put the lines of a page into the archive; their rows."""
    read = page.source.page
    if read is None:
        return
    image = PageImage(edition.kept.blob(read.image_sha256), read)
    for at, line in enumerate(page.lines, 1):
        if line.box is None or not line.text.strip():
            continue
        box = upright_box(line, read)
        if box is not None and image.shows(box):
            name = f"lines/{page.number:04}-{at:04}"
            add(archive, f"{name}.png", image.cut(box), packed=False)
            add(archive, f"{name}.gt.txt", (line.text + "\n").encode("utf-8"))
            yield _row(edition, page, read, line, line.box, f"{name}.png")


def _row(edition: Edition, page: LaidOutPage, read: Page, line: LaidOutLine, box: Box, file: str) -> str:
    reading = read.reading
    signoff = page.source.state.signoff if page.source.publication else None
    row = {
        "file_name": file,
        "text": line.text,
        "raw": reading.text[line.raw.start : line.raw.end].rstrip("\n"),
        "document": edition.state.id,
        "page": page.number,
        "box": [box.left, box.top, box.right, box.bottom],
        "dpi": read.dpi,
        "image_sha256": read.image_sha256,
        "layer": edition.layer,
        "reader": {
            "name": reading.reader.name,
            "version": reading.reader.version,
            "settings": dict(reading.reader.settings),
        },
        "signed": None
        if signoff is None
        else {"who": signoff.who.name, "when": signoff.when, "key": signoff.key or None},
        "text_sha256": text_sha256(line.text),
    }
    return json.dumps(row, ensure_ascii=False) + "\n"


EXPORT = ExportFormat(
    name="lines",
    extension=".lines.zip",
    description="Pictures of lines, their text and where both come from: a data set, in a ZIP archive.",
    pieces=pieces,
)
