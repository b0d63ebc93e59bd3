"""Pieces of a page that could not be read, by the reader's confidence and the language model together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import fmean
from typing import NamedTuple

from correction.facts.numbers import DIGIT
from correction.rule import Context
from dictionaries.language_model import load as load_model


@dataclass(frozen=True, slots=True)
class _Bounds:
    """Pairs of nats a letter and mean confidence: a region that is below both of one pair is unreadable."""

    several: tuple[tuple[float, float], ...]
    few: tuple[tuple[float, float], ...]


_BOUNDS = {
    "tesseract": _Bounds(several=((-2.6, 0.98),), few=((-3.5, 0.96),)),
    "cascade": _Bounds(several=((-2.0, 0.85), (-3.5, 0.98)), few=((-2.6, 0.93),)),
}
"""By the reader whose confidence they were found for. The cascade's on 51 pages of all kinds: of 169 regions of which
less than half is right 116 are below, of 1,874 that are right 8; of short ones 164 of 222, and 12 of 49."""

READERS = frozenset(_BOUNDS)
"""The readers whose readings can be judged."""

# A region is what stands together on a line: wide gaps part the columns of a table.
_REGION = re.compile(r"\S(?:.*?\S)??(?=[ \u00a0]{3,}|\t|$)", re.MULTILINE)
_FIGURES = re.compile(rf"(?=.*{DIGIT})(?:{DIGIT}|[ \u00a0.,/:()%–-])+")
_FEW = 4  # letters: shorter regions have bounds of their own


class Unreadable(NamedTuple):
    """A region at `start..end`, its nats a letter, and the reader's mean confidence, None where it gave none."""

    start: int
    end: int
    nats: float
    confidence: float | None


def unreadable_regions(context: Context) -> tuple[Unreadable, ...]:
    """The regions that neither the reader nor the language believes in, in order of place; of its own reader alone."""
    return context.shared(_regions) if context.reading.reader.name in READERS else ()


def _regions(context: Context) -> tuple[Unreadable, ...]:
    return tuple(_found(context))


def _found(context: Context) -> Iterator[Unreadable]:
    text = context.text
    scores = load_model().score(text)
    bounds = _BOUNDS[context.reading.reader.name]
    for match in _REGION.finditer(text):
        start, end = match.span()
        letters = [at for at in range(start, end) if not text[at].isspace()]
        if _FIGURES.fullmatch(text, start, end):  # which figures are doubtful other rules say
            continue
        nats = float(scores[start:end].mean())
        known = [sure for at in letters if (sure := context.confidence(at)) is not None]
        mean = fmean(known) if known else None
        pairs = bounds.few if len(letters) < _FEW else bounds.several
        if any(nats < least and (mean or 0.0) < sure for least, sure in pairs):
            yield Unreadable(start, end, nats, mean)
