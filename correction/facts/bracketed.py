"""Numbers with their words in brackets behind them: `๑๔๔,๐๔๔ คน (หนึ่งแสนสี่หมื่นสี่พันสี่สิบสี่)`.

Budgets, contracts and election results write each number twice, so that the one proves the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from correction.facts.number_words import SpokenNumber, read_number, words_at, words_before
from correction.facts.numbers import DIGIT, THAI_DIGITS, UNITS, arabic, thai
from correction.rule import Context

_BRACKET = re.compile(r"[(\[]([^()\[\]]{2,160})[)\]]")
_QUOTED = re.compile(
    r"(?:บาท|\d)[.\-=–]*[ \u00a0]{0,2}(?:[(\[]?(?:ตัวอักษร|ตัวหนังสือ)[)\]]?[ \u00a0]?:?|[/:=“\"]|(?P<dash>[-–—]))[ \u00a0]?"
    r"(?P<words>[\u0e01-\u0e4e ]{4,160})"
)
"""Words of an amount that stand behind it without a bracket: 3,000 บาท / สี่พันบาทถ้วน."""
_REPEATED = re.compile(
    rf"(?P<words>[\u0e01-\u0e4e]{{4,120}}?บาทถ้วน)[ \u00a0:=]{{0,3}}(?P<number>{DIGIT}(?:[^\s]{{0,2}}{DIGIT})*)"
    r"[.\-=–]*[ \u00a0]?บาท"
)
"""An amount that stands behind its words without a bracket, as the first number of its line."""
_FRAME = " \u00a0–—=*_.-"
"""What frames an amount so that nothing can be added to it: (-สี่พันบาทถ้วน-), (=4,000.-บาท=)."""
_FIGURE = re.compile(
    rf"({DIGIT}[0-9{THAI_DIGITS},.]*{DIGIT}|{DIGIT})[.\-=–]*\s?(?P<unit>{'|'.join(UNITS)})?[.\-=–]*"
)
_BEHIND = re.compile(
    rf"[{_FRAME}]{{0,3}}[)\]][ \u00a0:=]{{0,3}}(?P<number>{DIGIT}(?:[^\s]{{0,2}}{DIGIT})*)[.\-=–]*[ \u00a0]?บาท"
)
"""An amount that stands behind the bracket in which its words do."""
_LEADS_IN = re.compile(
    r"(?:\A|[\s(]|เงิน|จำนวน|ราคา|เป็น|ละ|เกิน|รวม|มูลค่า|ค่าจ้าง|ค่าปรับ|อัตรา|ภายใน|อายุ|กว่า|ระยะเวลา|กำหนด|ครบ|อย่างน้อย|อย่างมาก)\Z"
)
"""What the words of a number may stand behind: behind another word the number may be longer and damaged there."""
_WORD = re.compile(r"\S+")
_REACH = 90
_BETWEEN = 30
"""Characters that may stand between the number and the bracket: what is counted."""
_CORE = re.compile(f"[0-9{THAI_DIGITS}](?:[^\\s]{{0,2}}[0-9{THAI_DIGITS}])*")
_CLEAN = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2}))?")
_GROUPED = re.compile(f"(?<!{DIGIT}){DIGIT}{{1,3}},{DIGIT}{{3}}(?!{DIGIT})")
_SCALED = re.compile("ล้าน|แสน|หมื่น|พัน|ร้อย|โหล")
_UNITS = re.compile(f"(?:{'|'.join(UNITS)})")
_LATIN = re.compile(r"[A-Za-z@|]{2,7}")

_MOST_COST, _MOST_COST_PROPORTION, _LEAST_MARGIN = 1.5, 0.15, 1.0
"""What may be forgiven in the words, in characters and as a proportion of them; how much dearer another number is."""
_MOST_UNFIT = 0.45
_KNOWN = set("๐๑๒๓๕")
_COUNTED = re.compile(rf"[ \u00a0]?(?P<unit>{'|'.join(UNITS)})")
_COUNTS = re.compile(r"(?:ข้อ|มาตรา|วรรค|หมวด|ส่วน|บท|ตอน|ภาค|ที่|เลข|หน้า|ข้อย่อย|อนุ|ชั้น|ปี|ครั้ง)[ \u00a0]?\Z")
"""What is numbered, not counted: the word behind such a number may number something else."""
_SMALLEST_CONTRADICTION = 100
"""Below it a word in brackets may number something else: มาตรา ๑๔ (สอง)."""


class Relation(Enum):
    """How a number stands to its words."""

    AGREES = "agrees"
    FITS = "fits"  # another number, but one that may be a misreading of what the words say
    CONTRADICTS = "contradicts"


class Pair(NamedTuple):
    """The number at `start..end`, what the words at `words_start` say, and how the two stand.

    `expected` is the number of the words written as the number is; `unfit` is 0 where the number as read can be it
    without ado, and grows to 1 with what must be assumed.
    """

    start: int
    end: int
    words_start: int
    spoken: SpokenNumber
    expected: str
    relation: Relation
    unfit: float


def pairs(context: Context) -> tuple[Pair, ...]:
    """Every number of the text that has its words in brackets behind it, or stands in brackets behind them, in order of
    place.

    What the reader cannot know decides which misreadings are likely.
    """
    return context.shared(_pairs)


def _pairs(context: Context) -> tuple[Pair, ...]:
    text, misread = context.text, context.reading.reader.name == "tesseract"
    found: dict[tuple[int, int], Pair] = {}
    for match in _BRACKET.finditer(text):
        framed = match[1].strip(_FRAME)
        start = match.start(1) + match[1].index(framed)
        number, words = _number_and_words(text, match.start(), start, framed, misread=misread)
        pair = _pair(text, number, words, misread=misread) if number and words else None
        if number and pair:
            found.setdefault(number, pair)
    for number, words in _without_bracket(text):
        pair = _pair(text, number, words, misread=misread)
        if pair:
            found.setdefault(number, pair)
    return tuple(found[place] for place in sorted(found))


def _without_bracket(text: str) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Amounts whose words follow a sign or a label instead of a bracket: where number and words stand."""
    for match in _QUOTED.finditer(text):
        words = words_at(text, *match.span("words"))
        if words is None or "บาท" not in text[slice(*words)]:
            continue
        if match["dash"] and not text[slice(*words)].rstrip().endswith("ถ้วน"):
            continue  # what is taken off: 3,000 บาท - สองร้อยบาท
        cores = list(_CORE.finditer(text, max(match.start() - _BETWEEN, 0), match.start("words")))
        if cores and not _SCALED.search(text, cores[-1].end(), match.start("words")):
            yield cores[-1].span(), words
    for match in _REPEATED.finditer(text):
        line = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
        words = words_before(text, match.end("words"))
        led_in = words is not None and _LEADS_IN.search(text[: words[0]][-_BETWEEN:])
        if words is not None and led_in and not re.search(DIGIT, line):
            yield match.span("number"), words


def _number_and_words(
    text: str, bracket: int, start: int, framed: str, *, misread: bool
) -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
    """Where the number stands and where its words do, of which the one is `framed`, at `start`, in the bracket."""
    figure = _FIGURE.fullmatch(framed)
    if figure is not None:
        place = (start + figure.start(1), start + figure.end(1))
        return place, _words_in_front(text, bracket, figure["unit"] or "")
    number = _number_before(text, bracket, misread=misread)
    if number is None and "บาท" in framed:
        behind = _BEHIND.match(text, text.find(framed, start) + len(framed))
        return (None, None) if behind is None else (behind.span("number"), (start, start + len(framed)))
    unit = _COUNTED.match(text, number[1]) if number else None
    words = framed.removesuffix(unit["unit"]) if unit and unit["unit"] != "บาท" else framed
    return number, (start, start + len(words))


def _pair(text: str, number: tuple[int, int], words: tuple[int, int], *, misread: bool) -> Pair | None:
    spoken = read_number(text[slice(*words)])
    if spoken is None or not _sure(spoken):
        return None
    return _compare(text, *number, words, spoken, misread)


def _words_in_front(text: str, bracket: int, unit: str) -> tuple[int, int] | None:
    """The words of an amount that the number in a bracket repeats: สี่พันบาทถ้วน (4,000 บาท), หนึ่งร้อยสาม (๑๐๓) คน,
    สิบแปดปี (๑๘ ปี). `unit` is what is counted in the bracket."""
    if unit and unit != "บาท":
        head = text[:bracket].rstrip()
        words = words_before(text, len(head) - len(unit)) if head.endswith(unit) else None
        return words if words and _LEADS_IN.search(text[: words[0]][-_BETWEEN:]) else None
    words = words_before(text, bracket)
    if words is None or not _LEADS_IN.search(text[: words[0]][-_BETWEEN:]):
        return None
    closed = text.find(")", bracket)
    counted = closed >= 0 and _COUNTED.match(text, closed + 1) and not _COUNTED.search(text, bracket, closed)
    return words if "บาท" in text[slice(*words)] or counted else None


def _sure(spoken: SpokenNumber) -> bool:
    """True when the words say this number and no other, with little to forgive."""
    characters = sum(len(one.word) for one in spoken.words)
    forgiven = spoken.cost <= min(_MOST_COST, _MOST_COST_PROPORTION * characters)
    return forgiven and (spoken.cost == 0 or spoken.margin >= _LEAST_MARGIN)


def _number_before(text: str, bracket: int, *, misread: bool) -> tuple[int, int] | None:
    """The number that the bracket speaks of: the nearest in front, with nothing but a unit in between."""
    words = list(_WORD.finditer(text, max(bracket - _REACH, 0), bracket))
    for word in reversed(words[-4:]):
        cores = list(_CORE.finditer(word[0]))
        if cores:
            start, end = word.start() + cores[-1].start(), word.start() + cores[-1].end()
            between = text[end:bracket]
            if len(between) > _BETWEEN or _SCALED.search(between):
                return None
            return _widened(text, start, end, word.span()) if misread else (start, end)
        if bracket - word.start() > _BETWEEN:
            break
    if not misread or len(words) < 2 or not _UNITS.search(words[-1][0]):
        return None
    # A number of which no digit was read as one: `momo บัตร (สามพันหกร้อยสามสิบหก)`.
    lost = words[-2]
    return lost.span() if _LATIN.fullmatch(lost[0]) else None


def _widened(text: str, start: int, end: int, word: tuple[int, int]) -> tuple[int, int]:
    """The number with one sign more on either side, where it would stand alone: `ด๓๐`, `๐๑ค`, `๓๕%`."""
    if start - word[0] == 1 and text[start - 1] not in "(-.,:;=":
        start -= 1
    if word[1] - end == 1 and text[end] not in ".,:;-)=":
        end += 1
    return start, end


def _compare(
    text: str, start: int, end: int, words: tuple[int, int], spoken: SpokenNumber, misread: bool
) -> Pair | None:
    token, words_start = text[start:end], words[0]
    clean = _CLEAN.fullmatch(arabic(token))
    expected = _as_written(text, token, spoken)
    if (
        clean
        and int(clean[1].replace(",", "")) == spoken.whole
        and _cents(clean[2]) == _cents(spoken.hundredths)
    ):
        return Pair(start, end, words_start, spoken, expected, Relation.AGREES, 0.0)
    if expected == token:
        return None
    in_thai = misread and (re.search(f"[{THAI_DIGITS}]", token) or not clean)
    unfit = _unfit(token, expected) if in_thai else None if clean else _unfit_at_non_digits(token, expected)
    if unfit is not None and unfit <= _MOST_UNFIT:
        return Pair(start, end, words_start, spoken, expected, Relation.FITS, unfit)
    large = (
        spoken.whole >= _SMALLEST_CONTRADICTION or spoken.baht or _is_counted(text, (start, end), words[1])
    )
    if spoken.cost or not large or not (clean or in_thai):
        return None
    return Pair(start, end, words_start, spoken, expected, Relation.CONTRADICTS, 1.0)


def _is_counted(text: str, number: tuple[int, int], words_end: int) -> bool:
    """Whether the words are followed by what is counted, inside their bracket or behind it, and the number does not
    number a thing: ๑๕ (สิบหก) วัน, 30 วัน (สามสิบเอ็ดวัน), สิบเอ็ด (๑๒) คน."""
    end = max(number[1], words_end)
    behind = end + (text[end : end + 1] in (")", "]"))
    return _COUNTED.match(text, behind) is not None and not _COUNTS.search(
        text[max(number[0] - 12, 0) : number[0]]
    )


def _cents(digits: str | None) -> str:
    return (digits or "").rstrip("0")


def _as_written(text: str, token: str, spoken: SpokenNumber) -> str:
    """The number of the words in the digits and with the separators of the token and its page."""
    grouped = "," in token or (spoken.whole > 999 and _GROUPED.search(text) is not None)
    digits = f"{spoken.whole:,}" if grouped else str(spoken.whole)
    if spoken.hundredths:
        digits += "." + spoken.hundredths
    elif re.search(f"[.]{DIGIT}{{2}}$", token):
        digits += ".00"
    of_thai = re.search(f"[{THAI_DIGITS}]", token) or not re.search("[0-9]", token)
    return thai(digits) if of_thai else digits


def _unfit(token: str, expected: str) -> float | None:
    """How much must be assumed for Tesseract to have read `token` where `expected` stands; None: it cannot.

    It knows ๐ ๑ ๒ ๓ ๕ and reads them right or as letters; each other digit comes out as one or two of these.
    """
    read = [character for character in token if character not in ",./-"]
    wanted = [character for character in expected if character not in ",."]
    row: list[float | None] = [0.0]
    for digit in wanted:
        row.append(_plus(row[-1], _missing(digit)))
    for character in read:
        above, row = row, [_plus(row[0], 0.5)]
        for index, digit in enumerate(wanted):
            ways = (
                _plus(above[index], _misreading(digit, character)),
                _plus(above[index + 1], 0.5),
                _plus(row[-1], _missing(digit)),
            )
            row.append(min((way for way in ways if way is not None), default=None))
    return None if row[-1] is None else row[-1] / max(len(wanted), 1)


def _plus(cost: float | None, more: float | None) -> float | None:
    return None if cost is None or more is None else cost + more


def _missing(digit: str) -> float | None:
    return None if digit in _KNOWN else 0.8


def _misreading(digit: str, character: str) -> float | None:
    if digit == character:
        return 0.0
    if digit in _KNOWN:
        return None if character in _KNOWN else 0.4
    return 0.15 if character in _KNOWN else 0.25


def _unfit_at_non_digits(token: str, expected: str) -> float | None:
    """The same where every digit is read right and only what is no digit may stand for one."""
    if len(token) != len(expected):
        return None
    wrong = [(a, b) for a, b in zip(token, expected, strict=True) if a != b]
    if any(re.match(DIGIT, a) for a, _ in wrong):
        return None
    return 0.4 * len(wrong) / len(expected)


def proven(context: Context) -> Iterator[tuple[int, int]]:
    """The places of numbers that their words confirm or correct: no other doubt about them is left."""
    for pair in pairs(context):
        if pair.relation is not Relation.CONTRADICTS:
            yield pair.start, pair.end
