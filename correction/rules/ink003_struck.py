"""INK003: letters that a line goes through. Whether what is struck out still holds is for a person to say.

Found on the ink by `ocr.accounting`, which `benchmarks/accounting.py` measures, and in what a PDF draws by its text
layer's reader.
"""

from __future__ import annotations

from collections.abc import Iterator

from correction.example import Example, examples
from correction.facts.marked import marked
from correction.rule import Context, Match, Rule, Stage
from model.account import Account, UnseenKind, UnseenPlace
from model.edit import Safety, Span
from model.mark import MarkKind


def _find(context: Context) -> Iterator[Match]:
    # At the first stage the text is the raw text, and so are the account's spans.
    found = list(marked(context, MarkKind.STRUCK_OUT))
    drawn = {at for match in found for at in range(match.start, match.end)}
    yield from found
    for place in context.account.unseen if context.account is not None else ():
        if place.kind is UnseenKind.STRUCK and drawn.isdisjoint(range(place.span.start, place.span.end)):
            yield Match(place.span.start, place.span.end, None)


def _account(kind: UnseenKind, start: int, end: int) -> Account:
    return Account(True, 900, unseen=(UnseenPlace(kind, Span(start, end), None),))


RULE = Rule(
    code="INK003",
    name="struck out",
    version=1,
    message="A line goes through these letters: they may be struck out.",
    message_th="มีเส้นขีดทับตัวอักษรเหล่านี้ อาจเป็นข้อความที่ถูกขีดฆ่า",
    stage=Stage.TEXT,
    level=Safety.FLAG,
    find=_find,
    positive=examples(
        Example("กรรมการไม่เกิน[เจ็ดคน]เก้าคน", account=_account(UnseenKind.STRUCK, 14, 20)),
        Example("ประกอบด้วย[กรรมการไม่เกินเจ็ดคน]กรรมการไม่เกินเก้าคน", mark=MarkKind.STRUCK_OUT),
    ),
    negative=examples(
        "กรรมการไม่เกินเก้าคน",
        Example("กรรมการไม่เกินเจ็ดคน", account=_account(UnseenKind.COVERED, 14, 20)),
    ),
)
