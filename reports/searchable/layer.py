"""The lines of a page as an invisible text: the operators of a content stream.

One run for each stretch between two TABs, scaled to the stretch's box, spaces as characters of the run: no reader has a
gap in which to guess a space. A box a letter does not work: readers part and reorder what stands so close.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from statistics import median

from model.box import Box, box_around
from model.geometry import Affine, from_upright, upright_size
from model.page import Page
from model.structure import LineRole
from reports.laid_out import LaidOutLine, LaidOutPage, upright_box
from reports.searchable.aslant import LETTER, STRAIGHT, LineFrame, line_frame
from reports.searchable.font import DESCENT, SEPARATOR, TextFont, width

TAGS = dict.fromkeys(LineRole, "P") | {LineRole.FOOTNOTE: "Note", LineRole.HEADING: "H1"}
"""How a screen reader is told what a block is."""

NO_BREAK_SPACE = "\u00a0"

_STRETCH = re.compile(r"\S+(?:[^\S\t]\S+)*")
"""Words with one space between them. Readers make one of several spaces, so these part stretches as a TAB does."""

ABOVE_FOOT, BELOW_FOOT = 1.8, 0.5
"""How far a line reaches above and below the feet of its letters, in heights of a letter: two marks, one below."""

SHRUNK = 8
"""On a skewed page the font is so much smaller than what is printed, and the matrix makes it larger again: pdfium takes
a run that begins beside the end of the last one for the same line, unless its matrix is one of turned text."""

_CLEAR = 0.2  # of its height: from which gap on poppler takes two runs for two words
_NARROWEST = 0.5  # of its usual width: of a run that is narrower for its height poppler loses the spaces
_MEETS = 1.0  # of its height: how near a run of another line begins that readers take for the same line's
_LEAST = 2.0  # pixels: no run is narrower or lower
_LINES_A_PAGE = 40  # how low the lines of a page are at most where nobody knows their places
_LETTER_SHAPE = 0.5  # how wide a letter is for its height, where nobody knows


@dataclass(frozen=True, slots=True)
class TextStretch:
    """A run of text and its place in the frame of its line, in pixels; `turn` maps that to the upright frame of the
    page image. `ends_line`: no other run of its line comes behind it; `meets`: that of another line begins there."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    ends_line: bool = True
    turn: Affine = STRAIGHT
    meets: bool = False

    @property
    def begin(self) -> tuple[float, float]:
        """The middle of its left side in the upright frame."""
        return self.turn(self.left, (self.top + self.bottom) / 2)

    @property
    def end(self) -> tuple[float, float]:
        """The middle of its right side in the upright frame."""
        return self.turn(self.right, (self.top + self.bottom) / 2)


@dataclass(frozen=True, slots=True)
class TaggedText:
    """What is drawn of a block in one go: the block's number on the page, its tag, the operators."""

    block: int
    tag: str
    operators: str


def tagged_texts(page: LaidOutPage, to_user_space: Affine, font: TextFont) -> list[TaggedText]:
    """The text of a page in its own order.

    `to_user_space` maps a place of the page image (pixels, from its upper left corner) to the coordinates of the PDF
    page; `font` stands under its name among the page's resources.
    """
    source = page.source.page
    if source is None:
        return []
    block_of = {at: index for index, block in enumerate(page.blocks) for at in block.lines}
    frame = to_user_space.after(from_upright(source.preparation, source.width, source.height))
    placed = [one for one in _placed_stretches(page, source) if one[0] in block_of]
    drawn = [(block_of[at], _operators(stretch, frame, font)) for at, stretch in _kept_apart(placed)]
    return [
        TaggedText(block, TAGS[page.blocks[block].role], "\n".join(operators for _, operators in group))
        for block, group in groupby(drawn, key=lambda pair: pair[0])
    ]


def _placed_stretches(page: LaidOutPage, source: Page) -> Iterator[tuple[int, TextStretch]]:
    frames = [line_frame(line, source) for line in page.lines]
    boxes = _line_boxes(page, source, frames)
    for at, (line, frame, box) in enumerate(zip(page.lines, frames, boxes, strict=True)):
        if box is not None:
            yield from ((at, one) for one in stretches(line, box, frame))


def _kept_apart(placed: Sequence[tuple[int, TextStretch]]) -> Iterator[tuple[int, TextStretch]]:
    """The runs. One that ends where one of another line begins is made shorter and marked: readers would take both for
    one line, and the last letters of the one and the first of the other for a word."""
    begins = [(at, *one.begin) for at, one in placed]
    for at, one in placed:
        near, (end, level) = _MEETS * (one.bottom - one.top), one.end
        gaps = [
            x - end for other, x, y in begins if abs(x - end) < near and abs(y - level) < near and at != other
        ]
        if gaps and one.ends_line:
            clear = one.right + min(0.0, min(gaps) - _CLEAR * (one.bottom - one.top))
            right = max(clear, one.left + _LEAST)
            top, bottom = _level(one.text, right - one.left, one.top, one.bottom)
            yield at, replace(one, top=top, right=right, bottom=bottom, meets=True)
        else:
            yield at, one


def stretches(line: LaidOutLine, box: Box, frame: LineFrame) -> list[TextStretch]:
    """The runs of a line between its TABs and wide gaps, all as high as the line's box is.

    `box` is the line's in its own frame. A run whose characters have no boxes gets its part of the line's by the number
    of its characters.
    """
    found: list[TextStretch] = []
    characters = len(line.text)
    for part in _STRETCH.finditer(line.text):
        start, end = part.span()
        own = box_around(frame.boxes[start:end])
        if own is not None:
            left, right = float(own.left), float(own.right)
        else:
            left = box.left + box.width * start / characters
            right = box.left + box.width * end / characters
        right = max(right, left + _LEAST)
        top, bottom = _level(part[0], right - left, box.top, box.bottom)
        found.append(TextStretch(part[0], left, top, right, bottom, ends_line=False, turn=frame.turn))
    apart = [_clear_of(one, following) for one, following in pairwise(found)]
    return [*apart, *(replace(one, ends_line=True) for one in found[-1:])]


def _level(text: str, across: float, top: float, bottom: float) -> tuple[float, float]:
    """From where to where a run reaches between the upper and lower side of its line's box. Of a line that runs
    downwards the box is as narrow as a letter: a run as high as that has spaces so narrow that poppler sees none, so it
    lies across the middle."""
    high = max(min(bottom - top, across / (_NARROWEST * _natural(text))), _LEAST)
    begin = top + max(0.0, bottom - top - high) / 2
    return begin, begin + high


def _natural(text: str) -> float:
    """How wide a text is in sizes of its font."""
    return sum(width(character) for character in text) / 1000


def _clear_of(one: TextStretch, following: TextStretch) -> TextStretch:
    """A run that ends before the next one begins: leaders are read as reaching into it, and poppler then takes both for
    one word."""
    clear = following.left - _CLEAR * (one.bottom - one.top)
    return replace(one, right=clear) if one.left + _LEAST < clear < one.right else one


def _line_boxes(page: LaidOutPage, source: Page, frames: Sequence[LineFrame]) -> list[Box | None]:
    """The boxes of a page's lines in their own frames, None for lines without text. Lines of which nobody knows where
    they are printed are put between their neighbours."""
    width, height = upright_size(source.preparation, source.width, source.height)
    boxes = [
        _line_box(line, source, frame) if line.text.strip() else None
        for line, frame in zip(page.lines, frames, strict=True)
    ]
    lacking = [at for at, line in enumerate(page.lines) if boxes[at] is None and line.text.strip()]
    for _, group in groupby(enumerate(lacking), key=lambda pair: pair[1] - pair[0]):
        run = [at for _, at in group]
        above = next((box.bottom for box in reversed(boxes[: run[0]]) if box is not None), height // 20)
        below = next((box.top for box in boxes[run[-1] + 1 :] if box is not None), height - height // 20)
        pitch = min((below - above) / len(run), height / _LINES_A_PAGE)
        if pitch < _LEAST:
            above, pitch = min(above, int(height - _LEAST * len(run))), _LEAST
        for index, at in enumerate(run):
            top = round(above + pitch * index)
            long = len(page.lines[at].text) * pitch * _LETTER_SHAPE
            left = width // 20
            boxes[at] = Box(
                left, top, left + max(2, min(round(long), width - 2 * left)), max(top + 2, round(top + pitch))
            )
    return boxes


def _line_box(line: LaidOutLine, source: Page, frame: LineFrame) -> Box | None:
    """The line's box in its own frame, as high as its letters say: that around all of its ink reaches into the lines
    above and below where the page is skewed or a speck was read along, and readers join what overlaps."""
    whole = upright_box(line, source) if frame.turn is STRAIGHT else box_around(frame.boxes)
    letters = [
        box
        for one, box in zip(line.characters, frame.boxes, strict=True)
        if box and LETTER.match(one.character)
    ]
    if whole is None or not letters:
        return whole
    foot, height = median(box.bottom for box in letters), median(box.height for box in letters)
    top = max(whole.top, round(foot - ABOVE_FOOT * height))
    bottom = min(whole.bottom, round(foot + BELOW_FOOT * height))
    return Box(whole.left, top, whole.right, bottom) if top < bottom else whole


def _operators(stretch: TextStretch, frame: Affine, font: TextFont) -> str:
    """Show a run where it is printed: as high as its box, and as wide by horizontal scaling."""
    frame = frame.after(stretch.turn)
    size = stretch.bottom - stretch.top
    scale = 100 * (stretch.right - stretch.left) / (_natural(stretch.text) * size)
    unit = (frame.a**2 + frame.d**2) ** 0.5
    x, y = frame(stretch.left, stretch.bottom + size * DESCENT / 1000)
    shrunk = SHRUNK if abs(frame.b * frame.a) > 1e-9 else 1
    turn = " ".join(_number(shrunk * value / unit, 4) for value in (frame.a, frame.d, -frame.b, -frame.e))
    codes = font.encode(stretch.text + _behind(stretch))
    place = f"{_number(x, 1)} {_number(y, 1)}"
    return f"/{font.name} {_number(size * unit / shrunk, 2)} Tf {_number(scale, 1)} Tz {turn} {place} Tm <{codes}> Tj"


def _behind(stretch: TextStretch) -> str:
    """What keeps a run apart from the next one. Between two Thai letters MuPDF takes no gap for a space. pdfium joins a
    line that ends with a hyphen to the next one and takes the hyphen away, but not behind a no-break space."""
    if not stretch.ends_line:
        return SEPARATOR
    if stretch.text[-1] in "-\u00ad":
        return NO_BREAK_SPACE
    return SEPARATOR if stretch.meets else ""


def _number(value: float, places: int) -> str:
    found = f"{value:.{places}f}".rstrip("0").rstrip(".")
    return "0" if found in ("", "-0") else found
