"""What is charted: errors expected, accounted ink and findings by family, page by page, document by document, day by
day; and the time that reviewers take, and how far they agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from model.state import DocumentState, PageState
from reports.charts import Chart
from reports.evidence_text import Language
from reports.reading_trust import trust_of
from reports.scorecard import family_of

_TITLES: Mapping[str, tuple[str, str]] = {
    "errors": ("Errors expected in the reading, of 1,000 letters", "ตัวอักษรที่คาดว่าอ่านผิด ต่อ 1,000 ตัว"),
    "ink": ("Ink in the text, %", "หมึกที่อยู่ในข้อความ %"),
    "families": ("Findings by family, of 1,000 letters", "รายการที่พบตามประเภท ต่อ 1,000 ตัว"),
    "minutes": ("Minutes of a reviewer for a page that was signed", "นาทีที่ผู้ตรวจใช้ต่อหน้าที่ลงนาม"),
    "agreement": ("Reviewers: agreement and letters caught, %", "ผู้ตรวจ: ความตรงกัน และตัวอักษรที่จับได้ %"),
    "likely": ("likely", "น่าจะเป็น"),
    "high": ("at most", "อย่างมาก"),
    "share": ("accounted", "นับได้"),
    "minute": ("minutes", "นาที"),
    "kappa": ("agreed", "ตรงกัน"),
    "caught": ("caught", "จับได้"),
}


@dataclass(slots=True)
class TrendTally:
    """Sums over pages: letters of those whose errors are expected, the errors likely and at most; ink that letters
    cover and that nothing does; letters and findings by family; minutes for pages that were signed; places that two
    people typed and typed alike; letters that were changed on purpose and those that were caught."""

    letters: int = 0
    errors: float = 0.0
    high: float = 0.0
    covered: int = 0
    missing: int = 0
    read: int = 0
    families: Counter[str] = field(default_factory=Counter)
    minutes: list[float] = field(default_factory=list)
    typed: int = 0
    agreed: int = 0
    seeded: int = 0
    caught: int = 0

    def add_page(self, page: PageState) -> None:
        """Count a page."""
        expected = page.findings.expected if page.findings else None
        if expected is not None:
            self.letters += expected.letters
            self.errors += expected.errors
            self.high += expected.high
        if page.page is not None:
            self.read += sum(not one.isspace() for one in page.page.reading.text)
            account = page.page.account
            if account is not None and account.share is not None:
                self.covered += account.covered
                self.missing += sum(place.ink for place in account.missing)
        self.families.update(family_of(one.rule) for one in page.all_findings)

    def add_people(self, state: DocumentState, typed: int, agreed: int, minutes: Iterable[float]) -> None:
        """Count what the people who worked on a document have done."""
        self.typed += typed
        self.agreed += agreed
        self.minutes += minutes
        for one in trust_of(state):
            self.seeded += one.caught + one.missed
            self.caught += one.caught

    def per_thousand(self, value: float) -> float | None:
        """So many of 1,000 letters whose errors are expected; None where there are none."""
        return 1000 * value / self.letters if self.letters else None


def page_charts(state: DocumentState, language: Language = "en") -> tuple[Chart, ...]:
    """The charts of a document, page by page."""
    tallies = {}
    for page in state.pages:
        tallies[str(page.number)] = tally = TrendTally()
        tally.add_page(page)
    return charts(tallies, language)


def charts(tallies: Mapping[str, TrendTally], language: Language = "en") -> tuple[Chart, ...]:
    """The charts of some tallies, each under what it is of, in their order."""

    def said(name: str) -> str:
        return _TITLES[name][language == "th"]

    labels, each = list(tallies), list(tallies.values())
    families = sorted({name for one in each for name in one.families})
    return (
        Chart(said("errors"), labels, {
            said("likely"): [one.per_thousand(one.errors) for one in each],
            said("high"): [one.per_thousand(one.high) for one in each],
        }),
        Chart(said("ink"), labels, {said("share"): [_share(one.covered, one.covered + one.missing) for one in each]}),
        Chart(said("families"), labels, {
            name: [1000 * one.families[name] / one.read if one.read else None for one in each] for name in families
        }, stacked=True),
        Chart(said("minutes"), labels, {said("minute"): [_mean(one.minutes) for one in each]}),
        Chart(said("agreement"), labels, {
            said("kappa"): [_share(one.agreed, one.typed) for one in each],
            said("caught"): [_share(one.caught, one.seeded) for one in each],
        }),
    )  # fmt: skip


def _share(part: int, whole: int) -> float | None:
    return 100 * part / whole if whole else None


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None
