"""What the line reader reads of the numbers in Thai digits: it knows all ten, Tesseract five."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from correction.facts.numbers import THAI_DIGITS, thai_numbers
from correction.rule import Context
from correction.witness import WitnessReading
from model.evidence import Evidence, EvidenceKind

LINE_READER = "line-reader"

SURE = 0.9
"""From this confidence on, in every digit, the line reader confirms what Tesseract read."""

LIKELY = 0.5
"""From this confidence on a person should see it; below it says nothing that could be relied on."""

NUMBER = re.compile(f"[0-9{THAI_DIGITS}]+(?:[.,/:–-][0-9{THAI_DIGITS}]+)*")
"""A number in whatever digits, with the signs inside it."""

_THAI_NUMBER = re.compile(f"(?=[0-9.,/:–-]*[{THAI_DIGITS}]){NUMBER.pattern}")
_THAI_DIGIT = re.compile(f"[{THAI_DIGITS}]")


class NumberCheck(Enum):
    """What the line reader makes of a number that Tesseract read, or read as something else."""

    CONFIRMED = "confirmed"
    OTHERWISE = "otherwise"  # another number, and it is sure enough to propose it
    DOUBTFUL = "doubtful"


class WitnessNumber(NamedTuple):
    """The place `start..end` of the context's text, and the number that the line reader reads there."""

    start: int
    end: int
    check: NumberCheck
    reading: WitnessReading


def witness_numbers(context: Context) -> Iterator[WitnessNumber]:
    """The places where Tesseract or the line reader reads a number in Thai digits, as far as the latter read them."""
    for start, end in _places(context):
        reading = _number(context, start, end)
        if reading is None:
            continue
        confidence = reading.confidence or 0.0
        if not _THAI_DIGIT.search(reading.text) or not NUMBER.fullmatch(reading.text) or confidence < LIKELY:
            check = NumberCheck.DOUBTFUL
        elif reading.text != context.text[start:end]:
            check = NumberCheck.OTHERWISE
        else:
            check = NumberCheck.CONFIRMED if confidence >= SURE else NumberCheck.DOUBTFUL
        yield WitnessNumber(start, end, check, reading)


def is_proposed(one: WitnessNumber, text: str) -> bool:
    """True when it is another number, surely read or in the place of one that Tesseract read in Thai digits."""
    sure = (one.reading.confidence or 0.0) >= SURE
    return one.check is NumberCheck.OTHERWISE and (sure or any(thai_numbers(text[one.start : one.end])))


def line_reader_evidence(reading: WitnessReading) -> Evidence:
    """What the line reader reads, as evidence."""
    return Evidence(EvidenceKind.READS, (reading.by, reading.text), reading.confidence)


def _places(context: Context) -> list[tuple[int, int]]:
    """The numbers of both readings, those that overlap as one, without white space at their ends."""
    text = context.text
    places = list(thai_numbers(text))
    for witness in context.witnesses:
        if witness.reader.name != LINE_READER:
            continue
        for span in witness.where(_THAI_NUMBER):
            start, end = context.view.shown(span)
            part = text[start:end]
            if not part.isspace():
                start, end = start + len(part) - len(part.lstrip()), end - len(part) + len(part.rstrip())
            if start < end and "\n" not in text[start:end]:
                places.append((start, end))
    merged: list[tuple[int, int]] = []
    for start, end in sorted(places):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _number(context: Context, start: int, end: int) -> WitnessReading | None:
    """What the line reader reads at the place: with what it alone reads beside it, if that makes a number."""
    fallback: WitnessReading | None = None
    for edges in (True, False):
        for reading in context.witness_readings(start, end, edges=edges):
            if reading.by != LINE_READER:
                continue
            bare = WitnessReading(reading.text.strip(), reading.confidence, reading.by)
            if NUMBER.fullmatch(bare.text):
                return bare
            fallback = fallback or bare
    return fallback
