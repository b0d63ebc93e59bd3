"""What another reader of the page says about an edit: for it, for the text as it stands, or nothing."""

from __future__ import annotations

import math
from dataclasses import dataclass

from correction.rule import Context
from model.edit import Evidence

AGREES = 3.0
"""Log odds for an edit that another reader reads too."""
DENIES = -2.5
"""And for one where another reader reads the text as it stands. Readers make some of the same mistakes, so neither
is certain."""
_HIGHEST = 0.995


@dataclass(frozen=True, slots=True)
class Testimony:
    """The log odds that the other readers add, and who said what."""

    odds: float
    evidence: tuple[Evidence, ...]

    def adjust(self, chance: float) -> float:
        """A probability with what the other readers say."""
        if not self.odds:
            return chance
        odds = math.log(chance / (1 - chance)) + self.odds
        return min(1 / (1 + math.exp(-odds)), _HIGHEST)


def hear(context: Context, start: int, end: int, after: str) -> Testimony:
    """Ask every witness about replacing `start..end` of the context's text by `after`."""
    odds = 0.0
    evidence: list[Evidence] = []
    # What was lost stands beside the letters that are there.
    for heard in context.heard(start, end, edges=len(after) > end - start):
        if heard.text == after:
            odds += AGREES
            evidence.append(Evidence("second reader", f"reads {heard.text}", heard.confidence))
        elif heard.text == context.text[start:end]:
            odds += DENIES
            evidence.append(Evidence("second reader", f"reads {heard.text} too", heard.confidence))
    return Testimony(odds, tuple(evidence))
