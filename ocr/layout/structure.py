"""Headings, running heads and feet, page numbers, footnotes and paragraphs, worked out from lines and boxes.

An annotation: it says which lines belong together and changes no text. In doubt a line is body and a paragraph of its
own, so a text without boxes has one paragraph for each line. Lengths are pixels of the upright page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from statistics import median

from rapidfuzz import fuzz

from model.box import Box
from model.geometry import to_upright, upright_size
from model.page import Page
from model.region import RegionKind
from model.structure import LineRole, PageStructure, Paragraph
from ocr.layout.breadth import breadths

EDGE = 0.15  # of the page's height: where running heads and page numbers stand
OUTER = 3  # lines at the top that may be running heads or page numbers
SAME = 85.0  # per cent: one running head on two pages, a few letters misread
OTHERS = 2  # pages besides its own on which a running head must stand
DRIFT = 0.02  # of the page's height: how far a running head may move from page to page
APART = 1.2  # of the page's usual line pitch: a running head is at least so far from the text
SMALLER = 0.85  # of the page's usual letter height: footnotes are at most so large
ALIKE = 1.25  # letters of one paragraph differ in height by no more than this factor
GAP = 1.6  # of the page's usual line pitch: more is a gap
INDENT = 0.8  # of the letter height: more is an indent
SHORT = 0.15  # of the block's width: a line that leaves more than this free ends its paragraph
WIDE = 15.0  # letter heights: narrower blocks are lists, not prose
BROADER = 1.2  # times those of three lines of four: letters of headings are so much broader at least
NARROWER = 0.9  # of the width of the page's text: a heading takes less, what is set wide to fill a line takes all of it
FEW_LETTERS = 4  # of a heading
MOST_HEADINGS = 0.34  # of a page's lines: where there are more, they are its text

_NUMBER = re.compile(
    r"[-–—(\[\s]*(?:หน้า(?:ที่)?|page)?\s*[0-9๐-๙]{1,4}(?:\s*(?:/|ของ(?:จำนวน)?|จาก|of)\s*[0-9๐-๙]{1,4}(?:\s*หน้า)?)?[-–—)\]\s]*",
    re.IGNORECASE,
)
_TITLE_AND_NUMBER = re.compile(rf"(?:{_NUMBER.pattern}\t)?[^\t]+(?:\t{_NUMBER.pattern})?", re.IGNORECASE)
_DIGITS = re.compile(r"[0-9๐-๙]+")
_NOTE = re.compile(r"[*†]|\(?[0-9๐-๙¹²³]")
_ITEM = re.compile(
    r"[-–•*●○►]\s|\(?[0-9๐-๙]{1,3}(?:\.[0-9๐-๙]+)*[.)]|[0-9๐-๙]+(?:\.[0-9๐-๙]+)+\s|\(?[ก-ฮ][.)]\s"
)
_FILLED_IN = re.compile(r"[\t…☐☑☒]")
_SIZED = re.compile(r"[ก-ฮ0-9๐-๙A-Za-z]")


@dataclass(frozen=True, slots=True)
class _PrintedLine:
    """A line with ink: its place on the upright page, the median height of its letters' boxes, where they stand, and
    how many times broader than usual its letters are."""

    at: int
    text: str
    box: Box
    size: float
    foot: float
    breadth: float

    @property
    def middle(self) -> float:
        return (self.box.top + self.box.bottom) / 2


@dataclass(frozen=True, slots=True)
class _PageLines:
    """One page: all its lines, those with boxes by their number; `fields`: the cell or frame that a line stands in."""

    page: Page
    texts: tuple[str, ...]
    printed: dict[int, _PrintedLine]
    height: int
    size: float
    pitch: float
    fields: dict[int, int]

    @property
    def downwards(self) -> list[_PrintedLine]:
        return sorted(self.printed.values(), key=lambda line: line.middle)


def structure(pages: Sequence[Page]) -> tuple[PageStructure, ...]:
    """The structure of each page's base reading, in the order given; pages of one document tell of each other."""
    laid = [_page_lines(page) for page in pages]
    tops = [found.downwards[:OUTER] for found in laid]
    feet = [found.downwards[-OUTER:] for found in laid]
    structures: list[PageStructure] = []
    for index, found in enumerate(laid):
        roles = _foot_roles(index, laid, feet) | _head_roles(index, laid, tops)
        roles |= dict.fromkeys(_footnotes(found, roles), LineRole.FOOTNOTE)
        roles |= dict.fromkeys(_headings(found, roles), LineRole.HEADING)
        structures.append(PageStructure(found.page.number, tuple(_paragraphs(found, roles))))
    return tuple(structures)


def _page_lines(page: Page) -> _PageLines:
    text = page.reading.text
    texts = tuple(text.split("\n"))
    boxes = page.reading.boxes
    inked: dict[int, list[tuple[str, Box]]] = {}
    start = 0
    for at, line in enumerate(texts):
        letters = [
            (letter, to_upright(box, page.preparation, page.width, page.height))
            for letter, box in zip(line, boxes[start : start + len(line)], strict=True)
            if box is not None
        ]
        start += len(line) + 1
        if line.strip() and letters:
            inked[at] = letters
    broad = breadths(
        {
            at: [(letter, box.width) for letter, box in letters if _SIZED.match(letter)]
            for at, letters in inked.items()
        }
    )
    printed = {at: _printed_line(at, texts[at].strip(), letters, broad[at]) for at, letters in inked.items()}
    pairs = zip(printed.values(), list(printed.values())[1:], strict=False)
    pitches = [below.foot - above.foot for above, below in pairs if below.foot > above.foot]
    return _PageLines(
        page,
        texts,
        printed,
        max(1, upright_size(page.preparation, page.width, page.height)[1]),
        median([line.size for line in printed.values()] or [1.0]),
        median(pitches or [0.0]),
        _fields(page, printed.values()),
    )


def _printed_line(at: int, text: str, letters: Sequence[tuple[str, Box]], breadth: float) -> _PrintedLine:
    whole = reduce(Box.union, (box for _, box in letters))
    sized = [box for letter, box in letters if _SIZED.match(letter)] or [box for _, box in letters]
    size = float(max(1, median(box.height for box in sized)))
    return _PrintedLine(at, text, whole, size, float(median(box.bottom for box in sized)), breadth)


def _fields(page: Page, lines: Iterable[_PrintedLine]) -> dict[int, int]:
    """For each line that stands in a cell of a ruled table or in a frame which of them that is."""
    boxes = [
        to_upright(region.box, page.preparation, page.width, page.height)
        for whole in page.regions
        for region in whole.walk()
        if region.kind in (RegionKind.CELL, RegionKind.FRAME)
    ]
    found: dict[int, int] = {}
    for line in lines:
        x = (line.box.left + line.box.right) / 2
        around = [
            (box.width * box.height, number)
            for number, box in enumerate(boxes)
            if box.left <= x <= box.right and box.top <= line.middle <= box.bottom
        ]
        if around:
            found[line.at] = min(around)[1]
    return found


def _head_roles(
    index: int, laid: Sequence[_PageLines], tops: Sequence[Sequence[_PrintedLine]]
) -> dict[int, LineRole]:
    """Roles of the first lines of one page, from its edge down to the first line that has none."""
    found = laid[index]
    roles: dict[int, LineRole] = {}
    for line in tops[index]:
        if line.middle > EDGE * found.height:
            break
        if _is_page_number(line, found):
            roles[line.at] = LineRole.PAGE_NUMBER
        elif _recurs(line, index, laid, tops):
            roles[line.at] = LineRole.RUNNING_HEAD
        else:
            break
    # What follows at the usual distance is the same text going on: a list may begin alike on many pages.
    lines = found.downwards
    for at in reversed(range(len(roles))):
        below = lines[at + 1].foot - lines[at].foot if at + 1 < len(lines) else 0.0
        if below >= APART * found.pitch > 0:
            break
        if roles[lines[at].at] is LineRole.RUNNING_HEAD:
            del roles[lines[at].at]
    return roles


def _foot_roles(
    index: int, laid: Sequence[_PageLines], feet: Sequence[Sequence[_PrintedLine]]
) -> dict[int, LineRole]:
    """Roles of the last lines of one page, from its edge up to the last line that has none."""
    found = laid[index]
    roles: dict[int, LineRole] = {}
    first: _PrintedLine | None = None
    for line in reversed(feet[index]):
        if line.middle < (1 - EDGE) * found.height:
            break
        if _is_page_number(line, found):
            roles[line.at] = LineRole.PAGE_NUMBER
        elif _recurs(line, index, laid, feet):
            roles[line.at] = LineRole.FOOTER
        else:
            break
        first = line
    above = [line.foot for line in found.printed.values() if first is not None and line.foot < first.foot]
    if first is not None and above and first.foot - max(above) < APART * found.pitch:
        # What stands at the usual distance is the same text going on.
        return {at: role for at, role in roles.items() if role is LineRole.PAGE_NUMBER}
    return roles


def _headings(found: _PageLines, roles: Mapping[int, LineRole]) -> list[int]:
    """Lines of larger type below a gap, that do not fill the width of the page's text."""
    lines = [line for line in found.downwards if line.at not in roles]
    if not lines:
        return []
    width = max(line.box.right for line in lines) - min(line.box.left for line in lines)
    least = BROADER * sorted(line.breadth for line in lines)[3 * len(lines) // 4]
    heads: list[int] = []
    for above, line in zip([None, *lines], lines, strict=False):
        apart = above is None or above.at in heads or line.foot - above.foot >= APART * found.pitch
        sized = line.breadth >= least and line.box.width < NARROWER * width
        if apart and sized and line.at not in found.fields and _may_be_heading(line.text):
            heads.append(line.at)
    return heads if len(heads) <= MOST_HEADINGS * len(lines) else []


def _may_be_heading(text: str) -> bool:
    """Whether a line's text has letters enough, and neither columns nor anything to be filled in."""
    return sum(letter.isalpha() for letter in text) >= FEW_LETTERS and not _FILLED_IN.search(text)


def _is_page_number(line: _PrintedLine, found: _PageLines) -> bool:
    if not _NUMBER.fullmatch(line.text):
        return False
    others = (other for other in found.printed.values() if other.at != line.at)
    return all(
        other.box.bottom + line.size / 2 <= line.box.top or line.box.bottom + line.size / 2 <= other.box.top
        for other in others
    )


def _recurs(
    line: _PrintedLine, index: int, laid: Sequence[_PageLines], tops: Sequence[Sequence[_PrintedLine]]
) -> bool:
    key = _key(line.text)
    # A TAB makes a table's row, unless it stands before the page's number: a table's head belongs to the table.
    row = "\t" in line.text and not _TITLE_AND_NUMBER.fullmatch(line.text)
    if row or sum(letter.isalpha() for letter in key) < 4:
        return False
    place = line.middle / laid[index].height
    seen = 0
    for other, lines in enumerate(tops):
        if other != index:
            height = laid[other].height
            seen += any(
                abs(one.middle / height - place) <= DRIFT and fuzz.ratio(key, _key(one.text)) >= SAME
                for one in lines
            )
            if seen >= OTHERS:
                return True
    return False


def _key(text: str) -> str:
    return _DIGITS.sub("0", "".join(text.split()))


def _footnotes(found: _PageLines, roles: dict[int, LineRole]) -> list[int]:
    """Lines in smaller type at the page's foot, below a gap or beginning with a number or a star."""
    body = [line for line in found.downwards if line.at not in roles]
    first = len(body)
    while first and body[first - 1].size <= SMALLER * found.size and "\t" not in body[first - 1].text:
        first -= 1
    notes = body[first:]
    if not notes or not first or len(notes) >= first or notes[0].middle < found.height / 2:
        return []
    gap = notes[0].foot - body[first - 1].foot > GAP * found.pitch > 0
    return [line.at for line in notes] if gap or _NOTE.match(notes[0].text) else []


def _paragraphs(found: _PageLines, roles: dict[int, LineRole]) -> list[Paragraph]:
    groups: list[list[int]] = []
    for at in range(len(found.texts)):
        if groups and _goes_on(found, groups[-1], at, roles):
            groups[-1].append(at)
        else:
            groups.append([at])
    return [
        Paragraph(tuple(lines), roles.get(lines[0], LineRole.BODY), _indent(found, roles, lines[0]))
        for lines in groups
    ]


def _goes_on(found: _PageLines, lines: Sequence[int], at: int, roles: dict[int, LineRole]) -> bool:
    """True when line `at` surely belongs to the paragraph of the lines before it."""
    role = roles.get(at, LineRole.BODY)
    last, line = found.printed.get(lines[-1]), found.printed.get(at)
    if last is None or line is None or role is not roles.get(lines[0], LineRole.BODY):
        return False
    if found.fields.get(lines[-1]) != found.fields.get(at):
        return False
    if (
        role not in (LineRole.BODY, LineRole.FOOTNOTE, LineRole.HEADING)
        or "\t" in last.text
        or "\t" in line.text
    ):
        return False
    begins = _NOTE if role is LineRole.FOOTNOTE else _ITEM
    if begins.match(line.text) or max(last.size, line.size) > ALIKE * min(last.size, line.size):
        return False
    if not 0 < line.foot - last.foot <= GAP * found.pitch:
        return False
    block = _block(found, roles, last)
    if block.width < WIDE * line.size or block.right - last.box.right > SHORT * block.width:
        return False
    # Below a first line the second may begin further left; from then on they share an edge.
    shift = line.box.left - last.box.left
    room = INDENT * line.size
    return shift <= room if len(lines) == 1 else abs(shift) <= room


def _block(found: _PageLines, roles: dict[int, LineRole], line: _PrintedLine) -> Box:
    """The text around a line: the lines of its role that stand above or below it, edges where most of them are."""
    role = roles.get(line.at, LineRole.BODY)
    boxes = [
        one.box
        for one in found.printed.values()
        if roles.get(one.at, LineRole.BODY) is role and "\t" not in one.text and _over(one.box, line.box)
    ] or [line.box]
    rights = sorted(box.right for box in boxes)
    lefts = sorted(box.left for box in boxes)
    right = rights[-1 - len(rights) // 10]
    left = lefts[len(lefts) // 10]
    return Box(min(left, right), line.box.top, right, line.box.bottom)


def _over(one: Box, other: Box) -> bool:
    shared = min(one.right, other.right) - max(one.left, other.left)
    return 2 * shared > min(one.width, other.width)


def _indent(found: _PageLines, roles: dict[int, LineRole], at: int) -> int:
    line = found.printed.get(at)
    if line is None or roles.get(at, LineRole.BODY) is not LineRole.BODY:
        return 0
    indent = line.box.left - _block(found, roles, line).left
    return indent if indent > INDENT * line.size else 0
