"""How long a document's pages may be worked on in one run, all together."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock


class Budget:
    """Seconds of work on the pages of each document, by any number of threads. A page that is in hand is finished."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._spent: defaultdict[str, float] = defaultdict(float)
        self._lock = Lock()

    def is_over(self, document: str) -> bool:
        """True when the document has had its time."""
        with self._lock:
            return self._spent[document] >= self.seconds

    @contextmanager
    def spending(self, document: str) -> Iterator[None]:
        """What this block takes is the document's time."""
        start = time.monotonic()
        try:
            yield
        finally:
            with self._lock:
                self._spent[document] += time.monotonic() - start
