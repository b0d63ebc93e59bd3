"""How many wrong letters a reviewer passes over, from letters that were changed on purpose, and how many are left.

Of the letters that were changed, and judged, a share was missed. The same share of the wrong letters that nothing
marked is thought to have been missed: whoever found `found` of them at a miss rate m has left found * m / (1 - m), as
capture and recapture count animals. The interval is that of the miss rate (Clopper and Pearson).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from model.addition import TEXT
from model.decision import Verdict
from model.seed import SeedOutcome, SeedPutBack
from model.state import DocumentState, PageState
from reports.intervals import clopper_pearson

CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class ReaderTrust:
    """A reviewer's letters that were changed on purpose: how many were `caught` and `missed`; and how many wrong
    letters that nothing marked they have `found`."""

    account: str
    name: str
    caught: int
    missed: int
    found: int = 0

    @property
    def rate(self) -> float:
        """The share that was missed."""
        return self.missed / (self.caught + self.missed)

    @property
    def interval(self) -> tuple[float, float]:
        """The exact 95 % interval of the miss rate."""
        return clopper_pearson(self.missed, self.caught + self.missed, CONFIDENCE)

    @property
    def rest(self) -> tuple[float | None, float, float | None]:
        """How many wrong letters are left where they have looked: likely, and at least and at most with 95 %
        confidence. None where no bound can be given: they have caught too few."""
        low, high = self.interval
        return _left(self.found, self.rate), _left(self.found, low) or 0.0, _left(self.found, high)


def reader_trust(
    put_back: Iterable[SeedPutBack], found: Counter[str] | None = None
) -> tuple[ReaderTrust, ...]:
    """Each reviewer who was shown letters that were changed, by account; `found` are wrong letters that they found."""
    counts: dict[str, Counter[SeedOutcome]] = {}
    names: dict[str, str] = {}
    for one in put_back:
        counts.setdefault(one.account, Counter())[one.outcome] += 1
        names[one.account] = one.name
    return tuple(
        ReaderTrust(
            account,
            names[account],
            of[SeedOutcome.CAUGHT],
            of[SeedOutcome.MISSED],
            (found or Counter())[account],
        )
        for account, of in sorted(counts.items())
        if of[SeedOutcome.CAUGHT] + of[SeedOutcome.MISSED]
    )


def trust_of(state: DocumentState) -> tuple[ReaderTrust, ...]:
    """The reviewers of a document."""
    found: Counter[str] = Counter()
    for page in state.pages:
        found.update(_found_unmarked(page))
    return reader_trust((one for page in state.pages for one in page.seeded), found)


def miss_rate_object(one: ReaderTrust) -> dict[str, Any]:
    """A reviewer's miss rate as JSON has it."""
    low, high = one.interval
    return {
        "account": one.account,
        "name": one.name,
        "caught": one.caught,
        "missed": one.missed,
        "miss_rate": {"likely": round(one.rate, 5), "low": round(low, 5), "high": round(high, 5)},
    }


def trust_object(one: ReaderTrust) -> dict[str, Any]:
    """A reviewer's figures for a document as JSON has them."""
    rest, least, most = one.rest
    return miss_rate_object(one) | {
        "found": one.found,
        "left": {"likely": _rounded(rest), "low": _rounded(least), "high": _rounded(most)},
    }


def _found_unmarked(page: PageState) -> Iterable[str]:
    """Who has written what stands in the text of a page where no rule had found anything, once for each place."""
    marked = [one.span for one in page.all_findings if not one.rule.startswith("HUM")]
    written = {one.finding for one in page.edits}
    for finding in page.all_findings:
        if finding.rule != TEXT or finding.id not in written:
            continue
        if any(span.overlaps(finding.span) for span in marked):
            continue
        made = [one for one in page.decisions.get(finding.id, ()) if one.verdict is Verdict.ACCEPT]
        if made:
            yield made[0].who.account


def _left(found: int, rate: float) -> float | None:
    return None if rate >= 1 else found * rate / (1 - rate)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)
