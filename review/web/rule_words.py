"""What the rules and their evidence say, in Thai. In English they speak for themselves."""

from __future__ import annotations

from collections.abc import Mapping

from correction.catalogue import every_rule
from model.addition import DOUBTFUL, ILLEGIBLE, TEXT

OWN_TEXT: Mapping[str, str] = {
    TEXT: "ข้อความที่คนเขียน",
    ILLEGIBLE: "อ่านไม่ออก",
    DOUBTFUL: "มีผู้สงสัย ขอให้ตรวจอีกครั้ง",
}
"""By the code of what people add themselves, which is no rule of the catalogue."""

EVIDENCE: Mapping[str, str] = {
    "gazetteer": "ทะเบียนสถานที่",
    "confusions": "การสับสนของตัวอ่าน",
    "margin": "ระยะห่างจากอันดับถัดไป",
    "agreement": "ความสอดคล้อง",
    "postcodes": "รหัสไปรษณีย์",
    "language model": "แบบจำลองภาษา",
    "network": "โครงข่ายตรวจทาน",
    "lexicon": "พจนานุกรม",
    "image": "ภาพ",
    "second reader": "ตัวอ่านที่สอง",
    "line reader": "ตัวอ่านบรรทัด",
    "tesseract": "Tesseract",
    "calendar": "ปฏิทิน",
    "months": "ชื่อเดือน",
    "weekdays": "ชื่อวัน",
    "digits": "ตัวเลข",
    "words": "ตัวหนังสือ",
    "number": "จำนวน",
    "usage": "หลักเกณฑ์การเว้นวรรคของสำนักงานราชบัณฑิตยสภา",
}
"""By the source that the evidence names."""


def thai_words() -> dict[str, str]:
    """All of it, as the page asks for it."""
    said = dict(OWN_TEXT) | {rule.code: rule.message_th for rule in every_rule()}
    rules = {f"rule_{code}": text for code, text in said.items()}
    return rules | {f"evidence_{source}": text for source, text in EVIDENCE.items()}
