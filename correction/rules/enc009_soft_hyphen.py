"""ENC009: soft hyphens, which may be real hyphens in a PDF's text layer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from correction.example import examples
from correction.glyphs import SOFT_HYPHEN
from correction.rule import Context, Match, Rule, Stage
from model.edit import Safety

_RUN = re.compile(f"{SOFT_HYPHEN}+")


def _find(context: Context) -> Iterator[Match]:
    for match in _RUN.finditer(context.text):
        yield Match(match.start(), match.end(), "", confidence=0.6, alternatives=("-",))


RULE = Rule(
    code="ENC009",
    name="soft hyphen",
    version=1,
    message="A soft hyphen: nothing is drawn for it inside a line, unless the font uses it for the hyphen.",
    message_th="ยัติภังค์แฝง ไม่แสดงภายในบรรทัด เว้นแต่ฟอนต์ใช้แทนยัติภังค์",
    stage=Stage.INVISIBLE,
    level=Safety.REVIEW,  # telephone numbers and names such as สุไหงโก-ลก hold hyphens
    find=_find,
    positive=examples(
        "ตันอ้อย[\u00ad\u00ad→]",
        "สุไหงโก[\u00ad→]ลก",
    ),
    negative=examples(
        "สุไหงโก-ลก",
        "พ.ศ. 2561–2565",
    ),
    source="Unicode Standard Annex 14, Use of soft hyphen.",
)
