"""Writes down what was decided: the code of a mention, and the report of a repair with its evidence."""

from __future__ import annotations

import math

from correction.places.judgement import Judgement, Report, Trouble
from correction.places.letters import Letters
from correction.places.lookup import Lookup
from correction.places.ranking import Fit
from correction.places.writing import rewrite
from model.edit import Evidence
from model.place import PlaceStatus

_MESSAGES = {
    Trouble.PROVINCE: "Misspelt province: {name}.",
    Trouble.DISTRICT: "Misspelt district: {name} {where}.",
    Trouble.SUBDISTRICT: "Misspelt subdistrict: {name} {where}.",
    Trouble.BODY: "Misspelt local body: {name} {where}.",
}


def accept(judgement: Judgement, code: str, length: int, lookup: Lookup) -> None:
    """The slot's first `length` letters are a name; `code` is empty where it is not known whose."""
    slot = judgement.slot
    judgement.code, judgement.end = code, slot.start + length
    area = lookup.gazetteer.area(code)
    judgement.name = area.name if area else slot.run[:length]
    judgement.status = PlaceStatus.EXACT


def repair(
    judgement: Judgement,
    code: str,
    found: Fit,
    margin: float,
    runner_up: str,
    trouble: Trouble,
    where: str,
    letters: Letters,
    lookup: Lookup,
) -> None:
    """The slot's letters are a damaged or misspelt form of `found.spelling`, the name of the area `code`."""
    slot = judgement.slot
    name = lookup.display(code, found.spelling)
    end = slot.start + found.length
    judgement.code, judgement.end, judgement.name = code, end, name
    judgement.status = PlaceStatus.REPAIRED
    other = lookup.gazetteer.full_name(runner_up)
    evidence = (
        Evidence("gazetteer", lookup.gazetteer.full_name(code)),
        Evidence(
            "confusions", f"reading {name} as {slot.run[: found.length]}, in nats", round(found.cost, 1)
        ),
        Evidence(
            "margin",
            f"the next is {other}, in nats" if other else "nothing else comes near",
            round(margin, 1),
        ),
    )
    judgement.note = _MESSAGES[trouble].format(name=name, where=where)
    start_at, end_at = letters.span(slot.start, end)
    judgement.reports.append(
        Report(
            trouble,
            start_at,
            end_at,
            rewrite(letters, slot.start, end, name),
            judgement.note,
            evidence,
            confidence=confidence(margin),
        )
    )


def confidence(margin: float) -> float:
    """The probability that the best candidate is right, when the next one costs `margin` nats more; a
    constant share is left for what no candidate says."""
    return round(0.99 / (1.0 + math.exp(-margin)), 3)
