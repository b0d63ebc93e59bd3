"""The findings on the snapshot's texts, a row each: `python -m tests.correction.snapshot.findings` keeps them anew."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path

from correction.catalogue import every_rule
from correction.engine import propose
from model.edit import Flag, Proposal
from tests.correction.snapshot.texts import CASES

KEPT = Path(__file__).with_name("findings.tsv")
HEADER = "text\trule\tstart\tend\tbefore\tafter\tsafety\tconfidence"
COMMAND = "make snapshot"

_NEAR = 0.0011
"""Confidences that differ by less are the same: they are rounded, and processors add up in another order."""


def found() -> list[str]:
    """What all rules find in all texts, those rules too that run only where they are asked for."""
    rows = [HEADER]
    for case in CASES:
        findings = propose(case.reading, every_rule(), witnesses=case.witnesses, strict=True)
        here = [_row(case.name, case.text, one) for one in findings.proposals]
        here += [_row(case.name, case.text, one) for one in findings.flags]
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


def _row(name: str, text: str, finding: Proposal | Flag) -> str:
    if isinstance(finding, Flag):
        span, after, safety, confidence = finding.span, "", "FLAG", ""
    else:
        span, after = finding.edit.span, f"<{_legible(finding.edit.after)}>"
        safety, confidence = finding.safety.name, f"{finding.confidence:.3f}"
    before = f"<{_legible(text[span.start : span.end])}>"
    return "\t".join((name, finding.rule, str(span.start), str(span.end), before, after, safety, confidence))


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


if __name__ == "__main__":
    KEPT.write_text("\n".join(found()) + "\n", "utf-8")
