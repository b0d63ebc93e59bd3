"""DIG011: a Thai identity or tax number whose last digit does not follow from the twelve before it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from correction.example import examples
from correction.facts.numbers import DIGIT, arabic, read_by_guess
from correction.rule import Context, Match, Rule, Stage
from model.edit import Safety
from model.evidence import Evidence, EvidenceKind

_LENGTH = 13
_GROUPED = rf"{DIGIT}([ -]){DIGIT}{{4}}\1{DIGIT}{{5}}\1{DIGIT}{{2}}\1{DIGIT}"
_NUMBER = re.compile(
    rf"(?<!{DIGIT})(?<!{DIGIT}[ -])(?:{_GROUPED}"
    rf"|(?<=ประชาชน )(?:{DIGIT}){{{_LENGTH}}}|(?<=ภาษี )(?:{DIGIT}){{{_LENGTH}}}|(?<=อากร )(?:{DIGIT}){{{_LENGTH}}})"
    rf"(?![ -]?{DIGIT})"
)


def _find(context: Context) -> Iterator[Match]:
    for match in _NUMBER.finditer(context.text):
        digits = [int(digit) for digit in arabic(re.sub("[ -]", "", match[0]))]
        last = _check_digit(digits)
        if digits[-1] != last and not read_by_guess(match[0], context.reading.reader.name):
            yield Match(match.start(), match.end(), None, (Evidence(EvidenceKind.CHECK_DIGIT, (last,)),))


def _check_digit(digits: list[int]) -> int:
    weighed = sum(digit * (_LENGTH - at) for at, digit in enumerate(digits[:-1]))
    return (11 - weighed % 11) % 10


RULE = Rule(
    code="DIG011",
    name="identity number against its check digit",
    version=1,
    message="There is no such identity or tax number: its last digit does not follow from the others.",
    message_th="เลขประจำตัว ๑๓ หลักไม่ถูกต้องตามหลักตรวจสอบ",
    stage=Stage.WORDS,
    level=Safety.FLAG,
    find=_find,
    positive=examples(
        "เลขประจำตัวประชาชน [1-2345-67890-12-2]",
        "เลขประจำตัวผู้เสียภาษี [1234567890122] และ [๑ ๒๓๔๕ ๖๗๘๙๐ ๑๒ ๒]",
    ),
    negative=examples(
        "เลขประจำตัวประชาชน 1-2345-67890-12-1",
        "เลขประจำตัวผู้เสียภาษี 1234567890121 และ ๑ ๒๓๔๕ ๖๗๘๙๐ ๑๒ ๑",
        "บัญชีเลขที่ 1234567890122 บาร์โค้ด 8850123456789",
    ),
    source="Department of Provincial Administration: modulo 11, weights 13 to 2, for tax numbers too.",
)
