"""ENC004: a tone mark or nikhahit typed after sara aa or sara a."""

from __future__ import annotations

import re
from collections.abc import Iterator

from correction.clusters import marks_wander
from correction.example import examples
from correction.rule import Context, Match, Rule, Stage
from model.edit import Safety
from model.thai import CONSONANTS, NIKHAHIT, SARA_AA, SARA_AM, TONES

_LATE = re.compile(f"(?P<vowel>[{SARA_AA}\u0e30])(?P<late>[{TONES}{NIKHAHIT}]+)")
_CARRIER = re.compile(f"[{CONSONANTS}](?P<early>[{TONES}]?)\\Z")


def _find(context: Context) -> Iterator[Match]:
    text = context.text
    for match in _LATE.finditer(text):
        carrier = _CARRIER.search(text, max(match.start() - 2, 0), match.start())
        if carrier is None or marks_wander(context):
            continue
        tones = (set(carrier["early"]) | set(match["late"])) - {NIKHAHIT}
        nikhahit = NIKHAHIT in match["late"]
        if len(tones) > 1 or (nikhahit and match["vowel"] != SARA_AA):
            continue
        vowel = SARA_AM if nikhahit else match["vowel"]
        yield Match(carrier.start("early"), match.end(), "".join(tones) + vowel, confidence=0.9)


RULE = Rule(
    code="ENC004",
    name="mark before sara aa",
    version=1,
    message="The mark stands after the vowel; it belongs on the consonant before it.",
    message_th="เครื่องหมายอยู่หลังสระ ควรอยู่บนพยัญชนะก่อนหน้า",
    stage=Stage.MARK_ORDER,
    level=Safety.REVIEW,  # drawn over the vowel it is another glyph, and the letter it belongs to a guess
    find=_find,
    positive=examples(
        "เจ้าหน[า้→้า]ที่",
        "ต[าํ→ำ]บล",
        "น[าํ้→้ำ]ประปา",
        "สวัสดีค[ะ่→่ะ]",
        "หน[้า้→้า]ที่",
    ),
    negative=examples(
        "เจ้าหน้าที่ตำบล ค่ะ",
        "หนา่้",
        "คะํ",
        "น\nา้",
    ),
    source="WTT 2.0: a tone mark follows a consonant or a vowel above or below, never a following vowel.",
)
