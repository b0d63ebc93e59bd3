"""From glyphs on a page to lines of text: what is read after what, and where there is a space.

The order in which a PDF draws its glyphs, and the space characters in it, are the producer's affair. What stands
on a page are letters with marks, in lines, with gaps and rules between.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from model.box import Box
from ocr.image.orientation import Pieces
from ocr.image.scale import in_image
from ocr.layout.columns import around_tables, gutters_of
from ocr.layout.row_order import RowPlace, StretchPlace, reading_order
from ocr.text_layer.clusters import Cluster, rows_of
from ocr.text_layer.dots import with_leaders
from ocr.text_layer.drawing import PageDrawing, RuledTable, with_signs
from ocr.text_layer.framed import framed_notes, with_note
from ocr.text_layer.glyphs import ClusterPart, GlyphPage
from ocr.text_layer.mapping import Meaning
from ocr.text_layer.placing import PlacedCharacter, Quad, direction, placed
from ocr.text_layer.spacing import separators

FEW_LETTERS = 100
"""With fewer letters nothing is said about columns."""

LETTER_HEIGHT = 0.42
"""In ems: about the height of a Thai letter without ascender."""

NOTHING_DRAWN = PageDrawing()

NEXT_CELL = 1.5
"""Of the width of a cell: letters that are no further apart stand in cells beside each other."""

THUMBNAIL_LETTER = 14.0
"""Pixels: the height of letters in the thumbnail of a page for which `ocr.layout.columns` is made."""


@dataclass(frozen=True, slots=True)
class LaidOutText:
    """The text of a page with one box, one gap (points, to the next letter of the line) and one glyph (its place among
    the page's, None for white space) a code point."""

    text: str
    boxes: tuple[Quad | None, ...]
    gaps: tuple[float | None, ...]
    glyphs: tuple[int | None, ...]


def lay_out(
    page: GlyphPage,
    meanings: Sequence[dict[int, Meaning]],
    drawing: PageDrawing = NOTHING_DRAWN,
    *,
    hidden: bool = False,
) -> LaidOutText:
    """The text of the page as it is read, TABs between the cells of its tables, its check boxes and leaders in their
    places; `hidden` for what is drawn invisibly instead of what is seen."""
    by_direction: dict[float, list[PlacedCharacter]] = defaultdict(list)
    for number, drawn in enumerate(page.glyphs):
        if drawn.hidden == hidden:
            by_direction[direction(drawn)].extend(placed(page.glyph(drawn), drawn, number, meanings))
    written = _TextInProgress()
    for turned, letters in sorted(by_direction.items(), key=lambda found: len(found[1]), reverse=True):
        parted = [table.turned(turned) for table in drawing.tables] if turned % 90 == 0 else []
        signed = with_signs(letters, drawing.signs) if turned == 0 else letters
        rows = _in_order(signed, parted)
        for row, behind in zip(rows, separators(rows, parted), strict=True):
            if written.text:
                written.put("\n")
            _write(row, _in_combs(row, behind, page), written)
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


def _in_order(letters: Sequence[PlacedCharacter], tables: Sequence[RuledTable]) -> list[list[Cluster]]:
    """The letters in rows as they are read: columns of running text one after the other, all else row by row, with
    framed notes before the text that runs past them."""
    body, notes = framed_notes(letters, tables)
    rows = _led_rows(body)
    columns = _columns(rows, tables)
    if columns is None:
        for note in notes:
            rows = with_note(rows, _led_rows(note.letters), note.edges)
        return rows
    if notes:  # a note stands in one of the columns
        rows = _led_rows(letters)
        columns = _columns(rows, tables)
    return rows if columns is None else _down(columns, rows)


def _led_rows(letters: Sequence[PlacedCharacter]) -> list[list[Cluster]]:
    return [with_leaders(row) for row in rows_of(letters)]


class _Columns(NamedTuple):
    """The white between columns of running text, in pixels of which `scale` are a point."""

    gutters: Sequence[Box]
    scale: float


def _columns(rows: Sequence[Sequence[Cluster]], tables: Sequence[RuledTable]) -> _Columns | None:
    """The columns in which running text stands; None where it stands in one."""
    letters = [
        cluster.letter for row in rows for cluster in row if cluster.letter.right > cluster.letter.left
    ]
    if len(letters) < FEW_LETTERS:
        return None
    scale = THUMBNAIL_LETTER / (float(np.median([letter.size for letter in letters])) * LETTER_HEIGHT)
    edges = scale * np.array([_edges(letter) for letter in letters])
    width, height = (int(edges[:, column].max()) + 1 for column in (2, 3))
    gutters = around_tables(
        gutters_of(Pieces(edges, THUMBNAIL_LETTER, width, height)),
        [in_image(table.edges, 1 / scale) for table in tables],
    )
    return _Columns(gutters, scale) if gutters else None


def _down(columns: _Columns, rows: Sequence[list[Cluster]]) -> list[list[Cluster]]:
    """The rows as they are read: columns one after the other, all else row by row."""
    gutters, scale = columns
    parts = [part for row in rows for part in _parts(row, gutters, scale)]
    places = [
        [StretchPlace(in_image(_edges(part[at].letter), 1 / scale), 0.0) for at in (0, -1)] for part in parts
    ]
    order = reading_order([RowPlace(place[0].box.bottom, *place) for place in places], gutters)
    return [parts[at] for at in order]


def _edges(letter: PlacedCharacter) -> Quad:
    """A letter without what rises over a consonant, along and across its line."""
    return letter.left, letter.base - LETTER_HEIGHT * letter.size, letter.right, letter.base


def _parts(row: Sequence[Cluster], gutters: Sequence[Box], scale: float) -> list[list[Cluster]]:
    """A row in its parts between the gutters that it meets; `scale`: of the gutters' pixels for each point."""
    parts = [[row[0]]]
    for before, after in pairwise(row):
        right, left, foot = (scale * at for at in (before.letter.right, after.letter.left, after.letter.base))
        if any(
            one.top < foot <= one.bottom and 2 * right <= one.left + one.right <= 2 * left for one in gutters
        ):
            parts.append([])
        parts[-1].append(after)
    return parts


def _in_combs(row: Sequence[Cluster], behind: Sequence[str], page: GlyphPage) -> list[str]:
    """What stands behind each letter but the last: where a field has a cell for each letter, cells part none."""
    steps = [
        (after.letter.left + after.letter.right - before.letter.left - before.letter.right) / 2
        if _is_in_comb(before, page) and _is_in_comb(after, page)
        else None
        for before, after in pairwise(row)
    ]
    around = [
        [step for step in steps[max(0, at - 1) : at + 2] if step is not None] for at in range(len(steps))
    ]
    return [
        "" if step is not None and step <= NEXT_CELL * min(near) else between
        for step, near, between in zip(steps, around, behind, strict=True)
    ]


def _is_in_comb(cluster: Cluster, page: GlyphPage) -> bool:
    number = cluster.letter.glyph
    return number is not None and page.glyphs[number].part is ClusterPart.COMB


def _write(row: Sequence[Cluster], behind: Sequence[str], written: _TextInProgress) -> None:
    """Add a line; `behind`: what stands behind each letter but the last."""
    for number, cluster in enumerate(row):
        letters = [cluster.letter, *cluster.marks]
        following = row[number + 1] if number + 1 < len(row) else None
        for index, letter in enumerate(letters):
            last = index == len(letters) - 1
            gap: float | None = 0.0
            if last:
                gap = None if following is None else max(0.0, following.letter.left - cluster.letter.right)
            for place, character in enumerate(letter.text):
                written.put(character, letter, gap if place == len(letter.text) - 1 else 0.0)
        if following is not None and behind[number]:
            written.put(behind[number])
