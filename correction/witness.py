"""A witness: what another reader read on the same page, aligned letter by letter to the base reading.

Where both readings have the same printed lines, each line is aligned with its counterpart; otherwise the whole
texts are. The alignment is one of least edits: it says which letters of the witness stand for a span, not that
they are right.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from model.edit import Span
from model.page import Line, Reader, Reading


@dataclass(frozen=True, slots=True)
class Heard:
    """What a witness reads in a span; `by` is the name of the reader.

    `confidence` is the lowest of its letters there, 0 to 1, or of the letters beside the place where it reads nothing;
    None where the witness gives none.
    """

    text: str
    confidence: float | None
    by: str = ""


class Witness:
    """Another reading of the page of `base`, that answers in offsets of `base`."""

    __slots__ = ("_after", "_before", "_reading", "_silent")

    def __init__(self, base: Reading, reading: Reading) -> None:
        self._reading = reading
        # For each boundary between letters of the base: where the witness's letters in front of it end, and where
        # those behind it begin. In between lies what only the witness reads.
        self._before = [0] * (len(base.text) + 1)
        self._after = [0] * (len(base.text) + 1)
        self._silent: list[Span] = []
        for ours, theirs in _pairs(base, reading):
            self._align(base.text, ours, theirs)

    @property
    def reader(self) -> Reader:
        """Who read it."""
        return self._reading.reader

    def reads(self, start: int, end: int, *, edges: bool = False) -> Heard | None:
        """What the witness reads for `start..end` of the base's text.

        What only the witness reads just outside the range belongs to it with `edges`, otherwise not.
        None where it has not read the line, and None for a witness that read nothing on the page.

        Raises:
            ValueError: the range is empty or reaches beyond the text.
        """
        if not 0 <= start < end < len(self._before):
            raise ValueError(f"not a range of the text: {start}..{end}")
        if not self._reading.text or any(s.start < end and start < s.end for s in self._silent):
            return None
        first = self._before[start] if edges else self._after[start]
        last = self._after[end] if edges else self._before[end]
        return Heard(self._reading.text[first:last], self._confidence(first, last), self.reader.name)

    def where(self, pattern: re.Pattern[str]) -> Iterator[Span]:
        """The spans of the base's text that stand for what matches in the witness's, in order of place.

        Where the base has nothing for it, the letter before it is taken, or the one behind it.
        """
        size = len(self._before) - 1
        for match in pattern.finditer(self._reading.text):
            start = bisect_right(self._before, match.start()) - 1
            end = bisect_left(self._after, match.end())
            if start == end:
                start, end = (start - 1, end) if start else (0, min(1, size))
            if start < end:
                yield Span(start, end)

    def _confidence(self, first: int, last: int) -> float | None:
        if first == last:  # how sure it is of the letters around the place is all there is to know
            first, last = max(first - 1, 0), last + 1
        known = [c for c in self._reading.confidences[first:last] if c is not None]
        return min(known, default=None)

    def _align(self, text: str, ours: Span, theirs: Span) -> None:
        """Maps the boundaries of one stretch of the base to those of the witness."""
        here, there = text[ours.start : ours.end], self._reading.text[theirs.start : theirs.end]
        if here.strip() and not there.strip():
            self._silent.append(ours)
        self._after[ours.start] = theirs.start
        for code in Levenshtein.opcodes(here, there):
            if code.tag == "insert":
                self._after[ours.start + code.src_start] = theirs.start + code.dest_end
                continue
            # Equal and replaced letters stand for each other one by one, deleted ones for nothing.
            step = 0 if code.tag == "delete" else 1
            for offset in range(1, code.src_end - code.src_start + 1):
                at = ours.start + code.src_start + offset
                self._before[at] = self._after[at] = theirs.start + code.dest_start + offset * step


def _pairs(base: Reading, reading: Reading) -> Iterator[tuple[Span, Span]]:
    """Stretches of the base and the witness that stand for each other; each kind makes up its whole text."""
    if not _same_places(base.lines, reading.lines):
        yield Span(0, len(base.text)), Span(0, len(reading.text))
        return
    at = other_at = 0
    for ours, theirs in zip(base.lines, reading.lines, strict=True):
        yield Span(at, ours.span.start), Span(other_at, theirs.span.start)
        yield ours.span, theirs.span
        at, other_at = ours.span.end, theirs.span.end
    yield Span(at, len(base.text)), Span(other_at, len(reading.text))


def _same_places(ours: tuple[Line, ...], theirs: tuple[Line, ...]) -> bool:
    """Whether both have as many lines, each at the height of its counterpart where boxes tell."""
    if len(ours) != len(theirs):
        return False
    boxes = [(mine.box, other.box) for mine, other in zip(ours, theirs, strict=True)]
    return all(
        mine is None or other is None or (mine.top < other.bottom and other.top < mine.bottom)
        for mine, other in boxes
    )
