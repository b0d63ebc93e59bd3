"""A document's text in a layer, line by line, each character at its place on the page image: what the formats with
boxes are made from. All lines of a page, put together with newlines, are its text to the last code point."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from rapidfuzz.distance import Levenshtein

from model.box import Box, box_around
from model.edit import Span
from model.geometry import to_upright
from model.mark import Mark, MarkKind
from model.page import Page
from model.publication import Edition
from model.structure import LineRole, PageStructure
from ocr.layout.structure import structure
from reports.lines import Piece, Row, rows
from reports.text_layers import LayerPage, layer_pages

SPACES = " \t"
"""What parts words: the space, and the TAB of a column gap. Any other space is a character of its word."""


@dataclass(frozen=True, slots=True)
class Placed:
    """One character: its box in pixels of the page image and the reader's confidence, None where none is known."""

    character: str
    box: Box | None
    confidence: float | None


@dataclass(frozen=True, slots=True)
class Word:
    """Characters of a line with no space or TAB between them, or a run of one of these; `start` counts within the
    line. `confidence` is the mean of those that are known."""

    text: str
    start: int
    box: Box | None
    confidence: float | None

    @property
    def is_space(self) -> bool:
        """True for spaces or TABs."""
        return self.text[0] in SPACES


@dataclass(frozen=True, slots=True)
class LaidOutLine:
    """A line of the text without its newline. `box` is where it is printed, None where nobody knows; `raw` the span
    of the reading that it is made from."""

    characters: tuple[Placed, ...]
    box: Box | None
    raw: Span

    @property
    def text(self) -> str:
        """The line's text."""
        return "".join(one.character for one in self.characters)

    @property
    def words(self) -> tuple[Word, ...]:
        """The words of the line and the runs of spaces and of TABs between them, in order."""
        found: list[Word] = []
        for _, group in groupby(
            self.characters, key=lambda one: one.character if one.character in SPACES else ""
        ):
            part = list(group)
            text = "".join(one.character for one in part)
            start = sum(len(word.text) for word in found)
            known = [one.confidence for one in part if one.confidence is not None]
            box = None if text[0] in SPACES else box_around(one.box for one in part)
            found.append(Word(text, start, box, sum(known) / len(known) if known else None))
        return tuple(found)


def letters_in_picture(mark: Mark) -> str | None:
    """What a form says of the letters in a picture, which no person has looked at; None where none were read."""
    return f"letters in it, as OCR reads them, proofread by nobody: {mark.text}" if mark.text else None


def upright_box(line: LaidOutLine, page: Page) -> Box | None:
    """Where a line lies in the upright frame of its page image. Its own box lies along the page image: that of a long
    skewed line, turned as a whole, would reach far into the lines beside it."""
    boxes = [one.box for one in line.characters if one.box is not None]
    if not boxes and line.box is not None:
        boxes = [line.box]
    return box_around(to_upright(box, page.preparation, page.width, page.height) for box in boxes)


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that belong together: a paragraph and its role, lines counted from 0 within the page."""

    role: LineRole
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class LaidOutPage:
    """A page in a layer. One without a text (failed, left out, not read) has no lines."""

    source: LayerPage
    lines: tuple[LaidOutLine, ...]
    blocks: tuple[Block, ...]

    @property
    def number(self) -> int:
        """The page's number, from 1."""
        return self.source.number

    @property
    def groups(self) -> tuple[tuple[int, ...], ...]:
        """All lines in the order of the text, those together that stand in one block with no line of another between
        them; a line without text belongs to the block before it."""
        block_of = {at: index for index, block in enumerate(self.blocks) for at in block.lines}
        found: list[list[int]] = []
        last = -1
        for at in range(len(self.lines)):
            block = block_of.get(at, last)
            if not found or block != last:
                found.append([])
            found[-1].append(at)
            last = block
        return tuple(map(tuple, found))

    def role_of(self, line: int) -> LineRole:
        """What a line is on its page."""
        return next((block.role for block in self.blocks if line in block.lines), LineRole.BODY)

    @property
    def pictures(self) -> tuple[Mark, ...]:
        """The pictures on the page whose letters are no part of its text."""
        read = self.source.page
        return tuple(one for one in read.reading.marks if one.kind is MarkKind.PICTURE) if read else ()

    def box_of(self, lines: Sequence[int]) -> Box | None:
        """Around these lines."""
        return box_around(self.lines[at].box for at in lines)


def laid_out(edition: Edition) -> Iterator[LaidOutPage]:
    """The pages of the edition's layer in order.

    Raises:
        GateError: the published layer is asked for and a page is neither published nor left out.
    """
    pages = list(layer_pages(edition, edition.layer))
    structures = {one.page: one for one in structure([page.page for page in pages if page.page is not None])}
    for page in pages:
        if page.page is None:
            yield LaidOutPage(page, (), ())
        else:
            yield _page(page, page.page, structures[page.number])


def _page(source: LayerPage, page: Page, found: PageStructure) -> LaidOutPage:
    all_rows = rows(page.reading.text, [one.edit for one in source.edits])
    lines: list[LaidOutLine] = []
    for row in all_rows:
        lines += _lines(row, page)
    if not lines or all_rows[-1].corrected.endswith("\n"):
        end = len(page.reading.text)
        lines.append(LaidOutLine((), None, Span(end, end)))
    return LaidOutPage(source, tuple(lines), _blocks(lines, page.reading.text, found))


def _lines(row: Row, page: Page) -> Iterator[LaidOutLine]:
    """The lines of a row: one, unless a person wrote several."""
    characters = [placed for piece in row.pieces for placed in _placed(piece, page)]
    texts = "".join(one.character for one in characters).split("\n")
    if texts[-1] == "" and len(texts) > 1:
        texts.pop()  # the newline that ends the row
    whole = _row_box(row, page)
    at = 0
    for index, text in enumerate(texts):
        part = tuple(characters[at : at + len(text)])
        at += len(text) + 1
        box = _printed_box(part, row, page) or (whole and _slice(whole, index, len(texts)))
        yield LaidOutLine(part, box if text.strip() else None, row.span)


def _printed_box(part: Sequence[Placed], row: Row, page: Page) -> Box | None:
    """Around the characters of a line; of one that was made from several printed lines, around those of the first."""
    boxes = [one.box for one in part if one.box is not None]
    if len(row.lines) > 1:
        first = page.reading.box_of(row.lines[0])
        if first is not None:
            on_first = [
                box
                for box in boxes
                if min(box.bottom, first.bottom) - max(box.top, first.top) > box.height / 2
            ]
            boxes = on_first or boxes
    return box_around(boxes)


def _row_box(row: Row, page: Page) -> Box | None:
    around = page.reading.box_of(row.span)
    stated = (
        line.box for line in page.reading.lines if line.span.overlaps(row.span) or line.span == row.span
    )
    return around or box_around(stated)


def _slice(box: Box, index: int, count: int) -> Box:
    """The `index`th of `count` equal slices of a box, from its top."""
    return Box(
        box.left,
        box.top + box.height * index // count,
        box.right,
        box.top + box.height * (index + 1) // count,
    )


def _placed(piece: Piece, page: Page) -> Iterator[Placed]:
    """The characters of a piece. One that stands as it was read has its own box; one that came in has that of what it
    came in for, or else of what stands beside it."""
    reading, start = page.reading, piece.span.start
    boxes, confidences = reading.boxes, reading.confidences
    if piece.edit is None:
        for at, character in enumerate(piece.raw, start):
            yield Placed(character, boxes[at], confidences[at])
        return
    for op in Levenshtein.opcodes(piece.raw, piece.corrected):
        instead = box_around(boxes[start + op.src_start : start + op.src_end])
        for offset, character in enumerate(piece.corrected[op.dest_start : op.dest_end]):
            if op.tag == "equal":
                at = start + op.src_start + offset
                yield Placed(character, boxes[at], confidences[at])
            elif character.isspace():
                yield Placed(character, None, None)
            else:
                yield Placed(character, instead or _beside(boxes, start + op.src_start), None)


def _beside(boxes: Sequence[Box | None], at: int) -> Box | None:
    """The box of the nearest character before a place, or else behind it."""
    near = [*reversed(boxes[max(0, at - 3) : at]), *boxes[at : at + 3]]
    return next((box for box in near if box is not None), None)


def _blocks(lines: Sequence[LaidOutLine], raw: str, found: PageStructure) -> tuple[Block, ...]:
    """Paragraphs as their raw lines are grouped; a line belongs where the first raw line that it is made from does."""
    place: dict[int, int] = {}
    for index, paragraph in enumerate(found.paragraphs):
        place |= dict.fromkeys(paragraph.lines, index)
    members: dict[int, list[int]] = {}
    for at, line in enumerate(lines):
        if line.text.strip():
            members.setdefault(place.get(raw.count("\n", 0, line.raw.start), 0), []).append(at)
    return tuple(
        Block(found.paragraphs[index].role if found.paragraphs else LineRole.BODY, tuple(members[index]))
        for index in sorted(members)
    )
