"""A page drawn without any font: rows of hollow boxes of letter size, and the reading that has them all."""

from __future__ import annotations

import cv2
import numpy as np

from model.box import Box
from model.edit import Span
from model.page import Line, Preparation, Quality, Reader, Reading
from ocr.accounting.account import account
from ocr.image.prepare import Prepared

HIGH, WIDE, STEP, PITCH = 28, 20, 30, 80
LEFT, TOP = 100, 120
ROWS = ("กขคง จฉชซ ฌญฎฏ", "ฐฑฒณ ดตถท ธนบป", "ผฝพฟ ภมยร ลวศษ", "สหฬอ ฮกขค งจฉช")


class Sheet:
    """A page of rows of signs of letter size, drawn as hollow boxes, and the reading that has them all."""

    def __init__(self, rows=ROWS):
        self.image = np.full((700, 900), 245, np.uint8)
        self.text = "".join(row + "\n" for row in rows)
        self.boxes: list[Box | None] = []
        for number, row in enumerate(rows):
            for place, sign in enumerate(row):
                left, top = LEFT + STEP * place, TOP + PITCH * number
                box = None if sign == " " else Box(left, top, left + WIDE, top + HIGH)
                self.boxes.append(box)
                if box is not None:
                    self.draw(box)
            self.boxes.append(None)

    def draw(self, box, shade=20):
        cv2.rectangle(self.image, (box.left, box.top), (box.right - 1, box.bottom - 1), shade, 4)

    def letter(self, at):
        """The box of a code point that is a letter."""
        box = self.boxes[at]
        assert box is not None
        return box

    def fill(self, box, shade):
        self.image[box.top : box.bottom, box.left : box.right] = shade

    def box(self, letters):
        """Around letters of the text, with a margin."""
        start = self.text.index(letters)
        boxes = [box for box in self.boxes[start : start + len(letters)] if box is not None]
        return Box(boxes[0].left - 6, boxes[0].top - 6, boxes[-1].right + 6, boxes[-1].bottom + 6)

    def without(self, letters):
        """The reading that has lost some letters."""
        start = self.text.index(letters)
        end = start + len(letters)
        return reading(self.text[:start] + self.text[end:], self.boxes[:start] + self.boxes[end:])

    def with_more(self, after, letters, boxes):
        """The reading that has more letters than the page."""
        at = self.text.index(after) + len(after)
        return reading(self.text[:at] + letters + self.text[at:], self.boxes[:at] + boxes + self.boxes[at:])

    @property
    def reading(self):
        return reading(self.text, self.boxes)

    @property
    def prepared(self):
        height, width = self.image.shape
        quality = Quality(float(HIGH), 0.9, 0.0, 1.0, 0.1, False)
        return Prepared(self.image, quality, Preparation(), width=width, height=height)

    def account(self, of=None):
        return account(self.prepared, of or self.reading)


def reading(text, boxes):
    starts = [0, *(at + 1 for at, sign in enumerate(text) if sign == "\n")]
    lines = tuple(Line(Span(start, text.index("\n", start)), None) for start in starts if start < len(text))
    nothing = (None,) * len(text)
    return Reading(1, Reader("made", "1"), text, lines, tuple(boxes), nothing, nothing)
