"""Marks, spaces and characters without a glyph, made visible on any terminal."""

from __future__ import annotations

import re
import unicodedata

from model.thai import MARKS, SARA_AM
from model.visible import is_invisible

_DOTTED_CIRCLE = "\u25cc"
_NEEDS_A_LETTER = re.compile(f"[{MARKS}{SARA_AM}]")
_SPACES = {" ": "\u2423", "\u00a0": "<U+00A0>"}
_PLAIN_NAMES = {"\n": "LINE FEED", "\r": "CARRIAGE RETURN", "\t": "TAB", "\f": "FORM FEED"}


def shown(text: str, *, spaces: bool = False) -> str:
    """The text as a terminal may print it: what has no glyph as <U+200B>, spaces as ␣ if asked for."""
    pieces: list[str] = []
    for letter in text:
        if spaces and letter in _SPACES:
            pieces.append(_SPACES[letter])
        elif letter != "\t" and is_invisible(letter):
            pieces.append(f"<U+{ord(letter):04X}>")
        else:
            pieces.append(letter)
    return "".join(pieces)


def carried(text: str) -> str:
    """The text with a dotted circle in front when it starts with a mark, which would sit on what precedes."""
    return _DOTTED_CIRCLE + text if _NEEDS_A_LETTER.match(text) else text


def names(text: str) -> str:
    """The characters by name, "nothing" for none: `NIKHAHIT, SARA AA`."""
    return ", ".join(_name(letter) for letter in text) or "nothing"


def _name(letter: str) -> str:
    name: str = unicodedata.name(letter, "").removeprefix("THAI CHARACTER ")
    return _PLAIN_NAMES.get(letter) or name or f"U+{ord(letter):04X}"
