"""The lines of a page as an invisible text: the operators of a content stream.

One run for each stretch between two TABs, scaled to the stretch's box, spaces as characters of the run: no reader has a
gap in which to guess a space. A box a letter does not work: readers part and reorder what stands so close.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from statistics import median

from model.box import Box, box_around
from model.geometry import Affine, from_upright, to_upright, upright_size
from model.page import Page
from model.structure import LineRole
from reports.laid_out import LaidOutLine, LaidOutPage, upright_box
from reports.searchable.font import DESCENT, SEPARATOR, TextFont, width

TAGS = dict.fromkeys(LineRole, "P") | {LineRole.FOOTNOTE: "Note", LineRole.HEADING: "H1"}
"""How a screen reader is told what a block is."""

NO_BREAK_SPACE = "\u00a0"

_STRETCH = re.compile(r"\S+(?:[^\S\t]\S+)*")
"""Words with one space between them. Readers make one of several spaces, so these part stretches as a TAB does."""

_SIZED = re.compile(r"[ก-ฮ0-9๐-๙A-Za-z]")
ABOVE_FOOT, BELOW_FOOT = 1.8, 0.5
"""How far a line reaches above and below the feet of its letters, in heights of a letter: two marks, one below."""

SHRUNK = 8
"""On a skewed page the font is so much smaller than what is printed, and the matrix makes it larger again: pdfium takes
a run that begins beside the end of the last one for the same line, unless its matrix is one of turned text."""

_CLEAR = 0.2  # of its height: from which gap on poppler takes two runs for two words
_LEAST = 2.0  # pixels: no run is narrower or lower
_LINES_A_PAGE = 40  # how low the lines of a page are at most where nobody knows their places
_LETTER_SHAPE = 0.5  # how wide a letter is for its height, where nobody knows


@dataclass(frozen=True, slots=True)
class TextStretch:
    """A run of text and its place in the upright frame of the page image, in pixels. `ends_line`: no other run of its
    line comes behind it."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    ends_line: bool = True


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
    drawn = [
        (block_of[at], _operators(stretch, frame, font))
        for at, stretch in _placed_stretches(page, source)
        if at in block_of
    ]
    return [
        TaggedText(block, TAGS[page.blocks[block].role], "\n".join(operators for _, operators in group))
        for block, group in groupby(drawn, key=lambda pair: pair[0])
    ]


def _placed_stretches(page: LaidOutPage, source: Page) -> Iterator[tuple[int, TextStretch]]:
    boxes = _line_boxes(page, source)
    for at, line in enumerate(page.lines):
        box = boxes[at]
        if box is not None:
            yield from ((at, one) for one in stretches(line, box, source))


def stretches(line: LaidOutLine, box: Box, source: Page) -> list[TextStretch]:
    """The runs of a line between its TABs and wide gaps, all as high as the line's box is.

    `box` is the line's in the upright frame. A run whose characters have no boxes gets its part of the line's by
    the number of its characters.
    """
    found: list[TextStretch] = []
    characters = len(line.text)
    for part in _STRETCH.finditer(line.text):
        start, end = part.span()
        boxes = [one.box for one in line.characters[start:end] if one.box is not None]
        own = box_around(to_upright(one, source.preparation, source.width, source.height) for one in boxes)
        if own is not None:
            left, right = float(own.left), float(own.right)
        else:
            left = box.left + box.width * start / characters
            right = box.left + box.width * end / characters
        top, bottom = float(box.top), max(float(box.bottom), box.top + _LEAST)
        found.append(TextStretch(part[0], left, top, max(right, left + _LEAST), bottom, ends_line=False))
    apart = [_clear_of(one, following) for one, following in pairwise(found)]
    return [*apart, *(replace(one, ends_line=True) for one in found[-1:])]


def _clear_of(one: TextStretch, following: TextStretch) -> TextStretch:
    """A run that ends before the next one begins: leaders are read as reaching into it, and poppler then takes both for
    one word."""
    clear = following.left - _CLEAR * (one.bottom - one.top)
    return replace(one, right=clear) if one.left + _LEAST < clear < one.right else one


def _line_boxes(page: LaidOutPage, source: Page) -> list[Box | None]:
    """The boxes of a page's lines in the upright frame, None for lines without text. Lines of which nobody knows where
    they are printed are put between their neighbours."""
    width, height = upright_size(source.preparation, source.width, source.height)
    boxes = [_line_box(line, source) if line.text.strip() else None for line in page.lines]
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


def _line_box(line: LaidOutLine, source: Page) -> Box | None:
    """The line's box in the upright frame, as high as its letters say: that around all of its ink reaches into the
    lines above and below where the page is skewed or a speck was read along, and readers join what overlaps."""
    whole = upright_box(line, source)
    letters = [
        to_upright(one.box, source.preparation, source.width, source.height)
        for one in line.characters
        if one.box is not None and _SIZED.match(one.character)
    ]
    if whole is None or not letters:
        return whole
    foot, height = median(box.bottom for box in letters), median(box.height for box in letters)
    top = max(whole.top, round(foot - ABOVE_FOOT * height))
    bottom = min(whole.bottom, round(foot + BELOW_FOOT * height))
    return Box(whole.left, top, whole.right, bottom) if top < bottom else whole


def _operators(stretch: TextStretch, frame: Affine, font: TextFont) -> str:
    """Show a run where it is printed: as high as its box, and as wide by horizontal scaling."""
    size = stretch.bottom - stretch.top
    natural = sum(width(character) for character in stretch.text) / 1000 * size
    scale = 100 * (stretch.right - stretch.left) / natural
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
    return NO_BREAK_SPACE if stretch.text[-1] in "-\u00ad" else ""


def _number(value: float, places: int) -> str:
    found = f"{value:.{places}f}".rstrip("0").rstrip(".")
    return "0" if found in ("", "-0") else found
