"""Numbers as they stand in a text: runs of digits with the signs inside them."""

from __future__ import annotations

import re
from collections.abc import Iterator

THAI_DIGITS = "\u0e50-\u0e59"  # as a range of a regular expression's set
DIGIT = f"[0-9{THAI_DIGITS}]"

UNITS = (
    "คน", "บัตร", "บาท", "คะแนน", "ใบ", "เสียง", "แห่ง", "ไร่", "ครัวเรือน", "หมู่บ้าน", "ราย", "วัน", "ปี", "เดือน", "หลัง",
    "ฉบับ", "ชุด", "เล่ม", "ครั้ง", "งวด", "คัน", "เครื่อง", "ตำบล", "อำเภอ", "แปลง", "ตัว", "หน่วย", "ชั่วโมง", "นาที",
    "กิโลเมตร", "เมตร", "ตารางเมตร", "ตารางวา", "กิโลกรัม", "ตัน", "ลิตร", "โครงการ", "รายการ", "แผ่น", "หน้า", "ต้น", "ข้อ",
)  # fmt: skip
"""What is counted in papers: behind it stands no other number, before it one."""

# One number is written without a space: ๑๕๑,๗๑๒  ๒.๓  ๐-๕๓๓๓-๑๒๓๔  ๓/๒๕๖๙
# and with one letter inside that is a misread digit: ๒,ฒ๕๒
_NUMBER = re.compile(f"{DIGIT}+(?:[.,/:–-]?[\u0e01-\u0e2e@%]?[.,/:–-]?{DIGIT}+)*")
_THAI = re.compile(f"[{THAI_DIGITS}]")
_TO_ARABIC = {ord("๐") + n: str(n) for n in range(10)}
_TO_THAI = {ord("0") + n: chr(ord("๐") + n) for n in range(10)}


def arabic(text: str) -> str:
    """The text with Thai digits as Arabic ones."""
    return text.translate(_TO_ARABIC)


def value_of(figure: str) -> float:
    """What a figure says: digits of either kind, with commas between thousands and a point or none."""
    return float(arabic(figure).replace(",", ""))


def thai(text: str) -> str:
    """The text with Arabic digits as Thai ones."""
    return text.translate(_TO_THAI)


def thai_numbers(text: str) -> Iterator[tuple[int, int]]:
    """The numbers that hold a Thai digit, as (start, end), in order of place."""
    for match in _NUMBER.finditer(text):
        if _THAI.search(text, *match.span()):
            yield match.span()


def read_by_guess(text: str, reader: str) -> bool:
    """True for Thai digits that Tesseract has read: they are doubted one by one already, nothing follows from them."""
    return reader == "tesseract" and _THAI.search(text) is not None
