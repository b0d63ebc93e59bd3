"""DIG010: a clause whose number skips one, or stands twice, between clauses that are numbered in order."""

from __future__ import annotations

import re
from collections.abc import Iterator

from correction.example import examples
from correction.facts.numbers import DIGIT, arabic, read_by_guess
from correction.rule import Context, Match, Rule, Stage
from model.edit import Safety
from model.evidence import Evidence, EvidenceKind

_CLAUSE = re.compile(
    rf"^[ \t\u00a0]*(?P<word>ข้อ|มาตรา)\s?(?P<number>{DIGIT}{{1,3}})(?!{DIGIT})(?![./(\"”])", re.MULTILINE
)


def _find(context: Context) -> Iterator[Match]:
    text = context.text
    clauses = list(_CLAUSE.finditer(text))
    for before, here, behind in zip(clauses, clauses[1:], clauses[2:], strict=False):
        if len({clause["word"] for clause in (before, here, behind)}) > 1:
            continue
        numbers = [int(arabic(clause["number"])) for clause in (before, here, behind)]
        first, second, third = numbers
        skips, repeats = second == first + 2, second == first > 1  # a quotation begins anew with 1
        if not (skips or repeats) or third != second + 1 or _is_there(text, before, here, first + 1):
            continue
        if not read_by_guess(text[here.start("number") : here.end()], context.reading.reader.name):
            evidence = (Evidence(EvidenceKind.FOLLOWS, (here["number"], before["number"])),)
            yield Match(here.start("number"), here.end("number"), None, evidence)


def _is_there(text: str, before: re.Match[str], here: re.Match[str], number: int) -> bool:
    """Whether the clause that is missing stands between the two, inside a line."""
    between = arabic(text[before.end() : here.start()])
    return re.search(rf"{here['word']}\s?{number}(?!\d)", between) is not None


RULE = Rule(
    code="DIG010",
    name="numbering out of order",
    version=1,
    message="The numbering skips a number here, or repeats one.",
    message_th="ลำดับข้อข้ามหรือซ้ำ",
    stage=Stage.WORDS,
    level=Safety.FLAG,
    find=_find,
    positive=examples(
        "ข้อ ๑ ระเบียบนี้\nข้อ [๓] ให้ใช้บังคับ\nข้อ ๔ ให้ยกเลิก",
        "ข้อ 4 ระเบียบ\nข้อ 5 ให้ใช้\nข้อ [5] ให้ยกเลิก\nข้อ 6 ในระเบียบนี้",
    ),
    negative=examples(
        "ข้อ ๑ ระเบียบนี้\nข้อ ๒ ให้ใช้บังคับ\nข้อ ๓ ให้ยกเลิก",
        "ข้อ ๒ ให้ใช้บังคับ\nข้อ ๓ ให้ยกเลิกความใน\nข้อ ๕ แห่งระเบียบ\nข้อ ๔ ให้ใช้ความต่อไปนี้",
        "ข้อ ๑ ระเบียบนี้ ข้อ ๒ ให้ใช้\nข้อ ๓ ให้ยกเลิก\nข้อ ๔ ในระเบียบนี้",
        "ข้อ 1 ให้ยกเลิก\nข้อ 1 ให้กำหนด\nข้อ 2 ให้ใช้",
        "ข้อ 1 จงตอบ\nข้อ 1 จงตอบ\nข้อ 1 จงตอบ",
        "มาตรา ๕ ให้ยกเลิก\nมาตรา ๑๒ แห่ง\nมาตรา ๑๓ แห่ง",
        "ข้อ ๑ ระเบียบนี้\nข้อ ๓/๑ ให้ใช้\nข้อ ๔ ให้ยกเลิก",
    ),
)
