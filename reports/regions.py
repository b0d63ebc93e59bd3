"""The regions of a page as a picture of it shows them: what each is, in Thai and English, and where, in per cent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from model.geometry import to_upright, upright_size
from model.page import Page
from model.region import Region, RegionKind
from reports.evidence_text import Language

WORDS: dict[RegionKind, tuple[str, str]] = {
    RegionKind.TEXT: ("ข้อความ", "text"),
    RegionKind.HEADING: ("หัวเรื่อง", "heading"),
    RegionKind.LIST: ("รายการ", "list"),
    RegionKind.TABLE: ("ตาราง", "table"),
    RegionKind.CELL: ("ช่องตาราง", "cell"),
    RegionKind.FORM_FIELD: ("ช่องกรอก", "form field"),
    RegionKind.LEADER: ("เส้นประให้กรอก", "leader"),
    RegionKind.CHECK_BOX: ("ช่องกาเครื่องหมาย", "check box"),
    RegionKind.PICTURE: ("ภาพ", "picture"),
    RegionKind.FORMULA: ("สูตร", "formula"),
    RegionKind.STAMP: ("ตรายาง", "stamp"),
    RegionKind.SEAL: ("ตราสัญลักษณ์", "seal"),
    RegionKind.SIGNATURE: ("ลายมือชื่อ", "signature"),
    RegionKind.HANDWRITING: ("ลายมือเขียน", "handwriting"),
    RegionKind.HEADER: ("หัวกระดาษ", "header"),
    RegionKind.FOOTER: ("ท้ายกระดาษ", "footer"),
    RegionKind.FOOTNOTE: ("เชิงอรรถ", "footnote"),
    RegionKind.PAGE_NUMBER: ("เลขหน้า", "page number"),
    RegionKind.MARGIN: ("บันทึกข้างหน้า", "margin note"),
    RegionKind.FRAME: ("กรอบ", "frame"),
    RegionKind.WATERMARK: ("ลายน้ำ", "watermark"),
    RegionKind.SEPARATOR: ("เส้นคั่น", "separator"),
}
"""What people call each kind of region."""


@dataclass(frozen=True, slots=True)
class RegionMark:
    """A region on the upright page: `left`, `top`, `width`, `height` in per cent of it. `thai` and `english` say what
    it is; `start` and `end` are the stretch of the base reading that is its text, None where it has none."""

    kind: str
    thai: str
    english: str
    left: float
    top: float
    width: float
    height: float
    start: int | None = None
    end: int | None = None


def region_marks(page: Page, regions: Sequence[Region]) -> tuple[RegionMark, ...]:
    """Where regions of a page lie, in their order; of a table the whole, without its cells."""
    wide, high = upright_size(page.preparation, page.width, page.height)
    found = []
    for region in regions:
        box = to_upright(region.box, page.preparation, page.width, page.height)
        left, top = max(0, box.left), max(0, box.top)
        right, bottom = min(wide, box.right), min(high, box.bottom)
        if right <= left or bottom <= top:
            continue
        thai, english = WORDS[region.kind]
        span = region.span
        found.append(
            RegionMark(
                region.kind.value,
                thai,
                english,
                round(100 * left / wide, 2),
                round(100 * top / high, 2),
                round(100 * (right - left) / wide, 2),
                round(100 * (bottom - top) / high, 2),
                None if span is None else span.start,
                None if span is None else span.end,
            )
        )
    return tuple(found)


def counts(marks: Sequence[RegionMark], language: Language = "en") -> str:
    """How many regions there are of each kind, in words: "3 text, 1 table"."""
    kinds = Counter(one.english if language == "en" else one.thai for one in marks)
    return ", ".join(f"{count} {kind}" for kind, count in kinds.items())
