"""REP001: a word that stands twice: written twice, or taken for the word before or behind it (ความความ for ตามความ).

A text layer holds what is drawn, where no reader has read a word twice: in นิติเวชนิติเวชศาสตร์ two words stand, and so
do they in a list of names and words.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from correction.example import examples
from correction.facts.number_words import numbers_in_words
from correction.facts.repeated import begins_a_longer_word, between_longer_words, repeated_words
from correction.places import protected_in
from correction.rule import Context, Match, Rule, Stage
from correction.words.manner import is_chat, is_list, verses
from correction.words.misspelt import DRAWN
from dictionaries.language_model import load as load_model
from model.edit import Safety
from model.evidence import Evidence, EvidenceKind

_LEAST_GAIN = -4.0
"""Nats likelier with the change, what the change takes being taken off. In five million letters of news and law true
repetitions gain 3 or more, where another word was meant about -2, legitimate ones -6 and less."""


def _find(context: Context) -> Iterator[Match]:
    text, lexicon = context.text, context.known.lexicon
    found = list(repeated_words(text, lexicon, load_model()))
    if not found:
        return
    if is_chat(context):
        return
    protected, stanzas = protected_in(context, context.known), verses(context)
    spoken = tuple(numbers_in_words(text))  # ศูนย์ศูนย์ in a number's words are two digits
    two_words = context.reading.reader.name == DRAWN or is_list(context)
    for one in found:
        (best, gain), *others = one.instead
        if gain < _LEAST_GAIN or any(p.start < one.end and one.start < p.end for p in protected):
            continue
        if any(start <= one.start and one.end <= end for start, end in (*spoken, *stanzas)):
            continue
        if _stands_alone(text, one.start, one.end):
            continue
        if not best and between_longer_words(text, one, lexicon):
            continue
        if not best and two_words and begins_a_longer_word(text, one, lexicon):
            continue
        word = text[one.middle : one.end]
        rivals = [other + word for other, nats in others if nats > _LEAST_GAIN]
        ahead = gain - max((nats for _, nats in others), default=0.0)
        confidence = 0.95 / (1 + math.exp(-ahead))
        evidence = (Evidence(EvidenceKind.LIKELIER, score=round(gain, 1)),)
        yield Match(
            one.start, one.end, best + word, evidence, round(confidence, 3), alternatives=tuple(rivals)
        )


def _stands_alone(text: str, start: int, end: int) -> bool:
    """ร่อนร่อน between white space is a word that is made so."""
    before, behind = text[:start][-1:], text[end : end + 1]
    return (not before or before.isspace()) and (not behind or behind.isspace())


RULE = Rule(
    code="REP001",
    name="repeated word",
    version=7,
    message="A word stands twice: it was written twice, or one of the two is another word.",
    message_th="คำซ้ำกันสองครั้ง อาจเขียนซ้ำหรือคำหนึ่งอ่านผิด",
    stage=Stage.WORDS,
    level=Safety.REVIEW,
    find=_find,
    positive=examples(
        "มีการแบ่งงานกันทำ[ความความ→ตามความ]สามารถและศักยภาพของหน่วยงาน",
        "คณะกรรมการจัดทำแผน[และและ→และ]ให้รายงานผล [เพื่อ เพื่อ→เพื่อ]ให้สภาพิจารณา",
        "เทศบาลหวัง[เป็นเป็น→เป็น]อย่างยิ่งว่าโครงการนี้จะสำเร็จ",
    ),
    negative=examples(
        "ทำความเข้าใจตามความสามารถ",
        "มูลค่านับล้านล้านบาท",
        "อัตรา ๕.๐๐๙ (ห้าจุดศูนย์ศูนย์เก้า)",
        "ในหมู่บ้านบ้านโคกสูง",
        "ค่อยค่อยดำเนินการ",
        "ลมระรื่นชื่นชายชลาสินธุ์ หอมกลิ่นรินรื่นรื่นมาชื่นขวัญ\nใบไม้ไหวไกวก้านประสานกัน เสียงนกขันแว่วแว่วอยู่แนวไพร\n"
        "ถึงบางพลัดพลัดถิ่นถวิลหา น้ำค้างพรมพรมผกาดูผ่องใส",
        "ตัวอย่างคำซ้อน\nหยังหยัง\nร่อนร่อน",
        "ที่ที่ดินตั้งอยู่",
        "ทำเพื่อเพื่อนบ้าน เดินทางโดยโดยสารรถประจำทาง จะเลือกทางนี้หรือ หรือจะเลือกทางนั้น",
        "คู่มือการตีความความฝันของคนโบราณ และหม่อมเจ้าดวงจิตรจิตรพงศ์ เสด็จเปิดงาน",
        "ข้าราชการการเมือง",
        "สมาชิกสภาองค์การบริหารส่วนจังหวัดจังหวัดสุราษฎร์ธานี",
    ),
)
