"""Finding words in what somebody is shown, where letters of it are changed on purpose.

The index (`review.search_index`) knows the true texts. A page of which somebody is shown another text is looked in as
they are shown it: a word with a changed letter is found as it stands before them, and the true one is not, so that a
search tells nobody where a letter was changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from threading import Lock
from time import monotonic
from typing import Protocol

from ledger.events.required import Required
from ledger.history import read_page_history
from ledger.requirements import requirement_at
from model.errors import ChamraError
from review.search_index import Hit, SearchIndex
from review.seeded_page import shown_rows
from review.state import PageSummary, page_state_of
from workspace.workspace import Workspace

_Place = tuple[str, int]


class Paged(Protocol):
    """A document with its pages."""

    @property
    def pages(self) -> Mapping[int, PageSummary]:
        """The pages by their numbers; only those are asked for that somebody is shown otherwise."""
        ...


class ShownSearch:
    """Finds words for one account after the other. Safe to use from several threads."""

    def __init__(self, ws: Workspace, index: SearchIndex) -> None:
        self._ws = ws
        self._index = index
        self._lock = Lock()
        self._shown: dict[str, dict[_Place, tuple[PageSummary, dict[int, str]]]] = {}

    def pages(
        self, words: str, seconds: float, account: str | None, documents: Mapping[str, Paged]
    ) -> tuple[int, Mapping[str, Sequence[int]]]:
        """The pages on which the words stand for this account (None: one that is shown the true texts), and how many
        pages are left to be looked at later: whoever searches waits for so many seconds at most. `documents` are
        all documents as they stand."""
        left = self._index.follow(seconds)
        found = self._index.pages(words)
        if account is None:
            return left, found
        left += self._follow(account, documents, monotonic() + seconds)
        otherwise = {
            place: rows for place, (_, rows) in self._shown[account].items() if rows and place[0] in documents
        }
        if not otherwise:
            return left, found
        here = {document: set(numbers) for document, numbers in found.items()}
        for (document, page), rows in otherwise.items():
            if self._index.hits(document, page, words, rows):
                here.setdefault(document, set()).add(page)
            else:
                here.get(document, set()).discard(page)
        return left, {document: sorted(numbers) for document, numbers in here.items() if numbers}

    def hits(self, document: str, page: int, words: str, account: str | None) -> list[Hit]:
        """Every place of a page where the words stand for this account; of what `pages` has looked at."""
        known = self._shown.get(account or "", {}).get((document, page))
        return self._index.hits(document, page, words, None if known is None else known[1])

    def _follow(self, account: str, documents: Mapping[str, Paged], until: float) -> int:
        """Look at the pages that have changed since they were looked at; gives how many are left."""
        with self._lock:
            before = self._shown.get(account, {})
            now = {place: kept for place, kept in before.items() if place[0] not in documents}
            left = 0
            for place, page in self._asked(documents):
                if place in before and before[place][0] is page:  # a page that changes gets another summary
                    now[place] = before[place]
                elif monotonic() < until:
                    now[place] = page, self._rows(*place, account)
                else:
                    left += 1
            self._shown[account] = now
            return left

    def _asked(self, documents: Mapping[str, Paged]) -> Iterator[tuple[_Place, PageSummary]]:
        """The pages of documents whose reviewers are shown changed letters."""
        required = tuple(self._ws.ledger.events(Required))
        for document, one in documents.items() if required else ():
            if requirement_at(required, document).seeds:
                yield from (((document, number), page) for number, page in one.pages.items())

    def _rows(self, document: str, page: int, account: str) -> dict[int, str]:
        """The text of the rows of a page of which this account is shown another than theirs."""
        try:
            past = read_page_history(self._ws.ledger, document, page)
            found = shown_rows(self._ws, past, page_state_of(self._ws.store, past), document, account)
        except ChamraError:
            return {}  # what is damaged is told where it is looked at
        return {index: text for index, (text, _) in found.items()}
