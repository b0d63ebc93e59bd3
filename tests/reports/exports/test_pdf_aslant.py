"""Lines of a stamp in the searchable PDF: printed aslant, downwards, or so that one begins where another ends."""

import math
from dataclasses import replace
from functools import lru_cache

import pypdfium2
import pytest

from model.box import Box
from model.page import Page
from reports.laid_out import laid_out
from reports.searchable.aslant import STRAIGHT, line_frame
from tests.reports.exports.test_pdf import PROSE, READERS, lines, made
from tests.reports.made_pages import blank_pdf, corrected, edition, page

STAMP = "องค์การบริหารส่วนตำบลห้วยสัก\nเลขรับที่ ๑๒๓๔/๒๕๖๘\nวันที่ ๒๔ มิถุนายน ๒๕๖๘\nเวลา ๐๙.๓๐ น.\tผู้รับ\nซอย 4"
TEXT = f"{PROSE}\n{STAMP}"
MIDDLE = (620, 1100)  # pixels of the page image
ANGLES = [3.0, -5.0, 12.0, -18.0, 30.0, -45.0, 90.0, -90.0]


def stamped(degrees: float) -> Page:
    """A page with a stamp that is turned by so many degrees clockwise."""
    read = page(TEXT)
    cosine, sine = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    boxes = list(read.reading.boxes)
    top = 100 + 44 * (PROSE.count("\n") + 1)
    for at in range(len(PROSE) + 1, len(TEXT)):
        box = boxes[at]
        if box is None:
            continue
        x, y = (box.left + box.right) / 2 - 300, (box.top + box.bottom) / 2 - top - 100
        across, down = (
            abs(box.width * cosine) + abs(box.height * sine), abs(box.width * sine) + abs(box.height * cosine),
        )  # fmt: skip
        left = MIDDLE[0] + cosine * x - sine * y - across / 2
        high = MIDDLE[1] + sine * x + cosine * y - down / 2
        boxes[at] = Box(round(left), round(high), round(left + across), round(high + down))
    return replace(read, readings=(replace(read.reading, boxes=tuple(boxes)),))


@lru_cache
def stamped_pdf(degrees: float) -> bytes:
    read = stamped(degrees)
    return made(edition(blank_pdf([read]), "pdf", [corrected(read)]))


@pytest.mark.parametrize("extract", READERS, ids=lambda one: one.__name__)
@pytest.mark.parametrize("degrees", ANGLES)
def test_lines_aslant_are_extracted_like_level_ones(extract, degrees) -> None:
    (seen,) = extract(stamped_pdf(degrees))
    found = [" ".join(line.split()) for line in seen.split("\n")]
    parts = [part for line in TEXT.split("\n") for part in lines(line.replace("\t", "\n"))]
    text = "\n".join(found)
    assert [
        part for part in parts if part not in found and f"{part} " not in text and f" {part}" not in text
    ] == []


@pytest.mark.parametrize("degrees", [3.0, -5.0, 12.0, -18.0])
def test_what_is_selected_of_a_line_aslant_lies_on_its_letters(degrees) -> None:
    read = stamped(degrees)
    scale = read.dpi / 72
    with pypdfium2.PdfDocument(stamped_pdf(degrees)) as opened:
        text = opened[0].get_textpage()
        height = opened[0].get_height()
        first = text.get_text_range().index("องค์การบริหารส่วนตำบลห้วยสัก")
        for offset in (0, len("องค์การบริหารส่วนตำบลห้วย")):
            left, bottom, right, top = text.get_charbox(first + offset)
            box = read.reading.boxes[len(PROSE) + 1 + offset]
            assert box is not None
            assert abs((left + right) / 2 * scale - (box.left + box.right) / 2) < 20
            assert abs((height - (top + bottom) / 2) * scale - (box.top + box.bottom) / 2) < 20


def test_a_level_line_is_not_taken_for_one_aslant() -> None:
    read = page(PROSE)
    found = edition(blank_pdf([read]), "pdf", [corrected(read)])
    for line in next(iter(laid_out(found))).lines:
        assert line_frame(line, read).turn is STRAIGHT


@pytest.mark.parametrize("extract", READERS, ids=lambda one: one.__name__)
@pytest.mark.parametrize(("over", "down"), [(4, 0), (-20, 10), (10, -12)])
def test_a_line_that_begins_where_another_ends_is_no_part_of_its_last_word(extract, over, down) -> None:
    """As a reader leaves the lines of a stamp that it has cut wrongly."""
    first, second = "คณะวิทยาศาสตร์น", "ละเทคโนโลยี"
    read = page(f"{first}\n{second}\nข้อความปกติ")
    boxes = list(read.reading.boxes)
    end, start = boxes[len(first) - 1], boxes[len(first) + 1]
    assert end
    assert start
    across, up = end.right + over - start.left, start.top - end.top - down
    for at in range(len(first) + 1, len(first) + 1 + len(second)):
        box = boxes[at]
        if box:
            boxes[at] = Box(box.left + across, box.top - up, box.right + across, box.bottom - up)
    met = replace(read, readings=(replace(read.reading, boxes=tuple(boxes)),))
    (seen,) = extract(made(edition(blank_pdf([met]), "pdf", [corrected(met)])))
    assert {first, second} <= set(seen.split())
