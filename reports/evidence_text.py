"""What evidence says, in English and Thai. Findings hold it as data; here alone it becomes sentences."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Literal, NamedTuple, TypeAlias

from model.account import UnseenKind
from model.evidence import Evidence, EvidenceKind, Value
from reports.letters import safe_text

Language: TypeAlias = Literal["en", "th"]
Part: TypeAlias = str | tuple[str, ...]
"""A piece of a sentence: words, or a chain of places, the smallest first."""


class Words(NamedTuple):
    """What evidence of one kind comes from, and what it says, with its values by name in braces."""

    source: str
    says: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """Evidence in words: where it comes from, what it says, and how strongly, empty where that has no number. Every
    part is safe to show."""

    source: str
    parts: tuple[Part, ...]
    measure: str = ""

    @property
    def text(self) -> str:
        """What it says as one text."""
        return "".join(part if isinstance(part, str) else " ".join(part) for part in self.parts)


_GAZETTEER = ("gazetteer", "ทะเบียนสถานที่")
_MODEL = ("language model", "แบบจำลองภาษา")
_IMAGE = ("image", "ภาพ")
_READER = ("reader", "ตัวอ่าน")
_CALENDAR = ("calendar", "ปฏิทิน")
_DIGITS = ("digits", "ตัวเลข")


def _both(source: tuple[str, str], english: str, thai: str) -> Mapping[Language, Words]:
    return {"en": Words(source[0], english), "th": Words(source[1], thai)}


WORDS: Mapping[EvidenceKind, Mapping[Language, Words]] = {
    EvidenceKind.PLACE: _both(_GAZETTEER, "{place}", "{place}"),
    EvidenceKind.PLACE_FOLLOWS: _both(_GAZETTEER, "{name} follows", "ตามด้วย {name}"),
    EvidenceKind.MISREAD_AS: _both(
        ("confusions", "การสับสนของตัวอ่าน"),
        "how often the reader takes {name} for {read}",
        "ตัวอ่านอ่าน {name} เป็น {read} บ่อยเพียงใด",
    ),
    EvidenceKind.RUNNER_UP: _both(
        ("margin", "ระยะห่างจากอันดับถัดไป"), "likelier than the next, {place}", "เป็นไปได้มากกว่าอันดับถัดไป {place}"
    ),
    EvidenceKind.NO_RUNNER_UP: _both(
        ("margin", "ระยะห่างจากอันดับถัดไป"), "nothing else comes near", "ไม่มีชื่ออื่นใกล้เคียง"
    ),
    EvidenceKind.IS_NOT_IN: _both(
        _GAZETTEER, "{place}; there is no {name} in {area}", "{place} ไม่มี {name} ใน {area}"
    ),
    EvidenceKind.AGREE_ON_PLACE: _both(
        ("agreement", "ความสอดคล้อง"), "{names} stands in {place}", "{names} อยู่ใน {place}"
    ),
    EvidenceKind.HEADING_BEFORE: _both(
        ("heading", "หัวข้อ"), "under the heading {heading} of page {page}", "อยู่ใต้หัวข้อ {heading} ของหน้า {page}"
    ),
    EvidenceKind.ONLY_ONE: _both(
        _GAZETTEER, "{place} is the only {name} of {area}", "{place} เป็น {name} แห่งเดียวของ {area}"
    ),
    EvidenceKind.HAS_NO: _both(_GAZETTEER, "{place} has no {name}", "{place} ไม่มี {name}"),
    EvidenceKind.FORMER_NAME: _both(
        _GAZETTEER, "{name} until {until}, now {now}", "ใช้ชื่อ {name} ถึง {until} ปัจจุบันชื่อ {now}"
    ),
    EvidenceKind.ABOLISHED: _both(
        _GAZETTEER, "code {code}, not in force since {since}", "รหัส {code} ยกเลิกตั้งแต่ {since}"
    ),
    EvidenceKind.CREATED: _both(_GAZETTEER, "{place} since {since}", "{place} ตั้งขึ้นเมื่อ {since}"),
    EvidenceKind.CLASS_OF_BODY: _both(_GAZETTEER, "{bodies}, since {since}", "{bodies} ตั้งแต่ {since}"),
    EvidenceKind.POSTCODES: _both(
        ("postcodes", "รหัสไปรษณีย์"),
        "the postcode of {place} is {postcodes}, not {read}",
        "รหัสไปรษณีย์ของ {place} คือ {postcodes} ไม่ใช่ {read}",
    ),
    EvidenceKind.WORDS_SAY: _both(
        ("words", "ตัวหนังสือ"), "the words in brackets say {number}", "ตัวหนังสือในวงเล็บบอก {number}"
    ),
    EvidenceKind.NUMBER_SAYS: _both(("number", "จำนวน"), "the number reads {number}", "ตัวเลขอ่านได้ {number}"),
    EvidenceKind.DIGITS_MISREAD: _both(
        _DIGITS, "proportion of the digits that must have been misread", "สัดส่วนของตัวเลขที่ต้องอ่านผิดไป"
    ),
    EvidenceKind.LETTERS_AMONG_DIGITS: _both(_DIGITS, "letters among the digits", "จำนวนตัวอักษรที่ปนในตัวเลข"),
    EvidenceKind.SUM: _both(
        ("sum", "ผลรวม"), "the {rows} rows above add up to {total}", "{rows} แถวข้างบนรวมกันได้ {total}"
    ),
    EvidenceKind.NEAREST_MONTH: _both(
        ("months", "ชื่อเดือน"),
        "characters between it and the nearest month",
        "จำนวนอักขระที่ต่างจากชื่อเดือนที่ใกล้ที่สุด",
    ),
    EvidenceKind.NEAREST_WEEKDAY: _both(
        ("weekdays", "ชื่อวัน"),
        "characters between it and the nearest weekday",
        "จำนวนอักขระที่ต่างจากชื่อวันที่ใกล้ที่สุด",
    ),
    EvidenceKind.FELL_ON: _both(_CALENDAR, "the date fell on {weekday}", "วันที่นี้ตรงกับ{weekday}"),
    EvidenceKind.SAME_YEAR: _both(
        _CALENDAR, "พ.ศ. {buddhist} is ค.ศ. {christian}", "พ.ศ. {buddhist} คือ ค.ศ. {christian}"
    ),
    EvidenceKind.NO_SUCH_DAY: _both(_CALENDAR, "{month} has no day {day}", "{month} ไม่มีวันที่ {day}"),
    EvidenceKind.NO_SUCH_YEAR: _both(
        _CALENDAR, "no paper speaks of the year {year}", "ไม่มีเอกสารใดกล่าวถึงปี {year}"
    ),
    EvidenceKind.NO_SUCH_MONTH: _both(_CALENDAR, "no year has a month {month}", "ไม่มีเดือนที่ {month}"),
    EvidenceKind.RUNS_BACKWARDS: _both(_CALENDAR, "{first} comes after {last}", "{first} มาหลัง {last}"),
    EvidenceKind.FOLLOWS: _both(_DIGITS, "{number} follows {before}", "{number} ตามหลัง {before}"),
    EvidenceKind.CHECK_DIGIT: _both(
        _DIGITS, "the digits before it ask for {digit} as the last", "ตัวเลขข้างหน้ากำหนดให้หลักสุดท้ายเป็น {digit}"
    ),
    EvidenceKind.SAYS_BESIDE: _both(_DIGITS, "beside it stands {number}", "ข้าง ๆ เขียนว่า {number}"),
    EvidenceKind.READS: _both(_READER, "{reader} reads “{text}”", "{reader} อ่านว่า “{text}”"),
    EvidenceKind.READS_ALIKE: _both(_READER, "{reader} reads “{text}” too", "{reader} ก็อ่านว่า “{text}”"),
    EvidenceKind.READER_CONFIDENCE: _both(_READER, "mean confidence", "ความมั่นใจเฉลี่ย"),
    EvidenceKind.WIDE_GAP: _both(
        _IMAGE,
        "how much wider the gap is than between the characters of the line, in heights of a small letter",
        "ช่องว่างกว้างกว่าระหว่างตัวอักษรในบรรทัดกี่เท่าของความสูงตัวอักษร",
    ),
    EvidenceKind.WHITE_BEHIND: _both(_IMAGE, "the white behind the character", "ช่องว่างหลังตัวอักษร"),
    EvidenceKind.INK_AT: _both(
        _IMAGE,
        "ink from column {left}, row {top} to column {right}, row {bottom} of the page image",
        "หมึกตั้งแต่คอลัมน์ {left} แถว {top} ถึงคอลัมน์ {right} แถว {bottom} ของภาพหน้า",
    ),
    EvidenceKind.UNSEEN: _both(_IMAGE, "{why}", "{why}"),
    EvidenceKind.LIKELIER: _both(_MODEL, "the text is likelier so", "ข้อความเป็นไปได้มากขึ้น"),
    EvidenceKind.LIKELIER_AFTER_COST: _both(
        _MODEL,
        "the text is likelier so, however rare such a misreading is",
        "ข้อความเป็นไปได้มากขึ้น แม้คิดว่าการอ่านผิดเช่นนั้นพบน้อยเพียงใด",
    ),
    EvidenceKind.LIKELIHOOD: _both(
        _MODEL,
        "how rare each character is here; in usual Thai about 1 in 3",
        "อักขระแต่ละตัวตรงนี้พบยากเพียงใด ข้อความไทยทั่วไปราว 1 ใน 3",
    ),
    EvidenceKind.NETWORK: _both(
        ("network", "โครงข่ายตรวจทาน"),
        "probability of the correction by the characters on both sides",
        "โอกาสที่ควรแก้เช่นนี้ ดูจากอักขระสองข้าง",
    ),
    EvidenceKind.WORD: _both(("lexicon", "พจนานุกรม"), "{word}", "{word}"),
    EvidenceKind.AROUND_IT: _both(
        _MODEL,
        "the words around it stand around {word} and not around {instead_of}",
        "คำรอบข้างมักอยู่กับคำว่า {word} ไม่ใช่ {instead_of}",
    ),
    EvidenceKind.SPACING_RULES: _both(
        ("usage", "หลักเกณฑ์"), "the Royal Society's rules on spacing", "หลักเกณฑ์การเว้นวรรคของสำนักงานราชบัณฑิตยสภา"
    ),
    EvidenceKind.WRITTEN_IN: _both(
        ("encoding", "รหัสอักขระ"),
        "{encoding} decoded as {decoded_as}; it begins “{preview}”",
        "เขียนด้วย {encoding} แต่ถอดรหัสเป็น {decoded_as} ขึ้นต้นว่า “{preview}”",
    ),
    EvidenceKind.SAYS_AGAIN: _both(
        ("repetition", "การซ้ำ"), "how many times it says “{text}”", "จำนวนครั้งที่กล่าวซ้ำว่า “{text}”"
    ),
    EvidenceKind.LOWERED: _both(
        ("lowered", "ลดระดับ"), "would have proposed “{after}”", "เดิมจะเสนอ “{after}”"
    ),
    EvidenceKind.SENTENCE: _both(("earlier version", "โปรแกรมรุ่นก่อน"), "{source}: {text}", "{source}: {text}"),
    EvidenceKind.NOTE: _both(("note", "บันทึก"), "{who}: {text}", "{who}: {text}"),
}

_READERS: Mapping[str, Mapping[Language, str]] = {
    "line-reader": {"en": "the line reader", "th": "ตัวอ่านบรรทัด"},
    "tesseract": {"en": "Tesseract", "th": "Tesseract"},
    "text-layer": {"en": "the text layer", "th": "ชั้นข้อความของ PDF"},
}
_WHY: Mapping[str, Mapping[Language, str]] = {
    UnseenKind.NO_INK: {"en": "there is bare paper where they should stand", "th": "ตำแหน่งนั้นเป็นกระดาษเปล่า"},
    UnseenKind.COVERED: {"en": "they are painted over", "th": "ถูกทาทับ"},
    UnseenKind.SHARED: {"en": "other letters stand on the same ink", "th": "มีตัวอักษรอื่นอยู่บนหมึกเดียวกัน"},
    UnseenKind.CROWDED: {
        "en": "they stand closer together than print can", "th": "อยู่ชิดกันเกินกว่าที่ตัวพิมพ์จะเป็นได้",
    },
    UnseenKind.STRUCK: {"en": "a line goes through them", "th": "มีเส้นขีดทับ"},
    UnseenKind.NO_PLACE: {"en": "the reader knows no place for them", "th": "ตัวอ่านไม่ทราบตำแหน่ง"},
}  # fmt: skip
_NOTHING: Mapping[str, Mapping[Language, str]] = {
    "text": {"en": "nothing", "th": "ไม่มีอะไร"},
    "after": {"en": "nothing", "th": "ไม่มีอะไร"},
    "since": {"en": "an unknown day", "th": "วันที่ไม่ทราบ"},
}
_OR: Mapping[Language, str] = {"en": " or ", "th": " หรือ "}


def sentence(evidence: Evidence, language: Language) -> Sentence:
    """The evidence in words of one language."""
    words, values = WORDS[evidence.kind][language], evidence.named
    parts: list[Part] = []
    for said, name, _, _ in Formatter().parse(words.says):
        if said:
            parts.append(said)
        if name is not None:
            parts.append(_part(name, values[name], language))
    return Sentence(words.source, tuple(parts), _measure(evidence, language))


def _measure(evidence: Evidence, language: Language) -> str:
    """The score of evidence as people count: times, one in so many, per cent, pixels."""
    if evidence.score is None:
        return ""
    score, thai = evidence.score, language == "th"
    if evidence.kind in _TIMES:
        times = _number(math.exp(min(abs(score), _MOST)))
        if score < 0:
            return f"1/{times}"
        return f"{times} เท่า" if thai else f"{times} times"
    if evidence.kind in _ONE_IN:
        many = _number(math.exp(min(abs(score), _MOST)))
        return f"1 ใน {many}" if thai else f"1 in {many}"
    if evidence.kind in _SHARES:
        return f"{score:.0%}"
    if evidence.kind is EvidenceKind.NETWORK:
        return f"{1 / (1 + math.exp(-max(-_MOST, min(score, _MOST)))):.0%}"
    if evidence.kind is EvidenceKind.WHITE_BEHIND:
        return f"{score:g} พิกเซล" if thai else f"{score:g} px"
    return f"{score:.3g}"


_MOST = math.log(1e6)
_TIMES = (
    EvidenceKind.RUNNER_UP, EvidenceKind.NO_RUNNER_UP, EvidenceKind.LIKELIER, EvidenceKind.LIKELIER_AFTER_COST,
    EvidenceKind.AROUND_IT,
)  # fmt: skip
"""Kinds whose score is the logarithm of a ratio of likelihoods, in nats."""
_ONE_IN = (EvidenceKind.MISREAD_AS, EvidenceKind.LIKELIHOOD)
"""Kinds whose score is the logarithm of a probability, in nats, with either sign."""
_SHARES = (EvidenceKind.DIGITS_MISREAD, EvidenceKind.READER_CONFIDENCE)


def _number(value: float) -> str:
    """A number as it is said: with one place below ten, whole above, and no more digits than it deserves."""
    if value < 10:
        return f"{value:.2g}"
    digits = 10 ** max(0, len(str(round(value))) - 2)
    return f"{round(value / digits) * digits:,}"


def _part(name: str, value: Value, language: Language) -> Part:
    if isinstance(value, tuple):
        shown = tuple(map(safe_text, value))
        if name == "place":
            return shown
        return (" " if name == "names" else _OR[language]).join(shown)
    if name == "why" and str(value) in _WHY:
        return _WHY[str(value)][language]
    if name == "reader":
        known = _READERS.get(str(value))
        return safe_text(str(value)) if known is None else known[language]
    return safe_text(str(value)) or _NOTHING.get(name, {}).get(language, "")
