"""DIG002: letters among the digits of a number."""

from __future__ import annotations

import re
from collections.abc import Iterator

from correction.example import examples
from correction.facts.calendar import MONTHS
from correction.facts.numbers import THAI_DIGITS, UNITS, read_by_guess
from correction.rule import Context, Match, Rule, Stage
from model.edit import Safety
from model.evidence import Evidence, EvidenceKind

# What can be nothing but a number: groups of three, or a letter with two digits or more on each side.
_LATIN = re.compile(
    r"(?<![\w.,/-])(?=[\dOolI|]*[OolI|])(?=[^\s]*\d)"
    r"(?P<number>[\dOolI|]{1,3}(?:,[\dOolI|]{3})+(?:\.[\dOolI|]{2})?|\d{2,}[OolI|]\d{2,})(?![\w,/|-])"
)
_OUT_OF_PLACE = re.compile("[OolI|]")
_DIGIT_OF = {"O": "0", "o": "0", "l": "1", "I": "1", "|": "1"}
# The round letter is drawn like the Thai nought; no number begins with one.
_ROUND = re.compile(
    f"(?<![\\w.,/-])[{THAI_DIGITS}][{THAI_DIGITS}.,]*[oO](?:[{THAI_DIGITS}oO.,]*[{THAI_DIGITS}oO])?(?![A-Za-z0-9/-])"
)
# An upright stroke is like no Thai digit, and like the Arabic one: which is meant nobody can tell here.
_UPRIGHT = re.compile(
    f"(?<![\\w.,/-])[{THAI_DIGITS}][{THAI_DIGITS}.,]*[lI|][{THAI_DIGITS}lI|.,]*[{THAI_DIGITS}](?![A-Za-z0-9/-])"
)
# Before what is counted stands a number, and one that begins and ends in digits or in what is drawn like them.
_COUNTED = re.compile(
    r"(?<![\w.,/-])(?=[0-9OolISBZ]*[0-9])(?=[0-9,]*[OolISBZ])(?P<number>[0-9][0-9OolISBZ]{0,2}(?:,[0-9OolISBZ]{3})*[0-9]?)"
    rf"(?= ?(?:{'|'.join(UNITS)}))"
)
_COUNTED_HERE = re.compile(rf"[ \u00a0]?(?:{'|'.join(UNITS)})")
_YEAR = re.compile(r"(?:พ\.ศ\. ?|ปี ?)(?=[0-9ZS]*[OolISBZ])(?P<number>[2Z][5S][0-9OolISBZ]{2})(?![\w,/-])")
_TIME = re.compile(r"(?<![\w.,:/-])(?=[0-9.:]*[oOlI])[0-9oOlI]{1,2}[.:][0-9oOlI]{2}(?=\s?(?:น\.|นาฬิกา))")
# Where nothing but a number can stand: behind what is numbered, before a month, in a date, as a telephone number.
_NUMBERED = re.compile(
    r"(?:(?<![\u0e01-\u0e4e])(?:ข้อ|มาตรา|หมู่|หน้า)|หมู่ที่|เลขที่|ครั้งที่|ฉบับที่|ลำดับที่|วันที่|ตารางที่)[ \u00a0]?"
    r"(?P<number>(?=[0-9OolI]*[0-9])(?:[OolI]{1,2}[0-9]+|[0-9]+[OolI]+[0-9]+|[1-9][Oo]))(?![\w.,-]|/[^0-9OolI])"
)
_OF_MONTH = re.compile(
    rf"(?<![\w.,/-])(?P<number>(?=[0-9OolI]*[0-9])(?=[0-9]*[OolI])[0-3OolI][0-9OolI])"
    rf"(?=[ \u00a0]?(?:{'|'.join(MONTHS)}))"
)
_IN_DATE = re.compile(
    r"(?<![\w.,/-])(?P<number>(?=[0-9/]*[OolI])(?=[OolI0-9/]*[0-9]{2})[0-3OolI]?[0-9OolI]/[01OolI]?[0-9OolI]/2[0-9OolI]{3})(?![\w/])"
)
_TELEPHONE = re.compile(
    r"(?:โทรศัพท์|โทรสาร|โทร|มือถือ|[Tt]el|[Ff]ax)\.?[ \u00a0]?:?[ \u00a0]?"
    r"(?P<number>(?=[0-9 -]*[OolI])[0Oo](?:[ -]?[0-9OolI]){7,9})(?![\w-])"
)
_OXYGEN = "O2"
_LED_BY_LETTER = re.compile(f"(?<![\\w.,/|-])[oOlI]{{1,2}}[{THAI_DIGITS}]+(?![\\w/-])")
_THAI = re.compile(
    f"[{THAI_DIGITS}]+[.,]?[\u0e01-\u0e2eA-HJ-NP-Za-km-np-z@%][.,]?[{THAI_DIGITS}][{THAI_DIGITS}.,]*"
)


def _find(context: Context) -> Iterator[Match]:
    text = context.text
    for match in _LATIN.finditer(text):
        digits, letters = _in_digits(match["number"])
        # O,OOO are letters: what is counted behind them says otherwise.
        if letters * 2 < len(digits) or _COUNTED_HERE.match(text, match.end()):
            evidence = (Evidence(EvidenceKind.LETTERS_AMONG_DIGITS, score=float(letters)),)
            yield Match(match.start(), match.end(), digits, evidence, 0.9)
    framed: set[int] = set()
    for pattern in (_NUMBERED, _OF_MONTH, _IN_DATE, _TELEPHONE):
        for match in pattern.finditer(text):
            start, number = match.start("number"), match["number"]
            digits, letters = _in_digits(number)
            evidence = (Evidence(EvidenceKind.LETTERS_AMONG_DIGITS, score=float(letters)),)
            if letters and number != _OXYGEN and start not in framed:
                framed.add(start)
                yield Match(start, start + len(number), digits, evidence, 0.9)
    for match in _ROUND.finditer(text):
        letters = len(_OUT_OF_PLACE.findall(match[0]))
        if not read_by_guess(match[0], context.reading.reader.name):
            evidence = (Evidence(EvidenceKind.LETTERS_AMONG_DIGITS, score=float(letters)),)
            yield Match(
                match.start(), match.end(), match[0].replace("o", "๐").replace("O", "๐"), evidence, 0.9
            )
    for match in (*_COUNTED.finditer(text), *_YEAR.finditer(text)):
        start = match.start("number")
        if start not in framed and not _LATIN.match(text, start) and _letters_between(match["number"]):
            yield Match(match.start("number"), match.end("number"), None)
    for match in (
        *_THAI.finditer(text),
        *_UPRIGHT.finditer(text),
        *_LED_BY_LETTER.finditer(text),
        *_TIME.finditer(text),
    ):
        if not read_by_guess(match[0], context.reading.reader.name):
            yield Match(match.start(), match.end(), None)


def _in_digits(number: str) -> tuple[str, int]:
    """A number with digits for its letters, and how many letters that were."""
    return _OUT_OF_PLACE.subn(lambda letter: _DIGIT_OF[letter[0]], number)


def _letters_between(number: str) -> bool:
    """Whether digits are at least as many as letters, and a digit or a separator stands behind each letter but in a
    year: 2O3, 1,2B0, and not 5B."""
    letters = sum(character.isalpha() for character in number)
    return letters * 2 <= len(number) and (number[-1].isdigit() or len(number) > 3)


RULE = Rule(
    code="DIG002",
    name="letter in a number",
    version=6,
    message="A letter stands among the digits of a number.",
    message_th="มีตัวอักษรปนอยู่ในตัวเลข",
    stage=Stage.WORDS,
    level=Safety.REVIEW,
    find=_find,
    positive=examples(
        "เป็นเงิน [1O,000→10,000] บาท",
        "ครัวเรือน [l,250→1,250] แห่ง",
        "พ.ศ. [๒๕ก๙] และ [๒๕b๗]",
        "มี [๒,ฒ๕๒] คน",
        "[๑๐o→๑๐๐] หลัง [๒o๓→๒๐๓] ไร่ ราคา [๕O→๕๐] บาท [๑,oOo→๑,๐๐๐] คน",
        "เวลา [08.3o] น. ถึง [l6:30] นาฬิกา",
        "จำนวน [๑l๐] ราย และ [l๒] คน หมู่ที่ [o๓]",
        "จำนวน [l,5OO→1,500] บาท และ [1O,OOO→10,000] คน ข้อ [l2→12] หมู่ที่ [O3→03] เลขที่ [1l5→115] วันที่ [1O→10]",
        "ภายใน [l5→15] มกราคม 2567 หรือ [3O/O4/2567→30/04/2567]",
        "โทร. [O2-l23-4567→02-123-4567] โทรศัพท์ [08l 234 567O→081 234 5670]",
        "พื้นที่ [2O3] ไร่ ราคา [1S0] บาท จำนวน [1,2B0] คน ในปี [Z567]",
    ),
    negative=examples(
        "เป็นเงิน 10,000 บาท",
        "กฎหมายเลข 5OI และ Il,ool",
        "ข้อ I ข้อ l ห้อง I2 หมู่ O และเลขที่ A1O หน้า IV วันที่ 10 มกราคม 2567 โทร. 02-123-4567 1O/l หมู่เลือด O2 ข้อ O2 Sensor",
        "COVID-19 H5N1 IP54 B12 วิตามิน B12 คนละ 1 เม็ด ห้อง 5B คนละชั้น ขนาด 2S บาท",
        "ข้อ ๒ ก. ข้อ ๓ ข. ๑.ก ๒.ข",
        "1 | 250 | 300",
        "๑ | ๒๕๐ | ๓๐๐ ๕Oz ๕ O",
    ),
)
