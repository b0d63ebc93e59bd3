"""What lies on a line and is not its text: rules, boxes of cells, neighbours, stamps and strokes of a pen."""

from __future__ import annotations

import math
import random

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.line_reader.geometry import OUTLINE_HEIGHT
from training.line_reader.typeset import Image8, Ink, SetLine

_KEPT = 96
"""Lines kept to be neighbours of the next ones."""

_HEIGHT = round(OUTLINE_HEIGHT * 1.6)
"""Letter height at which they are kept."""


def rules(line: SetLine, draw: random.Random) -> None:
    """Underlines, the rules of tables, dotted lines to write on, lines struck through the foot of the letters."""
    canvas, baseline, letter = line.canvas, line.baseline, line.letter
    thick = max(1, round(letter * draw.uniform(0.04, 0.14)))
    kind = draw.random()
    first, last = (line.left, line.right) if draw.random() < 0.5 else (0, canvas.shape[1])
    if kind < 0.06:
        row = baseline + round(letter * draw.uniform(0.12, 0.65))
        _darken(canvas[row : row + thick, first:last], draw.uniform(0.5, 1))
    elif kind < 0.13:
        row = baseline + round(letter * draw.choice((draw.uniform(0.5, 1.4), -draw.uniform(1.6, 3))))
        _darken(canvas[max(row, 0) : row + thick], draw.uniform(0.4, 1))
    if draw.random() < 0.035:
        row = baseline + round(letter * draw.uniform(0.02, 0.35))
        step = max(2, round(letter * draw.uniform(0.25, 0.5)))
        for column in range(max(1, thick)):
            _darken(canvas[row : row + thick, first + column : last : step], 1.0)


def cell(line: SetLine, draw: random.Random, chance: float) -> None:
    """Vertical rules at the sides, and the box of a cell."""
    canvas, baseline, letter = line.canvas, line.baseline, line.letter
    thick = max(1, round(letter * draw.uniform(0.04, 0.14)))
    dark = draw.uniform(0.4, 1)
    for near, towards in ((line.left, -1), (line.right, 1)):
        if draw.random() < chance:
            column = near + towards * round(letter * draw.uniform(0.2, 1.6))
            _darken(canvas[:, max(column, 0) : max(column, 0) + thick], dark)
    if draw.random() < chance:
        for row in (
            baseline + round(letter * draw.uniform(0.3, 1.2)),
            baseline - round(letter * draw.uniform(1.4, 2.4)),
        ):
            _darken(canvas[row : row + thick], dark)


def strokes(line: SetLine, draw: random.Random, most: float = 1.0) -> None:
    """A pen's strokes over the line, or the ring and letters of a stamp; fainter than print, most of the time."""
    canvas, letter = line.canvas, line.letter
    layer = np.zeros(canvas.shape, np.uint8)
    rows, columns = canvas.shape
    thick = max(1, round(letter * draw.uniform(0.06, 0.2)))
    if draw.random() < 0.5:
        at, points = (draw.uniform(0, columns), draw.uniform(0, rows)), []
        for _ in range(draw.randint(3, 14)):
            at = (at[0] + draw.gauss(0.5, 2) * letter, at[1] + draw.gauss(0, 1.5) * letter)
            points.append(at)
        cv2.polylines(
            layer, [_curve(points)], isClosed=False, color=255, thickness=thick, lineType=cv2.LINE_AA
        )
    else:
        radius = letter * draw.uniform(2.5, 9)
        middle = (round(draw.uniform(0, columns)), round(rows / 2 + draw.uniform(-1, 1) * radius))
        for part in (1.0, draw.uniform(0.65, 0.9)):
            cv2.circle(layer, middle, round(radius * part), 255, thick, cv2.LINE_AA)
        for turn in np.linspace(0, 2 * math.pi, draw.randint(6, 24)):
            x, y = middle[0] + 0.85 * radius * math.cos(turn), middle[1] + 0.85 * radius * math.sin(turn)
            end = (round(x + draw.gauss(0, 0.3) * letter), round(y + draw.gauss(0, 0.3) * letter))
            cv2.line(layer, (round(x), round(y)), end, 255, thick, cv2.LINE_AA)
    np.maximum(canvas, layer.astype(np.float32) * (draw.uniform(0.15, most) / 255), out=canvas)


def nothing(letter: float, draw: random.Random, numpy: np.random.Generator) -> SetLine:
    """A line without text: paper, specks, rules, strokes, grey patches."""
    width = round(letter * draw.choice((draw.uniform(1, 4), draw.uniform(2, 20))))
    rows = round(7.4 * letter)
    line = SetLine(
        np.zeros((rows, width + round(4 * letter)), np.float32),
        round(4.2 * letter),
        round(2 * letter),
        0,
        letter,
    )
    line.right = line.left + width
    kind = draw.randrange(6)
    if kind in (0, 1):
        cell(line, draw, 0.6)
        rules(line, draw)
    if kind in (1, 2):
        for _ in range(draw.randint(1, 3)):
            strokes(line, draw)
    if kind == 3:
        at = numpy.random(line.canvas.shape) < draw.uniform(0.0005, 0.01)
        size = max(1, round(letter * draw.uniform(0.03, 0.2)))
        line.canvas = np.asarray(
            cv2.dilate(at.astype(np.float32), np.ones((size, size), np.uint8)), np.float32
        )
    if kind == 4:
        small = numpy.random((max(2, rows // 8), max(2, line.canvas.shape[1] // 8))).astype(np.float32)
        shape = (line.canvas.shape[1], rows)
        line.canvas = np.asarray(
            cv2.resize(small, shape, interpolation=cv2.INTER_CUBIC).clip(0, 1), np.float32
        )
        line.canvas *= line.canvas > draw.uniform(0.4, 0.8)
    return line


class Neighbours:
    """Lines that were drawn before, whose ink stands above, below and behind the next ones."""

    def __init__(self) -> None:
        self._kept: list[tuple[Image8, int]] = []

    def add(self, line: SetLine, draw: random.Random, *, keep: bool = True) -> None:
        """Lays ink above and below the line, some of which the cut will hold, and keeps the line as it was."""
        scale = _HEIGHT / line.letter
        bare = cv2.resize(line.canvas, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        clean = ((bare * 255).astype(np.uint8), round(line.baseline * scale))
        for side in (-1, 1):
            if not self._kept or draw.random() < 0.5:
                continue
            other, baseline = draw.choice(self._kept)
            back = line.letter / _HEIGHT * draw.choice((1.0, 1.0, draw.uniform(0.8, 1.3)))
            small = np.asarray(
                cv2.resize(other, None, fx=back, fy=back, interpolation=cv2.INTER_AREA), np.uint8
            )
            apart = draw.uniform(2.0, 2.9) if draw.random() < 0.5 else draw.uniform(2.5, 4.2)
            shift = round(side * line.letter * apart)
            _lay(line.canvas, small, line.baseline - round(baseline * back) + shift, draw.randint(-40, 20))
        if not keep:
            return
        if len(self._kept) < _KEPT:
            self._kept.append(clean)
        elif draw.random() < 0.1:
            self._kept[draw.randrange(_KEPT)] = clean

    def behind(self, shape: tuple[int, int], blur: float, draw: random.Random) -> NDArray[np.float32] | None:
        """The ink (0 to 255) of the page's other side, mirrored; None as long as there is none."""
        if not self._kept:
            return None
        other = draw.choice(self._kept)[0]
        back = cv2.resize(cv2.flip(other, 1), (shape[1], shape[0]), interpolation=cv2.INTER_LINEAR)
        return np.asarray(cv2.GaussianBlur(back, (0, 0), blur), np.float32)


def _darken(part: Ink, dark: float) -> None:
    """Ink of that darkness where there was less."""
    np.maximum(part, dark, out=part)


def _curve(points: list[tuple[float, float]]) -> NDArray[np.int32]:
    """Points rounded off to a curve (Chaikin)."""
    line = np.array(points)
    for _ in range(3):
        if len(line) < 3:
            break
        near, far = 0.75 * line[:-1] + 0.25 * line[1:], 0.25 * line[:-1] + 0.75 * line[1:]
        line = np.stack((near, far), axis=1).reshape(-1, 2)
    return line.round().astype(np.int32)


def _lay(canvas: Ink, ink: Image8, top: int, left: int) -> None:
    """Lays ink on the canvas where both have room."""
    rows, columns = canvas.shape
    y0, x0 = max(top, 0), max(left, 0)
    y1, x1 = min(top + ink.shape[0], rows), min(left + ink.shape[1], columns)
    if y1 > y0 and x1 > x0:
        part = ink[y0 - top : y1 - top, x0 - left : x1 - left].astype(np.float32) / 255
        np.maximum(canvas[y0:y1, x0:x1], part, out=canvas[y0:y1, x0:x1])
