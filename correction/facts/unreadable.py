"""Pieces of a page that could not be read, by the reader's confidence and the language model together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from statistics import fmean
from typing import NamedTuple

from correction.facts.numbers import DIGIT
from correction.rule import Context
from dictionaries.language_model import load as load_model

READER = "tesseract"
"""The reader whose confidence the bounds were found for."""

# A region is what stands together on a line: wide gaps part the columns of a table.
_REGION = re.compile(r"\S(?:.*?\S)??(?=[ \u00a0]{3,}|\t|$)", re.MULTILINE)
_FIGURES = re.compile(rf"(?=.*{DIGIT})(?:{DIGIT}|[ \u00a0.,/:()%–-])+")
_FEW = 4
_NATS, _CONFIDENCE = -2.6, 0.98
_NATS_OF_FEW, _CONFIDENCE_OF_FEW = -3.5, 0.96
"""Nats a letter and mean confidence below which a region of four letters or more, and one of fewer, is unreadable."""


class Unreadable(NamedTuple):
    """A region at `start..end`, its nats a letter, and the reader's mean confidence, None where it gave none."""

    start: int
    end: int
    nats: float
    confidence: float | None


def unreadable_regions(context: Context) -> tuple[Unreadable, ...]:
    """The regions that neither the reader nor the language believes in, in order of place; of its own reader alone."""
    return context.shared(_regions) if context.reading.reader.name == READER else ()


def _regions(context: Context) -> tuple[Unreadable, ...]:
    return tuple(_found(context))


def _found(context: Context) -> Iterator[Unreadable]:
    text = context.text
    scores = load_model().score(text)
    for match in _REGION.finditer(text):
        start, end = match.span()
        letters = [at for at in range(start, end) if not text[at].isspace()]
        if _FIGURES.fullmatch(text, start, end):  # which figures are doubtful other rules say
            continue
        few = len(letters) < _FEW
        nats = float(scores[start:end].mean())
        if nats >= (_NATS_OF_FEW if few else _NATS):
            continue
        known = [sure for at in letters if (sure := context.confidence(at)) is not None]
        if (fmean(known) if known else 0.0) < (_CONFIDENCE_OF_FEW if few else _CONFIDENCE):
            yield Unreadable(start, end, nats, fmean(known) if known else None)
