"""A page of five lines for the proofreading station: read by two readers, its letters in boxes."""

from __future__ import annotations

from dataclasses import replace

from model.box import Box
from model.edit import Span
from model.page import Line, Page, Reader, Reading
from tests.review.web_house import WebHouse
from tests.workspace import samples
from workspace.store import recipe_key

TEXT = "ประกาศเทศบาล\nตำบลกระทู้ จังหวัดภูเกต\nพ.ศ. ๒๕๕๕\n| |\nลงชื่อ นายก"
KATHU = replace(samples.proposal(TEXT, "กระทู้", "กะทู้"), confidence=0.995)
PHUKET = replace(samples.proposal(TEXT, "ภูเกต", "ภูเก็ต"), confidence=0.99)
YEAR = samples.flag(TEXT, "๒๕๕๕")
NOISE = samples.flag(TEXT, "| |", rule="LOW001")
AS_SHOWN = ["ประกาศเทศบาล", "ตำบลกะทู้ จังหวัดภูเก็ต", "พ.ศ. ๒๕๕๕", "| |", "ลงชื่อ นายก"]


def reading(text: str, reader: Reader = samples.READER) -> Reading:
    """A reading whose lines lie below each other, 120 pixels apart, its letters 30 pixels wide."""
    boxes: list[Box | None] = []
    lines, start = [], 0
    for row, line in enumerate(text.split("\n")):
        top = 200 + 120 * row
        boxes += [None if letter.isspace() else Box(200 + 30 * i, top, 228 + 30 * i, top + 50)
                  for i, letter in enumerate(line)]  # fmt: skip
        lines.append(Line(Span(start, start + len(line)), Box(200, top, 200 + 30 * len(line), top + 50)))
        boxes.append(None)
        start += len(line) + 1
    sure = [None if box is None else 0.99 for box in boxes]
    size = len(text)
    nothing = (None,) * size
    return Reading(1, reader, text, tuple(lines), tuple(boxes[:size]), tuple(sure[:size]), nothing)


def furnished(house: WebHouse) -> WebHouse:
    """The house with a document of two pages, the first of them this one."""
    house.source(2, name="แถว.pdf")
    image = house.ws.store.put(house.image(1))
    other = TEXT.replace("นายก", "นาชก")
    readings = (reading(TEXT), reading(other, Reader("line-reader", "1")))
    page = Page(house.document, 1, image, 2480, 3508, 300.0, samples.QUALITY, readings)
    blob = house.ws.record_page(page, recipe_key(step="read", text=TEXT))
    house.examine(1, blob, samples.findings(TEXT, KATHU, PHUKET, YEAR, NOISE), run=3)
    house.read(2, "หน้าสอง", samples.findings("หน้าสอง"), run=3)
    return house
