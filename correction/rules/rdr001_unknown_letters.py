"""RDR001: letters that no Thai model of Tesseract has, read by the line reader.

ฌ ฃ ฅ ฦ ฿ come out as other letters, and so does ๅ, which only stands behind ฤ and ฦ: elsewhere it is า drawn long.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from correction.example import Example, examples
from correction.facts.witness_numbers import LINE_READER, line_reader_evidence
from correction.places.mentions import protected_in
from correction.rule import Context, Match, Rule, Stage
from model.edit import Safety
from model.evidence import Evidence, EvidenceKind

SURE = 0.9
"""On 115,000 letters of 40 pages without any of these the line reader read three so surely: ๅ each time, and not
behind ฤ."""

LONGEST = 4
"""Letters that one of these may be misread as; where more differ, the line reader speaks of something else."""

_LETTERS = re.compile("[ฌฃฅฦ฿]|(?<=[ฤฦ])ๅ")


def _find(context: Context) -> Iterator[Match]:
    text = context.text
    protected = protected_in(context, context.known)
    last = 0
    for witness in context.witnesses:
        if witness.reader.name != LINE_READER:
            continue
        for span in witness.where(_LETTERS):
            start, end = context.view.shown(span)
            reading = witness.reads(span.start, span.end)
            if (
                reading is None
                or start < last
                or not 0 < end - start <= LONGEST
                or not text[start:end].strip()
            ):
                continue
            after = reading.text.strip()
            sure = (reading.confidence or 0.0) >= SURE and _LETTERS.search("ฤ" + after) is not None
            named = any(name.start < end and start < name.end for name in protected)
            if not sure or named or after == text[start:end]:
                continue
            last = end
            read = Evidence(EvidenceKind.READS, (context.reading.reader.name, text[start:end]))
            yield Match(
                start, end, after, (line_reader_evidence(reading), read), confidence=reading.confidence or 0.0
            )


RULE = Rule(
    code="RDR001",
    name="letter unknown to Tesseract",
    version=1,
    message="The line reader reads a letter here that Tesseract does not have.",
    message_th="ตัวอ่านบรรทัดอ่านเป็นตัวอักษรที่ Tesseract ไม่มี",
    stage=Stage.WORDS,
    level=Safety.REVIEW,
    find=_find,
    positive=examples(
        Example("[ณ→ฌ]าปนสถาน", witness="ฌาปนสถาน"),
        Example("รูปฤ[า→ๅ]ษี", witness="รูปฤๅษี"),
        Example("ราคา [B→฿]๕๐", witness="ราคา ฿๕๐"),
    ),
    negative=examples(
        Example("ณ ที่นั้น", witness="ณ ที่นั้น"),
        Example("เจ้าหน้าที่", witness="เจ้ๅหน้าที่"),
        "ณาปนสถาน",
    ),
    source="tesseract-ocr/langdata_lstm, issue 42; ocr/line_reader/model_card.md.",
    readers=("tesseract",),
)
