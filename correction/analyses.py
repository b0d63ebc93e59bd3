"""What several rules want to know of one page, found out once: kept with the page, gone with it.

Nothing of a page is kept for the process. A cache that pages share is as large as somebody once guessed: with more
pages at work than it holds, each is analysed again for every rule, and what one page needs throws out another's.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

T = TypeVar("T")


class Analyses:
    """The analyses of one page by what made them. The engine makes one for each page; a page has one thread."""

    __slots__ = ("_made",)

    def __init__(self) -> None:
        self._made: dict[Hashable, Any] = {}

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` returns, made the first time that `key` is asked for. An error is not kept."""
        if key not in self._made:
            self._made[key] = make()
        made: T = self._made[key]
        return made
