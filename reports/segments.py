"""A row's text as runs to mark up: what was taken away, what came in, what is flagged.

The raw line shows each change to the code point: a deleted space as ␣, a lone mark on a dotted circle.
The corrected line reads as it will be printed; a mark that came in is marked together with the letter that
carries it, because a browser draws the two as one picture.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from model.edit import Span
from model.thai import is_mark
from reports.letters import DOTTED_CIRCLE, safe_text, visible
from reports.lines import Row


class Kind(StrEnum):
    """How a run of text is shown."""

    KEPT = "kept"
    DELETED = "deleted"
    INSERTED = "inserted"
    TOUCHED = "touched"  # a letter with its marks, of which some came in or went
    GONE = "gone"  # the place where something was taken away and nothing came in
    FLAGGED = "flagged"


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of text, ready to be shown; `note` says what changed there, for a tooltip and a screen reader."""

    kind: Kind
    text: str
    note: str = ""


def change_in_words(before: str, after: str) -> str:
    """`◌ํ␣า → ◌ำ`, with words where one side is empty."""
    return f"{visible(before) or 'nothing'} → {visible(after) or 'nothing'}"


def raw_segments(row: Row, flags: Sequence[Span] = ()) -> tuple[Segment, ...]:
    """The raw line of a row: kept, deleted and flagged runs."""
    segments: list[Segment] = []
    for piece in row.pieces:
        if piece.edit is not None:
            if piece.raw:
                note = change_in_words(piece.raw, piece.corrected)
                segments.append(Segment(Kind.DELETED, visible(piece.raw), note))
            else:
                segments.append(Segment(Kind.GONE, "", f"a person added {visible(piece.corrected)}"))
            continue
        for start, end, flagged in _by_flag(piece.span, flags):
            text = piece.raw[start - piece.span.start : end - piece.span.start]
            if segments and segments[-1].kind is not Kind.KEPT and is_mark(text[0]):
                shown = DOTTED_CIRCLE + safe_text(text)
            else:
                shown = safe_text(text)
            segments.append(Segment(Kind.FLAGGED if flagged else Kind.KEPT, shown))
    return _trimmed(segments)


def _by_flag(span: Span, flags: Sequence[Span]) -> list[tuple[int, int, bool]]:
    """Cut a span at the borders of the flags."""
    borders = {span.start, span.end}
    for flag in flags:
        borders |= {at for at in (flag.start, flag.end) if span.start < at < span.end}
    cuts = sorted(borders)
    return [
        (start, end, any(flag.start <= start and end <= flag.end for flag in flags))
        for start, end in pairwise(cuts)
    ]


def corrected_segments(row: Row) -> tuple[Segment, ...]:
    """The corrected line of a row: kept, inserted and touched runs, and places where something went."""
    letters: list[tuple[str, int | None]] = []
    notes: list[str] = []
    gone: dict[int, str] = {}
    for piece in row.pieces:
        number: int | None = None
        if piece.edit is not None:
            number = len(notes)
            notes.append(change_in_words(piece.raw, piece.corrected))
            if not piece.corrected:
                gone[len(letters)] = notes[-1]
        letters.extend((letter, number) for letter in piece.corrected)
    segments: list[Segment] = []
    for start, end in _clusters([letter for letter, _ in letters]):
        if start in gone:
            segments.append(Segment(Kind.GONE, "", gone[start]))
        cluster = letters[start:end]
        numbers = {number for _, number in cluster if number is not None}
        inner = [gone[at] for at in range(start + 1, end) if at in gone]
        text = "".join(letter for letter, _ in cluster)
        if not numbers and not inner:
            _extend(segments, Segment(Kind.KEPT, safe_text(text)))
            continue
        note = "; ".join([*(notes[number] for number in sorted(numbers)), *inner])
        whole = not inner and all(number is not None for _, number in cluster)
        shown = visible(text) if text.isspace() else safe_text(text)
        _extend(segments, Segment(Kind.INSERTED if whole else Kind.TOUCHED, shown, note))
    if len(letters) in gone:
        segments.append(Segment(Kind.GONE, "", gone[len(letters)]))
    return _trimmed(segments)


def _clusters(letters: Sequence[str]) -> list[tuple[int, int]]:
    """Each letter with the marks that are drawn on it."""
    starts = [at for at, letter in enumerate(letters) if at == 0 or not is_mark(letter)]
    return list(zip(starts, [*starts[1:], len(letters)], strict=True))


def _extend(segments: list[Segment], segment: Segment) -> None:
    last = segments[-1] if segments else None
    if last and last.kind is segment.kind and last.note == segment.note and last.kind is not Kind.GONE:
        segments[-1] = Segment(last.kind, last.text + segment.text, last.note)
    else:
        segments.append(segment)


def _trimmed(segments: list[Segment]) -> tuple[Segment, ...]:
    """Without the newline that ends the row: it is not part of the line."""
    if segments and segments[-1].kind is Kind.KEPT and segments[-1].text.endswith("\n"):
        segments[-1] = Segment(Kind.KEPT, segments[-1].text[:-1])
    return tuple(segment for segment in segments if segment.text or segment.kind is Kind.GONE)
