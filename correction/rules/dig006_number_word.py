"""DIG006: a damaged word among the words of a number."""

from __future__ import annotations

from collections.abc import Iterator

from correction.facts.bracketed import Relation, pairs
from correction.rule import Context, Example, Finding, Rule, Stage
from model.edit import Evidence, Safety


def _find(context: Context) -> Iterator[Finding]:
    text = context.text
    for pair in pairs(context):
        for word in pair.spoken.words:
            start, end = pair.words_start + word.start, pair.words_start + word.end
            read = text[start:end]
            # What is broken over two lines is left to the lines.
            if read == word.word or any(letter.isspace() for letter in read):
                continue
            proof = pair.relation is Relation.AGREES
            evidence = Evidence("number", f"the number reads {pair.expected}", pair.spoken.margin)
            yield Finding(start, end, word.word, (evidence,), 0.99 if proof else 0.95)


DIG006 = Rule(
    code="DIG006",
    name="damaged number word",
    version=1,
    message="One of a number's words is damaged; only one word makes a number of it.",
    stage=Stage.WORDS,
    level=Safety.REVIEW,
    find=_find,
    fires=(
        Example("จำนวน 155,926 บัตร (หนึ่งแสนห้วหมื่นห้าพันเก้าร้อยยี่สิบหก)", 28, 31, "ห้า"),
        Example("จำนวน 224 คะแนน (สองร้อยยี่สิบสี)", 30, 32, "สี่"),
        Example("ราคา 40 บาท (สีสิบบาทถวน)", 13, 15, "สี่"),
        Example("ราคา 40 บาท (สีสิบบาทถวน)", 21, 24, "ถ้วน"),
    ),
    silent=(
        "จำนวน 155,926 บัตร (หนึ่งแสนห้าหมื่นห้าพันเก้าร้อยยี่สิบหก)",
        "ข้อ 5 (สีแดง)",
        "ข้อ 7 (เจริญ) ข้อ 2 (ของ)",
    ),
)
