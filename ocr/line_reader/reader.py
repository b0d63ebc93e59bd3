"""The line reader: finds the lines of a page by their ink and reads each of them with a small model of our own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import fmean

from dictionaries import language_model
from dictionaries.code_identity import code_identity
from model.box import Box, box_around
from model.errors import PageError
from model.page import Reader, Reading
from ocr.engine import EngineOptions
from ocr.image.prepare import Prepared
from ocr.layout.baseline import slope_of
from ocr.layout.chains import NoPrint
from ocr.layout.filled_blanks import fillings
from ocr.layout.grown_together import parted
from ocr.layout.ink import PageInk, page_ink
from ocr.layout.leaders import TOKEN as LEADER
from ocr.layout.line_finder import find_rows, row_place
from ocr.layout.line_stretch import LineStretch, Row
from ocr.layout.picture_free import without_pictures
from ocr.layout.row_order import RowPlace, StretchPlace, reading_order
from ocr.layout.spanning_cells import lines_of_first_rows
from ocr.layout.walls import KnownDrawing
from ocr.layout.white import COLUMN_GAP
from ocr.letters import LetterRow, ReadLetter, on_page, reading_of
from ocr.line_reader.crops import Cutter, LineCrop
from ocr.line_reader.decoding import Scores
from ocr.line_reader.model import fingerprint, scores
from ocr.line_reader.raised import as_digits, raised_hosts, with_raised
from ocr.line_reader.second_look import is_faint, proportions, surer
from ocr.line_reader.stretch_text import crop_text, stretch_text
from ocr.line_reader.turned import TurnedLine, turned_lines
from ocr.source.rasterise import Source

NAME = "line-reader"
VERSION = "2"
"""A label for people; the code itself and the model are among the reader's settings."""

SURE_OF_TOKEN = 0.99
"""The confidence in a leader or a check box, which is told by its drawing."""

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
    of the stretches that stand raised over their line, `written`: of those that stand over a blank of it.
    `cells`: of the page's tables, in pixels of the prepared image.
    """

    ink: PageInk
    cutter: Cutter
    rows: tuple[tuple[tuple[int, Part], ...], ...]
    raised: frozenset[int] = frozenset()
    written: frozenset[int] = frozenset()
    cells: tuple[Box, ...] = ()

    def box(self, number: int, part: Part) -> Box:
        """The box around a part's ink, in pixels of the prepared image."""
        if isinstance(part, Token):
            return part.box
        top, bottom = self.cutter.extent(part)
        return Box(max(0, round(part.left)), top, max(0, round(part.right)), bottom)

    def row(self, at: int) -> Row:
        """The stretches of a line."""
        return tuple(part for _, part in self.rows[at] if isinstance(part, LineStretch))

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
    ink = _ink_of_print(prepared)
    drawn = prepared.drawn
    cells = tuple(cell.box for cell in drawn.ruled.cells)
    signs = tuple(region.box for region in (*drawn.leaders, *drawn.check_boxes))
    known = KnownDrawing(cells, drawn.ruled.down, signs)
    rows = () if prepared.quality.blank else find_rows(ink, prepared.slant, prepared.gutters, drawn=known)
    cut = parted(ink, rows)
    if cut is not None:
        ink, rows = cut, find_rows(cut, prepared.slant, prepared.gutters, drawn=known)
    tokens = [Token(LEADER, region.box) for region in drawn.leaders]
    tokens += [Token(region.state.character, region.box) for region in drawn.check_boxes if region.state]
    tokens += [Token("-", box) for box in drawn.ruled.dashes]
    hosts = raised_hosts(ink, rows)
    rows = tuple(as_digits(ink, row) if at in hosts else row for at, row in enumerate(rows))
    cutter = Cutter(ink, rows)
    numbered = _numbered(rows)
    raised = frozenset(number for row in hosts for number, _ in numbered[row])
    filled = fillings(rows, [region.box for region in drawn.leaders], ink.letter)
    written = {numbered[at][place][0]: host for (at, place), host in filled.items() if at not in hosts}
    spanning = lines_of_first_rows(rows, drawn.ruled.tables)
    first = {numbered[at][place][0]: host for (at, place), host in spanning.items() if at not in hosts}
    parts = _moved(_with_tokens(rows, numbered, tokens, hosts), {**first, **written})
    if len(parts) > len(rows):  # tokens at a height without letters
        places = [row_place(row, ink) for row in rows] + [_token_place(own) for own in parts[len(rows) :]]
        parts = [parts[at] for at in reading_order(places, prepared.gutters, slope_of(prepared.slant))]
    return LinesOfPage(ink, cutter, tuple(part for part in parts if part), raised, frozenset(written), cells)


def _ink_of_print(prepared: Prepared) -> PageInk:
    """The ink of a page without what is no print."""
    image = without_pictures(prepared.image, prepared.pictures)
    if image is prepared.image:
        return prepared.ink
    return page_ink(image, prepared.quality.x_height, prepared.quality.contrast, prepared.small_print)


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
) -> list[tuple[tuple[int, Part], ...]]:
    """The lines with the tokens that stand in them and the raised numbers of the lines that `hosts` names, and behind
    them as lines of their own the tokens at a height without letters. `numbered` are the rows' stretches; it is
    changed."""
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
    return [tuple(sorted(row, key=lambda part: _left(part[1]))) for row in numbered]


def _moved(
    lines: Sequence[tuple[tuple[int, Part], ...]], moved: Mapping[int, int]
) -> list[tuple[tuple[int, Part], ...]]:
    """The lines with the stretches of those numbers in the lines of those indices."""
    if not moved:
        return list(lines)
    kept = [[part for part in line if part[0] not in moved] for line in lines]
    for part in (part for line in lines for part in line if part[0] in moved):
        kept[moved[part[0]]].append(part)
    return [tuple(sorted(line, key=lambda part: _left(part[1]))) for line in kept]


def _token_place(parts: Sequence[tuple[int, Part]]) -> RowPlace:
    """Where a line of tokens stands."""
    boxes = [part.box for _, part in parts if isinstance(part, Token)]
    return RowPlace(float(boxes[0].bottom), StretchPlace(boxes[0], 0.0), StretchPlace(boxes[-1], 0.0))


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
        level, turned = turned_lines(prepared, self.rows)
        lines = lines_of(source, number, level)
        return (self.reading(number, level, lines, self.letters(level, lines), turned),)

    def rows(self, prepared: Prepared) -> list[LetterRow]:
        """What is read in each line of a page that was made ready: boxes in pixels of the page image.

        Raises:
            NoPrint: it has more ink than any page of print.
        """
        return self.letters(prepared, find_lines(prepared))

    def letters(self, prepared: Prepared, lines: LinesOfPage) -> list[LetterRow]:
        """What is read in each line: boxes in pixels of the page image, TABs between columns."""
        read = self.stretches(lines)
        return [on_page(joined(lines, at, read), prepared) for at in range(len(lines.rows))]

    def stretches(self, lines: LinesOfPage) -> dict[int, LetterRow]:
        """What is read in each stretch, by its number: boxes in pixels of the prepared image."""
        every = list(lines.stretches(range(len(lines.rows))))
        found = [(number, stretch, 1.0) for _, number, stretch in every]
        read = dict(zip((number for number, _, _ in found), self._cut_and_read(lines, found), strict=True))
        again = [
            (number, *other)
            for at, number, stretch in every
            if is_faint(read[number])
            for other in proportions(stretch, lines.row(at))
        ]
        for (number, _, _), letters in zip(again, self._cut_and_read(lines, again), strict=True):
            read[number] = surer(read[number], letters)
        return read

    def _cut_and_read(
        self, lines: LinesOfPage, wanted: Sequence[tuple[int, LineStretch, float]]
    ) -> list[LetterRow]:
        """What is read in stretches with their numbers, each cut so many times wider than usual."""
        cut = [lines.cutter.cut(*one) for one in wanted]
        scored = iter(self._score([crop for crops in cut for crop in crops]))
        return [
            stretch_text([crop_text(crop, next(scored)) for crop in crops], lines.ink, stretch)
            for crops, (_, stretch, _) in zip(cut, wanted, strict=True)
        ]

    def reading(
        self,
        number: int,
        prepared: Prepared,
        lines: LinesOfPage,
        letters: Sequence[LetterRow],
        turned: Sequence[TurnedLine] = (),
    ) -> Reading:
        """The reading that the letters of the lines amount to, with those that run up or down the page behind them;
        lines without letters are none."""
        rows = [(row, line_box(lines, at, prepared)) for at, row in enumerate(letters) if row]
        return reading_of(number, self._reader, [*rows, *((line.letters, line.box) for line in turned)])


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
