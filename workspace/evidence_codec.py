"""The evidence of a finding as JSON."""

from __future__ import annotations

from typing import Any

from model.evidence import NAMES, Evidence, EvidenceKind, Value
from workspace import checked

JSON = dict[str, Any]


def evidence_out(evidence: tuple[Evidence, ...]) -> list[JSON]:
    """Evidence ready for JSON."""
    return [
        one.object | {"score": None if one.score is None else checked.normal(one.score)} for one in evidence
    ]


def evidence_in(rows: object) -> tuple[Evidence, ...]:
    """The evidence of a finding.

    Raises:
        ValueError, TypeError, KeyError: it is none.
    """
    return tuple(_one_evidence_in(row) for row in checked.rows(rows))


def _one_evidence_in(row: JSON | list[Any]) -> Evidence:
    if isinstance(row, list):
        source, detail, score = row  # as findings of version 1 have it
        said = (checked.text(source), checked.text(detail))
        return Evidence(EvidenceKind.SENTENCE, said, None if score is None else checked.real(score))
    kind, score = EvidenceKind(checked.text(row["kind"])), row["score"]
    values = tuple(_value_in(row["values"][name]) for name in NAMES[kind])
    return Evidence(kind, values, None if score is None else checked.real(score))


def _value_in(value: object) -> Value:
    if type(value) is list:
        return checked.texts(value)
    return checked.whole(value) if type(value) is int else checked.text(value)
