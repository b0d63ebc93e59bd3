"""Our own reader reads every line, and Tesseract those of which it is not sure.

The line reader reads a page in a tenth of Tesseract's time and knows all ten Thai digits. Where its least sure letter
of a line is doubtful, Tesseract reads the same line once more, from the same ink, and what both read is put together
(`ocr.ensemble.voting`); digits stay as the line reader read them, and where the two differ that is found later and put
before a person. Measured in CER %, white space ignored, and share of lines that Tesseract saw: prose light at 300 dpi
0.21 -> 0.16 (10 %), heavy at 200 0.22 -> 0.16 (19 %), heavy at 150 0.42 -> 0.25 (32 %), gazette 0.20 -> 0.05 (6 %).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property

from dictionaries import language_model
from dictionaries.code_identity import code_identity
from model.page import Reader, Reading
from ocr.engine import EngineOptions, SecondReader
from ocr.ensemble.unread import StretchInk, is_unread, without_unread
from ocr.ensemble.voting import likelihood, settle
from ocr.image.prepare import Prepared
from ocr.letters import LetterRow, on_page, reading_of
from ocr.line_reader.reader import LineReader, LinesOfPage, joined, line_box, lines_of
from ocr.line_reader.turned import turned_lines
from ocr.sandbox.limits import DEFAULT_LIMITS, Limits
from ocr.source.rasterise import Source
from ocr.tesseract.recognise import TesseractReader, place_of
from ocr.tesseract.strips import read_strips

NAME = "cascade"
VERSION = "1"
"""A label for people; the code itself and the models are among the reader's settings."""

DOUBTFUL = 0.7
"""A line is doubtful where the line reader's confidence in some letter is below this. On 32 pages of scans 0.5, 0.7,
0.85 leave 0.40, 0.25, 0.20 % CER on the worst of them, and ask for 5, 32, 56 % of its lines."""


SURE_OF_DIGIT = 0.98
"""A line is doubtful, too, where the confidence in some Arabic digit is below this. Of 690 right numbers 17 % have such
a digit, of 45 wrong ones all have; in 40 of these Tesseract reads another number, in 8 of the right ones."""

_ARABIC = frozenset("0123456789")


class CascadeReader:
    """Reads page images with the line reader, and with Tesseract where that is in doubt.

    Its readings of a page: what stands, what the line reader read, and what Tesseract read in the lines that it was
    asked about; all have the same lines. The latter two are left out where Tesseract was not asked.

    Raises (on creation):
        MissingProgram: Tesseract, a language or the line reader's model is missing or too old.
    """

    def __init__(
        self, limits: Limits = DEFAULT_LIMITS, *, asked: SecondReader = "doubtful", chosen_by: str = NAME
    ) -> None:
        self._limits = limits
        self._asked = asked
        self._chosen_by = chosen_by
        self._line_reader = LineReader()
        self._tesseract = None if asked == "off" else TesseractReader(limits, chosen_by=NAME).reader

    @cached_property
    def reader(self) -> Reader:
        """Both readers, the models, and how their readings are put together."""
        known = [("chosen", self._chosen_by), ("asked", self._asked), ("code", code_identity(__name__))]
        known.append(("language-model", str(language_model.read_header()["sha256"])[:16]))
        for reader in (self._line_reader.reader, self._tesseract):
            if reader is not None:
                said = (("version", reader.version), *reader.settings)
                known += [(f"{reader.name}:{name}", value) for name, value in said]
        return Reader(NAME, VERSION, tuple(sorted(known)))

    def read(self, source: Source, number: int, prepared: Prepared, dpi: float) -> tuple[Reading, ...]:
        """What stands, and what each reader read; one empty reading when the page is blank.

        Raises:
            PageError: Tesseract failed, took too long or wrote nonsense, or the page has more ink than any print.
            MissingProgram: it has vanished since the reader was made.
            NoSpace: the temporary folder is full.
        """
        prepared, turned = turned_lines(prepared, self._line_reader.rows)
        lines = lines_of(source, number, prepared)
        read = self._line_reader.stretches(lines)
        own = _rows(lines, read, prepared)
        doubtful = [bool(row) and self._is_doubtful(row) for row in own]
        other = self._ask(lines, doubtful, dpi, place_of(source, number))
        unread = _unread(lines, read, other, prepared)
        asked = _rows(lines, other, prepared, doubtful)
        left = (
            _rows(lines, _without(read, unread), prepared),
            _rows(lines, _without(other, unread), prepared, doubtful),
        )
        together = [
            without_unread(settle(row, [heard], likelihood) if heard else row, likelihood, row, heard)
            for row, heard in zip(*left, strict=True)
        ]
        boxes = [line_box(lines, at, prepared) for at in range(len(lines.rows))]
        kept = [at for at, row in enumerate(together) if row]

        def reading(reader: Reader, rows: Sequence[LetterRow], *, asked: bool = False) -> Reading:
            level = [(rows[at], boxes[at]) for at in kept]
            # Text of another direction interrupts no line of the page's; nobody else is asked about it.
            other = [([] if asked else line.letters, line.box) for line in turned]
            return reading_of(number, reader, [*level, *other])

        readings = [reading(self.reader, together)]
        if self._tesseract is not None and any(asked):
            readings += [reading(self._line_reader.reader, own), reading(self._tesseract, asked, asked=True)]
        return tuple(readings)

    def _is_doubtful(self, row: LetterRow) -> bool:
        if self._asked != "doubtful":
            return self._asked == "all"
        return any(
            letter.confidence < (SURE_OF_DIGIT if letter.text in _ARABIC else DOUBTFUL)
            for letter in row
            if letter.confidence is not None
        )

    def _ask(
        self, lines: LinesOfPage, doubtful: Sequence[bool], dpi: float, where: str
    ) -> dict[int, LetterRow]:
        """What Tesseract reads in the stretches of the doubtful lines; boxes in pixels of the prepared image."""
        asked = list(lines.stretches(at for at, is_asked in enumerate(doubtful) if is_asked))
        strips = [lines.cutter.strip(number, stretch) for _, number, stretch in asked]
        numbers = [number for _, number, _ in asked]
        return dict(zip(numbers, read_strips(strips, dpi, where, self._limits), strict=True))


def _rows(
    lines: LinesOfPage,
    read: Mapping[int, LetterRow],
    prepared: Prepared,
    wanted: Sequence[bool] | None = None,
) -> list[LetterRow]:
    """The letters of the lines that are wanted, all by default, from those of their stretches; nothing of the others.
    Boxes are in pixels of the page image."""
    return [
        on_page(joined(lines, at, read), prepared) if wanted is None or wanted[at] else []
        for at in range(len(lines.rows))
    ]


def _without(read: Mapping[int, LetterRow], numbers: Collection[int]) -> dict[int, LetterRow]:
    return {number: letters for number, letters in read.items() if number not in numbers}


def _unread(
    lines: LinesOfPage,
    read: Mapping[int, LetterRow],
    witness: Mapping[int, LetterRow],
    prepared: Prepared,
) -> frozenset[int]:
    """The numbers of the stretches that no reader could read."""
    found = set()
    for at, number, stretch in lines.stretches(range(len(lines.rows))):
        others = [n for n, _ in lines.rows[at] if n != number and (n == 0 or read[n])]
        alone = not others or number in lines.written  # what stands on a baseline of its own
        height = stretch.baseline.letter / lines.ink.letter
        cut = prepared.is_cut(lines.box(number, stretch))
        ink = StretchInk(len(stretch.letters), height, alone, cut)
        if number not in lines.raised and is_unread(read[number], witness.get(number, []), likelihood, ink):
            found.add(number)
    return frozenset(found)


def engine(options: EngineOptions) -> CascadeReader:
    """The entry point `cascade`.

    Raises:
        MissingProgram: Tesseract, a language or the line reader's model is missing or too old.
    """
    asked: SecondReader = "all" if options.quality == "best" else options.second_reader
    return CascadeReader(options.limits, asked=asked, chosen_by=options.chosen_by)
