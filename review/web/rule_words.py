"""What the rules say, in Thai. In English they speak for themselves."""

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


def thai_words() -> dict[str, str]:
    """All of it, as the page asks for it."""
    said = dict(OWN_TEXT) | {rule.code: rule.message_th for rule in every_rule()}
    return {f"rule_{code}": text for code, text in said.items()}
