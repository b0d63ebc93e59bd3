"""DIG011: a Thai identity or tax number whose last digit does not follow from the twelve before it."""

from __future__ import annotations

from collections.abc import Iterator

from correction.example import examples
from correction.facts.identity_numbers import wrong_identity_numbers
from correction.facts.numbers import read_by_guess
from correction.rule import Context, Match, Rule, Stage
from model.edit import Safety
from model.evidence import Evidence, EvidenceKind


def _find(context: Context) -> Iterator[Match]:
    text = context.text
    for start, end, last in wrong_identity_numbers(text):
        if read_by_guess(text[start:end], context.reading.reader.name):
            continue
        if last is None:
            yield Match(start, end, None, message="An identity or tax number has thirteen digits.")
        else:
            yield Match(start, end, None, (Evidence(EvidenceKind.CHECK_DIGIT, (last,)),))


RULE = Rule(
    code="DIG011",
    name="identity number against its check digit",
    version=2,
    message="There is no such identity or tax number: its last digit does not follow from the others.",
    message_th="เลขประจำตัว ๑๓ หลักไม่ถูกต้องตามหลักตรวจสอบ",
    stage=Stage.WORDS,
    level=Safety.FLAG,
    find=_find,
    positive=examples(
        "เลขประจำตัวประชาชน [1-2345-67890-12-2]",
        "เลขประจำตัวผู้เสียภาษี: [1234567890122] เลขบัตรประชาชน [1 2 3 4 5 6 7 8 9 0 1 2 2]",
        "เลขประจำตัวประชาชน [1-2345-6789-12-1] เลขทะเบียนนิติบุคคล [0-1055-12345-67-89]",
        "เลขประจำตัวผู้เสียภาษี [1234567890122] และ [๑ ๒๓๔๕ ๖๗๘๙๐ ๑๒ ๒]",
    ),
    negative=examples(
        "เลขประจำตัวประชาชน 1-2345-67890-12-1",
        "เลขประจำตัวผู้เสียภาษี 1234567890121 และ ๑ ๒๓๔๕ ๖๗๘๙๐ ๑๒ ๑",
        "เลขประจำตัวผู้เสียภาษี 3 1012 3456 7 และบัตรประจำตัวประชาชน 1-2345-xxxxx-12-x",
        "บัญชีเลขที่ 1234567890122 บาร์โค้ด 8850123456789",
    ),
    source="Department of Provincial Administration: modulo 11, weights 13 to 2, for tax numbers too.",
)
