"""Finding words in what somebody is shown, where letters of it are changed on purpose.

The index (`review.search_index`) knows the true texts. A page of which somebody is shown another text is looked in as
they are shown it: a word with a changed letter is found as it stands before them, and the true one is not, so that a
search tells nobody where a letter was changed.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from threading import Lock
from time import monotonic
from typing import Protocol

from ledger.events.required import Required
from ledger.history import read_page_history
from ledger.requirements import requirements_at
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
        self,
        words: str,
        seconds: float,
        account: str | None,
        documents: Mapping[str, Paged],
        takes: Callable[[str, int], bool] = lambda *_: True,
        most: int = sys.maxsize,
    ) -> tuple[int, dict[str, list[int]]]:
        """The pages on which the words stand for this account (None: one that is shown the true texts), and how many
        pages are left to be looked at later: whoever searches waits for so many seconds at most. `documents` are
        all documents as they stand, or one; only pages are given that it `takes`. Of so many documents all pages are
        given, of those that came first; behind them is looked no more, but for what is shown otherwise."""
        left = self._index.follow(seconds)
        if account is not None:
            left += self._follow(account, documents, monotonic() + seconds)
        shown = self._shown.get(account or "", {})
        otherwise = {place: rows for place, (_, rows) in shown.items() if rows and place[0] in documents}
        found: dict[str, list[int]] = {}
        for place in self._index.pages(words, *(documents if len(documents) == 1 else ())):
            document, page = place
            if document not in documents or place in otherwise or not takes(*place):
                continue
            if document not in found and len(found) == most:
                break
            found.setdefault(document, []).append(page)
        for place, rows in otherwise.items():
            if takes(*place) and self._index.hits(*place, words, rows):
                found.setdefault(place[0], []).append(place[1])
        return left, {document: sorted(numbers) for document, numbers in found.items()}

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
        asked = requirements_at(self._ws.ledger.events(Required))
        for document, one in documents.items() if asked.said else ():
            if asked.of(document).seeds:
                yield from (((document, number), page) for number, page in one.pages.items())

    def _rows(self, document: str, page: int, account: str) -> dict[int, str]:
        """The text of the rows of a page of which this account is shown another than theirs."""
        try:
            past = read_page_history(self._ws.ledger, document, page)
            found = shown_rows(self._ws, past, page_state_of(self._ws.store, past), document, account)
        except ChamraError:
            return {}  # what is damaged is told where it is looked at
        return {index: text for index, (text, _) in found.items()}
