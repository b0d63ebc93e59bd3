"""DAT007: a time of day that no clock shows."""

from __future__ import annotations

from collections.abc import Iterator

from correction.example import examples
from correction.facts.clock import impossible_times
from correction.facts.numbers import read_by_guess
from correction.rule import Context, Match, Rule, Stage
from model.edit import Safety


def _find(context: Context) -> Iterator[Match]:
    for start, end in impossible_times(context.text):
        if not read_by_guess(context.text[start:end], context.reading.reader.name):
            yield Match(start, end, None)


RULE = Rule(
    code="DAT007",
    name="impossible time",
    version=2,
    message="No clock shows this time.",
    message_th="ไม่มีเวลานี้",
    stage=Stage.WORDS,
    level=Safety.FLAG,
    find=_find,
    positive=examples(
        "เวลา [25.00] น.",
        "ตั้งแต่เวลา 08.30 – [16.75] น.",
        "เวลา [๒๔.๓๐] นาฬิกา",
        "เวลา [08.70] – 16.30 น.",
        "[25 นาฬิกา] และ [13 นาฬิกา 75 นาที]",
        "เวลา [7 ทุ่ม] และ[บ่าย 8 โมง]",
    ),
    negative=examples(
        "เวลา 08.30 - 16.30 น. ถึง 24.00 น.",
        "๒๓:๕๙ น.",
        "น้ำหนัก 45.75 กก. ราคา 99.95 บาท",
        "เวลา 9.15 ถึง 24.00 น. 13 นาฬิกา 45 นาที 6 ทุ่ม บ่าย 3 โมง 11 โมงเช้า ใช้เวลา 2.75 ชั่วโมง",
    ),
)
