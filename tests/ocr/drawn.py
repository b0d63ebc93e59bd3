"""Page images drawn on the spot: letters of a Thai font, rules, dots and boxes where a test wants them."""

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from tests.ocr import thai_pdf

DPI = 300


class Drawing:
    """A white page at 300 dpi, A4 unless said otherwise."""

    def __init__(self, width=2480, height=3508, font="Laksaman", size=64):
        self.image = Image.new("L", (width, height), 255)
        self._pen = ImageDraw.Draw(self.image)
        self._font = ImageFont.truetype(str(thai_pdf.font_path(font)), size)
        self._small = ImageFont.truetype(str(thai_pdf.font_path(font)), round(0.6 * size))

    @property
    def pixels(self):
        return np.asarray(self.image, np.uint8)

    def text(self, x, y, words, fill=0):
        """Words with their left end and baseline there."""
        self._pen.text((x, y), words, font=self._font, fill=fill, anchor="ls")
        return self

    def small_text(self, x, y, words):
        """Words in letters of six tenths of the size."""
        self._pen.text((x, y), words, font=self._small, fill=0, anchor="ls")
        return self

    def width_of(self, words):
        """Pixels that words take."""
        return round(self._font.getlength(words))

    def prose(self, x=300, y=300, lines=6, step=110):
        """Lines of running text, so that the page has a letter height."""
        for number in range(lines):
            self.text(x, y + number * step, "เทศบาลตำบลกำแพงจัดทำแผนพัฒนาท้องถิ่นเพื่อใช้เป็นกรอบ")
        return self

    def across(self, x0, x1, y, width=4, fill=0):
        self._pen.rectangle((x0, y, x1, y + width - 1), fill=fill)
        return self

    def down(self, x, y0, y1, width=4, fill=0):
        self._pen.rectangle((x, y0, x + width - 1, y1), fill=fill)
        return self

    def grid(self, xs, ys, width=4, fill=0):
        """A table with all its rules."""
        for y in ys:
            self.across(xs[0], xs[-1], y, width, fill)
        for x in xs:
            self.down(x, ys[0], ys[-1], width, fill)
        return self

    def dots(self, x0, x1, y, pitch=13, side=6):
        """A leader: dots with their feet on a baseline."""
        for x in range(x0, x1 - side + 1, pitch):
            self._pen.ellipse((x, y - side, x + side - 1, y - 1), fill=0)
        return self

    def square(self, x, y, side=44, width=4):
        """A check box with its upper left corner there."""
        self._pen.rectangle((x, y, x + side - 1, y + side - 1), outline=0, width=width)
        return self

    def line(self, *points, width=5):
        self._pen.line(points, fill=0, width=width)
        return self


def slanted(image, degrees):
    """The page turned clockwise by a small angle, as on a scanner's glass."""
    height, width = image.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), -degrees, 1)
    return cv2.warpAffine(image, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=255)
