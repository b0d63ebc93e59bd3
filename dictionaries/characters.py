"""The characters a language model knows: text to small numbers, and the documents a model is made from.

Digits and Latin letters are counted by class (a Thai digit, another digit, a small letter, a capital), because
which one it is no model of the language can say. Everything that is no Thai character and no common sign is one
character of its own.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from model.thai import compose_sara_am

Ids = NDArray[np.uint8]

_THAI = [chr(code) for code in (*range(0xE01, 0xE3B), *range(0xE3F, 0xE50), 0xE5A, 0xE5B)]
_CLASSES = ["๐", "0", "a", "A"]
_SIGNS = list(".,:;()/%-–\"'!?+&[]=*•")
SYMBOLS: tuple[str, ...] = ("\0", "\n", "\ufffd", " ", *_THAI, *_CLASSES, *_SIGNS)
"""Every character by its number. 0 stands for "nothing before", 2 for anything that is not listed."""
PAD, BREAK, OTHER, SPACE = 0, 1, 2, 3
BITS = 7
"""Bits that hold any character's number."""

_ALIKE = {"\u00a0": " ", "\t": " ", "—": "–", "‐": "-", "‑": "-", "‘": "'", "’": "'", "“": '"', "”": '"'}


def _numbers() -> Ids:
    table = np.full(0x10000, OTHER, np.uint8)
    number = {symbol: at for at, symbol in enumerate(SYMBOLS)}
    for symbol, at in number.items():
        table[ord(symbol)] = at
    for code in range(0xE50, 0xE5A):
        table[code] = number["๐"]
    for characters, kind in (
        ("0123456789", "0"),
        (map(chr, range(97, 123)), "a"),
        (map(chr, range(65, 91)), "A"),
    ):
        for character in characters:
            table[ord(character)] = number[kind]
    for character, same in _ALIKE.items():
        table[ord(character)] = number[same]
    table[0] = OTHER
    return table


_NUMBERS = _numbers()
_WIDE = np.uint32(0xFFFF)


def ids(text: str) -> Ids:
    """The number of each code point of a text."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    return _NUMBERS[np.minimum(codes, _WIDE)]


_SPACES = re.compile(r"[ \u00a0\t]+")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\r]")
_LINES = re.compile(r" ?\n\s*")


def tidy(text: str) -> str:
    """A text as a model learns it: sara am in one piece, sara ae for two sara e, one space for many, no empty
    lines, nothing invisible."""
    text = _INVISIBLE.sub("", text).replace("เเ", "แ")
    return _LINES.sub("\n", _SPACES.sub(" ", compose_sara_am(text))).strip()


class Part(StrEnum):
    """What a document is used for: learning, choosing settings, or measuring."""

    TRAIN = "train"
    TUNE = "tune"
    TEST = "test"


def part_of(document: str) -> Part:
    """The part a document belongs to, by its content: 1 of 40 for tuning, 1 of 40 for measuring, the rest to learn
    from. White space does not matter, so that the part survives another line break."""
    bare = re.sub(r"\s+", "", document)
    bucket = hashlib.sha256(bare.encode("utf-8")).digest()[0] % 40
    return Part.TEST if bucket == 0 else Part.TUNE if bucket == 1 else Part.TRAIN


def documents(text: str) -> Iterator[str]:
    """The documents of a file: parted by empty lines, or each line one where there are none."""
    paragraphs = re.split(r"\n[ \t]*\n\s*", text)
    for document in paragraphs if len(paragraphs) > 1 else text.split("\n"):
        if document.strip():
            yield document
