"""LOW004: what nobody knows: a glyph without a map, a name, a known shape or another reader; a character that was lost
before the text came here."""

from __future__ import annotations

import re
from collections.abc import Iterator

from correction.example import examples
from correction.facts.broken_words import lost_in_words
from correction.rule import Context, Match, Rule, Stage
from dictionaries.language_model import load as load_model
from model.edit import Safety

_UNKNOWN = re.compile(r"\ufffd+|(?:\(cid:\d+\))+")
"""A lost character, and the number of a glyph that a program has written for want of one."""


def _find(context: Context) -> Iterator[Match]:
    for found in _UNKNOWN.finditer(context.text):
        yield Match(found.start(), found.end(), None)
    for word in lost_in_words(context.text, context.known.lexicon, load_model()):
        yield Match(word.start, word.end, None)


RULE = Rule(
    code="LOW004",
    name="unknown glyph",
    version=4,
    message="Nothing says what stands here: look at the page.",
    message_th="ไม่ทราบว่าตรงนี้คืออักขระใด โปรดดูภาพหน้า",
    stage=Stage.REMAINDER,
    level=Safety.FLAG,
    find=_find,
    positive=examples(
        "[\ufffd] ขอรับรองว่าถูกต้อง",
        "บ้าน[\ufffd\ufffd]เลขที่",
        "การประช[?]มสภา องค์กา[?]บริหารส่วนตำบล ประช[□]ชน",
        "[(cid:3)(cid:45)]ระชุมสภา (cid:ก)",
    ),
    negative=examples("☐ ขอรับรองว่าถูกต้อง", "ชาย□หญิง□ ใช่ไหม?แล้วอย่างไร คืออะไร?ประชาชน"),
)
