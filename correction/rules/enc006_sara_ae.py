"""ENC006: sara ae typed as two sara e."""

from __future__ import annotations

import re
from collections.abc import Iterator

from correction.glyphs import CONSONANTS, SARA_AE, SARA_E
from correction.rule import Context, Example, Finding, Rule, Stage
from model.edit import Safety

_TWICE = re.compile(f"(?<!{SARA_E}){SARA_E}{SARA_E}(?=[{CONSONANTS}])")


def _find(context: Context) -> Iterator[Finding]:
    for match in _TWICE.finditer(context.text):
        yield Finding(match.start(), match.end(), SARA_AE)


ENC006 = Rule(
    code="ENC006",
    name="sara ae",
    version=2,
    message="Sara ae is written as two sara e.",
    stage=Stage.VOWELS,
    level=Safety.SAFE,
    find=_find,
    fires=(
        Example("วิเคราะห์เเละประเมินผล", 9, 11, "แ"),
        Example("นอกจากนี้เเต่ละพื้นที่", 9, 11, "แ"),
        Example("เเ\uf70fาติ", 0, 2, "แ"),
    ),
    silent=("วิเคราะห์และประเมินผล", "เเเก", "เ เก", "เเ ", "เอกเทศ เเ"),
)
