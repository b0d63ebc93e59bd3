"""How a reader is chosen: by the name under which an entry point brings its engine."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from model import extensions
from model.errors import UsageError
from ocr.engine import EngineFactory, EngineOptions, PageReader, ReadingQuality, SecondReader
from ocr.ensemble.combine import with_line_reader
from ocr.imported.reader import ImportedReader
from ocr.sandbox.limits import DEFAULT_LIMITS, Limits

IMPORT = "import:"
"""A reader's name that begins so goes on with the path of another engine's output."""


def select_reader(
    name: str,
    limits: Limits = DEFAULT_LIMITS,
    quality: ReadingQuality = "standard",
    second_reader: SecondReader = "doubtful",
) -> PageReader:
    """The reader of that name: an engine's, or 'import:' and the path of another engine's output.

    Raises:
        UsageError: there is no such engine, or two packages bring one of that name.
        BadInput: the file to import is no OCR result.
        MissingProgram: it needs a program that is not installed, or cannot be loaded.
    """
    if name.startswith(IMPORT):
        return with_line_reader(ImportedReader(Path(name.removeprefix(IMPORT)), limits), second_reader)
    engine = cast("EngineFactory | None", extensions.load(extensions.ENGINES, name))
    if engine is None:
        known = ", ".join(extensions.names(extensions.ENGINES))
        raise UsageError(f"There is no reader {name!r}.", remedy=f"Choose one of {known}.")
    return engine(EngineOptions(limits, quality, second_reader, chosen_by=name))
