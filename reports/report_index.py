"""The index of diff reports: all documents, the runs that read them, and what was found, to be filtered by document,
page, rule, level, state and person. One HTML file without a script."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from model.edit import Safety
from model.page_numbers import ranges
from model.program import program_version
from model.state import DocumentState, Outcome
from reports.charts import Chart, svg
from reports.diff_head import person_token, verdict
from reports.diff_words import DiffWords
from reports.evidence_text import Language
from reports.letters import safe_text
from reports.rendering import environment, style
from reports.scorecard import scorecard
from reports.words import VOCABULARY


@dataclass(frozen=True, slots=True)
class ReadingRun:
    """Pages that one reader read in one go: the time (UTC, ISO 8601) and the number of the newest record of them."""

    reader: str
    pages: tuple[int, ...]
    when: str
    seq: int


@dataclass(frozen=True, slots=True)
class FoundRow:
    """Findings of a page that are alike: rule, level, what became of them, who decided; `count` is how many."""

    page: int
    rule: str
    level: Safety
    outcome: Outcome
    people: tuple[tuple[str, str], ...]
    count: int


@dataclass(frozen=True, slots=True)
class IndexedDocument:
    """A document in the index. `report` is the address of its report relative to the index, empty where there is none;
    `problem` says why nothing else is known of it."""

    id: str
    name: str
    token: str
    verdict: str
    pages: int
    waiting: int
    report: str
    runs: tuple[ReadingRun, ...]
    rows: tuple[FoundRow, ...]
    problem: str = ""


def indexed(
    state: DocumentState, report: str, runs: Sequence[ReadingRun], number: int, language: Language
) -> IndexedDocument:
    """A document as the index has it, the `number`th."""
    card = scorecard(state)
    t = DiffWords(language)
    return IndexedDocument(
        state.id,
        safe_text(state.name),
        f"d{number}",
        verdict(card, t),
        len(card.pages),
        card.waiting,
        report,
        tuple(runs),
        tuple(_rows(state)),
    )


def damaged(identity: str, name: str, number: int, problem: str) -> IndexedDocument:
    """A document of which nothing can be shown, and why."""
    return IndexedDocument(identity, safe_text(name), f"d{number}", "", 0, 0, "", (), (), safe_text(problem))


def _rows(state: DocumentState) -> Iterator[FoundRow]:
    for page in state.pages:
        counted: Counter[tuple[str, Safety, Outcome, tuple[tuple[str, str], ...]]] = Counter()
        for one in page.all_findings:
            who = {made.who.account: made.who.name for made in page.decisions.get(one.id, ())}
            people = tuple((person_token(account), safe_text(name)) for account, name in sorted(who.items()))
            counted[one.rule, one.safety, page.outcomes.get(one.id, Outcome.OPEN), people] += 1
        for (rule, level, outcome, people), count in sorted(counted.items()):
            yield FoundRow(page.number, rule, level, outcome, people, count)


def index_html(
    documents: Sequence[IndexedDocument], trends: Sequence[Sequence[Chart]], language: Language = "en"
) -> Iterator[str]:
    """The file in pieces; `trends` are groups of charts."""
    rows = [row for one in documents for row in one.rows]
    people = dict(pair for row in rows for pair in row.people)
    vocabulary = VOCABULARY[language]
    choices = {
        "document": {one.token: one.name for one in documents},
        "rule": {rule: rule for rule in sorted({row.rule for row in rows})},
        "level": {
            level.name.lower(): vocabulary.levels[level] for level in sorted({row.level for row in rows})
        },
        "outcome": {str(one): vocabulary.outcomes[one] for one in sorted({row.outcome for row in rows})},
        "person": people,
        "page": {str(number): str(number) for number in sorted({row.page for row in rows})},
    }
    for piece in (
        environment()
        .get_template("index.html.j2")
        .generate(
            css=style("base.css", "diff.css") + _hiding(choices),
            t=DiffWords(language),
            language=language,
            documents=documents,
            choices=choices,
            trends=[Markup(svg(*group)) for group in trends if any(chart.known for chart in group)],
            levels=vocabulary.levels,
            outcomes=vocabulary.outcomes,
            pages_of=lambda run: ranges(run.pages, "–"),
            program=program_version(),
        )
    ):
        yield str(piece)


def _hiding(choices: dict[str, dict[str, str]]) -> Markup:
    """Style sheets that hide the rows that are not chosen."""
    tokens: Iterable[tuple[str, str]] = (
        (name, token) for name, values in choices.items() for token in values
    )
    return Markup(
        "".join(
            f'\nbody:has(#{name} [value="{token}"]:checked) .found:not([data-{name}~="{token}"]) {{ display: none; }}'
            for name, token in tokens
            if token.replace("-", "").isalnum() and token.isascii()
        )
    )
