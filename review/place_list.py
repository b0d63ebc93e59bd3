"""The places that a document mentions: what the rules about places saw, as a list."""

from __future__ import annotations

from correction.places.mentions import mentions
from correction.resolve import resolve, winning_edits
from correction.view import View
from dictionaries.resources import Resources
from model.place import Mention
from model.state import DocumentState, PageState
from reports.places import DocumentPlaces


def document_places(state: DocumentState, resources: Resources) -> DocumentPlaces:
    """Every place on every page that was read."""
    found = [mention for page in state.pages for mention in page_places(page, resources)]
    return DocumentPlaces(state.id, state.name, tuple(found))


def page_places(page: PageState, resources: Resources) -> tuple[Mention, ...]:
    """The places of one page, found in its text with encoding and spaces repaired, as the rules see it."""
    if page.page is None:
        return ()
    reading = page.page.reading
    proposals = page.findings.proposals if page.findings else ()
    repairs = winning_edits(resolve([one for one in proposals if not one.rule.startswith("GAZ")]))
    under = page.findings.under if page.findings else None
    return mentions(reading, resources, View(reading.text, repairs), under)
