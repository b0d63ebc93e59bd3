"""LEX104: a word that people often misspell: อนุญาติ, บุคคลากร, เว็ปไซต์.

They are so common that no model of what is written doubts them. The list is closed, and none of them is another word;
lists of names and words have their own spelling.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from correction.example import examples
from correction.facts.unreadable import unreadable_regions
from correction.rule import Context, Match, Rule, Stage
from correction.words.manner import is_chat, is_list, old_forms, verses
from correction.words.misspelt import DRAWN, outside_names
from dictionaries.misspellings import GOES_ON, OFTEN_MISSPELT
from model.edit import Safety
from model.evidence import Evidence, EvidenceKind

_WRITTEN = re.compile(
    "|".join(f"{word}(?!{GOES_ON[word]})" if word in GOES_ON else word for word in OFTEN_MISSPELT)
)


def _find(context: Context) -> Iterator[Match]:
    if context.reading.reader.name == DRAWN or is_chat(context) or is_list(context):
        return
    found = [_of(match) for match in _WRITTEN.finditer(context.text)]
    if not found:
        return
    aside = (
        *verses(context),
        *old_forms(context),
        *((one.start, one.end) for one in unreadable_regions(context)),
    )
    for one in outside_names(context, found, context.known):
        if not any(start <= one.start < end for start, end in aside):
            yield one


def _of(match: re.Match[str]) -> Match:
    word = OFTEN_MISSPELT[match[0]]
    message = f"Misspelt: {word} is how the word is spelt."
    return Match(*match.span(), word, (Evidence(EvidenceKind.WORD, (word,)),), 0.95, message)


RULE = Rule(
    code="LEX104",
    name="often misspelt word",
    version=1,
    message="The word is one that people often misspell.",
    message_th="คำนี้มักสะกดผิด",
    stage=Stage.WORDS,
    level=Safety.REVIEW,
    find=_find,
    positive=examples(
        "ผู้ได้รับ[อนุญาติ→อนุญาต]ให้ใช้[เว็ปไซต์→เว็บไซต์]ของเทศบาล",
        "พัฒนา[บุคคลากร→บุคลากร]ตาม[มาตราฐาน→มาตรฐาน]และ[ภาระกิจ→ภารกิจ]ของหน่วยงาน",
        "[เพี่อ→เพื่อ]ให้การจัด[สัมนา→สัมมนา]มีประสิทธิภาพ",
    ),
    negative=examples(
        "ผู้ได้รับอนุญาตให้ใช้เว็บไซต์ สัมมนา มาตรฐาน บุคลากร เพื่อ",
        "เป็นภาระกิจการของรัฐ บทบัญญัติมาตราฐานความผิด เพื่อประโยชน์สาธารณะสุขภาพดีถ้วนหน้า",
        "นายดำรงค์ โอกาศ กรรมการ และนางสาวพรพิมล พิศดาร",
        "ขออนุญาติหน่อยค่ะ 555 มาค่าาา",
    ),
    source="Dictionary of the Royal Institute, 2554. In 47 million letters of government news 241 stand; of 60 drawn "
    "by lot all were meant for the word proposed.",
)
