"""ENC002: a tone mark typed after sara am."""

from __future__ import annotations

import re
from collections.abc import Iterator

from correction.example import examples
from correction.rule import Context, Match, Rule, Stage
from model.edit import Safety
from model.thai import SARA_AA, SARA_AM, TONES

# Behind another sara am or sara aa there is no letter that could carry the mark.
_LATE = re.compile(f"(?<![{SARA_AA}{SARA_AM}{TONES}])[{TONES}]*{SARA_AM}[{TONES}]+")


def _find(context: Context) -> Iterator[Match]:
    for match in _LATE.finditer(context.text):
        tones = set(match[0]) - {SARA_AM}
        if len(tones) == 1:
            yield Match(match.start(), match.end(), tones.pop() + SARA_AM)


RULE = Rule(
    code="ENC002",
    name="tone mark before sara am",
    version=1,
    message="The tone mark stands after sara am; it belongs before it.",
    message_th="วรรณยุกต์อยู่หลังสระอำ ควรอยู่ข้างหน้า",
    stage=Stage.MARK_ORDER,
    level=Safety.SAFE,
    find=_find,
    positive=examples(
        "พื้นที่น[ำ้→้ำ]ท่วมขัง",
        "ไม่ต[ำ่→่ำ]กว่าร้อยละ 1",
        "น[้ำ้→้ำ]ประปา",
    ),
    negative=examples(
        "น้ำท่วมขัง ไม่ต่ำกว่า",
        "นำ่้ท่วม",
        "ทำ ้",
        "ำำ่",
    ),
    source="WTT 2.0: a tone mark follows a consonant or a vowel above or below, never a following vowel.",
)
