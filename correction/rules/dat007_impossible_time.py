"""DAT007: a time of day that no clock shows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from correction.example import examples
from correction.facts.numbers import DIGIT, arabic, read_by_guess
from correction.rule import Context, Match, Rule, Stage
from model.edit import Safety

_TIME = re.compile(
    rf"(?<!{DIGIT})(?<![.,:/])(?P<hour>{DIGIT}{{1,2}})[.:](?P<minute>{DIGIT}{{2}})(?=\s?(?:น\.|นาฬิกา))"
)
_LAST_HOUR, _MINUTES = 24, 60


def _find(context: Context) -> Iterator[Match]:
    for match in _TIME.finditer(context.text):
        hour, minute = int(arabic(match["hour"])), int(arabic(match["minute"]))
        possible = hour < _LAST_HOUR and minute < _MINUTES
        midnight = (hour, minute) == (_LAST_HOUR, 0)
        if not possible and not midnight and not read_by_guess(match[0], context.reading.reader.name):
            yield Match(match.start(), match.end(), None)


RULE = Rule(
    code="DAT007",
    name="impossible time",
    version=1,
    message="No clock shows this time.",
    message_th="ไม่มีเวลานี้",
    stage=Stage.WORDS,
    level=Safety.FLAG,
    find=_find,
    positive=examples("เวลา [25.00] น.", "ตั้งแต่เวลา 08.30 – [16.75] น.", "เวลา [๒๔.๓๐] นาฬิกา"),
    negative=examples("เวลา 08.30 - 16.30 น. ถึง 24.00 น.", "๒๓:๕๙ น.", "น้ำหนัก 45.75 กก. ราคา 99.95 บาท"),
)
