"""A witness: what another reader read on the same page, aligned character by character to the base reading.

Where both readings have the same printed lines, each line is aligned with its counterpart; otherwise the whole
texts are. The alignment is one of least edits: it says which characters of the witness stand for a span, not that
they are right.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from model.alignment import boundaries, steps
from model.edit import Span
from model.page import Line, Reader, Reading


@dataclass(frozen=True, slots=True)
class WitnessReading:
    """What a witness reads in a span; `by` is the name of the reader.

    `confidence` is the lowest of its characters there, 0 to 1, or of those beside the place where it reads nothing;
    None where the witness gives none.
    """

    text: str
    confidence: float | None
    by: str = ""


class Witness:
    """Another reading of the page of `base`, that answers in offsets of `base`.

    White space is aligned with nothing: how much white space a reader writes between columns means nothing.
    """

    __slots__ = ("_after", "_before", "_changes", "_reading", "_text", "_unread")

    def __init__(self, base: Reading, reading: Reading) -> None:
        self._text = base.text
        self._reading = reading
        # For each boundary between characters of the base: where the character that stands for the last one in front
        # of it ends, and where that for the first one behind it begins. In between lies white space, and what only the
        # witness reads.
        self._before = [0] * (len(base.text) + 1)
        self._after = [len(reading.text)] * (len(base.text) + 1)
        self._unread: list[Span] = []
        self._changes: list[Span] = []
        for ours, theirs in _pairs(base, reading):
            self._align(ours, theirs)

    @property
    def reader(self) -> Reader:
        """Who read it."""
        return self._reading.reader

    @property
    def changes(self) -> tuple[Span, ...]:
        """The spans of the base that the witness reads otherwise, in order; empty ones where only it reads."""
        return tuple(self._changes)

    def reads(self, start: int, end: int, *, edges: bool = False) -> WitnessReading | None:
        """What the witness reads for `start..end` of the base's text, without white space at the ends.

        What only the witness reads just outside the range belongs to it with `edges`, otherwise not. For white space it
        is all that stands between the characters beside it. None where it has not read the line, and None for a witness
        that read nothing on the page.

        Raises:
            ValueError: the range is empty or reaches beyond the text.
        """
        if not 0 <= start < end < len(self._before):
            raise ValueError(f"not a range of the text: {start}..{end}")
        if not self._reading.text or any(s.start < end and start < s.end for s in self._unread):
            return None
        first, last = self._after[start], self._before[end]
        if edges or all(map(_white, self._text[start:end])):
            first, last = self._before[start], self._after[end]
        last = max(first, last)  # nothing is read between two characters that the witness has apart
        return WitnessReading(self._reading.text[first:last], self._confidence(first, last), self.reader.name)

    def where(self, pattern: re.Pattern[str]) -> Iterator[Span]:
        """The spans of the base's text that stand for what matches in the witness's, in order of place.

        Where the base has no character for it, the white space there, else the character before it or the one behind.
        """
        for match in pattern.finditer(self._reading.text):
            start = bisect_right(self._before, match.start()) - 1
            end = bisect_left(self._after, match.end())
            if start > end:
                start, end = end, start
            elif start == end:
                start, end = (start - 1, end) if start else (0, min(1, len(self._before) - 1))
            if start < end:
                yield Span(start, end)

    def _confidence(self, first: int, last: int) -> float | None:
        if not self._reading.text[
            first:last
        ].strip():  # its confidence in the characters around is all there is to know
            first, last = max(first - 1, 0), last + 1
        known = [c for c in self._reading.confidences[first:last] if c is not None]
        return min(known, default=None)

    def _align(self, ours: Span, theirs: Span) -> None:
        """Maps the boundaries of one stretch of the base to those of the witness."""
        mine = [at for at in range(ours.start, ours.end) if not _white(self._text[at])]
        other = [at for at in range(theirs.start, theirs.end) if not _white(self._reading.text[at])]
        if mine and not other:
            self._unread.append(ours)
        letters = [self._text[at] for at in mine], [self._reading.text[at] for at in other]
        if letters[0] == letters[1]:  # as in most lines
            before = [theirs.start, *(at + 1 for at in other)]
            after = [*other, theirs.end]
        else:
            aligned = steps(*letters)
            for step in aligned:
                if not step.equal:
                    first = mine[step.start] if step.start < len(mine) else ours.end
                    last = mine[step.end - 1] + 1 if step.end > step.start else first
                    self._changes.append(Span(first, last))
            found = boundaries(aligned)
            before = [other[at - 1] + 1 if at else theirs.start for at in found.before]
            after = [other[at] if at < len(other) else theirs.end for at in found.after]
        index = 0
        for at in range(ours.start, ours.end + 1):
            if at > ours.start:
                self._before[at] = before[index]
            self._after[at] = after[index]
            if index < len(mine) and at == mine[index]:
                index += 1


def _white(character: str) -> bool:
    """White space, and the rules between columns, which one reader sees and the other does not."""
    return character.isspace() or character == "|"


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
