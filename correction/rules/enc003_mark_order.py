"""ENC003: marks on one consonant in an order that no keyboard standard allows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from correction.example import examples
from correction.rule import Context, Match, Rule, Stage
from model.edit import Safety
from model.thai import CONSONANTS, THANTHAKHAT, TONES, VOWELS_ABOVE_BELOW

# A vowel behind a tone mark or thanthakhat. Nikhahit, phinthu, maitaikhu and yamakkan are left alone:
# they are used in Pali and in the spelling of other languages in ways of their own.
_MOST_VOWELS = 3
_VOWEL = f"[{VOWELS_ABOVE_BELOW}]"
_LATE_VOWEL = re.compile(f"[{TONES}{THANTHAKHAT}]+{_VOWEL}[{VOWELS_ABOVE_BELOW}{TONES}{THANTHAKHAT}]*")
_IS_VOWEL = re.compile(_VOWEL)
_CARRIER = re.compile(f"[{CONSONANTS}]({_VOWEL}{{0,{_MOST_VOWELS}}})\\Z")


def _find(context: Context) -> Iterator[Match]:
    for match in _LATE_VOWEL.finditer(context.text):
        start = match.start()
        carrier = _CARRIER.search(context.text, max(start - _MOST_VOWELS - 1, 0), start)
        if carrier is None:
            continue
        marks = dict.fromkeys(carrier[1] + match[0])
        vowels = [m for m in marks if _IS_VOWEL.match(m)]
        if len(vowels) == 1 and len(marks) == 2:
            (other,) = marks.keys() - set(vowels)
            pair = vowels[0] + other
            if all((carrier[1] + match[0]).count(mark) > 1 for mark in pair):
                yield _both_twice(carrier, match.end(), pair)
            else:
                yield Match(carrier.start(1), match.end(), pair)


def _both_twice(carrier: re.Match[str], end: int, pair: str) -> Match:
    """A mark slips in twice, vowel and tone mark together hardly ever: of ที่ที่ a reader may have lost a letter."""
    return Match(
        carrier.start(1),
        end,
        pair,
        confidence=0.5,
        message="The vowel and the mark over it both stand twice: a consonant between them may be lost.",
        safety=Safety.REVIEW,
        alternatives=(pair + carrier[0][0] + pair,),
    )


RULE = Rule(
    code="ENC003",
    name="marks in order",
    version=2,
    message="The vowel stands after the tone mark or thanthakhat; it belongs before it.",
    message_th="สระอยู่หลังวรรณยุกต์หรือทัณฑฆาต ควรอยู่ข้างหน้า",
    stage=Stage.MARK_ORDER,
    level=Safety.SAFE,
    find=_find,
    positive=examples(
        "ได้ท[่ี→ี่]แอปพลิเคชัน",
        "รวมท[้ั→ั้]งสิ้น",
        "สัตว์ป่าและพันธ[์ุ→ุ์]พืช",
        "บทบัญญัติว่าด้วยสิทธ[์ิ→ิ์]",
        "เก[่ี่→ี่]ยวกับ",
        "เจ้าหน้าท[ี่ี่→ี่]มาร่วมงาน",
    ),
    negative=examples(
        "ที่ดินทั้งสิ้น พันธุ์พืช สิทธิ์",
        "ทั่้วประเทศ",
        "ท่ีุ",
        "่ี",
        "ก\n่ี",
        "คจฺฉามิ สงฺฆํ ก็",
    ),
    source="WTT 2.0 (TIS 620): vowels above and below, then tone mark or thanthakhat.",
)
