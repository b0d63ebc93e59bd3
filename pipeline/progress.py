"""What a run tells while it works: one event a page, to whoever listens to that run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from threading import Lock


class PageOutcome(StrEnum):
    """What became of a page in this run."""

    READ = "read"
    KEPT = "kept"  # it had been read before, with the same settings
    FAILED = "failed"
    ELSEWHERE = "elsewhere"  # another run has it in hand; whoever asked comes back to it
    LEFT = "left"  # the document had had its time before this page's turn came


@dataclass(frozen=True, slots=True)
class Planned:
    """So many pages of a document will be worked on."""

    document: str
    name: str
    pages: int


@dataclass(frozen=True, slots=True)
class PageDone:
    """A page is finished. `proposals` and `flags` count the findings; `reason` says why it failed or was left."""

    document: str
    name: str
    number: int
    outcome: PageOutcome
    proposals: int = 0
    flags: int = 0
    reason: str = ""


Progress = Planned | PageDone
Listener = Callable[[Progress], None]


def silent(_: Progress) -> None:
    """A listener that shows nothing."""


def one_at_a_time(listener: Listener) -> Listener:
    """A listener for many threads: `listener` gets the next event when it is done with the one before."""
    lock = Lock()

    def tell(event: Progress) -> None:
        with lock:
            listener(event)

    return tell
