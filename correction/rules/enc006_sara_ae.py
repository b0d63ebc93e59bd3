"""ENC006: sara ae typed as two sara e."""

from __future__ import annotations

import re
from collections.abc import Iterator

from correction.example import examples
from correction.rule import Context, Match, Rule, Stage
from model.edit import Safety
from model.thai import CONSONANTS, SARA_AE, SARA_E

_TWICE = re.compile(f"(?<!{SARA_E}){SARA_E}{SARA_E}(?=(?P<next>[{CONSONANTS}])(?P<doubled>(?P=next))?)")


def _find(context: Context) -> Iterator[Match]:
    for match in _TWICE.finditer(context.text):
        if match["doubled"]:  # where every letter stands twice it is one sara e
            yield Match(*match.span(), SARA_AE, confidence=0.5, safety=Safety.REVIEW, alternatives=(SARA_E,))
        else:
            yield Match(*match.span(), SARA_AE)


RULE = Rule(
    code="ENC006",
    name="sara ae",
    version=2,
    message="Sara ae is written as two sara e.",
    message_th="สระแอเขียนเป็นสระเอสองตัว",
    stage=Stage.VOWELS,
    level=Safety.SAFE,
    find=_find,
    positive=examples(
        "วิเคราะห์[เเ→แ]ละประเมินผล",
        "นอกจากนี้[เเ→แ]ต่ละพื้นที่",
        "[เเ→แ]\uf70fาติ",
        "ศศาลล[เเ→แ]ททศ",
    ),
    negative=examples(
        "วิเคราะห์และประเมินผล",
        "เเเก",
        "เ เก",
        "เเ ",
        "เอกเทศ เเ",
    ),
)
