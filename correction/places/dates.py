"""Which year a page speaks of: abolished, renamed and new units are judged by it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

_DIGITS = {ord("๐") + n: str(n) for n in range(10)}
_MONTHS = (
    "มกราคม|กุมภาพันธ์|มีนาคม|เมษายน|พฤษภาคม|มิถุนายน|กรกฎาคม|สิงหาคม|กันยายน|ตุลาคม|พฤศจิกายน|ธันวาคม|"
    r"ม\.ค\.|ก\.พ\.|มี\.ค\.|เม\.ย\.|พ\.ค\.|มิ\.ย\.|ก\.ค\.|ส\.ค\.|ก\.ย\.|ต\.ค\.|พ\.ย\.|ธ\.ค\."
)
_YEAR = re.compile(rf"(?:พ\.\s?ศ\.|พุทธศักราช|ปีงบประมาณ|ประจำปี|ปี|{_MONTHS})\s*([0-9๐-๙]{{4}})(?![0-9๐-๙])")
# A law is cited with the year it was made in, which says nothing about the page.
_LAW = re.compile(
    r"(?:พระราชบัญญัติ|พ\.\s?ร\.\s?บ\.|พระราชกำหนด|พระราชกฤษฎีกา|พ\.\s?ร\.\s?ก\.|ประมวล|กฎกระทรวง|ระเบียบ|รัฐธรรมนูญ|ข้อบังคับ)"
    r"[^\n]{0,120}$"
)
_HEAD = 300
_FIRST, _LAST = 2400, 2700
BUDDHIST = 543
"""What the Buddhist year is ahead of the Christian."""


@dataclass(frozen=True, slots=True)
class Years:
    """The years that a page names, Christian: the one it names most often (the later of equals), the latest, and
    whether the page says it at its head or more than once; else it may be when something was founded."""

    main: int
    latest: int
    sure: bool


def years_of(text: str) -> Years | None:
    """The years of a text, or None when it names none. Thai and Arabic digits, Buddhist era."""
    found: Counter[int] = Counter()
    at_head = False
    for match in _YEAR.finditer(text):
        cited = match.group().startswith("พ") and _LAW.search(
            text, max(match.start() - 140, 0), match.start()
        )
        year = int(match.group(1).translate(_DIGITS))
        if not cited and _FIRST <= year <= _LAST:
            found[year - BUDDHIST] += 1
            at_head = at_head or match.start() < _HEAD
    if not found:
        return None
    main = max(found, key=lambda year: (found[year], year))
    return Years(main, max(found), sure=at_head or found[main] > 1)
