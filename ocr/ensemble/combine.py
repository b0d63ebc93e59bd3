"""A reader with the line reader beside it, and one reading made of what both read."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

from dictionaries import language_model
from dictionaries.code_identity import code_identity
from model.page import Reader, Reading
from ocr.engine import EngineOptions, PageReader, SecondReader
from ocr.ensemble.lines import in_lines_of
from ocr.ensemble.voting import likelihood, vote
from ocr.image.prepare import Prepared
from ocr.line_reader.reader import LineReader
from ocr.source.rasterise import Source
from ocr.tesseract import multi_pass

TESSERACT = "tesseract"
"""The reader whose readings are improved: another engine's, or a text layer's, is taken as it is given."""


class CombinedReader:
    """Another reader, the line reader as a witness of every page that was recognised, and what they amount to."""

    def __init__(self, first: PageReader, line_reader: LineReader) -> None:
        self._first = first
        self._line_reader = line_reader

    @cached_property
    def reader(self) -> Reader:
        """The first reader, with the line reader and how the readings are put together among its settings."""
        first, second = self._first.reader, self._line_reader.reader
        named = {f"second:{name}": value for name, value in second.settings}
        settings = {**dict(first.settings), **named, "second:version": second.version}
        return self._voted(replace(first, settings=tuple(sorted(settings.items()))))

    def read(self, source: Source, number: int, prepared: Prepared, dpi: float) -> tuple[Reading, ...]:
        """What Tesseract and the line reader read together, then the line reader's own reading, then the first
        reader's. Without the first of these where another engine's reading is the base, and only what the first
        reader gives where that was written and not recognised.

        Raises:
            PageError: the first reader cannot read this page.
            MissingProgram: a program or the model is missing.
        """
        readings = self._first.read(source, number, prepared, dpi)
        base = readings[0]
        # A text layer has no confidences: it was written, not recognised, and has a judge of its own.
        if not _is_recognised(base):
            return readings
        (own,) = self._line_reader.read(source, number, prepared, dpi)
        witness = in_lines_of(base, own)
        recognised = [one for one in (*readings, witness) if _is_recognised(one)]
        if len(recognised) < 2 or base.reader.name != TESSERACT:
            return (*readings, witness)
        return (vote(recognised, self._voted(base.reader), likelihood), witness, *readings)

    @cached_property
    def _how(self) -> tuple[tuple[str, str], ...]:
        model = str(language_model.read_header()["sha256"])
        return (("voting", code_identity(__name__)), ("voting:language-model", model[:16]))

    def _voted(self, reader: Reader) -> Reader:
        """Still the first reader's: its lines, its spaces, its digits, and nearly all of its characters."""
        return replace(reader, settings=tuple(sorted({*reader.settings, *self._how})))


def with_line_reader(first: PageReader, second_reader: SecondReader) -> PageReader:
    """The reader with the line reader beside it, or by itself where that is `off`."""
    return first if second_reader == "off" else CombinedReader(first, LineReader())


def tesseract(options: EngineOptions) -> PageReader:
    """The entry point `tesseract`: Tesseract reads every line, and the line reader is its witness.

    Raises:
        MissingProgram: Tesseract, a language or the line reader's model is missing or too old.
    """
    return with_line_reader(multi_pass.reader(options), options.second_reader)


def _is_recognised(reading: Reading) -> bool:
    return any(confidence is not None for confidence in reading.confidences)
