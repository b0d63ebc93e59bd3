"""ENC015: a line in which every character stands twice, as bold print that is drawn twice comes out."""

from __future__ import annotations

from collections.abc import Iterator

from correction.diagnosis.rewritten_lines import doubled_lines
from correction.example import examples
from correction.rule import Context, Match, Rule, Stage
from model.edit import Safety


def _find(context: Context) -> Iterator[Match]:
    for start, end, after in doubled_lines(context.text):
        if after is None:
            yield Match(
                start, end, None, message="Around this number every letter stands twice: its digits may, too."
            )
        else:
            yield Match(start, end, after, confidence=0.95)


RULE = Rule(
    code="ENC015",
    name="doubled line",
    version=1,
    message="Every character of the line stands twice.",
    message_th="ทุกตัวอักษรในบรรทัดซ้ำกันสองครั้ง",
    stage=Stage.TEXT,
    level=Safety.REVIEW,
    find=_find,
    positive=examples(
        "[ปปรระะกกาาศศ  เเรรืื่่อองง→ประกาศ เรื่อง]\nตามที่เทศบาลประกาศ",
        "[ปปรระะกกาาศศเเททศศบบาาลลทที่→ประกาศเทศบาลที่] 12",
        "[ททีี่่ดดิินนขขอองงเเททศศบบาาลล→ที่ดินของเทศบาล] [11] [ไไรร่่→ไร่]",
    ),
    negative=examples(
        "ประกาศ เรื่อง",
        "มมมมมมมมมมมมมม",
        "ฮ่าาาา ออกกกก",
        "ททีี่่ดดิินน 11 ไร่",
        "กรรมการสสส 11 คน",
        "กกขขคคงงจจฉฉชชซซ",
    ),
)
