"""INK002: letters that cannot be seen on the page: on bare paper, under a bar, on the ink of others, without a place.

A text layer may hold what is not printed, and a reader may write what is not there. Found by `ocr.accounting`;
`benchmarks/accounting.py` measures.
"""

from __future__ import annotations

from collections.abc import Iterator

from correction.example import Example, examples
from correction.rule import Context, Match, Rule, Stage
from model.account import Account, UnseenKind, UnseenPlace
from model.edit import Safety, Span
from model.evidence import Evidence, EvidenceKind


def _find(context: Context) -> Iterator[Match]:
    # At the first stage the text is the raw text, and so are the account's spans.
    for place in context.account.unseen if context.account is not None else ():
        if place.kind is UnseenKind.STRUCK:
            continue
        evidence = (Evidence(EvidenceKind.UNSEEN, (str(place.kind),)),)
        yield Match(place.span.start, place.span.end, None, evidence)


def _unseen(kind: UnseenKind, start: int, end: int) -> Account:
    return Account(True, 900, unseen=(UnseenPlace(kind, Span(start, end), None),))


RULE = Rule(
    code="INK002",
    name="letters without ink",
    version=1,
    message="These letters cannot be seen on the page: look at the scan.",
    message_th="มองไม่เห็นตัวอักษรเหล่านี้บนหน้ากระดาษ โปรดดูภาพสแกน",
    stage=Stage.TEXT,
    level=Safety.FLAG,
    find=_find,
    positive=examples(
        Example("เลขประจำตัว [๑ ๒๓๔๕]", account=_unseen(UnseenKind.COVERED, 12, 18)),
        Example("ประกาศ[จังหวัด]", account=_unseen(UnseenKind.NO_INK, 6, 13)),
    ),
    negative=examples(
        "เลขประจำตัว ๑ ๒๓๔๕",
        Example("ประกาศจังหวัด", account=Account(True, 900)),
        Example("ประกาศจังหวัด", account=_unseen(UnseenKind.STRUCK, 6, 13)),
    ),
)
