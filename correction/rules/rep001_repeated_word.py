"""REP001: a word that stands twice: written twice, or taken for the word before or behind it (ความความ for ตามความ).

A text layer holds what is drawn, where no reader has read a word twice: in นิติเวชนิติเวชศาสตร์ two words stand.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import partial

from correction.facts.repeated import begins_a_longer_word, repeated_words
from correction.places import protected_in
from correction.rule import Context, Example, Finding, Rule, Stage
from dictionaries.known import Known, own
from dictionaries.language_model import load as load_model
from model.edit import Evidence, Safety

_DRAWN = "text-layer"
"""The reader whose letters are those that are drawn."""

_LEAST_GAIN = -4.0
"""Nats likelier with the change, what the change takes being taken off. In five million letters of news and law true
repetitions gain 3 or more, where another word was meant about -2, legitimate ones -6 and less."""


def _find(context: Context, known: Known) -> Iterator[Finding]:
    text, lexicon = context.text, known.lexicon
    found = list(repeated_words(text, lexicon, load_model()))
    if not found:
        return
    protected = protected_in(context, known)
    for one in found:
        (best, gain), *others = one.instead
        if gain < _LEAST_GAIN or any(p.start < one.end and one.start < p.end for p in protected):
            continue
        if not best and context.reading.reader.name == _DRAWN and begins_a_longer_word(text, one, lexicon):
            continue
        word = text[one.start : one.middle]
        rivals = [other + word for other, nats in others if nats > _LEAST_GAIN]
        ahead = gain - max((nats for _, nats in others), default=0.0)
        confidence = 0.95 / (1 + math.exp(-ahead))
        evidence = (Evidence("language model", "nats that the text is likelier so", round(gain, 1)),)
        yield Finding(
            one.start, one.end, best + word, evidence, round(confidence, 3), alternatives=tuple(rivals)
        )


def rep001(known: Known | None = None) -> Rule:
    """The rule on what the caller knows, by default what comes with the program."""
    return Rule(
        code="REP001",
        name="repeated word",
        version=3,
        message="A word stands twice: it was written twice, or one of the two is another word.",
        stage=Stage.WORDS,
        level=Safety.REVIEW,
        find=partial(_find, known=known or own()),
        fires=(
            Example("มีการแบ่งงานกันทำความความสามารถและศักยภาพของหน่วยงาน", 17, 25, "ตามความ"),
            Example("เทศบาลหวังเป็นเป็นอย่างยิ่งว่าโครงการนี้จะสำเร็จ", 10, 18, "เป็น"),
        ),
        silent=(
            "ทำความเข้าใจตามความสามารถ",
            "มูลค่านับล้านล้านบาท",
            "ในหมู่บ้านบ้านโคกสูง",
            "ค่อยค่อยดำเนินการ",
            "ที่ที่ดินตั้งอยู่",
            "ข้าราชการการเมือง",
            "สมาชิกสภาองค์การบริหารส่วนจังหวัดจังหวัดสุราษฎร์ธานี",
        ),
    )
