"""RDR002: a word that the line reader reads otherwise, where it is sure and Thai speaks for it.

The two readers err in different places, and the language model knows neither. Numbers are no matter of likelihood: they
are DIG101's. So is what stands in the gazetteer, which is right as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from correction.differences import differences, log_likelihood_gain
from correction.facts.witness_numbers import LINE_READER, line_reader_evidence
from correction.places.mentions import protected_in
from correction.rule import Beside, Context, Example, Finding, Rule, Stage
from correction.witness import WitnessReading
from dictionaries.known import Known, own
from dictionaries.language_model import load
from model.edit import Evidence, Safety, Span

MARGINS = ((0.7, 2.0), (0.5, 5.0), (0.3, 6.0))
"""Confidence of the line reader and, with it, nats that its reading must be likelier in its context. On 40 pages with
truth (gazette, a scan, prose at three degradations) 384 differences pass, 381 are improvements and 2 are harm: 184 of
184 on the one half of the pages, 197 of 200 on the other. Of 415 that could be mended."""

CONFIDENCE = 0.98
"""The precision that was measured, rounded down."""

_THAI = re.compile("[\u0e01-\u0e2e]")
_DIGIT = re.compile("[0-9\u0e50-\u0e59]")


def _find(context: Context, known: Known) -> Iterator[Finding]:
    text = context.text
    found = [
        (context.view.shown(Span(one.start, one.end)), one)
        for witness in context.witnesses
        if witness.reader.name == LINE_READER
        for one in differences(context.reading, witness)
    ]
    if not found:
        return
    protected = protected_in(context, known)
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
        nats = log_likelihood_gain(model, text, start, end, one.witness_text)
        if not any(one.confidence >= sure and nats >= least for sure, least in MARGINS):
            continue
        evidence = (
            line_reader_evidence(WitnessReading(one.witness_text, one.confidence, LINE_READER)),
            Evidence("tesseract", f"Tesseract reads {one.read!r}", one.base_confidence),
            Evidence(
                "language model", f"{one.witness_text!r} is {nats:.1f} nats likelier here", round(nats, 1)
            ),
        )
        yield Finding(start, end, one.witness_text, evidence, confidence=CONFIDENCE)


def rdr002(known: Known | None = None) -> Rule:
    """The rule on what the caller knows, by default what comes with the program."""
    return Rule(
        code="RDR002",
        name="word read otherwise",
        version=3,
        message="The line reader reads this word otherwise, and that is the likelier Thai.",
        stage=Stage.WORDS,
        level=Safety.REVIEW,
        find=partial(_find, known=known or own()),
        fires=(
            Example("ชีขาดการเลือกตังในเขต", 13, 15, "ตั้", "ชีขาดการเลือกตั้งในเขต"),
            Example("คือ Ao การประชุมคณะกรรมการ", 4, 6, "คือ", "คือ คือ การประชุมคณะกรรมการ"),
            Example("มีผู้มาใช้สิทธิ ๒๒ Uns (ยี่สิบห้า)", 19, 22, "บัตร", "มีผู้มาใช้สิทธิ ๒๕ บัตร (ยี่สิบห้า)"),
        ),
        silent=(
            Beside("การเลือกตั้งในเขต", "การเลือกตังในเขต"),
            Beside("จำนวน ๒๕ คน", "จำนวน ๒๖ คน"),
            Beside("ระบบ GIS ของเทศบาล", "ระบบ ซเร ของเทศบาล"),
            Beside("การประชุม - คณะกรรมการ", "การประชุม คณะกรรมการ"),
            "การเลือกตังในเขต",
        ),
        source="Measured with benchmarks/second_reader.py; ocr/line_reader/model_card.md.",
        reader="tesseract",
    )
