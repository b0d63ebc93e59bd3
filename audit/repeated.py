"""Decisions that say they repeat another after a new reading: is there one that says the same, about what is gone?"""

from __future__ import annotations

from collections.abc import Iterator

from audit.audited_page import AuditedPage
from audit.replay import repeats
from model.decision import Decision


def unsound_repetition(page: AuditedPage, decision: Decision) -> Iterator[str]:
    """What is wrong with a decision that was carried over, in words; nothing where it was not."""
    origin = decision.repeats
    if origin is None:
        return
    before = page.by_number.get(origin)
    if before is None or not repeats(decision, before):
        yield f"repeats record {origin}, which is no decision of the same person that says the same"
        return
    here = () if page.findings is None else page.findings.all
    finding = before.subject.finding
    if finding != decision.subject.finding and any(one.id == finding for one in here):
        yield f"repeats record {origin}, which is about something else that the page still has"
