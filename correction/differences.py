"""Where a witness reads otherwise than the base reading: what each reads there, and how sure each is."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from correction.witness import Witness
from model.page import Reading


class Difference(NamedTuple):
    """`read` at `start..end` of the base's text, and what the witness has `heard` there.

    Whole clusters: letters with all marks that stand on them. `sure` is the witness's lowest confidence there and in
    the letters beside it, `doubted` the base's lowest confidence there, both 0 to 1.
    """

    start: int
    end: int
    read: str
    heard: str
    sure: float
    doubted: float


def differences(base: Reading, witness: Witness) -> Iterator[Difference]:
    """The differences in the lines that the witness read; white space and sara am in two parts are none."""
    text = base.text
    last = 0
    for change in witness.changes:
        start, end = change.start, change.end
        if start == end:  # only the witness reads a letter here: it belongs to the one in front of it
            start -= 1
        start = max(start, last)
        while start > last and _mark(text[start]):
            start -= 1
        while end < len(text) and _mark(text[end]):
            end += 1
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if start >= end or "\n" in text[start:end]:
            continue
        last = end
        heard = witness.reads(start, end, edges=True)
        if heard is None or _folded(heard.text) == _folded(text[start:end]):
            continue
        around = witness.reads(max(start - 1, 0), min(end + 1, len(text)), edges=True)
        sure = min(one.confidence or 0.0 for one in (heard, around) if one is not None)
        known = [c for c in base.confidences[start:end] if c is not None]
        yield Difference(start, end, text[start:end], heard.text.strip(), sure, min(known, default=0.0))


def _mark(letter: str) -> bool:
    return unicodedata.category(letter) == "Mn" or letter == "\u0e33"


def _folded(text: str) -> str:
    return "".join(text.split()).replace("\u0e4d\u0e32", "\u0e33")
