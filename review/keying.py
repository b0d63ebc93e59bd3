"""Numbers and names typed by two people from the image alone, where a collection asks for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ledger.batch import Batch
from ledger.events.keyed import Keyed
from ledger.history import DocumentHistory, PageHistory
from ledger.people import allowed, users_at
from model.decision import Who
from model.edit import Span
from model.errors import Outdated, UsageError
from model.keyed import PEOPLE, newest_values, places_to_key, same_value
from model.state import PageState
from model.user import Role
from model.visible import refuse_invisible
from review.state import page_state_of
from review.transact import with_history
from workspace.codec import decode_page
from workspace.store import BlobStore
from workspace.workspace import Workspace

LONGEST = 200
"""Code points of a value."""


@dataclass(frozen=True, slots=True)
class PagePlaces:
    """The places of a page that are to be typed, and the hash of the reading that has them."""

    reading: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class PlaceToKey:
    """A place of a page that this person has not typed: its number among the places of the page, and where it lies.
    `reading` is the hash of the reading that has it."""

    page: int
    place: int
    span: Span
    reading: str


class PlacesToKey:
    """The places of the pages of a workspace; of each reading they are found once. Safe to use from several threads."""

    def __init__(self, store: BlobStore) -> None:
        self._store = store
        self._known: dict[str, PagePlaces] = {}

    def left(self, past: PageHistory, account: str) -> tuple[PlaceToKey, ...]:
        """What this account is to type of a page; see `places_left`."""
        if past.page is None or not past.requirement.keyed:
            return ()
        blob = past.page.event.blob
        found = self._known.get(blob)
        if found is None:
            reading = decode_page(self._store.get(blob)).reading
            found = self._known[blob] = PagePlaces(reading.sha256, places_to_key(reading.text))
        return places_left(past, found, account)


def places_left(past: PageHistory, places: PagePlaces, account: str) -> tuple[PlaceToKey, ...]:
    """What this account is to type of a page; none where nobody asked for it, or two have typed the same. Who has typed
    otherwise than another is asked once more, and sees as little as before."""
    values = [one.keyed for one in past.keyed if one.reading_sha256 == places.reading]
    left = []
    for number, span in enumerate(places.spans):
        typed = newest_values(values, span)
        said = [same_value(one.value) for one in typed.values()]
        agreed = any(said.count(one) >= PEOPLE for one in said)
        times = sum(one.account == account and one.span == span for one in values)
        if not agreed and (times == 0 or (times == 1 and len(said) >= PEOPLE)):
            left.append(PlaceToKey(past.number, number, span, places.reading))
    return tuple(left)


def key(
    ws: Workspace, document: str, number: int, place: int, reading: str, value: str, who: Who, *, how: str
) -> None:
    """Record what somebody typed for a place of a page, or, empty, that they cannot read it. Again: they have changed
    their mind.

    Raises:
        BadInput: there is no such document.
        Outdated: the page was read anew since the place was shown.
        UsageError: there is no such place, the collection does not ask for it, or the value cannot stand.
        NotAllowed: the workspace has users, and `who` is none who reviews.
    """
    refuse_invisible(value)
    if len(value) > LONGEST:
        raise UsageError(
            f"A value has {LONGEST} characters at most.", remedy="Type what stands in the picture."
        )

    def prepare(past: DocumentHistory) -> Callable[[Batch], None]:
        allowed(users_at(ws.ledger), who, {Role.REVIEWER, Role.SECOND_REVIEWER})
        history = past.pages.get(number)
        state = None if history is None else page_state_of(ws.store, history)
        if history is None or state is None or state.page is None or not history.requirement.keyed:
            raise UsageError(f"Nothing of page {number} of {past.name} is to be typed.")
        places = places_to_key(state.page.reading.text)
        if state.page.reading.sha256 != reading or not 0 <= place < len(places):
            raise Outdated(f"Page {number} of {past.name} was read anew.", remedy="Look at the list again.")
        event = Keyed(document, number, reading, places[place].start, places[place].end, value, who, how)

        def write(batch: Batch) -> None:
            batch.append(event)

        return write

    with_history(ws.ledger, document, prepare, number)


def keying_obstacle(page: PageState) -> str:
    """What is still to be typed of a page, in words; empty where nothing is."""
    if not page.unconfirmed:
        return ""
    shown = ", ".join(one.text.strip() or "(nothing)" for one in page.unconfirmed[:5])
    more = ", ..." if len(page.unconfirmed) > 5 else ""
    return (
        f"Page {page.number}: numbers and names that were not typed by two people as the text has them "
        f"({len(page.unconfirmed)}): {shown}{more}."
    )
