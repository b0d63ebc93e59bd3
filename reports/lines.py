"""Raw lines beside corrected lines: which part of the corrected text stands for which printed line.

The raw text is cut at its newlines. An edit that reaches over a line end joins the lines that it
touches into one row, so a row is the smallest part of the page whose raw and corrected text stand for
each other. All rows together are the whole raw text and the whole corrected text, to the last code point.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from model.edit import Edit, Span


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a row's text: kept (`edit` is None; `raw` equals `corrected`) or replaced by one edit.

    `span` is where `raw` stands in the raw text.
    """

    span: Span
    raw: str
    corrected: str
    edit: Edit | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One or more printed lines and the text that they become.

    `lines` are the spans of the raw lines in it, without their newlines; `span` is all of it, with the
    newline that ends it (the last row of a text may have none).
    """

    span: Span
    lines: tuple[Span, ...]
    pieces: tuple[Piece, ...]

    @property
    def raw(self) -> str:
        """The raw text of the row, with the newline that ends it."""
        return "".join(piece.raw for piece in self.pieces)

    @property
    def corrected(self) -> str:
        """The corrected text of the row, with the newline that ends it."""
        return "".join(piece.corrected for piece in self.pieces)

    @property
    def changed(self) -> bool:
        """True when an edit touches the row."""
        return any(piece.edit is not None for piece in self.pieces)


def raw_lines(text: str) -> list[Span]:
    """The spans of the lines of a text, each with its newline where it has one."""
    spans: list[Span] = []
    start = 0
    for line in text.split("\n"):
        end = min(start + len(line) + 1, len(text))
        if end > start:
            spans.append(Span(start, end))
        start = end
    return spans


def rows(text: str, edits: Iterable[Edit]) -> tuple[Row, ...]:
    """The rows of a text under disjoint edits, in the order of the text.

    An insertion stands in the row of the letter behind it, or in the last row at the text's end.

    Raises:
        ValueError: an edit overlaps another or was written against another text.
    """
    ordered = sorted(edits, key=lambda edit: (edit.span.start, edit.span.end))
    _check(text, ordered)
    lines = raw_lines(text)
    if not lines:
        return _rows_of_nothing(ordered)
    found: list[Row] = []
    next_edit = 0
    at = 0
    while at < len(lines):
        first = at
        mine: list[Edit] = []
        end = lines[at].end
        last_line = at == len(lines) - 1
        while next_edit < len(ordered):
            edit = ordered[next_edit]
            if edit.span.start >= end and not (last_line and edit.span.start == end):
                break
            mine.append(edit)
            next_edit += 1
            while at < len(lines) - 1 and _reaches_over(edit, lines[at].end):
                at += 1
            end = lines[at].end
            last_line = at == len(lines) - 1
        span = Span(lines[first].start, end)
        found.append(
            Row(
                span,
                tuple(_bare(text, line) for line in lines[first : at + 1]),
                tuple(_pieces(text, span, mine)),
            )
        )
        at += 1
    return tuple(found)


def _check(text: str, ordered: Sequence[Edit]) -> None:
    end = 0
    for edit in ordered:
        if edit.span.start < end:
            raise ValueError(f"edits overlap at {edit.span.start}")
        if text[edit.span.start : edit.span.end] != edit.before:
            raise ValueError(f"the text does not have {edit.before!r} at {edit.span.start}")
        end = edit.span.end


def _reaches_over(edit: Edit, line_end: int) -> bool:
    """True when the edit goes on behind the line, or takes away the line end that it ends with."""
    if edit.span.end > line_end:
        return True
    takes_line_end = edit.span.end == line_end and edit.before.endswith("\n")
    return takes_line_end and not edit.after.endswith("\n")


def _rows_of_nothing(edits: Sequence[Edit]) -> tuple[Row, ...]:
    """An empty reading has a row only when a person wrote what the reader missed."""
    if not edits:
        return ()
    nowhere = Span(0, 0)
    return (Row(nowhere, (nowhere,), tuple(_pieces("", nowhere, edits))),)


def _bare(text: str, line: Span) -> Span:
    ends = text[line.start : line.end].endswith("\n")
    return Span(line.start, line.end - 1) if ends else line


def _pieces(text: str, span: Span, edits: Sequence[Edit]) -> Iterable[Piece]:
    at = span.start
    for edit in edits:
        if edit.span.start > at:
            kept = text[at : edit.span.start]
            yield Piece(Span(at, edit.span.start), kept, kept)
        yield Piece(edit.span, edit.before, edit.after, edit)
        at = edit.span.end
    if at < span.end:
        kept = text[at : span.end]
        yield Piece(Span(at, span.end), kept, kept)


def row_at(found: Sequence[Row], span: Span) -> int | None:
    """The index of the row in which a span begins; the last one for the text's end; None without rows."""
    for index, row in enumerate(found):
        if span.start < row.span.end:
            return index
    return len(found) - 1 if found else None
