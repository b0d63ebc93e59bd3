"""LAT001: a Latin word that was read in Thai letters (`5นรเลเทล๒|6` for Sustainable), or what else is no Thai."""

from __future__ import annotations

import re
from collections.abc import Iterator

from correction.example import Example, examples
from correction.facts.unread import unread
from correction.rule import Context, Match, Rule, Stage
from dictionaries.language_model import load as load_model
from model.edit import Safety
from model.evidence import Evidence, EvidenceKind

_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9 .,&'/-]*[A-Za-z0-9.]")
_SURE = 0.8
"""A witness's least confidence in any of the letters, so that a person is shown them as a proposal."""


def _find(context: Context) -> Iterator[Match]:
    for one in unread(context.text, load_model()):
        evidence = Evidence(EvidenceKind.LIKELIHOOD, score=round(one.nats, 1))
        reading = _latin(context, one.start, one.end)
        if reading is None:
            yield Match(one.start, one.end, None, (evidence,))
        else:
            text, confidence, reader = reading
            witness = Evidence(EvidenceKind.READS, (reader, text), round(confidence, 2))
            yield Match(one.start, one.end, text, (evidence, witness), round(0.9 * confidence, 3))


def _latin(context: Context, start: int, end: int) -> tuple[str, float, str] | None:
    """The Latin words that a witness reads there and is sure of, how sure, and who it is."""
    for reading in context.witness_readings(start, end, edges=True):
        sure = reading.confidence is not None and reading.confidence >= _SURE
        text = reading.text.strip()
        if sure and _LATIN.fullmatch(text):
            return text, reading.confidence or 0.0, reading.by
    return None


RULE = Rule(
    code="LAT001",
    name="Latin word in Thai letters",
    version=1,
    message="These letters make no Thai word: a Latin word, or no text at all, was read as Thai.",
    message_th="ตัวอักษรเหล่านี้ไม่เป็นคำไทย อาจเป็นคำละตินหรือไม่ใช่ข้อความที่อ่านเป็นไทย",
    stage=Stage.WORDS,
    level=Safety.REVIEW,
    find=_find,
    positive=examples(
        "ปาฐกถาพิเศษ “[โทล\\[เลทส 5นรเลเทล๒|6 โอนท์รทา 6อทกโธเฮท๐] 2025” เวที",
        Example("ปาฐกถาพิเศษ [5นรเลเทล๒|6→Sustainable] ในปี", witness="ปาฐกถาพิเศษ Sustainable ในปี"),
    ),
    negative=examples(
        "ปาฐกถาพิเศษ “Thailand Sustainable Tourism Conference 2025” เวที",
        "ปี2แล้ว วันที่14ธันวาคม2563 โควิด19 ในระบบ5G",
        "\\[กระทรวงมหาดไทย\\] หมู่ที่ 4บ้านโคก",
        "นายฟอมม์ อัชฮัร โทลูอีน ไซลีน",
    ),
    source="Tesseract's Thai model alone, on English words of government news.",
)
