"""Spans, edits and what is said about them.

Every offset is a count of code points into `Reading.text`, the text exactly as the reader gave it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import IntEnum
from typing import TypeAlias

from model.carried import Carried
from model.evidence import Evidence
from model.quoted import quoted


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points, `start` inclusive and `end` exclusive."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        """True when the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """True when `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Replace `before`, which stands at `span` of the raw text, by `after`.

    An empty span is an insertion; only a person may make one (family HUM), a rule's edit always
    replaces at least one character.
    """

    span: Span
    before: str
    after: str

    def __post_init__(self) -> None:
        if len(self.before) != len(self.span):
            raise ValueError(f"{quoted(self.before)} does not fill the span {self.span}")
        if self.before == self.after:
            raise ValueError(f"an edit that changes nothing: {quoted(self.before)}")


class Safety(IntEnum):
    """What may be done with a finding without a person. `FLAG < REVIEW < SAFE`.

    SAFE means "cannot fire on legitimate text" and may be accepted by a policy that somebody
    approved. REVIEW needs a person. FLAG has no replacement.
    """

    FLAG = 0
    REVIEW = 1
    SAFE = 2


@dataclass(frozen=True, slots=True)
class Proposal:
    """An edit that a rule proposes, with everything a person needs to judge it.

    `confidence` is the estimated probability that the edit is right, 0 to 1. `alternatives` are other
    texts for the same span, best first. `supersedes` holds the ids of the proposals that this one
    absorbed. `people` is how many different people must accept it before it counts. Only one of family HUM,
    a person's own text, may insert.
    """

    id: str
    rule: str
    rule_version: int
    edit: Edit
    message: str
    evidence: tuple[Evidence, ...]
    confidence: float
    safety: Safety
    alternatives: tuple[str, ...] = ()
    supersedes: tuple[str, ...] = ()
    people: int = 1

    def __post_init__(self) -> None:
        if self.safety is Safety.FLAG:
            raise ValueError("a proposal has a replacement; what has none is a Flag")
        if not self.edit.before and not self.rule.startswith("HUM"):
            raise ValueError("a rule may not insert; its edit replaces at least one character")

    @property
    def span(self) -> Span:
        """Where it lies in the raw text."""
        return self.edit.span

    @property
    def after(self) -> str:
        """What is to stand there."""
        return self.edit.after


@dataclass(frozen=True, slots=True)
class Flag:
    """Something is wrong and the right text is not known. It must be acknowledged, never applied.

    What a proposal has and a flag cannot have is None or empty.
    """

    id: str
    rule: str
    span: Span
    message: str
    evidence: tuple[Evidence, ...] = ()
    people: int = 1

    @property
    def after(self) -> None:
        """No text is proposed."""
        return None

    @property
    def safety(self) -> Safety:
        """The lowest: nothing is done without a person."""
        return Safety.FLAG

    @property
    def confidence(self) -> None:
        """There is no replacement that could be right."""
        return None

    @property
    def rule_version(self) -> None:
        """Not kept for flags."""
        return None

    @property
    def alternatives(self) -> tuple[str, ...]:
        """None."""
        return ()

    @property
    def supersedes(self) -> tuple[str, ...]:
        """None."""
        return ()


Finding: TypeAlias = Proposal | Flag
"""What a rule, or a person, has found at a `span` of a reading; `after` is what is to stand there, None for a flag."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A proposal after resolution, and the id of the winner that beat it, if one did."""

    proposal: Proposal
    beaten_by: str | None = None

    @property
    def stands(self) -> bool:
        """True when the proposal is clear of every winner."""
        return self.beaten_by is None


def text_sha256(text: str) -> str:
    """Hexadecimal SHA-256 of the text in UTF-8. Lone surrogates are errors, as everywhere."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def finding_id(reading_sha256: str, rule: str, span: Span, after: str | None) -> str:
    """The lasting id of a proposal, or of a flag where `after` is None.

    It hashes the reading's text, the rule, the span and the replacement and nothing else, so the same
    finding keeps its id, and with it its decision, when a dictionary or a confidence changes.
    16 hexadecimal digits: unique within any document that fits on a disk.
    """
    kind = "flag" if after is None else "edit"
    key = "\x1f".join((kind, reading_sha256, rule, str(span.start), str(span.end), after or ""))
    return hashlib.sha256(key.encode("utf-8")).hexdigest()[:16]


def apply_edits(text: str, edits: tuple[Edit, ...] | list[Edit]) -> str:
    """Apply disjoint edits to the raw text: the replay on which publishing and the audit stand.

    Two insertions at one place would have no order and are refused, as is an insertion at the start
    or strictly inside of a replaced span's interior; at a replaced span's edges it is unambiguous.

    Raises:
        ValueError: edits overlap, reach beyond the text, or were written against another text.
    """
    pieces: list[str] = []
    at = 0
    previous: Span | None = None
    for edit in sorted(edits, key=lambda e: (e.span.start, e.span.end)):
        span = edit.span
        if span.start < at:
            raise ValueError(f"edits overlap at {span.start}")
        if previous is not None and len(span) == 0 and previous == span:
            raise ValueError(f"two insertions at {span.start} have no order")
        if text[span.start : span.end] != edit.before:
            found = text[span.start : span.end]
            raise ValueError(f"expected {quoted(edit.before)} at {span.start}, found {quoted(found)}")
        pieces.append(text[at : span.start])
        pieces.append(edit.after)
        at = span.end
        previous = span
    pieces.append(text[at:])
    return "".join(pieces)


@dataclass(frozen=True, slots=True)
class Expectation:
    """How many of a reading's `letters` (white space left out) are thought to be wrong.

    `errors` is the likeliest number; nine pages in ten have between `low` and `high`.
    """

    letters: int
    errors: float
    low: float
    high: float

    @property
    def rate(self) -> float:
        """The expected character error rate, 0 where there is no letter."""
        return self.errors / self.letters if self.letters else 0.0


@dataclass(frozen=True, slots=True)
class Findings:
    """All that the rules found in one reading, in order of place.

    `ruleset` and `dictionaries` are the version strings of the rules and of the data they used. `expected` is how
    many letters of the reading are thought to be wrong, None where nothing tells. `under` is what an earlier page has
    handed on to this one, by which they were found; `hands_on` what this one hands on. None where there is nothing.
    """

    reading_sha256: str
    proposals: tuple[Proposal, ...]
    flags: tuple[Flag, ...]
    ruleset: str
    dictionaries: str
    expected: Expectation | None = None
    under: Carried | None = None
    hands_on: Carried | None = None

    @property
    def all(self) -> tuple[Finding, ...]:
        """Proposals, beaten ones too, and flags: everything that can be decided, in order of place."""
        return tuple(sorted((*self.proposals, *self.flags), key=lambda one: (one.span, one.id)))
