"""SPC004: a line whose characters all stand apart: a heading that was set wide, or a reader that parts each glyph."""

from __future__ import annotations

from collections.abc import Iterator

from correction.diagnosis.rewritten_lines import spaced_lines
from correction.example import examples
from correction.rule import Context, Match, Rule, Stage
from model.edit import Safety


def _find(context: Context) -> Iterator[Match]:
    for start, end, after in spaced_lines(context.text):
        yield Match(start, end, after, confidence=0.95)


RULE = Rule(
    code="SPC004",
    name="spaced-out line",
    version=1,
    message="Every character of the line stands apart.",
    message_th="ทุกตัวอักษรในบรรทัดถูกเว้นวรรค",
    stage=Stage.TEXT,
    level=Safety.REVIEW,
    find=_find,
    positive=examples(
        "[อ ง ค์ ก า ร บ ริ ห า ร  ส่ ว น ตำ บ ล→องค์การบริหาร ส่วนตำบล]\nจัดประชุม",
    ),
    negative=examples(
        "องค์การบริหาร ส่วนตำบล",
        "ก ข ค ง จ ฉ ช ซ ฌ ญ ฎ ฏ ฐ",
        "ที่ 1 2 3 4 5 6 7",
        "สระ ะ า ิ ี ึ ื ุ ู เ แ โ ใ ไ ำ",
    ),
)
