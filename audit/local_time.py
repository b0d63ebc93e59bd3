"""Times of records on the clock of whoever reads them."""

from __future__ import annotations

from datetime import datetime


def local_time(when: str) -> str:
    """A record's time on the reader's own clock, with its distance from UTC; as it stands where it is none."""
    try:
        return datetime.fromisoformat(when).astimezone().strftime("%Y-%m-%d %H:%M:%S %z")
    except ValueError:
        return when
