"""INK001: ink like letters that no letter of the text covers: a word, a row, a form's value that was lost.

Nobody may insert but a person, so the flag stands on the letter that is nearest to the place and says where the place
is. Places with one letter nearest to them are one flag. Found by `ocr.accounting`; `benchmarks/accounting.py` measures.
"""

from __future__ import annotations

from collections.abc import Iterator

from correction.example import Example, examples
from correction.rule import Context, Match, Rule, Stage
from model.account import Account, InkKind, InkPlace
from model.box import Box
from model.edit import Safety
from model.evidence import Evidence, EvidenceKind


def _find(context: Context) -> Iterator[Match]:
    # At the first stage the text is the raw text, and so are the account's code points.
    places: dict[int, list[Box]] = {}
    for place in context.account.missing if context.account is not None else ():
        if place.beside is not None:
            places.setdefault(place.beside, []).append(place.box)
    for beside, boxes in places.items():
        evidence = (
            Evidence(EvidenceKind.INK_AT, (box.left, box.top, box.right, box.bottom)) for box in boxes
        )
        yield Match(beside, beside + 1, None, tuple(evidence))


def _lost(*beside: int) -> Account:
    return Account(True, 900, tuple(InkPlace(InkKind.TEXT, Box(9, 9, 50, 30), 40, at) for at in beside))


RULE = Rule(
    code="INK001",
    name="ink that is not in the text",
    version=1,
    message="There is ink like letters near here that is not in the text: look at the scan.",
    message_th="บริเวณนี้มีหมึกคล้ายตัวอักษรที่ไม่มีในข้อความ โปรดดูภาพสแกน",
    stage=Stage.TEXT,
    level=Safety.FLAG,
    find=_find,
    positive=examples(
        Example("ให้ผู้ว่าราชการจังหวั[ด]\nลงนาม", account=_lost(21)),
        Example("[ล]งชื่อ ......... ผู้ข[อ]", account=_lost(0, 0, 21)),
    ),
    negative=examples(
        "ให้ผู้ว่าราชการจังหวัดลงนาม",
        Example("ให้ผู้ว่าราชการจังหวัดลงนาม", account=_lost()),
        Example(
            "ลงชื่อ",
            account=Account(True, 900, named=(InkPlace(InkKind.SIGNATURE, Box(9, 9, 50, 30), 40, 3),)),
        ),
    ),
)
