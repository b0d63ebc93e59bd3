"""Notes in frames of their own beside running text: each is read as one piece, and keeps the text around it whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ocr.text_layer.clusters import Cluster, rows_of
from ocr.text_layer.drawing import RuledTable, area, within
from ocr.text_layer.placing import PlacedCharacter, Quad

FEWEST, LINES = 40, 3
"""Letters, dots of leaders left out, and lines in a frame: with fewer it is a field of a form, or an office's stamp."""

BESIDE = 2
"""Lines beside a frame: text goes past it."""

LEVEL = 0.12
"""In ems: lines of a frame that are no further off those beside it are the answers to them."""


@dataclass(frozen=True, slots=True)
class FramedNote:
    """The letters in a frame, which text stands beside; its edges in the places of the text."""

    edges: Quad
    letters: tuple[PlacedCharacter, ...]


def framed_notes(
    letters: Sequence[PlacedCharacter], drawn: Sequence[RuledTable]
) -> tuple[list[PlacedCharacter], list[FramedNote]]:
    """The letters of one direction without those of notes, and the notes; smaller frames before those around them."""
    tables = [one for one in drawn if len(one.cells) > 1]
    frames = sorted((one.edges for one in drawn if len(one.cells) == 1), key=area)
    left, notes = list(letters), []
    for edges in frames:
        if any(_meet(edges, table.edges) for table in tables):
            continue
        inside = [letter for letter in left if within(edges, letter.at, letter.base)]
        if sum(letter.text.isalnum() for letter in inside) < FEWEST:
            continue
        beside = [
            letter for letter in left
            if edges[1] <= letter.base <= edges[3] and not edges[0] <= letter.at <= edges[2]
        ]  # fmt: skip
        if _stand_apart(inside, beside):
            notes.append(FramedNote(edges, tuple(inside)))
            taken = frozenset(map(id, inside))
            left = [letter for letter in left if id(letter) not in taken]
    return left, notes


def with_note(
    rows: Sequence[list[Cluster]], own: Sequence[list[Cluster]], edges: Quad
) -> list[list[Cluster]]:
    """The rows with those of a note in that frame before the first that stands beside it."""
    first = next((at for at, row in enumerate(rows) if edges[1] <= row[0].letter.base <= edges[3]), len(rows))
    return [*rows[:first], *own, *rows[first:]]


def _stand_apart(inside: Sequence[PlacedCharacter], beside: Sequence[PlacedCharacter]) -> bool:
    """Whether there are lines in a frame and beside it, of which some in it are level with none of the others."""
    own, others = list(_bases(inside)), list(_bases(beside))
    slack = LEVEL * inside[0].size
    astray = any(all(abs(base - other) > slack for other in others) for base in own)
    return len(own) >= LINES and len(others) >= BESIDE and astray


def _bases(letters: Sequence[PlacedCharacter]) -> Iterator[float]:
    return (row[0].letter.base for row in rows_of(letters) if row)


def _meet(one: Quad, other: Quad) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
