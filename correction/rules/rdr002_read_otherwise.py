"""RDR002: a word that the line reader reads otherwise, where it is sure and Thai speaks for it.

The two readers err in different places, and the language model knows neither. Numbers are no matter of likelihood: they
are DIG101's. So is what stands in the gazetteer, which is right as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapidfuzz.distance.Levenshtein import normalized_similarity

from correction.differences import WitnessDifference, differences, log_likelihood_gain
from correction.example import Example, examples
from correction.facts.witness_numbers import LINE_READER, line_reader_evidence
from correction.places.mentions import protected_in
from correction.rule import Context, Match, Rule, Stage
from correction.witness import WitnessReading
from dictionaries.language_model import load
from model.edit import Safety, Span
from model.evidence import Evidence, EvidenceKind

MARGINS = ((0.7, 2.0), (0.5, 5.0), (0.3, 6.0))
"""Confidence of the line reader and, with it, nats that its reading must be likelier in its context. On 40 pages with
truth (gazette, a scan, prose at three degradations) 384 differences pass, 381 are improvements and 2 are harm: 184 of
184 on the one half of the pages, 197 of 200 on the other. Of 415 that could be corrected."""

CONFIDENCE = 0.98
"""The precision that was measured, rounded down."""

_LATIN_WORD, _SURE_OF_LATIN = 4, 0.9
"""Latin letters that are a word, and the confidence from which the base reader is believed about them."""
_SHARED, _MOST_OF_IT = 6, 0.6
"""Characters of the line reader's text, and the proportion of it, that a neighbouring row has."""
_ALIKE = 0.5
_LATIN = re.compile("[A-Za-z]")
_THAI = re.compile("[\u0e01-\u0e2e]")
_DIGIT = re.compile("[0-9\u0e50-\u0e59]")


def _find(context: Context) -> Iterator[Match]:
    text = context.text
    found = [
        (context.view.shown(Span(one.start, one.end)), one)
        for witness in context.witnesses
        if witness.reader.name == LINE_READER
        for one in differences(context.reading, witness)
    ]
    if not found:
        return
    protected = protected_in(context, context.known)
    model = load()
    for (start, end), one in found:
        read = text[start:end]
        if (
            not _THAI.search(one.witness_text)
            or _DIGIT.search(read + one.witness_text)
            or read == one.witness_text
        ):
            continue
        if start >= end or any(name.start < end and start < name.end for name in protected):
            continue
        if _no_reading_of_it(text, start, end, one):
            continue
        nats = log_likelihood_gain(model, text, start, end, one.witness_text)
        if not any(one.confidence >= sure and nats >= least for sure, least in MARGINS):
            continue
        evidence = (
            line_reader_evidence(WitnessReading(one.witness_text, one.confidence, LINE_READER)),
            Evidence(EvidenceKind.READS, (context.reading.reader.name, one.read), one.base_confidence),
            Evidence(EvidenceKind.LIKELIER, score=round(nats, 1)),
        )
        yield Match(start, end, one.witness_text, evidence, confidence=CONFIDENCE)


def _no_reading_of_it(text: str, start: int, end: int, one: WitnessDifference) -> bool:
    """Whether what the line reader gives is no reading of this place: words of a neighbouring row, Thai letters for
    Latin that was read with confidence, or next to nothing for a long piece."""
    read, other = text[start:end], one.witness_text
    if len(_LATIN.findall(read)) >= _LATIN_WORD and one.base_confidence >= _SURE_OF_LATIN:
        return True
    if len(_THAI.findall(read)) >= _SHARED and 2 * len(_THAI.findall(other)) < len(_THAI.findall(read)):
        return True
    if normalized_similarity(read, other) >= _ALIKE:
        return False  # the same word mended, which may stand in the next row, too
    first, last = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    above = text[text.rfind("\n", 0, max(first - 1, 0)) + 1 : max(first - 1, 0)]
    below = "" if last < 0 else text[last + 1 :].partition("\n")[0]
    length = max(_SHARED, int(len(other) * _MOST_OF_IT))
    pieces = {other[at : at + length] for at in range(len(other) - length + 1)}
    return any(piece in row for piece in pieces for row in (above, below))


RULE = Rule(
    code="RDR002",
    name="word read otherwise",
    version=4,
    message="The line reader reads this word otherwise, and that is the likelier Thai.",
    message_th="ตัวอ่านบรรทัดอ่านคำนี้ต่างไป และเป็นภาษาไทยที่น่าจะถูกกว่า",
    stage=Stage.WORDS,
    level=Safety.REVIEW,
    find=_find,
    positive=examples(
        Example("ชีขาดการเลือก[ตั→ตั้]งในเขต", witness="ชีขาดการเลือกตั้งในเขต"),
        Example("คือ [Ao→คือ] การประชุมคณะกรรมการ", witness="คือ คือ การประชุมคณะกรรมการ"),
        Example("มีผู้มาใช้สิทธิ ๒๒ [Uns→บัตร] (ยี่สิบห้า)", witness="มีผู้มาใช้สิทธิ ๒๕ บัตร (ยี่สิบห้า)"),
    ),
    negative=examples(
        Example("การเลือกตั้งในเขต", witness="การเลือกตังในเขต"),
        Example("จำนวน ๒๕ คน", witness="จำนวน ๒๖ คน"),
        Example("ระบบ GIS ของเทศบาล", witness="ระบบ ซเร ของเทศบาล"),
        Example("การประชุม - คณะกรรมการ", witness="การประชุม คณะกรรมการ"),
        Example(
            "ได้รับปริญญาแพทยศาสตร\nDscakx และได้รับ",
            witness="ได้รับปริญญาแพทยศาสตร\nปริญญาแพทยศาสตร และได้รับ",
        ),
        Example("หัวหน้าภาควิชาวิทยาศาสตร์ประยุกต์", witness=", ร ]"),
        "การเลือกตังในเขต",
    ),
    source="Measured with benchmarks/second_reader.py; ocr/line_reader/model_card.md.",
    readers=("tesseract",),
)
