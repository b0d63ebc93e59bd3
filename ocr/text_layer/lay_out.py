"""From glyphs on a page to lines of text: what is read after what, and where there is a space.

The order in which a PDF draws its glyphs, and the space characters in it, are the producer's affair. What stands
on a page are letters with marks, in lines, with gaps.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

import numpy as np

from model.thai import NIKHAHIT, SARA_AA, SARA_AM
from ocr.image.orientation import Pieces
from ocr.layout.columns import gutter_of
from ocr.text_layer.glyphs import Drawn, FontGlyph, GlyphPage
from ocr.text_layer.mapping import ABOVE, BELOW, Meaning

SPACE = 0.15
"""In ems: a gap between two letters is a space from here, over the line's usual gap between letters. On 60 pages in
nine fonts gaps within words are 0.11 at most, spaces 0.20 at least."""

COLUMN = 0.8
"""In ems: a gap is a column gap from here. On the same pages spaces reach 0.89, column gaps start at 0.75."""

JUSTIFIED = 1.25
"""Wide gaps that differ by no more than this factor are the spaces of a justified line, if there are several and none
is wider than two ems."""

SAME_LINE = 0.35
"""In ems: how far apart the baselines of one line's letters may be."""

SAME_PLACE = 0.08
"""In ems: a letter drawn again so near is the same letter made bold by drawing it twice."""

JUST_BEHIND = 0.15
"""In ems: a mark that is drawn behind a letter, its origin so near to the end of the letter, stands on it."""

FEW_LETTERS = 100
"""With fewer letters nothing is said about columns."""

LETTER_HEIGHT = 0.42
"""In ems: about the height of a Thai letter without ascender."""

THUMBNAIL_LETTER = 14.0
"""Pixels: the height of letters in the thumbnail of a page for which `ocr.layout.columns` is made."""

_MARKS = ABOVE | BELOW
_VOWEL_MARKS = frozenset("ัิีึืฺุู็")
_TONE_MARKS = frozenset("่้๊๋")

Quad = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class PlacedCharacter:
    """A letter where it is drawn. `box`: its ink in points from the top left of the page, None for what has none.

    `at`, `end`: where its cell begins and ends along its line, points; `base`: its baseline across the line;
    `left`, `right`: its ink along the line; `size`: its em in points; `glyph`: which of the page's glyphs it is.
    """

    text: str
    box: Quad | None
    at: float
    end: float
    base: float
    left: float
    right: float
    size: float
    glyph: int


@dataclass(slots=True)
class Cluster:
    """A letter and the marks that stand on it."""

    letter: PlacedCharacter
    marks: list[PlacedCharacter] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class LaidOutText:
    """The text of a page with one box, one gap (points, to the next letter of the line) and one glyph (its place among
    the page's, None for white space) a code point."""

    text: str
    boxes: tuple[Quad | None, ...]
    gaps: tuple[float | None, ...]
    glyphs: tuple[int | None, ...]


def lay_out(page: GlyphPage, meanings: Sequence[dict[int, Meaning]], *, hidden: bool = False) -> LaidOutText:
    """The text of the page as it is read; `hidden` for what is drawn invisibly instead of what is seen."""
    by_direction: dict[int, list[PlacedCharacter]] = defaultdict(list)
    for number, drawn in enumerate(page.glyphs):
        if drawn.hidden == hidden:
            by_direction[_direction(drawn)].extend(_letters(page.glyph(drawn), drawn, number, meanings))
    written = _TextInProgress()
    for letters in sorted(by_direction.values(), key=len, reverse=True):
        for line in lines(letters):
            if written.text:
                written.put("\n")
            _write(line, written)
    return LaidOutText(
        "".join(written.text), tuple(written.boxes), tuple(written.gaps), tuple(written.glyphs)
    )


class _TextInProgress:
    """A text while it is being put together."""

    def __init__(self) -> None:
        self.text: list[str] = []
        self.boxes: list[Quad | None] = []
        self.gaps: list[float | None] = []
        self.glyphs: list[int | None] = []

    def put(self, character: str, letter: PlacedCharacter | None = None, gap: float | None = None) -> None:
        self.text.append(character)
        self.boxes.append(letter.box if letter else None)
        self.gaps.append(gap)
        self.glyphs.append(letter.glyph if letter else None)


def lines(letters: Sequence[PlacedCharacter]) -> list[list[Cluster]]:
    """The letters of one direction in lines from the top, each in clusters from the left."""
    clusters: list[Cluster] = []
    marks: list[PlacedCharacter] = []
    for letter in _once(letters):
        if letter.text not in _MARKS:
            clusters.append(Cluster(letter))
        elif clusters and _stands_on(letter, clusters[-1].letter):
            clusters[-1].marks.append(letter)
        else:
            marks.append(letter)
    rows = _rows(clusters)
    _set_marks(rows, marks)
    return [_composed(row) for row in _down_the_columns(rows)]


def _down_the_columns(rows: list[list[Cluster]]) -> list[list[Cluster]]:
    """The rows as they are read: columns of running text one after the other, all else row by row.

    A row that crosses the gutter, such as a heading, ends the columns above it.
    """
    gutter = _gutter(rows)
    if gutter is None:
        return rows
    found: list[list[Cluster]] = []
    left: list[list[Cluster]] = []
    right: list[list[Cluster]] = []
    for row in rows:
        if any(c.letter.left < gutter[1] and c.letter.right > gutter[0] for c in row):
            found += [*left, *right, row]
            left, right = [], []
            continue
        left.append([c for c in row if c.letter.right <= gutter[0]])
        right.append([c for c in row if c.letter.left >= gutter[1]])
    return [row for row in [*found, *left, *right] if row]


def _gutter(rows: list[list[Cluster]]) -> tuple[float, float] | None:
    """Where the gutter between columns of running text begins and ends along the lines, points."""
    letters = [
        cluster.letter for row in rows for cluster in row if cluster.letter.right > cluster.letter.left
    ]
    if len(letters) < FEW_LETTERS:
        return None
    size = float(np.median([letter.size for letter in letters]))
    scale = THUMBNAIL_LETTER / (size * LETTER_HEIGHT)
    start, top = min(letter.left for letter in letters), min(letter.base for letter in letters) - size
    edges = np.array(
        [
            (x.left - start, x.base - LETTER_HEIGHT * x.size - top, x.right - start, x.base - top)
            for x in letters
        ]
    )
    edges *= scale
    width, height = (int(edges[:, column].max()) + 1 for column in (2, 3))
    found = gutter_of(Pieces(edges, THUMBNAIL_LETTER, width, height))
    return None if found is None else (start + found[0] / scale, start + found[1] / scale)


def _stands_on(mark: PlacedCharacter, letter: PlacedCharacter) -> bool:
    """Is the mark, drawn behind the letter, one on it? Its place alone would not say: in ทั่ว the mai ek reaches over
    the next letter."""
    near = JUST_BEHIND * mark.size
    middle = (mark.left + mark.right) / 2
    over = letter.at <= middle <= letter.end or abs(mark.at - letter.end) < near
    return over and abs(mark.base - letter.base) < mark.size and letter.text.isalnum()


def _once(letters: Sequence[PlacedCharacter]) -> list[PlacedCharacter]:
    """The letters, leaving out those drawn again on the same place."""
    kept: list[PlacedCharacter] = []
    seen: dict[tuple[str, int, int], list[PlacedCharacter]] = defaultdict(list)
    for letter in letters:
        cell = max(1.0, letter.size)
        column, row = int(letter.at / cell), int(letter.base / cell)
        near = [
            other
            for across in (-1, 0, 1)
            for down in (-1, 0, 1)
            for other in seen[letter.text, column + across, row + down]
        ]
        if any(
            math.hypot(letter.at - other.at, letter.base - other.base) < SAME_PLACE * letter.size
            for other in near
        ):
            continue
        seen[letter.text, column, row].append(letter)
        kept.append(letter)
    return kept


def _rows(clusters: Sequence[Cluster]) -> list[list[Cluster]]:
    rows: list[list[Cluster]] = []
    levels: list[float] = []
    for cluster in sorted(clusters, key=lambda c: (c.letter.base, c.letter.at)):
        letter = cluster.letter
        if rows and abs(letter.base - levels[-1]) < SAME_LINE * max(letter.size, rows[-1][0].letter.size):
            rows[-1].append(cluster)
        else:
            rows.append([cluster])
            levels.append(letter.base)
    for row in rows:
        row.sort(key=lambda c: c.letter.at)
    return rows


def _set_marks(rows: Sequence[list[Cluster]], marks: Sequence[PlacedCharacter]) -> None:
    """Give each mark to the letter over or under which it stands; a mark without one is a cluster by itself."""
    if not marks:
        return
    bases = np.array([row[0].letter.base for row in rows]) if rows else np.zeros(0)
    starts = [np.array([cluster.letter.at for cluster in row]) for row in rows]
    alone: dict[int, list[Cluster]] = defaultdict(list)
    for mark in marks:
        if not rows:
            break
        middle = (mark.left + mark.right) / 2
        best: tuple[float, Cluster] | None = None
        for number in np.flatnonzero(np.abs(bases - mark.base) < mark.size).tolist():
            first = int(np.searchsorted(starts[number], middle, side="right"))
            for cluster in rows[number][max(0, first - 2) : first + 1]:
                letter = cluster.letter
                aside = max(letter.at - middle, middle - letter.end, 0.0)
                if aside > 0.5 * mark.size or not letter.text.isalnum():
                    continue
                distance = aside + 2 * abs(letter.base - mark.base)
                if best is None or distance < best[0]:
                    best = (distance, cluster)
        if best is not None:
            best[1].marks.append(mark)
        else:
            nearest = int(np.argmin(np.abs(bases - mark.base)))
            alone[nearest].append(Cluster(mark))
    for number, clusters in alone.items():
        rows[number].extend(clusters)
        rows[number].sort(key=lambda c: c.letter.at)


def _composed(row: list[Cluster]) -> list[Cluster]:
    """The row with a nikhahit and the sara aa behind it as sara am, and all marks in their usual order."""
    found: list[Cluster] = []
    for cluster in row:
        before = found[-1] if found else None
        ring = None if before is None else next((m for m in before.marks if m.text == NIKHAHIT), None)
        here = cluster
        if cluster.letter.text == SARA_AA and before is not None and ring is not None:
            before.marks.remove(ring)
            letter = replace(cluster.letter, text=SARA_AM, box=_around(ring.box, cluster.letter.box))
            here = Cluster(letter, cluster.marks)
        if here.letter.text in (SARA_AA, SARA_AM) and before is not None and here.marks:
            # What stands over sara aa belongs to the letter in front of it: น้ำ with its tone mark far right.
            before.marks.extend(here.marks)
            here = Cluster(here.letter)
        found.append(here)
    for cluster in found:
        cluster.marks.sort(key=lambda mark: _rank(mark.text))
    return found


def _rank(mark: str) -> int:
    return 0 if mark in _VOWEL_MARKS else 1 if mark in _TONE_MARKS else 2


def _write(line: list[Cluster], written: _TextInProgress) -> None:
    """Add a line; its gaps between letters say where spaces and columns are."""
    white = [_white(before, after) for before, after in pairwise(line)]
    usual = max(0.0, float(np.median(white))) if len(white) >= 4 else 0.0
    spaces = [gap for gap in white if gap >= SPACE + usual]
    column = 2.0 if len(spaces) >= 3 and max(spaces) <= min(2.0, JUSTIFIED * min(spaces)) else COLUMN
    for number, cluster in enumerate(line):
        letters = [cluster.letter, *cluster.marks]
        following = line[number + 1] if number + 1 < len(line) else None
        for index, letter in enumerate(letters):
            last = index == len(letters) - 1
            gap: float | None = 0.0
            if last:
                gap = None if following is None else max(0.0, following.letter.left - cluster.letter.right)
            for place, character in enumerate(letter.text):
                written.put(character, letter, gap if place == len(letter.text) - 1 else 0.0)
        if following is not None:
            gap_after = _white(cluster, following)
            if gap_after >= column:
                written.put("\t")
            elif gap_after >= SPACE + usual:
                written.put(" ")


def _white(before: Cluster, after: Cluster) -> float:
    """The gap between the cells of two letters, in ems: more than nothing in a letter-spaced line."""
    return (after.letter.at - before.letter.end) / max(before.letter.size, after.letter.size)


def _letters(
    glyph: FontGlyph, drawn: Drawn, number: int, meanings: Sequence[dict[int, Meaning]]
) -> list[PlacedCharacter]:
    """The glyph as a letter, two marks in one glyph as two; none for what draws nothing: spaces are found by gaps."""
    text = meanings[drawn.font][drawn.code].text
    size = math.hypot(*drawn.up)
    if not text or text.isspace() or size <= 0:
        return []
    box = _ink(glyph, drawn)
    at, base = _along(drawn, drawn.x, drawn.y)
    end, _ = _along(drawn, *_point(drawn, glyph.advance, 0.0))
    left, right = at, end
    if box is not None:
        corners = [_along(drawn, x, y)[0] for x in (box[0], box[2]) for y in (box[1], box[3])]
        left, right = min(corners), max(corners)
    pieces = text if all(piece in _MARKS for piece in text) else [text]
    return [
        PlacedCharacter(piece, box, at, max(at, end), base, left, right, size, number) for piece in pieces
    ]


def _ink(glyph: FontGlyph, drawn: Drawn) -> Quad | None:
    """The glyph's ink on the page; its cell up to letter height where the font's outlines are not known."""
    if glyph.outline is None:
        left, bottom, right, top = 0.0, 0.0, glyph.advance, 700.0
    elif glyph.ink is None:
        return None
    else:
        left, bottom, right, top = map(float, glyph.ink)
    corners = [_point(drawn, x, y) for x in (left, right) for y in (bottom, top)]
    return (
        min(x for x, _ in corners), min(y for _, y in corners),
        max(x for x, _ in corners), max(y for _, y in corners),
    )  # fmt: skip


def _point(drawn: Drawn, x: float, y: float) -> tuple[float, float]:
    """A point of the glyph's em square, in thousandths, on the page."""
    return (
        drawn.x + (drawn.across[0] * x + drawn.up[0] * y) / 1000,
        drawn.y + (drawn.across[1] * x + drawn.up[1] * y) / 1000,
    )


def _direction(drawn: Drawn) -> int:
    """In quarter turns clockwise: 0 for text that runs to the right."""
    return round(math.atan2(drawn.across[1], drawn.across[0]) / (math.pi / 2)) % 4


def _along(drawn: Drawn, x: float, y: float) -> tuple[float, float]:
    """A point of the page along and across (downwards) the glyph's direction of writing."""
    return ((x, y), (y, -x), (-x, -y), (-y, x))[_direction(drawn)]


def _around(one: Quad | None, other: Quad | None) -> Quad | None:
    if one is None or other is None:
        return one or other
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])
