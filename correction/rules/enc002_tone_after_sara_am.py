"""ENC002: a tone mark typed after sara am."""

from __future__ import annotations

import re
from collections.abc import Iterator

from correction.glyphs import SARA_AA, SARA_AM, TONES
from correction.rule import Context, Example, Finding, Rule, Stage
from model.edit import Safety

# Behind another sara am or sara aa there is no letter that could carry the mark.
_LATE = re.compile(f"(?<![{SARA_AA}{SARA_AM}{TONES}])[{TONES}]*{SARA_AM}[{TONES}]+")


def _find(context: Context) -> Iterator[Finding]:
    for match in _LATE.finditer(context.text):
        tones = set(match[0]) - {SARA_AM}
        if len(tones) == 1:
            yield Finding(match.start(), match.end(), tones.pop() + SARA_AM)


ENC002 = Rule(
    code="ENC002",
    name="tone mark before sara am",
    version=1,
    message="The tone mark stands after sara am; it belongs before it.",
    stage=Stage.MARK_ORDER,
    level=Safety.SAFE,
    find=_find,
    fires=(
        Example("พื้นที่นำ้ท่วมขัง", 8, 10, "้ำ"),
        Example("ไม่ตำ่กว่าร้อยละ 1", 4, 6, "่ำ"),
        Example("น้ำ้ประปา", 1, 4, "้ำ"),
    ),
    silent=("น้ำท่วมขัง ไม่ต่ำกว่า", "นำ่้ท่วม", "ทำ ้", "ำำ่"),
    source="WTT 2.0: a tone mark follows a consonant or a vowel above or below, never a following vowel.",
)
