"""What is to be known of places of a text layer besides their text, as marks on its reading.

What cannot be seen is known here by its place alone: its letters go no further than the parting of the glyphs.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from model.box import Box, box_around
from model.edit import Span
from model.mark import Mark, MarkKind
from ocr.text_layer.glyphs import ClusterPart, Drawn, GlyphPage
from ocr.text_layer.lay_out import LaidOutText
from ocr.text_layer.mapping import ABOVE, BELOW
from ocr.text_layer.placing import Quad

FEWEST_STRUCK = 2
"""Letters in a row that a rule must cross: one alone may be a letter under a table's border."""

NEXT = 2.0
"""In heights of a letter: unseen letters drawn one after the other, no further apart, are one place."""

CLOSE_BEHIND = 3
"""Glyphs: one drawn so many behind another is drawn next, blanks left out."""

SAME_ROW = 0.4
"""Share of its height that a letter must have in common with a place to stand beside it."""


def text_marks(
    page: GlyphPage, text: LaidOutText, boxes: Sequence[Box | None], watermarks: Collection[int]
) -> list[Mark]:
    """The marks on letters themselves: struck out, written across the page (which these glyphs are), filled in,
    said in an annotation."""

    def marks(kind: MarkKind, holds: Callable[[int], bool], fewest: int) -> list[Mark]:
        return [
            Mark(kind, run, box_around(boxes[run.start : run.end]))
            for run in _runs(text, holds)
            if sum(
                text.text[at] not in ABOVE | BELOW and not text.text[at].isspace()
                for at in range(run.start, run.end)
            )
            >= fewest
        ]

    return [
        *marks(MarkKind.STRUCK_OUT, lambda number: page.glyphs[number].struck, FEWEST_STRUCK),
        *marks(MarkKind.WATERMARK, lambda number: number in watermarks, 1),
        *marks(MarkKind.FORM_VALUE, lambda number: page.glyphs[number].part.is_field, 1),
        *marks(MarkKind.ANNOTATION, lambda number: page.glyphs[number].part is ClusterPart.ANNOTATION, 1),
    ]


def _runs(text: LaidOutText, holds: Callable[[int], bool]) -> list[Span]:
    """Stretches of the text of which it holds for each letter's glyph; marks go with their letters, and spaces lie
    between."""
    found: list[Span] = []
    start: int | None = None
    end = 0
    for at, number in enumerate(text.glyphs):
        character = text.text[at]
        if number is None and character != "\n":
            continue
        if number is not None and character in ABOVE | BELOW:
            end = at + 1 if start is not None else end
            continue
        if number is not None and holds(number):
            start, end = (at if start is None else start), at + 1
        elif start is not None:
            found.append(Span(start, end))
            start = None
    return [*found, Span(start, end)] if start is not None else found


def unseen_places(
    page: GlyphPage, unseen: Sequence[int], body: Collection[int], fewest: int = 1
) -> list[Quad | None]:
    """The places of unseen glyphs in points, those drawn one after the other as one, of `fewest` glyphs at least; None
    for all outside of the page.

    Not those that a scanner's program laid under letters that are to be seen, nor copies of glyphs that are, as
    they are drawn for a shadow."""
    places: list[tuple[Quad, int]] = []
    outside = False
    last = -CLOSE_BEHIND
    seen = {(page.glyphs[number].font, page.glyphs[number].code, _coarse(page, number)) for number in body}
    for number in unseen:
        drawn = page.glyphs[number]
        if (drawn.hidden and drawn.inked) or (drawn.font, drawn.code, _coarse(page, number)) in seen:
            continue
        box = _cell(page, drawn)
        if box[2] <= 0 or box[3] <= 0 or box[0] >= page.width or box[1] >= page.height:
            outside = True
            continue
        count = 1
        if places and number - last <= CLOSE_BEHIND and _is_next(places[-1][0], box, drawn.size):
            before, others = places.pop()
            box, count = _around(before, box), others + 1
        places.append((box, count))
        last = number
    return [*(box for box, count in places if count >= fewest), *([None] if outside else [])]


def _around(one: Quad, other: Quad) -> Quad:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])


def place_mark(kind: MarkKind, box: Box | None, text: str, boxes: Sequence[Box | None]) -> Mark:
    """A mark for a place without text of its own, on what stands beside it."""
    return Mark(kind, beside(box, text, boxes), box)


def beside(box: Box | None, text: str, boxes: Sequence[Box | None]) -> Span:
    """The characters on both sides of a place, if nothing but white space parts them; else the nearest one; of a place
    outside of the page, or of a text that knows no places, the first."""
    known = [(at, other) for at, other in enumerate(boxes) if other is not None and text[at].isalnum()]
    if not known:
        first = next((at for at, letter in enumerate(text) if not letter.isspace()), None)
        return Span(0, 0) if first is None else Span(first, first + 1)
    if box is None:
        return Span(known[0][0], known[0][0] + 1)
    middle = box.left + box.right
    row = [(at, other) for at, other in known if _shares_row(box, other)]
    left = max(
        ((other.right, at) for at, other in row if other.left + other.right <= middle), default=(0, -1)
    )[1]
    right = min(
        ((other.left, at) for at, other in row if other.left + other.right > middle), default=(0, -1)
    )[1]
    first, last = min(left, right), max(left, right)
    if first >= 0 and not text[first + 1 : last].strip():
        return Span(first, last + 1)
    nearest = left if left >= 0 else right
    if nearest < 0:
        nearest, _ = min(known, key=lambda one: _distance(box, one[1]))
    return Span(nearest, nearest + 1)


def _shares_row(box: Box, other: Box) -> bool:
    return min(box.bottom, other.bottom) - max(box.top, other.top) > SAME_ROW * other.height


def _distance(box: Box, other: Box) -> int:
    across = max(0, box.left - other.right, other.left - box.right)
    return across + 2 * max(0, box.top - other.bottom, other.top - box.bottom)


def _coarse(page: GlyphPage, number: int) -> tuple[int, int]:
    """Where a glyph is drawn, in cells of a quarter of its size."""
    drawn = page.glyphs[number]
    cell = max(0.5, drawn.size / 4)
    return round(drawn.x / cell), round(drawn.y / cell)


def _cell(page: GlyphPage, drawn: Drawn) -> Quad:
    """About the letter's place in points: its width by the height of letters."""
    width = max(page.glyph(drawn).advance, 200.0) / 1000
    corners = [
        (drawn.x + a * drawn.across[0] + u * drawn.up[0], drawn.y + a * drawn.across[1] + u * drawn.up[1])
        for a in (0.0, width)
        for u in (0.0, 0.5)
    ]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _is_next(place: Quad, box: Quad, size: float) -> bool:
    aside = max(place[0] - box[2], box[0] - place[2], 0.0)
    return aside < NEXT * size and min(place[3], box[3]) > max(place[1], box[1])
