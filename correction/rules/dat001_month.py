"""DAT001: a month's name misspelt between a day and a year."""

from __future__ import annotations

import re
from collections.abc import Iterator

from correction.example import examples
from correction.facts.calendar import MONTHS, SHORT_MONTHS, SPOKEN_MONTHS, nearest
from correction.facts.numbers import DIGIT
from correction.rule import Context, Match, Rule, Stage
from model.edit import Safety
from model.evidence import Evidence, EvidenceKind

# A day, one word, perhaps the era, a year.
_PLACE = re.compile(
    rf"(?<!{DIGIT})(?<![.,/–-]){DIGIT}{{1,2}}[ \u00a0]{{0,2}}(?:เดือน[ \u00a0]?)?"
    rf"(?P<word>[\u0e01-\u0e4e]{{4,14}})[ \u00a0]{{0,2}}(?:[พค]\.?\s?ศ\.?\s{{0,2}})?(?={DIGIT}{{4}}(?!{DIGIT}))"
)
# A month and a year, and what is no month in a date: which one it is nobody can tell.
_YEAR = rf"(?:พ\.?\s?ศ\.?\s{{0,2}})?(?=(?:2[45]|๒[๔๕]){DIGIT}{{2}}(?!{DIGIT}))"
_OF_YEAR = re.compile(rf"เดือน[ \u00a0]?(?P<word>[\u0e01-\u0e4e]{{4,14}})[ \u00a0]{{1,2}}{_YEAR}")
_DATED = re.compile(
    rf"วันที่[ \u00a0]?{DIGIT}{{1,2}}[ \u00a0]{{1,2}}(?P<word>[\u0e01-\u0e4e]{{2,10}}(?:คม|ยน|พันธ์))[ \u00a0]{{1,2}}{_YEAR}"
)
_SHORT = re.compile(
    rf"(?<!{DIGIT})(?<![.,/–-]){DIGIT}{{1,2}}[ \u00a0]{{1,2}}"
    rf"(?P<word>[\u0e01-\u0e2e][\u0e30-\u0e4e]?\.\s?[คพยชภศดตล]\.)[ \u00a0]{{1,2}}{_YEAR}"
)
_ERAS = ("พ.ศ.", "ค.ศ.")
_PER_LETTER = 0.04


def _find(context: Context) -> Iterator[Match]:
    text = context.text
    for match in (*_PLACE.finditer(text), *_OF_YEAR.finditer(text)):
        near = None if _is_month(match["word"]) else nearest(match["word"], MONTHS)
        if near is None:
            continue
        month, cost = near
        evidence = (Evidence(EvidenceKind.NEAREST_MONTH, score=cost),)
        yield Match(*match.span("word"), month, evidence, round(0.99 - _PER_LETTER * cost, 3))
    for match in _DATED.finditer(text):
        if not _is_month(match["word"]) and nearest(match["word"], MONTHS) is None:
            yield Match(*match.span("word"), None, message="There is no such month.")
    for match in _SHORT.finditer(text):
        if "".join(match["word"].split()) not in (*SHORT_MONTHS, *_ERAS):
            yield Match(*match.span("word"), None, message="There is no such month.")


def _is_month(word: str) -> bool:
    return word in (*MONTHS, *SPOKEN_MONTHS) or word.removesuffix("พ").removesuffix("ปี") in MONTHS


RULE = Rule(
    code="DAT001",
    name="month misspelt",
    version=3,
    message="Between a day and a year stands what is nearly a month's name.",
    message_th="ระหว่างวันที่กับปีมีคำที่ใกล้เคียงชื่อเดือน",
    stage=Stage.WORDS,
    level=Safety.REVIEW,
    find=_find,
    positive=examples(
        "วันที่ 8 [กุมภาพันธุ์→กุมภาพันธ์] 2569",
        "วันที่ ๕ [พุมภาพันธ์→กุมภาพันธ์] พ.ศ. ๒๕๑๒",
        "เมื่อ 12 [เมษายบ→เมษายน] 2560",
        "ประจำเดือน [เมษาบน→เมษายน] 2568 ภายในวันที่ ๓๑ [กันยาคม] ๒๕๖๘",
        "ลงวันที่ 3 เดือน [พฤจิกายน→พฤศจิกายน] 2560",
        "ลงวันที่ 15 [ก.ภ.] 2567 และ ๓ [มิ.ช.] ๒๕๖๘",
    ),
    negative=examples(
        "วันที่ 8 กุมภาพันธ์ 2569",
        "วันที่ 8 กุมภาพันธ์พ.ศ. 2569",
        "วันที่ 8 เมษา 2569",
        "มี 12 หมู่บ้าน 2569 ครัวเรือน",
        "เดือนละ 2500 บาท เดือนถัดไป 2568 ประจำเดือนกันยายน 2568 ในเดือนมิถุนายนปี 2564",
        "อีก 5 ตำบล 1200 ไร่",
        "ข้อ 5 มาตรา 2560",
        "ลงวันที่ 15 ก.พ. 2567 และ ๓ มิ. ย. ๒๕๖๘ ปีที่ 5 พ.ศ. 2567 จำนวน 20 ก.ก. 2567",
    ),
)
