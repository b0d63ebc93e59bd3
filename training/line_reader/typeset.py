"""A text set in a font: darkness on a canvas with room for what stands around a line."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from training.line_reader.fonts import BOXES, BULLET, DRAWN, Face

Image8 = NDArray[np.uint8]
Ink = NDArray[np.floating[Any]]

ABOVE, BELOW, SIDE = 4.2, 3.2, 2.0
"""Canvas around the text in letter heights: room for the neighbouring lines."""

_LATIN = re.compile(r"([A-Za-z][A-Za-z0-9 .,&/@_:-]*[A-Za-z0-9.]|[A-Za-z])")

_ATTACHED = frozenset("ัิีึืฺุู็่้๊๋์ํ๎ำ")


@dataclass(slots=True)
class SetLine:
    """Darkness (0 to 1) of a text on a canvas, its baseline row, the columns where it begins and ends, and the
    height of a plain consonant in pixels."""

    canvas: Ink
    baseline: int
    left: int
    right: int
    letter: float


def typeset(text: str, face: Face, letter: float, draw: random.Random, latin: Face | None = None) -> SetLine:
    """Sets a text, letter-spaced, condensed, widened, bold or worn now and then; Latin words in `latin`, if given."""
    spaced = draw.random()
    if spaced < 0.08:
        pieces, gap = _clusters(text), draw.uniform(0.02, 0.5) * letter
    elif spaced < 0.5:
        pieces, gap = text.split(" "), draw.uniform(0.35, 1.6) * letter
    else:
        pieces, gap = [text], 0.0
    font = face.at(letter)
    other = font if latin is None else latin.at(letter * draw.uniform(0.95, 1.3))
    drawn_bullets = draw.random() < 0.6
    runs: list[_GlyphRun] = []
    for number, piece in enumerate(pieces):
        for part in _parts(piece, drawn_bullets=drawn_bullets, latin=latin is not None):
            used = other if latin is not None and _LATIN.fullmatch(part) else font
            drawn = part in BOXES or (part == BULLET and drawn_bullets)
            runs.append(_GlyphRun(part, used, letter * draw.uniform(0.95, 1.35) if drawn else 0.0, 0.0))
        if runs and number + 1 < len(pieces):
            runs[-1].after = gap
    left = round(SIDE * letter)
    width = round(sum(run.width + run.after for run in runs)) + 2 * left
    baseline = round(ABOVE * letter)
    image = Image.new("L", (width, baseline + round(BELOW * letter)), 0)
    pen = ImageDraw.Draw(image)
    at = float(left)
    for run in runs:
        if run.side and run.text == BULLET:
            _bullet(pen, at, baseline, run.side, draw)
        elif run.side:
            _box(pen, at, baseline, run.side * 0.8, ticked=run.text == "☑", draw=draw)
        else:
            pen.text((at, baseline), run.text, font=run.font, fill=255, anchor="ls")
        at += run.width + run.after
    canvas: Ink = np.asarray(image, dtype=np.float32) / 255
    canvas, right = _stretched(canvas, left, round(at), draw)
    if draw.random() < 0.16 and letter > 12:
        kernel = np.ones(draw.choice(((2, 2), (1, 2), (1, 2))), np.uint8)
        change = cv2.dilate if draw.random() < 0.65 else cv2.erode
        canvas = np.asarray(change(canvas, kernel), np.float32)
    return SetLine(canvas, baseline, left, right, letter)


@dataclass(slots=True)
class _GlyphRun:
    """A stretch of a line in one font, or a drawn sign with its `side` in pixels; `after`: the gap behind it."""

    text: str
    font: ImageFont.FreeTypeFont
    side: float
    after: float

    @property
    def width(self) -> float:
        return self.side or float(self.font.getlength(self.text))


def _parts(piece: str, *, drawn_bullets: bool, latin: bool) -> list[str]:
    """A piece cut where the font changes or a sign is drawn."""
    signs = DRAWN if drawn_bullets else BOXES
    cut = [part for part in re.split(f"([{signs}])", piece) if part]
    if latin:
        cut = [part for whole in cut for part in _LATIN.split(whole) if part]
    return cut


def _bullet(pen: ImageDraw.ImageDraw, at: float, baseline: int, side: float, draw: random.Random) -> None:
    """A disc, a ring, a square, a rhomb or an arrowhead before an item."""
    size = side * draw.uniform(0.3, 0.6)
    x, y = at + side * 0.45, baseline - side * draw.uniform(0.3, 0.5)
    around = (x - size / 2, y - size / 2, x + size / 2, y + size / 2)
    rhomb = [(x, around[1]), (around[2], y), (x, around[3]), (around[0], y)]
    kind = draw.randrange(5)
    if kind == 0:
        pen.ellipse(around, outline=255, width=max(1, round(size * 0.15)))
    elif kind == 1:
        pen.rectangle(around, fill=255)
    elif kind == 2:
        pen.polygon(rhomb, fill=255)
    elif kind == 3:
        pen.polygon([around[:2], (around[2], y), (around[0], around[3])], fill=255)
    else:
        pen.ellipse(around, fill=255)


def _stretched(canvas: Ink, left: int, right: int, draw: random.Random) -> tuple[Ink, int]:
    """Condensed or widened type: the text's columns narrower or wider, its sides as they were."""
    if draw.random() > 0.14 or right - left < 8:
        return canvas, right
    factor = draw.uniform(0.68, 0.95) if draw.random() < 0.7 else draw.uniform(1.05, 1.3)
    middle = np.ascontiguousarray(canvas[:, left:right])
    narrow = cv2.resize(middle, None, fx=factor, fy=1.0, interpolation=cv2.INTER_AREA)
    made = np.concatenate((canvas[:, :left], narrow, canvas[:, right:]), axis=1)
    return np.asarray(made, np.float32), left + narrow.shape[1]


def _box(
    pen: ImageDraw.ImageDraw, at: float, baseline: int, side: float, *, ticked: bool, draw: random.Random
) -> None:
    """A box to tick, and the tick in it."""
    line = max(1, round(side * draw.uniform(0.05, 0.12)))
    foot = baseline + side * draw.uniform(-0.05, 0.15)
    left, top = at + side * 0.1, foot - side
    pen.rectangle((left, top, left + side, foot), outline=255, width=line)
    if not ticked:
        return
    if draw.random() < 0.5:
        points = ((0.15, 0.5), (0.42, 0.85), (draw.uniform(0.85, 1.2), draw.uniform(-0.2, 0.15)))
        pen.line([(left + x * side, top + y * side) for x, y in points], fill=255, width=line + 1)
    else:
        for start, end in (((0.1, 0.1), (0.9, 0.9)), ((0.9, 0.1), (0.1, 0.9))):
            pen.line([(left + x * side, top + y * side) for x, y in (start, end)], fill=255, width=line + 1)


def _clusters(text: str) -> list[str]:
    """Letters with the marks that stand on them, for letter-spaced lines."""
    made: list[str] = []
    for letter in text:
        if made and letter in _ATTACHED:
            made[-1] += letter
        else:
            made.append(letter)
    return made
