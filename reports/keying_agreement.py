"""How far two people agree who typed the same numbers and names unseen, and how many errors both have missed.

Cohen's kappa over the typed values (J. Cohen, Educational and Psychological Measurement 20, 1960). The errors of the
reading that each of the two has found by typing are two captures: N. G. Chapman's form of the Lincoln-Petersen estimate
with its normal interval (1951), and A. Chao's lower bound (Biometrics 43, 1987), bias-corrected.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from model.keyed import KeyedValue, same_value, standing_at
from model.state import DocumentState, PageState

_Z = 1.96


@dataclass(frozen=True, slots=True)
class KeyingAgreement:
    """`typed` places that two people typed, `agreed` of them alike, `kappa` None where chance alone explains all of it;
    `first` and `second` errors of the reading that each of the two found, `both` found by both."""

    typed: int
    agreed: int
    kappa: float | None
    first: int
    second: int
    both: int

    @property
    def found(self) -> int:
        """Errors that were found at all."""
        return self.first + self.second - self.both

    @property
    def errors(self) -> tuple[float, float, float]:
        """How many errors there are (Chapman), and at least and at most with 95 % confidence: no fewer than found."""
        n, k, m = self.first, self.second, self.both
        likely = (n + 1) * (k + 1) / (m + 1) - 1
        spread = math.sqrt((n + 1) * (k + 1) * (n - m) * (k - m) / ((m + 1) ** 2 * (m + 2)))
        return likely, max(self.found, likely - _Z * spread), max(self.found, likely + _Z * spread)

    @property
    def at_least(self) -> float:
        """Chao's lower bound of how many errors there are."""
        once = self.found - self.both
        return self.found + once * (once - 1) / (2 * (self.both + 1))


def keying_agreement(state: DocumentState) -> KeyingAgreement | None:
    """The figures of a document, from the first two people who typed each place; None where nothing was typed twice."""
    pairs = [pair for page in state.pages for pair in _pairs(page)]
    if not pairs:
        return None
    values = [(same_value(one.value), same_value(other.value)) for one, other, _, _ in pairs]
    wrong = [(one, other, right) for (one, other), (_, _, read, right) in zip(values, pairs, strict=True)
             if read != right]  # fmt: skip
    return KeyingAgreement(
        typed=len(pairs),
        agreed=sum(one == other for one, other in values),
        kappa=cohens_kappa(values),
        first=sum(one == right for one, _, right in wrong),
        second=sum(other == right for _, other, right in wrong),
        both=sum(one == other == right for one, other, right in wrong),
    )


def cohens_kappa(values: Sequence[tuple[str, str]]) -> float | None:
    """Agreement beyond chance of two people's answers; None where chance would give the same."""
    size = len(values)
    agreed = sum(one == other for one, other in values) / size
    first, second = Counter(one for one, _ in values), Counter(other for _, other in values)
    chance = sum(count * second[value] for value, count in first.items()) / size**2
    return None if chance == 1 else (agreed - chance) / (1 - chance)


def agreement_object(found: KeyingAgreement | None) -> dict[str, Any] | None:
    """The figures as JSON has them."""
    if found is None:
        return None
    likely, low, high = found.errors
    return {
        "typed": found.typed,
        "agreed": found.agreed,
        "kappa": None if found.kappa is None else round(found.kappa, 4),
        "errors_found": found.found,
        "errors": {"likely": round(likely, 2), "low": round(low, 2), "high": round(high, 2)},
        "errors_at_least": round(found.at_least, 2),
    }


def _pairs(page: PageState) -> Iterator[tuple[KeyedValue, KeyedValue, str, str]]:
    """Of each place that two people typed: their first answers, what was read there and what stands there now."""
    if page.page is None:
        return
    raw = page.page.reading.text
    edits = [one.edit for one in page.edits]
    for span in dict.fromkeys(one.span for one in page.keyed):
        typed = list(_first_of_each(one for one in page.keyed if one.span == span))
        if len(typed) > 1:
            read, stands = same_value(raw[span.start : span.end]), standing_at(raw, edits, span)
            yield typed[0], typed[1], read, same_value(stands.text)


def _first_of_each(values: Iterable[KeyedValue]) -> Iterator[KeyedValue]:
    seen: set[str] = set()
    for one in values:
        if one.account not in seen:
            seen.add(one.account)
            yield one
