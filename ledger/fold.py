"""Folding the ledger: what becomes of a state with each kind of event, none forgotten."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any, Generic, TypeVar

from ledger.catalogue import CATALOGUE
from ledger.event import Entry, Event

S = TypeVar("S")
Handler = Callable[[S, Entry[Any]], None]


class Fold(Generic[S]):
    """What a place does with each kind of event: it handles it or ignores it by name.

    A kind that is in neither makes the program end when it starts: whoever adds a kind of event is told of
    every place that must take note of it.

    Raises (on creation):
        TypeError: a kind is missing, or is both handled and ignored.
    """

    def __init__(
        self, name: str, handlers: Mapping[type[Event], Handler[S]], ignored: Collection[type[Event]]
    ) -> None:
        both = sorted(one.__name__ for one in handlers.keys() & set(ignored))
        missing = sorted(one.__name__ for one in set(CATALOGUE.values()) - handlers.keys() - set(ignored))
        if both or missing:
            raise TypeError(f"The fold {name!r} forgets {missing} and both handles and ignores {both}.")
        self.name = name
        self.handlers = dict(handlers)
        self.ignored = frozenset(ignored)

    def __call__(self, state: S, entry: Entry[Event]) -> None:
        """Let the state take note of an event."""
        handler = self.handlers.get(type(entry.event))
        if handler is not None:
            handler(state, entry)
