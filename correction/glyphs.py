"""Characters by what is drawn for them, and the drawn key on which level SAFE stands."""

from __future__ import annotations

import re

from model.ligatures import LIGATURES
from model.private_use import PRIVATE_USE
from model.thai import MARKS, NIKHAHIT, SARA_AA, SARA_AE, SARA_AM, SARA_E, TONES

SPACES = " \u00a0"  # as the inside of a regular expression's set, like all of these

# Drawn as nothing: zero width space, non-joiner, joiner, left-to-right and right-to-left mark, word
# joiner, byte order mark, and the C0 control characters with DEL, but for those that lay out a text (TAB,
# line feed, vertical tab, form feed, carriage return). Not the soft hyphen, which is drawn at a line's
# end, nor C1 codes, which are what punctuation of code pages 874 and 1252 looks like when misread.
ZERO_WIDTH = "\u200b-\u200f\u2060\ufeff"
CONTROLS = "\u0000-\u0008\u000e-\u001f\u007f"
SOFT_HYPHEN = "\u00ad"

_WITHOUT_GLYPH = re.compile(f"[{ZERO_WIDTH}{CONTROLS}]")
_SPELLED_OUT = str.maketrans(
    {
        **{chr(code): "" for code in range(0x10000) if _WITHOUT_GLYPH.match(chr(code))},
        **PRIVATE_USE,
        **LIGATURES,
        SARA_AM: NIKHAHIT + SARA_AA,
        SARA_AE: SARA_E * 2,
    }
)
_SPACES = re.compile(f"[{SPACES}]+")
_LATE_TONE = re.compile(f"({NIKHAHIT}[{TONES}{SPACES}]*)({SARA_AA})([{TONES}]+)")
_MARKS = re.compile(f"[{MARKS}]{{2,}}")
# Fonts that draw sara am as two glyphs leave its second one behind it in what is copied from them.
_SARA_AA_TWICE = re.compile(f"({NIKHAHIT}[{TONES}]?{SARA_AA})[{TONES}]?{SARA_AA}(?![{SARA_AA}])")


def drawn(text: str) -> str:
    """The drawn key: equal for two texts that put the same glyphs on paper, spaces left aside.

    Sara am is nikhahit and sara aa, sara ae is two sara e, a private-use form is its letter, a ligature its letters,
    what has no glyph is nothing, marks on one letter stand in code order and each once, a tone mark typed after sara am
    before it, a sara aa behind sara am the one that it ends in. Spaces are dropped unless they part two numbers; line
    ends stay.
    """
    spelled = _LATE_TONE.sub(r"\1\3\2", text.translate(_SPELLED_OUT))
    in_order = _MARKS.sub(_once_in_order, _SPACES.sub(_between_numbers, spelled))
    return _SARA_AA_TWICE.sub(r"\1", in_order)


def _once_in_order(match: re.Match[str]) -> str:
    return "".join(sorted(set(match[0])))


def _between_numbers(match: re.Match[str]) -> str:
    """Nothing, but for a space between two digits: without it they would be one other number."""
    text, start, end = match.string, match.start(), match.end()
    parts = start > 0 and end < len(text) and text[start - 1].isdecimal() and text[end].isdecimal()
    return match[0] if parts else ""
