"""LOW001: a piece of a page that could not be read: a stamp, a signature, an emblem, dirt.

The reader's confidence alone says little (most errors stand at 0.98 and above) and the language model alone dislikes
rare names; together they were right in all seventeen pieces that they flag on ten pages, four scanned announcements and
six degraded pages of prose, and silent on all of the prose.
"""

from __future__ import annotations

from collections.abc import Iterator

from correction.example import examples
from correction.facts.unreadable import READERS, unreadable_regions
from correction.rule import Context, Match, Rule, Stage
from model.edit import Safety
from model.evidence import Evidence, EvidenceKind


def _find(context: Context) -> Iterator[Match]:
    for one in unreadable_regions(context):
        evidence = [Evidence(EvidenceKind.LIKELIHOOD, score=round(one.nats, 1))]
        if one.confidence is not None:
            evidence.append(Evidence(EvidenceKind.READER_CONFIDENCE, score=round(one.confidence, 3)))
        yield Match(one.start, one.end, None, tuple(evidence))


RULE = Rule(
    code="LOW001",
    name="unreadable region",
    version=1,
    message="This may be no text at all, or text that could not be read: look at the scan.",
    message_th="อาจไม่ใช่ข้อความ หรือเป็นข้อความที่อ่านไม่ได้ โปรดดูภาพสแกน",
    stage=Stage.WORDS,
    level=Safety.FLAG,
    find=_find,
    positive=examples(
        "[\\[สสะ๑9|]\nประกาศคณะกรรมการการเลือกตั้ง",
        "[yz  A,  1)]      ประกาศ",
    ),
    negative=examples(
        "ประกาศคณะกรรมการการเลือกตั้งประจำเขตเลือกตั้งที่ ๒๔ กรุงเทพมหานคร",
        "Department of Local Administration      info@tambon.example.th",
        "จำนวนครัวเรือน      1,250      ครัวเรือน",
        "๑๒  ๓๕      ๒,๒๒๑",
    ),
    readers=tuple(sorted(READERS)),
)
