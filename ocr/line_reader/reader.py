"""The line reader as a witness: it reads the lines of another reading once more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from dictionaries.code_identity import code_identity
from model import geometry
from model.edit import Span
from model.page import Box, Line, Reader, Reading
from ocr.image.prepare import Prepared
from ocr.line_reader.alphabet import THAI_DIGITS
from ocr.line_reader.crops import Cutter, LineCrop
from ocr.line_reader.decoding import Scores, decode
from ocr.line_reader.geometry import FRAME, LETTER_HEIGHT
from ocr.line_reader.model import fingerprint, scores

NAME = "line-reader"
VERSION = "1"
"""A label for people; the code itself and the model are among the reader's settings."""

Lines = Literal["all", "doubtful", "off"]

DOUBTFUL = 0.5
"""A line is doubtful where Tesseract's lowest confidence of a character is below this, or where it has read digits."""

_DIGITS = frozenset(THAI_DIGITS + "0123456789")

Score = Callable[[Sequence[LineCrop]], list[Scores]]

_ReadCharacter = tuple[str, Box | None, float | None]


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
        crops: list[LineCrop] = []
        for number, line in enumerate(base.lines):
            if line.box is not None and (not self._doubtful or is_doubtful(base, line)):
                box = geometry.to_upright(line.box, prepared.preparation, prepared.width, prepared.height)
                crops += cutter.cut(number, box)
        read: dict[int, list[_ReadCharacter]] = {}
        for crop, scored in zip(crops, self._score(crops), strict=True):
            characters = _read_characters(crop, scored, prepared)
            if characters:
                line_characters = read.setdefault(crop.line, [])
                line_characters += [(" ", None, None), *characters] if line_characters else characters
        return _reading(base, self._reader, [read.get(number, []) for number in range(len(base.lines))])


def is_doubtful(base: Reading, line: Line) -> bool:
    """Whether a line has digits or a character of little confidence."""
    span = slice(line.span.start, line.span.end)
    if any(c is not None and c < DOUBTFUL for c in base.confidences[span]):
        return True
    return not _DIGITS.isdisjoint(base.text[span])


def _read_characters(crop: LineCrop, scored: Scores, prepared: Prepared) -> list[_ReadCharacter]:
    """What was read in a crop, without white space at its ends, boxes in the page image's frame."""
    read = decode(scored)
    while read and read[0].character == " ":
        read.pop(0)
    while read and read[-1].character == " ":
        read.pop()
    middles = [(character.frame + 0.5) * FRAME for character in read]
    characters: list[_ReadCharacter] = []
    for index, character in enumerate(read):
        first = (middles[index - 1] + middles[index]) / 2 if index else middles[index] - LETTER_HEIGHT / 2
        last = (
            (middles[index] + middles[index + 1]) / 2
            if index + 1 < len(read)
            else middles[index] + LETTER_HEIGHT / 2
        )
        box = None if character.character == " " else prepared.to_page(crop.across(max(first, 0.0), last))
        characters.append((character.character, box, round(character.confidence, 4)))
    return characters


def _reading(base: Reading, reader: Reader, lines: Sequence[list[_ReadCharacter]]) -> Reading:
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

    for line, characters in zip(base.lines, lines, strict=True):
        between(line.span.start)
        start = len(text)
        for character, box, confidence in characters:
            text.append(character)
            boxes.append(box)
            confidences.append(confidence)
        spans.append(Line(Span(start, len(text)), line.box))
        at = line.span.end
    between(len(base.text))
    gaps = (None,) * len(text)
    return Reading(base.page, reader, "".join(text), tuple(spans), tuple(boxes), tuple(confidences), gaps)
