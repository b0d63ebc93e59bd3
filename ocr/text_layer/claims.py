"""What those who name a glyph say that it is: the character map, the font's own map, the glyph's name."""

from __future__ import annotations

import unicodedata
from enum import StrEnum

from model.private_use import PRIVATE_USE
from model.thai import compose_sara_am
from ocr.text_layer.glyphs import FontGlyph

UNKNOWN = "\ufffd"
"""Stands for a glyph of which nobody knows what it draws."""

_TONES = "่้๊๋์"
_MAC_MARKS = {
    bytes([first + step]).decode("mac-roman"): letter
    for first, letters in (
        (0x83, _TONES), (0x88, _TONES), (0x8F, "ํ"), (0x92, "ั็ิีึื"), (0x98, _TONES),
    )
    for step, letter in enumerate(letters)
}  # fmt: skip
"""The shifted marks of the Macintosh's Thai encoding (Apple, THAI.TXT) by the Mac Roman letters with their codes."""


class How(StrEnum):
    """Where the meaning of a glyph comes from."""

    MAP = "character map"
    OWN = "the font's own map"
    NAME = "the glyph's name"
    ORDER = "the order of the font's glyphs"
    SYMBOL = "the code of a symbol font"
    LEGACY = "a Thai code taken for a Latin one"
    PARTS = "the glyphs it is put together from"
    TWIN = "the same letter elsewhere in the font"
    SHAPE = "its shape"
    BLANK = "it draws nothing"
    VOTE = "what OCR reads there"
    NOTHING = "nothing"


def candidates(glyph: FontGlyph) -> list[tuple[str, How]]:
    """What the glyph may be by those who name it, the most trusted first."""
    claim, own, name = standard(glyph.claim), one_of(glyph.own, glyph.claim), standard(glyph.name)
    found = [(claim, How.MAP), (own, How.OWN), (name, How.NAME)]
    if is_thai(own) and own != claim:
        found = [(own, How.OWN), (claim, How.MAP), (name, How.NAME)]
    legacy = _legacy(claim)
    if legacy:
        found = [*((text, How.LEGACY) for text in legacy), *found]
    return [(text, how) for text, how in found if text]


def one_of(own: str, claim: str | None) -> str:
    """One of the letters for which the font itself draws a glyph: the claimed one if it is among them."""
    letters = [standard(letter) for letter in own]
    if claim is not None and standard(claim) in letters:
        return standard(claim)
    return next((letter for letter in letters if is_thai(letter)), letters[0] if letters else "")


def _legacy(claim: str) -> list[str]:
    """The Thai letters whose one-byte codes are taken for Latin letters: TIS-620 as Latin-1, Macintosh Thai."""
    if len(claim) != 1 or not "\u00a1" <= claim <= "\u02dd":
        return []
    found = [_MAC_MARKS[claim]] if claim in _MAC_MARKS else []
    try:
        code = claim.encode("cp1252")[0]
    except UnicodeEncodeError:
        return found
    return found + ([chr(0x0E00 + code - 0xA0)] if 0xA1 <= code <= 0xFB else [])


def standard(claim: str | None) -> str:
    """The claim with private forms as their letters, and nikhahit with sara aa as sara am."""
    text = "".join(PRIVATE_USE.get(letter, letter) for letter in claim or "")
    return compose_sara_am(text.replace("\u00a0", " "))


def printable(text: str) -> bool:
    """True for a text of characters that have a meaning: no controls, private codes or replacement."""
    return bool(text) and all(
        letter != UNKNOWN and unicodedata.category(letter) not in ("Cc", "Co", "Cn", "Cs", "Cf")
        for letter in text
    )


def is_thai(text: str) -> bool:
    """True for Thai letters, marks, digits and signs alone."""
    return bool(text) and all("\u0e01" <= letter <= "\u0e5b" for letter in text)
