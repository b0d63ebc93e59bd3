"""A training line: rendered in a font, damaged as scans are, and cut as the reader cuts lines from a page."""

from __future__ import annotations

import random
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from ocr.line_reader.geometry import BASELINE, HEIGHT, LETTER_HEIGHT, NARROWING, as_input
from training.line_reader.fonts import Face

Image8 = NDArray[np.uint8]
Ink = NDArray[np.floating[Any]]

_ABOVE, _BELOW, _SIDE = 4.2, 3.2, 2.0
"""Canvas around the text in letter heights: room for the neighbouring lines."""


class Renderer:
    """Draws training lines. It keeps some of the lines it drew, to put their ink above and below the next ones."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self._numpy = np.random.default_rng(seed)
        self._neighbours: list[tuple[Image8, int]] = []

    def line(self, text: str, face: Face) -> Image8:
        """The input for the model: `HEIGHT` rows, ink 255 on 0."""
        draw = self._random
        letter = draw.choice((draw.uniform(9, 14), draw.uniform(13, 20), draw.uniform(17, 26)))
        canvas, baseline, left, right = self._drawn(text, face, letter)
        self._rules(canvas, baseline, letter)
        self._add_neighbours(canvas, baseline, letter)
        grey = self._damaged(canvas, letter)
        return as_input(self._cut(grey, baseline, left, right, letter))

    def _drawn(self, text: str, face: Face, letter: float) -> tuple[Ink, int, int, int]:
        """Darkness (0 to 1) of the text on a canvas, its baseline row and the columns where it begins and ends."""
        draw = self._random
        font = face.at(letter)
        pieces = text.split(" ") if draw.random() < 0.4 else [text]
        if draw.random() < 0.08:
            pieces = _clusters(text)
            gap = draw.uniform(0.02, 0.35) * letter
        else:
            gap = draw.uniform(0.35, 1.6) * letter
        widths = [font.getlength(piece) for piece in pieces]
        left = round(_SIDE * letter)
        width = round(sum(widths) + gap * (len(pieces) - 1)) + 2 * left
        baseline = round(_ABOVE * letter)
        image = Image.new("L", (width, baseline + round(_BELOW * letter)), 0)
        pen = ImageDraw.Draw(image)
        at = float(left)
        for piece, length in zip(pieces, widths, strict=True):
            pen.text((at, baseline), piece, font=font, fill=255, anchor="ls")
            at += length + gap
        canvas: Ink = np.asarray(image, dtype=np.float32) / 255
        if draw.random() < 0.12 and letter > 13:
            kernel = np.ones((2, 2) if draw.random() < 0.6 else (1, 2), np.uint8)
            change = cv2.dilate if draw.random() < 0.6 else cv2.erode
            canvas = np.asarray(change(canvas, kernel), np.float32)
        return canvas, baseline, left, round(at - gap)

    def _rules(self, canvas: Ink, baseline: int, letter: float) -> None:
        """Underlines, the rules of tables, dotted lines to write on."""
        draw = self._random
        _rows, columns = canvas.shape
        thick = max(1, round(letter * draw.uniform(0.04, 0.12)))
        kind = draw.random()
        if kind < 0.05:
            row = baseline + round(letter * draw.uniform(0.15, 0.65))
            canvas[row : row + thick] = np.maximum(canvas[row : row + thick], draw.uniform(0.5, 1))
        elif kind < 0.11:
            row = baseline + round(letter * draw.choice((draw.uniform(0.6, 1.4), -draw.uniform(1.7, 3))))
            canvas[max(row, 0) : row + thick] = draw.uniform(0.4, 1)
        if draw.random() < 0.06:
            column = draw.choice(
                (round(letter * draw.uniform(1.2, 1.8)), columns - round(letter * draw.uniform(1.2, 1.8)))
            )
            canvas[:, column : column + thick] = draw.uniform(0.4, 1)
        if draw.random() < 0.02:
            row = baseline + round(letter * draw.uniform(0.05, 0.3))
            canvas[row : row + thick, :: max(2, round(letter * 0.3))] = 1.0

    def _add_neighbours(self, canvas: Ink, baseline: int, letter: float) -> None:
        """The ink of the lines above and below, some of which the cut will hold."""
        draw = self._random
        height = round(LETTER_HEIGHT * 1.6)
        bare = cv2.resize(canvas, None, fx=height / letter, fy=height / letter, interpolation=cv2.INTER_AREA)
        clean = (bare * 255).astype(np.uint8)
        for side in (-1, 1):
            if not self._neighbours or draw.random() < 0.35:
                continue
            other, other_baseline = draw.choice(self._neighbours)
            scale = letter / height
            small = np.asarray(
                cv2.resize(other, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8
            )
            shift = round(side * letter * draw.uniform(2.3, 4.2))
            _lay(canvas, small, baseline - round(other_baseline * scale) + shift, draw.randint(-20, 20))
        if len(self._neighbours) < 64:
            self._neighbours.append((clean, round(baseline * height / letter)))
        elif draw.random() < 0.1:
            self._neighbours[draw.randrange(64)] = (clean, round(baseline * height / letter))

    def _damaged(self, ink: Ink, letter: float) -> Image8:
        """Scanned: blurred, faded, noisy, unevenly lit, thresholded, compressed; some lines stay clean."""
        draw, numpy = self._random, self._numpy
        scale = letter / 20
        rows, columns = ink.shape
        level = draw.random()
        if level > 0.25:
            width = draw.uniform(0.25, 1.5 if level > 0.6 else 0.9) * max(scale, 0.5)
            ink = np.asarray(cv2.GaussianBlur(ink, (0, 0), width), np.float32)
        if draw.random() < 0.2:  # ink spread or worn away, as copiers do
            ink = (ink * draw.uniform(0.7, 1.9)).clip(0, 1)
        grey = 255 - ink * 255 * draw.uniform(0.55, 1.0)
        if level > 0.4:
            if draw.random() < 0.4 and self._neighbours:
                other = draw.choice(self._neighbours)[0]
                back = cv2.resize(cv2.flip(other, 1), (columns, rows), interpolation=cv2.INTER_LINEAR)
                grey -= cv2.GaussianBlur(back, (0, 0), 2 * scale).astype(np.float32) * draw.uniform(
                    0.02, 0.13
                )
            if draw.random() < 0.4:
                grey *= np.linspace(
                    1 - draw.uniform(0, 0.3), 1 - draw.uniform(0, 0.3), columns, dtype=np.float32
                )
            grey += numpy.normal(0, draw.uniform(1, 16), grey.shape).astype(np.float32)
            if draw.random() < 0.15:
                specks = numpy.random(grey.shape) < draw.uniform(0.0005, 0.006)
                grey[specks] = draw.choice((0.0, 60.0, 255.0))
        image = grey.clip(0, 255).astype(np.uint8)
        if level > 0.4 and draw.random() < 0.5:
            quality = [cv2.IMWRITE_JPEG_QUALITY, draw.randint(25, 85)]
            packed = cv2.imencode(".jpg", image, quality)[1]
            image = np.asarray(cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE), np.uint8)
        if draw.random() < 0.15:
            limit = (
                draw.uniform(90, 190)
                if draw.random() < 0.5
                else float(cv2.threshold(image, 0, 255, cv2.THRESH_OTSU)[0])
            )
            image = np.where(image > limit, 255, 0).astype(np.uint8)
        return image

    def _cut(self, grey: Image8, baseline: int, left: int, right: int, letter: float) -> Image8:
        """The line as the reader would cut it, with the errors that it makes in finding baseline and letter height."""
        draw = self._random
        scale_y = LETTER_HEIGHT / letter * draw.gauss(1, 0.05)
        scale_x = scale_y * NARROWING * draw.gauss(1, 0.06)
        start = left - letter * draw.uniform(0, 1.0)
        end = right + letter * draw.uniform(0, 1.0)
        width = max(8, round((end - start) * scale_x))
        lean = draw.gauss(0, 0.06) if draw.random() < 0.4 else 0.0
        slope = draw.gauss(0, 0.006) if draw.random() < 0.4 else 0.0
        base = BASELINE + draw.gauss(0, 0.8)
        if scale_y < 0.75:  # area averaging, which the reader does too; warping would alias
            small = cv2.resize(grey, None, fx=scale_x, fy=scale_y, interpolation=cv2.INTER_AREA)
            start, baseline_at, scale_x, scale_y = start * scale_x, baseline * scale_y, 1.0, 1.0
        else:
            small, baseline_at = grey, float(baseline)
        shift_x = -scale_x * start + lean * base
        shift_y = base - scale_y * baseline_at
        matrix = np.array(
            [[scale_x, -lean, shift_x], [slope, scale_y, shift_y - slope * width / 2 / max(scale_x, 1e-3)]]
        )
        return cv2.warpAffine(
            small, matrix, (width, HEIGHT), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
        ).astype(np.uint8)


def _lay(canvas: Ink, ink: Image8, top: int, left: int) -> None:
    """Lays ink on the canvas where both have room."""
    rows, columns = canvas.shape
    y0, x0 = max(top, 0), max(left, 0)
    y1, x1 = min(top + ink.shape[0], rows), min(left + ink.shape[1], columns)
    if y1 > y0 and x1 > x0:
        part = ink[y0 - top : y1 - top, x0 - left : x1 - left].astype(np.float32) / 255
        np.maximum(canvas[y0:y1, x0:x1], part, out=canvas[y0:y1, x0:x1])


_ATTACHED = frozenset("ัิีึืฺุู็่้๊๋์ํ๎ำ")


def _clusters(text: str) -> list[str]:
    """Letters with the marks that stand on them, for letter-spaced lines."""
    made: list[str] = []
    for letter in text:
        if made and letter in _ATTACHED:
            made[-1] += letter
        else:
            made.append(letter)
    return made
