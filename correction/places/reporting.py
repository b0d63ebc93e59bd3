"""Writes down what was decided: the code of a mention, and the report of a repair with its evidence."""

from __future__ import annotations

import math

from correction.places.judgement import Report, SlotJudgement, Trouble
from correction.places.letters import PlaceCharacters
from correction.places.lookup import Lookup
from correction.places.ranking import Repair
from correction.places.writing import rewrite
from model.carried import CarriedHeading
from model.evidence import Evidence, EvidenceKind
from model.place import PlaceStatus

_MESSAGES = {
    Trouble.PROVINCE: "Misspelt province: {name}.",
    Trouble.DISTRICT: "Misspelt district: {name} {where}.",
    Trouble.SUBDISTRICT: "Misspelt subdistrict: {name} {where}.",
    Trouble.BODY: "Misspelt local body: {name} {where}.",
}


def write_accepted(judgement: SlotJudgement, code: str, length: int, lookup: Lookup) -> None:
    """The slot's first `length` letters are a name; `code` is empty where it is not known whose."""
    slot = judgement.slot
    judgement.code, judgement.end = code, slot.start + length
    area = lookup.gazetteer.area(code)
    judgement.name = area.name if area and not slot.is_body else slot.run[:length]
    judgement.status = PlaceStatus.EXACT


def write_repair(
    judgement: SlotJudgement,
    found: Repair,
    trouble: Trouble,
    letters: PlaceCharacters,
    lookup: Lookup,
    above: CarriedHeading | None = None,
) -> None:
    """The slot's letters are a damaged or misspelt form of a name, looked for under the heading of an earlier page
    where there is one."""
    slot = judgement.slot
    name = lookup.display(found.code, found.fit.spelling)
    end = slot.start + found.fit.length
    judgement.code, judgement.end, judgement.name = found.code, end, name
    judgement.status = PlaceStatus.REPAIRED
    judgement.note = _MESSAGES[trouble].format(name=name, where=found.where)
    read = slot.run[: found.fit.length]
    margin = round(found.margin, 1)
    evidence: tuple[Evidence, ...] = (
        Evidence(EvidenceKind.PLACE, (lookup.gazetteer.titles(found.code),)),
        Evidence(EvidenceKind.MISREAD_AS, (name, read), round(found.fit.cost, 1)),
        Evidence(EvidenceKind.RUNNER_UP, (lookup.gazetteer.titles(found.runner_up),), margin)
        if found.runner_up
        else Evidence(EvidenceKind.NO_RUNNER_UP, score=margin),
    )
    if above is not None:
        evidence += (Evidence(EvidenceKind.HEADING_BEFORE, (above.text, above.page)),)
    start_at, end_at = letters.span(slot.start, end)
    after = rewrite(letters, slot.start, end, name)
    judgement.reports.append(
        Report(
            trouble, start_at, end_at, after, judgement.note, evidence, confidence=confidence(found.margin)
        )
    )


def confidence(margin: float) -> float:
    """The probability that the best candidate is right, when the next one costs `margin` nats more; a
    constant share is left for what no candidate says."""
    return round(0.99 / (1.0 + math.exp(-margin)), 3)
