"""DIG006: a damaged word among the words of a number."""

from __future__ import annotations

from collections.abc import Iterator

from correction.example import examples
from correction.facts.bracketed import Relation, pairs
from correction.facts.number_words import words_of_no_number
from correction.rule import Context, Match, Rule, Stage
from model.edit import Safety
from model.evidence import Evidence, EvidenceKind


def _find(context: Context) -> Iterator[Match]:
    text = context.text
    for pair in pairs(context):
        for word in pair.spoken.words:
            start, end = pair.words_start + word.start, pair.words_start + word.end
            read = text[start:end]
            # What is broken over two lines is left to the lines.
            if read == word.word or any(letter.isspace() for letter in read):
                continue
            proof = pair.relation is Relation.AGREES
            evidence = Evidence(EvidenceKind.NUMBER_SAYS, (pair.expected,), pair.spoken.margin)
            yield Match(start, end, word.word, (evidence,), 0.99 if proof else 0.95)
    for start, end in words_of_no_number(text):
        yield Match(start, end, None, message="These words say no number: one of them is wrong or missing.")


RULE = Rule(
    code="DIG006",
    name="damaged number word",
    version=2,
    message="One of a number's words is damaged; only one word makes a number of it.",
    message_th="คำบอกจำนวนเสียหาย มีคำเดียวที่ทำให้เป็นจำนวนได้",
    stage=Stage.WORDS,
    level=Safety.REVIEW,
    find=_find,
    positive=examples(
        "จำนวน 155,926 บัตร (หนึ่งแสน[ห้ว→ห้า]หมื่นห้าพันเก้าร้อยยี่สิบหก)",
        "จำนวน 224 คะแนน (สองร้อยยี่สิบ[สี→สี่])",
        "เป็นเงิน ([ห้าร้อยหมื่นบาทถ้วน]) (-[สองสิบบาทถ้วน]-) [ยี่ร้อยบาทถ้วน]",
        "ราคา 40 บาท ([สี→สี่]สิบบาท[ถวน→ถ้วน])",
    ),
    negative=examples(
        "จำนวน 155,926 บัตร (หนึ่งแสนห้าหมื่นห้าพันเก้าร้อยยี่สิบหก)",
        "ข้อ 5 (สีแดง)",
        "(หนึ่งหมื่นห้าพันบาทถ้วน) (สิบล้านบาทถ้วน) (หนึ่งร้อยเอ็ดบาทถ้วน) (ศูนย์บาทถ้วน) สองสามพันบาท",
        "ข้อ 7 (เจริญ) ข้อ 2 (ของ)",
    ),
)
