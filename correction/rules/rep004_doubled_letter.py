"""REP004: a letter that slipped in twice: งบบประมาณ."""

from __future__ import annotations

from collections.abc import Iterator

from correction.example import examples
from correction.facts.doubled_letters import doubled_letters
from correction.facts.unreadable import unreadable_regions
from correction.rule import Context, Match, Rule, Stage
from correction.words.manner import is_chat, is_list, old_forms, verses
from correction.words.misspelt import outside_names
from dictionaries.language_model import load as load_model
from model.edit import Safety
from model.evidence import Evidence, EvidenceKind

_LEAST = 9.0
"""Nats by which the text is likelier with the letter once. In 8.5 million characters of news, laws and titles of
notices 8 of the 10 that gain as much are slips, and the others are spelt as they were a hundred years ago."""


def _find(context: Context) -> Iterator[Match]:
    if is_list(context) or is_chat(context):
        return
    known = context.known
    found = [one for one in doubled_letters(context.text, known.lexicon, load_model()) if one.gain >= _LEAST]
    aside = (
        *verses(context),
        *old_forms(context),
        *((one.start, one.end) for one in unreadable_regions(context)),
    )
    for one in outside_names(context, found, known) if found else ():
        if not any(start <= one.start < end for start, end in aside):
            evidence = (
                Evidence(EvidenceKind.LIKELIER, score=round(one.gain, 1)),
                Evidence(EvidenceKind.WORD, (one.word,)),
            )
            yield Match(one.start, one.end, one.letter, evidence, 0.9)


RULE = Rule(
    code="REP004",
    name="doubled letter",
    version=1,
    message="A letter stands twice that the word has once.",
    message_th="มีตัวอักษรซ้ำเกินมาหนึ่งตัวในคำ",
    stage=Stage.WORDS,
    level=Safety.REVIEW,
    find=_find,
    positive=examples(
        "แผนง[บบ→บ]ประมาณรายจ่ายประจำปี ของเทศ[บบ→บ]าลตำบล",
        "โครงก[าา→า]รก่อสร้างถนนเพื่อประช[าา→า]ชน",
    ),
    negative=examples(
        "คณะกรรมการรับรองรายงานนายกรัฐมนตรีตามมติที่ประชุม",
        "อร่อยมากกก ค่าาา 555 โครงกาารก็มาา",
        "นางสาวดวงงาม ธรรมมานะ ใช้สิทธิของงบประมาณ",
    ),
    source="Slips of typists in government news.",
)
