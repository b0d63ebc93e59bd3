"""The findings on the snapshot's texts, a row each: `make rules` keeps them anew."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path

from correction.catalogue import every_rule
from correction.engine import propose
from model.edit import Finding
from tests.correction.snapshot.texts import CASES

KEPT = Path(__file__).with_name("findings.tsv")
HEADER = "text\trule\tstart\tend\tbefore\tafter\tsafety\tconfidence"
COMMAND = "make rules"

_NEAR = 0.0011
"""Confidences that differ by less are the same: they are rounded, and processors add up in another order."""


def found() -> list[str]:
    """What all rules find in all texts, those rules too that run only where they are asked for."""
    rows = [HEADER]
    for case in CASES:
        findings = propose(
            case.reading, every_rule(), witnesses=case.witnesses, account=case.account, strict=True
        )
        here = [_row(case.name, case.text, one) for one in findings.all]
        rows += sorted(here, key=_place)
    return rows


def kept() -> list[str]:
    """What was found when the snapshot was taken."""
    return KEPT.read_text("utf-8").splitlines()


def changes(before: list[str], after: list[str]) -> Iterator[str]:
    """What is found otherwise now, as a diff; nothing where only rounding differs."""
    known = {_but_confidence(row): row for row in before}
    settled = [_settled(known.get(_but_confidence(row)), row) for row in after]
    return unified_diff(before, settled, "as kept", "as found now", n=0, lineterm="")


def _row(name: str, text: str, finding: Finding) -> str:
    span = finding.span
    before = f"<{_legible(text[span.start : span.end])}>"
    after = "" if finding.after is None else f"<{_legible(finding.after)}>"
    confidence = "" if finding.confidence is None else f"{finding.confidence:.3f}"
    place = (name, finding.rule, str(span.start), str(span.end))
    return "\t".join((*place, before, after, finding.safety.name, confidence))


def _place(row: str) -> tuple[int, int, str]:
    fields = row.split("\t")
    return int(fields[2]), int(fields[3]), row


def _legible(text: str) -> str:
    """The text with what cannot be seen written as its code point."""
    return "".join(f"\\u{ord(c):04x}" if unicodedata.category(c)[0] in "CZ" and c != " " else c for c in text)


def _but_confidence(row: str) -> str:
    return row.rpartition("\t")[0]


def _settled(before: str | None, after: str) -> str:
    """The row as it was kept where its confidence is the same but for rounding."""
    if before is None:
        return after
    old, new = before.rpartition("\t")[2], after.rpartition("\t")[2]
    if old == new or not old or not new or old == "confidence":
        return after
    return before if abs(float(old) - float(new)) < _NEAR else after


def keep() -> None:
    """Take the snapshot anew; a confidence that differs by rounding alone stays as it was."""
    known = {_but_confidence(row): row for row in kept()}
    rows = [_settled(known.get(_but_confidence(row)), row) for row in found()]
    KEPT.write_text("\n".join(rows) + "\n", "utf-8")
