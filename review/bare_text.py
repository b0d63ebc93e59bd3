"""A text as it is searched: what nobody types, and what a reader puts in or leaves out, counts for nothing."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from model.thai import NIKHAHIT, SARA_AA, SARA_AM, TONES

_NOTHING = r"\s\x00-\x1f\x7f-\x9f"
_WORD = re.compile(f"[^{_NOTHING}]+")
_SPLIT = re.compile(f"{NIKHAHIT}[{_NOTHING}]*(?P<tone>[{TONES}]?)[{_NOTHING}]*{SARA_AA}")


class BareText:
    """A text as it is searched: without white space and control characters, in lower case,
    every sara am in one piece."""

    def __init__(self, text: str) -> None:
        pieces = list(_pieces(text))
        self.text = "".join([folded for _, _, folded in pieces])
        self._spans = [(start, end, len(folded)) for start, end, folded in pieces]
        self._begins: list[int] = []
        at = 0
        for _, _, folded in pieces:
            self._begins.append(at)
            at += len(folded)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The code points of the text, from and to, for which a part of the bare text stands that is not empty."""
        return self._at(start)[0], self._at(end - 1)[1]

    def _at(self, index: int) -> tuple[int, int]:
        piece = bisect_right(self._begins, index) - 1
        start, end, length = self._spans[piece]
        if length != end - start:
            return start, end
        here = start + index - self._begins[piece]
        return here, here + 1


def _pieces(text: str) -> Iterator[tuple[int, int, str]]:
    """From and to in the text, and what is searched for it: as long, character by character, or one for all of it."""
    at = 0
    for split in _SPLIT.finditer(text):
        yield from _words(text, at, split.start())
        if split["tone"]:
            yield split.start("tone"), split.end("tone"), split["tone"]
        yield split.start(), split.end(), SARA_AM
        at = split.end()
    yield from _words(text, at, len(text))


def _words(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    for word in _WORD.finditer(text, start, end):
        folded = word[0].casefold()
        if len(folded) == len(word[0]):  # folding makes nothing shorter
            yield word.start(), word.end(), folded
        else:
            yield from ((at, at + 1, text[at].casefold()) for at in range(word.start(), word.end()))
