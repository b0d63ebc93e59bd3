"""What OCR reads where a glyph stands: the last witness for a glyph that nothing else explains."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from rapidfuzz.distance import Levenshtein

from model.alignment import blocks
from model.thai import compose_sara_am
from ocr.text_layer.glyphs import GlyphKey, GlyphPage
from ocr.text_layer.lay_out import LaidOutText

LONGEST = 3
"""Characters that one glyph may stand for: a vowel and a tone mark, at most with one more."""

LEADER = "…"
"""Stands for dots as many as there are: of one of them it says nothing."""

Ballot: TypeAlias = Mapping[GlyphKey, Mapping[str, int]]


def compared(text: str) -> str:
    """A text as it is compared with another reader's: no white space, sara am composed, every digit alike, as OCR
    cannot tell Thai digits apart."""
    plain = compose_sara_am("".join(text.split()))
    return "".join("0" if character.isdecimal() else character for character in plain)


def agreement(one: str, other: str) -> float:
    """On what share of the characters two readings of a page agree, 0 to 1."""
    left, right = compared(one), compared(other)
    return Levenshtein.normalized_similarity(left, right) if left or right else 1.0


def ballot(page: GlyphPage, laid_out: LaidOutText, read: str) -> Ballot:
    """For each glyph of the layer's text what the reading has in its place, and how often."""
    places = [at for at, character in enumerate(laid_out.text) if not character.isspace()]
    left = "".join(laid_out.text[at] for at in places)
    right = compose_sara_am("".join(read.split()))
    votes: defaultdict[GlyphKey, Counter[str]] = defaultdict(Counter)

    def vote(at: int, text: str) -> None:
        number = laid_out.glyphs[places[at]]
        if number is not None and LEADER not in text:
            drawn = page.glyphs[number]
            votes[page.fonts[drawn.font].key(drawn.code)][text] += 1

    for block in blocks(left, right):
        ours, theirs = block.end - block.start, block.other_end - block.other_start
        if ours == theirs:
            for step in range(ours):
                vote(block.start + step, right[block.other_start + step])
        elif ours == 1 and 1 < theirs <= LONGEST:
            vote(block.start, right[block.other_start : block.other_end])
    return dict(votes)


def together(ballots: Sequence[Ballot]) -> dict[GlyphKey, Counter[str]]:
    """The votes of several pages in one."""
    votes: defaultdict[GlyphKey, Counter[str]] = defaultdict(Counter)
    for one in ballots:
        for key, counts in one.items():
            votes[key].update(counts)
    return dict(votes)
