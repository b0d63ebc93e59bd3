"""What leaves in a form and is imported again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from model.box import Box, box_around
from model.edit import Span
from model.mark import Mark, MarkKind
from model.page import Page, Reading
from model.publication import Edition
from ocr.imported.formats import parse
from ocr.imported.reader import page_reading
from reports.export_format import export_format
from reports.laid_out import laid_out
from tests.reports.made_pages import READER, blank_pdf, corrected, edition, page

TEXT = """ประกาศเทศบาลตำบลหวยสัก เรื่อง แผนพัฒนาท้องถิ่น (พ.ศ. ๒๕๖๖ - ๒๕๗๐)

  ที่\tจังหวัด\t\tจำนวน
๑\tกระบี่\t<๓> & "๔"  \t๑. อำเภอเมืองกระบี่
น้ำใจ  ผู้ใหญ่บ้าน\u00a0และ 'กำนัน'
"""
TABLE = "รวม\t๗๗\nหมายเหตุ\nข้อความ ที่ยาว กว่า\t"


IN_PICTURE = "แผนที่ <๑>\nเขต & ตำบล"
PICTURED = Mark(MarkKind.PICTURE, Span(0, 1), Box(10, 20, 300, 200), IN_PICTURE)
UNREAD = Mark(MarkKind.PICTURE, Span(0, 1), None)


def document() -> Edition:
    """Two pages: blanks, TABs, empty lines, XML's own characters, corrections that part and join lines, pictures."""
    read = page(TEXT)
    read = replace(read, readings=(replace(read.reading, marks=(PICTURED, UNREAD)),))
    first = corrected(read, ("หวยสัก", "ห้วยสัก"), ("น้ำใจ", "น้ำ\nใจ"))
    second = corrected(page(TABLE, 2), ("\nหมายเหตุ", "หมายเหตุ"))
    return edition(blank_pdf([first.page, second.page]), "pdf", [first, second])


def exported(name: str, found: Edition) -> bytes:
    """The file of a format."""
    parts = (
        part.encode("utf-8") if isinstance(part, str) else part for part in export_format(name).of(found)
    )
    return b"".join(parts)


def imported(data: bytes, pages: list[Page]) -> tuple[str, list[Reading]]:
    """The form that the file is found to have, and its pages read for these page images."""
    form, file = parse(data, "file")
    assert len(file.pages) == len(pages)
    return form, [
        page_reading(one.number, READER, content, one.width, one.height)
        for one, content in zip(pages, file.pages, strict=True)
    ]


def word_boxes(text: str, boxes: tuple[Box | None, ...]) -> list[tuple[str, Box | None]]:
    """The words of a text with what is around their characters."""
    found, start = [], 0
    for at, character in enumerate(text + "\n"):
        if character in " \t\n":
            if at > start:
                found.append((text[start:at], box_around(boxes[start:at])))
            start = at + 1
    return found


def comes_back(name: str, form: str) -> None:
    """Holds that what leaves as `name` is known to be of that form, and comes back with text, boxes and confidences."""
    found = document()
    pages = [one.page for one in found.published.values()]
    known_as, readings = imported(exported(name, found), pages)
    assert known_as == form
    for reading, page_laid in zip(readings, laid_out(found), strict=True):
        assert reading.text == page_laid.source.text
        assert [line.box for line in reading.lines] == [line.box for line in page_laid.lines]
        assert word_boxes(reading.text, reading.boxes) == [
            (word.text, word.box) for line in page_laid.lines for word in line.words if not word.is_space
        ]
        known = [value for value in reading.confidences if value is not None]
        assert known == pytest.approx([0.9] * len(known))
