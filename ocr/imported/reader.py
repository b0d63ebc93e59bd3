"""The reader that takes what another engine has read: one file for all pages of a document."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from dictionaries.code_identity import code_identity
from model.edit import Span
from model.errors import BadInput, PageError
from model.page import Box, Line, Reader, Reading
from ocr.image.prepare import Prepared
from ocr.imported.alto import alto
from ocr.imported.hocr import hocr
from ocr.imported.page_xml import page_xml
from ocr.imported.parts import Imported, ImportedPage, Piece, Rect, TextLine, local
from ocr.source.rasterise import Source
from ocr.source.textfile import decode_text

MOST_BYTES = 256 * 1024 * 1024
"""A file of 5,000 dense pages has 200 MB."""

FORMATS: dict[str, Callable[[Element], Imported]] = {"html": hocr, "alto": alto, "PcGts": page_xml}
"""The XML formats by the name of their outermost element. Another format is one more file and one more entry."""


class ImportedReader:
    """Gives the pages of another engine's output as readings, their boxes scaled to our page images.

    Raises (on creation):
        BadInput: the file is missing, too large, not well-formed, of no known format, or without pages.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        data = _bytes(path)
        self._file = parse(data, path.name)
        settings = {
            ("code", code_identity(__name__)),
            ("format", self._file.form),
            ("sha256", hashlib.sha256(data).hexdigest()),
        }
        self._reader = Reader(
            self._file.program or "import", self._file.version or "unknown", tuple(sorted(settings))
        )

    @property
    def reader(self) -> Reader:
        """The program that made the file, as the file names it; the format, the file's SHA-256, our code."""
        return self._reader

    def expect(self, pages: int, name: str) -> None:
        """Make sure that the file is about a document of so many pages.

        Raises:
            BadInput: it has more pages or fewer.
        """
        found = len(self._file.pages)
        if found != pages:
            remedy = "Give the file that was made from this document, with a form feed or a page element for each page."
            raise BadInput(f"{self._path} has {found} pages, but {name} has {pages}.", remedy=remedy)

    def read(self, source: Source, number: int, prepared: Prepared, dpi: float) -> tuple[Reading, ...]:
        """What the file has for the page.

        Raises:
            PageError: the file has other pages than the document.
        """
        del dpi
        try:
            self.expect(source.page_count, source.name)
        except BadInput as error:
            raise PageError(f"{source.name}, page {number}: {error}", remedy=error.remedy) from error
        page = self._file.pages[number - 1]
        return (page_reading(number, self._reader, page, prepared.width, prepared.height),)


def parse(data: bytes, name: str) -> Imported:
    """The pages of a file by what it is: XML of a known format, or plain text with form feeds between pages.

    Raises:
        BadInput: it is neither, or has no pages.
    """
    if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return _plain(decode_text(data, name).removeprefix("\ufeff"))
    try:
        root = ElementTree.fromstring(data, forbid_dtd=False, forbid_entities=True, forbid_external=True)
    except DefusedXmlException as error:
        raise BadInput(
            f"{name} declares entities, which an OCR result has no use for.", remedy="Write it anew without."
        ) from error
    except (ParseError, ValueError, LookupError) as error:
        raise BadInput(f"{name} is not well-formed XML: {error}.", remedy="Write it anew as XML.") from error
    read = FORMATS.get(local(root))
    if read is None:
        raise BadInput(
            f"{name} is XML, but no OCR result: it begins with <{local(root)[:60]}>.",
            remedy="Give hOCR, ALTO, PAGE-XML, or plain text with form feeds between pages.",
        )
    found = read(root)
    if not found.pages:
        raise BadInput(f"{name} has no pages.", remedy="Give the whole result of a run.")
    return found


def page_reading(number: int, reader: Reader, page: ImportedPage, width: int, height: int) -> Reading:
    """A page as a reading, boxes in pixels of our page image of that size."""
    across = width / page.width if page.width > 0 else 0.0
    down = height / page.height if page.height > 0 else 0.0
    text: list[str] = []
    boxes: list[Box | None] = []
    confidences: list[float | None] = []
    gaps: list[float | None] = []
    lines: list[Line] = []

    def scaled(box: Rect | None) -> Box | None:
        if box is None or not across or not down:
            return None
        left, right = (min(max(round(x * across), 0), width) for x in (box[0], box[2]))
        top, bottom = (min(max(round(y * down), 0), height) for y in (box[1], box[3]))
        return Box(left, top, right, bottom)

    for line in page.lines:
        if text:
            text.append("\n")
            boxes.append(None)
            confidences.append(None)
            gaps.append(None)
        start = len(text)
        last: tuple[int, Box] | None = None
        for piece in line.pieces:
            box = scaled(piece.box)
            if box is not None and last is not None:
                gaps[last[0]] = float(max(0, box.left - last[1].right))
            for letter in piece.text.replace("\n", " "):
                text.append(letter)
                boxes.append(None if letter.isspace() else box)
                confidences.append(None if letter.isspace() else piece.confidence)
                gaps.append(None)
            if not piece.text.isspace():
                last = None if box is None else (len(text) - 1, box)
        lines.append(Line(Span(start, len(text)), scaled(line.box)))
    return Reading(number, reader, "".join(text), tuple(lines), tuple(boxes), tuple(confidences), tuple(gaps))


def _plain(text: str) -> Imported:
    pages = text.replace("\r\n", "\n").split("\f")
    if len(pages) > 1 and not pages[-1].strip():
        pages.pop()  # a form feed ends every page in some programs' output, and parts pages in others'
    return Imported(
        "", "", "text",
        tuple(
            ImportedPage(0.0, 0.0, tuple(TextLine((Piece(row),)) for row in page.strip("\n").split("\n") if row))
            for page in pages
        ),
    )  # fmt: skip


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise BadInput(
                f"{path} has more than {MOST_BYTES >> 20} MiB.", remedy="Split it with the document."
            )
        data = path.read_bytes()
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}.", remedy="Check the name.") from error
    if not data.strip():
        raise BadInput(f"{path} is empty.", remedy="Give the result of a run.")
    return data
