"""A corrected text that can still say where every character came from.

A view is the raw text with disjoint edits applied. Rules look at views; what they find is lifted back to
raw offsets, so that every edit ever proposed speaks of the text as the reader gave it.

All offsets are code points. Building a view is linear in the raw text, each look-up logarithmic in the
number of edits.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from model.edit import Edit, Span


class NoChange(ValueError):
    """A replacement in a view leads back to exactly the raw text, so there is no edit to speak of.

    `span` is the place in the raw text, `absorbed` holds the edits that the replacement would undo.
    """

    def __init__(self, span: Span, absorbed: tuple[Edit, ...]) -> None:
        super().__init__(f"the raw text at {span.start}..{span.end} reads so already")
        self.span = span
        self.absorbed = absorbed


class View:
    """Raw text with disjoint edits applied, and the exact way back.

    Raises:
        ValueError: edits overlap, reach beyond the text, or were written against another text.
    """

    __slots__ = ("_after", "_edits", "_raw_end", "_raw_start", "_view_end", "_view_start", "raw", "text")

    def __init__(self, raw: str, edits: Sequence[Edit] = ()) -> None:
        self.raw = raw
        self._edits = tuple(sorted(edits))
        self._raw_start: list[int] = []
        self._raw_end: list[int] = []
        self._view_start: list[int] = []
        self._view_end: list[int] = []
        pieces: list[str] = []
        raw_at = view_at = 0
        for edit in self._edits:
            start, end = edit.span.start, edit.span.end
            if start < raw_at:
                raise ValueError(f"edits overlap at {start}")
            if start == end:
                raise ValueError(f"an insertion at {start} has no place in a view")
            if raw[start:end] != edit.before:
                raise ValueError(f"expected {edit.before!r} at {start}, found {raw[start:end]!r}")
            pieces += (raw[raw_at:start], edit.after)
            view_at += start - raw_at
            self._raw_start.append(start)
            self._raw_end.append(end)
            self._view_start.append(view_at)
            view_at += len(edit.after)
            self._view_end.append(view_at)
            raw_at = end
        pieces.append(raw[raw_at:])
        self.text = "".join(pieces)

    @property
    def edits(self) -> tuple[Edit, ...]:
        """The edits that the view applies, in order of place."""
        return self._edits

    def origin(self, at: int) -> int | None:
        """The raw offset of the character at `at` of the view; None where an edit wrote it."""
        if not 0 <= at < len(self.text):
            raise IndexError(f"no character {at} in a view of {len(self.text)}")
        # The last edit that starts at or before `at`: deletions in front of it are passed over, because
        # a later edit at the same view offset sorts behind them.
        index = bisect_right(self._view_start, at) - 1
        if index < 0:
            return at
        if at < self._view_end[index]:
            return None
        return self._raw_end[index] + at - self._view_end[index]

    def raw_span(self, start: int, end: int) -> Span:
        """The raw text behind `start..end` of the view, whole edits included where they are touched."""
        return self._lift(start, end)[0]

    def shown(self, span: Span) -> tuple[int, int]:
        """Where the view shows a span of the raw text; whole edits included where it shares a letter with them."""
        first = bisect_right(self._raw_start, span.start) - 1
        start = span.start
        if first >= 0:
            inside = span.start < self._raw_end[first]
            start = (
                self._view_start[first] if inside else self._view_end[first] + start - self._raw_end[first]
            )
        last = bisect_left(self._raw_start, span.end) - 1
        end = span.end
        if last >= 0:
            end = self._view_end[last] + max(0, end - self._raw_end[last])
        return start, end

    def lift(self, start: int, end: int, after: str) -> tuple[Edit, tuple[Edit, ...]]:
        """Say "replace `start..end` of the view by `after`" as one raw edit plus the edits it absorbs.

        An edit is absorbed when the range shares a character with what it wrote; a deletion, which wrote
        none, only when it lies strictly inside the range, so that a neighbour's finding leaves it alone.
        What an absorbed edit wrote outside the range is kept in the lifted edit.

        Raises:
            ValueError: the range is empty or reaches beyond the view.
            NoChange: the lifted edit would put back the raw text as it is.
        """
        span, first, last, head, tail = self._lift(start, end)
        absorbed = self._edits[first:last]
        before = self.raw[span.start : span.end]
        text = head + after + tail
        if text == before:
            raise NoChange(span, absorbed)
        return Edit(span, before, text), absorbed

    def _lift(self, start: int, end: int) -> tuple[Span, int, int, str, str]:
        """Raw span, first and past-the-last absorbed edit, and the kept writing on either side."""
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"not a range of the view: {start}..{end}")
        # Edits wholly in front end at or before `start`; a deletion exactly at `start` is among them.
        first = bisect_right(self._view_end, start)
        # Edits wholly behind start at or after `end`; a deletion exactly at `end` is among them.
        last = bisect_left(self._view_start, end, lo=first)
        head = tail = ""
        if first < last and self._view_start[first] < start:
            head = self.text[self._view_start[first] : start]
            raw_start = self._raw_start[first]
        else:
            raw_start = self._raw_offset(start, first)
        if first < last and self._view_end[last - 1] >= end:
            tail = self.text[end : self._view_end[last - 1]]
            raw_end = self._raw_end[last - 1]
        else:
            raw_end = self._raw_offset(end, last)
        return Span(raw_start, raw_end), first, last, head, tail

    def _raw_offset(self, at: int, index: int) -> int:
        """The raw offset of view offset `at`, which lies in plain text behind the first `index` edits."""
        if index == 0:
            return at
        return self._raw_end[index - 1] + at - self._view_end[index - 1]
