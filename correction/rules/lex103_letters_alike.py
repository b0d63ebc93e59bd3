"""LEX103: do chada for to patak, or the reverse, in a word that has the other: ปฎิบัติ, กฏหมาย.

The two are drawn nearly alike, readers and typists take one for the other, and so often that no model of what is
written doubts it. The words are a closed class, and none is another word with the other letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from correction.example import examples
from correction.facts.unreadable import unreadable_regions
from correction.rule import Context, Match, Rule, Stage
from correction.words.manner import is_chat
from correction.words.misspelt import DRAWN, outside_names
from model.edit import Safety

_WITH_TO_PATAK = re.compile(
    "(?<=ป)ฎ(?=ิ(?:บัติ|เสธ|รูป|ญาณ|กิริยา|ทิน|วัติ|สันถาร|ชีว|ภาณ|มา|สังขร))|(?<=ปราก)ฎ(?![\u0e30-\u0e3a])|(?<=กุ)ฎ(?=ิ(?!น))"
)
_WITH_DO_CHADA = re.compile(
    "(?<=ก)ฏ(?=หมาย|ระเบียบ|กระทรวง|เกณฑ์|ข้อบังคับ)|(?<=กรก)ฏ(?=า(?:คม|ฯ))|(?<=ราษ)ฏ(?=ร(?!์))|(?<=ทฤษ)ฏ(?=ี)|(?<=กฤษ)ฏ(?=ีกา)"
    "|(?<=สุราษ)ฏ(?=ร์ธานี)|(?<![\u0e01-\u0e4e])ฏ(?=ีกา)"
)


def _find(context: Context) -> Iterator[Match]:
    if context.reading.reader.name == DRAWN or is_chat(context):
        return
    text = context.text
    places = ((_WITH_TO_PATAK, "\u0e0f"), (_WITH_DO_CHADA, "\u0e0e"))
    found = [
        Match(*match.span(), after, confidence=0.95)
        for pattern, after in places
        for match in pattern.finditer(text)
    ]
    unreadable = unreadable_regions(context) if found else ()
    for one in outside_names(context, found, context.known) if found else ():
        if not any(region.start <= one.start < region.end for region in unreadable):
            yield one


RULE = Rule(
    code="LEX103",
    name="letter drawn alike",
    version=1,
    message="The word is spelt with the other of two letters that are drawn alike.",
    message_th="คำนี้สะกดด้วยตัวอักษรอีกตัวหนึ่งที่รูปคล้ายกัน (ฎ ฏ)",
    stage=Stage.WORDS,
    level=Safety.REVIEW,
    find=_find,
    positive=examples(
        "รายงานผลการป[ฎ→ฏ]ิบัติงาน ปราก[ฎ→ฏ]ว่าเป็นไปตามก[ฏ→ฎ]หมาย",
        "ที่อยู่ของราษ[ฏ→ฎ]ร พระราชกฤษ[ฏ→ฎ]ีกา และก[ฏ→ฎ]กระทรวง",
    ),
    negative=examples(
        "รายงานผลการปฏิบัติงาน ปรากฏว่าเป็นไปตามกฎหมาย พระราชกฤษฎีกา กฎกระทรวง กุฏิสงฆ์ ปรากฏการณ์",
        "มงกุฎ ชฎา มกุฏราชกุมาร โกฏิ อุกฤษฏ์",
    ),
    source="Dictionary of the Royal Institute, 2554.",
)
