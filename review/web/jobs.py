"""Long pieces of work that somebody asks for in the browser: done beside the requests, one of each at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Lock, Thread
from typing import Generic, TypeVar

from model.errors import ChamraError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class JobState(Generic[T]):
    """How far it is: since when it runs (UTC, ISO 8601), or what came of it last, and when."""

    since: str = ""
    done: str = ""
    result: T | None = None
    problem: str = ""

    @property
    def running(self) -> bool:
        """True while it works."""
        return bool(self.since)


class Job(Generic[T]):
    """One sort of work. What it gives is kept until it is done anew, or the server ends."""

    def __init__(self, name: str, work: Callable[[], T]) -> None:
        self._name = name
        self._work = work
        self._lock = Lock()
        self._state: JobState[T] = JobState()
        self._thread: Thread | None = None

    @property
    def state(self) -> JobState[T]:
        """How far it is."""
        return self._state

    def start(self) -> bool:
        """Begin, unless it runs already; True when it was begun."""
        with self._lock:
            if self._state.running:
                return False
            self._state = JobState(_now(), result=self._state.result)
            self._thread = Thread(target=self._run, name=self._name, daemon=True)
            self._thread.start()
            return True

    def wait(self) -> None:
        """Wait until it is done."""
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        try:
            self._state = JobState(done=_now(), result=self._work())
        except ChamraError as error:
            self._state = JobState(done=_now(), problem=str(error))
        except Exception as error:
            self._state = JobState(done=_now(), problem=f"internal error: {type(error).__name__}: {error}")
            raise


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
