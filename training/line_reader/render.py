"""A training line: set in a font, overlaid, damaged as scans are, and cut as the reader cuts lines from a page."""

from __future__ import annotations

import random
import re

import cv2
import numpy as np

from ocr.line_reader.geometry import HEIGHT, NARROWING, OUTLINE_BASELINE, OUTLINE_HEIGHT, as_input
from training.line_reader.damage import KINDS as DAMAGES
from training.line_reader.damage import damaged
from training.line_reader.fonts import Face
from training.line_reader.overlays import Neighbours, cell, nothing, rules, strokes
from training.line_reader.texts import TextSample
from training.line_reader.typeset import Image8, SetLine, typeset

_TALL = re.compile(r"[0-9A-Z .,:;/()%+–—-]+")
"""Texts that have nothing of a consonant's height: the reader takes their own height for it, in part."""


_FEW = 5
"""So few letters do not tell the reader how high letters are: it takes their height within some limits."""


class Renderer:
    """Draws training lines. It keeps some of the lines it drew, to put their ink above and below the next ones."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self._numpy = np.random.default_rng(seed)
        self._neighbours = Neighbours()

    def line(self, sample: TextSample, face: Face, damage: str = "", latin: Face | None = None) -> Image8:
        """The input for the model: `HEIGHT` rows, ink 255 on 0.

        `damage` is drawn where none is named; `latin` is a face that some lines have their Latin words in.
        """
        draw = self._random
        names, weights = zip(*DAMAGES, strict=True)
        damage = damage or draw.choices(names, weights)[0]
        letter = draw.choice(
            (
                draw.uniform(7, 10),
                draw.uniform(9, 14),
                draw.uniform(9, 14),
                draw.uniform(13, 20),
                draw.uniform(17, 26),
            )
        )
        if sample.kind == "nothing":
            line = nothing(letter, draw, self._numpy)
            self._neighbours.add(line, draw, keep=False)
        else:
            line = typeset(sample.text, face, letter, draw, latin if draw.random() < 0.35 else None)
            self._neighbours.add(line, draw)
            rules(line, draw)
            cell(line, draw, 0.3 if sample.kind == "cell" else 0.04)
            if draw.random() < 0.05:
                strokes(line, draw, 0.7)
        grey = damaged(line.canvas, letter, damage, self._neighbours, draw, self._numpy)
        return as_input(self._cut(grey, line, self._height(sample.text)))

    def _height(self, text: str) -> float:
        """The height that the reader takes for a consonant's, in letter heights."""
        draw = self._random
        if text and (len(text) < _FEW or _TALL.fullmatch(text)) and draw.random() < 0.6:
            return draw.uniform(0.85, 1.3)
        return draw.gauss(1, 0.04 if draw.random() < 0.75 else 0.1)

    def _cut(self, grey: Image8, line: SetLine, height: float) -> Image8:
        """The line as the reader would cut it, with the errors that it makes in finding baseline and letter height."""
        draw, letter = self._random, line.letter
        scale_y = OUTLINE_HEIGHT / letter / height
        scale_x = scale_y * NARROWING * draw.gauss(1, 0.05)
        start = line.left - letter * draw.uniform(0, 1.0)
        end = line.right + letter * draw.uniform(0, 1.0)
        width = max(8, round((end - start) * scale_x))
        lean = draw.gauss(0, 0.06) if draw.random() < 0.4 else 0.0
        slope = draw.gauss(0, 0.006) if draw.random() < 0.4 else 0.0
        base = OUTLINE_BASELINE + draw.gauss(0, 0.6 if draw.random() < 0.75 else 1.6)
        if scale_y < 0.75:  # area averaging, which the reader does too; warping would alias
            small = cv2.resize(grey, None, fx=scale_x, fy=scale_y, interpolation=cv2.INTER_AREA)
            start, baseline_at, scale_x, scale_y = start * scale_x, line.baseline * scale_y, 1.0, 1.0
        else:
            small, baseline_at = grey, float(line.baseline)
        shift_x = -scale_x * start + lean * base
        shift_y = base - scale_y * baseline_at
        matrix = np.array(
            [[scale_x, -lean, shift_x], [slope, scale_y, shift_y - slope * width / 2 / max(scale_x, 1e-3)]]
        )
        return cv2.warpAffine(
            small, matrix, (width, HEIGHT), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
        ).astype(np.uint8)
