"""Lists of the letters in their order, as books about writing and typing have them: no language, and no damage."""

from __future__ import annotations

from collections.abc import Iterator

from model.edit import Span

_ORDER = {chr(code): at for at, code in enumerate((*range(0xE01, 0xE3B), *range(0xE40, 0xE4F)))}

SHORTEST = 8
"""Letters and marks that stand in order one after the other: no word has so many."""

WIDEST = 3
"""How far in the order the next one is at most: some are left out."""


def alphabets(text: str) -> Iterator[Span]:
    """Where letters and marks follow each other in the order of the alphabet, each but once, white space aside."""
    run: list[int] = []
    last = -WIDEST - 1
    for at, character in enumerate(text):
        if character.isspace():
            continue
        order = _ORDER.get(character, -1)
        if run and not 0 < order - last <= WIDEST:
            if len(run) >= SHORTEST:
                yield Span(run[0], run[-1] + 1)
            run = []
        last = order
        if order >= 0:
            run.append(at)
    if len(run) >= SHORTEST:
        yield Span(run[0], run[-1] + 1)


def without_alphabets(text: str) -> str:
    """The text without them."""
    pieces, start = [], 0
    for span in alphabets(text):
        pieces.append(text[start : span.start])
        start = span.end
    return "".join((*pieces, text[start:]))
