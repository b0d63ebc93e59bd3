"""A line of the page as the browser shows it: its image, its text, what of it is unsure, what others read there.

Offsets count code points of the line's text as it stands, which is what a person edits; in `runs` stands the same
text made safe to read.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any

from model.edit import Edit, Finding, Span
from model.state import Outcome, PageState
from model.thai import is_mark
from reports.ink_account import ink_boxes
from reports.letters import safe_text
from reports.lines import Row, row_at
from review.own_text import current_rows, row_text
from review.web.pictures import ImagePlace, Picture
from review.web.reading_marks import ReadingMarks
from review.web.text_lines import runs

Json = dict[str, Any]

_LEAST_GAP = 4
"""Pixels on both sides of the middle of a gap that is shown."""

_NOWHERE: Json = {"line": None, "crop": None, "places": []}


@dataclass(frozen=True, slots=True)
class ShownLines:
    """What the lines of a page are made from: `seen` are the rows that who looks has passed, `hurried` those of them
    that they had before them for less than it takes to read them, `seen_by_others` those that somebody has passed.
    `picture` and `marks` are None where there is no image, no reading. `otherwise` has the text of rows of which
    another one is shown than theirs."""

    state: PageState
    picture: Picture | None
    marks: ReadingMarks | None
    seen: Collection[int]
    seen_by_others: Collection[int]
    hurried: Collection[int]
    otherwise: Mapping[int, str] = field(default_factory=dict)

    def lines(self) -> list[Json]:
        """The rows of the page's text."""
        by_edit: Mapping[Edit, str] = {one.edit: one.finding for one in self.state.shown}
        changed = set(by_edit.values())
        about = [
            (one.span, one.id)
            for one in self.state.all_findings
            if one.id not in changed and self.state.outcomes.get(one.id) is not Outcome.BEATEN
        ]
        return [self._line(index, row, by_edit, about) for index, row in enumerate(current_rows(self.state))]

    def places(self) -> dict[str, Json]:
        """Where each finding lies: its row, the printed lines around it, its boxes."""
        rows = current_rows(self.state)
        found: dict[str, Json] = {}
        for one in self.state.all_findings:
            index = row_at(rows, one.span)
            found[one.id] = _NOWHERE if index is None else {"line": index}
            if index is None:
                continue
            ink = [self.picture.box(box) for box in ink_boxes(one)] if self.picture else []
            places = [box for box in ink if box] or self._put_in(one, rows[index])
            found[one.id] |= _boxes(one.span, rows[index], self.picture, places)
        return found

    def _put_in(self, one: Finding, row: Row) -> list[ImagePlace]:
        """Where a finding that only puts something in puts it: between two letters, not on them."""
        if self.picture is None or self.state.page is None or one.after is None:
            return []
        raw = self.state.page.reading.text
        before = raw[one.span.start : one.span.end]
        kept = sum(
            1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(before, one.after, strict=False))
        )
        if not one.after.endswith(before[kept:]) or len(one.after) <= len(before):
            return []
        at = one.span.start + kept
        line = next((line for line in row.lines if line.start < at < line.end), None)
        return [] if line is None else _between(raw, line, at, self.picture)

    def _line(
        self, index: int, row: Row, by_edit: Mapping[Edit, str], about: Sequence[tuple[Span, str]]
    ) -> Json:
        near = [one for one in about if one[0].overlaps(row.span)]
        text = self.otherwise.get(index, row_text(row))
        parts = [[safe_text(text), ""]]
        if index not in self.otherwise:
            parts = [[run.text, run.finding] for run in runs(row, by_edit, near)]
        printed = _still_printed(row)
        boxes = [] if self.picture is None else [box for line in printed if (box := self.picture.line(line))]
        others = () if self.marks is None else self.marks.others(tuple(printed), text)
        return {
            "key": row.span.start,
            "text": text,
            "runs": parts,
            "boxes": boxes,
            "letters": [] if self.picture is None else _letters(row, self.picture),
            "unsure": [] if self.marks is None else _unsure(row, self.marks),
            "others": [
                [reader, [[one.text, one.start, one.end, one.differs] for one in pieces]]
                for reader, pieces in others
            ],
            "errors": _rounded(None if self.marks is None else self.marks.expected(row.span)),
            "seen": index in self.seen,
            "seen_by_others": index in self.seen_by_others,
            "hurried": index in self.hurried,
        }


def _still_printed(row: Row) -> Sequence[Span]:
    """The printed lines of a row that its text still has something of; all where it has nothing left."""
    kept = [piece.span for piece in row.pieces if piece.corrected.strip()]
    found = [line for line in row.lines if any(line.overlaps(span) for span in kept)]
    return found or row.lines


def _between(raw: str, line: Span, at: int, picture: Picture) -> list[ImagePlace]:
    """The gap of a printed line before a character, as wide as can be seen."""
    ink = [
        place for place in range(line.start, line.end) if not (raw[place].isspace() or is_mark(raw[place]))
    ]
    left, right = (
        max((one for one in ink if one < at), default=None),
        min((one for one in ink if one >= at), default=None),
    )
    if left is None or right is None:
        return []
    one, other = picture.span(Span(left, left + 1)), picture.span(Span(right, right + 1))
    if one is None or other is None:
        return []
    middle, half = (one.right + other.left) // 2, max((other.left - one.right) // 2, _LEAST_GAP)
    top, bottom = min(one.top, other.top), max(one.bottom, other.bottom)
    return [ImagePlace(middle - half, top, middle + half, bottom)]


def _letters(row: Row, picture: Picture) -> list[tuple[int, int, int]]:
    """Where letters of the row's text stand: offset, left and right on the upright page; marks go with their letter,
    and a correction is one place."""
    found: list[tuple[int, int, int]] = []
    at = 0
    for piece in row.pieces:
        if piece.edit is None:
            for step, letter in enumerate(piece.raw):
                start = piece.span.start + step
                if letter.isspace() or is_mark(letter):
                    continue
                place = picture.span(Span(start, start + 1))
                if place is not None:
                    found.append((at + step, place.left, place.right))
        elif piece.corrected.strip() and (place := picture.span(piece.span)) is not None:
            found.append((at, place.left, place.right))
        at += len(piece.corrected)
    return found


def _unsure(row: Row, marks: ReadingMarks) -> list[tuple[int, int, int]]:
    """The row's least sure letters: offset, length, and how likely each is wrong, per mille."""
    found: list[tuple[int, int, int]] = []
    at = 0
    for piece in row.pieces:
        if piece.edit is None:
            found += [
                (at + one.span.start - piece.span.start, len(one.span), round(1000 * one.risk))
                for one in marks.unsure
                if piece.span.contains(one.span)
            ]
        at += len(piece.corrected)
    return found


def _rounded(errors: float | None) -> float | None:
    return None if errors is None else round(errors, 2)


def _boxes(span: Span, row: Row, picture: Picture | None, ink: Sequence[ImagePlace]) -> Json:
    if picture is None:
        return {"crop": None, "places": []}
    touched = [line for line in row.lines if span.overlaps(line)] or list(row.lines[:1])
    crops = [*(box for line in touched if (box := picture.line(line))), *ink]
    parts = [
        Span(max(span.start, line.start), min(span.end, line.end)) for line in touched if span.overlaps(line)
    ]
    crop = None
    if crops:
        lefts, tops, rights, bottoms = zip(*crops, strict=True)
        crop = [min(lefts), min(tops), max(rights), max(bottoms)]
    places = list(ink) or [box for part in parts or [span] if (box := picture.span(part))]
    return {"crop": crop, "places": places}
