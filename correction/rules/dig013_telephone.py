"""DIG013: a telephone number that the numbering plan does not have."""

from __future__ import annotations

from collections.abc import Iterator

from correction.example import examples
from correction.facts.numbers import read_by_guess
from correction.facts.telephone import impossible_telephones
from correction.rule import Context, Match, Rule, Stage
from model.edit import Safety


def _find(context: Context) -> Iterator[Match]:
    text = context.text
    for start, end in impossible_telephones(text):
        if not read_by_guess(text[start:end], context.reading.reader.name):
            yield Match(start, end, None)


RULE = Rule(
    code="DIG013",
    name="impossible telephone number",
    version=2,
    message="There is no such telephone number: its length or its first digits fit no line.",
    message_th="ไม่มีหมายเลขโทรศัพท์นี้ จำนวนหลักหรือรหัสนำหน้าไม่ถูกต้อง",
    stage=Stage.WORDS,
    level=Safety.FLAG,
    find=_find,
    positive=examples(
        "โทร. [0 2272 952] โทรสาร [0-2617-33245]",
        "โทรศัพท์ [081-234-567] และ [08 1234 56789]",
        "โทรศัพท์ ๐ ๒๒๗๑ ๗๙๙๙ หรือ [๐ ๔๑๒๓ ๔๕๖๗]",
        "Tel. [0412345678] สายด่วน [11115] หรือ [+66 81 234 567] กับ [+66 (0)2 123 45678]",
    ),
    negative=examples(
        "โทร. 0 2272 9529-30 โทรสาร 0 2617 3324",
        "โทรศัพท์ 081-234-5678 หรือ 02-8814999 ต่อ 12",
        "โทร. 02 881 4840 02-887 5072 และ 1506 กด 3",
        "โทร. 281-1234 โทร. 0 2345 xxxx โทร. 1800 123 456",
        "โทร. (053) 123456 พ.ศ. 2545 โทร. 01-234-5678",
        "โทร. 0 2123 4567, 0 2123 4568-9 โทร 001 66 2 123 4567",
        "โทร. ๐ ๒๒๗๑ ๗๙๙๙ ต่อ ๕๘๐๖ สายด่วน 1111 กด 1 สายด่วน 191",
        "ประเทศญี่ปุ่น หมายเลขโทรศัพท์ 0120-250-198",
        "+66 81 234 5678, +66 (0)2 123 4567 และ +6621234567 ต่อ 12",
    ),
    source="National telecommunications numbering plan (NBTC): 02 and the area codes 03x to 07x with nine digits, 06, "
    "08 and 09 with ten; nine digits for mobile lines until 2006.",
)
