"""The places that a document mentions: what the rules about places saw, as a list."""

from __future__ import annotations

from correction.places.mentions import mentions
from correction.resolve import resolve, winning_edits
from correction.view import View
from dictionaries.known import Known, known_with
from dictionaries.user import user_dictionary_files
from model.place import Mention
from model.state import DocumentState, PageState
from reports.places import DocumentPlaces
from workspace.workspace import Workspace


def document_places(ws: Workspace, state: DocumentState) -> DocumentPlaces:
    """Every place on every page that was read, with the workspace's own dictionaries."""
    known = known_with(user_dictionary_files(ws.path / "dictionaries"))
    found = [mention for page in state.pages for mention in page_places(page, known)]
    return DocumentPlaces(state.id, state.name, tuple(found))


def page_places(page: PageState, known: Known) -> tuple[Mention, ...]:
    """The places of one page, found in its text with encoding and spaces repaired, as the rules see it."""
    if page.page is None:
        return ()
    reading = page.page.reading
    proposals = page.findings.proposals if page.findings else ()
    repairs = winning_edits(resolve([one for one in proposals if not one.rule.startswith("GAZ")]))
    return mentions(reading, known, View(reading.text, repairs))
