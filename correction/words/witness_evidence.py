"""What witnesses read where an edit would be: what it writes, the text as it stands, or neither."""

from __future__ import annotations

from dataclasses import dataclass

from correction.rule import Context
from model.evidence import Evidence, EvidenceKind

_UNKNOWN_CONFIDENCE = 0.5
"""The confidence of a witness that gives none."""


@dataclass(frozen=True, slots=True)
class WitnessEvidence:
    """How many witnesses have read the place, the summed confidence (0 to 1 each) of those that read what the edit
    writes and of those that read the text as it stands, and what each of these reads."""

    witnesses: int
    agree: float
    disagree: float
    evidence: tuple[Evidence, ...]


def witness_evidence(context: Context, start: int, end: int, after: str) -> WitnessEvidence:
    """What every witness says about replacing `start..end` of the context's text by `after`."""
    agree = disagree = 0.0
    evidence: list[Evidence] = []
    # What was lost stands beside the characters that are there.
    readings = context.witness_readings(start, end, edges=len(after) > end - start)
    for reading in readings:
        confidence = _UNKNOWN_CONFIDENCE if reading.confidence is None else reading.confidence
        if reading.text == after:
            agree += confidence
            evidence.append(Evidence(EvidenceKind.READS, (reading.by, reading.text), reading.confidence))
        elif reading.text == context.text[start:end]:
            disagree += confidence
            evidence.append(
                Evidence(EvidenceKind.READS_ALIKE, (reading.by, reading.text), reading.confidence)
            )
    return WitnessEvidence(len(readings), agree, disagree, tuple(evidence))
