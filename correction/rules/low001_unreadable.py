"""LOW001: a piece of a page that could not be read: a stamp, a signature, an emblem, dirt.

The reader's confidence alone says little (most errors stand at 0.98 and above) and the language model alone dislikes
rare names; together they were right in all seventeen pieces that they flag on ten pages, four scanned announcements and
six degraded pages of prose, and silent on all of the prose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from statistics import fmean

from correction.example import examples
from correction.facts.numbers import DIGIT
from correction.rule import Context, Match, Rule, Stage
from dictionaries.language_model import load as load_model
from model.edit import Safety
from model.evidence import Evidence, EvidenceKind

# A region is what stands together on a line: wide gaps part the columns of a table.
_REGION = re.compile(r"\S(?:.*?\S)??(?=[ \u00a0]{3,}|\t|$)", re.MULTILINE)
_FIGURES = re.compile(rf"(?=.*{DIGIT})(?:{DIGIT}|[ \u00a0.,/:()%–-])+")
_FEW = 4
_NATS, _CONFIDENCE = -2.6, 0.98
_NATS_OF_FEW, _CONFIDENCE_OF_FEW = -3.5, 0.96
"""Nats a letter and mean confidence below which a region of four letters or more, and one of fewer, is unreadable."""


def _find(context: Context) -> Iterator[Match]:
    text = context.text
    scores = load_model().score(text)
    for match in _REGION.finditer(text):
        start, end = match.span()
        letters = [at for at in range(start, end) if not text[at].isspace()]
        if _FIGURES.fullmatch(text, start, end):  # which figures are doubtful other rules say
            continue
        few = len(letters) < _FEW
        nats = float(scores[start:end].mean())
        if nats >= (_NATS_OF_FEW if few else _NATS):
            continue
        known = [sure for at in letters if (sure := context.confidence(at)) is not None]
        sure_of = fmean(known) if known else 0.0
        if sure_of < (_CONFIDENCE_OF_FEW if few else _CONFIDENCE):
            evidence = [Evidence(EvidenceKind.LIKELIHOOD, score=round(nats, 1))]
            if known:
                evidence.append(Evidence(EvidenceKind.READER_CONFIDENCE, score=round(sure_of, 3)))
            yield Match(start, end, None, tuple(evidence))


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
    reader="tesseract",
)
