"""What was understood of one slot, and what is to be said about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from correction.places.slots import Slot
from model.evidence import Evidence
from model.place import PlaceStatus


class Trouble(StrEnum):
    """What can be wrong with a mention; each has a rule of its own."""

    PROVINCE = "misspelt province"
    DISTRICT = "misspelt district"
    SUBDISTRICT = "misspelt subdistrict"
    BODY = "misspelt local body"
    WORD = "damaged word before a name"
    WRONG_PROVINCE = "province contradicts the chain"
    WRONG_DISTRICT = "district contradicts the chain"
    UNCLEAR = "parts of a chain contradict each other"
    ABOLISHED = "abolished"
    RENAMED = "renamed"
    NOT_YET = "not yet created"
    CLASS = "class of a local body"
    POSTCODE = "postcode"


@dataclass(frozen=True, slots=True)
class Report:
    """A finding in offsets of the text that was looked at. `after` is None for a flag."""

    trouble: Trouble
    start: int
    end: int
    after: str | None
    message: str
    evidence: tuple[Evidence, ...] = ()
    confidence: float = 0.5
    alternatives: tuple[str, ...] = ()
    people: int = 1


@dataclass(slots=True)
class SlotJudgement:
    """What a slot stands for: the code (empty when unknown), where its name ends (letters), the right name."""

    slot: Slot
    code: str = ""
    end: int = 0
    name: str = ""
    status: PlaceStatus = PlaceStatus.UNKNOWN
    note: str = ""
    reports: list[Report] = field(default_factory=list)
