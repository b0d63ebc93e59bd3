"""The letters that the line reader knows. Their order is the model's output order: class 0 is the CTC blank."""

from __future__ import annotations

from collections.abc import Iterable

_THAI = (*range(0x0E01, 0x0E3B), *range(0x0E3F, 0x0E5C))
LETTERS = " " + "".join(map(chr, _THAI)) + "".join(map(chr, range(0x21, 0x7F))) + "“”‘’–—…•"
"""Space, the whole Thai block with sara am as one letter, Latin, digits, punctuation. Letter `n` is class `n + 1`."""

THAI_DIGITS = "๐๑๒๓๔๕๖๗๘๙"
UNKNOWN_TO_TESSERACT = "๔๖๗๘๙ฌฃฅฦๅ฿"
"""Letters absent from every Thai model of Tesseract (tesseract-ocr/langdata_lstm#42), besides sara am."""

_CLASSES = {letter: number + 1 for number, letter in enumerate(LETTERS)}


def encode(text: str) -> list[int]:
    """The classes of a text.

    Raises:
        KeyError: a letter is not of the alphabet.
    """
    return [_CLASSES[letter] for letter in text]


def known(text: Iterable[str]) -> str:
    """The text without letters that are not of the alphabet."""
    return "".join(letter for letter in text if letter in _CLASSES)
