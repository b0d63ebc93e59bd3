"""What a run tells while it works: one event a page, to whoever listens in this process."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from threading import Lock


class Outcome(StrEnum):
    """What became of a page in this run."""

    READ = "read"
    KEPT = "kept"  # it had been read before, with the same settings
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Planned:
    """So many pages of a document will be worked on."""

    document: str
    name: str
    pages: int


@dataclass(frozen=True, slots=True)
class PageDone:
    """A page is finished. `proposals` and `flags` count the findings; `reason` says why it failed."""

    document: str
    name: str
    number: int
    outcome: Outcome
    proposals: int = 0
    flags: int = 0
    reason: str = ""


Event = Planned | PageDone
Listener = Callable[[Event], None]

_listeners: list[Listener] = []
_lock = Lock()


def tell(event: Event) -> None:
    """Hand the event to every listener, one event at a time."""
    with _lock:
        for listener in _listeners:
            listener(event)


@contextmanager
def listening(listener: Listener) -> Iterator[None]:
    """Call `listener` with every event of this process, from whichever thread, while the block runs."""
    with _lock:
        _listeners.append(listener)
    try:
        yield
    finally:
        with _lock:
            _listeners.remove(listener)
