"""Letters as reports speak of them: their classes, and how a lone mark or what nobody can see is drawn."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum

from model.thai import SARA_AM, SPLIT_SARA_AM, is_mark
from model.visible import is_invisible

DOTTED_CIRCLE = "\u25cc"
TONE_MARKS = "\u0e48\u0e49\u0e4a\u0e4b"
ABOVE_BELOW = "\u0e31\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39\u0e3a\u0e47\u0e4c\u0e4d\u0e4e"

_SPACING_MARKS = frozenset((SARA_AM, "\u0eb3", "\u200c", "\u200d"))
_WHITE_SPACE = re.compile(r"\s+")


def grapheme_clusters(text: str) -> list[str]:
    """The text cut where a reader sees a new letter: each base with the marks, the sara am and the joiners behind it
    (extended grapheme clusters of Unicode Standard Annex 29, for the scripts of documents)."""
    clusters: list[str] = []
    for character in text:
        last = clusters[-1] if clusters else "\n"
        if last + character == "\r\n" or (last[-1] not in "\r\n" and _extends(character)):
            clusters[-1] += character
        else:
            clusters.append(character)
    return clusters


def _extends(character: str) -> bool:
    return character in _SPACING_MARKS or unicodedata.category(character) in ("Mn", "Me", "Mc")


class LetterClass(StrEnum):
    """Classes of code points by what OCR does to them."""

    CONSONANT = "consonants"
    LEADING_VOWEL = "leading vowels"
    FOLLOWING_VOWEL = "following vowels"
    ABOVE_BELOW = "vowels and signs above or below"
    TONE_MARK = "tone marks"
    SARA_AM = "sara am"
    THAI_DIGIT = "Thai digits"
    ARABIC_DIGIT = "Arabic digits"
    LATIN = "Latin"
    PUNCTUATION = "punctuation"
    SPACE = "spaces"
    OTHER = "other"


def letter_class(letter: str) -> LetterClass:
    """The class of one code point. The Thai signs paiyannoi and maiyamok count as punctuation."""
    code = ord(letter)
    if 0x0E01 <= code <= 0x0E2E:
        return LetterClass.CONSONANT
    if 0x0E40 <= code <= 0x0E44:
        return LetterClass.LEADING_VOWEL
    if letter in TONE_MARKS:
        return LetterClass.TONE_MARK
    if letter == SARA_AM:
        return LetterClass.SARA_AM
    if letter in ABOVE_BELOW:
        return LetterClass.ABOVE_BELOW
    if letter in "\u0e30\u0e32\u0e45":
        return LetterClass.FOLLOWING_VOWEL
    if 0x0E50 <= code <= 0x0E59:
        return LetterClass.THAI_DIGIT
    return _class_outside_thai_letters(letter)


def _class_outside_thai_letters(letter: str) -> LetterClass:
    if letter.isspace():
        return LetterClass.SPACE
    if letter in "0123456789":
        return LetterClass.ARABIC_DIGIT
    category = unicodedata.category(letter)
    if category.startswith("L") and unicodedata.name(letter, "").startswith("LATIN"):
        return LetterClass.LATIN
    if category[0] in "PS" or letter in "\u0e2f\u0e46\u0e4f\u0e5a\u0e5b":
        return LetterClass.PUNCTUATION
    return LetterClass.OTHER


def count_split_sara_am(text: str) -> int:
    """How many sara am stand in two parts."""
    return sum(1 for _ in SPLIT_SARA_AM.finditer(text))


def without_white_space(text: str) -> str:
    """The text without any white space. Zero-width characters are not white space and stay."""
    return _WHITE_SPACE.sub("", text)


_PICTURES = {
    " ": "␣",
    "\n": "↵\n",
    "\t": "⇥",
    "\r": "␍",
    "\f": "␌",
    "\v": "␋",
    "\u00a0": "⍽",
    "\u00ad": "[SHY]",
    "\u200b": "[ZWSP]",
    "\u200c": "[ZWNJ]",
    "\u200d": "[ZWJ]",
    "\u2060": "[WJ]",
    "\ufeff": "[BOM]",
}


def visible(text: str) -> str:
    """The text so that every code point of it can be seen.

    Spaces and controls become pictures, bidirectional and private-use characters their code point in
    brackets, and a mark that has no letter of this text to stand on gets a dotted circle.
    """
    pieces: list[str] = []
    on_letter = False
    for letter in text:
        if is_invisible(letter) and letter not in _PICTURES:
            pieces.append(f"[U+{ord(letter):04X}]")
            on_letter = False
            continue
        if is_mark(letter):
            pieces.append(letter if on_letter else DOTTED_CIRCLE + letter)
            on_letter = letter != SARA_AM
            continue
        if letter in _PICTURES:
            pieces.append(_PICTURES[letter])
        else:
            pieces.append(letter)
        on_letter = unicodedata.category(letter)[0] in "LN"
    return "".join(pieces)


class _Safe(dict[int, str]):
    """What stands for a code point in text for reading; worked out once for those that are usual."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        shown = visible(letter) if is_invisible(letter) and letter not in "\n\t" else letter
        if code <= _USUAL:
            self[code] = shown
        return shown


_USUAL = 0xFFFF
_SAFE = _Safe()


def safe_text(text: str) -> str:
    """Text for reading: as it is, but with characters that could hide or reorder what is shown made visible.

    Spaces, tabs, line ends and Thai marks are left alone; what nobody can see becomes what `visible` makes of it.
    """
    return text.translate(_SAFE)


def code_points(text: str) -> str:
    """Every code point by number and name, for the reader who wants to be certain."""
    return ", ".join(f"U+{ord(letter):04X} {unicodedata.name(letter, 'unnamed').lower()}" for letter in text)
