"""What the diff report shows, as plain values: pages, rows, findings. The template only lays them out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from correction.catalogue import every_rule
from correction.in_force import wording_of
from model.box import Box
from model.decision import AppliedEdit, Decision, SignOff
from model.edit import Finding, Safety, Span
from model.evidence import Evidence
from model.page import Page
from model.place import Mention, PlaceStatus
from model.publication import PublishedPage
from model.state import Outcome, PageState
from ocr.layout.page_regions import page_regions
from reports.crops import Crop, PageImage, mark
from reports.diff_head import person_token
from reports.diff_words import DiffWords
from reports.evidence_text import Language, sentence
from reports.ink_account import ink_boxes
from reports.letters import code_points, safe_text, visible
from reports.lines import Row, row_at, rows
from reports.regions import RegionMark, region_marks
from reports.scorecard import PageScore, family_of, page_score
from reports.segments import Segment, corrected_segments, raw_segments
from reports.words import VOCABULARY, WAITING


@dataclass(frozen=True, slots=True)
class DecisionView:
    """One person's verdict in words."""

    verdict: str
    wording: str | None
    who: str
    token: str
    when: str
    how: str
    note: str


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """One reason for a finding in words, and how strongly it speaks."""

    source: str
    text: str
    measure: str


@dataclass(frozen=True, slots=True)
class FindingView:
    """A proposal or a flag with all that was said about it; each code point of its texts can be seen.

    Findings of one row that differ in their place alone share one view; `ids` are theirs.
    """

    ids: tuple[str, ...]
    rule: str
    version: int | None
    family: str
    message: str
    safety: Safety
    level: str
    level_meaning: str
    before: str
    after: str | None
    code_points: str
    confidence: float | None
    evidence: tuple[EvidenceView, ...]
    alternatives: tuple[str, ...]
    supersedes: tuple[str, ...]
    people: int
    outcome: Outcome
    outcome_words: str
    waits: bool
    beaten_by: str | None
    decisions: tuple[DecisionView, ...]

    @property
    def brief(self) -> bool:
        """True for a safe change that nobody needs to look at: shown in few words."""
        return self.outcome is Outcome.POLICY


@dataclass(frozen=True, slots=True)
class MarkView:
    """A place in a crop, in per cent of it, that a finding is about."""

    left: float
    top: float
    width: float
    height: float
    waits: bool


@dataclass(frozen=True, slots=True)
class CropView:
    """A picture of a printed line and the places in it that findings are about."""

    crop: Crop
    marks: tuple[MarkView, ...]


@dataclass(frozen=True, slots=True)
class RowView:
    """One row of the report: pictures, both texts, findings. `label` is its line number or range."""

    label: str
    crops: tuple[CropView, ...]
    raw: tuple[Segment, ...]
    corrected: tuple[Segment, ...]
    changed: bool
    findings: tuple[FindingView, ...]

    @property
    def tokens(self) -> dict[str, str]:
        """What its findings are filtered by, as the page's attributes have it: name and words with spaces between."""
        found: dict[str, set[str]] = {
            "family": set(),
            "rule": set(),
            "level": set(),
            "outcome": set(),
            "person": set(),
        }
        for one in self.findings:
            found["family"].add(family_of(one.rule))
            found["rule"].add(one.rule)
            found["level"].add(one.safety.name.lower())
            found["outcome"].add(str(one.outcome))
            found["person"] |= {made.token for made in one.decisions}
        return {name: " ".join(sorted(words)) for name, words in found.items()}

    @property
    def waits(self) -> bool:
        """True when a finding of the row needs a person."""
        return any(finding.waits for finding in self.findings)

    @property
    def quiet(self) -> bool:
        """True when all that was found on the row are safe changes that nobody needs to look at."""
        return bool(self.findings) and all(finding.brief for finding in self.findings)


@dataclass(frozen=True, slots=True)
class PageView:
    """One page of the report. `state` and `score` tell how it stands now; `page`, `rows` and `places` are of the
    reading that is shown, which of a published page is the one that was signed, as `signoff` says. `read_anew` is
    the reader of a newer reading than that. `thumbnail` is the whole page, small, with its regions as `marks`."""

    state: PageState
    score: PageScore
    page: Page | None
    rows: tuple[RowView, ...]
    thumbnail: Crop | None
    signoff: SignOff | None = None
    read_anew: str = ""
    places: tuple[Mention, ...] = ()
    lines: int = 0
    plain: int = 0
    marks: tuple[RegionMark, ...] = ()

    @property
    def place_counts(self) -> str:
        """How many places have each status, in words: `12 exact, 1 repaired`."""
        counts = Counter(mention.status for mention in self.places)
        return ", ".join(f"{counts[status]} {status}" for status in PlaceStatus if counts[status])


PlacesOf = Callable[[PageState], Sequence[Mention]]


def no_places(page: PageState) -> Sequence[Mention]:
    """For documents whose places nobody asked for."""
    return ()


def page_view(
    state: PageState,
    image: Callable[[str], bytes],
    publication: PublishedPage | None = None,
    places: PlacesOf = no_places,
    language: Language = "en",
    all_lines: bool = False,
) -> PageView:
    """Lay out one page; `image` gives the PNG for the SHA-256 of a page image, `places` what a page mentions.
    `all_lines`: those without a finding or a change too."""
    shown = state if publication is None else publication.state
    page = shown.page
    if page is None:
        return PageView(state, page_score(state), None, (), None)
    edits = shown.shown if publication is None else publication.published.edits
    picture = PageImage(image(page.image_sha256), page) if page.image_sha256 else None
    every = _Rows(shown, page, picture, language, all_lines)
    found = every.views(edits)
    read_anew = publication is not None and publication.read_anew and state.page is not None
    return PageView(
        state=state,
        score=page_score(state),
        page=page,
        rows=found,
        thumbnail=picture.thumbnail() if picture else None,
        marks=region_marks(page, page_regions([page])[0]),
        signoff=shown.signoff,
        read_anew=str(state.page.reading.reader) if read_anew and state.page else "",
        places=tuple(places(shown)),
        lines=every.lines,
        plain=every.plain,
    )


class _Rows:
    """The rows of a page; `lines` counts all, `plain` those without a finding or a change."""

    def __init__(
        self, state: PageState, page: Page, picture: PageImage | None, language: Language, all_lines: bool
    ) -> None:
        self._state = state
        self._page = page
        self._picture = picture
        self._language = language
        self._all_lines = all_lines
        self.lines = self.plain = 0
        ids = {finding.id for finding in state.all_findings}
        # What a person rejected is beaten too, but by nobody.
        self._beaten = {s.proposal.id: s.beaten_by if s.beaten_by in ids else None for s in state.standings}

    def views(self, edits: Sequence[AppliedEdit]) -> tuple[RowView, ...]:
        """Those that are to be shown."""
        all_rows = rows(self._page.reading.text, [applied.edit for applied in edits])
        by_row: dict[int, list[Finding]] = {}
        for finding in self._state.all_findings:
            index = row_at(all_rows, finding.span)
            if index is not None:
                by_row.setdefault(index, []).append(finding)
        views: list[RowView] = []
        line_number = 1
        for index, row in enumerate(all_rows):
            findings = by_row.get(index, [])
            plain = not findings and not row.changed
            if plain and not row.raw.strip():
                continue  # a reader's empty line is no printed line
            last = line_number + len(row.lines) - 1
            label = str(line_number) if last == line_number else f"{line_number}–{last}"
            line_number = last + 1
            self.lines += 1
            self.plain += plain
            if not plain or self._all_lines:
                views.append(self._view(label, row, findings))
        return tuple(views)

    def _view(self, label: str, row: Row, findings: Sequence[Finding]) -> RowView:
        state = self._state
        return RowView(
            label=label,
            crops=_crops(row, findings, state, self._picture),
            raw=raw_segments(row, [f.span for f in findings if f.after is None]),
            corrected=corrected_segments(row),
            changed=row.changed,
            findings=_grouped(
                [_finding_view(f, state, self._beaten.get(f.id), self._language) for f in findings]
            ),
        )


def _places(
    row: Row, findings: Sequence[Finding], state: PageState, picture: PageImage
) -> list[tuple[Box, bool]]:
    """Where findings lie on the upright page, and whether they wait; what was set aside is left out."""
    places: list[tuple[Box, bool]] = []
    for finding in findings:
        outcome = state.outcomes.get(finding.id, Outcome.OPEN)
        if outcome is Outcome.BEATEN:
            continue
        for part in _line_parts(finding.span, row):
            place = picture.place(part)
            if place is not None:
                places.append((place, outcome in WAITING))
    return places


def _line_parts(span: Span, row: Row) -> list[Span]:
    """A span cut at the line ends of its row: what runs over a line end is drawn in two places."""
    parts = [
        Span(max(span.start, line.start), min(span.end, line.end))
        for line in row.lines
        if span.overlaps(line)
    ]
    return parts or [span]


def _crops(
    row: Row, findings: Sequence[Finding], state: PageState, picture: PageImage | None
) -> tuple[CropView, ...]:
    if picture is None:
        return ()
    places, ink = _places(row, findings, state, picture), _ink_places(findings, state, picture)
    boxes = [box for line in row.lines if (box := picture.line_box(line)) is not None]
    crops = [picture.crop(box) for box in boxes]
    # Ink that is not in the text may stand apart from the line that is nearest to it.
    crops += [picture.crop(place) for place, _ in ink if not any(mark(place, crop) for crop in crops)]
    views: list[CropView] = []
    for crop in crops:
        found = ((mark(place, crop), waits) for place, waits in (*places, *ink))
        marks = (MarkView(m.left, m.top, m.width, m.height, waits) for m, waits in found if m)
        views.append(CropView(crop, tuple(dict.fromkeys(marks))))
    return tuple(views)


def _ink_places(findings: Sequence[Finding], state: PageState, picture: PageImage) -> list[tuple[Box, bool]]:
    """The places of ink that findings are about, on the upright page, and whether they wait."""
    return [
        (picture.upright(box), state.outcomes.get(finding.id, Outcome.OPEN) in WAITING)
        for finding in findings
        for box in ink_boxes(finding)
    ]


def _grouped(views: Sequence[FindingView]) -> tuple[FindingView, ...]:
    groups: dict[FindingView, tuple[str, ...]] = {}
    for view in views:
        bare = replace(view, ids=())
        groups[bare] = (*groups.get(bare, ()), *view.ids)
    return tuple(replace(bare, ids=ids) for bare, ids in groups.items())


def _finding_view(
    finding: Finding, state: PageState, beaten_by: str | None, language: Language
) -> FindingView:
    words = VOCABULARY[language]
    outcome = state.outcomes.get(finding.id, Outcome.OPEN)
    decisions = state.decisions.get(finding.id, ())
    level = finding.safety
    reading = state.page.reading.text if state.page else ""
    before, after = reading[finding.span.start : finding.span.end], finding.after
    if outcome is Outcome.EDITED:
        after = wording_of(decisions)
    return FindingView(
        ids=(finding.id,),
        rule=finding.rule,
        version=finding.rule_version,
        family=words.families.get(family_of(finding.rule), ""),
        message=_message(finding, language),
        safety=level,
        level=words.levels[level],
        level_meaning=words.level_meanings[level],
        before=visible(before),
        after=None if after is None else visible(after),
        code_points=f"{code_points(before)} → {code_points(after)}"
        if after is not None
        else code_points(before),
        confidence=finding.confidence,
        evidence=tuple(_evidence_view(one, language) for one in finding.evidence),
        alternatives=tuple(visible(text) for text in finding.alternatives),
        supersedes=finding.supersedes,
        people=state.people.get(finding.id, 1),
        outcome=outcome,
        outcome_words=words.outcomes[outcome],
        waits=outcome in WAITING,
        beaten_by=beaten_by,
        decisions=tuple(_decision_view(decision, language) for decision in decisions),
    )


def _message(finding: Finding, language: Language) -> str:
    """What is wrong, in words: a rule speaks both languages, a person their own."""
    thai = _thai_messages().get(finding.rule) if language == "th" else None
    return thai or safe_text(finding.message)


@cache
def _thai_messages() -> dict[str, str]:
    return {rule.code: rule.message_th for rule in every_rule()}


def _evidence_view(evidence: Evidence, language: Language) -> EvidenceView:
    said = sentence(evidence, language)
    return EvidenceView(said.source, said.text, said.measure)


def _decision_view(decision: Decision, language: Language) -> DecisionView:
    t = DiffWords(language)
    claimed = f" {t('as_claimed')}" if decision.who.claimed else ""
    return DecisionView(
        verdict=VOCABULARY[language].verdicts[decision.verdict],
        wording=None if decision.after is None else visible(decision.after),
        who=f"{safe_text(decision.who.name)}, {t('account')} {safe_text(decision.who.account)}{claimed}",
        token=person_token(decision.who.account),
        when=decision.when,
        how=decision.how,
        note=safe_text(decision.note),
    )
