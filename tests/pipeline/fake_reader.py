"""A reader that needs no Tesseract, and a scan of our own making."""

import io

from PIL import Image, ImageDraw

from model.box import Box
from model.edit import Span
from model.page import Line, Reader, Reading

TEXT = "เทศบาลตําบลป่าบง\nในจังหวัดเชียงใหม่\n"
"""No heading: what a page hands on has it examined twice where the page behind it is done first."""


class FakeReader:
    """Reads the same two lines on every page; knows no places, or with `placed` wrong ones.

    `before` runs first and may raise or kill. `texts` are read in place of those lines, by the number of their page.
    """

    reader = Reader("fake", "1", (("languages", "tha"),))

    def __init__(self, before=lambda number: None, *, placed=False, texts=None):
        self.before = before
        self.texts = texts or {}
        self.placed = placed
        self.read_pages = []

    def read(self, source, number, prepared, dpi):
        self.before(number)
        self.read_pages.append(number)
        if number in self.texts:
            return (Reading.of_text(self.texts[number], self.reader, number),)
        first = TEXT.index("\n")
        nowhere = (None,) * len(TEXT)
        lines = (Line(Span(0, first), None), Line(Span(first + 1, len(TEXT) - 1), None))
        places = tuple(
            None if letter.isspace() else Box(10 + i, 10, 11 + i, 20) for i, letter in enumerate(TEXT)
        )
        boxes = places if self.placed else nowhere
        return (Reading(number, self.reader, TEXT, lines, boxes, (0.9,) * len(TEXT), nowhere),)


def page_image(number):
    image = Image.new("L", (620, 877), 250)
    draw = ImageDraw.Draw(image)
    for row, words in enumerate((f"Page {number} lorem ipsum", "dolor sit amet", "lorem ipsum dolor")):
        draw.text((60, 60 + 40 * row), words, fill=10)
    return image


def scan_pdf() -> bytes:
    """A PDF of three scanned pages."""
    pages = [page_image(number) for number in (1, 2, 3)]
    data = io.BytesIO()
    pages[0].save(data, "PDF", save_all=True, append_images=pages[1:], resolution=75)
    return data.getvalue()
