"""SPC003: a space between a leading vowel and its consonant."""

from __future__ import annotations

import re
from collections.abc import Iterator

from correction.clusters import names_a_letter
from correction.example import examples
from correction.glyphs import SPACES
from correction.rule import Context, Match, Rule, Stage
from model.edit import Safety
from model.thai import CONSONANTS, LEADING_VOWELS, THAI

_APART = re.compile(f"(?P<vowel>[{LEADING_VOWELS}])(?P<space>[{SPACES}]{{1,2}})(?=[{CONSONANTS}])")
_LETTER_BEFORE = re.compile(f"[{THAI}]")


def _find(context: Context) -> Iterator[Match]:
    text = context.text
    for match in _APART.finditer(text):
        start = match.start()
        attached = start > 0 and _LETTER_BEFORE.match(text, start - 1)
        if attached:
            yield Match(match.start("space"), match.end("space"), "")
        elif not names_a_letter(text, start):
            # Alone between spaces it may be spoken of as a letter.
            yield Match(match.start("space"), match.end("space"), "", confidence=0.9, safety=Safety.REVIEW)


RULE = Rule(
    code="SPC003",
    name="space after leading vowel",
    version=1,
    message="A space stands between a leading vowel and its consonant.",
    message_th="มีช่องว่างระหว่างสระหน้ากับพยัญชนะ",
    stage=Stage.MARK_SPACES,
    level=Safety.SAFE,
    find=_find,
    positive=examples(
        "โดยนำเ[ →]ทคโนโลยีมาใช้",
        "ในภาคเ[ →]อกชน",
        "38.80 ล้านบาท ใ[ →]ห้กลุ่มจังหวัด",
    ),
    negative=examples(
        "โดยนำเทคโนโลยีมาใช้",
        "สระ เ กับสระ แ",
        "เ แ โ ใ ไ",
        "ไม้มลาย ไ ใช้เขียน",
        "ในภาคเ\nอกชน",
        "เ   ก",
    ),
)
