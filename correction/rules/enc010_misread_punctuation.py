"""ENC010: punctuation of code page 874 or 1252 that was decoded as C1 control codes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from correction.rule import Context, Example, Finding, Rule, Stage
from model.edit import Safety

# The places where both code pages agree; U+0085 is left alone, it is also the newline of some systems.
_PUNCTUATION = {
    "\u0080": "€",
    "\u0091": "‘",
    "\u0092": "’",
    "\u0093": "“",
    "\u0094": "”",
    "\u0095": "•",
    "\u0096": "–",
    "\u0097": "—",
}
_C1 = re.compile("[\u0080-\u0084\u0086-\u009f]")


def _find(context: Context) -> Iterator[Finding]:
    for match in _C1.finditer(context.text):
        after = _PUNCTUATION.get(match[0])
        if after is None:
            message = "A control code where a sign was probably drawn; which one is not known."
            yield Finding(match.start(), match.end(), None, message=message)
        else:
            yield Finding(match.start(), match.end(), after, confidence=0.9)


ENC010 = Rule(
    code="ENC010",
    name="misread punctuation",
    version=1,
    message="A control code that stands for punctuation in code pages 874 and 1252.",
    stage=Stage.CHARACTERS,
    level=Safety.REVIEW,
    find=_find,
    fires=(
        Example("\u0093เมืองน่าอยู่\u0094", 0, 1, "“"),
        Example("\u0093เมืองน่าอยู่\u0094", 13, 14, "”"),
        Example("\u009f จัดประชุม", 0, 1, None),
    ),
    silent=("“เมืองน่าอยู่” – เทศบาล", "บรรทัด\u0085ใหม่"),
    source="Microsoft code pages 874 and 1252, rows 8 and 9.",
)
