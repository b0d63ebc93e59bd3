"""The characters that the line reader knows. Their order is the model's output order: class 0 is the CTC blank."""

from __future__ import annotations

from collections.abc import Iterable

_THAI = (*range(0x0E01, 0x0E3B), *range(0x0E3F, 0x0E5C))
CHARACTERS = " " + "".join(map(chr, _THAI)) + "".join(map(chr, range(0x21, 0x7F))) + "“”‘’–—…•☐☑²³°×±"
"""Space, the whole Thai block with sara am as one character, Latin, digits, punctuation, boxes to tick. Character `n`
is class `n + 1`; what is added later stands at the end, so that a trained network can be widened."""

UNKNOWN_TO_TESSERACT = "๔๖๗๘๙ฌฃฅฦๅ฿"
"""Characters absent from every Thai model of Tesseract (tesseract-ocr/langdata_lstm#42), besides sara am."""

_CLASSES = {character: number + 1 for number, character in enumerate(CHARACTERS)}


def encode(text: str) -> list[int]:
    """The classes of a text.

    Raises:
        KeyError: a character is not of the alphabet.
    """
    return [_CLASSES[character] for character in text]


def known(text: Iterable[str]) -> str:
    """The text without characters that are not of the alphabet."""
    return "".join(character for character in text if character in _CLASSES)
