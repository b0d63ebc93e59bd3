"""How often what failed by accident is tried again, and when: a back-off with a last word."""

from __future__ import annotations

from datetime import datetime, timedelta

MOST_TRIES = 7
"""With the waits between them, a day and a half: long enough for a machine to be repaired."""

_FIRST_WAIT = timedelta(minutes=1)
_LONGEST_WAIT = timedelta(days=1)
_GROWTH = 5


def tried(before: int | None, *, transient: bool) -> tuple[int | None, bool]:
    """What a new failure is recorded with: how often it has failed now, and whether another try may help.

    `before` is how often it had failed when it failed last, None or 0 where it had not.
    """
    if not transient:
        return None, False
    tries = (before or 0) + 1
    return tries, tries < MOST_TRIES


def due(when: str, tries: int | None, again: bool | None) -> datetime | None:
    """From when on what failed at `when` (as in a record) is tried again; None for never.

    A failure from before, which does not say whether another try may help, is tried once more at once.
    """
    if again is False:
        return None
    if tries is None:
        return datetime.fromisoformat(when)
    growth: int = _GROWTH ** (tries - 1)
    return datetime.fromisoformat(when) + min(_LONGEST_WAIT, _FIRST_WAIT * growth)


def is_due(moment: datetime, now: datetime) -> bool:
    """Whether what is tried again from `moment` on is to be tried now.

    No wait is longer than a day, so what would be due later than that was recorded while the clock ran ahead.
    """
    return moment <= now or moment - now > _LONGEST_WAIT
