"""Which of a page's glyphs are to be seen, how clearly, and which of them are struck out.

The page is rendered with its text and without. Where the two differ, text is to be seen; a glyph is seen where they
differ along its own strokes. Only the rendering knows what covers a glyph, what clips it and in which colour it is
drawn on what."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.text_layer.glyphs import Drawn, FontGlyph, GlyphPage

DIFFERS = 12
"""Grey levels of 256 between the two renderings from which a stroke is to be seen."""

GRID = 48
"""Cells along the longer side of a glyph in which points on its strokes are looked for."""

MOST_POINTS = 40
"""Points on its strokes at which a glyph is looked at."""

DEEP = 0.7
"""Points count as on a stroke from so much of the depth that the fifth of it that lies deepest has."""

LETTER_HEIGHT = 400
"""In thousandths of an em: the height up to which a glyph without a known outline is looked at."""

SHIFTS = tuple(
    np.array((across, down), np.float64) for across in (0, -1, 1) for down in (0, -1, 1) if across or down
)

BAND = (0.25, 0.75)
"""From where to where of a letter's height a rule must cross it: one further down is an underline."""

RULE, ACROSS, THICKEST, SMALLEST = 60, 0.9, 0.45, 4
"""Grey levels by which a rule differs from what is around it, the share of the letter's width that it crosses, the
share of its height that it may fill, and pixels of the smallest box in which that can be seen."""

LEAST_INK, MOST_INK = 0.04, 0.7
"""Share of a letter's box that ink fills."""

LEVEL = 0.05
"""Slope of lines in which rules through letters are looked for."""

Grey = NDArray[np.uint8]
Points = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Renderings:
    """A page at one resolution: as it is `shown`, and the same `without` its text."""

    shown: Grey
    without: Grey

    @classmethod
    def of(cls, pixels: bytes | bytearray, width: int, height: int) -> Renderings:
        """Both from grey pixels row by row, one behind the other.

        Raises:
            ValueError: so many pixels are not two such images.
        """
        both = np.frombuffer(pixels, np.uint8).reshape(2, height, width)
        return cls(both[0], both[1])


def looked_at(page: GlyphPage, renderings: Renderings) -> GlyphPage:
    """The page with what is to be seen of each glyph, and whether a rule goes through it."""
    difference = np.asarray(cv2.absdiff(renderings.shown, renderings.without), np.uint8)
    height, width = difference.shape
    scale = np.array([width / page.width, height / page.height])
    by_glyph: dict[tuple[int, int], list[int]] = defaultdict(list)
    for number, drawn in enumerate(page.glyphs):
        by_glyph[drawn.font, drawn.code].append(number)
    glyphs = list(page.glyphs)
    # Glyphs with equally many points are looked at together.
    together: dict[int, list[tuple[list[int], bool, Points]]] = defaultdict(list)
    for (font, code), numbers in by_glyph.items():
        points, stroked = strokes(page.fonts[font].glyphs[code])
        if len(points):
            places = _on_page([glyphs[number] for number in numbers], points) * scale
            together[len(points)].append((numbers, stroked, places))
    for group in together.values():
        seen = _best_sampled(difference, np.concatenate([places for _, _, places in group]))
        share = (seen >= DIFFERS).mean(axis=1).tolist()
        contrast = (np.median(np.sort(seen, axis=1)[:, seen.shape[1] // 2 :], axis=1) / 255).tolist()
        looked = ((number, stroked) for numbers, stroked, _ in group for number in numbers)
        for (number, stroked), part, level in zip(looked, share, contrast, strict=True):
            shown = part if stroked else float(part > 0)
            if (shown, level) != (glyphs[number].shown, glyphs[number].contrast):
                glyphs[number] = replace(glyphs[number], shown=shown, contrast=level)
    paper = int(np.median(renderings.shown[::7, ::7]))
    drawn_besides = _apart(renderings.without, paper).any()
    for number, drawn in enumerate(glyphs):
        if drawn.shown > 0 and not drawn_besides:
            continue
        glyph = page.glyph(drawn)
        ink = glyph.ink if glyph.outline is not None else (0, 0, max(int(glyph.advance), 1), LETTER_HEIGHT)
        if ink is None or not _runs_level(drawn):
            continue
        box = _cut(drawn, ink, (width / page.width, height / page.height), (width, height))
        if drawn.shown > 0:
            if _is_struck(renderings.without[box]):
                glyphs[number] = replace(drawn, struck=True)
        elif _is_inked(renderings.shown, box, paper):
            glyphs[number] = replace(drawn, inked=True)
    return replace(page, glyphs=tuple(glyphs))


def _is_struck(behind: Grey) -> bool:
    """Does a rule cross the middle of a letter's box, of which this is what is drawn besides text?"""
    if min(behind.shape) < SMALLEST:
        return False
    rows = behind.shape[0]
    if int(behind.max()) - int(behind.min()) < RULE:
        return False
    dark = (np.abs(behind.astype(np.int16) - int(np.median(behind))) >= RULE).mean(axis=1) >= ACROSS
    band = dark[int(rows * BAND[0]) : max(int(rows * BAND[0]) + 1, math.ceil(rows * BAND[1]))]
    return bool(band.any()) and float(dark.mean()) <= THICKEST


def _is_inked(shown: Grey, box: tuple[slice, slice], paper: int) -> bool:
    """Are there strokes in the box, neither bare paper nor a part of one black piece?"""
    rows, columns = box
    dark = _dark(shown[box], paper)
    if dark <= MOST_INK:
        return dark >= LEAST_INK
    # A stroke that fills its box, such as mai ek, has paper on both sides.
    wide, high = columns.stop - columns.start, rows.stop - rows.start
    if wide <= high:
        sides = [(rows, slice(max(0, at), max(0, at + wide))) for at in (columns.start - wide, columns.stop)]
    else:
        sides = [(slice(max(0, at), max(0, at + high)), columns) for at in (rows.start - high, rows.stop)]
    return all(_dark(shown[side], paper) <= 1 - MOST_INK for side in sides)


def _dark(part: Grey, paper: int) -> float:
    """The share of its pixels that are not paper; 1 of nothing."""
    return float(_apart(part, paper).mean()) if part.size else 1.0


def _apart(part: Grey, paper: int) -> NDArray[np.bool_]:
    return np.asarray(np.abs(part.astype(np.int16) - paper) >= RULE)


def _runs_level(drawn: Drawn) -> bool:
    return abs(drawn.across[1]) < LEVEL * abs(drawn.across[0])


def _cut(
    drawn: Drawn, ink: tuple[int, int, int, int], scale: tuple[float, float], size: tuple[int, int]
) -> tuple[slice, slice]:
    """The rows and columns of a rendering of that scale and size in which a glyph has its ink."""
    xs = [drawn.x + (a * drawn.across[0] + u * drawn.up[0]) / 1000 for a in ink[::2] for u in ink[1::2]]
    ys = [drawn.y + (a * drawn.across[1] + u * drawn.up[1]) / 1000 for a in ink[::2] for u in ink[1::2]]
    left, right = (min(max(int(edge * scale[0]), 0), size[0]) for edge in (min(xs), max(xs)))
    top, bottom = (min(max(int(edge * scale[1]), 0), size[1]) for edge in (min(ys), max(ys)))
    return slice(top, bottom + 1), slice(left, right + 1)


@lru_cache(maxsize=8192)
def strokes(glyph: FontGlyph) -> tuple[Points, bool]:
    """Points on a glyph's strokes in thousandths of an em, and whether they are: for a glyph whose outline is not known
    they are points all over its cell. None for a blank."""
    if glyph.outline is None:
        # A mark has no width and stands over or under the letter before it.
        left, right = (0.1 * glyph.advance, 0.9 * glyph.advance) if glyph.advance > 0 else (-400.0, 100.0)
        bottom, top = (0.05 * LETTER_HEIGHT, LETTER_HEIGHT) if glyph.advance > 0 else (-250.0, 900.0)
        across, up = np.meshgrid(np.linspace(left, right, 9), np.linspace(bottom, top, 15))
        return np.stack([across.ravel(), up.ravel()], axis=1), False
    if glyph.ink is None:
        return np.zeros((0, 2)), True
    left, bottom, right, top = glyph.ink
    cell = max(right - left, top - bottom, 1) / GRID
    winding = np.zeros((int((top - bottom) / cell) + 3, int((right - left) / cell) + 3), np.int16)
    for contour in glyph.outline:
        if len(contour) < 3:
            continue
        at = np.array(contour, np.float64)
        polygon = np.stack([(at[:, 0] - left) / cell + 1, (top - at[:, 1]) / cell + 1], axis=1)
        drawn = np.zeros(winding.shape, np.uint8)
        cv2.fillPoly(drawn, [polygon.round().astype(np.int32)], 1)
        area = cv2.contourArea(at.astype(np.float32), oriented=True)
        winding += drawn.astype(np.int16) if area >= 0 else -drawn.astype(np.int16)
    # The middle of the strokes: their edges are half paper.
    depth = cv2.distanceTransform((winding != 0).astype(np.uint8), cv2.DIST_L2, 3)
    if not depth.any():
        return np.zeros((0, 2)), True
    ridge = np.argwhere(depth >= DEEP * float(np.percentile(depth[depth > 0], 80)))
    chosen = np.random.default_rng(0).permutation(ridge)[:MOST_POINTS]
    return np.stack([left + (chosen[:, 1] - 1) * cell, top - (chosen[:, 0] - 1) * cell], axis=1), True


def _on_page(drawn: Sequence[Drawn], points: Points) -> Points:
    """Points of a glyph's em square where each of the drawn ones has them, in points of the page."""
    origins = np.array([(one.x, one.y) for one in drawn])
    axes = np.array([(one.across, one.up) for one in drawn]) / 1000
    places: Points = origins[:, None, :] + np.einsum("pk,nkc->npc", points, axes)
    return places


def _best_sampled(image: Grey, places: Points) -> Grey:
    """The image at the places of each glyph, moved by up to a pixel to where most of them are in ink: the renderer
    moves thin strokes to whole pixels."""
    best = _sampled(image, places)
    count = (best >= DIFFERS).sum(axis=1)
    for shift in SHIFTS:
        loose = np.flatnonzero(count < places.shape[1])
        if not len(loose):
            break
        found = _sampled(image, places[loose] + shift)
        more = (found >= DIFFERS).sum(axis=1)
        better = more > count[loose]
        best[loose[better]], count[loose[better]] = found[better], more[better]
    return best


def _sampled(image: Grey, places: Points) -> Grey:
    """The image at those places, in pixels; 0 outside of it."""
    column, row = np.floor(places[..., 0]).astype(np.int64), np.floor(places[..., 1]).astype(np.int64)
    inside = (column >= 0) & (row >= 0) & (column < image.shape[1]) & (row < image.shape[0])
    found: Grey = np.where(inside, image[np.where(inside, row, 0), np.where(inside, column, 0)], 0)
    return found
