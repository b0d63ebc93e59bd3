"""The reader that takes what another engine has read: one file for all pages of a document."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import cast

from dictionaries.code_identity import code_identity
from model import extensions
from model.box import Box
from model.edit import Span
from model.errors import BadInput, PageError
from model.page import Line, Reader, Reading
from ocr.image.prepare import Prepared
from ocr.imported.parts import (
    MOST_BYTES,
    GivenFile,
    ImportedFile,
    ImportedPage,
    ImportFormat,
    Rect,
    local,
    xml_root,
)
from ocr.source.rasterise import Source


class ImportedReader:
    """Gives the pages of another engine's output as readings, their boxes scaled to our page images.

    Raises (on creation):
        BadInput: the file is missing, too large, not well-formed, of no known format, or without pages.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        data = _bytes(path)
        form, self._file = parse(data, path.name)
        settings = {
            ("code", code_identity(__name__, extensions.module(extensions.IMPORTS, form))),
            ("format", form),
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
            PageError: the file has other pages than the document, or no text for a page that is not blank.
        """
        del dpi
        try:
            self.expect(source.page_count, source.name)
        except BadInput as error:
            raise PageError(f"{source.name}, page {number}: {error}", remedy=error.remedy) from error
        page = self._file.pages[number - 1]
        reading = page_reading(number, self._reader, page, prepared.width, prepared.height)
        if not reading.text.strip() and not prepared.quality.blank:
            raise PageError(
                f"{source.name}, page {number}: {self._path} has no text for this page, and the page is not blank.",
                remedy="Read it without --reading, transcribe it, or leave it out with a reason.",
            )
        return (reading,)


def parse(data: bytes, name: str) -> tuple[str, ImportedFile]:
    """The form that a file has, and its pages.

    Raises:
        BadInput: it is of no known form or of several, cannot be used, or has no pages.
        MissingProgram: the module of a form cannot be loaded.
        UsageError: two packages bring a form of one name.
    """
    file = GivenFile(name, data, xml_root(data, name))
    known = {form: _format(form) for form in extensions.names(extensions.IMPORTS)}
    recognised = [form for form, one in known.items() if one.recognises(file)]
    fitting = [form for form in recognised if not known[form].is_last_resort] or recognised
    if len(fitting) > 1:
        raise BadInput(
            f"{name} may be {' or '.join(fitting)}.", remedy="Remove the package that is wrong about it."
        )
    if not fitting:
        begins = "" if file.root is None else f": it begins with <{local(file.root)[:60]}>"
        raise BadInput(f"{name} is no OCR result{begins}.", remedy=f"Give one of these: {', '.join(known)}.")
    found = known[fitting[0]].parse(file)
    if not found.pages:
        raise BadInput(f"{name} has no pages.", remedy="Give the whole result of a run.")
    return fitting[0], found


def _format(form: str) -> ImportFormat:
    return cast("ImportFormat", extensions.load(extensions.IMPORTS, form))


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
        for run in line.runs:
            box = scaled(run.box)
            if box is not None and last is not None:
                gaps[last[0]] = float(max(0, box.left - last[1].right))
            for character in run.text.replace("\n", " "):
                text.append(character)
                boxes.append(None if character.isspace() else box)
                confidences.append(None if character.isspace() else run.confidence)
                gaps.append(None)
            if not run.text.isspace():
                last = None if box is None else (len(text) - 1, box)
        lines.append(Line(Span(start, len(text)), scaled(line.box)))
    return Reading(number, reader, "".join(text), tuple(lines), tuple(boxes), tuple(confidences), tuple(gaps))


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
