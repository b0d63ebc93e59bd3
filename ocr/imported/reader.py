"""The reader that takes what another engine has read: one file for all pages of a document."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from dictionaries.code_identity import code_identity
from model import extensions
from model.box import Box
from model.counted import counted
from model.edit import Span
from model.errors import BadInput, ChamraError, MissingProgram, PageError, UsageError
from model.page import Line, Reader, Reading
from ocr.image.prepare import Prepared
from ocr.imported import worker_parse
from ocr.imported.bounds import MOST_BYTES
from ocr.imported.parts import ImportedPage, Rect
from ocr.imported.worker_parse import page_of
from ocr.sandbox.limits import DEFAULT_LIMITS, Limits
from ocr.sandbox.process import WorkerDied, WorkerRefused, ask_once
from ocr.source.rasterise import Source


class ImportedReader:
    """Gives the pages of another engine's output as readings, their boxes scaled to our page images.

    Raises (on creation):
        BadInput: the file is missing, too large, not well-formed, of no known format, or without pages.
    """

    def __init__(self, path: Path, limits: Limits = DEFAULT_LIMITS) -> None:
        self._path = path
        found = parsed(path, limits)
        settings = {
            ("code", code_identity(__name__, extensions.module(extensions.IMPORTS, found.form))),
            ("format", found.form),
            ("sha256", found.sha256),
        }
        self._pages = found.pages
        self._reader = Reader(found.program or "import", found.version or "unknown", tuple(sorted(settings)))

    @property
    def reader(self) -> Reader:
        """The program that made the file, as the file names it; the format, the file's SHA-256, our code."""
        return self._reader

    def expect(self, pages: int, name: str) -> None:
        """Make sure that the file is about a document of so many pages.

        Raises:
            BadInput: it has more pages or fewer.
        """
        found = len(self._pages)
        if found != pages:
            remedy = "Give the file that was made from this document, with a form feed or a page element for each page."
            raise BadInput(
                f"{self._path} has {counted(found, 'page')}, but {name} has {pages}.", remedy=remedy
            )

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
        page = self._page(source, number)
        reading = page_reading(number, self._reader, page, prepared.width, prepared.height)
        if not reading.text.strip() and not prepared.quality.blank:
            raise PageError(
                f"{source.name}, page {number}: {self._path} has no text for this page, and the page is not blank.",
                remedy="Read it without --reading, transcribe it, or leave it out with a reason.",
            )
        return (reading,)

    def _page(self, source: Source, number: int) -> ImportedPage:
        try:
            return page_of(self._pages[number - 1])
        except ValueError as error:
            reason = f"{source.name}, page {number}: {self._path} was not parsed into a page."
            raise PageError(reason, remedy=_GIVE_ANOTHER) from error


_ERRORS: dict[str, type[ChamraError]] = {"MissingProgram": MissingProgram, "UsageError": UsageError}
"""What a worker says of a file is bad input, but for these."""

_GIVE_ANOTHER = "Give the result of an OCR program."


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


@dataclass(frozen=True, slots=True)
class ParsedImport:
    """What a worker has made of a file: its SHA-256, its form, what made it, and each page as the worker wrote it."""

    sha256: str
    form: str
    program: str
    version: str
    pages: tuple[bytes, ...]


def parsed(path: Path, limits: Limits) -> ParsedImport:
    """Another engine's output, parsed in a process of its own.

    Raises:
        BadInput: the file is missing, empty, too large or cannot be used.
        MissingProgram, UsageError: what brings the forms is broken.
    """
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size > MOST_BYTES:
                raise BadInput(
                    f"{path} has more than {MOST_BYTES >> 20} MiB.", remedy="Split it with the document."
                )
            if not size:
                raise BadInput(f"{path} is empty.", remedy="Give the result of a run.")
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
            header, payload = _asked(path, file, limits)
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}.", remedy="Check the name.") from error
    form, program, version = (str(header.get(key, "")) for key in ("form", "program", "version"))
    return ParsedImport(sha256, form, program, version, tuple(bytes(payload).split(b"\n")))


def _asked(path: Path, file: IO[bytes], limits: Limits) -> tuple[dict[str, Any], bytearray]:
    try:
        return ask_once(worker_parse.__name__, path.name, file, limits, MOST_BYTES)
    except WorkerRefused as refused:
        kind = _ERRORS.get(refused.code, BadInput)
        reason = str(refused.facts.get("message", f"{path} cannot be used."))
        raise kind(reason, remedy=str(refused.facts.get("remedy", _GIVE_ANOTHER))) from refused
    except WorkerDied as lost:
        reason = f"{path} cannot be parsed: the process that opens it {lost}."
        raise BadInput(reason, remedy=_GIVE_ANOTHER) from lost
