"""The recorded pages, see `tests/ocr/record.py`."""

from pathlib import Path

from model.page import Preparation, Quality
from ocr.image.prepare import Prepared, decode
from ocr.tesseract.hocr import parse_hocr

FOLDER = Path(__file__).parent / "recorded"
NAMES = ("notice", "prose", "spoilt")
GOOD = Quality(x_height=20, contrast=0.9, noise=0, sharpness=0.3, ink=0.05, blank=False)


def png(name):
    return (FOLDER / f"{name}.png").read_bytes()


def image(name):
    return decode(png(name))


def text(name):
    return (FOLDER / f"{name}.txt").read_bytes().decode()


def hocr(name):
    return (FOLDER / f"{name}.hocr").read_text(encoding="utf-8")


def lines(name):
    return parse_hocr(hocr(name))


def as_it_is(pixels, preparation=None):
    """An image as it would come out of `prepare` untouched."""
    height, width = pixels.shape
    return Prepared(pixels, GOOD, preparation or Preparation(), width, height)
