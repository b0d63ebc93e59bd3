"""What OCR reads where a glyph stands: the last witness for a glyph that nothing else explains."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import TypeAlias

from rapidfuzz.distance import Levenshtein

from ocr.text_layer.glyphs import GlyphPage
from ocr.text_layer.lay_out import LaidOutText
from ocr.text_layer.mapping import NIKHAHIT, SARA_AA, SARA_AM

LONGEST = 3
"""Characters that one glyph may stand for: a vowel and a tone mark, at most with one more."""

Ballot: TypeAlias = Mapping[tuple[str, int], Counter[str]]


def compared(text: str) -> str:
    """A text as it is compared with another reader's: no white space, sara am composed, every digit alike, as OCR
    cannot tell Thai digits apart."""
    plain = "".join(text.split()).replace(NIKHAHIT + SARA_AA, SARA_AM)
    return "".join("0" if character.isdecimal() else character for character in plain)


def agreement(one: str, other: str) -> float:
    """On what share of the characters two readings of a page agree, 0 to 1."""
    left, right = compared(one), compared(other)
    return Levenshtein.normalized_similarity(left, right) if left or right else 1.0


def ballot(page: GlyphPage, laid_out: LaidOutText, read: str) -> Ballot:
    """For each glyph of the layer's text, by (font name, code), what the reading has in its place, and how often."""
    places = [at for at, character in enumerate(laid_out.text) if not character.isspace()]
    left = "".join(laid_out.text[at] for at in places)
    right = "".join(read.split()).replace(NIKHAHIT + SARA_AA, SARA_AM)
    votes: defaultdict[tuple[str, int], Counter[str]] = defaultdict(Counter)

    def vote(at: int, text: str) -> None:
        number = laid_out.glyphs[places[at]]
        if number is not None:
            drawn = page.glyphs[number]
            votes[page.fonts[drawn.font].name, drawn.code][text] += 1

    for tag, a, b, c, d in _blocks(left, right):
        if tag == "equal" or b - a == d - c:
            for step in range(b - a):
                vote(a + step, right[c + step])
        elif b - a == 1 and 1 < d - c <= LONGEST:
            vote(a, right[c:d])
    return dict(votes)


def _blocks(left: str, right: str) -> list[tuple[str, int, int, int, int]]:
    """Equal and different stretches by turns: neighbouring edits are one."""
    blocks: list[tuple[str, int, int, int, int]] = []
    for op in Levenshtein.opcodes(left, right):
        tag = "equal" if op.tag == "equal" else "other"
        if blocks and tag == "other" and blocks[-1][0] == "other":
            blocks[-1] = ("other", blocks[-1][1], op.src_end, blocks[-1][3], op.dest_end)
        else:
            blocks.append((tag, op.src_start, op.src_end, op.dest_start, op.dest_end))
    return blocks


def together(ballots: list[Ballot]) -> dict[tuple[str, int], Counter[str]]:
    """The votes of several pages in one."""
    votes: defaultdict[tuple[str, int], Counter[str]] = defaultdict(Counter)
    for one in ballots:
        for key, counts in one.items():
            votes[key].update(counts)
    return dict(votes)
