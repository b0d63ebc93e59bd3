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
from model.publication import Edition
from model.state import Outcome, Stage
from reports.atomic import write_atomically
from reports.diff_view import PlacesOf, no_places, page_view
from reports.ink_account import account_words
from reports.letters import safe_text
from reports.rendering import environment, style
from reports.scorecard import LOW_CONFIDENCE, FamilyScore, scorecard
from reports.words import FAMILIES, STAGES, WAITING

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
_LEVEL_CLASS = {"safe": "good", "review": "wait", "flag": "stop"}
_PLACE_CLASS = {
    PlaceStatus.EXACT: "good",
    PlaceStatus.REPAIRED: "wait",
    PlaceStatus.CONTRADICTS: "stop",
    PlaceStatus.UNKNOWN: "quiet",
    PlaceStatus.ABOLISHED: "wait",
}


def render_diff(
    edition: Edition,
    image: Callable[[str], bytes],
    places: PlacesOf = no_places,
) -> str:
    """The report as one string; for long documents `write_diff` needs far less memory."""
    return "".join(diff_pieces(edition, image, places))


def write_diff(
    edition: Edition,
    image: Callable[[str], bytes],
    path: Path,
    places: PlacesOf = no_places,
) -> None:
    """Write the report to a file, page by page; the file is there whole or not at all.

    Args:
        edition: where the document stands, and what is published of it: a published page shows the text and the
            reading that were published, and says when it was read anew since.
        image: gives the PNG for the SHA-256 of a page image; asked once for each page that was read.
        path: the file, UTF-8.
        places: gives the places that a page mentions.

    Raises:
        DamagedBlob: a page image is not a picture.
        NoSpace, UsageError: as `reports.atomic.atomic_file`.
    """
    write_atomically(path, diff_pieces(edition, image, places))


def diff_pieces(
    edition: Edition,
    image: Callable[[str], bytes],
    places: PlacesOf = no_places,
) -> Iterator[str]:
    """The report in pieces of text, of which no more than one page is held at a time."""
    template = environment().get_template("diff.html.j2")
    for piece in template.generate(**_values(edition, image, places)):
        yield str(piece)  # plain text: a caller's `+=` with markup would escape all that came before


def _values(edition: Edition, image: Callable[[str], bytes], places: PlacesOf) -> dict[str, Any]:
    state = edition.state
    card = scorecard(state)

    def pages() -> Iterator[object]:
        for page in state.pages:
            yield page_view(page, image, edition.published.get(page.number), places)

    shown = [edition.published[page.number].state if page.number in edition.published else page
             for page in state.pages]  # fmt: skip
    findings = [page.findings for page in shown if page.findings is not None]
    return {
        "css": style("base.css", "diff.css"),
        "name": safe_text(state.name),
        "state": state,
        "card": card,
        "families": [family_row(family) for family in card.families],
        "bar_top": max(1, *card.confidences),
        "low": LOW_CONFIDENCE,
        "troubled": [page for page in card.pages if page.quality is None],
        "signed": card.stages[Stage.SIGNED] + card.stages[Stage.PUBLISHED],
        "published_count": card.stages[Stage.PUBLISHED],
        "stages": STAGES,
        "stage_class": _STAGE_CLASS,
        "level_class": _LEVEL_CLASS,
        "place_class": _PLACE_CLASS,
        "ruleset": ", ".join(sorted({found.ruleset for found in findings})) or "none",
        "dictionaries": ", ".join(sorted({found.dictionaries for found in findings})) or "none",
        "readers": sorted({page.page.reading.reader.program for page in shown if page.page}, key=str),
        "pages": pages(),
        "account_words": account_words,
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


def family_row(score: FamilyScore) -> FamilyRow:
    """The counts of a family as the summary's columns have them."""
    outcomes = score.by_outcome
    taken = (Outcome.ACCEPTED, Outcome.EDITED, Outcome.ACKNOWLEDGED)
    return FamilyRow(
        family=score.family,
        words=FAMILIES.get(score.family, ""),
        safe=score.by_safety[Safety.SAFE],
        review=score.by_safety[Safety.REVIEW],
        flag=score.by_safety[Safety.FLAG],
        waiting=sum(outcomes[outcome] for outcome in WAITING),
        policy=outcomes[Outcome.POLICY],
        accepted=sum(outcomes[outcome] for outcome in taken),
        rejected=outcomes[Outcome.REJECTED],
        beaten=outcomes[Outcome.BEATEN],
    )
