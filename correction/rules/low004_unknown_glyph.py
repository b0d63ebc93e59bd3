"""LOW004: what nobody knows: a glyph without a map, a name, a known shape or another reader; a character that was lost
before the text came here."""

from __future__ import annotations

import re
from collections.abc import Iterator

from correction.example import examples
from correction.rule import Context, Match, Rule, Stage
from model.edit import Safety

_UNKNOWN = re.compile("\ufffd+")


def _find(context: Context) -> Iterator[Match]:
    for found in _UNKNOWN.finditer(context.text):
        yield Match(found.start(), found.end(), None)


RULE = Rule(
    code="LOW004",
    name="unknown glyph",
    version=2,
    message="Nothing says what stands here: look at the page.",
    message_th="ไม่ทราบว่าตรงนี้คืออักขระใด โปรดดูภาพหน้า",
    stage=Stage.REMAINDER,
    level=Safety.FLAG,
    find=_find,
    positive=examples("[\ufffd] ขอรับรองว่าถูกต้อง", "บ้าน[\ufffd\ufffd]เลขที่"),
    negative=examples("☐ ขอรับรองว่าถูกต้อง"),
)
