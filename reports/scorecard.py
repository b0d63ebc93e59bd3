"""The numbers of a document: what was read, how surely, what was found and what became of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from statistics import fmean

from model.account import Account
from model.edit import Expectation, Safety
from model.page import Quality, Reading
from model.state import DocumentState, Outcome, PageState, Stage
from reports.keying_agreement import KeyingAgreement, keying_agreement
from reports.precision import RulePrecision, decided_proposals, precisions
from reports.reading_trust import ReaderTrust, trust_of

# Below this a reader's own confidence marks most of the wrong letters that it marks at all: of
# Tesseract's units under 0.60 between 58 and 77 % are wrong.
LOW_CONFIDENCE = 0.6
HISTOGRAM_BINS = 10


@dataclass(frozen=True, slots=True)
class FamilyScore:
    """The findings of one family of rules, counted by level and by what became of them."""

    family: str
    findings: int
    by_safety: Counter[Safety]
    by_outcome: Counter[Outcome]


@dataclass(frozen=True, slots=True)
class PageScore:
    """The numbers of one page.

    `letters` counts code points of the raw text without white space. `mean_confidence` is the reader's
    own over letters, None where it gives none; `low_share` the share of letters below LOW_CONFIDENCE
    of those that have one. `expected` is how many letters are thought to be wrong, None where nothing tells.
    `account` holds the page's ink against its letters, None where that was not done.
    `waiting` counts findings that need a person.
    """

    number: int
    stage: Stage
    letters: int
    lines: int
    proposals: int
    flags: int
    waiting: int
    blank: bool
    mean_confidence: float | None
    low_share: float | None
    expected: Expectation | None
    account: Account | None
    quality: Quality | None
    reason: str


@dataclass(frozen=True, slots=True)
class Scorecard:
    """The numbers of a document. `rules` says how often people took what each rule proposed; `confidences` counts
    proposals by confidence in bins of equal width; `trust` says how many wrong letters its reviewers pass over,
    `keying` how far those agree who typed numbers and names."""

    pages: tuple[PageScore, ...]
    stages: Counter[Stage]
    blank: int
    letters: int
    proposals: int
    flags: int
    waiting: int
    families: tuple[FamilyScore, ...]
    rules: tuple[RulePrecision, ...]
    confidences: tuple[int, ...]
    mean_confidence: float | None
    low_share: float | None
    trust: tuple[ReaderTrust, ...]
    keying: KeyingAgreement | None

    @property
    def read(self) -> int:
        """How many pages have been read, blank ones included."""
        return sum(1 for page in self.pages if page.quality is not None)


def family_of(rule: str) -> str:
    """The family of a rule's code: `ENC001` belongs to `ENC`."""
    return rule.rstrip("0123456789").rstrip("-")


def scorecard(state: DocumentState) -> Scorecard:
    """Count a document."""
    pages = tuple(page_score(page) for page in state.pages)
    confidences = [
        value for page in state.pages if page.page for value in known_confidences(page.page.reading)
    ]
    proposals = [p for page in state.pages if page.findings for p in page.findings.proposals]
    return Scorecard(
        pages=pages,
        stages=Counter(page.stage for page in pages),
        blank=sum(page.blank for page in pages),
        letters=sum(page.letters for page in pages),
        proposals=len(proposals),
        flags=sum(page.flags for page in pages),
        waiting=sum(page.waiting for page in pages),
        families=_families(state),
        rules=precisions(decided_proposals(state)),
        confidences=histogram([proposal.confidence for proposal in proposals]),
        mean_confidence=fmean(confidences) if confidences else None,
        low_share=_low_share(confidences),
        trust=trust_of(state),
        keying=keying_agreement(state),
    )


def page_score(state: PageState) -> PageScore:
    """Count one page."""
    reading = state.page.reading if state.page else None
    confidences = known_confidences(reading) if reading else []
    reason = ""
    if state.failed is not None:
        reason = state.failed.reason
    if state.waived is not None:
        reason = f"{reason} Waived: {state.waived.note}".strip()
    taken_back = [f"Returned by {one.who.name}: {one.note}" for one in state.returned]
    if state.revoked is not None:
        taken_back.append(f"Signature revoked by {state.revoked.who.name}: {state.revoked.reason}")
    reason = " ".join([reason, *taken_back]).strip()
    return PageScore(
        number=state.number,
        stage=state.stage,
        letters=sum(not letter.isspace() for letter in reading.text) if reading else 0,
        lines=sum(bool(line.strip()) for line in reading.text.split("\n")) if reading else 0,
        proposals=len(state.findings.proposals) if state.findings else 0,
        flags=len(state.findings.flags) if state.findings else 0,
        waiting=len(state.open_findings),
        blank=bool(state.page and state.page.quality.blank),
        mean_confidence=fmean(confidences) if confidences else None,
        low_share=_low_share(confidences),
        expected=state.findings.expected if state.findings else None,
        account=state.page.account if state.page else None,
        quality=state.page.quality if state.page else None,
        reason=reason,
    )


def known_confidences(reading: Reading) -> list[float]:
    """The reader's confidences of the letters, white space and unknown ones left out."""
    return [
        confidence
        for letter, confidence in zip(reading.text, reading.confidences, strict=True)
        if confidence is not None and not letter.isspace()
    ]


def _low_share(confidences: list[float]) -> float | None:
    if not confidences:
        return None
    return sum(confidence < LOW_CONFIDENCE for confidence in confidences) / len(confidences)


def histogram(values: list[float]) -> tuple[int, ...]:
    """How many values of 0 to 1 fall in each of ten bins; 1 falls in the last."""
    bins = [0] * HISTOGRAM_BINS
    for value in values:
        bins[min(HISTOGRAM_BINS - 1, max(0, int(value * HISTOGRAM_BINS)))] += 1
    return tuple(bins)


def _families(state: DocumentState) -> tuple[FamilyScore, ...]:
    by_safety: dict[str, Counter[Safety]] = {}
    by_outcome: dict[str, Counter[Outcome]] = {}
    for page in state.pages:
        for finding in page.all_findings:
            family = family_of(finding.rule)
            by_safety.setdefault(family, Counter())[finding.safety] += 1
            outcome = page.outcomes.get(finding.id, Outcome.OPEN)
            by_outcome.setdefault(family, Counter())[outcome] += 1
    return tuple(
        FamilyScore(family, by_safety[family].total(), by_safety[family], by_outcome[family])
        for family in sorted(by_safety)
    )
