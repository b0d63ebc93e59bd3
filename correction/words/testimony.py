"""What other readers of the page say about an edit: for it, for the text as it stands, or nothing."""

from __future__ import annotations

from dataclasses import dataclass

from correction.rule import Context
from model.evidence import Evidence, EvidenceKind

_UNSAID = 0.5
"""The confidence of a reader that gives none."""


@dataclass(frozen=True, slots=True)
class Testimony:
    """How many other readers have read the place, the summed confidence (0 to 1 each) of those that read what the edit
    writes and of those that read the text as it stands, and who said what."""

    readers: int
    agree: float
    deny: float
    evidence: tuple[Evidence, ...]


def hear(context: Context, start: int, end: int, after: str) -> Testimony:
    """Ask every witness about replacing `start..end` of the context's text by `after`."""
    agree = deny = 0.0
    evidence: list[Evidence] = []
    # What was lost stands beside the letters that are there.
    heard = context.heard(start, end, edges=len(after) > end - start)
    for one in heard:
        sure = _UNSAID if one.confidence is None else one.confidence
        if one.text == after:
            agree += sure
            evidence.append(Evidence(EvidenceKind.READS, (one.by, one.text), one.confidence))
        elif one.text == context.text[start:end]:
            deny += sure
            evidence.append(Evidence(EvidenceKind.READS_ALIKE, (one.by, one.text), one.confidence))
    return Testimony(len(heard), agree, deny, tuple(evidence))
