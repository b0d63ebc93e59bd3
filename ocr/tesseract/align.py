"""Which symbol of the recogniser every code point of the plain text is.

The text has the right spaces and the symbols have the boxes; white space ignored the two are the same, line
by line, nearly always. Where they are not, a code point gets a symbol only if the alignment leaves no choice:
no box is better than a wrong one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from model.alignment import pairs
from model.edit import Span

SHORTEST_RUN = 3
"""Where lines differ, equal stretches shorter than this are taken for chance."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """The printed lines of a text and the symbols of its code points.

    `rows`: the spans of the lines that are not white. `symbols`: for each code point of the text (line,
    symbol), indices into the lines of symbols, None for white space and where it is not known.
    """

    rows: tuple[Span, ...]
    symbols: tuple[tuple[int, int] | None, ...]


def printed_rows(text: str) -> tuple[Span, ...]:
    """The spans of the lines of `text` that hold more than white space, newlines excluded."""
    rows: list[Span] = []
    start = 0
    for row in text.split("\n"):
        if row and not row.isspace():
            rows.append(Span(start, start + len(row)))
        start += len(row) + 1
    return tuple(rows)


def align(text: str, lines: Sequence[Sequence[str]]) -> Alignment:
    """Align `text` with lines of symbols, each symbol one or more code points."""
    rows = printed_rows(text)
    places = [[at for at in range(row.start, row.end) if not text[at].isspace()] for row in rows]
    owners = [
        [
            (line, index, character)
            for index, symbol in enumerate(symbols)
            for character in symbol
            if not character.isspace()
        ]
        for line, symbols in enumerate(lines)
    ]
    owners = [line for line in owners if line]
    found: list[tuple[int, int] | None] = [None] * len(text)

    def take(at: Sequence[int], owned: Sequence[tuple[int, int, str]]) -> None:
        for place, (line, index, _) in zip(at, owned, strict=True):
            found[place] = (line, index)

    row_keys = ["".join(text[at] for at in row) for row in places]
    line_keys = ["".join(character for _, _, character in line) for line in owners]
    for tag, rows_from, rows_to, lines_from, lines_to in _blocks(row_keys, line_keys, shortest=1):
        if tag == "equal":
            for row, line in zip(range(rows_from, rows_to), range(lines_from, lines_to), strict=True):
                take(places[row], owners[line])
            continue
        at = [place for row in places[rows_from:rows_to] for place in row]
        owned = [owner for line in owners[lines_from:lines_to] for owner in line]
        characters = [text[place] for place in at], [character for _, _, character in owned]
        for inner, a, b, c, d in _blocks(*characters, shortest=SHORTEST_RUN):
            if inner == "equal":
                take(at[a:b], owned[c:d])
    return Alignment(rows, tuple(found))


_Block = tuple[str, int, int, int, int]


def _blocks(left: Sequence[str], right: Sequence[str], *, shortest: int) -> list[_Block]:
    """Equal runs of the two on which the alignments from either end agree, and what lies between them.

    Of two equally good alignments the one from the front and the one from the back differ, so a repeated line
    or character of which one was lost stays unaligned.
    """
    if list(left) == list(right):
        return [("equal", 0, len(left), 0, len(right))]
    forward = set(pairs(left, right))
    backward = {
        (len(left) - 1 - a, len(right) - 1 - b) for a, b in pairs(list(reversed(left)), list(reversed(right)))
    }
    runs: list[tuple[int, int, int]] = []
    for a, b in sorted(forward & backward):
        if runs and runs[-1][0] + runs[-1][2] == a and runs[-1][1] + runs[-1][2] == b:
            runs[-1] = (*runs[-1][:2], runs[-1][2] + 1)
        else:
            runs.append((a, b, 1))
    blocks: list[_Block] = []
    at_left = at_right = 0
    for a, b, size in [*(run for run in runs if run[2] >= shortest), (len(left), len(right), 0)]:
        if a > at_left or b > at_right:
            blocks.append(("other", at_left, a, at_right, b))
        if size:
            blocks.append(("equal", a, a + size, b, b + size))
        at_left, at_right = a + size, b + size
    return blocks
