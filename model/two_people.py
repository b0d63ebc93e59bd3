"""Which change of a text takes two people: one that touches a place where facts contradict each other.

It is the same question whatever it is called: the rule's own proposal, another text for its place, a person's own
text, a wider or narrower span, or a part of it that another record completes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from model.edit import Edit, Finding, Findings, Safety, Span

TWO_PEOPLE = frozenset({"GAZ201", "GAZ202", "GAZ203", "DIG009"})
"""Rules whose findings say that facts contradict each other: they take two people whatever was kept of them."""


@dataclass(frozen=True, slots=True)
class EditEffect:
    """Where an edit changes the raw text. The same change may be written at several places (one of two equal letters
    is taken out): `span` covers them all. `inserts` says that nothing but new letters comes in: it then touches what
    lies beside it, too."""

    span: Span
    inserts: bool

    def touches(self, other: EditEffect) -> bool:
        """True when the two change a letter of each other, or put letters beside it."""
        if self.inserts or other.inserts:
            return self.span.start <= other.span.end and other.span.start <= self.span.end
        return self.span.overlaps(other.span)


@dataclass(frozen=True, slots=True)
class ContestedPlace:
    """A place that only so many people may change."""

    effect: EditEffect
    people: int


@dataclass(frozen=True, slots=True)
class ContestedPlaces:
    """The places of a reading that only several people may change; `raw` is empty where there are none."""

    raw: str
    places: Sequence[ContestedPlace]

    def people(self, finding: Finding, after: str | None) -> int:
        """How many different people must want this text at a finding's place; None leaves it as it was read.

        What is SAFE changes no fact, as it was proposed.
        """
        asked = people_of(finding)
        if after is None or not self.places or (finding.safety is Safety.SAFE and after == finding.after):
            return asked
        span = finding.span
        before = self.raw[span.start : span.end]
        if before == after:
            return asked
        made = effect(Edit(span, before, after), self.raw)
        return max([asked, *(one.people for one in self.places if one.effect.touches(made))])


NOTHING_CONTESTED = ContestedPlaces("", ())


def people_of(finding: Finding) -> int:
    """How many different people must decide a finding alike, looked at by itself."""
    return max(finding.people, 2) if finding.rule in TWO_PEOPLE else finding.people


def contested_places(findings: Findings, raw: Callable[[], str]) -> ContestedPlaces:
    """The places about which the rules say that facts contradict each other; `raw` gives the text, asked only where
    there is one."""
    found = [one for one in findings.all if people_of(one) > 1]
    if not found:
        return NOTHING_CONTESTED
    text = raw()
    return ContestedPlaces(text, [ContestedPlace(_place(one, text), people_of(one)) for one in found])


def effect(edit: Edit, raw: str) -> EditEffect:
    """Where an edit changes the text, without the letters that it writes as they were."""
    before, after, start = edit.before, edit.after, edit.span.start
    head = _alike(before, after)
    before, after, start = before[head:], after[head:], start + head
    tail = _alike(before[::-1], after[::-1])
    before, after = before[: len(before) - tail], after[: len(after) - tail]
    end = start + len(before)
    if before and after:
        return EditEffect(Span(start, end), inserts=False)
    # Letters that only come in or only go may be moved along equal ones, and the text becomes the same.
    moved = before or after
    turn = len(moved)
    left = 0
    while left < start and raw[start - 1 - left] == moved[(turn - 1 - left) % turn]:
        left += 1
    right = 0
    while end + right < len(raw) and raw[end + right] == moved[right % turn]:
        right += 1
    return EditEffect(Span(start - left, end + right), inserts=not before)


def _alike(one: str, other: str) -> int:
    """With how many equal letters two texts begin."""
    return next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )


def _place(finding: Finding, raw: str) -> EditEffect:
    if finding.after is None:
        return EditEffect(finding.span, inserts=False)
    return effect(finding.edit, raw)
