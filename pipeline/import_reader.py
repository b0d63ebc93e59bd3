"""Another engine's output in place of a reader."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from model.errors import UsageError
from ocr.imported.reader import ImportedReader
from ocr.select import IMPORT
from ocr.source.rasterise import open_source
from pipeline.settings import Settings


def import_reader(
    reading: Path, sources: Sequence[Path], reader: str, settings: Settings, password: str | None = None
) -> str:
    """The name of the reader that takes `reading` for the one document of `sources`.

    Raises:
        UsageError: more than one document, or another reader was asked for, too.
        BadInput: the file is no OCR result, or has other pages than the document.
    """
    if len(sources) != 1:
        raise UsageError("--reading is about one document.", remedy="Digitise the documents one by one.")
    if reader != "auto":
        raise UsageError("--reading takes the reader's place.", remedy="Leave out --reader.")
    with open_source(sources[0], password=password, limits=settings.limits()) as source:
        ImportedReader(reading, settings.limits()).expect(source.page_count, sources[0].name)
    return f"{IMPORT}{reading.resolve()}"
