"""RDR001: letters that no Thai model of Tesseract has, read by the line reader.

ฌ ฃ ฅ ฦ ฿ come out as other letters, and so does ๅ, which only stands behind ฤ and ฦ: elsewhere it is า drawn long.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from correction.facts.witness_numbers import LINE_READER, line_reader_evidence
from correction.places.mentions import protected_in
from correction.rule import Beside, Context, Example, Finding, Rule, Stage
from dictionaries.known import Known, own
from model.edit import Evidence, Safety

SURE = 0.9
"""On 115,000 letters of 40 pages without any of these the line reader read three so surely: ๅ each time, and not
behind ฤ."""

LONGEST = 4
"""Letters that one of these may be misread as; where more differ, the line reader speaks of something else."""

_LETTERS = re.compile("[ฌฃฅฦ฿]|(?<=[ฤฦ])ๅ")


def _find(context: Context, known: Known) -> Iterator[Finding]:
    text = context.text
    protected = protected_in(context, known)
    last = 0
    for witness in context.witnesses:
        if witness.reader.name != LINE_READER:
            continue
        for span in witness.where(_LETTERS):
            start, end = context.view.shown(span)
            reading = witness.reads(span.start, span.end)
            if (
                reading is None
                or start < last
                or not 0 < end - start <= LONGEST
                or not text[start:end].strip()
            ):
                continue
            after = reading.text.strip()
            sure = (reading.confidence or 0.0) >= SURE and _LETTERS.search("ฤ" + after) is not None
            named = any(name.start < end and start < name.end for name in protected)
            if not sure or named or after == text[start:end]:
                continue
            last = end
            read = Evidence("tesseract", f"Tesseract reads {text[start:end]!r}")
            yield Finding(
                start, end, after, (line_reader_evidence(reading), read), confidence=reading.confidence or 0.0
            )


def rdr001(known: Known | None = None) -> Rule:
    """The rule on what the caller knows, by default what comes with the program."""
    return Rule(
        code="RDR001",
        name="letter unknown to Tesseract",
        version=1,
        message="The line reader reads a letter here that Tesseract does not have.",
        stage=Stage.WORDS,
        level=Safety.REVIEW,
        find=partial(_find, known=known or own()),
        fires=(
            Example("ณาปนสถาน", 0, 1, "ฌ", "ฌาปนสถาน"),
            Example("รูปฤาษี", 4, 5, "ๅ", "รูปฤๅษี"),
            Example("ราคา B๕๐", 5, 6, "฿", "ราคา ฿๕๐"),
        ),
        silent=(Beside("ณ ที่นั้น", "ณ ที่นั้น"), Beside("เจ้าหน้าที่", "เจ้ๅหน้าที่"), "ณาปนสถาน"),
        source="tesseract-ocr/langdata_lstm, issue 42; ocr/line_reader/model_card.md.",
        reader="tesseract",
    )
