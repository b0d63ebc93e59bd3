"""An auditor found a character wrong."""

from __future__ import annotations

from dataclasses import dataclass

from ledger.event import Event, PageNumber, Sha256
from model.decision import Who


@dataclass(frozen=True, slots=True)
class DefectFound(Event):
    """An auditor found this character of the published text wrong; `offset` counts code points of it, `sample` is the
    hash of the sample's record."""

    KIND = "defect"
    SAYS = "an auditor found this character of the published text wrong"

    document: Sha256
    page: PageNumber
    offset: int
    character: str
    stratum: str
    should_be: str
    note: str
    sample: Sha256
    who: Who
