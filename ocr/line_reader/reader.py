"""The line reader as a witness: it reads the lines of another reading once more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from dictionaries.code_identity import code_identity
from model import geometry
from model.edit import Span
from model.page import Box, Line, Reader, Reading
from ocr.ensemble.voting import Voting
from ocr.image.prepare import Prepared
from ocr.line_reader.alphabet import THAI_DIGITS
from ocr.line_reader.crops import Crop, Cutter
from ocr.line_reader.decoding import Scores, decode
from ocr.line_reader.geometry import FRAME, LETTER_HEIGHT
from ocr.line_reader.model import fingerprint, scores
from ocr.source.rasterise import Source

if TYPE_CHECKING:
    from ocr.select import PageReader

NAME = "line-reader"
VERSION = "1"
"""A label for people; the code itself and the model are among the reader's settings."""

Lines = Literal["all", "doubtful", "off"]

DOUBTFUL = 0.5
"""A line is doubtful where Tesseract's lowest confidence of a letter is below this, or where it has read digits."""

_DIGITS = frozenset(THAI_DIGITS + "0123456789")

Score = Callable[[Sequence[Crop]], list[Scores]]

_Letter = tuple[str, Box | None, float | None]


class LineReader:
    """Reads the lines that another reading found: `all` of them, or the `doubtful` ones only.

    `score` gives each crop's log-probabilities: those of the model that ships, by default.

    Raises (on creation):
        MissingProgram: the model is not there.
    """

    def __init__(self, lines: Lines = "all", score: Score = scores) -> None:
        self._score = score
        self._doubtful = lines == "doubtful"
        settings = (("code", code_identity(__name__)), ("lines", lines), ("model", fingerprint()))
        self._reader = Reader(NAME, VERSION, settings)

    @property
    def reader(self) -> Reader:
        """Name, version, model, and which lines are read."""
        return self._reader

    def read(self, prepared: Prepared, base: Reading) -> Reading:
        """The same lines as `base` has, with what this reader reads in them; empty where it does not look.

        Between the lines stands what stands between those of `base`. `base` is a reading of `prepared`.

        Raises:
            MissingProgram: the model is not there or not of this version.
        """
        cutter = Cutter(prepared.image, prepared.quality.x_height)
        crops: list[Crop] = []
        for number, line in enumerate(base.lines):
            if line.box is not None and (not self._doubtful or is_doubtful(base, line)):
                box = geometry.to_upright(line.box, prepared.preparation, prepared.width, prepared.height)
                crops += cutter.cut(number, box)
        read: dict[int, list[_Letter]] = {}
        for crop, scored in zip(crops, self._score(crops), strict=True):
            letters = _letters(crop, scored, prepared)
            if letters:
                line_letters = read.setdefault(crop.line, [])
                line_letters += [(" ", None, None), *letters] if line_letters else letters
        return _reading(base, self._reader, [read.get(number, []) for number in range(len(base.lines))])


def is_doubtful(base: Reading, line: Line) -> bool:
    """Whether a line has digits or a letter of little confidence."""
    span = slice(line.span.start, line.span.end)
    if any(c is not None and c < DOUBTFUL for c in base.confidences[span]):
        return True
    return not _DIGITS.isdisjoint(base.text[span])


def _letters(crop: Crop, scored: Scores, prepared: Prepared) -> list[_Letter]:
    """What was read in a crop, without white space at its ends, boxes in the page image's frame."""
    read = decode(scored)
    while read and read[0].letter == " ":
        read.pop(0)
    while read and read[-1].letter == " ":
        read.pop()
    middles = [(letter.frame + 0.5) * FRAME for letter in read]
    letters: list[_Letter] = []
    for index, letter in enumerate(read):
        first = (middles[index - 1] + middles[index]) / 2 if index else middles[index] - LETTER_HEIGHT / 2
        last = (
            (middles[index] + middles[index + 1]) / 2
            if index + 1 < len(read)
            else middles[index] + LETTER_HEIGHT / 2
        )
        box = None if letter.letter == " " else prepared.to_page(crop.across(max(first, 0.0), last))
        letters.append((letter.letter, box, round(letter.confidence, 4)))
    return letters


def _reading(base: Reading, reader: Reader, lines: Sequence[list[_Letter]]) -> Reading:
    """The reading with those lines and, between them, what stands between the base's."""
    text: list[str] = []
    boxes: list[Box | None] = []
    confidences: list[float | None] = []
    spans: list[Line] = []
    at = 0

    def between(until: int) -> None:
        part = base.text[at:until]
        text.extend(part)
        boxes.extend([None] * len(part))
        confidences.extend([None] * len(part))

    for line, letters in zip(base.lines, lines, strict=True):
        between(line.span.start)
        start = len(text)
        for letter, box, confidence in letters:
            text.append(letter)
            boxes.append(box)
            confidences.append(confidence)
        spans.append(Line(Span(start, len(text)), line.box))
        at = line.span.end
    between(len(base.text))
    gaps = (None,) * len(text)
    return Reading(base.page, reader, "".join(text), tuple(spans), tuple(boxes), tuple(confidences), gaps)


class WithLineReader:
    """Another reader, with the line reader as a witness of every page that was read from its image."""

    def __init__(self, first: PageReader, lines: Lines = "all") -> None:
        self._first = first
        self._second = LineReader(lines)

    @cached_property
    def reader(self) -> Reader:
        """The first reader, with the second among its settings."""
        first, second = self._first.reader, self._second.reader
        named = {f"second:{name}": value for name, value in second.settings}
        settings = {**dict(first.settings), **named, "second:version": second.version}
        return replace(first, settings=tuple(sorted(settings.items())))

    def read(self, source: Source, number: int, prepared: Prepared, dpi: float) -> tuple[Reading, ...]:
        """What the first reader reads, and the line reader's reading of the same lines where those were recognised.

        Raises:
            PageError: the first reader cannot read this page.
            MissingProgram: a program or the model is missing.
        """
        readings = self._first.read(source, number, prepared, dpi)
        # A text layer has no confidences: it was written, not recognised, and has a judge of its own.
        if all(confidence is None for confidence in readings[0].confidences):
            return readings
        return (*readings, self._second.read(prepared, readings[0]))


def with_second_reader(first: PageReader, lines: Lines) -> PageReader:
    """The reader with the line reader beside it and both put together, or by itself where that is `off`."""
    return first if lines == "off" else Voting(WithLineReader(first, lines))
