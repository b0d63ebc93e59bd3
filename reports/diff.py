"""The diff report of a document: one HTML file with everything in it, page image beside text beside reasons.

Nothing is fetched when it is opened: pictures are data URIs, there is no script, and a content security
policy forbids the rest. All text is untrusted (it was read off somebody's scan) and escaped by Jinja2.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from model.edit import Safety
from model.place import PlaceStatus
from model.program import program_version
from model.publication import Edition
from model.state import Outcome, Stage
from reports.atomic import write_atomically
from reports.diff_head import counts_of, filter_style, filters, signatures, verdict
from reports.diff_view import PlacesOf, no_places, page_view
from reports.diff_words import DiffWords
from reports.evidence_text import Language
from reports.ink_account import account_words
from reports.letters import safe_text
from reports.regions import counts
from reports.rendering import environment, style
from reports.scorecard import FamilyScore, scorecard
from reports.words import VOCABULARY, WAITING, Vocabulary, attested

_STAGE_CLASS = {
    Stage.MISSING: "stop",
    Stage.FAILED: "stop",
    Stage.WAIVED: "wait",
    Stage.WAITING: "wait",
    Stage.DECIDED: "",
    Stage.COUNTERSIGN: "wait",
    Stage.SIGNED: "good",
    Stage.PUBLISHED: "good",
}
_PLACE_CLASS = {
    PlaceStatus.EXACT: "good",
    PlaceStatus.REPAIRED: "wait",
    PlaceStatus.CONTRADICTS: "stop",
    PlaceStatus.UNKNOWN: "quiet",
    PlaceStatus.ABOLISHED: "wait",
}


@dataclass(frozen=True, slots=True)
class AsOf:
    """The newest record of the ledger that a report is made from: its number, time (UTC, ISO 8601) and hash."""

    seq: int
    when: str
    sha256: str


@dataclass(frozen=True, slots=True)
class DiffForm:
    """How a report is to be: its language; whether lines on which nothing was found are in it, which makes it some
    times as large; and the record that it is made from."""

    language: Language = "en"
    all_lines: bool = False
    as_of: AsOf | None = None


_USUAL = DiffForm()


def render_diff(
    edition: Edition,
    image: Callable[[str], bytes],
    places: PlacesOf = no_places,
    form: DiffForm = _USUAL,
) -> str:
    """The report as one string; for long documents `write_diff` needs far less memory."""
    return "".join(diff_pieces(edition, image, places, form))


def write_diff(
    edition: Edition,
    image: Callable[[str], bytes],
    path: Path,
    places: PlacesOf = no_places,
    form: DiffForm = _USUAL,
) -> None:
    """Write the report to a file, page by page; the file is there whole or not at all.

    Args:
        edition: where the document stands, and what is published of it: a published page shows the text and the
            reading that were published, and says when it was read anew since.
        image: gives the PNG for the SHA-256 of a page image; asked once for each page that was read.
        path: the file, UTF-8.
        places: gives the places that a page mentions.
        form: how it is to be.

    Raises:
        DamagedBlob: a page image is not a picture.
        NoSpace, UsageError: as `reports.atomic.atomic_file`.
    """
    write_atomically(path, diff_pieces(edition, image, places, form))


def diff_pieces(
    edition: Edition,
    image: Callable[[str], bytes],
    places: PlacesOf = no_places,
    form: DiffForm = _USUAL,
) -> Iterator[str]:
    """The report in pieces of text, of which no more than one page is held at a time."""
    template = environment().get_template("diff.html.j2")
    for piece in template.generate(**_values(edition, image, places, form)):
        yield str(piece)  # plain text: a caller's `+=` with markup would escape all that came before


def _values(
    edition: Edition, image: Callable[[str], bytes], places: PlacesOf, form: DiffForm
) -> dict[str, Any]:
    state = edition.state
    card = scorecard(state)
    t, vocabulary = DiffWords(form.language), VOCABULARY[form.language]

    def pages() -> Iterator[object]:
        for page in state.pages:
            yield page_view(
                page, image, edition.published.get(page.number), places, form.language, form.all_lines
            )

    shown = [edition.published[page.number].state if page.number in edition.published else page
             for page in state.pages]  # fmt: skip
    findings = [page.findings for page in shown if page.findings is not None]
    choices = filters(shown)
    return {
        "css": style("base.css", "diff.css") + filter_style(choices),
        "t": t,
        "language": form.language,
        "all_lines": form.all_lines,
        "as_of": form.as_of,
        "program": program_version(),
        "name": safe_text(state.name),
        "state": state,
        "card": card,
        "verdict": verdict(card, t),
        "signatures": signatures(shown, t),
        "choices": choices,
        "levels": vocabulary.levels,
        "outcomes": vocabulary.outcomes,
        "families": [family_row(family, vocabulary) for family in card.families],
        "family_words": vocabulary.families,
        "troubled": [page for page in card.pages if page.quality is None],
        "counts": counts_of(card),
        "stages": vocabulary.stages,
        "stage_class": _STAGE_CLASS,
        "place_class": _PLACE_CLASS,
        "ruleset": ", ".join(sorted({found.ruleset for found in findings})) or "none",
        "dictionaries": ", ".join(sorted({found.dictionaries for found in findings})) or "none",
        "readers": sorted({page.page.reading.reader.program for page in shown if page.page}, key=str),
        "pages": pages(),
        "attested": lambda signoff: safe_text(attested(signoff, form.language)),
        "region_counts": lambda marks: counts(marks, form.language),
        "account_words": lambda account: account_words(account, form.language),
    }


@dataclass(frozen=True, slots=True)
class FamilyRow:
    """A family's line in the summary."""

    family: str
    words: str
    safe: int
    review: int
    flag: int
    waiting: int
    policy: int
    accepted: int
    rejected: int
    beaten: int


def family_row(score: FamilyScore, vocabulary: Vocabulary = VOCABULARY["en"]) -> FamilyRow:
    """The counts of a family as the summary's columns have them."""
    outcomes = score.by_outcome
    taken = (Outcome.ACCEPTED, Outcome.EDITED, Outcome.ACKNOWLEDGED)
    return FamilyRow(
        family=score.family,
        words=vocabulary.families.get(score.family, ""),
        safe=score.by_safety[Safety.SAFE],
        review=score.by_safety[Safety.REVIEW],
        flag=score.by_safety[Safety.FLAG],
        waiting=sum(outcomes[outcome] for outcome in WAITING),
        policy=outcomes[Outcome.POLICY],
        accepted=sum(outcomes[outcome] for outcome in taken),
        rejected=outcomes[Outcome.REJECTED],
        beaten=outcomes[Outcome.BEATEN],
    )
