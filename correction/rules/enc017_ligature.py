"""ENC017: Latin letters joined in one character, as a font's ligature is stored."""

from __future__ import annotations

import re
from collections.abc import Iterator

from correction.example import examples
from correction.rule import Context, Match, Rule, Stage
from model.edit import Safety
from model.ligatures import LIGATURES

_LIGATURE = re.compile(f"[{''.join(LIGATURES)}]")


def _find(context: Context) -> Iterator[Match]:
    for match in _LIGATURE.finditer(context.text):
        yield Match(match.start(), match.end(), LIGATURES[match[0]])


RULE = Rule(
    code="ENC017",
    name="ligature",
    version=1,
    message="Letters are stored as one joined character: a search for the word does not find it.",
    message_th="ตัวอักษรที่พิมพ์ติดกันถูกเก็บเป็นอักขระตัวเดียว ค้นหาคำนั้นจึงไม่พบ",
    stage=Stage.CHARACTERS,
    level=Safety.SAFE,
    find=_find,
    positive=examples(
        "ติดต่อ o[\ufb03→ffi]ce@nongbua.go.th",
        "[\ufb01→fi]le.pdf และ work[\ufb02→fl]ow",
        "แบบ O[\ufb00→ff]set",
    ),
    negative=examples(
        "ติดต่อ office@nongbua.go.th",
        "œuvre Ægir ß ½ ㎡",
    ),
    source="Unicode Standard, Alphabetic Presentation Forms: compatibility characters of the Latin ligatures.",
)
