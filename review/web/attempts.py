"""How often one may try to log in: some failures are free, then each makes the next wait twice as long."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from review.web.state_store import StateStore

_KIND = "attempt"
_MOST = 4096  # keys in memory; names and addresses are the attacker's to choose
_FORGOTTEN_SECONDS = 24 * 3600.0


@dataclass(frozen=True, slots=True)
class Limit:
    """`free` failures cost nothing; then the wait doubles from a second up to `longest` seconds."""

    kind: str
    free: int
    longest: float

    def wait(self, failures: int) -> float:
        """Seconds from the last failure to the next attempt."""
        return 0.0 if failures < self.free else min(2.0 ** min(failures - self.free, 30), self.longest)


ACCOUNT = Limit("account", free=5, longest=300.0)
"""For one login. Short, for anybody can bring it about for somebody else."""

ADDRESS = Limit("address", free=20, longest=900.0)
"""For one address, behind which an office may sit."""


@dataclass(slots=True)
class _Failures:
    count: int
    last: float


class Attempts:
    """Failures by login and by address. Safe to use from several threads."""

    def __init__(self, state_store: StateStore, clock: Callable[[], float]) -> None:
        self._state_store = state_store
        self._clock = clock
        self._lock = Lock()
        self._failures: dict[str, _Failures] = {}
        for key, text in state_store.all(_KIND).items():
            try:
                count, last = json.loads(text)
                self._failures[key] = _Failures(int(count), float(last))
            except (ValueError, TypeError):
                state_store.drop(_KIND, key)

    def begin(self, login: str, address: str) -> float:
        """Seconds that must be waited; 0 begins an attempt.

        It counts as failed until `succeeded` says otherwise, so that many at once are many. An attempt
        that must wait does not count.
        """
        with self._lock:
            now = self._clock()
            found = [(limit, _key(limit, who)) for limit, who in ((ACCOUNT, login), (ADDRESS, address))]
            waits = [self._wait(limit, key, now) for limit, key in found]
            if max(waits) > 0:
                return max(waits)
            for _, key in found:
                self._put(key, self._count(key, now) + 1, now)
            self._make_room()
            return 0.0

    def succeeded(self, login: str, address: str) -> None:
        """The attempt that was begun was no failure, and its login starts anew."""
        with self._lock:
            self._drop(_key(ACCOUNT, login))
            key = _key(ADDRESS, address)
            kept = self._failures.get(key)
            if kept is not None and kept.count > 1:
                self._put(key, kept.count - 1, kept.last)
            else:
                self._drop(key)

    def _wait(self, limit: Limit, key: str, now: float) -> float:
        kept = self._failures.get(key)
        if kept is None:
            return 0.0
        # A clock that was set back must not make anybody wait longer than the limit says.
        wait = limit.wait(self._count(key, now))
        return min(max(0.0, kept.last + wait - now), wait)

    def _count(self, key: str, now: float) -> int:
        kept = self._failures.get(key)
        return 0 if kept is None or now - kept.last > _FORGOTTEN_SECONDS else kept.count

    def _put(self, key: str, count: int, last: float) -> None:
        self._failures[key] = _Failures(count, last)
        self._state_store.put(_KIND, key, json.dumps([count, last]))

    def _drop(self, key: str) -> None:
        if self._failures.pop(key, None) is not None:
            self._state_store.drop(_KIND, key)

    def _make_room(self) -> None:
        """Forget what matters least: few failures, long ago. So a flood of names does not push out the
        one that is being guessed at."""
        spare = len(self._failures) - _MOST
        if spare > 0:
            ordered = sorted(self._failures, key=lambda key: self._order(self._failures[key]))
            for key in ordered[: spare + _MOST // 8]:
                self._drop(key)

    def _order(self, kept: _Failures) -> tuple[int, float]:
        return (kept.count, kept.last)


def _key(limit: Limit, who: str) -> str:
    digest = hashlib.sha256(who.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{limit.kind}:{digest[:32]}"
