"""INK004: a mark of punctuation whose ink is another's: hyphen or dash, straight or curly, asterisk, colon, semicolon.

Measured on the ink by `ocr.accounting.signs`, which says nothing where a mark is too small or lies between two kinds.
On 36 degraded pages of news and 28 real pages with 280 dashes and 400 quotation marks it finds ten dashes that were
read as another one, one comma that is a semicolon, and one hyphen of a till's receipt that is none. A minus of a
formula is as wide as a dash: where a line reckons, nothing is said of dashes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from correction.example import Example, examples
from correction.rule import Context, Match, Rule, Stage
from model.account import Account, SignPlace
from model.edit import Safety, Span
from model.evidence import Evidence, EvidenceKind

_DASHES = frozenset("-–—")
_RECKONS = re.compile("[+=√×÷<>≤≥]")


def _find(context: Context) -> Iterator[Match]:
    for place in context.account.signs if context.account is not None else ():
        start, end = context.view.shown(place.span)
        read = context.reading.text[place.span.start : place.span.end]
        if context.text[start:end] != read:
            continue  # something that stands has changed it
        if read in _DASHES and _RECKONS.search(_line(context.text, start)):
            continue
        box = context.reading.box_of(place.span)
        evidence = () if box is None else (
            Evidence(EvidenceKind.INK_AT, (box.left, box.top, box.right, box.bottom)),
        )  # fmt: skip
        if place.shown:
            yield Match(start, end, place.shown, evidence, confidence=0.9)
        else:
            yield Match(start, end, None, evidence)


def _line(text: str, at: int) -> str:
    end = text.find("\n", at)
    return text[text.rfind("\n", 0, at) + 1 : end if end >= 0 else len(text)]


def _shown(at: int, shown: str) -> Account:
    return Account(True, 900, signs=(SignPlace(Span(at, at + 1), shown),))


RULE = Rule(
    code="INK004",
    name="another mark by its ink",
    version=1,
    message="The ink of this mark is another's: a hyphen and a dash, straight and curly quotation marks differ.",
    message_th="หมึกของเครื่องหมายนี้เป็นของเครื่องหมายอื่น เช่น ยัติภังค์กับขีด หรืออัญประกาศตรงกับอัญประกาศโค้ง",
    stage=Stage.REMAINDER,
    level=Safety.REVIEW,
    find=_find,
    positive=examples(
        Example("ปีงบประมาณ 2566[-→–]2570", account=_shown(15, "–")),
        Example('โครงการ ["→“]หน้าบ้านน่ามอง"', account=_shown(8, "“")),
        Example("หมายเหตุ [”→*] ข้อมูล ณ สิ้นปี", account=_shown(9, "*")),
        Example("ข้อ 3[-]งบกลาง", account=_shown(5, "")),
    ),
    negative=examples(
        "ปีงบประมาณ 2566-2570",
        Example("ปีงบประมาณ 2566-2570", account=Account(True, 900)),
        Example("ค่าของ 3-2 + 4", account=_shown(8, "–")),
    ),
    readers=("cascade", "tesseract"),
    source="Widths and shapes of the marks in the fonts of the Thai Linux Working Group.",
)
