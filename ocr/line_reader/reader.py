"""The line reader: finds the lines of a page by their ink and reads each of them with a small model of our own."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import fmean

from dictionaries import language_model
from dictionaries.code_identity import code_identity
from model.box import Box, box_around
from model.errors import PageError
from model.page import Reader, Reading
from ocr.engine import EngineOptions
from ocr.image.prepare import Prepared
from ocr.layout.ink import PageInk, page_ink
from ocr.layout.leaders import TOKEN as LEADER
from ocr.layout.line_finder import KnownDrawing, LineStretch, NoPrint, Row, find_rows
from ocr.layout.white import COLUMN_GAP, WhiteRuns, white_runs
from ocr.letters import LetterRow, ReadLetter, on_page, reading_of, text_of
from ocr.line_reader.crops import Cutter, LineCrop
from ocr.line_reader.decoding import Scores, decode
from ocr.line_reader.geometry import FRAME, LETTER_HEIGHT
from ocr.line_reader.language import weighed
from ocr.line_reader.model import fingerprint, scores
from ocr.line_reader.raised import as_digits, raised_hosts, with_raised
from ocr.line_reader.slash import is_slash
from ocr.source.rasterise import Source

NAME = "line-reader"
VERSION = "2"
"""A label for people; the code itself and the model are among the reader's settings."""

PARTED = 0.35
"""In letter heights: white that parts two words where a stretch was cut because it is too long for the model."""

FEW, SURE_OF_FEW, SURE = 3, 0.6, 0.4
"""A stretch of so few letters is taken for text from the one mean confidence on, a longer one from the other: specks,
strokes of a pen and pieces of pictures are read as single letters of which the reader itself is not sure. Such ink is
not in the text, and counted as that where ink is held against letters. A number is kept: somebody looks at it."""

SURE_OF_TOKEN = 0.99
"""The confidence in a leader or a check box, which is told by its drawing."""

_LIKE_SLASH = frozenset("17/")
"""What a slash by itself is read as."""

RISES, FALLS = 1.2, 0.6
"""In letter heights above and below the baseline: where the middle of a leader or a check box of a line is."""

FARTHER = 0.02
"""In letter heights up or down: what a letter height counts that a line's letters are away to the side."""

Score = Callable[[Sequence[LineCrop]], list[Scores]]


@dataclass(frozen=True, slots=True)
class Token:
    """What is drawn among the letters of a line and stands in the text as a sign of its own: a leader, a check box."""

    text: str
    box: Box


Part = LineStretch | Token


@dataclass(frozen=True, slots=True)
class LinesOfPage:
    """The lines that were found on a page: their ink, what cuts them out, and their parts from left to right.

    A part that is a stretch has a number, counted from 1; one that is a token has the number 0. `raised`: the numbers
    of the stretches that stand raised over their line. `cells`: of the page's tables, in pixels of the prepared image.
    """

    ink: PageInk
    cutter: Cutter
    rows: tuple[tuple[tuple[int, Part], ...], ...]
    raised: frozenset[int] = frozenset()
    cells: tuple[Box, ...] = ()

    def box(self, number: int, part: Part) -> Box:
        """The box around a part's ink, in pixels of the prepared image."""
        if isinstance(part, Token):
            return part.box
        top, bottom = self.cutter.extent(part)
        return Box(max(0, round(part.left)), top, max(0, round(part.right)), bottom)

    def stretches(self, rows: Iterable[int]) -> Iterator[tuple[int, int, LineStretch]]:
        """The stretches of the lines of those indices: line, number, stretch."""
        for at in rows:
            for number, part in self.rows[at]:
                if isinstance(part, LineStretch):
                    yield at, number, part


def lines_of(source: Source, number: int, prepared: Prepared) -> LinesOfPage:
    """The lines of page `number` of `source`, made ready; none on a blank page.

    Raises:
        PageError: it has more ink than any page of print.
    """
    try:
        return find_lines(prepared)
    except NoPrint as error:
        raise PageError(
            f"{source.name}, page {number}: {error}.",
            remedy="Scan it again, transcribe it, or leave it out with a reason.",
        ) from error


def find_lines(prepared: Prepared) -> LinesOfPage:
    """The lines of a page that was made ready; none on a blank page.

    Raises:
        NoPrint: it has more ink than any page of print.
    """
    ink = page_ink(prepared.image, prepared.quality.x_height, prepared.quality.contrast)
    drawn = prepared.drawn
    cells = tuple(cell.box for cell in drawn.ruled.cells)
    known = KnownDrawing(
        cells,
        drawn.ruled.down,
        None if prepared.pictures is None else prepared.pictures.ink,
    )
    rows = () if prepared.quality.blank else find_rows(ink, prepared.slant, prepared.gutter, drawn=known)
    tokens = [Token(LEADER, region.box) for region in drawn.leaders]
    tokens += [Token(region.state.character, region.box) for region in drawn.check_boxes if region.state]
    tokens += [Token("-", box) for box in drawn.ruled.dashes]
    hosts = raised_hosts(ink, rows)
    rows = tuple(as_digits(ink, row) if at in hosts else row for at, row in enumerate(rows))
    cutter = Cutter(ink, rows)
    numbered = _numbered(rows)
    raised = frozenset(number for row in hosts for number, _ in numbered[row])
    return LinesOfPage(ink, cutter, _with_tokens(rows, numbered, tokens, hosts), raised, cells)


def _numbered(rows: Sequence[Row]) -> list[list[tuple[int, Part]]]:
    """The stretches of each line with their numbers, counted from 1."""
    number = 0
    numbered: list[list[tuple[int, Part]]] = []
    for row in rows:
        numbered.append([(number + at, stretch) for at, stretch in enumerate(row, 1)])
        number += len(row)
    return numbered


def _with_tokens(
    rows: Sequence[Row],
    numbered: list[list[tuple[int, Part]]],
    tokens: Sequence[Token],
    hosts: Mapping[int, int],
) -> tuple[tuple[tuple[int, Part], ...], ...]:
    """The lines with the tokens that stand in them and the raised numbers of the lines that `hosts` names; tokens at a
    height without letters are lines of their own. `numbered` are the rows' stretches; it is changed."""
    # The foot of each line, and the height of its letters.
    feet = [(fmean(one.foot for one in row), fmean(one.baseline.letter for one in row)) for row in rows]
    for at, host in hosts.items():
        numbered[host] += numbered[at]
        numbered[at] = []
    for token in sorted(tokens, key=lambda one: (one.box.top, one.box.left)):
        middle = (token.box.top + token.box.bottom) / 2
        near = [
            (abs(over - letter / 3) + FARTHER * _aside(rows, at, token), at)
            for at, (foot, letter) in enumerate(feet)
            if at not in hosts
            and -FALLS * letter <= (over := _over(rows, at, token, foot, middle)) <= RISES * letter
        ]
        if near:
            numbered[min(near)[1]].append((0, token))
        else:
            numbered.append([(0, token)])
            feet.append((float(token.box.bottom), float(max(token.box.height, 12))))
    parts = [tuple(sorted(row, key=lambda part: _left(part[1]))) for row in numbered]
    order = (
        sorted(range(len(parts)), key=lambda at: feet[at][0]) if len(parts) > len(rows) else range(len(parts))
    )
    return tuple(parts[at] for at in order if parts[at])


def _aside(rows: Sequence[Row], at: int, token: Token) -> float:
    """How far the nearest letters of a line are beside a token, in pixels."""
    if at >= len(rows):
        return 0.0
    return max(0.0, min(max(one.left - token.box.right, token.box.left - one.right) for one in rows[at]))


def _over(rows: Sequence[Row], at: int, token: Token, foot: float, middle: float) -> float:
    """How far a token's middle is above the baseline of a line where the token stands, in pixels."""
    if at >= len(rows):
        return foot - middle
    x = (token.box.left + token.box.right) / 2
    near = min(rows[at], key=lambda one: max(one.left - x, x - one.right))
    return near.baseline.at(x) - middle


def _left(part: Part) -> float:
    return float(part.box.left) if isinstance(part, Token) else part.left


class LineReader:
    """Reads page images line by line.

    `score` gives each crop's log-probabilities: those of the model that ships, by default.

    Raises (on creation):
        MissingProgram: the model is not there.
    """

    def __init__(self, score: Score = scores) -> None:
        self._score = score
        settings = (
            ("code", code_identity(__name__)),
            ("language-model", str(language_model.read_header()["sha256"])[:16]),
            ("model", fingerprint()),
        )
        self._reader = Reader(NAME, VERSION, settings)

    @property
    def reader(self) -> Reader:
        """Name, version, code and model."""
        return self._reader

    def read(self, source: Source, number: int, prepared: Prepared, dpi: float) -> tuple[Reading, ...]:
        """The one reading of a prepared page; an empty one when the page is blank.

        Raises:
            PageError: the page has more ink than any page of print.
            MissingProgram: the model is not there or not of this version.
        """
        lines = lines_of(source, number, prepared)
        return (self.reading(number, prepared, lines, self.letters(prepared, lines)),)

    def letters(self, prepared: Prepared, lines: LinesOfPage) -> list[LetterRow]:
        """What is read in each line: boxes in pixels of the page image, TABs between columns."""
        read = self.stretches(lines)
        return [on_page(joined(lines, at, read), prepared) for at in range(len(lines.rows))]

    def stretches(self, lines: LinesOfPage) -> dict[int, LetterRow]:
        """What is read in each stretch, by its number: boxes in pixels of the prepared image."""
        found = list(lines.stretches(range(len(lines.rows))))
        crops = [crop for _, number, stretch in found for crop in lines.cutter.cut(number, stretch)]
        parts: dict[int, list[LetterRow]] = {}
        for crop, scored in zip(crops, self._score(crops), strict=True):
            parts.setdefault(crop.line, []).append(_read(crop, scored))
        return {number: _stretch(parts[number], lines.ink, stretch) for _, number, stretch in found}

    def reading(
        self, number: int, prepared: Prepared, lines: LinesOfPage, letters: Sequence[LetterRow]
    ) -> Reading:
        """The reading that the letters of the lines amount to; lines without letters are none."""
        rows = [(row, line_box(lines, at, prepared)) for at, row in enumerate(letters) if row]
        return reading_of(number, self._reader, rows)


def line_box(lines: LinesOfPage, at: int, prepared: Prepared) -> Box | None:
    """The box around a line's ink, in pixels of the page image."""
    box = box_around(lines.box(number, part) for number, part in lines.rows[at])
    return None if box is None else prepared.to_page(box)


def joined(lines: LinesOfPage, at: int, read: Mapping[int, LetterRow]) -> LetterRow:
    """A line's letters from those of its stretches, by number, and its tokens: a TAB where the side of a cell or white
    as wide as between columns parts them, else a space. Boxes are in pixels of the prepared image."""
    letters: LetterRow = []
    end, cell = 0.0, None
    for number, part in lines.rows[at]:
        if number in lines.raised:
            continue
        box = lines.box(number, part)
        if isinstance(part, Token):
            found = [ReadLetter(sign, part.box, SURE_OF_TOKEN) for sign in part.text]
            wide = COLUMN_GAP * lines.ink.letter
        else:
            found = read.get(number, [])
            wide = COLUMN_GAP * part.baseline.letter
        here = _cell(lines.cells, box)
        if found and letters:
            gap = round(max(0.0, box.left - end), 1)
            letters[-1] = replace(letters[-1], gap=gap)
            letters.append(ReadLetter("\t" if gap >= wide or here != cell else " "))
        letters += found
        end, cell = (float(box.right), here) if found else (end, cell)
    for number, _ in lines.rows[at]:
        if number in lines.raised:
            letters = with_raised(letters, read.get(number, []))
    return letters


def _cell(cells: Sequence[Box], box: Box) -> int | None:
    """The number of the cell in which the middle of a box lies."""
    x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    return next(
        (at for at, one in enumerate(cells) if one.left <= x < one.right and one.top <= y < one.bottom), None
    )


def engine(options: EngineOptions) -> LineReader:
    """The entry point `line-reader`: nobody else is asked.

    Raises:
        MissingProgram: the model is not there.
    """
    return LineReader()


def _read(crop: LineCrop, scored: Scores) -> LetterRow:
    """What was read in a crop, without white space at its ends, boxes in pixels of the image that was read."""
    read = weighed(scored, decode(scored), language_model.load())
    while read and read[0].character == " ":
        read.pop(0)
    while read and read[-1].character == " ":
        read.pop()
    middles = [(character.frame + 0.5) * FRAME for character in read]
    letters: LetterRow = []
    for index, character in enumerate(read):
        first = (middles[index - 1] + middles[index]) / 2 if index else middles[index] - LETTER_HEIGHT / 2
        last = (
            (middles[index] + middles[index + 1]) / 2
            if index + 1 < len(read)
            else middles[index] + LETTER_HEIGHT / 2
        )
        box = None if character.character == " " else crop.across(max(first, 0.0), last)
        letters.append(ReadLetter(character.character, box, round(character.confidence, 4)))
    return letters


def _stretch(parts: Sequence[LetterRow], ink: PageInk, stretch: LineStretch) -> LetterRow:
    """The letters of a stretch with the white behind them, a TAB where that is as wide as between columns."""
    if _LIKE_SLASH.issuperset(text_of([one for part in parts for one in part])) and is_slash(ink, stretch):
        return [ReadLetter("/", parts[0][0].box, SURE_OF_TOKEN)] if parts and parts[0] else []
    joined: list[tuple[ReadLetter, bool]] = []  # a letter, and whether a part of the stretch ends with it
    for part in parts:
        joined += [(letter, at == len(part) - 1) for at, letter in enumerate(part)]
    white = white_runs(ink.image, stretch.baseline, int(stretch.left), int(stretch.right) + 1)
    letters = _with_gaps([letter for letter, _ in joined], white, stretch.baseline.letter)
    found: LetterRow = []
    for (_, ends), letter in zip(joined, letters, strict=True):
        gap = letter.gap or 0.0
        if letter.text == " ":
            before = found[-1].gap if found else None
            found.append(ReadLetter("\t") if (before or 0.0) >= _column(stretch) else letter)
            continue
        found.append(letter)
        if gap >= _column(stretch):
            found.append(ReadLetter("\t"))
        elif ends and gap >= PARTED * stretch.baseline.letter:
            found.append(ReadLetter(" "))
    return _single_spaced(found) if _is_text(found) else []


def _is_text(letters: LetterRow) -> bool:
    known = [letter.confidence for letter in letters if letter.text != " " and letter.confidence is not None]
    if not known:
        return False
    few = len(known) <= FEW and not all(letter.text.isdecimal() or letter.text == " " for letter in letters)
    return fmean(known) >= (SURE_OF_FEW if few else SURE)


def _single_spaced(letters: LetterRow) -> LetterRow:
    """The letters with one sign between any two of them at most, the wider one, and none at the end."""
    found: LetterRow = []
    for letter in letters:
        if letter.text.isspace() and found and found[-1].text.isspace():
            found[-1] = max(found[-1], letter, key=lambda one: one.text == "\t")
        else:
            found.append(letter)
    while found and found[-1].text.isspace():
        found.pop()
    return found


def _column(stretch: LineStretch) -> float:
    return COLUMN_GAP * stretch.baseline.letter


def _with_gaps(letters: Sequence[ReadLetter], white: WhiteRuns, letter_height: float) -> LetterRow:
    """The letters with the white to the next letter; none before a mark, which stands on its letter."""
    printed = [at for at, letter in enumerate(letters) if letter.box is not None]
    found = list(letters)
    ends, begins, measured = [], [], []
    base: Box | None = None
    for at, after in pairwise(printed):
        box, following = letters[at].box, letters[after].box
        if base is None or unicodedata.category(letters[at].text) != "Mn":
            base = box
        if unicodedata.category(letters[after].text) == "Mn":
            found[at] = replace(letters[at], gap=0.0)
        elif base is not None and following is not None:
            ends.append(float(base.right))
            begins.append(float(following.left))
            measured.append(at)
    for at, gap in zip(measured, white.widest(ends, begins, letter_height) if ends else [], strict=True):
        found[at] = replace(found[at], gap=gap)
    return found
