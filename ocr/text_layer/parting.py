"""Which of a page's glyphs are its text, which lie across it, and which nobody can see.

A glyph that is not to be seen is not text, whatever hides it. A watermark is told by its direction, and where it
runs with the text by its size and lightness and by lying over other letters; it is read apart, so that it is
neither mixed into words nor lost."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from ocr.text_layer.drawing import PageDrawing
from ocr.text_layer.glyphs import ClusterPart, Drawn, GlyphPage
from ocr.text_layer.lay_out import LaidOutText, lay_out
from ocr.text_layer.mapping import Meaning
from ocr.text_layer.placing import Quad
from ocr.text_layer.symbol_fonts import is_symbol_font

UNSEEN, HALF, SEEN = 0.1, 0.35, 0.8
"""A glyph is not seen up to the first share of its strokes. Above it, it is seen from the second, if the median of
those of its run that are above it reaches the third: in a run that is hidden under other letters each shows by
chance where theirs cross it. On 26 pages of twenty kinds that median is 0.97 at least where text is seen, under
others 0.55."""

LEGIBLE = 1.0
"""Points: letters of a smaller type are a row of dust. The smallest print of banknotes has twice that."""

AHEAD, BACK, ASIDE = 3.0, 0.5, 0.7
"""In ems: a glyph belongs to the run of the one drawn before it when it stands no further ahead, back or aside."""

NOTHING_DRAWN = PageDrawing()
LEADERS = frozenset(".…․‥·_-–—")
BESIDE = 0.2
"""In ems: how far before a value leader dots still stand under it."""

OFF_LINE = 0.8
"""In ems: how far off a printed line's baseline a filled-in value still stands in that line."""

ASLANT = 8.0
"""Degrees off the nearest quarter turn from which text does not run with the page's."""

LIGHT, LARGE = 0.5, 1.8
"""Contrast under which, and size from which, relative to the page's text, letters that run with it may be a
watermark."""

LIES_OVER = 3
"""Other letters that a watermark lies over at least."""

SAME_SIZE = 0.02
"""Relative difference of sizes within one piece of writing."""


@dataclass(frozen=True, slots=True)
class Parts:
    """A page's glyphs by their numbers. `body`: its text; `apart`: text that runs aslant or lies across the body,
    piece by piece; `watermarks`: which of these pieces are watermarks; `unseen`: what is not to be seen."""

    body: frozenset[int]
    apart: tuple[tuple[int, ...], ...]
    watermarks: frozenset[int]
    unseen: tuple[int, ...]


def parts_of(page: GlyphPage, meanings: Sequence[dict[int, Meaning]]) -> Parts:
    """The page's glyphs parted."""
    written = [
        number
        for number, drawn in enumerate(page.glyphs)
        if meanings[drawn.font][drawn.code].text.strip() and drawn.size > 0
    ]
    seen = _seen(page, written)
    dots = _under_values(page, meanings, seen)
    seen = [number for number in seen if number not in dots]
    straight = [number for number in seen if abs(_off_axis(page.glyphs[number])) < ASLANT]
    over = _lying_over(page, straight)
    body = frozenset(straight) - {number for piece in over for number in piece}
    aslant = _pieces(page, [number for number in seen if abs(_off_axis(page.glyphs[number])) >= ASLANT])
    apart = (*aslant, *over)
    marks = frozenset(
        at for at, piece in enumerate(apart) if at >= len(aslant) or _is_watermark(page, piece, body)
    )
    return Parts(body, apart, marks, tuple(sorted(frozenset(written) - frozenset(seen) - dots)))


def _seen(page: GlyphPage, written: Sequence[int]) -> list[int]:
    """Which of the glyphs are to be seen."""
    found: list[int] = []
    for run in _runs(page, written):
        shares = {n: 0.0 if _is_invisible(page.glyphs[n]) else page.glyphs[n].shown for n in run}
        partly = [share for share in shares.values() if share > UNSEEN]
        if partly and float(np.median(partly)) >= SEEN:
            found += [n for n in run if shares[n] >= HALF]
        elif all(_is_ticked(page, n) for n in run):
            found += run
    return found


def _is_invisible(drawn: Drawn) -> bool:
    return drawn.hidden or drawn.size < LEGIBLE


def _is_ticked(page: GlyphPage, number: int) -> bool:
    """Whether a glyph is a field's tick that the viewer has drawn anew, as strokes of its own."""
    drawn = page.glyphs[number]
    ticks = drawn.part is ClusterPart.FIELD and is_symbol_font(page.fonts[drawn.font].name)
    return ticks and drawn.inked and not drawn.hidden


def _under_values(
    page: GlyphPage, meanings: Sequence[dict[int, Meaning]], seen: Sequence[int]
) -> frozenset[int]:
    """The dots and strokes of the page's leaders that what was filled in stands on: the value has taken their place."""
    leaders = [
        number
        for number in seen
        if page.glyphs[number].part is ClusterPart.PAGE
        and set(meanings[page.glyphs[number].font][page.glyphs[number].code].text) <= LEADERS
    ]
    filled = [number for number in seen if page.glyphs[number].part is not ClusterPart.PAGE]
    found: set[int] = set()
    for run in _runs(page, filled) if leaders else ():
        first, last = page.glyphs[run[0]], page.glyphs[run[-1]]
        end = last.x + last.across[0] * page.glyph(last).advance / 1000
        for number in leaders:
            drawn = page.glyphs[number]
            if (
                first.x - BESIDE * first.size <= drawn.x <= end
                and abs(drawn.y - first.y) < ASIDE * first.size
            ):
                found.add(number)
    return frozenset(found)


def _runs(page: GlyphPage, written: Sequence[int]) -> list[list[int]]:
    """The glyphs in runs: each stands in writing behind the one that is drawn before it."""
    runs: list[list[int]] = []
    for number in written:
        if runs and _follows(page.glyphs[runs[-1][-1]], page.glyphs[number]):
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs


def _follows(before: Drawn, drawn: Drawn) -> bool:
    length = math.hypot(*before.across)
    if not length:
        return False
    along = (before.across[0] / length, before.across[1] / length)
    x, y = drawn.x - before.x, drawn.y - before.y
    ahead = (x * along[0] + y * along[1]) / before.size
    aside = abs(x * along[1] - y * along[0]) / before.size
    return -BACK <= ahead <= AHEAD and aside <= ASIDE


def laid_out_alone(
    page: GlyphPage,
    meanings: Sequence[dict[int, Meaning]],
    chosen: Collection[int],
    drawing: PageDrawing = NOTHING_DRAWN,
) -> LaidOutText:
    """The text of the chosen glyphs alone, by what is drawn on the page."""
    shifts = _shifts(page, chosen)
    glyphs = tuple(
        replace(drawn, hidden=number not in chosen, y=drawn.y + shifts.get(number, 0.0))
        for number, drawn in enumerate(page.glyphs)
    )
    laid_out = lay_out(replace(page, glyphs=glyphs), meanings, drawing)
    if not shifts:
        return laid_out
    return replace(laid_out, boxes=tuple(map(partial(_lifted, shifts), laid_out.boxes, laid_out.glyphs)))


def _shifts(page: GlyphPage, chosen: Collection[int]) -> dict[int, float]:
    """By how many points down what was filled in is read in the printed line that it stands on or a little over."""
    filled = [n for n in sorted(chosen) if page.glyphs[n].part is not ClusterPart.PAGE]
    if not filled:
        return {}
    printed = np.array([page.glyphs[n].y for n in sorted(chosen) if page.glyphs[n].part is ClusterPart.PAGE])
    found: dict[int, float] = {}
    for run in _runs(page, filled) if len(printed) else ():
        first = page.glyphs[run[0]]
        down = float(printed[np.argmin(np.abs(printed - first.y))]) - first.y
        if abs(down) < OFF_LINE * first.size and abs(first.across[1]) < abs(first.across[0]):
            found.update(dict.fromkeys(run, down))
    return found


def _lifted(shifts: Mapping[int, float], box: Quad | None, number: int | None) -> Quad | None:
    down = 0.0 if number is None else shifts.get(number, 0.0)
    return None if box is None else (box[0], box[1] - down, box[2], box[3] - down)


def joined(texts: Sequence[LaidOutText]) -> LaidOutText:
    """Texts one after the other, each beginning a line."""
    whole = texts[0]
    for text in texts[1:]:
        parting = "\n" if whole.text else ""
        nothing = (None,) * len(parting)
        whole = LaidOutText(
            whole.text + parting + text.text,
            (*whole.boxes, *nothing, *text.boxes),
            (*whole.gaps, *nothing, *text.gaps),
            (*whole.glyphs, *nothing, *text.glyphs),
        )
    return whole


def _off_axis(drawn: Drawn) -> float:
    """Degrees from the nearest quarter turn."""
    angle = math.degrees(math.atan2(drawn.across[1], drawn.across[0]))
    return (angle + 45) % 90 - 45


def _pieces(page: GlyphPage, numbers: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    """Glyphs by direction and size, in the order in which the first of each is drawn."""
    found: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    for number in numbers:
        drawn = page.glyphs[number]
        angle = math.degrees(math.atan2(drawn.across[1], drawn.across[0]))
        found[round(angle), round(math.log(drawn.size) / SAME_SIZE)].append(number)
    return tuple(tuple(piece) for piece in found.values())


def _is_watermark(page: GlyphPage, piece: Sequence[int], body: Collection[int]) -> bool:
    """Is writing aslant a watermark, and no label of a chart? It is large or light, or lies over letters."""
    size, contrast = _usual(page, body)
    own_size, own_contrast = _usual(page, piece)
    return own_size > LARGE * size or own_contrast < LIGHT * contrast or _count_under(page, piece, body) > 0


def _lying_over(page: GlyphPage, straight: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    """Writing that runs with the page's text, is lighter or larger and lies over it."""
    size, contrast = _usual(page, straight)
    different = [
        number
        for number in straight
        if page.glyphs[number].contrast < LIGHT * contrast or page.glyphs[number].size > LARGE * size
    ]
    rest = frozenset(straight) - set(different)
    found = []
    for piece in _pieces(page, different):
        for run in _drawn_together(piece):
            if _count_under(page, run, rest) >= LIES_OVER:
                found.append(run)
    return tuple(found)


def _drawn_together(numbers: Sequence[int]) -> list[tuple[int, ...]]:
    """Glyphs in runs of which each is drawn right behind the one before, blanks left out."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number - runs[-1][-1] <= 3:
            runs[-1].append(number)
        else:
            runs.append([number])
    return [tuple(run) for run in runs]


def _usual(page: GlyphPage, numbers: Collection[int]) -> tuple[float, float]:
    """The median size in points and contrast of glyphs."""
    if not numbers:
        return 0.0, 0.0
    return (
        float(np.median([page.glyphs[number].size for number in numbers])),
        float(np.median([page.glyphs[number].contrast for number in numbers])),
    )


def _count_under(page: GlyphPage, piece: Sequence[int], others: Collection[int]) -> int:
    """How many of the others begin in the cell of one of the piece's letters, each cell an em high."""
    if not others:
        return 0
    origins = np.array([(page.glyphs[n].x, page.glyphs[n].y) for n in others])
    under = np.zeros(len(origins), bool)
    for number in piece:
        drawn = page.glyphs[number]
        width = max(page.glyph(drawn).advance, 0.0) / 1000
        axes = np.array([drawn.across, drawn.up])
        if abs(np.linalg.det(axes)) < 1e-9:
            continue
        at = (origins - (drawn.x, drawn.y)) @ np.linalg.inv(axes)
        under |= (at[:, 0] >= 0) & (at[:, 0] <= width) & (at[:, 1] >= -HANGS) & (at[:, 1] <= STANDS)
    return int(np.count_nonzero(under))


HANGS, STANDS = 0.1, 0.6
"""In ems: from where to where over the baseline the body of a letter is."""
