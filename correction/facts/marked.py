"""Places that a reader has marked."""

from __future__ import annotations

from collections.abc import Iterator

from correction.rule import Context, Match
from model.mark import MarkKind


def marked(context: Context, kind: MarkKind) -> Iterator[Match]:
    """A flag on each stretch of the text that the reader has marked as that, each once."""
    for span in sorted({mark.span for mark in context.reading.marks if mark.kind is kind}):
        start, end = context.view.shown(span)
        if start < end:
            yield Match(start, end, None)
